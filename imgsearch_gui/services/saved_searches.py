"""Searches that were given a name, in a file of their own."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imgsearch_gui import paths
from imgsearch_gui.errors import SavedSearchError
from imgsearch_gui.sentences import sentence
from imgsearch_gui.services.settings_schema import LONGEST_QUERY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LONGEST_NAME = 80
MOST = 1000  # a menu of more is none
_MOST_BYTES = 10_000_000
_FORM = "imgsearch-saved-searches/1"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query in a folder, by a name of its own.

    Attributes:
        name: no other has it.
        query: as it was typed.
        folder: where it searches.
    """

    name: str
    query: str
    folder: Path


class SavedSearches:
    """The saved searches, by name; every change is written at once, the whole file or nothing.

    Args:
        file: a JSON file, which need not exist.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._searches: tuple[SavedSearch, ...] = ()

    @property
    def all(self) -> tuple[SavedSearch, ...]:
        """The searches, by name."""
        return self._searches

    def load(self) -> None:
        """Reads the file; one that makes no sense is kept aside.

        Raises:
            SavedSearchError: it cannot be read or understood; there is none then.
        """
        try:
            data = paths.read_small(self._file, _MOST_BYTES + 1)
        except FileNotFoundError:
            return
        except OSError as error:
            raise SavedSearchError(
                sentence(
                    "{file}: The saved searches cannot be read: {reason}.",
                    file=str(self._file),
                    reason=error.strerror or str(error),
                )
            ) from error
        try:
            self._searches = _sorted(_understood(data))
        except (ValueError, TypeError, LookupError, RecursionError):
            raise SavedSearchError(self._set_aside()) from None

    def add(self, search: SavedSearch) -> None:
        """Saves a search; it takes the place of one of the same name.

        Raises:
            SavedSearchError: it cannot be written, or there are too many.
        """
        others = [one for one in self._searches if one.name != search.name]
        if len(others) >= MOST:
            raise SavedSearchError(
                sentence("There are {most} saved searches already: remove one first.", most=MOST)
            )
        self._keep([*others, search])

    def rename(self, search: SavedSearch, name: str) -> None:
        """Gives a search another name.

        Raises:
            SavedSearchError: another has that name, or it is none, or it cannot be written.
        """
        name = name.strip()[:LONGEST_NAME]
        if not name:
            raise SavedSearchError(sentence("A saved search needs a name."))
        others = [one for one in self._searches if one != search]
        if any(one.name == name for one in others):
            raise SavedSearchError(sentence("There is a saved search “{name}” already.", name=name))
        self._keep([*others, replace(search, name=name)])

    def remove(self, search: SavedSearch) -> None:
        """Removes a search.

        Raises:
            SavedSearchError: the rest cannot be written.
        """
        self._keep([one for one in self._searches if one != search])

    def _keep(self, searches: Iterable[SavedSearch]) -> None:
        wanted = _sorted(searches)
        rows = [{"name": one.name, "query": one.query, "folder": str(one.folder)} for one in wanted]
        # ASCII, since names of folders may hold bytes that are no UTF-8.
        text = json.dumps({"form": _FORM, "searches": rows}, indent=1)
        try:
            paths.write_whole(self._file, text.encode())
        except OSError as error:
            raise SavedSearchError(
                sentence(
                    "{file}: The saved searches cannot be written: {reason}.",
                    file=str(self._file),
                    reason=error.strerror or str(error),
                )
            ) from error
        self._searches = wanted

    def _set_aside(self) -> str:
        aside = paths.dated(self._file, "unreadable", ".json")
        try:
            self._file.rename(aside)
        except OSError:
            aside = self._file
        return sentence(
            "The saved searches could not be understood, so the list begins anew. "
            "The file is kept as {file}.",
            file=str(aside),
        )


def _sorted(searches: Iterable[SavedSearch]) -> tuple[SavedSearch, ...]:
    return tuple(sorted(searches, key=lambda one: one.name.casefold()))


def _understood(data: bytes) -> list[SavedSearch]:
    """Returns the searches of a file; raises what tells that it holds none."""
    if len(data) > _MOST_BYTES:
        raise ValueError(len(data))
    given = json.loads(data)
    if given["form"] != _FORM or not isinstance(given["searches"], list):
        raise ValueError(_FORM)
    found = [_search(row) for row in given["searches"]]
    if len(found) > MOST or len({one.name for one in found}) < len(found):
        raise ValueError(len(found))
    return found


def _search(row: dict[str, object]) -> SavedSearch:
    name, query, folder = row["name"], row["query"], row["folder"]
    if not (isinstance(name, str) and isinstance(query, str) and isinstance(folder, str)):
        raise TypeError(row)
    path = paths.named(folder)
    if not (0 < len(name) <= LONGEST_NAME and len(query) <= LONGEST_QUERY and path.is_absolute()):
        raise ValueError(row)
    return SavedSearch(name, query, path)
