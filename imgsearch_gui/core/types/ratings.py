"""What people said of how well a picture matches a query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_HASH_BYTES = 32


class RatingScale(StrEnum):
    """What a person's rating of a pair is counted in."""

    EXPERT = "expert"
    CROWD = "crowd"


_RATING_VALUES = {RatingScale.EXPERT: range(1, 5), RatingScale.CROWD: range(2)}


def values_of(scale: RatingScale) -> tuple[int, ...]:
    """Returns the values that a rating on a scale may have, ascending."""
    return tuple(_RATING_VALUES[scale])


LONGEST_TEXT = 100_000  # characters; a table can hold no more than 131,072 in a cell


def plain_text(text: str) -> str:
    """Returns what can be kept and exported of a text that was typed: no NUL, nothing that is no text."""
    whole = text.replace("\0", "").encode("utf-8", "replace").decode()
    return whole[:LONGEST_TEXT]


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

    @property
    def statement(self) -> tuple[str, bytes, str, RatingScale, datetime, int]:
        """What tells two ratings apart: who said what of which pair at which moment."""
        return self.query, self.content_hash, self.rater, self.scale, self.rated_at, self.value
