"""Writes hits out of the program, off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from imgsearch_gui.core.takeout.photo_copies import Copied
    from imgsearch_gui.services.engine_service import PhotoStore
    from imgsearch_gui.services.jobs import Job, Worker
    from imgsearch_gui.services.search_service import Photo


class TakeoutService:
    """Starts one job for each call; every job tells how many hits are done, of how many.

    Args:
        store: has the thumbnails.
        worker: whose thread does the work; it is used for nothing else.
    """

    def __init__(self, store: PhotoStore, worker: Worker) -> None:
        self._store, self._worker = store, worker

    def save_table(self, file: Path, query: str, hits: Sequence[Photo]) -> Job:
        """Writes hits as a table for spreadsheets."""

        def work() -> Iterator[tuple[int, int]]:
            from imgsearch_gui.core.takeout.hits_table import write_hits_table

            return write_hits_table(file, query, hits)

        return self._worker.submit(work)

    def copy_photos(self, folder: Path, hits: Sequence[Photo]) -> Job:
        """Copies the photos of hits into a new folder; the job ends with a ``Copied``."""

        def work() -> Generator[tuple[int, int], None, Copied]:
            from imgsearch_gui.core.takeout.photo_copies import copy_photos

            return copy_photos(folder, [hit.path for hit in hits])

        return self._worker.submit(work)

    def save_sheet(self, file: Path, query: str, hits: Sequence[Photo]) -> Job:
        """Draws hits as a contact sheet; the job ends with the number of photos on it."""

        def work() -> Generator[tuple[int, int], None, int]:
            from imgsearch_gui.services.contact_sheet import write_contact_sheet

            return write_contact_sheet(file, query, hits, self._store.thumbnail)

        return self._worker.submit(work)
