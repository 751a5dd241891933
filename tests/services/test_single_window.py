"""One window for a library, told by files: real locks, and real second programs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from imgsearch_gui.services.single_window import Request, SingleWindow
from tests.privileges import ordinary_user

ROOT = Path(__file__).parents[2]
CLAIM = """
import sys
from pathlib import Path
from imgsearch_gui.services.single_window import Request, SingleWindow
folder, library, path, wait = sys.argv[1:]
window = SingleWindow(Path(folder), Path(library), wait=float(wait))
print(window.claim(Request(Path(path))), flush=True)
sys.stdin.readline()
"""


def program(folder: Path, library: Path, path: Path, wait: float = 20) -> subprocess.Popen[str]:
    """Another program that claims a library's window; it ends with its standard input."""
    return subprocess.Popen(
        [sys.executable, "-c", CLAIM, *map(str, (folder, library, path, wait))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def ended(one: subprocess.Popen[str]) -> str:
    """Lets a program end, and returns what it printed since."""
    return one.communicate("\n", timeout=60)[0].strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "windows"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def test_a_second_program_hands_its_request_over(qtbot, folder: Path, library: Path, tmp_path: Path) -> None:
    window, asked = SingleWindow(folder, library), []
    assert window.claim(Request())
    window.listen(asked.append)
    strange = tmp_path / "Фото \udcff & co"
    second = program(folder, library, strange)
    qtbot.waitUntil(lambda: bool(asked), timeout=30_000)
    assert asked == [Request(strange)]
    assert ended(second) == "False"
    assert not list(folder.glob("*.request"))
    window.release()


def test_a_request_that_came_before_the_window_is_answered(qtbot, folder: Path, library: Path) -> None:
    window, asked = SingleWindow(folder, library), []
    assert window.claim(Request())
    second = program(folder, library, Path("/photos"))
    qtbot.waitUntil(lambda: bool(list(folder.glob("*.request"))), timeout=30_000)
    window.listen(asked.append)
    assert asked == [Request(Path("/photos"))]
    assert ended(second) == "False"
    window.release()


def test_the_next_who_listens_answers(folder: Path, library: Path) -> None:
    window, first, then = SingleWindow(folder, library), [], []
    assert window.claim(Request())
    window.listen(first.append)
    (folder / f"{window._key}.1.request").write_text('{"path": null, "demo": true}')
    window.listen(then.append)
    assert (first, then) == ([], [Request(demo=True)])
    window.release()


def test_two_libraries_have_a_window_each(folder: Path, library: Path) -> None:
    one, other = SingleWindow(folder, library), SingleWindow(folder, library.with_name("other.sqlite"))
    assert one.claim(Request())
    assert other.claim(Request())
    one.release()
    other.release()


def test_a_library_is_known_by_a_link_too(folder: Path, library: Path) -> None:
    library.touch()
    library.with_name("link").symlink_to(library)
    one = SingleWindow(folder, library)
    assert one.claim(Request())
    assert ended(program(folder, library.with_name("link"), Path("/x"), wait=0)) == "True"
    assert not list(folder.glob("*.request")), "nobody took it in time: it takes it back"
    one.release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_the_lock_of_a_program_that_was_killed_is_taken_over(folder: Path, library: Path) -> None:
    first = program(folder, library, Path("/x"))
    assert first.stdout is not None
    assert first.stdout.readline() == "True\n"
    first.send_signal(signal.SIGKILL)
    first.communicate()
    window = SingleWindow(folder, library)
    assert window.claim(Request())
    window.release()


def test_a_window_that_closes_gives_its_right_to_who_waits(qtbot, folder: Path, library: Path) -> None:
    window = SingleWindow(folder, library)
    assert window.claim(Request())
    second = program(folder, library, Path("/x"))
    qtbot.waitUntil(lambda: bool(list(folder.glob("*.request"))), timeout=30_000)
    window.release()
    assert ended(second) == "True"
    assert not list(folder.glob("*.request"))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"path": 3, "demo": false}', '{"path": "/x"}', "\0" * 100_000]
)
def test_what_is_no_request_is_thrown_away(folder: Path, library: Path, text: str) -> None:
    window, asked = SingleWindow(folder, library), []
    assert window.claim(Request())
    (folder / f"{window._key}.7.request").write_text(text)
    window.listen(asked.append)
    assert asked == []
    assert not list(folder.glob("*.request"))
    window.release()


def test_where_nothing_can_be_written_every_program_has_a_window(tmp_path: Path, library: Path) -> None:
    for place in (tmp_path, *tmp_path.parents[:2]):
        place.chmod(0o755)
    tmp_path.chmod(0o555)
    with ordinary_user():
        assert SingleWindow(tmp_path / "windows", library).claim(Request())
    tmp_path.chmod(0o755)
    (tmp_path / "closed").mkdir(mode=0o555)
    with ordinary_user():
        assert SingleWindow(tmp_path / "closed", library).claim(Request())
