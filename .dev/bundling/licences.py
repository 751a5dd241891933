"""The licences of everything in the bundle, one folder for each package and a list of all.

What a file belongs to is looked up: a Python package by what it installed, a system library by dpkg. The
build ends when a package brings no licence text and none is kept here for it.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TEXTS = Path(__file__).with_name("licences")
_LICENCE_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS", "THIRDPARTY")
_TEXT_SUFFIXES = ("", ".txt", ".md", ".rst", ".bsd", ".apache", ".libraw")

_LONGEST_NAME = 120  # some give the whole text for a name
_SEE = "see its folder"

# Packages that name their licence and bring no text of it. PySide6's and Qt's LGPL builds upon the GPL.
_KEPT_HERE = {
    "flatbuffers": ("Apache-2.0.txt",),
    "pymorphy3-dicts-ru": ("MIT-pymorphy3-dicts-ru.txt",),
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "tokenizers": ("Apache-2.0.txt",),
}


@dataclass(frozen=True, slots=True)
class _Work:
    """Something in the bundle that has a licence of its own.

    Attributes:
        name: as the list gives it, with its version.
        licence: the licence's name, as far as it is told.
        texts: (name in the folder, file) of each text.
    """

    name: str
    licence: str
    texts: tuple[tuple[str, Path], ...]


def write(sources: Iterable[str], root: Path, made: Path, folder: Path) -> None:
    """Writes ``folder``: a ``README.txt`` that lists everything, and a folder of texts for each.

    Args:
        sources: the files that the bundle is made of.
        root: the checkout, whose own files are under the program's licence.
        made: where the build makes files; what is in it belongs to nobody else.
        folder: made anew.

    Raises:
        SystemExit: a file belongs to nothing known, or a package has no licence text.
    """
    packages = _owners()
    python = Path(os.path.realpath(sysconfig.get_path("stdlib")))
    dists = {
        "pyinstaller": importlib.metadata.distribution("pyinstaller")
    }  # what unpacks and starts the program
    system, unknown = set(), []
    for source in {os.path.realpath(source) for source in sources}:
        if source in packages:
            dists[_normal(packages[source].name)] = packages[source]
        elif any(_within(source, place) for place in (root, made, python, Path(sys.base_prefix))):
            pass
        elif source.startswith(("/lib/", "/usr/lib/")):
            system.add(source)
        else:
            unknown.append(source)
    if unknown:
        raise SystemExit("No installed package lists these files of the bundle:\n" + "\n".join(unknown))
    works = [_python(python), *(_work(dist) for dist in dists.values()), *_debian(sorted(system))]
    without = [work.name for work in works if not work.texts]
    if without:
        raise SystemExit(f"No licence text was found for {', '.join(sorted(without))}.")
    _write(sorted(works, key=lambda work: work.name.lower()), root, folder)


def _owners() -> Mapping[str, importlib.metadata.Distribution]:
    """Returns the distribution of every installed file, by the file's real path."""
    return {
        os.path.realpath(str(dist.locate_file(file))): dist
        for dist in importlib.metadata.distributions()
        for file in dist.files or ()
    }


def _work(dist: importlib.metadata.Distribution) -> _Work:
    texts = []
    for file in dist.files or ():
        named = file.name.upper().replace("_", "").startswith(_LICENCE_NAMES)
        if named and file.suffix.lower() in _TEXT_SUFFIXES:
            # One flat folder: deep paths are too long for some systems.
            inside = [part for part in file.parts if not part.endswith(".dist-info") and part != "licenses"]
            texts.append(("-".join(inside), Path(str(dist.locate_file(file)))))
    if not texts:
        texts = [(name, _TEXTS / name) for name in _KEPT_HERE.get(_normal(dist.name), ())]
    fields = [name for name in ("License-Expression", "License") if name in dist.metadata]
    told = dist.metadata[fields[0]] if fields else ""
    short = told if 0 < len(told) <= _LONGEST_NAME and "\n" not in told and told != "UNKNOWN" else _SEE
    return _Work(f"{dist.name} {dist.version}", short, tuple(texts))


def _python(library: Path) -> _Work:
    places = (library / "LICENSE.txt", library.parent / "LICENSE.txt")
    text = next((file for file in places if file.is_file()), None)
    texts = () if text is None else (("LICENSE.txt", text),)
    return _Work(f"Python {sys.version.split()[0]}", "PSF-2.0", texts)


def _debian(files: list[str]) -> Iterable[_Work]:
    """Returns the Debian packages that system libraries are from."""
    works: dict[str, _Work] = {}
    for file in files:
        # dpkg knows a file by the path it was installed at, which may be without the /usr that it has now.
        for name in (file, file.removeprefix("/usr")):
            told = subprocess.run(["dpkg", "--search", name], capture_output=True, text=True, check=False)
            if told.returncode == 0:
                package = told.stdout.partition(": ")[0]
                break
        else:
            raise SystemExit(f"No Debian package owns {file}: build on Debian or Ubuntu.")
        query = ["dpkg-query", "--show", "--showformat=${Version}", package]
        version = subprocess.run(query, capture_output=True, text=True, check=True).stdout
        text = Path("/usr/share/doc", package.partition(":")[0], "copyright")
        texts = (("copyright.txt", text),) if text.is_file() else ()
        works[package] = _Work(f"{package.partition(':')[0]} {version}", _SEE, texts)
    return works.values()


def _write(works: list[_Work], root: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copyfile(root / "LICENSE", folder / "ImgSearch.txt")
    lines = ["ImgSearch is under the MIT licence, in ImgSearch.txt. With it come:", ""]
    for work in works:
        inside = folder / work.name.replace(" ", "-").replace(":", "_")
        inside.mkdir()
        for name, text in work.texts:
            shutil.copyfile(text, inside / name)
        lines.append(f"{work.name}: {work.licence} ({inside.name})")
    (folder / "README.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")


def _within(file: str, folder: Path) -> bool:
    return Path(file).is_relative_to(os.path.realpath(folder))


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
