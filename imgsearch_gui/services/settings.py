"""What the program remembers from one time to the next: rows of one schema, in one file.

A row is a `Setting`; all rows are in `services.settings_schema`. The dialog of settings is built from
those rows that have a label, the others are remembered without being asked.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
import os
import re
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import quote

from PySide6.QtCore import QLockFile, QObject, Signal

from imgsearch_gui import paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from imgsearch_gui.services.jobs import Worker

_log = logging.getLogger(__name__)

_LOCK_MS = 1_000  # another program is done in far less
_PLAIN = re.compile(r"[\w./%~-]*", re.ASCII)
_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)


def _untold() -> str:
    """The label of a row that the dialog does not show."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Generic[_T]):
    """A row of the schema; its kind is its class.

    Attributes:
        key: its name in the file, ``group/name``.
        default: its value while nothing else was chosen, and where the file makes no sense.
        section: gives the headline that it stands below in the dialog.
        label: gives its name in the dialog; a row without one is not shown there.
        help: gives one or two sentences that explain it.
        anew: whether it takes effect by making the window anew.
    """

    key: str
    default: _T
    section: Callable[[], str] = _untold
    label: Callable[[], str] = _untold
    help: Callable[[], str] = _untold
    anew: bool = False

    def read(self, text: str) -> _T:
        """Returns the value that a text of the file stands for.

        Raises:
            ValueError: it stands for none.
        """
        raise NotImplementedError

    def write(self, value: _T) -> str:
        """Returns the text of a value."""
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Setting[_E]):
    """One of a few; ``name`` gives what each is called in the dialog."""

    name: Callable[[_E], str] = str

    def read(self, text: str) -> _E:
        """Finds the member."""
        return type(self.default)(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Setting[bool]):
    """Yes or no."""

    def read(self, text: str) -> bool:
        """Understands what `write` writes."""
        return bool(("no", "yes").index(text))

    def write(self, value: bool) -> str:
        """Writes yes or no."""
        return "yes" if value else "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Setting[int]):
    """A number within limits.

    Attributes:
        least: the smallest.
        most: the largest.
        least_name: gives what the smallest is called, where it means something special.
    """

    least: int = 0
    most: int = 0
    least_name: Callable[[], str] = _untold

    def read(self, text: str) -> int:
        """Keeps to the limits."""
        if not (text.isascii() and len(text) <= len(str(self.most)) and text.isdigit()):
            raise ValueError(text)
        number = int(text)
        if not self.least <= number <= self.most:
            raise ValueError(text)
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Setting[str]):
    """A line of text, cut at ``longest`` characters."""

    longest: int = 80

    def read(self, text: str) -> str:
        """Strips and cuts it."""
        return text.strip()[: self.longest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder(Setting[Path | None]):
    """A folder, or none; written in letters that every reader of the file understands."""

    def read(self, text: str) -> Path | None:
        """Takes absolute paths alone."""
        return paths.unquoted_folder(text)

    def write(self, value: Path | None) -> str:
        """Writes no special sign but ``%``."""
        return "" if value is None else quote(os.fsencode(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Setting[tuple[str, ...]]):
    """Texts, the latest first: ``most`` at most, each of ``longest`` characters at most."""

    most: int = 10
    longest: int = 1000

    def read(self, text: str) -> tuple[str, ...]:
        """Takes a JSON list of texts."""
        try:
            given = json.loads(text)
        except RecursionError:
            raise ValueError(text) from None
        if not isinstance(given, list):
            raise ValueError(text)  # noqa: TRY004 - what stands in the file is at fault
        fine = (one for one in given if isinstance(one, str) and 0 < len(one) <= self.longest)
        return tuple(fine)[: self.most]

    def write(self, value: tuple[str, ...]) -> str:
        """Writes ASCII: file names may hold bytes that are no UTF-8."""
        return json.dumps(value)

    def with_latest(self, texts: tuple[str, ...], latest: str) -> tuple[str, ...]:
        """Returns texts with one more, which is in it once and first."""
        return (latest, *(text for text in texts if text != latest))[: self.most]


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Setting[bytes]):
    """What a widget packs its state in."""

    def read(self, text: str) -> bytes:
        """Unpacks base64."""
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error:
            raise ValueError(text) from None

    def write(self, value: bytes) -> str:
        """Packs it as base64."""
        return base64.b64encode(value).decode()


class Settings(QObject):
    """The values of all rows; what is missing in the file or makes no sense there is as it is at first.

    A file that cannot be written costs no more than the memory of what was chosen.

    Args:
        file: an INI file, which need not exist.
        worker: writes, so that nobody waits for the disk; without it, `close` writes.
        parent: the Qt parent, if any.

    Signals:
        changed(str): the key of a row that has another value now.
    """

    changed = Signal(str)

    def __init__(self, file: Path, worker: Worker | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file, self._worker = file, worker
        try:
            self._texts = _read(file)
        except OSError as error:
            self._texts = {}
            _log.warning("the settings cannot be read: %s", error)
        self._unwritten: dict[str, str] = {}
        self._lock = threading.Lock()  # of what is not written
        self._writing = threading.Lock()

    def get(self, setting: Setting[_T]) -> _T:
        """Returns the value of a row."""
        try:
            return setting.read(self._texts[setting.key])
        except (KeyError, ValueError):
            return setting.default

    def set(self, setting: Setting[_T], value: _T) -> None:
        """Changes a row; tells it if it was another before."""
        before = self.get(setting)
        text = setting.write(value)
        self._texts[setting.key] = text
        if value == before:
            return
        with self._lock:
            self._unwritten[setting.key] = text
        if self._worker is not None:
            self._worker.submit(self._write)
        self.changed.emit(setting.key)

    def close(self) -> None:
        """Writes what is not written."""
        self._write()

    def _write(self) -> None:
        with self._writing:
            with self._lock:
                texts, self._unwritten = self._unwritten, {}
            if not texts:
                return
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                lock = QLockFile(
                    f"{self._file}.lock"
                )  # of two programs, neither forgets what the other has kept
                lock.tryLock(_LOCK_MS)
                try:
                    paths.write_whole(self._file, _ini(_read(self._file) | texts))
                finally:
                    lock.unlock()
            except OSError as error:
                _log.warning("the settings cannot be kept in %s: %s", self._file, error)


def _read(file: Path) -> dict[str, str]:
    try:
        return paths.settings_texts(file)
    except FileNotFoundError:
        return {}


def _ini(texts: dict[str, str]) -> bytes:
    """Returns texts as `paths.settings_texts` reads them: ASCII, in quotation marks where need be."""
    sections: dict[str, list[str]] = {}
    for key, text in sorted(texts.items()):
        section, _, name = key.partition("/")
        written = text if _PLAIN.fullmatch(text) else json.dumps(text)
        sections.setdefault(section, []).append(f"{name}={written}\n")
    parts = (f"[{section}]\n{''.join(lines)}\n" for section, lines in sections.items())
    return "".join(parts).encode("utf-8", "replace")
