"""Facts from a picture's EXIF metadata. Hostile files: whatever cannot be read is left out."""

from __future__ import annotations

import contextlib
import io
import math
from datetime import datetime
from typing import TYPE_CHECKING

from PIL import ExifTags, Image

from imgsearch_gui.core.pictures.images import FORMATS
from imgsearch_gui.core.types.facts import PhotoFacts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_TAG, _GPS = ExifTags.Base, ExifTags.GPS
_MOST_LETTERS = 200
_EARLIEST = datetime(1826, 1, 1)  # noqa: DTZ001 - no zone, as cameras have it; nothing older was ever taken


def read_facts(data: bytes) -> PhotoFacts:
    """Reads the facts of a picture file's bytes; never raises.

    Args:
        data: the whole file; one without metadata, or no picture at all, has no facts.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return facts_of(image)
    except Exception:  # noqa: BLE001 - a damaged file raises anything
        return PhotoFacts()


def facts_of(image: Image.Image) -> PhotoFacts:
    """Reads the facts of an opened picture; never raises."""
    try:
        exif = image.getexif()
        plain = dict(exif)
        shot, gps = dict(exif.get_ifd(ExifTags.IFD.Exif)), dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001 - damaged metadata is raised as anything
        return PhotoFacts()
    exposure, iso = _number(shot.get(_TAG.ExposureTime)), _number(shot.get(_TAG.ISOSpeedRatings))
    return PhotoFacts(
        taken=_time(shot.get(_TAG.DateTimeOriginal)) or _time(plain.get(_TAG.DateTime)),
        camera=_camera(_text(plain.get(_TAG.Make)), _text(plain.get(_TAG.Model))),
        lens=_text(shot.get(_TAG.LensModel)),
        exposure=exposure,
        aperture=_number(shot.get(_TAG.FNumber)),
        focal_length=_number(shot.get(_TAG.FocalLength)),
        iso=None if iso is None else round(iso),
        place=_place(gps),
        description=_text(plain.get(_TAG.ImageDescription)),
    )


def _text(value: object) -> str:
    """Returns a tag's text on one line, without what cannot be shown."""
    if isinstance(value, str):
        # EXIF's text is ASCII, and Pillow reads it as Latin-1; programs put UTF-8 there all the same.
        with contextlib.suppress(UnicodeError):
            value = value.encode("latin-1").decode("utf-8")
    elif isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    else:
        return ""
    letters = "".join(letter if letter.isprintable() else " " for letter in value[: 4 * _MOST_LETTERS])
    return " ".join(letters.split())[:_MOST_LETTERS]


def _camera(maker: str, model: str) -> str:
    """Joins maker and model; many models begin with their maker's name."""
    first = maker.split(" ")[0]
    return model if first and model.casefold().startswith(first.casefold()) else f"{maker} {model}".strip()


def _number(value: object) -> float | None:
    """Returns a tag's number above 0; of several, the first."""
    if isinstance(value, tuple) and value:
        value = value[0]
    try:
        number = float(value)  # type: ignore[arg-type]  # what is no number raises
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) and 0 < number < 1e9 else None


def _time(value: object) -> datetime | None:
    try:
        time = datetime.strptime(_text(value), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - cameras know no zone
    except ValueError:
        return None
    return time if time >= _EARLIEST else None  # a clock that was never set says 0001 or the like


def _place(gps: Mapping[int, Any]) -> tuple[float, float] | None:
    latitude = _degrees(gps.get(_GPS.GPSLatitude), gps.get(_GPS.GPSLatitudeRef), "N", "S", 90)
    longitude = _degrees(gps.get(_GPS.GPSLongitude), gps.get(_GPS.GPSLongitudeRef), "E", "W", 180)
    return None if latitude is None or longitude is None else (latitude, longitude)


def _degrees(value: object, side: object, plus: str, minus: str, most: int) -> float | None:
    """Degrees, minutes and seconds to degrees with a sign."""
    sign = {plus: 1, minus: -1}.get(_text(side).upper())
    if sign is None or not isinstance(value, tuple) or len(value) != 3:
        return None
    try:
        degrees = sum(float(part) / 60**place for place, part in enumerate(value))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return sign * degrees if 0 <= degrees <= most else None  # not-a-number fails this too
