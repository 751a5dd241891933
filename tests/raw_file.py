"""A camera's raw file, in the form of a DNG: a small sensor's numbers and, as cameras do, a preview."""

from __future__ import annotations

import struct

_SIDE = 64
_BYTE, _TEXT, _SHORT, _LONG, _FRACTION = 1, 2, 3, 4, 10  # types of TIFF
_Tag = tuple[int, int, int, int | bytes]  # number, type, count, value


def raw_file(preview: bytes, orientation: int = 1) -> bytes:
    """Returns a DNG; ``preview`` is a JPEG of 120 by 80 pixels, or nothing for a file without one."""
    sensor = struct.pack("<H", 2000) * _SIDE**2
    unit = struct.pack("<18i", *(value for n in range(9) for value in (int(n % 4 == 0), 1)))
    whole = b""
    first = second = preview_at = sensor_at = 8
    for _ in range(2):  # the first time for the lengths, the second with the places that follow from them
        about: list[_Tag] = [
            (271, _TEXT, 5, b"Test\0"),
            (272, _TEXT, 5, b"Test\0"),
            (274, _SHORT, 1, orientation),
            (330, _LONG, 1, second),
            (50706, _BYTE, 4, bytes([1, 4, 0, 0])),
            (50707, _BYTE, 4, bytes([1, 1, 0, 0])),
            (50708, _TEXT, 5, b"Test\0"),
            (50721, _FRACTION, 9, unit),
        ]
        if preview:
            about += _strip(
                120, 80, preview_at, len(preview), kind=1, compression=7, photometric=6, samples=3
            )
        pattern = [
            (33421, _SHORT, 2, struct.pack("<2H", 2, 2)),
            (33422, _BYTE, 4, bytes([0, 1, 1, 2])),
            *_strip(_SIDE, _SIDE, sensor_at, len(sensor), photometric=32803, bits=16),
        ]
        folders = _folder(about, first)
        second = first + len(folders)
        folders += _folder(pattern, second)
        preview_at = first + len(folders)
        sensor_at = preview_at + len(preview)
        whole = struct.pack("<2sHI", b"II", 42, first) + folders + preview + sensor
    return whole


def _strip(
    width: int,
    height: int,
    at: int,
    length: int,
    kind: int = 0,
    compression: int = 1,
    photometric: int = 1,
    bits: int = 8,
    samples: int = 1,
) -> list[_Tag]:
    return [
        (254, _LONG, 1, kind),
        (256, _LONG, 1, width),
        (257, _LONG, 1, height),
        (258, _SHORT, samples, struct.pack("<H", bits) * samples),
        (259, _SHORT, 1, compression),
        (262, _SHORT, 1, photometric),
        (273, _LONG, 1, at),
        (277, _SHORT, 1, samples),
        (278, _LONG, 1, height),
        (279, _LONG, 1, length),
    ]


def _folder(tags: list[_Tag], at: int) -> bytes:
    """An image file directory that stands at a place of the file, with the values that it points to."""
    after = at + 2 + 12 * len(tags) + 4
    entries, values = struct.pack("<H", len(tags)), b""
    for number, kind, count, value in sorted(tags):
        if isinstance(value, int):
            held = struct.pack("<I", value)
        elif len(value) <= 4:
            held = value.ljust(4, b"\0")
        else:
            held = struct.pack("<I", after + len(values))
            values += value + b"\0" * (len(value) % 2)
        entries += struct.pack("<HHI", number, kind, count) + held
    return entries + struct.pack("<I", 0) + values
