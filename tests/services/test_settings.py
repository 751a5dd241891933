"""What the program remembers: rows of one schema, and files that make no sense."""

from __future__ import annotations

import os
import pickle
import struct
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from imgsearch_gui import paths
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.services import settings_schema as schema
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.settings import Setting, Settings

ROWS = [row for row in vars(schema).values() if isinstance(row, Setting)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def kept(file: Path, row, value):
    """Writes a value, and returns what a program that starts later reads."""
    settings = Settings(file)
    settings.set(row, value)
    settings.close()
    return Settings(file).get(row)


def test_rows_have_keys_of_their_own_and_defaults_that_can_be_kept(file: Path) -> None:
    assert len({row.key for row in ROWS}) == len(ROWS)
    assert set(schema.SHOWN) <= set(ROWS)
    settings = Settings(file)
    for row in ROWS:
        assert settings.get(row) == row.default
        assert not row.label() or (row.section() and row.help())
    assert {field.name for field in fields(Setting)} > {"key", "default", "label", "help", "anew"}


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (schema.THEME, schema.Theme.DARK),
        (schema.RULE, RuleMode.OFF),
        (schema.RESULTS, 1_000_000),
        (schema.REMEMBER_QUERIES, False),
        (schema.LIBRARY, Path('/photos; of "Ада", 100 % = all [x]')),
        (schema.LIBRARY, Path(os.fsdecode(b"/no/\xff/utf-8"))),
        (schema.GEOMETRY, bytes(range(256))),
        (schema.RECENT_QUERIES, ('-"deep snow", 2:beach', "собака; кот = 5%", "a\nb")),
        (schema.RECENT_FOLDERS, (os.fsdecode(b"/no/\xff/utf-8"),)),
        (schema.RATER, 'Ада, “A;=%" B'),
    ],
)
def test_values_come_back(file: Path, row, value) -> None:
    assert kept(file, row, value) == value


@given(text=st.text(max_size=30))
def test_no_text_makes_a_row_fail(text: str) -> None:
    for row in ROWS:
        try:
            value = row.read(text)
        except ValueError:
            continue
        assert row.read(row.write(value)) == value or value == row.default


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe" * 1000,
        b"\n".join(
            (
                b"[look]\ntheme=purple\nlanguage=\xff\n[search]\nresults=-4\nremember=maybe\nrule=a, b",
                b"[library]\nfolder=not/absolute\n[recent]\nqueries={}\nfolders=[[[1,\n[window]\ngeometry=***",
            )
        ),
        b"[search]\nresults=" + b"9" * 5000 + b"\n[recent]\nqueries=" + b"[" * 100_000 + b"\n",
        b"[look]\ntheme=@Variant(\\0\\0\\0\\x2\\0\\0\\0\\x5)\n[recent]\nqueries=@Invalid()\nfolders=[1]\n",
        b"[look]\ntheme=dark\n" + b";" * 1_000_001,
        b"[look]\ntheme\n  dark\n",
    ],
    ids=["empty", "bytes", "nonsense", "long", "variants", "huge", "continued"],
)
def test_a_file_that_makes_no_sense_is_as_none(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    settings = Settings(file)
    assert [settings.get(row) for row in ROWS] == [row.default for row in ROWS]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(file: Path) -> None:
    os.mkfifo(file)
    assert kept(file, schema.RESULTS, 7) == 0


def test_a_file_that_cannot_be_written_costs_the_memory_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = Settings(tmp_path / "file" / "settings.ini")
    settings.set(schema.RESULTS, 7)
    settings.close()
    assert settings.get(schema.RESULTS) == 7


def test_changes_are_told_once(qtbot, file: Path) -> None:
    settings = Settings(file)
    told: list[str] = []
    settings.changed.connect(told.append)
    settings.set(schema.RESULTS, 20)
    settings.set(schema.RESULTS, 20)
    settings.set(schema.THEME, schema.Theme.SYSTEM)
    assert told == ["search/results"]


def test_a_worker_writes(qtbot, file: Path) -> None:
    owner = QObject()
    worker = Worker("settings", owner)
    settings = Settings(file, worker)
    settings.set(schema.RESULTS, 20)
    qtbot.waitUntil(lambda: file.exists() and Settings(file).get(schema.RESULTS) == 20)
    worker.stop()
    assert worker.wait(20)
    settings.set(schema.RESULTS, 30)  # at the very end
    settings.close()
    assert Settings(file).get(schema.RESULTS) == 30


def test_the_newest_are_first_and_there_once() -> None:
    row = schema.RECENT_FOLDERS
    texts: tuple[str, ...] = ()
    for number in [*range(12), 11, 5]:
        texts = row.with_latest(texts, str(number))
    assert texts == ("5", "11", "10", "9", "8", "7", "6", "4", "3", "2")


@pytest.mark.parametrize("name", ["plain", "Ада; “100 %” = [x] # y", os.fsdecode(b"\xff")])
def test_every_part_of_the_program_finds_the_library_where_the_settings_say(tmp_path: Path, name) -> None:
    assert paths.default_library() == paths.user_data() / "library.sqlite"
    assert kept(paths.settings_file(), schema.GEOMETRY, b"\n\0=[x]") is not None
    kept(paths.settings_file(), schema.LIBRARY, tmp_path / name)
    with pytest.raises(LibraryError, match="is not there"):
        paths.default_library()
    assert not (tmp_path / name).exists()
    (tmp_path / name).mkdir()
    assert paths.default_library() == tmp_path / name / "library.sqlite"
    kept(paths.settings_file(), schema.LIBRARY, None)
    assert paths.default_library() == paths.user_data() / "library.sqlite"


@pytest.mark.parametrize(
    "data", [b"\xff\0", b"[library]\nfolder\n", b"[library]\nfolder=x\n", b"folder=x", b"[a]\nb\n c"]
)
def test_a_library_place_that_makes_no_sense_is_none(data: bytes) -> None:
    paths.settings_file().write_bytes(data)
    assert paths.default_library() == paths.user_data() / "library.sqlite"


class Command:
    """An object that runs code when it is rebuilt."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self._file),)


def test_no_code_of_the_file_is_run(file: Path, tmp_path: Path) -> None:
    pickled, name = pickle.dumps(Command(tmp_path / "ran"), 0), b"PyObject\0"
    packed = struct.pack(">I?I", 0x7F, False, len(name)) + name + struct.pack(">I", len(pickled)) + pickled
    text = "".join(f"\\x{byte:x}" for byte in packed)
    file.write_text(f'[look]\ntheme="@Variant({text})"\n', encoding="utf-8")
    assert kept(file, schema.RESULTS, 7) == 7
    assert not (tmp_path / "ran").exists()


def test_what_a_newer_program_has_kept_stays(file: Path) -> None:
    file.write_text('[search]\nresults=5\n[New]\nA key="a \\"b\\" ;c"\nother=1=2\n', encoding="utf-8")
    assert kept(file, schema.RESULTS, 7) == 7
    texts = paths.settings_texts(file)
    assert texts == {"search/results": "7", "New/A key": 'a "b" ;c', "New/other": "1=2"}


def test_two_programs_keep_what_each_of_them_changes(file: Path) -> None:
    one, other = Settings(file), Settings(file)
    one.set(schema.RESULTS, 7)
    other.set(schema.THEME, schema.Theme.DARK)
    one.close()
    other.close()
    assert (Settings(file).get(schema.RESULTS), Settings(file).get(schema.THEME)) == (7, schema.Theme.DARK)
