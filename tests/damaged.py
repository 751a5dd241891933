"""Damaged picture files: small pictures of every format, each broken in its own way; the same for a seed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

_EXTREMES = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x80\x00\x80", b"\x01\0\0\0")


def write_damaged(folder: Path, count: int, seed: int = 0) -> None:
    """Writes files ``00000.jpg``, ``00001.png`` … of at most some kilobytes."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    whole = _pictures(rng)
    for number in range(count):
        suffix, data = whole[number % len(whole)]
        damaged = bytearray(data)
        for _ in range(rng.integers(1, 4)):
            damaged = _DAMAGES[rng.integers(len(_DAMAGES))](damaged, rng)
        (folder / f"{number:05}.{suffix}").write_bytes(damaged)


def _pictures(rng: np.random.Generator) -> list[tuple[str, bytes]]:
    """Whole files of many kinds: suffix and bytes."""
    noise = rng.integers(0, 256, (6, 8, 3), dtype=np.uint8)
    colour = Image.fromarray(noise).resize((64, 48), Image.Resampling.BICUBIC)
    alpha = colour.convert("RGBA")
    alpha.putalpha(128)
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera"
    frames = {"save_all": True, "append_images": [colour.rotate(90), colour.rotate(180)]}
    kinds: list[tuple[str, str, Image.Image, dict[str, object]]] = [
        ("jpg", "JPEG", colour, {"exif": exif}),
        ("jpg", "JPEG", colour, {"progressive": True, "quality": 90}),
        ("jpg", "JPEG", colour.convert("L"), {}),
        ("jpg", "JPEG", colour.convert("CMYK"), {}),
        ("png", "PNG", colour, {"exif": exif}),
        ("png", "PNG", alpha, {}),
        ("png", "PNG", colour.convert("P"), {}),
        ("png", "PNG", Image.fromarray(noise[:, :, 0].astype(np.uint16) * 257), {}),
        ("png", "PNG", colour, frames),
        ("webp", "WEBP", colour, {"exif": exif}),
        ("webp", "WEBP", alpha, {"lossless": True}),
        ("webp", "WEBP", colour, frames),
        ("gif", "GIF", colour, {}),
        ("gif", "GIF", colour, frames),
        ("tif", "TIFF", colour, {"exif": exif}),
        ("tif", "TIFF", colour, {"compression": "tiff_lzw"}),
        ("tif", "TIFF", colour, {"compression": "jpeg"}),
        ("tif", "TIFF", colour, {"compression": "tiff_adobe_deflate"}),
        ("tif", "TIFF", colour.convert("1"), {"compression": "group4"}),
        ("tif", "TIFF", colour.convert("F"), {}),
        ("bmp", "BMP", colour, {}),
        ("bmp", "BMP", colour.convert("P"), {}),
        ("heic", "HEIF", colour, {"exif": exif.tobytes()}),
        ("avif", "AVIF", colour, {"exif": exif}),
    ]
    files = []
    for suffix, file_format, image, options in kinds:
        file = io.BytesIO()
        image.save(file, file_format, **options)
        files.append((suffix, file.getvalue()))
    return files


def _place(data: bytearray, rng: np.random.Generator) -> int:
    """Somewhere in a file, a quarter of the time near its beginning, where the headers are."""
    end = len(data) if rng.random() < 0.75 else min(len(data), 64)
    return int(rng.integers(max(end, 1)))


def _flip(data: bytearray, rng: np.random.Generator) -> bytearray:
    for _ in range(rng.integers(1, 9)):
        at = _place(data, rng)
        data[at : at + 1] = bytes([int(rng.integers(256))])
    return data


def _cut(data: bytearray, rng: np.random.Generator) -> bytearray:
    return data[: _place(data, rng)]


def _drop(data: bytearray, rng: np.random.Generator) -> bytearray:
    at = _place(data, rng)
    return data[:at] + data[at + int(rng.integers(1, 64)) :]


def _repeat(data: bytearray, rng: np.random.Generator) -> bytearray:
    at, length = _place(data, rng), int(rng.integers(1, 512))
    return data[:at] + data[at : at + length] * int(rng.integers(2, 9)) + data[at:]


def _noise(data: bytearray, rng: np.random.Generator) -> bytearray:
    at, length = _place(data, rng), int(rng.integers(1, 256))
    data[at : at + length] = rng.bytes(length)
    return data


def _extreme(data: bytearray, rng: np.random.Generator) -> bytearray:
    at = _place(data, rng)
    data[at : at + 4] = _EXTREMES[rng.integers(len(_EXTREMES))]
    return data


_DAMAGES = (_flip, _cut, _drop, _repeat, _noise, _extreme)
