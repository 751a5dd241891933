"""Decodes large pictures off the GUI thread: the one on screen first, then those that come next."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QBuffer, QObject, QSize, Signal, Slot
from PySide6.QtGui import QImage

from imgsearch_gui.errors import ImageError
from imgsearch_gui.sentences import sentence
from imgsearch_gui.services.language import told

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from imgsearch_gui.core.pictures.decoding import OpenedFile
    from imgsearch_gui.core.pictures.images import DecodedImage
    from imgsearch_gui.core.types.facts import PhotoFacts
    from imgsearch_gui.services.engine_service import PhotoStore
    from imgsearch_gui.services.jobs import Job, Worker

_CAPACITY = 8  # 1,600 × 1,200 pixels of four bytes: 60 MB when full
_CLOSE_PIXELS = 64_000_000  # of four bytes: 256 MB, which is the most that Qt's readers make of one file
_CLOSE_SIDE = 32_000  # what Qt can draw
_PNG_QUALITY = 80  # packed less, which is lossless all the same and several times as fast

_Key = tuple[Path, bytes | None]


class PictureDecoder(Protocol):
    """Decodes files where they can do no harm: `core.pictures.decoding.Decoder`, or a stand-in."""

    def open(self, path: Path) -> OpenedFile:
        """Reads a file; raises ImageError."""
        ...

    def decode(self, opened: OpenedFile, size: int) -> DecodedImage:
        """Decodes the file opened last; raises ImageError."""
        ...

    def facts(self, path: Path) -> PhotoFacts:
        """Reads a file's header; raises ImageError."""
        ...

    def close(self) -> None:
        """Ends whatever it is at."""
        ...


class Pictured(Protocol):
    """What has a picture: an item that is rated, a photo that is looked at; equal ones have the same."""

    @property
    def path(self) -> Path:
        """Its file."""
        ...

    @property
    def content_hash(self) -> bytes | None:
        """SHA-256 of the only bytes that are meant; nothing where it is whatever the file holds."""
        ...

    @property
    def image_id(self) -> int | None:
        """The library's id, where it has one."""
        ...


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A file as it is asked for by who looks at it, whatever it holds now; see `Pictured`."""

    path: Path
    image_id: int | None = None
    content_hash: None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What there is to see of an item.

    Attributes:
        image: the picture, or its stored thumbnail, or null.
        side: the longest side in pixels that was asked for; 0 for a thumbnail.
        fault: one sentence when the file itself cannot be shown, else empty.
        size: of the whole picture in the file, in pixels; empty while it is not known.
        facts: what the file says of itself, once it is read.
    """

    image: QImage
    side: int = 0
    fault: str = ""
    size: QSize = field(default_factory=QSize)
    facts: PhotoFacts | None = None

    @property
    def final(self) -> bool:
        """Whether nothing better will come."""
        return self.side > 0 or bool(self.fault)


@dataclass(frozen=True, slots=True)
class PictureCopy:
    """A picture to be given away.

    Attributes:
        image: its pixels.
        png: the same as a PNG file.
    """

    image: QImage
    png: bytes


@dataclass(frozen=True, slots=True)
class _Task:
    """An item that is to be decoded, at its longest side; for a closer look or not."""

    item: Pictured
    side: int
    close: bool = False


def as_png(image: QImage, quality: int = -1) -> bytes:
    """Returns a picture as a PNG file.

    Args:
        image: not null.
        quality: from 0, packed as small as can be, to 100, not packed at all; -1 for what is usual.
    """
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", quality)  # type: ignore[call-overload]  # Qt takes the name as it is
    return bytes(buffer.data().data())


def close_side(size: QSize) -> int:
    """Returns the longest side for a closer look at a picture: all of it, within what memory allows.

    Args:
        size: of the whole picture, in pixels; not empty.
    """
    longest, area = max(size.width(), size.height()), size.width() * size.height()
    return min(longest, _CLOSE_SIDE, int(longest * math.sqrt(_CLOSE_PIXELS / area)))


class PreviewService(QObject):
    """A small cache of large pictures, by file and content.

    Args:
        store: knows the stored thumbnails, which stand in until the file is decoded.
        make_decoder: makes what decodes files; called on the worker's thread when it is first needed.
        worker: the thread that waits for the decoder.
        parent: the Qt parent, if any.

    Signals:
        loaded(object): an item that `preview`, or `close_up`, now has something new for.
        idle(): everything that was wanted last is there.
    """

    loaded = Signal(object)
    idle = Signal()

    def __init__(
        self,
        store: PhotoStore,
        make_decoder: Callable[[], PictureDecoder],
        worker: Worker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._make_decoder, self._worker = store, make_decoder, worker
        self._decoder: PictureDecoder | None = None
        self._closed = False
        self._lock = threading.Lock()  # of the two above
        self._previews: OrderedDict[_Key, Preview] = OrderedDict()
        self._close_up: tuple[_Key, Preview] | None = None  # one alone, for it is large
        self._wanted: tuple[Pictured, ...] = ()
        self._side = self._close_side = 0
        self._running: Job | None = None

    def preview(self, item: Pictured) -> Preview | None:
        """Returns what there is to see of an item; ``None`` while there is nothing."""
        return self._previews.get(_key(item))

    def close_up(self, item: Pictured) -> Preview | None:
        """Returns an item's picture for a closer look; ``None`` while there is none."""
        return self._close_up[1] if self._close_up and self._close_up[0] == _key(item) else None

    def want(self, items: Sequence[Pictured], side: int, close: int = 0) -> None:
        """Says what is on screen and what comes next, and how large it is to be at its longest side.

        What was wanted before is dropped.

        Args:
            items: the one on screen first.
            side: in pixels.
            close: the longest side of the first one for a closer look at it, which it is then to be had
                with beside; 0 for none.
        """
        self._wanted, self._side, self._close_side = tuple(items[:_CAPACITY]), side, close
        for item in reversed(self._wanted):
            if _key(item) in self._previews:
                self._previews.move_to_end(_key(item))
        if self._close_up and not (items and close and self._close_up[0] == _key(items[0])):
            self._close_up = None
        if self._running is not None:
            self._running.cancel()
        else:
            self._next()

    def forget(self) -> None:
        """Drops everything: files may be others when they are looked at again."""
        if self._running is not None:
            self._running.progressed.disconnect(self._decoded)  # what is on its way is of before
        self._previews.clear()
        self.want((), 0)

    def copy(self, item: Pictured, side: int) -> Job:
        """Decodes a picture to be given away; the job succeeds with a `PictureCopy`.

        It fails with an ImageError where the file cannot be shown.
        """
        return self._worker.submit(partial(self._copy, item, side))

    def close(self) -> None:
        """Ends the decoder, so that the worker's thread can end."""
        self._wanted = ()
        with self._lock:
            self._closed = True
            if self._decoder is not None:
                self._decoder.close()

    def _next(self) -> None:
        missing = [_Task(item, self._side) for item in self._wanted if not self._has(item)]
        bare = tuple(task.item for task in missing if _key(task.item) not in self._previews)
        if self._wanted and self._close_side and not self._has_close_up(self._wanted[0]):
            first = bool(missing) and missing[0].item is self._wanted[0]
            missing.insert(int(first), _Task(self._wanted[0], self._close_side, close=True))
        if not missing:
            self.idle.emit()
            return
        self._running = self._worker.submit(partial(self._decode, bare, missing))
        self._running.progressed.connect(self._decoded)
        self._running.failed.connect(self._failed)
        self._running.finished.connect(self._finished)

    def _has(self, item: Pictured) -> bool:
        preview = self._previews.get(_key(item))
        return preview is not None and preview.final and (bool(preview.fault) or preview.side >= self._side)

    def _has_close_up(self, item: Pictured) -> bool:
        preview = self.close_up(item)
        return preview is not None and (bool(preview.fault) or preview.side >= self._close_side)

    def _decode(
        self, bare: Sequence[Pictured], tasks: Sequence[_Task]
    ) -> Generator[tuple[_Task, Preview], None, None]:
        """Yields the thumbnails of some items, for there is one at once, and then the pictures of all."""
        for item in bare:
            data = None if item.image_id is None else self._store.thumbnail(item.image_id)
            if data is not None:
                yield _Task(item, 0), Preview(QImage.fromData(data))
        decoder = self._open_decoder()
        if decoder is None:
            return
        for task in tasks:
            try:
                yield task, _read(decoder, task.item, task.side)
            except ImageError as error:
                yield task, Preview(QImage(), 0, told(error.args[0]))

    def _copy(self, item: Pictured, side: int) -> PictureCopy | None:
        decoder = self._open_decoder()
        if decoder is None:
            return None
        image = _read(decoder, item, side).image
        return PictureCopy(image, as_png(image, _PNG_QUALITY))

    def _open_decoder(self) -> PictureDecoder | None:
        """Returns what decodes, or nothing when the program ends."""
        with self._lock:
            if self._decoder is None and not self._closed:
                self._decoder = self._make_decoder()
            return None if self._closed else self._decoder

    @Slot(object)
    def _decoded(self, step: tuple[_Task, Preview]) -> None:
        task, preview = step
        key = _key(task.item)
        if task.close:
            if self._wanted and self._close_side and _key(self._wanted[0]) == key:
                self._close_up = key, preview
        else:
            before = self._previews.get(key)
            if preview.fault and before is not None:
                preview = Preview(before.image, 0, preview.fault)
            self._previews[key] = preview
            while len(self._previews) > _CAPACITY:
                self._previews.popitem(last=False)
        self.loaded.emit(task.item)

    @Slot()
    def _failed(self) -> None:
        self._wanted = ()  # the library cannot be read, or the program ends; placeholders stay

    @Slot()
    def _finished(self) -> None:
        self._running = None
        self._next()


def _key(item: Pictured) -> _Key:
    return item.path, item.content_hash


def _read(decoder: PictureDecoder, item: Pictured, side: int) -> Preview:
    """Decodes a file; raises ImageError."""
    opened = decoder.open(item.path)
    if item.content_hash is not None and opened.content_hash != item.content_hash:
        raise ImageError(sentence("The file has changed since it was listed; what you see is how it was."))
    decoded = decoder.decode(opened, side)
    image, size = QImage.fromData(decoded.thumbnail), QSize(decoded.width, decoded.height)
    return Preview(image, side, "", size, decoder.facts(item.path))
