"""Large pictures to look at, decoded where hostile files can do no harm."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from imgsearch_gui.core.pictures.decoding import Decoder
from imgsearch_gui.core.pictures.images import preview_bytes
from imgsearch_gui.errors import ImageError

if TYPE_CHECKING:
    from pathlib import Path

HASH = b"h" * 32


def jpeg(size: tuple[int, int], orientation: int = 1) -> bytes:
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", size, (200, 30, 30)).save(file, "JPEG", exif=exif)
    return file.getvalue()


def shown(data: bytes, side: int) -> Image.Image:
    return Image.open(io.BytesIO(preview_bytes(data, side, HASH).thumbnail))


def test_a_large_picture_is_made_to_fit_and_a_small_one_stays() -> None:
    assert shown(jpeg((3000, 1500)), 1000).size == (1000, 500)
    assert shown(jpeg((300, 150)), 1000).size == (300, 150)
    assert shown(jpeg((3000, 2)), 300).size == (300, 1)


def test_it_is_upright() -> None:
    turned = preview_bytes(jpeg((400, 200), orientation=6), 100, HASH)
    assert Image.open(io.BytesIO(turned.thumbnail)).size == (50, 100)
    assert (turned.width, turned.height) == (200, 400)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b"no picture", "not a JPEG"), (jpeg((400, 300))[:900], "damaged or cut short")],
    ids=["empty", "text", "cut"],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ImageError, match=reason):
        preview_bytes(data, 100, HASH)


def test_a_decoder_makes_previews(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg((600, 400)))
    decoder = Decoder(decode=preview_bytes)
    try:
        decoded = decoder.decode(decoder.open(tmp_path / "a.jpg"), 300)
    finally:
        decoder.close()
    assert Image.open(io.BytesIO(decoded.thumbnail)).size == (300, 200)
