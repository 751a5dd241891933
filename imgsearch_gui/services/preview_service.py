"""Decodes large pictures off the GUI thread: the one on screen first, then those that come next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from imgsearch_gui.errors import ImageError
from imgsearch_gui.services.language import told, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from imgsearch_gui.core.pictures.decoding import OpenedFile
    from imgsearch_gui.core.pictures.images import DecodedImage
    from imgsearch_gui.core.types.judging import JudgingItem
    from imgsearch_gui.services.engine_service import PhotoStore
    from imgsearch_gui.services.jobs import Job, Worker

_CAPACITY = 8  # 1,600 × 1,200 pixels of four bytes: 60 MB when full


class PictureDecoder(Protocol):
    """Decodes files where they can do no harm: `core.pictures.decoding.Decoder`, or a stand-in."""

    def open(self, path: Path) -> OpenedFile:
        """Reads a file; raises ImageError."""
        ...

    def decode(self, opened: OpenedFile, size: int) -> DecodedImage:
        """Decodes the file opened last; raises ImageError."""
        ...

    def close(self) -> None:
        """Ends whatever it is at."""
        ...


@dataclass(frozen=True, slots=True)
class Preview:
    """What there is to see of an item.

    Attributes:
        image: the picture, or its stored thumbnail, or null.
        side: the longest side in pixels that was asked for; 0 for a thumbnail.
        fault: one sentence when the file itself cannot be shown, else empty.
    """

    image: QImage
    side: int = 0
    fault: str = ""

    @property
    def final(self) -> bool:
        """Whether nothing better will come."""
        return self.side > 0 or bool(self.fault)


class PreviewService(QObject):
    """A small cache of large pictures, by file and content.

    Args:
        store: knows the stored thumbnails, which stand in until the file is decoded.
        make_decoder: makes what decodes files; called on the worker's thread when it is first needed.
        worker: the thread that waits for the decoder.
        parent: the Qt parent, if any.

    Signals:
        loaded(object): a `JudgingItem` that `preview` now has something new for.
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
        self._previews: OrderedDict[tuple[Path, bytes], Preview] = OrderedDict()
        self._wanted: tuple[JudgingItem, ...] = ()
        self._side = 0
        self._running: Job | None = None

    def preview(self, item: JudgingItem) -> Preview | None:
        """Returns what there is to see of an item; ``None`` while there is nothing."""
        return self._previews.get(_key(item))

    def want(self, items: Sequence[JudgingItem], side: int) -> None:
        """Says what is on screen and what comes next, and how large it is to be at its longest side.

        What was wanted before is dropped.
        """
        self._wanted, self._side = tuple(items[:_CAPACITY]), side
        for item in reversed(self._wanted):
            if _key(item) in self._previews:
                self._previews.move_to_end(_key(item))
        if self._running is not None:
            self._running.cancel()
        else:
            self._next()

    def close(self) -> None:
        """Ends the decoder, so that the worker's thread can end."""
        self._wanted = ()
        with self._lock:
            self._closed = True
            if self._decoder is not None:
                self._decoder.close()

    def _next(self) -> None:
        missing = tuple(item for item in self._wanted if not self._has(item))
        if not missing:
            self.idle.emit()
            return
        bare = tuple(item for item in missing if _key(item) not in self._previews)
        self._running = self._worker.submit(partial(self._decode, bare, missing, self._side))
        self._running.progressed.connect(self._decoded)
        self._running.failed.connect(self._failed)
        self._running.finished.connect(self._finished)

    def _has(self, item: JudgingItem) -> bool:
        preview = self._previews.get(_key(item))
        return preview is not None and preview.final and (bool(preview.fault) or preview.side >= self._side)

    def _decode(
        self, bare: Sequence[JudgingItem], items: Sequence[JudgingItem], side: int
    ) -> Generator[tuple[JudgingItem, Preview], None, None]:
        """Yields the thumbnails of some items, for there is one at once, and then the pictures of all."""
        for item in bare:
            data = None if item.image_id is None else self._store.thumbnail(item.image_id)
            if data is not None:
                yield item, Preview(QImage.fromData(data))
        with self._lock:
            if self._closed:
                return
            if self._decoder is None:
                self._decoder = self._make_decoder()
            decoder = self._decoder
        for item in items:
            yield item, _preview(decoder, item, side)

    @Slot(object)
    def _decoded(self, step: tuple[JudgingItem, Preview]) -> None:
        item, preview = step
        before = self._previews.get(_key(item))
        if preview.fault and before is not None:
            preview = Preview(before.image, 0, preview.fault)
        self._previews[_key(item)] = preview
        while len(self._previews) > _CAPACITY:
            self._previews.popitem(last=False)
        self.loaded.emit(item)

    @Slot()
    def _failed(self) -> None:
        self._wanted = ()  # the library cannot be read, or the program ends; placeholders stay

    @Slot()
    def _finished(self) -> None:
        self._running = None
        self._next()


def _key(item: JudgingItem) -> tuple[Path, bytes]:
    return item.path, item.content_hash


def _preview(decoder: PictureDecoder, item: JudgingItem, side: int) -> Preview:
    try:
        opened = decoder.open(item.path)
        if opened.content_hash != item.content_hash:
            changed = tr("The file has changed since it was listed; what you see is how it was.")
            return Preview(QImage(), 0, changed)
        return Preview(QImage.fromData(decoder.decode(opened, side).thumbnail), side)
    except ImageError as error:
        return Preview(QImage(), 0, told(error.args[0]))
