"""The built program, for the tests that use it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUILD = Path(__file__).parents[2] / ".dev" / "bundle.py"


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the program, with its archive and Debian package beside it.

    It is the one that IMGSEARCH_BUNDLE names, or else built for these tests, which takes minutes.
    """
    named = os.environ.get("IMGSEARCH_BUNDLE")
    if named:
        yield Path(named).resolve()
        return
    place = tmp_path_factory.mktemp("dist")
    debian = ["--deb"] if shutil.which("dpkg-deb") else []
    command = [sys.executable, _BUILD, "--archive", *debian, "--dist", place]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr[-4000:]
    yield place / "ImgSearch"
    shutil.rmtree(place)
