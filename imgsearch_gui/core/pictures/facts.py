"""Facts of a picture file, from its header alone: no pixel is decoded.

Headers are read by C code too, so strangers' files are read in a decoder's process: see
:meth:`~imgsearch_gui.core.pictures.decoding.Decoder.facts`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PIL import ExifTags

from imgsearch_gui.core.pictures import exif
from imgsearch_gui.core.pictures.images import SIDEWAYS, is_raw, orientation_of, with_header
from imgsearch_gui.core.types.facts import PhotoFacts

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

_TAG = ExifTags.Base


def read_facts(path: Path) -> PhotoFacts:
    """Reads the facts of a picture file.

    Args:
        path: the file; links are followed.

    Raises:
        MissingImageError: when it is not there.
        ImageError: with the reason, when it cannot be read, is no picture or too large.
    """
    return with_header(path, partial(_facts, raw=is_raw(path)))


def _facts(image: Image.Image, size: int, raw: bool) -> PhotoFacts:
    plain, shot = exif.tags_of(image)
    width, height = image.size
    if plain and orientation_of(image) in SIDEWAYS:
        width, height = height, width
    iso = exif.number(shot.get(_TAG.ISOSpeedRatings))
    return PhotoFacts(
        format="RAW" if raw else image.format or "",
        size=size,
        width=width,
        height=height,
        taken=exif.time_taken(plain, shot),
        camera=exif.camera(exif.text(plain.get(_TAG.Make)), exif.text(plain.get(_TAG.Model))),
        lens=exif.text(shot.get(_TAG.LensModel)),
        exposure=exif.number(shot.get(_TAG.ExposureTime)),
        aperture=exif.number(shot.get(_TAG.FNumber)),
        focal_length=exif.number(shot.get(_TAG.FocalLength)),
        iso=None if iso is None else round(iso),
        place=exif.place_of(image) if plain else None,
        description=exif.text(plain.get(_TAG.ImageDescription)),
    )
