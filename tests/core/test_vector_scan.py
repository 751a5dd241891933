"""The scan of rounded vectors against plain numpy, and the rounding against the vectors themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from imgsearch_gui.core.matching.config import config_for
from imgsearch_gui.core.matching.matcher import Matcher
from imgsearch_gui.core.retrieval.search import rank
from imgsearch_gui.core.retrieval.vector_scan import BLOCK, Rounding, ScorePlan, VectorRows, bend, rise
from tests.fakes import SOME_BANDS, FakeImageEncoder, FakeTextEncoder, some_score, some_space


def some_rounding(rng: np.random.Generator, parts: tuple[int, ...]) -> Rounding:
    ends = (0, *np.cumsum(parts).tolist())
    return Rounding(ends, rng.uniform(0.01, 3, ends[-1]).astype(np.float32))


def some_plan(rng: np.random.Generator, rounding: Rounding) -> ScorePlan:
    columns = np.zeros((len(rounding.units), 4), np.float32)
    for part, (start, end) in enumerate(zip(rounding.ends, rounding.ends[1:], strict=False)):
        columns[start:end, part] = rng.normal(size=end - start)
    slopes, mix = tuple(rng.normal(size=4).tolist()), (*rng.normal(size=3).tolist(), 0.0)
    return ScorePlan(columns, rng.normal(), slopes, mix, rng.normal(), rng.normal())


def plain_latent(plan: ScorePlan, rounding: Rounding, codes: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """What the scan computes, in double precision and one step after another."""
    of_part = np.repeat(scales.astype(np.float64), np.diff(rounding.ends), axis=1)
    vectors = codes.astype(np.float64) * of_part * rounding.units
    dots = vectors @ plan.columns.astype(np.float64)
    mixed = dots @ plan.mix - plan.centre
    bent = plan.bend * np.logaddexp(0, 2 * mixed) / 2
    return plan.base + dots @ plan.slopes + bent + 0.9 * np.logaddexp(0, 3.5 * (mixed - 1.35)) / 3.5


@pytest.mark.parametrize("seed", range(12))
def test_the_scan_is_what_numpy_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    parts = tuple(rng.integers(1, 200, 4).tolist())
    count = int(rng.choice([1, 2, 31, 1000, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 77]))
    rounding = some_rounding(rng, parts)
    joint = (rng.normal(size=(count, sum(parts))) * rounding.units * 10.0 ** rng.integers(-3, 3)).astype(
        np.float32
    )
    codes, scales = rounding.codes(joint)
    rows = VectorRows(rounding)
    cuts = np.sort(rng.integers(0, count + 1, 4))
    for some in np.split(np.arange(count), cuts):  # added in several goes, some of them empty
        rows.add(codes[some], scales[some])
    plan = some_plan(rng, rounding)
    wanted = plain_latent(plan, rounding, codes, scales)
    spread = np.abs(wanted).max()
    np.testing.assert_allclose(rows.latent(plan, count), wanted, atol=2e-4 * spread)
    few = int(rng.integers(0, count + 1))
    np.testing.assert_array_equal(rows.latent(plan, few), rows.latent(plan, count)[:few])
    order = rng.permutation(count)[: few + 1]
    np.testing.assert_array_equal(rows.take(order).latent(plan, len(order)), rows.latent(plan, count)[order])


def test_extreme_vectors_are_scanned_without_overflow() -> None:
    rounding = Rounding((0, 800, 900, 950, 1000), np.ones(1000, np.float32))
    joint = np.ones((3, 1000), np.float32)
    joint[1] *= -1
    joint[2] = 0
    rows = VectorRows(rounding)
    rows.add(*rounding.codes(joint))
    columns = np.zeros((1000, 4), np.float32)
    columns[:800, 0] = 1
    plan = ScorePlan(columns, 0, (1, 0, 0, 0), (0, 0, 0, 0), 0, 0)
    np.testing.assert_allclose(rows.latent(plan, 3), [800, -800, 0], rtol=1e-4, atol=0.01)


def test_rounding_moves_no_number_by_more_than_half_a_step_whatever_the_others() -> None:
    rng = np.random.default_rng(3)
    rounding = some_rounding(rng, (64, 20, 12, 16))
    joint = (rng.normal(size=(500, 112)) * rounding.units).astype(np.float32)
    codes, scales = rounding.codes(joint)
    step = np.repeat(scales, np.diff(rounding.ends), axis=1) * rounding.units
    assert (np.abs(codes * step - joint) <= 0.5001 * step).all()
    for some in (slice(3, 4), slice(100, 200)):
        np.testing.assert_array_equal(rounding.codes(joint[some])[0], codes[some])


def test_equal_images_have_equal_latent_values_wherever_they_stand() -> None:
    rng = np.random.default_rng(4)
    rounding = some_rounding(rng, (100, 30, 20, 30))
    one = rng.normal(size=(1, 180)).astype(np.float32)
    rows = VectorRows(rounding)
    rows.add(*rounding.codes(np.repeat(one, BLOCK + 37, axis=0)))
    assert len(np.unique(rows.latent(some_plan(rng, rounding), BLOCK + 37))) == 1


def test_readers_keep_their_rows_while_others_are_added() -> None:
    rng = np.random.default_rng(5)
    rounding = some_rounding(rng, (20, 6, 4, 5))
    rows, plan = VectorRows(rounding), some_plan(rng, rounding)
    rows.add(*rounding.codes(rng.normal(size=(BLOCK - 5, 35)).astype(np.float32)))
    before = rows.latent(plan, BLOCK - 5)
    rows.add(*rounding.codes(rng.normal(size=(10, 35)).astype(np.float32)))
    np.testing.assert_array_equal(rows.latent(plan, BLOCK - 5), before)
    assert (len(rows), len(rows.latent(plan, len(rows)))) == (BLOCK + 5, BLOCK + 5)


def test_a_matcher_ranks_by_rounded_vectors_nearly_as_by_whole_ones() -> None:
    torch.manual_seed(1)
    config = replace(config_for(FakeImageEncoder(), [FakeTextEncoder()]), joint_dim=64, image_hidden=32)
    matcher = Matcher(some_space(config), some_score(config), SOME_BANDS)
    rng = np.random.default_rng(6)
    joint = matcher.images(rng.normal(size=(3000, 6)).astype(np.float32))
    rounding = matcher.rounding()
    rows = VectorRows(rounding)
    rows.add(*rounding.codes(joint))
    query = matcher.queries(["a red boat on the lake"], [FakeTextEncoder()])[0]
    wanted, got = matcher.score.latent(joint, query), rows.latent(matcher.score.plan(query), 3000)
    assert np.abs(wanted - got).max() < 0.02 * np.ptp(wanted)
    found = set(rank(got, 100).tolist()) & set(rank(wanted.astype(np.float32), 100).tolist())
    assert len(found) >= 95


def test_a_digest_stands_for_the_weights() -> None:
    def matcher(seed: int) -> Matcher:
        config = replace(config_for(FakeImageEncoder(), [FakeTextEncoder()]), joint_dim=16, image_hidden=8)
        return Matcher(some_space(config, seed=seed), some_score(config), SOME_BANDS)

    one = matcher(0)
    assert one.digest() == matcher(0).digest() != matcher(1).digest()
    one.score.image_basis[0, 0] += 1
    assert one.digest() != matcher(0).digest()


def test_the_bend_is_a_soft_hinge_in_either_precision() -> None:
    values = np.array([-200, -3, -0.1, 0, 0.1, 3, 200])
    wanted = np.logaddexp(0, 2 * values) / 2
    np.testing.assert_allclose(bend(values), wanted, rtol=1e-12)
    np.testing.assert_allclose(rise(values), 0.9 * np.logaddexp(0, 3.5 * (values - 1.35)) / 3.5, rtol=1e-12)
    assert bend(values.astype(np.float32)).dtype == rise(values.astype(np.float32)).dtype == np.float32
    np.testing.assert_allclose(bend(values.astype(np.float32)), wanted, rtol=1e-5, atol=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_ranks_are_those_of_a_stable_sort(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=2000).astype(np.float32)
    values[rng.integers(0, 2000, 900)] = rng.choice(
        np.array([0.0, -0.0, 1e-40, -1e-40, 3e38, -3e38, 0.5], np.float32), 900
    )
    wanted = np.argsort(-values, kind="stable")
    np.testing.assert_array_equal(rank(values), wanted)
    for top in (0, 1, 50, 1999, 2000, 9999):
        np.testing.assert_array_equal(rank(values, top), wanted[:top])
