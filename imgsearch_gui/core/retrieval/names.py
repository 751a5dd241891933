"""Words of a query that stand in photos' file names.

A name is parted where its letters end, and where a small letter is followed by a capital one. Of each name
the words are kept, in one long text for some thousands of names: a million names take less memory than their
vectors' file, and are looked through in hundredths of a second. Numbers and the codes of which many
programs make names (hexadecimal, such as "693b08cb0e", and those with dashes) are no words.
"""

from __future__ import annotations

import os
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.content_rule.word_forms import bare, fold
from imgsearch_gui.core.query.words import forms, plain, says_something
from imgsearch_gui.core.retrieval.search import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.retrieval.search import FolderVectors
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.query import Term

BONUS = 0.05  # of a score, for a name that holds all words: a sixth of a band, and never a strong match alone
_SHORTEST = 3  # letters of a word
_MOST_WORDS = 20
_MOST_NAMES = 50_000  # a word that may stand in more tells photos apart no better than their numbers do
_AT_ONCE = 4096  # names: 4 ms, so that the window's thread gets its turn

_CODE = re.compile(
    r"(?<![^\W_])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-f]*[0-9])[0-9a-f]{6,})(?![^\W_])",
    re.IGNORECASE,
)
_HUMP = re.compile("(?<=[a-zß-öø-ÿа-яё])(?=[A-ZÀ-ÖØ-ÞА-ЯЁ])|(?<=[A-ZА-ЯЁ])(?=[A-ZА-ЯЁ][a-zа-яё])")
_BETWEEN = re.compile(r"(?:[^\w\n]|[\d_])+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SEPARATOR = os.fsencode(os.sep)


def named_words(terms: Sequence[Term]) -> list[str]:
    """Returns the words, as they were typed, that names are looked through for."""
    words: dict[str, str] = {}
    for term in terms:
        for word in () if term.away else _LETTERS.findall(term.text):
            if len(plain(word)) >= _SHORTEST and says_something(word):
                words.setdefault(plain(word), word)
    return list(words.values())[:_MOST_WORDS]


class FileNames:
    """Knows the words of the file names of folders' images. Thread-safe.

    Args:
        library: knows the paths.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._folders: dict[Path, _Folder] = {}
        self._guard = threading.Lock()

    def update(self, folder: Path, vectors: FolderVectors) -> Iterator[tuple[int, int]]:
        """Reads the names of images that are new, step by step; another may do the same meanwhile.

        Args:
            folder: whose images they are.
            vectors: the images.

        Yields:
            How many are done, of how many; nothing when there are none.

        Raises:
            LibraryError: the library cannot be read.
        """
        with self._guard:
            held = self._folders.setdefault(folder, _Folder())
        going_on = True
        while going_on:
            with held.lock:
                some = held.next(vectors.ids)
                if going_on := len(some) > 0:
                    held.add(self._library.paths_of(some.tolist()), some)
                    done, total = held.done, len(held.new)
            if going_on:
                yield done, total

    def find(self, folder: Path, vectors: FolderVectors, words: Sequence[str]) -> dict[int, list[str]]:
        """Returns the images whose names hold some of the words, and which; raises what `update` raises.

        Args:
            folder: whose images they are.
            vectors: the images.
            words: see :func:`named_words`.
        """
        found: dict[int, list[str]] = {}
        if not words:
            return found
        for _ in self.update(folder, vectors):
            pass
        held = self._folders[folder]
        with held.lock:
            for word in words:
                for image_id in held.having(plain(word)):
                    found.setdefault(image_id, []).append(word)
        return found


def held_words(path: bytes, words: Sequence[str]) -> list[str]:
    """Returns those of some words that a file's name holds; does not ask whether too many others do."""
    held = words_of([path]).split()

    def holds(wanted: frozenset[str]) -> bool:
        near = (each for each in held if each.startswith(_beginnings(wanted)))
        return any(not wanted.isdisjoint(forms(each)) for each in near)

    return [word for word in words if holds(forms(plain(word)))]


def bonuses(found: Mapping[int, Sequence[str]], words: int) -> dict[int, float]:
    """Returns what the names count for, by image: the share of the words that they hold, of the bonus."""
    return {image_id: BONUS * len(held) / words for image_id, held in found.items()}


def with_bonuses(values: FloatArray, ids: npt.NDArray[np.int64], bonus: Mapping[int, float]) -> FloatArray:
    """Returns values, float32 [n], with the bonuses of their images; those of others do not count.

    Args:
        values: of a ranking.
        ids: of the images, int64 [n], ascending.
        bonus: by image.
    """
    keys = values.copy()
    of = np.array(sorted(bonus), np.int64)
    rows, there = rows_of(ids, of)
    keys[rows] += np.array([bonus[image_id] for image_id in of[there].tolist()], np.float32)
    return keys


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Some names: their words in lines of UTF-8, where each line begins, and the images' ids."""

    text: bytes
    starts: npt.NDArray[np.int32]
    ids: npt.NDArray[np.int64]


class _Folder:
    """The names of one folder, and how far the reading of new ones has come; for whoever holds its lock.

    Attributes:
        lock: of all that follows.
        new: ids of the images whose names were not known when the images were last looked at, int64 [m].
        done: how many of them are known by now.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.new = np.empty(0, np.int64)
        self.done = 0
        self._parts: list[_Part] = []
        self._known = np.empty(0, np.int64)
        self._listed: npt.NDArray[np.int64] | None = None

    def next(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Returns some of the images whose names are not known yet; none at the end."""
        if ids is not self._listed:
            known = np.union1d(self._known, self.new[: self.done])
            self.new, self.done = np.setdiff1d(ids, known, assume_unique=True), 0
            self._known, self._listed = known, ids
        return self.new[self.done : self.done + _AT_ONCE]

    def add(self, paths: Mapping[int, bytes], ids: npt.NDArray[np.int64]) -> None:
        """Takes the next names; of an image that has left the library, there is none."""
        text = words_of([paths.get(image_id, b"") for image_id in ids.tolist()]).encode("utf-8", "replace")
        ends = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))
        starts = np.concatenate([[0], ends + 1]).astype(np.int32)
        self._parts.append(_Part(text, starts, ids.copy()))
        self.done += len(ids)

    def having(self, word: str) -> list[int]:
        """Returns the images whose names hold a plain word in one of its forms."""
        wanted = forms(word)
        beginnings = _beginnings(wanted)
        fits: dict[str, bool] = {}  # few words stand in many names
        found: list[int] = []
        looked_at = 0
        for part in self._parts:
            lines = np.unique(np.concatenate([_lines(part, each.encode()) for each in beginnings])).tolist()
            looked_at += len(lines)
            if looked_at > _MOST_NAMES:
                return []
            for line in lines:
                for each in part.text[part.starts[line] : part.starts[line + 1]].decode().split():
                    if each.startswith(beginnings):
                        if each not in fits:
                            fits[each] = not wanted.isdisjoint(forms(each))
                        if fits[each]:
                            found.append(int(part.ids[line]))
                            break
        return found


def words_of(paths: Sequence[bytes]) -> str:
    """Returns the words of files' names, plain, parted by blanks: a line each, every one with its end."""
    stems = (path.rpartition(_SEPARATOR)[2] for path in paths)
    names = (os.fsdecode(stem.rpartition(b".")[0] or stem).replace("\n", " ") for stem in stems)
    text = "".join(f"{name}\n" for name in names)
    text = _HUMP.sub(" ", _CODE.sub(" ", text))
    return _BETWEEN.sub(" ", bare(fold(text)))


def _beginnings(wanted: frozenset[str]) -> tuple[str, ...]:
    """What other forms of a word begin with: "berry" and "berries", «собака» and «собаке»."""
    return tuple({form[: max(_SHORTEST, len(form) - 2)] for form in wanted})


def _lines(part: _Part, needle: bytes) -> npt.NDArray[np.intp]:
    """Returns the lines of a part that hold some bytes."""
    at, places = part.text.find(needle), []
    while at >= 0:
        places.append(at)
        end = part.text.find(b"\n", at)
        at = part.text.find(needle, end)
    return np.asarray(np.searchsorted(part.starts, places, side="right") - 1, np.intp)
