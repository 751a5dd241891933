"""A query, taken apart: what to look for, what to take away, and which photos come into question."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


class FilterKind(StrEnum):
    """What a filter asks about a photo.

    Attributes:
        FOLDER: a part of the path of its folder, below the one that is open.
        NAME: a part of its file name.
        AFTER: taken on this day or later.
        BEFORE: taken before this day.
        RATED: rated at all (0), or at least so well by someone (1 to 4).
        UNRATED: not rated by anyone.
        SCORE: its score.
    """

    FOLDER = "folder"
    NAME = "name"
    AFTER = "after"
    BEFORE = "before"
    RATED = "rated"
    UNRATED = "unrated"
    SCORE = "score"


class Order(StrEnum):
    """In which order photos are listed.

    Attributes:
        SCORE: the best match first; without words to match, as by name.
        NEWEST: the one taken last first.
        OLDEST: the one taken first first.
        NAME: folder for folder and by name inside, numbers by their size: IMG_2 before IMG_10.
    """

    SCORE = "score"
    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Term:
    """A sentence to look for, or to take away.

    Attributes:
        text: the words.
        weight: above 0; 1 is the usual one.
        away: whether photos that match it are taken away.
        starts: where each word of the text, as blanks part it, begins in what was typed, counted from 0;
            two terms that say the same are equal wherever they stood.
        place: where it begins and ends in the query; empty for plain words, which may stand anywhere.
    """

    text: str
    weight: float = 1.0
    away: bool = False
    starts: tuple[int, ...] = field(default=(), compare=False)
    place: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition that a photo meets or not.

    Attributes:
        kind: what it asks.
        value: text for folder and name, a day for after and before, a number for rated and score; nothing
            for unrated.
        operator: of a score: ``>``, ``>=``, ``<`` or ``<=``; else empty.
        away: whether photos that meet it are taken away; for folder and name alone.
        place: where it begins and ends in the query; no matter when filters are compared.
    """

    kind: FilterKind
    value: str | date | float | None = None
    operator: str = ""
    away: bool = False
    place: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A part of a query that is not understood.

    Attributes:
        start: where it begins in the query, counted from 0.
        end: where it ends.
        reason: one sentence.
    """

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was understood.

    Attributes:
        terms: the sentences; plain words make one, and it comes first.
        filters: the conditions, in their order; a photo meets them all.
        mistakes: what was not understood, and is passed over.
    """

    terms: tuple[Term, ...]
    filters: tuple[Filter, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureQuery:
    """A picture to search by: one of the library, a file, or the bytes of one. One of the three is given.

    Attributes:
        name: what to call it; of a file or its bytes, the file's name.
        image_id: the library's id of an image of the folder that is searched.
        file: a picture from outside.
        data: the bytes of a picture file, such as one that was pasted.

    Raises:
        ValueError: none of the three is given, or several.
    """

    name: str
    image_id: int | None = None
    file: Path | None = None
    data: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if sum(source is not None for source in (self.image_id, self.file, self.data)) != 1:
            raise ValueError("a picture to search by is an image, a file or bytes.")
