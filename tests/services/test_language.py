"""Texts in the language that is chosen."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from imgsearch_gui import paths
from imgsearch_gui.core.types.photos import Problem
from imgsearch_gui.errors import DatasetError, ImageError
from imgsearch_gui.sentences import remembered, sentence
from imgsearch_gui.services.language import LANGUAGES, compiled, release, told, tr, use_language


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


class _Shouting(QTranslator):
    """Stands in for a language: every text is known, in capitals, but for the names in braces."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return re.sub(
            r"\{[^}]*\}|[^{]+", lambda part: part[0] if part[0][0] == "{" else part[0].upper(), source
        )

    def isEmpty(self):  # noqa: N802 - Qt's name
        return False


@pytest.fixture
def shouting(qapp, speak):
    speak("ru")
    translator = _Shouting()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_sentences_within_sentences_are_told(shouting):
    error = DatasetError(sentence("The {column} is empty.", column="name"), Path("a.csv"), 1234)
    assert str(error) == "a.csv, line 1234: The name is empty."
    assert told(error.args[0]) == "a.csv, LINE 1234: THE name IS EMPTY."
    problem = Problem(Path("a.csv"), sentence("No row."))
    assert (str(problem), told(problem.sentence)) == ("a.csv: No row.", "a.csv: NO ROW.")


def test_numbers_within_sentences_are_told(shouting):
    rows = sentence("{rows:,} rows, {share:.1f}", rows=12345, share=0.25)
    assert (rows, told(rows)) == ("12,345 rows, 0.2", "12\xa0345 ROWS, 0,2")


def test_what_was_kept_as_text_is_told_as_it_was_written(shouting):
    kept = remembered("The file {is} empty.")
    assert (kept, told(kept)) == ("The file {is} empty.", "THE FILE {is} EMPTY.")


def test_a_sentence_goes_to_another_process(shouting):
    error = ImageError(sentence("Too {large}.", large=sentence("wide")))
    there = pickle.loads(pickle.dumps(error))  # noqa: S301 - what was written in the line itself
    assert told(there.args[0]) == "TOO WIDE."


def test_a_compiled_file_is_made_once(tmp_path):
    files = {code: compiled(code, tmp_path) for code in LANGUAGES}
    times = {file: file.stat().st_mtime_ns for file in files.values()}
    assert {
        compiled(code, tmp_path): compiled(code, tmp_path).stat().st_mtime_ns for code in LANGUAGES
    } == times


def test_two_programs_compile_side_by_side(tmp_path):
    source = paths.resource("translations/imgsearch_ru.ts")
    (tmp_path / "texts.part").mkdir()  # what another is writing
    release(source, tmp_path / "texts.qm")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["texts.part", "texts.qm"]


def test_no_place_for_the_compiled_file(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert compiled("ru", tmp_path / "file") is None
