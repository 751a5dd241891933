"""What cameras write into picture files (EXIF). Hostile files: whatever cannot be read is left out."""

from __future__ import annotations

import contextlib
import math
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, BinaryIO

from PIL import ExifTags, Image

_TAG, _GPS, _IFD = ExifTags.Base, ExifTags.GPS, ExifTags.IFD
_MOST_LETTERS = 200
_MOST_HEADER = 1024**2  # bytes
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Nothing older was ever taken, and a clock that was never set says 0001 or the like. What is to come, or
# 9999, was not taken either; a day is left for those who are ahead of this computer's zone.
_EARLIEST = datetime(1826, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)
_TIME = re.compile(r"(\d{4})[:\-/.](\d\d?)[:\-/.](\d\d?)[ T](\d\d?):(\d\d?)(?::(\d\d?))?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d?):(\d\d)|Z", re.ASCII)
# Where a time stands, and the zone that goes with it; the time of a change comes last.
_TIMES = (
    (_TAG.DateTimeOriginal, _TAG.OffsetTimeOriginal),
    (_TAG.DateTimeDigitized, _TAG.OffsetTimeDigitized),
    (_TAG.DateTime, _TAG.OffsetTime),
)

Tags = dict[int, Any]


def tags_of(image: Image.Image) -> tuple[Tags, Tags]:
    """Returns the tags of an opened picture, its own and those of the shot; never raises.

    Of a PNG only those that stand before its pixels, for all others would be decoded for them.
    """
    try:
        if image.format == "PNG" and "exif" not in image.info:
            return {}, {}
        exif = image.getexif()
        return dict(exif), dict(exif.get_ifd(_IFD.Exif))
    except Exception:  # noqa: BLE001 - damaged metadata is raised as anything
        return {}, {}


def taken_at(image: Image.Image) -> int | None:
    """Returns when an opened picture was taken, in seconds since 1970; nothing when it does not say.

    Never raises. A time without a zone is one of this computer's zone.
    """
    time = time_taken(*tags_of(image))
    return None if time is None else seconds(time)


def time_taken(plain: Tags, shot: Tags) -> datetime | None:
    """Returns when a picture was taken, by the camera's clock, with its zone where that is known."""
    for time_tag, zone_tag in _TIMES:
        tags = plain if time_tag == _TAG.DateTime else shot
        time = _time(text(tags.get(time_tag)), text(shot.get(zone_tag)))
        if time is not None:
            return time
    return None


def add_tags(preview: Image.Image, file: BinaryIO) -> None:
    """Gives the preview of a camera's raw file the tags of that file, if it has none; never raises.

    Most raw files are TIFF within; of the others, the preview's own tags are all there is.
    """
    with contextlib.suppress(Exception):  # damaged metadata is raised as anything
        tags = preview.getexif()
        if tags.get_ifd(_IFD.Exif):
            return
        file.seek(0)
        whole = Image.Exif()
        whole.load(file.read(_MOST_HEADER))
        for tag in (_TAG.Make, _TAG.Model, _TAG.DateTime):
            if tag in whole:
                tags[tag] = whole[tag]
        for ifd in (_IFD.Exif, _IFD.GPSInfo):
            tags.get_ifd(ifd).update(whole.get_ifd(ifd))


def text(value: object) -> str:
    """Returns a tag's text on one line, without what cannot be shown."""
    if isinstance(value, str):
        value = value[: 4 * _MOST_LETTERS]
        # EXIF's text is ASCII, and Pillow reads it as Latin-1; programs put UTF-8 there all the same.
        with contextlib.suppress(UnicodeError):
            value = value.encode("latin-1").decode(
                "utf-8", "ignore" if len(value) > _MOST_LETTERS else "strict"
            )
    elif isinstance(value, bytes):
        value = value[: 4 * _MOST_LETTERS].decode("utf-8", "replace")
    else:
        return ""
    letters = "".join(letter if letter.isprintable() else " " for letter in value)
    return " ".join(letters.split())[:_MOST_LETTERS]


def camera(maker: str, model: str) -> str:
    """Joins maker and model; many models begin with their maker's name."""
    first = maker.split(" ")[0]
    return model if first and model.casefold().startswith(first.casefold()) else f"{maker} {model}".strip()


def number(value: object) -> float | None:
    """Returns a tag's number above 0; of several, the first."""
    if isinstance(value, tuple) and value:
        value = value[0]
    try:
        found = float(value)  # type: ignore[arg-type]  # what is no number raises
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return found if math.isfinite(found) and 1e-6 <= found < 1e9 else None


def place_of(image: Image.Image) -> tuple[float, float] | None:
    """Returns latitude and longitude of an opened picture that has tags, in degrees; never raises."""
    try:
        gps = dict(image.getexif().get_ifd(_IFD.GPSInfo))
    except Exception:  # noqa: BLE001 - as above
        return None
    latitude = _degrees(gps.get(_GPS.GPSLatitude), gps.get(_GPS.GPSLatitudeRef), "N", "S", 90)
    longitude = _degrees(gps.get(_GPS.GPSLongitude), gps.get(_GPS.GPSLongitudeRef), "E", "W", 180)
    return None if latitude is None or longitude is None else (latitude, longitude)


def _time(written: str, zone: str) -> datetime | None:
    found, offset = _TIME.match(written), _OFFSET.fullmatch(zone)
    if found is None:
        return None
    try:
        time = datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
        if offset is not None:
            ahead = timedelta(hours=int(offset[2] or 0), minutes=int(offset[3] or 0))
            time = time.replace(tzinfo=timezone(-ahead if offset[1] == "-" else ahead))
    except ValueError:
        return None
    bare = time.replace(tzinfo=UTC)
    return time if _EARLIEST <= bare <= datetime.now(UTC) + _AHEAD else None


def seconds(time: datetime) -> int:
    """Returns a time in seconds since 1970; one without a zone is of this computer's."""
    try:
        return int(time.timestamp())
    except (OverflowError, OSError, ValueError):  # before 1970, on some systems
        return (time.replace(tzinfo=time.tzinfo or UTC) - _EPOCH) // timedelta(seconds=1)


def _degrees(value: object, side: object, plus: str, minus: str, most: int) -> float | None:
    """Degrees, minutes and seconds to degrees with a sign."""
    sign = {plus: 1, minus: -1}.get(text(side).upper())
    if sign is None or not isinstance(value, tuple) or len(value) != 3:
        return None
    try:
        degrees = sum(float(part) / 60**power for power, part in enumerate(value))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return sign * degrees if 0 <= degrees <= most else None  # not-a-number fails this too
