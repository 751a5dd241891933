"""Counts, lists and forgets the files that a search does not see, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from imgsearch_gui.core.types.photos import LeftOut, Problem
    from imgsearch_gui.services.engine_service import PhotoStore
    from imgsearch_gui.services.jobs import Job, Worker

_AT_ONCE = 200  # files forgotten in one step: some 5 MB of thumbnails and vectors


@dataclass(frozen=True, slots=True)
class LeftOutFiles:
    """The files of a folder that a search does not see.

    Attributes:
        problems: those that could not be read, by path.
        missing: those that are gone and kept for their return, by path.
    """

    problems: Sequence[Problem]
    missing: Sequence[Path]


class LeftOutService(QObject):
    """Answers the latest request of each kind; files are forgotten one batch after the other.

    Signals:
        counted(object): a `LeftOut` of the folder that was asked for last.
        listed(object): the `LeftOutFiles` of the folder that was asked for last.
        forgetting(object): how many missing files, a whole number, are forgotten so far.
        forgotten(): the forgetting has ended, or was stopped; the files are counted again.
        failed(object): the exception that ended the listing or forgetting.
    """

    counted = Signal(object)
    listed = Signal(object)
    forgetting = Signal(object)
    forgotten = Signal()
    failed = Signal(object)

    def __init__(self, store: PhotoStore, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._worker = worker
        self._counts = self._lists = 0  # the ids of the latest requests
        self._forgetting: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether files are being forgotten."""
        return self._forgetting is not None

    def count(self, folder: Path) -> None:
        """Asks how many files of a folder are left out.

        A library that cannot be read says so where it matters, when it is searched.
        """
        self._counts += 1
        job = self._worker.submit(partial(self._store.left_out, folder))
        job.succeeded.connect(partial(self._counted, self._counts))

    def list(self, folder: Path) -> None:
        """Asks which files of a folder are left out."""
        self._lists += 1
        job = self._worker.submit(partial(_list, self._store, folder))
        job.succeeded.connect(partial(self._listed, self._lists))
        job.failed.connect(self.failed)

    def forget(self, folder: Path, files: Sequence[Path]) -> None:
        """Forgets missing files for good; does nothing while others are being forgotten."""
        if self._forgetting is None:
            self._forgetting = job = self._worker.submit(partial(_forget, self._store, folder, files))
            job.progressed.connect(self.forgetting)
            job.failed.connect(self.failed)
            job.finished.connect(partial(self._forgotten, folder))

    @Slot()
    def stop(self) -> None:
        """Stops forgetting after the batch that is being forgotten; what is forgotten stays so."""
        if self._forgetting is not None:
            self._forgetting.cancel()

    def _counted(self, request: int, left_out: LeftOut) -> None:
        if request == self._counts:
            self.counted.emit(left_out)

    def _listed(self, request: int, files: LeftOutFiles) -> None:
        if request == self._lists:
            self.listed.emit(files)

    def _forgotten(self, folder: Path) -> None:
        self._forgetting = None
        self.forgotten.emit()
        self.count(folder)


def _list(store: PhotoStore, folder: Path) -> LeftOutFiles:
    return LeftOutFiles(store.problems(folder), store.missing(folder))


def _forget(store: PhotoStore, folder: Path, files: Sequence[Path]) -> Generator[int, None, None]:
    for start in range(0, len(files), _AT_ONCE):
        store.forget_missing(folder, files[start : start + _AT_ONCE])
        yield min(len(files), start + _AT_ONCE)
