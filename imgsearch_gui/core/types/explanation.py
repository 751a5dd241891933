"""Why a photo has its score for a query."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordEffect:
    """What one word of a query does to a photo's score.

    Attributes:
        text: the word as it was typed.
        start: where it begins in the query, counted from 0.
        end: where it ends.
        effect: the score less the score of the query without the word, -1..1; above 0, the word raises it.
    """

    text: str
    start: int
    end: int
    effect: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a photo has its score.

    Attributes:
        query: the query as it was typed.
        image_id: the library's id of the photo.
        score: as the hit has it, 0..1.
        words: in the order of the query; those that say nothing of themselves, such as articles, are left
            out, and so is a word with nothing beside it to compare with.
        named: the words of the query that stand in the photo's file name, parted by blanks.
        bonus: what the name counts for in the ranking, in units of the score, which it is no part of.
        picture: what the picture that is searched by does to the score, as for a word; nothing where
            there is none, or nothing beside it.
    """

    query: str
    image_id: int
    score: float
    words: tuple[WordEffect, ...] = ()
    named: str = ""
    bonus: float = 0.0
    picture: float | None = None
