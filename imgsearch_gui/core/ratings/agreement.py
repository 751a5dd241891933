"""How far raters agree: Cohen's kappa of every two, and its mean over all of them.

Weights are quadratic: to differ by two points counts four times as much as by one. On the crowd's
scale of two values that is the plain kappa. The mean over all couples is Light's way to one figure
for more than two raters (R. J. Light, Psychological Bulletin 76, 1971); couples count by the pairs
that they have in common, and raters may have rated different parts of the whole.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import mean
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.ratings.judgements import judgements
from imgsearch_gui.core.types.agreement import (
    LEAST_COMMON,
    Agreement,
    CoupleAgreement,
    QueryAgreement,
    RaterAgreement,
)
from imgsearch_gui.core.types.ratings import RatingScale, values_of
from imgsearch_gui.core.types.training import Estimate
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from imgsearch_gui.core.types.ratings import Rating

    Floats = npt.NDArray[np.float64]

RESAMPLES = 1000
_AT_ONCE = 50  # resamples held in memory together
_SEED = 0

_ALONE = sentence("Agreement needs two people who rated the same pictures for the same queries.")
_FEW = (
    f"There are too few ratings in common for a figure: two people need {LEAST_COMMON} pairs that both "
    "have rated, and the most so far is {most}."
)
_ALL_SAME = sentence(
    "Everyone gave the same value throughout, which cannot be told from agreement by chance."
)

_Item = tuple[str, "dict[str, int]"]  # a pair's query, and its values by rater
_Names = tuple[str, str]


def agreement(ratings: Iterable[Rating], scale: RatingScale) -> Agreement:
    """Measures the agreement on one scale; of each rater's ratings of a pair the latest counts.

    Args:
        ratings: in the order in which they were given.
        scale: the scale; ratings on the other are passed over.
    """
    items = _items(ratings, scale)
    values = values_of(scale)
    raters = sorted({rater for _, said in items for rater in said})
    shared = [item for item in items if len(item[1]) > 1]
    couples = _couples(shared, values)
    measured = [couple for couple in couples if couple.kappa is not None]
    overall = None
    if measured:
        low, high = _interval(shared, [(couple.first, couple.second) for couple in measured], values)
        overall = Estimate(_mean_kappa(measured), low, high)
    return Agreement(
        scale,
        values,
        len(shared),
        overall,
        "" if overall is not None else _why_not(couples),
        tuple(_rater(rater, items, couples) for rater in raters),
        tuple(couples),
        tuple(sorted(_queries(shared, values), key=lambda query: -query.distance)),
    )


def kappas(tables: Floats) -> Floats:
    """Returns Cohen's kappa with quadratic weights of many tables at once, for the resamples alone.

    Args:
        tables: counts by the first rater's value and the second's, float64 ``[..., k, k]``.

    Returns:
        float64 ``[...]``; not a number where all values of a table are the same.
    """
    steps = np.arange(tables.shape[-1])
    weights = (steps[:, None] - steps) ** 2
    expected = tables.sum(-1)[..., :, None] * tables.sum(-2)[..., None, :]
    by_chance = (weights * expected).sum((-2, -1))
    found = (weights * tables).sum((-2, -1)) * tables.sum((-2, -1))
    result: Floats = 1 - np.divide(
        found, by_chance, out=np.full(by_chance.shape, np.nan), where=by_chance > 0
    )
    return result


def _items(ratings: Iterable[Rating], scale: RatingScale) -> list[_Item]:
    found = []
    for (query, _), judgement in judgements(ratings).items():
        said = judgement.expert if scale is RatingScale.EXPERT else judgement.crowd
        if said:
            found.append((query, {rater: int(value) for rater, value in said.items()}))
    return found


@dataclass(slots=True)
class _Values:
    """What two raters gave to the pairs that both have rated."""

    first: list[int] = field(default_factory=list)
    second: list[int] = field(default_factory=list)


def _by_couple(items: Iterable[_Item]) -> dict[_Names, _Values]:
    found: dict[_Names, _Values] = defaultdict(_Values)
    for _, said in items:
        for first, second in itertools.combinations(sorted(said), 2):
            both = found[first, second]
            both.first.append(said[first])
            both.second.append(said[second])
    return found


def _couples(items: Sequence[_Item], values: Sequence[int]) -> list[CoupleAgreement]:
    found = []
    for (first, second), both in _by_couple(items).items():
        table = np.zeros((len(values), len(values)), int)
        np.add.at(table, (np.array(both.first) - values[0], np.array(both.second) - values[0]), 1)
        found.append(
            CoupleAgreement(
                first,
                second,
                len(both.first),
                int(table.trace()),
                _kappa(both, values),
                tuple(tuple(int(count) for count in row) for row in table),
            )
        )
    return found


def _kappa(both: _Values, values: Sequence[int]) -> float | None:
    if len(both.first) < LEAST_COMMON or len({*both.first, *both.second}) == 1:
        return None
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(both.first, both.second, labels=list(values), weights="quadratic"))


def _mean_kappa(couples: Iterable[CoupleAgreement]) -> float:
    weighed = [(couple.kappa, couple.common) for couple in couples if couple.kappa is not None]
    return sum(kappa * common for kappa, common in weighed) / sum(common for _, common in weighed)


def _why_not(couples: Sequence[CoupleAgreement]) -> str:
    most = max((couple.common for couple in couples), default=0)
    if most == 0:
        return _ALONE
    return _ALL_SAME if most >= LEAST_COMMON else _FEW.format(most=most)


def _interval(
    items: Sequence[_Item], couples: Sequence[_Names], values: Sequence[int]
) -> tuple[float, float]:
    """Returns the 95 % interval of the mean kappa of some couples, by resampling the items."""
    from scipy.sparse import csr_array

    size = len(values)
    column = {names: size * size * number for number, names in enumerate(couples)}
    rows, columns = [], []
    for row, (_, said) in enumerate(items):
        for names in itertools.combinations(sorted(said), 2):
            if names in column:
                cell = size * (said[names[0]] - values[0]) + said[names[1]] - values[0]
                rows.append(row)
                columns.append(column[names] + cell)
    shape = (len(items), size * size * len(couples))
    cells = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    rng = np.random.default_rng(_SEED)
    means = []
    for _ in range(RESAMPLES // _AT_ONCE):
        drawn = [
            np.bincount(rng.integers(0, len(items), len(items)), minlength=len(items))
            for _ in range(_AT_ONCE)
        ]
        tables = (np.array(drawn, float) @ cells).reshape(_AT_ONCE, len(couples), size, size)
        found, common = kappas(tables), tables.sum((-2, -1))
        known = ~np.isnan(found)
        weight = (common * known).sum(1)
        means += list((np.where(known, found, 0) * common).sum(1)[weight > 0] / weight[weight > 0])
    low, high = np.percentile(means, (2.5, 97.5))
    return float(low), float(high)


def _rater(rater: str, items: Iterable[_Item], couples: Iterable[CoupleAgreement]) -> RaterAgreement:
    own = [said for _, said in items if rater in said]
    offsets = [
        said[rater] - mean(value for other, value in said.items() if other != rater)
        for said in own
        if len(said) > 1
    ]
    measured = [
        couple for couple in couples if rater in (couple.first, couple.second) and couple.kappa is not None
    ]
    return RaterAgreement(
        rater,
        len(own),
        len(offsets),
        _mean_kappa(measured) if measured else None,
        mean(offsets) if offsets else None,
        mean(abs(offset) for offset in offsets) if offsets else None,
    )


def _queries(shared: Iterable[_Item], values: Sequence[int]) -> list[QueryAgreement]:
    of_query: dict[str, list[_Item]] = defaultdict(list)
    for item in shared:
        of_query[item[0]].append(item)
    return [_query(query, items, values) for query, items in of_query.items()]


def _query(query: str, items: Sequence[_Item], values: Sequence[int]) -> QueryAgreement:
    differences = [abs(a - b) for _, said in items for a, b in itertools.combinations(said.values(), 2)]
    # Most queries have too few pictures for any kappa, and need no tables.
    couples = _couples(items, values) if len(items) >= LEAST_COMMON else []
    measured = [couple for couple in couples if couple.kappa is not None]
    return QueryAgreement(
        query,
        len(items),
        differences.count(0) / len(differences),
        mean(differences),
        _mean_kappa(measured) if measured else None,
    )
