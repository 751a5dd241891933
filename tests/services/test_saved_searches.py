"""Saved searches: kept whole, and files that make no sense kept aside."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from imgsearch_gui.errors import SavedSearchError
from imgsearch_gui.services.saved_searches import LONGEST_NAME, MOST, SavedSearch, SavedSearches

DOGS = SavedSearch("dogs", 'two dogs -"deep snow"', Path("/photos/Ада"))
BOATS = SavedSearch("Boats", "red boat", Path(os.fsdecode(b"/no/\xff/utf-8")))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "searches.json"


def loaded(file: Path) -> SavedSearches:
    searches = SavedSearches(file)
    searches.load()
    return searches


def test_what_is_saved_comes_back_by_name(file: Path) -> None:
    searches = loaded(file)
    assert searches.all == ()
    searches.add(DOGS)
    searches.add(BOATS)
    assert loaded(file).all == (BOATS, DOGS)
    again = SavedSearch("dogs", "three dogs", Path("/photos"))
    searches.add(again)
    assert loaded(file).all == (BOATS, again)


def test_names_are_changed_and_stay_apart(file: Path) -> None:
    searches = loaded(file)
    searches.add(DOGS)
    searches.add(BOATS)
    searches.rename(DOGS, "  a pack  ")
    assert [one.name for one in loaded(file).all] == ["a pack", "Boats"]
    with pytest.raises(SavedSearchError, match="“Boats” already"):
        searches.rename(searches.all[0], "Boats")
    with pytest.raises(SavedSearchError, match="needs a name"):
        searches.rename(searches.all[0], " ")
    searches.remove(searches.all[0])
    assert loaded(file).all == (BOATS,)


def row(**changes: object) -> dict[str, object]:
    return {"name": "a", "query": "b", "folder": "/c", **changes}


def written(*rows: object) -> bytes:
    return json.dumps({"form": "imgsearch-saved-searches/1", "searches": rows}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\0",
        b"[]",
        b"{}",
        b"[" * 100_000,
        json.dumps({"form": "other/9", "searches": []}).encode(),
        written(1),
        written(row(name=1)),
        written(row(name="")),
        written(row(name="x" * (LONGEST_NAME + 1))),
        written(row(query="x" * 1001)),
        written(row(folder="relative")),
        written(row(folder="/nul\0")),
        written(row(folder="/half a sign \ud800")),
        written(row(), row()),
        written(*(row(name=str(n)) for n in range(MOST + 1))),
        b'"' + b"x" * 10_000_001,
    ],
)
def test_a_file_that_makes_no_sense_is_kept_aside(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    searches = SavedSearches(file)
    with pytest.raises(SavedSearchError, match="list begins anew") as told:
        searches.load()
    assert searches.all == ()
    (aside,) = file.parent.glob("searches.unreadable-*.json")
    assert str(aside) in str(told.value)
    assert aside.read_bytes() == data
    searches.add(DOGS)
    assert loaded(file).all == (DOGS,)


def test_what_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    searches = SavedSearches(tmp_path / "file" / "searches.json")
    with pytest.raises(SavedSearchError, match="cannot be written"):
        searches.add(DOGS)
    assert searches.all == ()
    with pytest.raises(SavedSearchError, match="cannot be read"):
        searches.load()


def test_there_is_an_end_to_it(file: Path) -> None:
    file.write_bytes(written(*(row(name=str(n)) for n in range(MOST))))
    searches = loaded(file)
    with pytest.raises(SavedSearchError, match="remove one first"):
        searches.add(DOGS)
