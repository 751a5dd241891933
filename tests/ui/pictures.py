"""Compares a widget's picture with a stored one.

``IMGSEARCH_SNAPSHOTS=write`` stores the pictures anew; look at them before you keep them. A picture
that differs is left in pytest's temporary folder, whose path the failure names.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtGui import QFontInfo, QGuiApplication

SNAPSHOTS = Path(__file__).parent.parent / "snapshots"
# Letters are drawn a little differently from machine to machine: what is compared is the mean colour
# of small squares. A missing word or a moved picture changes that by more than the limit, of 255.
_SQUARE, _LIMIT = 10, 14

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the stored pictures were drawn on Linux")


def skip_elsewhere(qapp) -> None:
    """Skips a test where letters look otherwise."""
    if QGuiApplication.platformName() != "offscreen" or QFontInfo(qapp.font()).family() != "DejaVu Sans":
        pytest.skip("the stored pictures were drawn off screen with the font DejaVu Sans")


def compare(window, name, tmp_path) -> None:
    """Fails when a widget does not look as it did."""
    file = tmp_path / f"{name}.png"
    assert window.grab().save(str(file))
    stored = SNAPSHOTS / f"{name}.png"
    if os.environ.get("IMGSEARCH_SNAPSHOTS") == "write":
        with Image.open(file) as drawn:
            drawn.convert("RGB").save(stored, optimize=True)
        return
    with Image.open(file) as drawn, Image.open(stored) as kept:
        assert drawn.size == kept.size
        means = [picture.convert("RGB").reduce(_SQUARE) for picture in (drawn, kept)]
    worst = max(high for _, high in ImageChops.difference(*means).getextrema())
    assert worst <= _LIMIT, f"a part of the picture differs by {worst} from the stored one: look at {file}"
