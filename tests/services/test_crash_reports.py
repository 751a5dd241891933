"""Reports of crashes: real ones, of programs that are killed by a fault."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from imgsearch_gui.services.crash_reports import CrashReports

ROOT = Path(__file__).parents[2]
VERSIONS = (("ImgSearch", "9.9"), ("Python", "3.99"))
BEGIN = """
import faulthandler, logging, sys, threading
from pathlib import Path
from imgsearch_gui.services.crash_reports import CrashReports
logging.basicConfig(level=logging.INFO, stream=sys.stderr)
log = logging.getLogger("imgsearch_gui.test")
reports = CrashReports(Path(sys.argv[1]), (("ImgSearch", "9.9"),))
reports.begin()
log.info("reading %s", "secret.jpg")
"""


def crashed(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Runs a program with crash reports, up to its end."""
    return subprocess.run(
        [sys.executable, "-c", BEGIN + code, str(folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "crashes"


@pytest.fixture
def begin(folder: Path):
    """Returns a function that begins reports, which the test's end ends."""
    made: list[CrashReports] = []

    def start() -> CrashReports:
        made.append(CrashReports(folder, VERSIONS))
        made[-1].begin()
        return made[-1]

    yield start
    for reports in reversed(made):
        reports.end()


def test_the_next_start_knows_of_a_fault(folder: Path, begin) -> None:
    done = crashed(folder, "faulthandler._sigsegv()")
    assert done.returncode not in (0, 1)
    report = begin().left_over
    assert report is not None
    text = report.read_text(encoding="utf-8")
    assert "ImgSearch: 9.9" in text
    assert "Segmentation fault" in text or "access violation" in text
    assert "imgsearch_gui.test: reading %s" in text
    assert "secret" not in text
    assert str(Path.home()) not in text
    assert [file.name for file in folder.iterdir() if file.name.startswith("crash")] == [report.name]
    assert begin().left_over is None, "it is told once"


def test_a_program_that_ends_in_order_leaves_nothing(folder: Path, begin) -> None:
    assert crashed(folder, "reports.end()").returncode == 0
    assert not list(folder.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_program_that_was_killed_did_not_crash(folder: Path, begin) -> None:
    crashed(folder, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert len(list(folder.iterdir())) == 1
    assert begin().left_over is None
    assert len(list(folder.iterdir())) == 1, "the diary of this one alone"


def test_the_diary_of_a_program_that_runs_is_left_alone(folder: Path, begin) -> None:
    begin()
    assert begin().left_over is None
    assert len(list(folder.glob("diary-*"))) == 2


@pytest.mark.parametrize(
    "code",
    [
        "open('secret.jpg')",
        "thread = threading.Thread(target=open, args=('secret.jpg',)); thread.start(); thread.join()",
        "class Bad:\n    def __del__(self):\n        open('secret.jpg')\none = Bad(); del one",
    ],
    ids=["program", "thread", "deletion"],
)
def test_an_error_that_nobody_caught_is_reported_without_its_message(folder: Path, code: str) -> None:
    crashed(folder, f"{code}\nreports.end()")
    (report,) = folder.glob("crash.report-*.txt")
    text = report.read_text(encoding="utf-8")
    assert "builtins.FileNotFoundError" in text
    assert "reading %s" in text
    assert "secret" not in text


def test_what_led_to_an_error_is_named(begin) -> None:
    reports = begin()

    def search() -> None:
        try:
            {}["secret"]
        except KeyError as cause:
            raise ValueError("secret too") from cause

    with pytest.raises(ValueError, match="too") as caught:
        search()
    report = reports.write(caught.value)
    assert report is not None
    text = report.read_text(encoding="utf-8")
    assert text.index("builtins.ValueError") < text.index("while handling:") < text.index("builtins.KeyError")
    assert "test_crash_reports.py, line" in text
    assert "secret" not in text


def test_ten_reports_are_kept_and_five_are_of_one_run(folder: Path, begin) -> None:
    for _ in range(3):
        reports = CrashReports(folder, VERSIONS)
        reports.begin()
        written = [reports.write(ValueError(str(number))) for number in range(7)]
        assert [report is not None for report in written] == [True] * 5 + [False] * 2
        reports.end()
    assert len(list(folder.glob("crash.report-*.txt"))) == 10


def test_where_nothing_can_be_written_the_program_runs(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    before = sys.excepthook
    reports = CrashReports(tmp_path / "file" / "crashes", VERSIONS)
    reports.begin()
    assert reports.write(ValueError()) is None
    logging.getLogger("imgsearch_gui.test").info("still here")
    reports.end()
    assert sys.excepthook is before
