"""Sets ImgSearch up in this checkout and starts it: the two commands of the README.

    python3 .dev/start.py demo     opens the window on the demo gallery
    python3 .dev/start.py test     runs the whole test suite

Everything is installed into ``.venv``, and a second run finds it there. Where Debian or Ubuntu lacks
system packages, root gets them installed, and anyone else is told the line to type. What follows
the verb is passed on. Standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_VENV = _ROOT / ".venv"
_PYTHON = _VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
_STAMP = _VENV / "imgsearch-installed.txt"

# On Linux the newest torch comes with CUDA, which fills 5.6 GB and is of no use here; of the
# releases before 2.14 pip takes a build for the CPU of 0.9 GB where its sources have one.
# A torch that is in .venv already, of whatever kind, stays.
TORCH = "torch>=2.6,<2.14" if sys.platform == "linux" else "torch>=2.6"

_VENV_PACKAGE = f"python3.{sys.version_info.minor}-venv"  # Debian's name for it
_QT_PACKAGES = (
    "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 fonts-dejavu-core "
    "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)

# Run inside .venv on Linux: loads what the window will load, and says what is missing. The X11
# plugin is what a real window needs; Qt ends the whole program when it cannot load it.
_QT_PROBE = """
import ctypes, os, pathlib, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
try:
    import PySide6
    from PySide6 import QtGui, QtWidgets
    if sys.argv[1] == "screen":
        ctypes.CDLL(str(pathlib.Path(PySide6.__path__[0], "Qt/plugins/platforms/libqxcb.so")))
except (ImportError, OSError) as error:
    sys.exit(str(error))
app = QtGui.QGuiApplication([])
if not QtGui.QFontDatabase.families():
    sys.exit("no fonts are installed")
"""


class SetUpError(Exception):
    """A step failed: ``str(error)`` is what the user reads."""


def main(arguments: list[str]) -> int:
    """Sets up, starts, and returns the exit status: 2 after a sentence on stderr."""
    parser = argparse.ArgumentParser(
        prog=".dev/start.py", description="Set ImgSearch up in .venv, then start it or run its tests."
    )
    parser.add_argument("verb", choices=("demo", "test"), help="open the demo gallery, or run the tests")
    options, further = parser.parse_known_args(arguments)
    try:
        _make_environment()
        _install(".[test]" if options.verb == "test" else ".")
        if sys.platform == "linux":
            _provide_qt_libraries(screen=options.verb == "demo" and _has_screen())
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 2
    if options.verb == "demo":
        _say("Opening the demo gallery")
        return subprocess.call([_PYTHON, "-m", "imgsearch_gui", "--demo", *further])
    _say("Running the tests")
    return subprocess.call([_PYTHON, "-m", "pytest", "-n", "2", *further], cwd=_ROOT)


def _say(step: str) -> None:
    print(f"==> {step}", flush=True)


def _make_environment() -> None:
    if _PYTHON.exists() and _quiet(_PYTHON, "-m", "pip", "--version").returncode == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        _apt_install(_VENV_PACKAGE, "Python's venv module")
    _say(f"Making a Python environment in {_VENV}")
    _run("The Python environment could not be made", sys.executable, "-m", "venv", _VENV)


def _install(target: str) -> None:
    """Installs ``.`` or ``.[test]``, unless that was done for the same pyproject.toml before."""
    # The place counts too: an environment that was moved or copied points to where it came from.
    state = hashlib.sha256(str(_ROOT).encode() + (_ROOT / "pyproject.toml").read_bytes()).hexdigest()
    installed = _STAMP.read_text(encoding="utf-8").split() if _STAMP.exists() else []
    if state in installed and target in installed:
        return
    if _quiet(_PYTHON, "-c", "import importlib.metadata as m; m.version('torch')").returncode:
        _say("Installing torch (up to 1 GB, so this takes a while)")
        _pip(TORCH)
    _say(f"Installing ImgSearch and what else it needs (pip install --editable {target})")
    _pip("--editable", target)
    # The tests' environment can run the demo too, and stays the tests' when nothing changed.
    _STAMP.write_text(f"{state} . {target}", encoding="utf-8")


def _pip(*arguments: str) -> None:
    command = [str(_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    _run("pip could not install it; its own message is above", *command)


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _provide_qt_libraries(*, screen: bool) -> None:
    missing = _missing_for_qt(screen=screen)
    if not missing:
        return
    _apt_install(_QT_PACKAGES, f"Qt's system libraries ({missing})")
    missing = _missing_for_qt(screen=screen)
    if missing:
        raise SetUpError(f"Qt still cannot start: {missing}.")


def _missing_for_qt(*, screen: bool) -> str:
    """Returns what keeps Qt from starting, in its own words, or nothing."""
    probe = _quiet(_PYTHON, "-c", _QT_PROBE, "screen" if screen else "")
    if probe.returncode == 0:
        return ""
    lines = probe.stderr.strip().splitlines()
    return lines[-1] if lines else f"it ended with status {probe.returncode}"


def _apt_install(packages: str, what: str) -> None:
    """Installs Debian packages when root; else, and elsewhere, says what is missing."""
    if shutil.which("apt-get") is None:
        raise SetUpError(
            f"This system lacks {what}: install it with your package manager, then run this again."
        )
    line = f"apt-get install -y {packages}"
    if os.geteuid() != 0:
        raise SetUpError(f"This system lacks {what}. Type this line, then run this again:\nsudo {line}")
    _say(f"Installing {what}: {line}")
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update", line):
        # Hundreds of lines of progress go; what went wrong comes on stderr.
        silent = subprocess.run(command.split(), stdout=subprocess.DEVNULL, env=quietly, check=False)
        if silent.returncode:
            raise SetUpError(f"“{command}” failed; its own message is above.")


def _run(failure: str, *command: str | Path) -> None:
    if subprocess.run(command, cwd=_ROOT, check=False).returncode:
        raise SetUpError(f"{failure}.")


def _quiet(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - who runs this may not know what they have
        sys.exit(f"ImgSearch needs Python 3.11 or newer; this one is {sys.version.split()[0]}.")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
