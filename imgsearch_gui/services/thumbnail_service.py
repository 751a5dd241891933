"""Decodes thumbnails off the GUI thread: what is visible first, the rest never."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from imgsearch_gui.services.engine_service import PhotoStore
    from imgsearch_gui.services.jobs import Job, Worker

# 256 × 171 pixels of four bytes: about 90 MB when full, ten screens of a large window.
_CAPACITY = 512
SMALL_SIDE = 128  # of thumbnails that are wanted small: so many more are on one screen then
_SMALL_ONES = 4  # take the place of one whole


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
        self._reduced: set[int] = set()  # those that are there at a quarter of their pixels
        self._wanted: tuple[int, ...] = ()
        self._small = False
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

    def want(self, image_ids: Sequence[int], *, small: bool = False) -> None:
        """Says what is visible now, most wanted first; what was wanted before is dropped.

        Args:
            image_ids: the images.
            small: whether `SMALL_SIDE` pixels are enough; four times as many are kept then.
        """
        self._wanted = tuple(image_ids[: self._capacity * (_SMALL_ONES if small else 1)])
        self._small = small
        if self._running is not None:
            self._running.cancel()
        else:
            self._next()

    def forget(self) -> None:
        """Empties the cache: the stored thumbnails have changed. The visible ones are decoded again."""
        self._images.clear()
        self._reduced.clear()
        self.want(self._wanted, small=self._small)

    def _next(self) -> None:
        missing = tuple(i for i in self._wanted if not self._has(i))
        if not missing:
            self.idle.emit()
            return
        self._running = self._worker.submit(partial(_decode, self._store, missing, small=self._small))
        self._running.progressed.connect(self._decoded)
        self._running.failed.connect(self._failed)
        self._running.finished.connect(self._finished)

    def _has(self, image_id: int) -> bool:
        return image_id in self._images and (self._small or image_id not in self._reduced)

    @Slot(object)
    def _decoded(self, thumbnail: tuple[int, QImage, bool]) -> None:
        image_id, image, reduced = thumbnail
        self._images[image_id] = image
        self._images.move_to_end(image_id)
        (self._reduced.add if reduced else self._reduced.discard)(image_id)
        while self._taken() > self._capacity * _SMALL_ONES:
            self._reduced.discard(self._images.popitem(last=False)[0])
        self.loaded.emit(image_id)

    def _taken(self) -> int:
        return _SMALL_ONES * len(self._images) - (_SMALL_ONES - 1) * len(self._reduced)

    @Slot()
    def _failed(self) -> None:
        # A store that cannot be read says so where it matters, when it is searched; here the
        # placeholders stay, and the next scroll asks again.
        self._wanted = ()

    @Slot()
    def _finished(self) -> None:
        self._running = None
        self._next()


def _decode(
    store: PhotoStore, image_ids: tuple[int, ...], *, small: bool
) -> Generator[tuple[int, QImage, bool], None, None]:
    """Yields thumbnails, and of each whether it has fewer pixels than the stored one."""
    for image_id in image_ids:
        data = store.thumbnail(image_id)
        image = QImage() if data is None else QImage.fromData(data)
        reduced = small and max(image.width(), image.height()) > SMALL_SIDE
        if reduced:
            image = image.scaled(
                QSize(SMALL_SIDE, SMALL_SIDE),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        yield image_id, image, reduced
