"""Notes on letters and languages that the text encoders do not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.encoders.language import LANGUAGES
from imgsearch_gui.core.query.known_letters import language_notes
from tests.core.test_language import QUERIES
from tests.engines import make_engine, run
from tests.fakes import write_jpegs

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.storage.library import Library


@pytest.mark.parametrize("query", [query for queries in QUERIES.values() for query in queries])
def test_nothing_is_said_of_what_is_known(query: str) -> None:
    assert language_notes(query, LANGUAGES) == ()


@pytest.mark.parametrize("query", ["", "123 !? 🐶", "½ µ ﬁ Ａ ª", "ー々"])
def test_signs_are_no_letters(query: str) -> None:
    assert all("Greek" in note for note in language_notes(query, LANGUAGES))


@pytest.mark.parametrize(
    ("query", "languages", "told"),
    [
        ("כלב על החוף", LANGUAGES, "Hebrew letters"),
        ("a dog σκύλος", LANGUAGES, "Greek letters"),
        ("समुद्र तट पर कुत्ता", LANGUAGES, "Devanagari letters"),
        ("собака на пляже", {"en"}, "Cyrillic letters"),
        ("浜辺の犬", {"zh"}, "Japanese letters"),
        ("해변의 개", {"en", "de"}, "Korean letters"),
        ("Ein Hund läuft am Strand entlang und bellt", {"en"}, "know German"),
    ],
)
def test_what_is_not_known_is_told_once(query: str, languages: set[str], told: str) -> None:
    [note] = language_notes(query, languages)
    assert told in note
    assert note.template != note


@pytest.mark.parametrize("query", ["Hund", "rot", "a kind man", "beach"])
def test_of_a_language_nothing_is_said_unless_it_is_sure(query: str) -> None:
    assert language_notes(query, {"en"}) == ()


def test_a_search_tells_it(library: Library, tmp_path: Path) -> None:
    write_jpegs(tmp_path, 2)
    engine = make_engine(library)  # of English alone
    run(engine.index(tmp_path))
    [note] = engine.ask(tmp_path, "boat -снег").notes
    assert "Cyrillic" in note
    assert engine.ask(tmp_path, "boat name:снег").notes == ()
