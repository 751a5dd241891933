"""The matcher and its file: what a score promises, and what a file from a stranger may do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from safetensors.torch import save
from torch.nn import functional as F  # noqa: N812 (torch's own idiom)

from imgsearch_gui.core.matching import frozen_space, score_model
from imgsearch_gui.core.matching.checkpoint import ModelInfo, as_stored, load_matcher, save_matcher
from imgsearch_gui.core.matching.config import MatcherConfig, Tower
from imgsearch_gui.core.matching.joint_space import joined
from imgsearch_gui.core.matching.matcher import Matcher, active_towers
from imgsearch_gui.errors import MatcherError
from tests.fakes import SOME_BANDS, FakeImageEncoder, FakeTextEncoder, learned_space, some_score, some_space
from tests.models import rewritten

if TYPE_CHECKING:
    from imgsearch_gui.core.matching.frozen_space import FrozenSpace

CONFIG = MatcherConfig(
    image_encoder="fake-1",
    image_dim=10,
    classes=4,
    towers=(Tower("words-1", 32, ("en",)), Tower("words-2", 16, ("de", "en", "ru"))),
    joint_dim=16,
    image_hidden=8,
    text_hidden=8,
    label_dim=3,
    caption_dim=5,
    rank=4,
)
INFO = ModelInfo(
    target="expert-mean",
    counts={"images": 3},
    metrics={"rmse": 0.2},
    heads_trained_on=frozenset({b"12345678", b"abcdefgh"}),
    score_trained_on=frozenset(),
    settings={"seed": 0},
)


@pytest.fixture
def matcher() -> Matcher:
    return Matcher(some_space(CONFIG), some_score(CONFIG), SOME_BANDS)


@pytest.fixture
def images(matcher: Matcher) -> np.ndarray:
    return matcher.images(np.random.default_rng(0).normal(size=(200, 10)).astype(np.float32))


@pytest.fixture
def query(matcher: Matcher) -> np.ndarray:
    rng = np.random.default_rng(1)
    vectors = [rng.normal(size=(1, dim)).astype(np.float32) for dim in (32, 16)]
    return matcher.texts([vector / np.linalg.norm(vector) for vector in vectors])[0]


def test_a_score_is_between_0_and_1_however_far_off_the_pair(matcher, images, query) -> None:
    for factor in (0.01, 1, 5):
        scores = matcher.scores(images * np.float32(factor), query)
        assert ((scores > 0) & (scores < 1)).all()


def test_the_calibration_rises_everywhere_and_goes_through_its_knots(matcher) -> None:
    latent, wanted = matcher.score.knots.astype(np.float64)
    np.testing.assert_allclose(matcher.score.calibrated(latent), wanted, rtol=1e-6)
    along = np.linspace(latent[0] - 0.5, latent[-1] + 0.5, 4001)
    assert (np.diff(matcher.score.calibrated(along)) > 0).all()
    assert matcher.score.calibrated(np.array([-1e9, 1e9])).tolist() == [0, 1]


def test_a_score_is_what_its_formula_says(matcher, images, query) -> None:
    """Term by term, for one image; the matcher takes all images and most terms in one product."""
    score, image = matcher.score, images[3].astype(np.float64)
    one, *of_each, on_bend = score.line.tolist()
    offset, *slopes = query[-4:]
    latent, mixed, start = one + offset, 0.0, 0
    for i, part in enumerate(CONFIG.parts):
        similarity = image[start : start + part] @ query[start : start + part]
        z = (similarity - score.centre[i].item()) / score.spread[i].item()
        latent += (of_each[i] + slopes[i]) * z
        mixed += z if i == 0 else 0.1 * z
        start += part
    latent += image[start:] @ query[start:-4]
    latent += on_bend * np.log1p(np.exp(2 * mixed)) / 2
    latent += 0.9 * np.log1p(np.exp(3.5 * (mixed - 1.35))) / 3.5
    expected = score.calibrated(np.array([latent]))[0]
    assert matcher.scores(images, query)[3] == pytest.approx(expected, rel=1e-5)


def test_a_score_does_not_depend_on_what_else_is_in_the_folder(matcher, images, query) -> None:
    whole = matcher.scores(images, query)
    np.testing.assert_allclose(matcher.scores(images[::7], query), whole[::7], rtol=1e-5)
    pairs = matcher.pair_scores(images, np.repeat(query[None], len(images), axis=0))
    np.testing.assert_allclose(pairs, whole, rtol=1e-5)


def test_an_empty_folder_has_no_scores(matcher, images, query) -> None:
    assert matcher.scores(images[:0], query).shape == (0,)
    assert matcher.pair_scores(images[:0], images[:0]).shape == (0,)


def joint(space: FrozenSpace, images: np.ndarray, texts: list[np.ndarray | None]) -> list[np.ndarray]:
    """How images and sentences agree by each part of the joint space: [n, k] each."""
    ends = np.cumsum(space.config.parts)[:-1]
    both = [np.split(side, ends, axis=1) for side in (space.images(images), space.texts(texts))]
    return [image @ text.T for image, text in zip(*both, strict=True)]


@pytest.mark.parametrize("active", [(0, 1), (0,), (1,)])
def test_the_label_bridge_is_what_the_class_names_say(active: tuple[int, ...]) -> None:
    """1 for the class that is nearest to the sentence, and for others their share of that."""
    learned = learned_space(replace(CONFIG, label_dim=48))  # as many as the towers: nothing is lost
    classes = [torch.randn(4, 32), torch.randn(4, 16)]
    learned.label_bridge.fit(classes)
    texts = [torch.randn(3, 32), torch.randn(3, 16)]
    given = [text.numpy() if i in active else None for i, text in enumerate(texts)]
    wanted = sum((classes[i] - classes[i].mean(0)) @ texts[i].T for i in active)
    wanted = wanted / wanted.amax(dim=0)
    surely = np.zeros((5, 10), np.float32)
    surely[:4, -4:] = 50 * np.eye(4)
    found = joint(learned.frozen(), surely, given)[1]
    np.testing.assert_allclose(found[:4], wanted, rtol=1e-3, atol=1e-3)
    assert np.abs(found[4]).max() < 1e-4, "an image that could show anything"


@pytest.mark.parametrize("active", [(0, 1), (0,), (1,)])
def test_the_caption_bridge_is_what_was_written_of_the_nearest_image(active: tuple[int, ...]) -> None:
    learned = learned_space(replace(CONFIG, caption_dim=48, joint_dim=64), known=5)
    vectors = 5 * torch.eye(10)[:5]
    with torch.no_grad():
        images = learned.learned(vectors)
    captions, centres = [torch.randn(5, 32), torch.randn(5, 16)], [torch.randn(32), torch.randn(16)]
    learned.caption_bridge.fit(images, captions, centres)
    texts = [torch.randn(3, 32), torch.randn(3, 16)]
    given = [text.numpy() if i in active else None for i, text in enumerate(texts)]
    near = F.softmax(20 * images @ images.T, dim=1)
    wanted = near @ sum(
        F.normalize(captions[i] - centres[i], dim=1) @ (texts[i] - centres[i]).T for i in active
    )
    np.testing.assert_allclose(
        joint(learned.frozen(), vectors.numpy(), given)[2], wanted, rtol=1e-3, atol=1e-3
    )


@pytest.mark.parametrize("active", [(0, 1), (0,), (1,)])
def test_what_is_used_is_what_was_learned(active: tuple[int, ...]) -> None:
    """Torch trains the space and NumPy uses it: both take the same vectors to the same places."""
    learned = learned_space(CONFIG)
    frozen, split = learned.frozen(), np.cumsum(CONFIG.parts)[:-1]
    vectors = 3 * torch.randn(50, 10)
    texts = [
        F.normalize(torch.randn(20, dim), dim=1) if i in active else None for i, dim in ((0, 32), (1, 16))
    ]
    with torch.no_grad():
        images = [learned.learned(vectors), learned.labels(vectors)]
        said = [joined(learned.said(texts)), learned.label_bridge.texts(texts)]
    given = [None if text is None else text.numpy() for text in texts]
    for wanted, found in ((images, frozen.images(vectors.numpy())), (said, frozen.texts(given))):
        for part, got in zip(wanted, np.split(found, split, axis=1), strict=False):
            np.testing.assert_allclose(got, part.numpy(), atol=1e-5)


def test_gelu_is_torchs_everywhere() -> None:
    x = np.linspace(-12, 12, 20_001, dtype=np.float32)
    np.testing.assert_allclose(frozen_space._gelu(x), F.gelu(torch.from_numpy(x)), atol=1e-6)


def test_every_weight_has_the_shape_that_a_file_is_checked_for(matcher) -> None:
    wanted = frozen_space.shapes(CONFIG, known=6)
    assert list(matcher.space.weights) == list(wanted), "the order, for a digest follows it"
    assert {name: weight.shape for name, weight in matcher.space.weights.items()} == wanted
    of_score = score_model.shapes(CONFIG.joint_dim, CONFIG.rank, images=5, captions=7, knots=4)
    assert {name: weight.shape for name, weight in matcher.score.weights.items()} == of_score


@pytest.mark.parametrize(("language", "towers"), [("en", (0, 1)), ("ru", (1,)), ("ja", (1,))])
def test_a_query_goes_through_the_towers_that_know_its_language(
    language: str, towers: tuple[int, ...]
) -> None:
    assert active_towers(CONFIG, language) == towers


def test_queries_keep_their_order_across_languages(matcher) -> None:
    encoders = (FakeTextEncoder(), FakeTextEncoder("words-2", ["de", "en", "ru"]))
    encoders[1].dim = 16
    texts = ["a dog on the beach", "собака на пляже", "two men in the snow"]
    together = matcher.queries(texts, encoders)
    for text, row in zip(texts, together, strict=True):
        np.testing.assert_allclose(matcher.queries([text], encoders)[0], row, rtol=1e-4, atol=1e-6)


def test_other_encoders_are_refused_by_name(matcher) -> None:
    with pytest.raises(MatcherError, match=r"fake-1, words-1, words-2; the ones in use are other, words-1"):
        matcher.check_encoders(FakeImageEncoder("other"), [FakeTextEncoder()])


# The file.


@pytest.fixture
def file(matcher: Matcher, tmp_path: Path) -> Path:
    save_matcher(tmp_path / "m.safetensors", matcher, INFO)
    return tmp_path / "m.safetensors"


def test_a_file_gives_back_the_matcher_and_what_it_says(file, matcher, images, query) -> None:
    loaded, info = load_matcher(file)
    assert info == INFO
    assert loaded.config == CONFIG
    assert loaded.bands == matcher.bands
    np.testing.assert_allclose(loaded.scores(images, query), matcher.scores(images, query), atol=2e-3)
    assert loaded.digest() == as_stored(matcher).digest()
    assert file.read_bytes() == (save_matcher(file, loaded, info), file.read_bytes())[1]
    assert [path.name for path in file.parent.iterdir()] == ["m.safetensors"]


SPOILED = {
    "nan": lambda tensors, header: tensors["space.image_head.hidden.bias"].fill_(float("nan")),
    "shape": lambda tensors, header: tensors.update({"score.line": torch.zeros(3)}),
    "integers": lambda tensors, header: tensors.update({"score.line": torch.zeros(4).long()}),
    "missing": lambda tensors, header: tensors.pop("score.caption_terms"),
    "scale": lambda tensors, header: tensors.pop("score.images|scale"),
    "infinite scale": lambda tensors, header: tensors["score.images|scale"].fill_(float("inf")),
    "falling": lambda tensors, header: tensors.update({"score.knots": tensors["score.knots"].flip(1)}),
    "knots": lambda tensors, header: tensors["score.knots"][1, -1].fill_(1.5),
    "spread": lambda tensors, header: tensors["score.spread"].zero_(),
    "extra": lambda tensors, header: tensors.update(more=torch.zeros(1)),
    "deviation": lambda tensors, header: tensors["space.image_deviation"].zero_(),
    "hashes": lambda tensors, header: tensors.update({"trained_on.heads": torch.zeros(2, 3).byte()}),
    "list": lambda tensors, header: header.update(counts=[]),
    "config": lambda tensors, header: header.update(config=[]),
    "large": lambda tensors, header: header["config"].update(joint_dim=16384, image_hidden=16384),
    "huge": lambda tensors, header: header["config"].update(joint_dim=10**9),
    "negative": lambda tensors, header: header["config"].update(rank=-1),
    "towers": lambda tensors, header: header["config"].update(towers=[]),
    "field": lambda tensors, header: header["config"].update(surprise=1),
    "nothing": lambda tensors, header: header["sizes"].update(images=0),
    "many": lambda tensors, header: header["sizes"].update(captions=10**6),
    "known": lambda tensors, header: header["sizes"].update(known=7),
    "one knot": lambda tensors, header: header["sizes"].update(knots=1),
    "bands": lambda tensors, header: header.update(bands={"strong": 0.2, "partial": 0.4}),
    "no band": lambda tensors, header: header.update(bands={"strong": float("nan"), "partial": 0.4}),
    "format": lambda tensors, header: header.update(format="something"),
    "version": lambda tensors, header: header.update(version=99),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_file_is_refused_in_a_sentence(file: Path, name: str) -> None:
    with pytest.raises(MatcherError, match=r"m\.safetensors is not a matcher .*\.$"):
        load_matcher(rewritten(file, SPOILED[name]))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 7,
        b"PK\x03\x04 a zip",
        (2**60).to_bytes(8, "little") + b"{}",
        (10 * 2**30).to_bytes(8, "little"),
    ],
)
def test_what_is_no_safetensors_file_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "m.safetensors"
    file.write_bytes(data)
    with pytest.raises(MatcherError, match="not a matcher"):
        load_matcher(file)


def test_a_folder_or_a_device_is_refused(tmp_path: Path) -> None:
    for place in (tmp_path, Path("/dev/zero")):
        with pytest.raises(MatcherError, match=r"is not a file|cannot be read"):
            load_matcher(place)


def test_scores_that_are_no_numbers_are_refused(matcher, images, query) -> None:
    with pytest.raises(MatcherError, match="not to be trusted"):
        matcher.scores(images * np.float32("inf"), query)


def test_a_truncated_file_is_refused(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(MatcherError, match="not a matcher"):
        load_matcher(file)


def test_another_programs_safetensors_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "m.safetensors"
    file.write_bytes(save({"a": torch.zeros(1)}))
    with pytest.raises(MatcherError, match="it holds something else"):
        load_matcher(file)


def test_a_missing_file_and_an_unwritable_place_are_told(tmp_path: Path, matcher) -> None:
    with pytest.raises(MatcherError, match="cannot be read: No such file"):
        load_matcher(tmp_path / "none")
    with pytest.raises(MatcherError, match="cannot be written"):
        save_matcher(tmp_path / "no" / "such" / "folder.safetensors", matcher, INFO)
