"""The image files that a dataset names: inside the folder, there, and openable."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

from imgsearch_gui.core.datasets.tables import RowError, quoted
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from pathlib import Path

# No other: Pillow also opens formats that start other programs.
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_DRIVE = re.compile(r"[A-Za-z]:")


def resolves_inside(file: Path, folder: Path) -> bool:
    """Whether a path stays in a folder once every symbolic link is followed."""
    try:
        return file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a loop of links
        return False


class DatasetImages:
    """Checks the images of a dataset folder, each of them once.

    Args:
        root: the dataset folder.
        check_files: whether the files are looked at, or their names only.
    """

    def __init__(self, root: Path, *, check_files: bool) -> None:
        self._root = root
        self._check_files = check_files
        self._faults: dict[tuple[str, str], RowError | None] = {}

    def check(self, folder: str, name: str) -> None:
        """Checks that an image can be used.

        Args:
            folder: the folder of images, by its name in the root.
            name: the image as a table names it.

        Raises:
            RowError: the name leaves the folder, or the file is missing or is no image.
        """
        key = folder, name
        if key not in self._faults:
            self._faults[key] = self._fault(folder, name)
        fault = self._faults[key]
        if fault is not None:
            raise fault

    def _fault(self, folder: str, name: str) -> RowError | None:
        # Plain names only: that leaves nothing to climb out with, on any system.
        if not name:
            return RowError(sentence("The image name is empty"))
        if name in {".", ".."} or any(c in name for c in "/\\\0") or _DRIVE.match(name):
            return RowError(
                sentence("The image is not a plain name of a file in {folder}", folder=folder), quoted(name)
            )
        if not self._check_files:
            return None
        file, shown = self._root / folder / name, quoted(f"{folder}/{name}")
        if not resolves_inside(file, self._root):
            return RowError(sentence("The image is a link out of the dataset folder"), shown)
        try:
            mode = file.stat().st_mode
        except OSError:
            return RowError(sentence("The image is missing"), shown)
        if not stat.S_ISREG(mode) or not _opens(file):
            return RowError(sentence("The image does not open"), shown)
        return None


def _opens(file: Path) -> bool:
    """Whether a file begins as an image of a known kind and a sane size; its pixels are not read."""
    from PIL import Image

    try:
        with Image.open(file, formats=_FORMATS) as image:
            image.verify()
    except Exception:  # noqa: BLE001 - a hostile file can raise anything in an image library
        return False
    return True
