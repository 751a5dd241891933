"""The frozen program is built once and then used as a person would use it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from imgsearch_gui.core.demo import prepare_demo
from imgsearch_gui.core.pictures import images  # noqa: F401 - makes Pillow write HEIC too

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Program = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.timeout(900),  # the first test waits for the build
    pytest.mark.skipif(
        importlib.util.find_spec("PyInstaller") is None,
        reason="PyInstaller is missing: pip install --editable '.[bundle]'",
    ),
]

_SPEC = Path(__file__).parents[2] / "build.spec"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the built program, more than a gigabyte, which goes after the tests."""
    place = tmp_path_factory.mktemp("bundle")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    folders = ["--distpath", str(place / "dist"), "--workpath", str(place / "build")]
    built = subprocess.run([*command, *folders, str(_SPEC)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr[-4000:]
    yield place / "dist" / "ImgSearch"
    shutil.rmtree(place)


@pytest.fixture
def program(bundle: Path, tmp_path: Path) -> Program:
    """Runs the program in an empty folder, where it finds nothing of this Python's environment."""
    environment = {**os.environ, "PATH": os.defpath, "QT_QPA_PLATFORM": "offscreen"}

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [bundle / "ImgSearch", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return prepare_demo(tmp_path / "photos")


@pytest.mark.parametrize("query", ["a cup of coffee", "чашка кофе"])
def test_search_finds_the_photo(program: Program, photos: Path, query: str) -> None:
    answer = program("search", photos, query, "--top", "3", "--json")
    assert answer.returncode == 0, answer.stderr
    hits = json.loads(answer.stdout)
    assert len(hits) == 3
    assert Path(hits[0]["path"]) == photos / "coffee.png"
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(("query", "word"), [("two toddlers", "toddlers"), ("девочки", "девочки")])
def test_the_content_rule_is_in_the_bundle(program: Program, photos: Path, query: str, word: str) -> None:
    answer = program("search", photos, query, "--json")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == []
    assert word in answer.stderr


def test_every_format_is_decoded_in_processes(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "formats"
    folder.mkdir()
    picture = Image.linear_gradient("L").convert("RGB")
    for file_format, suffix in (("JPEG", "jpg"), ("HEIF", "heic"), ("AVIF", "avif"), ("WEBP", "webp")):
        picture.save(folder / f"a.{suffix}", file_format)
    (folder / "bad.jpg").write_text("Dear diary")
    answer = program("index", folder, "--json")
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert (told["embedded"], told["failed"]) == (4, 1)
    assert told["problems"][0]["path"] == str(folder / "bad.jpg")


def test_the_demo_gallery_and_the_window_are_in_the_bundle(program: Program, tmp_path: Path) -> None:
    answer = program("--demo")
    assert answer.returncode == 0, answer.stderr
    assert "coffee.png" in answer.stdout
    assert (tmp_path / "imgsearch-demo.png").stat().st_size > 0


def test_bad_input_gives_one_sentence(program: Program, tmp_path: Path) -> None:
    answer = program("search", tmp_path / "nowhere", "a dog", "--json")
    assert answer.returncode == 2
    assert "nowhere" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""
