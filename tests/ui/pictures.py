"""Compares every screen with stored pictures of it: light and dark, in each language.

A screen is drawn once for each language and changes its theme while it is open, as for a user. After a
change of how something looks, this stores all pictures anew; look at them before you keep them::

    IMGSEARCH_SNAPSHOTS=write QT_QPA_PLATFORM=offscreen pytest -k snapshot tests/ui

A picture that differs is left in pytest's temporary folder, whose path the failure names.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QAbstractAnimation, QPropertyAnimation
from PySide6.QtGui import QFontInfo, QGuiApplication

from imgsearch_gui.ui import style

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SNAPSHOTS = Path(__file__).parent.parent / "snapshots"
# Letters are drawn a little differently from machine to machine: what is compared is the mean colour
# of small squares. A missing word or a moved picture changes that by more than the limit, of 255.
_SQUARE, _LIMIT = 10, 14
_COLOURS = 256  # of a stored picture: as good as all of them, and a third of the bytes


class Looks:
    """One language, and each theme in it.

    Attributes:
        language: its code.
    """

    def __init__(self, qtbot, app, language: str, folder: Path) -> None:
        self._qtbot, self._app, self.language, self._folder = qtbot, app, language, folder

    def compare(self, widget: QWidget, screen: str, *, dark_too: bool = True) -> None:
        """Fails when a widget does not look as it did.

        Args:
            widget: what is drawn; it is shown, and light.
            screen: its name, of which the names of its pictures are made.
            dark_too: whether there is a dark picture of it.
        """
        worst = {}
        for theme in ("light", "dark") if dark_too else ("light",):
            style.apply_palette(self._app, dark=theme == "dark")
            self._settle(widget)
            file = self._folder / f"{screen}-{theme}-{self.language}.png"
            assert widget.grab().save(str(file))
            if difference := _difference(file):
                worst[file] = difference
        style.apply_palette(self._app, dark=False)
        assert not worst, f"parts of these pictures differ from the stored ones: {worst}"

    def _settle(self, widget: QWidget) -> None:
        for _ in range(3):  # a new text asks for a new layout, and that for a repaint
            self._app.processEvents()
        self._qtbot.waitUntil(  # until no button fades in or out any more
            lambda: (
                not any(
                    one.state() is QAbstractAnimation.State.Running
                    for one in widget.findChildren(QPropertyAnimation)
                )
            )
        )


def skip_elsewhere(app) -> None:
    """Skips a test where letters look otherwise."""
    if sys.platform != "linux":
        pytest.skip("the stored pictures were drawn on Linux")
    if QGuiApplication.platformName() != "offscreen" or QFontInfo(app.font()).family() != "DejaVu Sans":
        pytest.skip("the stored pictures were drawn off screen with the font DejaVu Sans")


def _difference(file: Path) -> int | str:
    """Stores a picture, or returns by how much a part of it differs from the stored one; 0 for little."""
    stored = SNAPSHOTS / file.name
    with Image.open(file) as drawn:
        picture = drawn.convert("RGB")
    if os.environ.get("IMGSEARCH_SNAPSHOTS") == "write":
        picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(stored, optimize=True)
        return 0
    if not stored.exists():
        return "there is none"
    with Image.open(stored) as opened:
        kept = opened.convert("RGB")
    if picture.size != kept.size:
        return f"{picture.size} instead of {kept.size}"
    means = [one.reduce(_SQUARE) for one in (picture, kept)]
    worst = max(high for _, high in ImageChops.difference(*means).getextrema())
    return worst if worst > _LIMIT else 0
