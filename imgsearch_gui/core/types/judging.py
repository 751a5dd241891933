"""What is put before people to rate, how they want it put, and the stepping through of test queries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.ratings import RatingScale

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from imgsearch_gui.core.types.content_rule import RuleMatch, RuleMode
    from imgsearch_gui.core.types.photos import Band, Hits, SearchHit


class JudgingOrder(StrEnum):
    """What to judge next.

    Attributes:
        RANK: the best match first; pairs of a dataset folder in the order of its file.
        RANDOM: in an order that is drawn once for a query, the same for every rater.
        UNSURE: what lies nearest to where a band ends.
        DISPUTED: what raters differ most about; nothing else.
    """

    RANK = "rank"
    RANDOM = "random"
    UNSURE = "unsure"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class RatingChoices:
    """How a person wants to rate; remembered from one time to the next.

    Attributes:
        rater: the person's name.
        scale: what ratings are counted in.
        order: what to judge next.
        blind: whether score, rank and other raters' marks are hidden.
        pass_over: whether what this rater has rated before is passed over.
    """

    rater: str
    scale: RatingScale = RatingScale.EXPERT
    order: JudgingOrder = JudgingOrder.RANK
    blind: bool = False
    pass_over: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """The latest word of one rater on a pair, on one scale."""

    rater: str
    scale: RatingScale
    value: int


@dataclass(frozen=True, slots=True)
class JudgingItem:
    """A pair of query and picture to be rated.

    Attributes:
        query: the query, or the caption of a pair.
        path: the picture's file.
        content_hash: SHA-256 of its bytes, 32 bytes.
        image_id: the library's id of the picture, where it has one.
        score: the matcher's score in 0..1, where there is one.
        band: the same in a word.
        rank: its place among the hits, counted from 1, where there is one.
        marks: what raters said before.
        rule_match: the word that the content rule hit in the query, if it only warns of it.
    """

    query: str
    path: Path
    content_hash: bytes
    image_id: int | None = None
    score: float | None = None
    band: Band | None = None
    rank: int | None = None
    marks: tuple[Mark, ...] = ()
    rule_match: RuleMatch | None = None


@dataclass(frozen=True, slots=True)
class JudgingWish:
    """What to rate.

    Attributes:
        folder: the folder that is searched, or the dataset folder whose pairs are rated.
        query: the query whose hits are rated; nothing for the pairs of a dataset folder.
        order: what comes first.
        rule: what the content rule does.
    """

    folder: Path
    query: str | None
    order: JudgingOrder
    rule: RuleMode


@dataclass(frozen=True, slots=True)
class JudgingList:
    """What there is to rate.

    Attributes:
        wish: what was asked for.
        items: what to rate, in order.
        found: how many pairs there were to take them from.
        left_out: how many pairs the content rule keeps from being shown.
        unreadable: how many pairs have a picture that cannot be read.
        blocked: the word of the query for which the content rule shows nothing at all.
    """

    wish: JudgingWish
    items: tuple[JudgingItem, ...]
    found: int = 0
    left_out: int = 0
    unreadable: int = 0
    blocked: RuleMatch | None = None


@dataclass(frozen=True, slots=True)
class PoolStep:
    """One test query of a dataset folder, tried on the folder's pool of images.

    Attributes:
        place: which of the queries it is, counted from 0.
        count: how many queries there are.
        query: its text.
        hits: the whole pool, best first; a picture that the content rule withholds has a stand-in
            without file and thumbnail.
        right: the hit that the query describes.
        rank: its place among the hits, counted from 1; equal scores count against it.
        picture: the same, to be looked at; nothing when the content rule withholds it.
        recall: by k, the share of the queries stepped so far whose right image is among the first k.
        stepped: how many queries that are, each counted once.
        left_out: how many of the folder's queries the content rule leaves out.
        trained_on: how many images of the pool the matcher saw in training, which flatters it.
        rule_match: the word that the content rule hit in the query, if it only warns of it.
    """

    place: int
    count: int
    query: str
    hits: Hits
    right: SearchHit
    rank: int
    picture: JudgingItem | None
    recall: Mapping[int, float]
    stepped: int
    left_out: int
    trained_on: int
    rule_match: RuleMatch | None = None
