"""Which photos a query's filters let through."""

from __future__ import annotations

import operator
import os
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.types.query import Filter, FilterKind
from imgsearch_gui.core.types.ratings import RatingScale

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.storage.library import Library

_PATHS = {FilterKind.FOLDER, FilterKind.NAME}
_DAYS = {FilterKind.AFTER, FilterKind.BEFORE}
_RATINGS = {FilterKind.RATED, FilterKind.UNRATED}
_COMPARE = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}


def passing(
    library: Library, folder: Path, ids: npt.NDArray[np.int64], filters: Sequence[Filter]
) -> npt.NDArray[np.bool_]:
    """Returns which images meet all filters but those of scores: bool [n].

    Args:
        library: knows the images.
        folder: whose they are.
        ids: int64 [n], ascending.
        filters: any.

    Raises:
        LibraryError: the library cannot be read.
    """
    kept = np.ones(len(ids), np.bool_)
    kinds = {each.kind for each in filters}
    if kinds & _PATHS:
        kept &= np.isin(ids, _by_path(library, folder, [each for each in filters if each.kind in _PATHS]))
    if kinds & _DAYS:
        known, times = library.photo_times(folder)
        for each in filters:
            if each.kind in _DAYS:
                begin = _begin(each.value)
                met = times >= begin if each.kind is FilterKind.AFTER else times < begin
                kept &= np.isin(ids, known[met])
    if kinds & _RATINGS:
        known, marks = library.content_marks(folder)
        best = _best_ratings(library)
        for each in filters:
            if each.kind in _RATINGS:
                least = each.value if isinstance(each.value, float) else 0.0
                rated = np.array([mark for mark, value in best.items() if value >= least], np.uint64)
                met = np.isin(marks, rated)
                kept &= np.isin(ids, known[met if each.kind is FilterKind.RATED else ~met])
    return kept


def meets_scores(scores: FloatArray, filters: Sequence[Filter]) -> npt.NDArray[np.bool_]:
    """Returns which scores, float32 [n], meet the filters of scores: bool [n]."""
    kept = np.ones(len(scores), np.bool_)
    for each in filters:
        if each.kind is FilterKind.SCORE and isinstance(each.value, float):
            kept &= _COMPARE[each.operator](scores, each.value)
    return kept


def _by_path(library: Library, folder: Path, filters: Sequence[Filter]) -> list[int]:
    """Returns the ids of the images whose paths meet all filters; letters' case does not count."""
    asked = [(each.kind is FilterKind.FOLDER, _folded(str(each.value)), not each.away) for each in filters]
    found = []
    for image_id, path in library.paths(folder):
        parents, name = os.path.split(_folded(os.fsdecode(path)))
        if all((text in (parents if of_folder else name)) is wanted for of_folder, text, wanted in asked):
            found.append(image_id)
    return found


def _folded(text: str) -> str:
    """Returns one form for all spellings of a name: file systems write “é” as one sign or as two."""
    return unicodedata.normalize("NFC", text).casefold()


def _begin(day: object) -> float:
    """Returns when a day begins here, in seconds since 1970."""
    assert isinstance(day, date)  # noqa: S101 - for the type checker
    try:
        return datetime(day.year, day.month, day.day).timestamp()  # noqa: DTZ001 - the user's own zone
    except (OverflowError, OSError, ValueError):  # long before there were cameras, on some systems
        return float("-inf") if day.year < 1970 else float("inf")


def _best_ratings(library: Library) -> dict[int, float]:
    """Returns the best rating of each rated content on the experts' scale, by its mark; yes counts as 4."""
    best: dict[int, float] = {}
    for rating in library.ratings().values():
        mark = int.from_bytes(rating.content_hash[:8], "little")
        value = float(rating.value if rating.scale is RatingScale.EXPERT else 1 + 3 * rating.value)
        best[mark] = max(best.get(mark, 0.0), value)
    return best
