from __future__ import annotations

import hashlib
import io
import os
import socket
import struct
import subprocess
import sys
import threading
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from imgsearch_gui.core.pictures import images
from imgsearch_gui.core.pictures.images import content_hash, decode
from imgsearch_gui.errors import ImageError
from tests.privileges import ordinary_user
from tests.raw_file import raw_file

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.pictures.images import DecodedImage

SIZE = 32


def decode_bytes(data: bytes, size: int, *, raw: bool = False) -> DecodedImage:
    return images.decode_bytes(data, size, hashlib.sha256(data).digest(), raw=raw)


def saved(image: Image.Image, file_format: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def quarters(width: int = 120, height: int = 80) -> Image.Image:
    """Red and green above, blue and white below: every turn of it can be told from the others."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    image.paste("lime", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    return image


def corners(pixels: np.ndarray) -> list[str]:
    """The names of the colours in the middle of the four quarters, row by row."""
    names = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
    height, width = pixels.shape[:2]
    found = []
    for y in (height // 4, 3 * height // 4):
        for x in (width // 4, 3 * width // 4):
            pixel = pixels[y, x].astype(int)
            found.append(min(names, key=lambda name: np.abs(pixel - names[name]).sum()))
    return found


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_header(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


def jpeg_header(width: int, height: int) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xda\x00\x08\x01\x01\x00\0\x3f\0"
    )


def thumbnail_of(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(decode_bytes(data, SIZE).thumbnail)))


def test_one_decode_gives_all(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    quarters(1200, 800).save(path)

    decoded = decode(path, SIZE)

    assert decoded.pixels.dtype == np.uint8
    assert decoded.pixels.shape == (SIZE, SIZE, 3)
    assert decoded.pixels.flags.writeable
    assert corners(decoded.pixels) == ["red", "lime", "blue", "white"]
    assert (decoded.width, decoded.height) == (1200, 800)
    assert decoded.content_hash == hashlib.sha256(path.read_bytes()).digest() == content_hash(path)
    with Image.open(io.BytesIO(decoded.thumbnail)) as thumbnail:
        assert thumbnail.format == "JPEG"
        assert thumbnail.size == (256, 171)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF"])
def test_formats(file_format: str) -> None:
    options = {"lossless": True} if file_format == "WEBP" else {}
    data = saved(quarters(), file_format, **options)
    assert corners(decode_bytes(data, SIZE).pixels) == ["red", "lime", "blue", "white"]
    assert corners(thumbnail_of(data)) == ["red", "lime", "blue", "white"]


# EXIF orientation, corners of the upright picture, its size.
ORIENTATIONS = [
    (1, ["red", "lime", "blue", "white"], (120, 80)),
    (2, ["lime", "red", "white", "blue"], (120, 80)),
    (3, ["white", "blue", "lime", "red"], (120, 80)),
    (4, ["blue", "white", "red", "lime"], (120, 80)),
    (5, ["red", "blue", "lime", "white"], (80, 120)),
    (6, ["blue", "red", "white", "lime"], (80, 120)),
    (7, ["white", "lime", "blue", "red"], (80, 120)),
    (8, ["lime", "white", "red", "blue"], (80, 120)),
]


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
@pytest.mark.parametrize(("orientation", "upright", "size"), ORIENTATIONS)
def test_exif_orientation(
    file_format: str, orientation: int, upright: list[str], size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(quarters(), file_format, exif=exif.tobytes() if file_format == "HEIF" else exif)

    decoded = decode_bytes(data, SIZE)

    assert corners(decoded.pixels) == upright
    assert (decoded.width, decoded.height) == size
    assert corners(thumbnail_of(data)) == upright
    assert thumbnail_of(data).shape == (size[1], size[0], 3)


@pytest.mark.parametrize(("orientation", "upright", "size"), [ORIENTATIONS[place] for place in (0, 2, 5, 7)])
def test_raw_files_are_read_by_their_preview(
    tmp_path: Path, orientation: int, upright: list[str], size: tuple[int, int]
) -> None:
    pytest.importorskip("rawpy", reason="the extra raw is not installed")
    assert ".dng" in images.SUFFIXES
    path = tmp_path / "a.DNG"
    path.write_bytes(raw_file(saved(quarters(), "JPEG"), orientation))
    decoded = decode(path, SIZE)
    assert corners(decoded.pixels) == upright
    assert (decoded.width, decoded.height) == size


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (raw_file(b""), "holds no preview"),
        (raw_file(saved(quarters(), "JPEG")[:400]), "holds no preview"),
        (raw_file(saved(quarters(), "JPEG"))[:100], "damaged"),
        (b"Dear diary", "damaged"),
        (raw_file(jpeg_header(20_000, 20_000)), "holds no preview"),
    ],
)
def test_raw_files_without_a_preview_have_a_reason(data: bytes, reason: str) -> None:
    pytest.importorskip("rawpy", reason="the extra raw is not installed")
    with pytest.raises(ImageError, match=reason):
        decode_bytes(data, SIZE, raw=True)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")  # as the module does where pytest does not undo it
def test_damaged_exif_does_not_cost_the_picture() -> None:
    data = saved(quarters(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f")
    assert corners(decode_bytes(data, SIZE).pixels) == ["red", "lime", "blue", "white"]


@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
def test_fast_decoding_keeps_the_quality(file_format: str) -> None:
    """Grain of a few pixels is what coarse steps would turn into other patterns."""
    grain = np.random.default_rng(0).integers(0, 255, (750, 1000, 3), dtype=np.uint8)
    image = Image.fromarray(grain).resize((4000, 3000), Image.Resampling.BICUBIC)
    data = saved(image, file_format)

    decoded = decode_bytes(data, 260)

    with Image.open(io.BytesIO(data)) as whole:
        expected = np.asarray(whole.resize((260, 260), Image.Resampling.BICUBIC)).astype(int)
    assert np.abs(decoded.pixels - expected).mean() < 1
    assert (decoded.width, decoded.height) == (4000, 3000)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "P", "RGB", "L"])
def test_what_is_transparent_is_white(mode: str) -> None:
    options = {}
    if mode in ("RGB", "L"):  # one colour stands for transparent
        image = Image.new(mode, (40, 40), "black")
        options["transparency"] = (0, 0, 0) if mode == "RGB" else 0
        file_format = "PNG"
    else:
        image = Image.new("RGBA", (40, 40), (0, 0, 0, 0)).convert(mode)
        file_format = "TIFF" if mode == "PA" else "PNG"
        if mode == "PA":
            image = image.convert("LA")
        if mode == "P":
            image = Image.new("P", (40, 40), 0)
            image.putpalette([0, 0, 0, 255, 0, 0])
            options["transparency"] = 0
    assert (decode_bytes(saved(image, file_format, **options), SIZE).pixels == 255).all()


def test_half_transparent_is_mixed_with_white() -> None:
    data = saved(Image.new("RGBA", (40, 40), (255, 0, 0, 128)), "PNG")
    assert decode_bytes(data, SIZE).pixels[5, 5].tolist() == pytest.approx([255, 127, 127], abs=1)


def test_palette_bilevel_and_cmyk() -> None:
    assert corners(decode_bytes(saved(quarters().convert("P"), "PNG"), SIZE).pixels) == [
        "red",
        "lime",
        "blue",
        "white",
    ]
    assert (decode_bytes(saved(Image.new("1", (40, 40), 1), "PNG"), SIZE).pixels == 255).all()
    for file_format in ("JPEG", "TIFF"):
        cmyk = Image.new("CMYK", (40, 40), (0, 255, 255, 0))
        pixel = decode_bytes(saved(cmyk, file_format), SIZE).pixels[5, 5]
        assert pixel.tolist() == pytest.approx([255, 0, 0], abs=4)


@pytest.mark.parametrize("file_format", ["PNG", "TIFF"])
def test_sixteen_bit_grey_keeps_its_brightness(file_format: str) -> None:
    values = np.repeat(np.array([[0, 16384, 32768, 65535]], dtype=np.uint16), 40, axis=0).repeat(40, axis=1)
    decoded = decode_bytes(saved(Image.fromarray(values), file_format), SIZE)
    assert decoded.pixels[16, [3, 12, 20, 28], 0].tolist() == pytest.approx([0, 64, 128, 255], abs=2)


@pytest.mark.parametrize("values", [(-1.0, 0.0, 1.0), (1000, 2000, 3000), (-3e38, 0.0, 3e38)])
def test_thirty_two_bit_grey_is_stretched(values: tuple[float, ...]) -> None:
    kind = np.int32 if isinstance(values[0], int) else np.float32
    array = np.repeat(np.array([values], dtype=kind), 30, axis=0).repeat(30, axis=1)
    pixels = decode_bytes(saved(Image.fromarray(array), "TIFF"), SIZE).pixels
    assert pixels[16, [4, 16, 28], 0].tolist() == pytest.approx([0, 127, 255], abs=2)


def test_values_that_are_no_numbers_are_darkest_or_lightest() -> None:
    array = np.zeros((30, 30), dtype=np.float32)
    array[:, 10:20], array[:, 20:] = 1.0, np.inf
    array[:15, :10] = np.nan
    pixels = decode_bytes(saved(Image.fromarray(array), "TIFF"), SIZE).pixels
    assert pixels[8, [4, 16, 28], 0].tolist() == pytest.approx([0, 255, 255], abs=2)
    flat = saved(Image.fromarray(np.full((30, 30), np.nan, dtype=np.float32)), "TIFF")
    assert (decode_bytes(flat, SIZE).pixels == 0).all()


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG", "TIFF"])
def test_the_first_frame_of_an_animation(file_format: str) -> None:
    frames = [Image.new("RGB", (40, 40), name) for name in ("red", "blue")]
    data = saved(frames[0], file_format, save_all=True, append_images=frames[1:])
    pixel = decode_bytes(data, SIZE).pixels[5, 5]
    assert pixel.tolist() == pytest.approx([255, 0, 0], abs=4)


@pytest.mark.parametrize("size", [(1, 1), (3000, 1), (1, 3000)])
def test_odd_shapes(size: tuple[int, int]) -> None:
    decoded = decode_bytes(saved(Image.new("RGB", size, "red"), "PNG"), SIZE)
    assert corners(decoded.pixels) == ["red"] * 4
    with Image.open(io.BytesIO(decoded.thumbnail)) as thumbnail:
        assert thumbnail.size == tuple(min(side, 256) for side in size)


def test_thumbnails_carry_no_metadata() -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera that tells"
    data = saved(quarters(), "JPEG", exif=exif, comment=b"where we live", icc_profile=b"profile")
    with Image.open(io.BytesIO(decode_bytes(data, SIZE).thumbnail)) as thumbnail:
        assert not thumbnail.getexif()
        assert not {"comment", "exif", "icc_profile"} & thumbnail.info.keys()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"Dear diary", "It is not a JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC or AVIF picture."),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "It is not a JPEG, PNG"),
        (saved(quarters(), "JPEG")[:700], "The picture is damaged or cut short"),
        (saved(quarters(), "PNG")[:200], "The picture is damaged or cut short"),
        (saved(quarters(), "GIF")[:300], "The picture is damaged or cut short"),
        (saved(quarters(), "WEBP")[:100], "picture"),
    ],
)
def test_bad_bytes_have_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ImageError, match=reason):
        decode_bytes(data, SIZE)


def test_damage_anywhere_is_a_reason_or_a_picture() -> None:
    rng = np.random.default_rng(0)
    for file_format in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"):
        whole = saved(quarters(), file_format)
        for _ in range(60):
            data = bytearray(whole)
            for position in rng.integers(0, len(data), 3):
                data[position] = rng.integers(0, 256)
            try:
                assert decode_bytes(bytes(data), SIZE).pixels.shape == (SIZE, SIZE, 3)
            except ImageError as error:
                assert str(error).endswith(".")


@pytest.mark.parametrize(
    "data",
    [png_header(20_000, 20_000) + chunk(b"IDAT", b""), jpeg_header(20_000, 20_000)],
    ids=["png", "jpeg"],
)
def test_too_many_pixels_are_refused_by_the_header(data: bytes) -> None:
    with pytest.raises(ImageError, match=r"^The picture has more than 200 million pixels\.$"):
        decode_bytes(data, SIZE)


def test_a_small_gif_with_a_huge_frame_is_refused() -> None:
    data = bytearray(saved(Image.new("P", (4, 4)), "GIF"))
    frame = data.index(b"\x2c")
    data[frame + 5 : frame + 9] = struct.pack("<HH", 65_535, 65_535)
    with pytest.raises(ImageError):
        decode_bytes(bytes(data), SIZE)


def test_text_that_unpacks_to_megabytes_is_refused() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("story", "a" * 50_000_000, zip=True)
    data = saved(quarters(), "PNG", pnginfo=info)
    assert len(data) < 200_000
    with pytest.raises(ImageError, match="damaged"):
        decode_bytes(data, SIZE)


def test_a_colour_profile_that_unpacks_to_megabytes_is_ignored_or_refused() -> None:
    bomb = b"icc\0\0" + zlib.compress(bytes(50_000_000))
    data = saved(quarters(), "PNG")
    data = data[:33] + chunk(b"iCCP", bomb) + data[33:]
    with pytest.raises(ImageError):
        decode_bytes(data, SIZE)


def test_no_warning_reaches_the_user(tmp_path: Path) -> None:
    """In a process of its own: pytest replaces the filters that the module sets."""
    png = saved(quarters(), "PNG")
    (tmp_path / "animation.png").write_bytes(png[:33] + chunk(b"acTL", bytes(8)) + png[33:])
    (tmp_path / "large.png").write_bytes(saved(Image.new("1", (11_000, 10_000)), "PNG"))
    code = """
import sys
from pathlib import Path
from imgsearch_gui.core.pictures.images import decode
for name in sys.argv[1:]:
    print(decode(Path(name), 32).width)
"""
    names = [tmp_path / "animation.png", tmp_path / "large.png"]
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", code, *names],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == ["120", "11000"]
    assert done.stderr == ""


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match=r"^The file is no longer there\.$"):
        decode(tmp_path / "gone.jpg", SIZE)
    with pytest.raises(ImageError, match=r"^It is not a regular file\.$"):
        decode(tmp_path, SIZE)
    huge = tmp_path / "huge.jpg"
    with huge.open("wb") as file:
        file.truncate(images.MAX_FILE_BYTES + 1)  # sparse: takes no room
    with pytest.raises(ImageError, match=r"^The file is larger than 512 MB\.$"):
        decode(huge, SIZE)


def test_a_file_that_may_not_be_read(public_folder: Path) -> None:
    path = public_folder / "a.jpg"
    quarters().save(path)
    path.chmod(0)
    with ordinary_user(), pytest.raises(ImageError, match=r"^You are not allowed to read this file\.$"):
        decode(path, SIZE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes and sockets in folders")
@pytest.mark.timeout(10)
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s.jpg"))
        for name in ("pipe.jpg", "s.jpg"):
            with pytest.raises(ImageError, match=r"^It is not a regular file\.$"):
                decode(tmp_path / name, SIZE)


def test_threads_decode_alike() -> None:
    data = [saved(quarters(400 + 10 * n, 300), f) for n in range(4) for f in ("JPEG", "PNG", "TIFF")]
    expected = [decode_bytes(item, SIZE).pixels for item in data]
    wrong: list[int] = []

    def work() -> None:
        for index, item in enumerate(data):
            if not np.array_equal(decode_bytes(item, SIZE).pixels, expected[index]):
                wrong.append(index)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
