"""Decodes thumbnails off the GUI thread: what is visible first, the rest never."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from imgsearch_gui.services.engine_service import PhotoStore
    from imgsearch_gui.services.jobs import Job, Worker

# 256 × 171 pixels of four bytes: about 90 MB when full, ten screens of a large window.
_CAPACITY = 512


class ThumbnailService(QObject):
    """A bounded cache of decoded thumbnails, keyed by image id.

    Signals:
        loaded(int): the id of an image that `image` now answers for.
        idle(): everything that was wanted last is there.
    """

    loaded = Signal(int)
    idle = Signal()

    def __init__(
        self, store: PhotoStore, worker: Worker, parent: QObject | None = None, *, capacity: int = _CAPACITY
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._worker = worker
        self._capacity = capacity
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._wanted: tuple[int, ...] = ()
        self._running: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether wanted thumbnails are still being decoded."""
        return self._running is not None

    def image(self, image_id: int) -> QImage | None:
        """Returns a thumbnail, null if there is none or it is broken; ``None`` if it is not decoded yet."""
        image = self._images.get(image_id)
        if image is not None:
            self._images.move_to_end(image_id)
        return image

    def want(self, image_ids: Sequence[int]) -> None:
        """Says what is visible now, most wanted first; what was wanted before is dropped."""
        self._wanted = tuple(image_ids[: self._capacity])
        if self._running is not None:
            self._running.cancel()
        else:
            self._next()

    def forget(self) -> None:
        """Empties the cache: the stored thumbnails have changed. The visible ones are decoded again."""
        self._images.clear()
        self.want(self._wanted)

    def _next(self) -> None:
        missing = tuple(i for i in self._wanted if i not in self._images)
        if not missing:
            self.idle.emit()
            return
        self._running = self._worker.submit(partial(_decode, self._store, missing))
        self._running.progressed.connect(self._decoded)
        self._running.failed.connect(self._failed)
        self._running.finished.connect(self._finished)

    @Slot(object)
    def _decoded(self, thumbnail: tuple[int, QImage]) -> None:
        image_id, image = thumbnail
        self._images[image_id] = image
        while len(self._images) > self._capacity:
            self._images.popitem(last=False)
        self.loaded.emit(image_id)

    @Slot()
    def _failed(self) -> None:
        # A store that cannot be read says so where it matters, when it is searched; here the
        # placeholders stay, and the next scroll asks again.
        self._wanted = ()

    @Slot()
    def _finished(self) -> None:
        self._running = None
        self._next()


def _decode(store: PhotoStore, image_ids: tuple[int, ...]) -> Generator[tuple[int, QImage], None, None]:
    for image_id in image_ids:
        data = store.thumbnail(image_id)
        image = QImage() if data is None else QImage.fromData(data)
        yield image_id, image
