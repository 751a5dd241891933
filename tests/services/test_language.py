"""Texts in the language that is chosen."""

from __future__ import annotations

import pytest

from imgsearch_gui.sentences import sentence
from imgsearch_gui.services.language import LANGUAGES, compiled, told, tr, use_language


@pytest.fixture
def speak(qapp, tmp_path):
    def use(code):
        use_language(qapp, code, tmp_path)

    yield use
    use_language(qapp, "en", tmp_path)


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("en", ["1 photo", "3 photos", "11 photos", "1,234 photos"]),
        ("ru", ["1 фотография", "3 фотографии", "11 фотографий", "1\xa0234 фотографии"]),
    ],
)
def test_numbers_and_their_words(speak, code, texts):
    speak(code)
    assert [tr("%Ln photo(s)", "", n) for n in (1, 3, 11, 1234)] == texts


def test_what_is_not_translated_stays_english(speak):
    speak("ru")
    assert told(sentence("No such text of {name}.", name="mine")) == "No such text of mine."
    assert told("plain") == "plain"


def test_a_compiled_file_is_made_once(tmp_path):
    files = {code: compiled(code, tmp_path) for code in LANGUAGES}
    times = {file: file.stat().st_mtime_ns for file in files.values()}
    assert {
        compiled(code, tmp_path): compiled(code, tmp_path).stat().st_mtime_ns for code in LANGUAGES
    } == times


def test_no_place_for_the_compiled_file(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert compiled("ru", tmp_path / "file") is None
