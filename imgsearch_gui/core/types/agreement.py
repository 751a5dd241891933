"""How far the people who rated the same pairs agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imgsearch_gui.core.types.ratings import RatingScale
    from imgsearch_gui.core.types.training import Estimate

LEAST_COMMON = 20
"""The least number of pairs that two raters must both have rated for a figure: below, it is mostly chance."""


@dataclass(frozen=True, slots=True)
class CoupleAgreement:
    """Two raters, and the pairs of query and picture that both have rated.

    Attributes:
        first: one rater's name.
        second: the other's.
        common: how many pairs both have rated.
        same: how many of these got the same value from both.
        kappa: Cohen's kappa with quadratic weights; nothing below ``LEAST_COMMON`` pairs, or when all
            of both raters' values are the same.
        confusion: how many pairs got each value of the first rater (rows, ascending) and each of the
            second (columns, ascending).
    """

    first: str
    second: str
    common: int
    same: int
    kappa: float | None
    confusion: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """One rater beside all others.

    Attributes:
        rater: the name.
        rated: how many pairs this rater has rated.
        common: how many of these somebody else has rated too.
        kappa: the mean of this rater's kappas with the others, weighted by the pairs in common.
        offset: the mean of the rater's value minus the mean of the others', in points of the scale.
        distance: the mean of that without its sign.
    """

    rater: str
    rated: int
    common: int
    kappa: float | None
    offset: float | None
    distance: float | None


@dataclass(frozen=True, slots=True)
class QueryAgreement:
    """The pictures of one query that several have rated.

    Attributes:
        query: the query.
        common: how many pictures two or more have rated for it.
        same: the share of couples of ratings of one picture that are equal, 0..1.
        distance: the mean difference of two ratings of one picture, in points of the scale.
        kappa: the mean of the couples' kappas on these pictures, weighted by the pictures in common.
    """

    query: str
    common: int
    same: float
    distance: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement on one scale.

    Attributes:
        scale: the scale.
        values: its values, ascending.
        common: how many pairs two or more have rated.
        overall: the mean of the couples' kappas, weighted by the pairs in common, with an interval
            from resampling the pairs; nothing without one such kappa.
        note: one sentence on why there is no overall figure, else empty.
        raters: everyone who used the scale, by name.
        couples: every two with pairs in common, the names of each in their order.
        queries: every query with pairs in common, the one that is agreed on least first.
    """

    scale: RatingScale
    values: tuple[int, ...]
    common: int
    overall: Estimate | None
    note: str
    raters: tuple[RaterAgreement, ...] = ()
    couples: tuple[CoupleAgreement, ...] = ()
    queries: tuple[QueryAgreement, ...] = ()
