"""Exports, imports and agreement of ratings, off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imgsearch_gui.core.types.ratings import RatingScale

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.agreement import Agreement
    from imgsearch_gui.core.types.exchange import ExchangeProgress, ExportSummary, ImportSummary
    from imgsearch_gui.services.jobs import Job, Worker


class ExchangeService:
    """Starts one job for each call; what a job tells is connected to by the caller.

    Args:
        library: the library with the ratings.
        worker: whose thread does the work; it is used for nothing else, since an export can take long.
    """

    def __init__(self, library: Library, worker: Worker) -> None:
        self._library = library
        self._worker = worker

    def export(self, folder: Path, *, link: bool) -> Job:
        """Exports all ratings; the job tells ``ExchangeProgress`` and ends with an ``ExportSummary``."""

        def work() -> Generator[ExchangeProgress, None, ExportSummary]:
            from imgsearch_gui.core.ratings.exchange import export_library

            return export_library(self._library, folder, link=link)

        return self._worker.submit(work)

    def bring(self, folder: Path) -> Job:
        """Imports ratings; the job tells ``ExchangeProgress``, and ends with an ``ImportSummary``."""

        def work() -> Generator[ExchangeProgress, None, ImportSummary]:
            from imgsearch_gui.core.ratings.exchange import import_folders

            return import_folders(self._library, [folder])

        return self._worker.submit(work)

    def agreement(self) -> Job:
        """Measures the agreement; the job ends with an ``Agreement`` for each scale, by scale."""

        def work() -> dict[RatingScale, Agreement]:
            from imgsearch_gui.core.ratings.agreement import agreement

            ratings = list(self._library.ratings().values())
            return {scale: agreement(ratings, scale) for scale in RatingScale}

        return self._worker.submit(work)
