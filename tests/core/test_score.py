"""The score: the process against a plain dense solution, and what is kept of it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 (torch's own idiom)

from imgsearch_gui.core.matching.calibration import bands_for
from imgsearch_gui.core.matching.score import Agreement, fit_score
from imgsearch_gui.errors import TrainingError
from tests.fakes import result_of

IMAGES, CAPTIONS, DIM = 30, 20, 8
PARTS = (DIM, CAPTIONS, CAPTIONS)


@pytest.fixture
def agreement() -> Agreement:
    rng = torch.Generator().manual_seed(0)
    images, captions = (F.normalize(torch.randn(n, DIM, generator=rng), dim=1) for n in (IMAGES, CAPTIONS))
    return Agreement(images, captions, 0.1 * torch.randn(2, IMAGES, CAPTIONS, generator=rng))


@pytest.fixture
def pairs(agreement) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs whose target follows the cosine, each sentence with an offset of its own."""
    rng = np.random.default_rng(1)
    cells = rng.permutation(IMAGES * CAPTIONS)[:400]
    rows, columns = cells // CAPTIONS, cells % CAPTIONS
    cosine = (agreement.images @ agreement.captions.T).numpy()[rows, columns]
    targets = 0.4 + 0.5 * cosine + rng.normal(0, 0.1, CAPTIONS)[columns] + rng.normal(0, 0.02, len(cells))
    return rows, columns, np.clip(targets, 0, 1).astype(np.float32)


def used(model, agreement: Agreement) -> np.ndarray:
    """Latent values of all cells as a search gets them: [IMAGES, CAPTIONS]."""
    # A bridge as a dot product: the image's row of it, times one axis for each sentence.
    axes = np.eye(CAPTIONS, dtype=np.float32)
    images, captions = agreement.images.numpy(), agreement.captions.numpy()
    images = np.concatenate([images, *agreement.bridges.numpy(), model.image_part(images)], axis=1)
    queries = np.concatenate([captions, axes, axes, model.text_part(captions)], axis=1)
    return np.stack([model.latent(images, query) for query in queries], axis=1)


def dense(agreement: Agreement, rows, columns, targets) -> np.ndarray:
    """The posterior mean with the whole covariance written out; the detail counts for 0.6, the rise whole."""
    cosine = (agreement.images @ agreement.captions.T)[None]
    similarities = [x.numpy() for x in torch.cat([cosine, agreement.bridges])]
    standard = [(x - x[rows, columns].mean()) / x[rows, columns].std(ddof=1) for x in similarities]
    mixed = standard[0] + 0.1 * standard[1] + 0.1 * standard[2]
    parts = [0.02**0.5 * np.ones_like(mixed), *(0.003**0.5 * x for x in standard)]
    features = np.stack([*parts, 0.05**0.5 * np.log1p(np.exp(2 * mixed)) / 2], axis=-1).reshape(-1, 5)
    image_kernel = np.exp((agreement.images @ agreement.images.T - 1).numpy() / 0.3)
    text_kernel = np.exp((agreement.captions @ agreement.captions.T - 1).numpy() / 0.8)
    ones = np.ones((IMAGES, IMAGES))
    slopes = sum(np.outer(z.ravel(), z.ravel()) for z in standard)
    rest = features @ features.T + 0.04 * np.kron(ones, text_kernel)
    rest += 0.01 * slopes * np.kron(ones, text_kernel)
    detail = 0.3 * np.kron(image_kernel, text_kernel)
    cells = rows * CAPTIONS + columns
    covariance = (rest + detail)[np.ix_(cells, cells)] + 0.1 * np.eye(len(cells))
    weights = np.linalg.solve(covariance, targets - targets.mean())
    process = (rest + 0.6 * detail)[:, cells] @ weights
    rise = 0.9 * np.log1p(np.exp(3.5 * (mixed - 1.35))) / 3.5
    return targets.mean() + process.reshape(IMAGES, CAPTIONS) + rise


def test_the_model_is_the_posterior_mean(agreement, pairs) -> None:
    model, _ = result_of(fit_score(agreement, *pairs, parts=PARTS, rank=CAPTIONS))
    np.testing.assert_allclose(used(model, agreement), dense(agreement, *pairs), atol=5e-3)


def test_fewer_numbers_keep_most_of_the_detail(agreement, pairs) -> None:
    whole = used(result_of(fit_score(agreement, *pairs, parts=PARTS, rank=CAPTIONS))[0], agreement)
    errors = []
    for rank in (1, 4, 12):
        model, _ = result_of(fit_score(agreement, *pairs, parts=PARTS, rank=rank))
        assert model.image_part(agreement.images.numpy()).shape == (IMAGES, rank)
        errors.append(np.abs(used(model, agreement) - whole).max())
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < errors[0] / 3


def test_unseen_images_are_scored_well_and_their_labels_are_not_looked_at(agreement, pairs) -> None:
    rows, columns, targets = pairs
    _, unseen = result_of(fit_score(agreement, rows, columns, targets, parts=PARTS, rank=8))
    assert np.sqrt(np.mean((unseen - targets) ** 2)) < 0.5 * targets.std()
    turned = np.where(rows == 3, 1 - targets, targets).astype(np.float32)
    _, again = result_of(fit_score(agreement, rows, columns, turned, parts=PARTS, rank=8))
    here = rows == 3
    # The calibration is common to all, and moves a little with the labels of any image.
    assert np.argsort(unseen[here]).tolist() == np.argsort(again[here]).tolist()
    assert np.abs(unseen[here] - again[here]).max() < 0.1


def test_targets_that_are_all_equal_give_scores(agreement, pairs) -> None:
    rows, columns, targets = pairs
    for target in (0.0, 1.0):
        model, unseen = result_of(
            fit_score(agreement, rows, columns, np.full_like(targets, target), parts=PARTS, rank=4)
        )
        assert np.isfinite(used(model, agreement)).all()
        assert np.abs(unseen - target).max() < 0.05


def test_too_few_images_are_told(agreement, pairs) -> None:
    rows, columns, targets = (values[pairs[0] < 3] for values in pairs)
    with pytest.raises(TrainingError, match="of 3 images only"):
        result_of(fit_score(agreement, rows, columns, targets, parts=PARTS, rank=4))


def test_the_strong_band_keeps_its_promise_and_no_more() -> None:
    rng = np.random.default_rng(2)
    scores = rng.uniform(0, 1, 4000).astype(np.float32)
    targets = (rng.uniform(0, 1, 4000) < scores).astype(np.float32)  # a perfect calibration
    bands = bands_for(scores, targets)
    # Above s the mean is (1 + s) / 2, so 80 % are reached at 0.6; the confidence asks for a little more.
    assert 0.6 < bands.strong < 0.7
    assert bands.partial == pytest.approx(1 / 3)


def test_few_pairs_or_bad_ones_promise_nothing() -> None:
    few = np.array([0.9, 0.8, 0.1], np.float32)
    assert bands_for(few, np.array([1, 1, 0], np.float32)).strong > 0.99
    many = np.linspace(0, 1, 500, dtype=np.float32)
    assert bands_for(many, np.zeros(500, np.float32)).strong > 0.99
    assert bands_for(many, np.ones(500, np.float32)).strong == pytest.approx(1 / 3)
