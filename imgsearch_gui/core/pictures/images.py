"""Reading pictures: one decode gives the encoder's pixels, the thumbnail and the measures.

Every file is treated as hostile. Nothing but regular files is opened, a file is read once and
whole, its header is held against the limits before any pixel is decoded, and whatever goes wrong
becomes an :class:`~imgsearch_gui.errors.ImageError` with a reason that a person can read.

The pixels that an encoder sees are made here, so a change that moves them must also change the
``version`` of the encoders, by which stored vectors are kept.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import stat
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import numpy as np
import pillow_heif
from PIL import Image, UnidentifiedImageError

from imgsearch_gui.core.pictures import exif
from imgsearch_gui.errors import ImageError, MissingImageError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy.typing as npt

_T = TypeVar("_T")

_RAW_SUFFIXES = frozenset(
    {*(".arw", ".cr2", ".cr3", ".dng", ".nef", ".nrw", ".orf", ".pef", ".raf"), ".rw2", ".srw"}
)
SUFFIXES = frozenset(
    {
        *(
            ".jpg",
            ".jpeg",
            ".png",
            ".webp",
            ".gif",
            ".bmp",
            ".tif",
            ".tiff",
            ".heic",
            ".heif",
            ".hif",
            ".avif",
        ),
        # A camera's raw files are read where the extra "raw" is installed.
        *(_RAW_SUFFIXES if importlib.util.find_spec("rawpy") else ()),
    }
)
"""File name endings, in lower case, of what counts as a picture in a folder."""

MAX_FILE_BYTES = 512 * 1024**2
MAX_PIXELS = 200_000_000  # the largest camera sensors of today; some 800 MB once decoded
THUMBNAIL_SIDE = 256

# Nothing else is tried: Pillow also opens formats that start other programs (EPS) or that no camera writes.
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
_THUMBNAIL_QUALITY = 85
_PREVIEW_QUALITY = 92  # at every pixel its own colour: one looks closely
_LARGE_PIXELS = 40_000_000

# How far above the wanted size the fast coarse steps stop, so that the antialiased filter does the rest
# and the result stays within a grey level of filtering the whole picture.
_DRAFT_GAP = 2  # a JPEG decoded at a fraction of its size
_REDUCING_GAP = 3.0  # the mean of blocks of pixels
_THUMBNAIL_GAP = 1.5  # of what is only looked at: twice as fast, and no eye sees it

_UPRIGHT = {  # by EXIF orientation; 1 is upright already
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDEWAYS = (5, 6, 7, 8)
_ORIENTATION_TAG = 0x0112
_RAW_FLIPS = {3: 3, 5: 8, 6: 6}  # LibRaw's word for how to turn a raw picture, as EXIF's

# Pillow refuses at twice this figure, in headers as well as in the tiles and frames inside a file.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
# It also warns of odd metadata in files that it reads well, which is nothing a user could act on. Once
# for the process, since warnings.catch_warnings is not safe where several threads decode.
warnings.filterwarnings("ignore", module=r"PIL\.")
# Pictures are decoded side by side, so that one thread is enough for each.
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


@dataclass(frozen=True, slots=True, eq=False)
class DecodedImage:
    """One picture, upright.

    Attributes:
        pixels: uint8 ``[size, size, 3]``, RGB, squashed (not cropped) to a square.
        thumbnail: a JPEG whose longest side is at most 256 pixels, aspect kept.
        width: of the whole upright picture, in pixels.
        height: of the whole upright picture, in pixels.
        content_hash: SHA-256 of the file's bytes, 32 bytes.
        taken: when, in seconds since 1970; nothing when the file does not say.
    """

    pixels: npt.NDArray[np.uint8]
    thumbnail: bytes
    width: int
    height: int
    content_hash: bytes
    taken: int | None = None


def decode(path: Path, size: int) -> DecodedImage:
    """Reads and decodes one picture file.

    Args:
        path: the file; links are followed.
        size: the side of the square in pixels.

    Raises:
        ImageError: with the reason, when it cannot be read, is no picture, is damaged or too large.
    """
    data = read_file(path)
    return decode_bytes(data, size, hashlib.sha256(data).digest(), raw=is_raw(path))


def content_hash(path: Path) -> bytes:
    """Returns the SHA-256 of a file's bytes, 32 bytes.

    Raises:
        ImageError: when the file cannot be read.
    """
    return hashlib.sha256(read_file(path)).digest()


def read_file(path: Path) -> bytes:
    """Returns the bytes of a regular file of at most 512 MB.

    Raises:
        MissingImageError: when it is not there.
        ImageError: when it cannot be read, is no regular file, or is larger.
    """
    with _regular_file(path) as (file, size):
        data = file.read(size + 1)
    if len(data) > size:
        raise ImageError(sentence("The file grew while it was read."))
    return data


@contextmanager
def _regular_file(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """Opens a file, and tells its size in bytes; raises what :func:`read_file` does."""
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):  # opening a pipe would wait for ever
            raise ImageError(sentence("It is not a regular file."))
        if info.st_size > MAX_FILE_BYTES:
            raise ImageError(sentence("The file is larger than {most} MB.", most=MAX_FILE_BYTES // 1024**2))
        with path.open("rb") as file:
            yield file, info.st_size
    except FileNotFoundError as error:
        raise MissingImageError(sentence("The file is no longer there.")) from error
    except PermissionError as error:
        raise ImageError(sentence("You are not allowed to read this file.")) from error
    except OSError as error:
        raise ImageError(sentence("The file cannot be read: {reason}.", reason=error.strerror)) from error


def is_raw(path: Path) -> bool:
    """Whether a file is a camera's raw file, which its name alone tells: many look like TIFF within."""
    return path.suffix.lower() in _RAW_SUFFIXES


def is_large(data: bytes) -> bool:
    """Whether a file claims so many pixels that one such picture at a time is enough for the memory."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            return image.width * image.height > _LARGE_PIXELS
    except Exception:  # noqa: BLE001 - damaged headers are raised as anything; decoding says what is wrong
        return False


def decode_bytes(data: bytes, size: int, content_hash: bytes, *, raw: bool = False) -> DecodedImage:
    """Decodes the bytes of one picture file.

    Args:
        data: the whole file.
        size: the side of the square in pixels.
        content_hash: SHA-256 of the bytes.
        raw: whether it is a camera's raw file, of which the preview within is taken.

    Raises:
        ImageError: with the reason, when it is no picture, is damaged or too large.
    """
    return _opened(io.BytesIO(data), len(data), raw, partial(_decode_opened, size=size, digest=content_hash))


def preview_bytes(data: bytes, size: int, content_hash: bytes, *, raw: bool = False) -> DecodedImage:
    """Decodes the bytes of one picture file to be looked at.

    Takes and raises what :func:`decode_bytes` does, whose place it takes in a decoder.

    Returns:
        The picture without pixels, uint8 ``[0, 0, 3]``, and with a thumbnail of at most ``size`` at its
        longest side.
    """
    return _opened(io.BytesIO(data), len(data), raw, partial(_preview_opened, side=size, digest=content_hash))


def with_header(path: Path, use: Callable[[Image.Image, int], _T]) -> _T:
    """Opens a picture file for a use that looks at its header alone.

    Args:
        path: the file; links are followed.
        use: is given the picture, of which no pixel is decoded, and the size of the file in bytes.

    Raises:
        MissingImageError: when it is not there.
        ImageError: with the reason, when it cannot be read, is no picture, is damaged or too large.
    """
    with _regular_file(path) as (file, size):
        return _opened(file, size, is_raw(path), lambda image: use(image, size))


def _opened(file: BinaryIO, size: int, raw: bool, use: Callable[[Image.Image], _T]) -> _T:
    """Opens a picture file of a size for a use; whatever goes wrong becomes an ImageError."""
    if not size:
        raise ImageError(sentence("The file is empty."))
    try:
        with _raw_preview(file) if raw else Image.open(file, formats=_FORMATS) as image:
            return use(image)
    except ImageError:
        raise
    except UnidentifiedImageError as error:
        raise ImageError(
            sentence("It is not a JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC or AVIF picture.")
        ) from error
    except Image.DecompressionBombError as error:
        raise ImageError(
            sentence("The picture has more than {most} million pixels.", most=MAX_PIXELS // 1_000_000)
        ) from error
    except MemoryError as error:
        raise ImageError(sentence("There is not enough memory to open the picture.")) from error
    except Exception as error:
        raise ImageError(
            sentence("The picture is damaged or cut short ({error}).", error=str(error))
        ) from error


def _raw_preview(file: BinaryIO) -> Image.Image:
    """Opens the preview that a camera put into a raw file: its own rendering, mostly in full size."""
    import rawpy

    with rawpy.imread(file) as raw:
        try:
            preview, flip = raw.extract_thumb(), raw.sizes.flip
        except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError) as error:
            raise ImageError(sentence("The raw file holds no preview that can be read.")) from error
    image: Image.Image
    if isinstance(preview.data, bytes):
        image = Image.open(io.BytesIO(preview.data), formats=("JPEG",))
    else:
        image = Image.fromarray(preview.data)
    image.getexif().setdefault(_ORIENTATION_TAG, _RAW_FLIPS.get(flip, 1))
    exif.add_tags(image, file)
    return image


def _decode_opened(image: Image.Image, size: int, digest: bytes) -> DecodedImage:
    """Decodes a picture of which only the header was read."""
    width, height = image.size
    at_least = _DRAFT_GAP * max(size, THUMBNAIL_SIDE)
    image.draft(None, (at_least, at_least))
    image.load()
    orientation = orientation_of(image)
    turn = _UPRIGHT.get(orientation)
    plain = _eight_bit(image)
    # Turning the two small pictures is the same as turning the large one, and costs nothing.
    taken = exif.taken_at(image)
    square = _resized(plain, (size, size), turn, _REDUCING_GAP)
    thumbnail = _resized(plain, _fitting(width, height, THUMBNAIL_SIDE), turn, _THUMBNAIL_GAP)
    if orientation in SIDEWAYS:
        width, height = height, width
    return DecodedImage(np.array(square), _jpeg(thumbnail), width, height, digest, taken)


def _preview_opened(image: Image.Image, side: int, digest: bytes) -> DecodedImage:
    """Makes a large thumbnail of a picture of which only the header was read."""
    width, height = image.size
    image.draft(None, (side, side))
    image.load()
    orientation = orientation_of(image)
    size = _fitting(width, height, side)
    shown = _resized(_eight_bit(image), size, _UPRIGHT.get(orientation), _THUMBNAIL_GAP)
    if orientation in SIDEWAYS:
        width, height = height, width
    jpeg = _jpeg(shown, _PREVIEW_QUALITY, subsampling=0)
    return DecodedImage(np.empty((0, 0, 3), np.uint8), jpeg, width, height, digest)


def _fitting(width: int, height: int, side: int) -> tuple[int, int]:
    """Returns the size of a picture whose longest side is to be at most ``side``."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def orientation_of(image: Image.Image) -> int:
    """Returns the EXIF orientation, 1 when there is none or none that can be read."""
    try:
        return int(image.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # noqa: BLE001 - damaged metadata, raised as anything, must not cost the picture
        return 1


def _eight_bit(image: Image.Image) -> Image.Image:
    """Returns a decoded picture in mode L or RGB, what is transparent over white."""
    if image.mode in ("L", "RGB") and not image.has_transparency_data:
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        return _stretched(image)
    if not image.has_transparency_data:
        return image.convert("RGB")
    over = Image.new("RGB", image.size, "white")
    with_alpha = image.convert("RGBA")
    over.paste(with_alpha, mask=with_alpha)
    return over


def _stretched(image: Image.Image) -> Image.Image:
    """Returns 32-bit grey in mode L, black to white from its least to its greatest value.

    Such a file does not say which values stand for black and white.
    """
    values = np.array(image, dtype=np.float32)
    finite = np.isfinite(values)
    low, high = (values[finite].min(), values[finite].max()) if finite.any() else (0.0, 0.0)
    np.nan_to_num(values, copy=False, nan=low, posinf=high, neginf=low)
    # Halved, since the distance between two float32 may itself be too large for one.
    span = float(high) / 2 - float(low) / 2
    if span == 0:
        return Image.new("L", image.size)
    return Image.fromarray(((values / 2 - low / 2) * (255 / span)).astype(np.uint8))


def _resized(
    image: Image.Image, size: tuple[int, int], turn: Image.Transpose | None, gap: float
) -> Image.Image:
    """Returns an antialiased, upright RGB copy; ``size`` is that before the turn."""
    small = image.resize(size, Image.Resampling.BICUBIC, reducing_gap=gap).convert("RGB")
    return small if turn is None else small.transpose(turn)


def _jpeg(image: Image.Image, quality: int = _THUMBNAIL_QUALITY, **options: int) -> bytes:
    """Returns a picture as a JPEG file that carries none of the original's metadata."""
    image.info.clear()
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, **options)
    return file.getvalue()
