"""Rows that are selected among a million photos: ranges of rows, and the photos that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast, overload

from imgsearch_gui.core.types.photos import ImageRecord, LazyPhotos, SearchHit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QItemSelection, QItemSelectionRange

    from imgsearch_gui.services.search_service import Photo

MOST_TAKEN = 1_000  # of a selection, at once by the window's own thread; no program takes more files well


def rows_of(selection: QItemSelection) -> tuple[range, ...]:
    """Returns the rows of a selection as ranges, ascending, none of which touch."""
    parts = cast("Iterable[QItemSelectionRange]", selection)  # which Qt's stubs do not say
    joined: list[range] = []
    for rows in sorted((range(part.top(), part.bottom() + 1) for part in parts), key=lambda r: r.start):
        if joined and rows.start <= joined[-1].stop:
            joined[-1] = range(joined[-1].start, max(joined[-1].stop, rows.stop))
        else:
            joined.append(rows)
    return tuple(joined)


class Chosen(Sequence[SearchHit | ImageRecord]):
    """The photos of some rows, each made when it is looked at; for one other thread than the window's.

    Args:
        photos: all photos.
        rows: which of them, ascending.
    """

    def __init__(self, photos: Sequence[Photo], rows: tuple[range, ...]) -> None:
        self._photos = photos.apart() if isinstance(photos, LazyPhotos) else photos
        self._rows = rows
        self._count = sum(map(len, rows))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Photo: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Photo]: ...
    def __getitem__(self, at: int | slice) -> Photo | Sequence[Photo]:
        if isinstance(at, slice):
            return [self[place] for place in range(self._count)[at]]
        place = range(self._count)[at]
        for rows in self._rows:
            if place < len(rows):
                return self._photos[rows[place]]
            place -= len(rows)
        raise IndexError(at)
