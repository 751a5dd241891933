"""Frozen values that cross the layers. Standard library only: the window imports this module."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from pathlib import Path


_HASH_BYTES = 32


class RuleMode(StrEnum):
    """What the content rule does with what it hits."""

    BLOCK = "block"
    WARN = "warn"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A word that the content rule hit.

    Attributes:
        word: the word as it stands in the text (``"toddlers"``).
        term: the entry of the rule's word list that it belongs to (``"toddler"``).
        language: the list's language, ISO 639-1.
    """

    word: str
    term: str
    language: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or a line of one, that was left out, and why.

    Attributes:
        file: the file at fault.
        reason: one sentence.
        line: counted from 1, where there is one.
        kind: what problems of this sort have in common, in a few words, to count them by.
    """

    file: Path
    reason: str
    line: int | None = None
    kind: str = ""

    def __str__(self) -> str:
        where = f"{self.file}" if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One readable image of the library."""

    id: int
    path: Path
    width: int
    height: int


class Band(StrEnum):
    """How well a hit matches, in a word."""

    STRONG = "strong"
    PARTIAL = "partial"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Bands:
    """Where the bands of a matcher's scores begin.

    Attributes:
        strong: the least score of a strong match.
        partial: the least score of a partial match; what is below is unlikely.

    Raises:
        ValueError: unless 0 < partial <= strong < 1.
    """

    strong: float
    partial: float

    def __post_init__(self) -> None:
        if not 0 < self.partial <= self.strong < 1:  # not-a-number is refused too
            raise ValueError(f"it has bands that cannot be: {self.partial} and {self.strong}.")

    def of(self, score: float) -> Band:
        """Returns the band of a score."""
        if score >= self.strong:
            return Band.STRONG
        return Band.PARTIAL if score >= self.partial else Band.UNLIKELY


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One image found for a query.

    Attributes:
        image_id: the library's id of the image.
        path: its file.
        score: how well image and query match, in 0..1.
        band: the same in a word.
    """

    image_id: int
    path: Path
    score: float
    band: Band


class Hits(Sequence[SearchHit]):
    """Hits that are made when they are looked at: 300,000 objects a query would cost a second.

    Args:
        images: a folder's images, by ascending id.
        rows: for each hit, where its image stands in ``images``.
        scores: for each hit, its score.
        bands: where the bands of these scores begin.
    """

    def __init__(
        self, images: Sequence[ImageRecord], rows: Sequence[int], scores: Sequence[float], bands: Bands
    ) -> None:
        self._images, self._rows, self._scores, self._bands = images, rows, scores, bands

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> SearchHit: ...
    @overload
    def __getitem__(self, at: slice) -> Hits: ...
    def __getitem__(self, at: int | slice) -> SearchHit | Hits:
        if isinstance(at, slice):
            return Hits(self._images, self._rows[at], self._scores[at], self._bands)
        image, score = self._images[self._rows[at]], self._scores[at]
        return SearchHit(image.id, image.path, score, self._bands.of(score))

    def place_of(self, image_id: int) -> int:
        """Returns where the hit of an image stands.

        Raises:
            ValueError: there is none.
        """
        row = bisect_left(self._images, image_id, key=lambda image: image.id)
        if row == len(self._images) or self._images[row].id != image_id:
            raise ValueError(f"there is no image {image_id}.")
        return self._rows.index(row)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one query.

    Attributes:
        query: the query's text as it was typed.
        hits: best first; empty when the query was blocked.
        searched: how many images were scored.
        withheld: how many images the content rule keeps from being shown.
        rule_match: the word that the content rule hit in the query, if any.
        rule_mode: what the rule was set to.
        note: one sentence about the query that the user should read, or nothing.
    """

    query: str
    hits: Sequence[SearchHit]
    searched: int
    withheld: int
    rule_match: RuleMatch | None
    rule_mode: RuleMode
    note: str = ""

    @property
    def blocked(self) -> bool:
        """Whether the content rule kept every picture back because of the query's words."""
        return self.rule_match is not None and self.rule_mode is RuleMode.BLOCK

    @property
    def likely(self) -> int:
        """How many hits come before those that are all unlikely."""
        # Best first, so the bands are in order too: no need to look at each of 300,000 hits.
        return bisect_left(self.hits, True, key=lambda hit: hit.band is Band.UNLIKELY)


@dataclass(frozen=True, slots=True)
class Gallery:
    """A folder's photos without a query.

    Attributes:
        photos: readable images that may be shown, in the order of their paths.
        withheld: how many images the content rule keeps from being shown.
    """

    photos: tuple[ImageRecord, ...]
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """One step of indexing a folder.

    Attributes:
        stage: ``"scan"`` (walking the folder), ``"embed"`` (reading new images), ``"done"``.
        done: images finished in this stage; in ``"scan"``, files seen so far.
        total: images to do in this stage; ``None`` while it is not known.
        embedded: new or changed images stored so far.
        unchanged: images that needed no work.
        removed: images whose file is gone since the last time: they are missing from now on.
        failed: images that could not be read so far.
        away: images kept as they are because the drive with their files is not there.
        returned: images that were missing and are there again.
    """

    stage: str
    done: int
    total: int | None
    embedded: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    away: int = 0
    returned: int = 0

    @property
    def changed(self) -> bool:
        """Whether there are other images now than before."""
        return self.embedded + self.removed + self.returned > 0


class RatingScale(StrEnum):
    """What a person's rating of a pair is counted in."""

    EXPERT = "expert"
    CROWD = "crowd"


_RATING_VALUES = {RatingScale.EXPERT: range(1, 5), RatingScale.CROWD: range(2)}


@dataclass(frozen=True, slots=True)
class Rating:
    """What one person said once of how well a picture matches a query.

    Attributes:
        query: the query's text.
        content_hash: SHA-256 of the picture file's bytes, 32 bytes: a rating follows the picture.
        rater: the person's name.
        scale: what the value is counted in.
        value: 1 (does not match) to 4 (describes it fully) by experts, 0 (no) or 1 (yes) by the crowd.
        rated_at: when, in UTC.
        comment: what else the person said.
        seconds: how long it took.

    Raises:
        ValueError: a value is not on its scale, the hash is no SHA-256, the time is not in UTC, or
            the seconds cannot be.
    """

    query: str
    content_hash: bytes
    rater: str
    scale: RatingScale
    value: int
    rated_at: datetime
    comment: str = ""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.value not in _RATING_VALUES[self.scale]:
            raise ValueError(f"{self.value} is not a rating on the {self.scale} scale.")
        if len(self.content_hash) != _HASH_BYTES:
            raise ValueError(f"A content hash has {_HASH_BYTES} bytes, not {len(self.content_hash)}.")
        if self.rated_at.utcoffset() != timedelta(0):
            raise ValueError(f"The time of a rating is in UTC, and not {self.rated_at}.")
        if not 0 <= self.seconds < float("inf"):  # not-a-number is refused too
            raise ValueError(f"A rating cannot take {self.seconds} seconds.")


@dataclass(frozen=True, slots=True)
class TrainProgress:
    """One step of training.

    Attributes:
        stage: a few words for the user (``"image vectors"``, ``"heads"``, ``"score"`` …).
        done: steps finished in this stage.
        total: steps of this stage.
        train_loss: the latest training loss, where there is one.
        validation_rmse: the latest RMSE on unseen images, where there is one.
    """

    stage: str
    done: int
    total: int
    train_loss: float | None = None
    validation_rmse: float | None = None
