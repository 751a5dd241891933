"""What the program is made of: versions, and the licences of what it brings along."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from imgsearch_gui import __version__, paths
from imgsearch_gui.sentences import sentence
from imgsearch_gui.services.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

_PARTS = (("Qt", "PySide6-Essentials"), ("torch", "torch"), ("ONNX Runtime", "onnxruntime"))
_LICENCE_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS")
_MOST_BYTES = 2**20  # of a licence's text


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence of something that the program brings along.

    Attributes:
        work: its name and version.
        name: the licence's name, as far as it is told.
        texts: files of its text.
    """

    work: str
    name: str
    texts: tuple[Path, ...]

    def text(self) -> str:
        """Reads the text; what cannot be read is left out."""
        parts = [self.name] if self.name else []
        for file in self.texts:
            try:
                with file.open(encoding="utf-8", errors="replace") as opened:
                    parts.append(opened.read(_MOST_BYTES).strip())
            except OSError:
                continue
        no_text = tr("The package names its licence and brings no text of it.")
        return "\n\n".join(parts if len(parts) > bool(self.name) else [*parts, no_text])


def versions() -> tuple[tuple[str, str], ...]:
    """Returns names and versions of the program and of what it runs on, in English; loads none of it."""
    parts = ((name, _version(package)) for name, package in _PARTS)
    system = f"{platform.system()} {platform.release()}, {platform.machine()}"
    return (
        ("ImgSearch", __version__),
        ("Python", platform.python_version()),
        *parts,
        (sentence("System"), system),
    )


def licences() -> tuple[Licence, ...]:
    """Lists the licences: those that a frozen program carries, else of every installed package, by name."""
    carried = paths.licences()
    found = _carried(carried) if carried.is_dir() else _installed()
    return tuple(sorted(found, key=lambda licence: licence.work.casefold()))


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return sentence("unknown")


def _carried(folder: Path) -> Iterable[Licence]:
    """A folder for each work, with its texts; what lies beside them stands for the program itself."""
    yield Licence("ImgSearch", "", tuple(sorted(file for file in folder.iterdir() if file.is_file())))
    for inside in folder.iterdir():
        if inside.is_dir():
            name, _, version = inside.name.rpartition("-")
            texts = tuple(sorted(file for file in inside.rglob("*") if file.is_file()))
            yield Licence(f"{name} {version}".strip(), "", texts)


def _installed() -> Iterable[Licence]:
    for package in metadata.distributions():
        given = package.metadata
        named = [given[field] for field in ("License-Expression", "License") if field in given]
        name = named[0] if named else ""
        texts = tuple(
            Path(str(package.locate_file(file)))
            for file in package.files or ()
            if file.name.upper().startswith(_LICENCE_NAMES) and file.suffix != ".py"
        )
        short = name.strip() if "\n" not in name.strip() else ""
        yield Licence(f"{given['Name']} {package.version}", short, texts)
