"""Facts of photos: what a camera writes is read, and what a hostile file holds is left out."""

from __future__ import annotations

import io
import random
from datetime import datetime

import pytest
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from imgsearch_gui.core.pictures.facts import read_facts
from imgsearch_gui.core.types.facts import PhotoFacts

TAG, GPS = ExifTags.Base, ExifTags.GPS


def picture(plain: dict | None = None, shot: dict | None = None, gps: dict | None = None) -> bytes:
    exif = Image.Exif()
    exif.update(plain or {})
    if shot:
        exif.get_ifd(ExifTags.IFD.Exif).update(shot)
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_what_a_camera_writes_is_read() -> None:
    data = picture(
        {
            TAG.Make: "Canon",
            TAG.Model: "Canon EOS R5",
            TAG.ImageDescription: "Рекс\x07 on\nthe beach".encode(),
        },
        {
            TAG.DateTimeOriginal: "2024:05:17 18:30:02",
            TAG.LensModel: "RF 35mm F1.8",
            TAG.ExposureTime: IFDRational(1, 250),
            TAG.FNumber: IFDRational(28, 10),
            TAG.FocalLength: IFDRational(35),
            TAG.ISOSpeedRatings: 400,
        },
        {
            GPS.GPSLatitudeRef: "S",
            GPS.GPSLatitude: (IFDRational(33), IFDRational(51), IFDRational(36)),
            GPS.GPSLongitudeRef: "E",
            GPS.GPSLongitude: (IFDRational(151), IFDRational(12), IFDRational(0)),
        },
    )
    facts = read_facts(data)
    assert facts.place == pytest.approx((-33.86, 151.2))
    assert facts == PhotoFacts(
        taken=datetime(2024, 5, 17, 18, 30, 2),  # noqa: DTZ001
        camera="Canon EOS R5",
        lens="RF 35mm F1.8",
        exposure=0.004,
        aperture=2.8,
        focal_length=35.0,
        iso=400,
        place=facts.place,
        description="Рекс on the beach",
    )


def test_a_maker_that_the_model_does_not_name_stands_before_it() -> None:
    assert read_facts(picture({TAG.Make: "NIKON CORPORATION", TAG.Model: "NIKON Z 6"})).camera == "NIKON Z 6"
    assert read_facts(picture({TAG.Make: "Google", TAG.Model: "Pixel 8"})).camera == "Google Pixel 8"


@pytest.mark.parametrize(
    ("plain", "shot", "gps"),
    [
        ({TAG.DateTime: "0000:00:00 00:00:00"}, None, None),
        ({TAG.DateTime: "0001:01:01 00:00:00"}, None, None),
        ({TAG.DateTime: "yesterday"}, None, None),
        (None, {TAG.ExposureTime: IFDRational(1, 0)}, None),
        (None, {TAG.FNumber: IFDRational(0, 1)}, None),
        (None, {TAG.ISOSpeedRatings: 0}, None),
        (None, None, {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (IFDRational(1), IFDRational(2))}),
        (
            None,
            None,
            {
                GPS.GPSLatitudeRef: "N",
                GPS.GPSLatitude: (IFDRational(91), IFDRational(0), IFDRational(0)),
                GPS.GPSLongitudeRef: "E",
                GPS.GPSLongitude: (IFDRational(0), IFDRational(0, 0), IFDRational(0)),
            },
        ),
    ],
)
def test_what_cannot_be_is_left_out(plain, shot, gps) -> None:
    assert read_facts(picture(plain, shot, gps)) == PhotoFacts()


def test_texts_are_cut() -> None:
    assert len(read_facts(picture({TAG.ImageDescription: "x" * 60_000})).description) == 200


def test_damaged_files_have_fewer_facts_and_raise_nothing() -> None:
    data = picture(
        {TAG.Make: "Canon", TAG.Model: "R5"},
        {TAG.DateTimeOriginal: "2024:05:17 18:30:02", TAG.ExposureTime: IFDRational(1, 250)},
        {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (IFDRational(1), IFDRational(2), IFDRational(3))},
    )
    rng = random.Random(0)
    for _ in range(500):
        damaged = bytearray(data)
        for _ in range(rng.randint(1, 8)):
            damaged[rng.randrange(20, 400)] = rng.randrange(256)
        assert isinstance(read_facts(bytes(damaged[: rng.randint(0, len(data))])), PhotoFacts)
    assert read_facts(b"") == read_facts(b"no picture") == PhotoFacts()
