"""What the rating mode works on in tests: made-up items, a store that one can hold up, a decoder."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.pictures.decoding import OpenedFile
from imgsearch_gui.core.pictures.images import DecodedImage
from imgsearch_gui.core.types.facts import PhotoFacts
from imgsearch_gui.core.types.judging import JudgingItem, JudgingList
from imgsearch_gui.core.types.photos import Band
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.errors import ImageError, LibraryError
from tests.window_fakes import SIZES, painted

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from imgsearch_gui.core.types.judging import JudgingWish
    from imgsearch_gui.core.types.ratings import Rating


def digest(number: int) -> bytes:
    return number.to_bytes(32, "big")


def items(count: int, query: str = "a dog on the beach") -> list[JudgingItem]:
    """Hits with pictures 1 and on, the best first."""
    return [
        JudgingItem(
            query=query,
            path=Path(f"photos/{number}.jpg"),
            content_hash=digest(number),
            image_id=number,
            score=round(0.97 * 0.9 ** (number - 1), 2),
            band=Band.STRONG,
            rank=number,
        )
        for number in range(1, count + 1)
    ]


def gathering(
    found: Sequence[JudgingItem], **more: object
) -> Callable[[object, JudgingWish], Generator[TrainProgress, None, JudgingList]]:
    """Gathers some items, whatever is wished."""

    def gather(engine: object, wish: JudgingWish) -> Generator[TrainProgress, None, JudgingList]:
        yield TrainProgress("Matches", 0, len(found))
        return JudgingList(wish, tuple(found), **({"found": len(found)} | more))

    return gather


class SlowRatings:
    """Keeps ratings in memory.

    A test that wants writing to last clears ``gate`` and sets it again. ``fail_on`` are the numbers, from 0,
    of the ratings that cannot be saved.
    """

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.saved: dict[int, Rating] = {}
        self.calls: list[tuple[str, object]] = []
        self.fail_on: set[int] = set()
        self.fail_removal = False
        self._added = 0

    def ratings(self) -> list[Rating]:
        return [self.saved[rating_id] for rating_id in sorted(self.saved)]

    def add_rating(self, rating: Rating) -> int:
        assert self.gate.wait(20)
        self._added += 1
        try:
            if self._added - 1 in self.fail_on:
                raise LibraryError("The rating cannot be saved: the disk is full.")
            self.saved[self._added] = rating
        finally:
            self.calls.append(("add", rating))
        return self._added

    def remove_rating(self, rating_id: int) -> None:
        assert self.gate.wait(20)
        if self.fail_removal:
            raise LibraryError("The rating cannot be taken back: the disk is full.")
        del self.saved[rating_id]
        self.calls.append(("remove", rating_id))


class PaintedPictures:
    """Decodes files that are not there: ``7.jpg`` is picture 7, painted, said to be twelve times as large.

    Attributes:
        gate: holds decoding up while it is cleared.
        changed: numbers of files whose bytes are others now.
        broken: numbers of files that cannot be read.
    """

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.changed: set[int] = set()
        self.broken: set[int] = set()
        self.decoded: list[tuple[int, int]] = []
        self.closed = False
        self._open = 0

    def open(self, path: Path) -> OpenedFile:
        assert self.gate.wait(20)
        self._open = int(path.stem)
        if self._open in self.broken:
            raise ImageError("The file makes the decoder crash.")
        return OpenedFile(b"?" * 32 if self._open in self.changed else digest(self._open), False)

    def decode(self, opened: OpenedFile, size: int) -> DecodedImage:
        self.decoded.append((self._open, size))
        width, height = SIZES[(self._open - 1) % 8]
        pixels, data = np.empty((0, 0, 3), np.uint8), painted(self._open)
        return DecodedImage(pixels, data, 12 * width, 12 * height, opened.content_hash)

    def facts(self, path: Path) -> PhotoFacts:
        return PhotoFacts(
            "JPEG", 1_234_567, 3072, 2052, camera=f"Camera {path.stem}", exposure=1 / 250, iso=200
        )

    def close(self) -> None:
        self.closed = True
        self.gate.set()
