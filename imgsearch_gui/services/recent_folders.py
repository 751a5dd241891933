"""The folders that were open last."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from imgsearch_gui import paths
from imgsearch_gui.services.settings_schema import RECENT_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from imgsearch_gui.services.jobs import Worker
    from imgsearch_gui.services.settings import Settings


class RecentFolders(QObject):
    """Remembers folders, the latest first, and knows which are not there now.

    Args:
        settings: where they are kept.
        worker: looks for them, which takes seconds on a network that does not answer.
        parent: the Qt parent, if any.

    Signals:
        changed(): there are others now, or others are missing.
    """

    changed = Signal()

    def __init__(self, settings: Settings, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._worker = settings, worker
        self._missing: frozenset[Path] = frozenset()
        self._looking = False
        settings.changed.connect(self._changed)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders, the latest first."""
        texts = self._settings.get(RECENT_FOLDERS)
        return tuple(_paths(texts))

    def is_missing(self, folder: Path) -> bool:
        """Returns whether a folder was not there when it was last looked for."""
        return folder in self._missing

    @Slot(object)
    def add(self, folder: Path) -> None:
        """Puts a folder first."""
        known = self._settings.get(RECENT_FOLDERS)
        self._settings.set(RECENT_FOLDERS, RECENT_FOLDERS.with_latest(known, str(folder)))

    @Slot()
    def clear(self) -> None:
        """Forgets all."""
        self._settings.set(RECENT_FOLDERS, ())

    @Slot()
    def look(self) -> None:
        """Looks which folders are there; tells when that is another answer than before."""
        if self._looking or not self.folders:
            return
        self._looking = True
        job = self._worker.submit(partial(_missing, self.folders))
        job.succeeded.connect(self._looked)

    @Slot(object)
    def _looked(self, missing: frozenset[Path]) -> None:
        self._looking = False
        if missing != self._missing:
            self._missing = missing
            self.changed.emit()

    @Slot(str)
    def _changed(self, key: str) -> None:
        if key == RECENT_FOLDERS.key:
            self.changed.emit()


def _missing(folders: tuple[Path, ...]) -> frozenset[Path]:
    return frozenset(folder for folder in folders if not os.path.isdir(folder))  # noqa: PTH112 - never raises


def _paths(texts: Iterable[str]) -> Iterator[Path]:
    """Yields the folders that texts name; the settings file may hold anything."""
    for text in texts:
        with suppress(ValueError):
            yield paths.named(text)
