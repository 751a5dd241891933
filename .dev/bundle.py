"""Builds the stand-alone program of this checkout, for the system that this runs on.

    python3 .dev/bundle.py               the folder dist/ImgSearch
    python3 .dev/bundle.py --archive     and an archive of it, with its SHA-256
    python3 .dev/bundle.py --deb         and a Debian package, with its SHA-256

It is built from an environment of its own, ``.venv-bundle``, so that nothing comes along that happens to
be installed.
On Linux and Windows the program needs no Python and no network; on macOS the program is dist/ImgSearch.app.
Standard library only.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

import start
from bundling import archives, debian

_ROOT = Path(__file__).resolve().parent.parent
_VENV = _ROOT / ".venv-bundle"
_PYTHON = _VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main(arguments: list[str]) -> int:
    """Builds, and returns the exit status: 2 after a sentence on stderr."""
    parser = argparse.ArgumentParser(prog=".dev/bundle.py", description="Build the stand-alone program.")
    parser.add_argument("--archive", action="store_true", help="also pack it into one file")
    parser.add_argument("--deb", action="store_true", help="also make a Debian package")
    parser.add_argument("--dist", type=Path, default=_ROOT / "dist", help="where to (default: dist)")
    parser.add_argument(
        "--python", type=Path, help="build with this Python, which has everything (default: .venv-bundle)"
    )
    options = parser.parse_args(arguments)
    dist = options.dist.resolve()
    try:
        _build(options.python or _environment(), dist)
    except subprocess.CalledProcessError as error:
        print(f"“{Path(error.cmd[0]).name}” failed; its own message is above.", file=sys.stderr)
        return 2
    bundle = dist / "ImgSearch"
    print(f"==> {bundle}")
    if options.archive:
        print(f"==> {archives.pack(bundle, _version())}", flush=True)
    if options.deb:
        print(f"==> {debian.make(bundle, _version())}", flush=True)
    return 0


def _environment() -> Path:
    """Makes ``.venv-bundle`` or brings it up to date, and returns its Python."""
    if not _PYTHON.exists():
        _run(sys.executable, "-m", "venv", _VENV)
    has_torch = [str(_PYTHON), "-c", "import importlib.metadata as m; m.version('torch')"]
    if subprocess.run(has_torch, stderr=subprocess.DEVNULL, check=False).returncode:
        _pip(start.TORCH)
    _pip("--editable", f"{_ROOT}[bundle,raw]")
    return _PYTHON


def _pip(*arguments: str) -> None:
    _run(_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


def _build(python: Path, dist: Path) -> None:
    # PyInstaller tries modules in processes of its own, and some of those warn that they are old.
    os.environ["PYTHONWARNINGS"] = "ignore"
    folders = (f"--distpath={dist}", f"--workpath={dist / 'build'}")
    _run(python, "-m", "PyInstaller", "--noconfirm", "--log-level=ERROR", *folders, _ROOT / "build.spec")


def _run(*command: str | Path) -> None:
    subprocess.run(command, cwd=_ROOT, check=True)


def _version() -> str:
    module = (_ROOT / "imgsearch_gui" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "(.+)"$', module, re.MULTILINE)
    if found is None:
        raise SystemExit("imgsearch_gui/__init__.py names no version.")
    return found[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
