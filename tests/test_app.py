"""The composition root, up to the window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from imgsearch_gui import paths
from imgsearch_gui.app import start as app
from imgsearch_gui.services.single_window import Request, SingleWindow

ROOT = Path(__file__).parent.parent
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(code: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in SCREENS}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("variables", "seen"),
    [
        ({}, not sys.platform.startswith("linux")),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, False),
        ({"QT_QPA_PLATFORM": "minimal:fontdir=x"}, False),
        ({"QT_QPA_PLATFORM": "vnc"}, True),
    ],
)
def test_a_screen_is_recognised(monkeypatch, variables, seen):
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert app.has_screen() is seen


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_one_sentence_says_what_to_do(tmp_path):
    done = run("import sys; from imgsearch_gui.app.start import run; sys.exit(run())", tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "--demo" in done.stderr


def test_without_qt_one_sentence_names_the_packages(tmp_path):
    code = (
        "import os, sys; os.environ['QT_QPA_PLATFORM'] = 'xcb'; sys.modules['PySide6.QtWidgets'] = None\n"
        "from imgsearch_gui.app.start import run; sys.exit(run())"
    )
    done = run(code, tmp_path)
    assert done.returncode == 2
    assert "apt-get install -y libegl1" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_start_says_that_the_window_keeps_its_model(qtbot, tmp_path):
    library, asked = tmp_path / "library.sqlite", []
    window = SingleWindow(tmp_path / "windows", library)
    assert window.claim(Request())
    window.listen(asked.append)
    code = (
        "import pathlib, sys; from imgsearch_gui.app.start import run\n"
        f"sys.exit(run(library=pathlib.Path({str(library)!r}), model=pathlib.Path('new.safetensors')))"
    )
    # It never gets as far as to look for the screen.
    variables = {"PYTHONPATH": str(ROOT), "IMGSEARCH_HOME": str(tmp_path), "QT_QPA_PLATFORM": "xcb"}
    second = subprocess.Popen(
        [sys.executable, "-c", code], env=os.environ | variables, stderr=subprocess.PIPE, text=True
    )
    qtbot.waitUntil(lambda: bool(asked), timeout=60_000)
    said = second.communicate(timeout=60)[1]
    assert second.returncode == 0, said
    assert "new.safetensors" in said
    assert said.count("\n") == 1
    window.release()


@pytest.mark.real
@pytest.mark.skipif(not paths.bundled_model().is_file(), reason="there is no trained matcher in models/")
def test_the_demo_without_a_screen_finds_the_coffee(tmp_path):
    done = run("import sys; from imgsearch_gui.app.start import run; sys.exit(run(demo=True))", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "coffee.png" in done.stdout.splitlines()[1]
    assert (tmp_path / "imgsearch-demo.png").stat().st_size > 10_000
