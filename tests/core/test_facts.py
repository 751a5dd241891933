"""Facts of photos: what a camera writes is read, and what a hostile file holds is left out."""

from __future__ import annotations

import io
import random
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from imgsearch_gui.core.pictures.dating import date_photos
from imgsearch_gui.core.pictures.decoding import Decoder, DecoderClosedError, DecoderLostError
from imgsearch_gui.core.pictures.facts import read_facts
from imgsearch_gui.core.pictures.images import decode
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.facts import PhotoFacts
from imgsearch_gui.errors import ImageError, MissingImageError
from tests.fakes import FakeImageEncoder, write_jpegs
from tests.raw_file import raw_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TAG, GPS = ExifTags.Base, ExifTags.GPS
SHOT = {
    TAG.DateTimeOriginal: "2024:05:17 18:30:02",
    TAG.OffsetTimeOriginal: "+03:00",
    TAG.LensModel: "RF 35mm F1.8",
    TAG.ExposureTime: IFDRational(1, 250),
    TAG.FNumber: IFDRational(28, 10),
    TAG.FocalLength: IFDRational(35),
    TAG.ISOSpeedRatings: 400,
}
PLACE = {
    GPS.GPSLatitudeRef: "S",
    GPS.GPSLatitude: (IFDRational(33), IFDRational(51), IFDRational(36)),
    GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (IFDRational(151), IFDRational(12), IFDRational(0)),
}
MOMENT = datetime(2024, 5, 17, 18, 30, 2, tzinfo=timezone(timedelta(hours=3)))


def picture(
    plain: dict | None = None, shot: dict | None = None, gps: dict | None = None, kind: str = "JPEG"
) -> bytes:
    exif = Image.Exif()
    exif.update(plain or {})
    for ifd, tags in ((ExifTags.IFD.Exif, shot), (ExifTags.IFD.GPSInfo, gps)):
        if tags:
            exif.get_ifd(ifd).update(tags)
            exif[ifd] = 0  # without it, some formats leave the tags out
    file = io.BytesIO()
    Image.new("RGB", (8, 6)).save(file, kind, exif=exif)
    return file.getvalue()


def facts_of(tmp_path: Path, data: bytes, name: str = "a.jpg") -> PhotoFacts:
    (tmp_path / name).write_bytes(data)
    return read_facts(tmp_path / name)


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
def test_what_a_camera_writes_is_read(tmp_path: Path, kind: str) -> None:
    plain = {TAG.Make: "Canon", TAG.Model: "Canon EOS R5"}
    if kind == "JPEG":
        plain[TAG.ImageDescription] = "Рекс\x07 on\nthe beach".encode()
    data = picture(plain, SHOT, PLACE, kind)
    facts = facts_of(tmp_path, data)
    assert facts.place == pytest.approx((-33.86, 151.2))
    assert facts == PhotoFacts(
        format=kind,
        size=len(data),
        width=8,
        height=6,
        taken=MOMENT,
        camera="Canon EOS R5",
        lens="RF 35mm F1.8",
        exposure=0.004,
        aperture=2.8,
        focal_length=35.0,
        iso=400,
        place=facts.place,
        description="Рекс on the beach" if kind == "JPEG" else "",
    )
    assert decode(tmp_path / "a.jpg", 32).taken == MOMENT.timestamp()


def test_a_picture_on_its_side_is_measured_upright(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, picture({TAG.Orientation: 6}))
    assert (facts.width, facts.height) == (6, 8)


def test_exposures_are_said_as_cameras_do() -> None:
    said = [PhotoFacts("JPEG", 1, 1, 1, exposure=each).exposure_fraction for each in (1 / 8000, 0.3, 2.5, 30)]
    assert [*said, PhotoFacts("JPEG", 1, 1, 1).exposure_fraction] == ["1/8000", "0.3", "2.5", "30", ""]


def test_a_maker_that_the_model_does_not_name_stands_before_it(tmp_path: Path) -> None:
    nikon = picture({TAG.Make: "NIKON CORPORATION", TAG.Model: "NIKON Z 6"})
    assert facts_of(tmp_path, nikon).camera == "NIKON Z 6"
    assert facts_of(tmp_path, picture({TAG.Make: "Google", TAG.Model: "Pixel 8"})).camera == "Google Pixel 8"


def test_a_raw_file_has_the_facts_of_its_camera(tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    preview = io.BytesIO()
    Image.new("RGB", (120, 80)).save(preview, "JPEG")
    facts = facts_of(tmp_path, raw_file(preview.getvalue(), orientation=6), "a.dng")
    assert (facts.format, facts.width, facts.height, facts.camera) == ("RAW", 80, 120, "Test")


@pytest.mark.parametrize(
    ("plain", "shot", "gps"),
    [
        ({TAG.DateTime: "0000:00:00 00:00:00"}, None, None),
        ({TAG.DateTime: "0001:01:01 00:00:00"}, None, None),
        ({TAG.DateTime: "9999:12:31 23:59:59"}, None, None),
        ({TAG.DateTime: "2024:13:01 00:00:00"}, None, None),
        ({TAG.DateTime: "\0\0\0\0"}, None, None),
        ({TAG.DateTime: "    :  :     :  :  "}, None, None),
        ({TAG.DateTime: "yesterday"}, None, None),
        ({TAG.DateTime: "٢٠٢٤:05:17 18:30:02"}, None, None),
        (None, {TAG.DateTimeOriginal: 20240517}, None),
        (None, {TAG.ExposureTime: IFDRational(1, 0)}, None),
        (None, {TAG.ExposureTime: IFDRational(1, 4_000_000_000)}, None),
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
def test_what_cannot_be_is_left_out(tmp_path: Path, plain, shot, gps) -> None:
    data = picture(plain, shot, gps)
    assert facts_of(tmp_path, data) == PhotoFacts("JPEG", len(data), 8, 6)
    assert decode(tmp_path / "a.jpg", 32).taken is None


@pytest.mark.parametrize("zone", ["", "\0", "+99:99", "+25:00", "nonsense"])
def test_a_time_stands_without_a_zone_that_cannot_be(tmp_path: Path, zone: str) -> None:
    shot = {TAG.DateTimeOriginal: "2024:05:17 18:30:02\0\0", TAG.OffsetTimeOriginal: zone}
    taken = facts_of(tmp_path, picture(None, shot)).taken
    assert taken in (None, MOMENT.replace(tzinfo=None))
    assert taken is not None or zone in ("+99:99", "+25:00")


def test_an_old_photo_has_a_time_before_1970(tmp_path: Path) -> None:
    data = picture(None, {TAG.DateTimeOriginal: "1931:02:03 04:05:06", TAG.OffsetTimeOriginal: "Z"})
    (tmp_path / "a.jpg").write_bytes(data)
    wanted = datetime(1931, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert decode(tmp_path / "a.jpg", 32).taken == wanted.timestamp()


def test_texts_are_cut(tmp_path: Path) -> None:
    for letters in ("x", "ж"):
        data = picture({TAG.ImageDescription: (60_000 // len(letters.encode()) * letters).encode()})
        assert facts_of(tmp_path, data).description == 200 * letters


def test_damaged_files_have_fewer_facts_or_a_reason(tmp_path: Path) -> None:
    data = picture({TAG.Make: "Canon", TAG.Model: "R5"}, SHOT, PLACE)
    rng = random.Random(0)
    for _ in range(400):
        damaged = bytearray(data)
        for _ in range(rng.randint(1, 8)):
            damaged[rng.randrange(20, 500)] = rng.randrange(256)
        try:
            facts_of(tmp_path, bytes(damaged[: rng.randint(0, len(data))]))
        except ImageError as error:
            assert str(error)
    with pytest.raises(ImageError, match="empty"):
        facts_of(tmp_path, b"")
    with pytest.raises(ImageError, match="It is not a JPEG"):
        facts_of(tmp_path, b"no picture")


def test_a_decoder_reads_facts_and_keeps_the_file_that_it_has_open(tmp_path: Path, decoder: Decoder) -> None:
    (tmp_path / "a.jpg").write_bytes(picture(None, SHOT))
    (other,) = write_jpegs(tmp_path / "other", 1)
    opened = decoder.open(other)
    assert decoder.facts(tmp_path / "a.jpg") == read_facts(tmp_path / "a.jpg")
    assert decoder.decode(opened, 32).width == 48
    with pytest.raises(MissingImageError):
        decoder.facts(tmp_path / "none.jpg")
    decoder.close()
    with pytest.raises(DecoderClosedError):
        decoder.facts(other)


class OneIsLost(Decoder):
    """A decoder that dies of one file."""

    def facts(self, path: Path) -> PhotoFacts:
        if path.name == "002.jpg":
            raise DecoderLostError("The file makes the decoder crash.")
        return super().facts(path)


def forget_dates(path: Path) -> None:
    """Makes a library what it would be if it came from the version before."""
    db = sqlite3.connect(path)
    db.executescript(
        "ALTER TABLE contents DROP COLUMN taken; DROP TABLE undated; PRAGMA user_version = 3; VACUUM;"
    )
    db.close()


def times(library: Library, folder: Path) -> dict[str, float]:
    ids, taken = library.photo_times(folder)
    records = library.records_of(ids.tolist())
    return {records[i].path.name: time for i, time in zip(ids.tolist(), taken.tolist(), strict=True)}


def test_an_older_library_learns_dates_without_decoding(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    files = write_jpegs(photos, 4)
    files[0].write_bytes(picture(None, SHOT))
    with Library(tmp_path / "l.sqlite") as library:
        list(index_folder(library, photos, FakeImageEncoder()))
        before = times(library, photos)
        assert before["000.jpg"] == MOMENT.timestamp()
    forget_dates(tmp_path / "l.sqlite")
    with Library(tmp_path / "l.sqlite") as library:
        assert times(library, photos)["000.jpg"] == pytest.approx(files[0].stat().st_mtime)
        revision = library.revision(photos)
        assert list(date_photos(library, photos, OneIsLost))[-1] == (4, 4)
        assert times(library, photos) == before
        assert library.revision(photos) > revision
        assert library.count_undated(photos) == 1  # the file that cost a decoder is tried again
        encoder = FakeImageEncoder()
        steps = list(index_folder(library, photos, encoder))
        assert [(step.stage, step.done, step.total) for step in steps[-2:]] == [
            ("date", 1, 1),
            ("done", 0, 0),
        ]
        assert encoder.batches == []
        assert "date" not in {step.stage for step in index_folder(library, photos, encoder)}


def test_photos_of_a_drive_that_is_away_are_asked_for_their_dates_later(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    write_jpegs(photos, 2)[1].write_bytes(picture(None, SHOT))
    with Library(tmp_path / "l.sqlite") as library:
        list(index_folder(library, photos, FakeImageEncoder()))
    forget_dates(tmp_path / "l.sqlite")
    with Library(tmp_path / "l.sqlite") as library:
        photos.rename(tmp_path / "away")
        list(date_photos(library, photos))
        assert library.count_undated(photos) == 2
        assert library.count_undated(tmp_path / "other") == 0
        (tmp_path / "away").rename(photos)
        list(date_photos(library, photos))
        assert times(library, photos)["001.jpg"] == MOMENT.timestamp()
