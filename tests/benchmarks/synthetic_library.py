"""A library of any size in seconds: made-up vectors instead of pictures, written straight into its tables.

The encoder's vectors are two numbers an image, to keep the disk small; the joint vectors, which a search
reads, are of the usual length.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from imgsearch_gui.core.matching.config import config_for
from imgsearch_gui.core.matching.matcher import Matcher
from imgsearch_gui.core.storage.library import Library
from tests.fakes import SOME_BANDS, some_score, some_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray, TextEncoder

PER_FOLDER = 1000


class PointEncoder:
    """An image encoder of two numbers and a few classes, which is never asked for a picture."""

    version, dim, input_size = "points-1", 2 + 16, 32
    classes = tuple(f"class {i}" for i in range(16))

    def encode(self, images: npt.NDArray[np.uint8]) -> FloatArray:
        raise NotImplementedError


def make_matcher(text_encoders: Sequence[TextEncoder]) -> Matcher:
    """A matcher with random weights, of the bundled one's sizes."""
    config = replace(
        config_for(PointEncoder(), text_encoders),
        image_hidden=64,
    )
    return Matcher(some_space(config, known=6000), some_score(config), SOME_BANDS)


def make_library(file: Path, folder: Path, count: int) -> None:
    """Writes a library of a folder whose files need not exist.

    Args:
        file: the library, which is made anew.
        folder: the folder; its images lie in folders of a thousand.
        count: of images.
    """
    file.unlink(missing_ok=True)
    Library(file).close()
    db = sqlite3.connect(file, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    db.execute("INSERT INTO folders (id, root, revision) VALUES (1, ?, 1)", (str(folder.resolve()).encode(),))
    db.execute(
        "INSERT INTO encoders (id, version, dim) VALUES (1, ?, ?)", (PointEncoder.version, PointEncoder.dim)
    )
    db.executemany(
        "INSERT INTO contents (id, hash, width, height) VALUES (?, ?, 640, 480)",
        ((i, hashlib.sha256(b"%d" % i).digest()) for i in range(1, count + 1)),
    )
    vectors = np.random.default_rng(0).normal(size=(count, PointEncoder.dim)).astype("<f2")
    db.executemany(
        "INSERT INTO vectors (content_id, encoder_id, vector) VALUES (?, 1, ?)",
        ((i, vectors[i - 1].tobytes()) for i in range(1, count + 1)),
    )
    db.executemany(
        "INSERT INTO files (id, folder_id, path, size, mtime_ns, content_id) VALUES (?, 1, ?, 1000, 1, ?)",
        ((i, name.encode(), i) for i, name in enumerate(names(count), 1)),
    )
    db.execute("COMMIT")
    db.close()


def names(count: int) -> Iterator[str]:
    """The images' paths inside the folder."""
    return (f"{i // PER_FOLDER:04}/IMG_{i:07}.jpg" for i in range(count))


def write_files(folder: Path, count: int) -> None:
    """Makes an empty file for every image, so that what looks at the disk has something to look at."""
    for start in range(0, count, PER_FOLDER):
        (folder / f"{start // PER_FOLDER:04}").mkdir(parents=True, exist_ok=True)
    for name in names(count):
        (folder / name).touch()


def thumbnails(count: int) -> Iterator[bytes]:
    """Some thumbnails, all different, as large as the program makes them."""
    rng = np.random.default_rng(0)
    for _ in range(count):
        picture = Image.fromarray(rng.integers(0, 256, (12, 18, 3), np.uint8)).resize((256, 171))
        buffer = BytesIO()
        picture.save(buffer, "JPEG", quality=80)
        yield buffer.getvalue()
