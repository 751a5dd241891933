"""The list of photos that the grid shows."""

from __future__ import annotations

import logging
from operator import attrgetter, indexOf
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot

from imgsearch_gui.core.types.photos import Hits, LazyPhotos, SearchHit
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.services.search_service import image_id
from imgsearch_gui.ui import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imgsearch_gui.services.search_service import Photo
    from imgsearch_gui.services.thumbnail_service import ThumbnailService

_log = logging.getLogger(__name__)

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ResultsModel(QAbstractListModel):
    """One row a photo, in the order given; thumbnails come from the service when they are decoded.

    Nothing is done for each row, for there may be 300,000.

    Roles beside Qt's own: `PHOTO` (`SearchHit` or `ImageRecord`), `SCORE` (0..1, or ``None`` without a
    query) and `THUMBNAIL` (`QImage`, null if there is none to show; ``None`` while it is decoded).
    """

    PHOTO = Qt.ItemDataRole.UserRole + 1
    SCORE = Qt.ItemDataRole.UserRole + 2
    THUMBNAIL = Qt.ItemDataRole.UserRole + 3

    def __init__(self, thumbnails: ThumbnailService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._photos: Sequence[Photo] = ()
        self._wanted: dict[int, int] = {}  # rows by image id
        thumbnails.loaded.connect(self._thumbnail_loaded)

    @property
    def scored(self) -> bool:
        """Whether the photos are hits, with scores and bands."""
        return isinstance(self._photos, Hits) or (
            bool(self._photos) and isinstance(self._photos[0], SearchHit)
        )

    @property
    def photos(self) -> Sequence[Photo]:
        """The photos, in their order."""
        return self._photos

    def show(self, photos: Sequence[Photo]) -> None:
        """Replaces every row."""
        self.beginResetModel()
        self._photos, self._wanted = photos, {}
        self.endResetModel()

    def want(self, rows: range, *, small: bool = False) -> None:
        """Asks for the thumbnails of the rows that are visible, small ones if that is enough.

        Rows beyond the end are ignored.
        """
        end = min(rows.stop, len(self._photos))
        photos = ((row, self._photo(row)) for row in range(rows.start, end))
        self._wanted = {image_id(photo): row for row, photo in photos if photo is not None}
        self._thumbnails.want(list(self._wanted), small=small)

    def index_of(self, photo: Photo) -> QModelIndex:
        """Returns where a photo stands now, whatever its score; invalid if it is not there."""
        wanted, photos = image_id(photo), self._photos
        try:
            if isinstance(photos, LazyPhotos):
                return self.index(photos.place_of(wanted))
            ids = map(attrgetter("image_id" if self.scored else "id"), photos)
            return self.index(indexOf(ids, wanted))
        except ValueError:
            return QModelIndex()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Returns the number of photos; a photo itself has no rows."""
        return 0 if parent.isValid() else len(self._photos)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Photos can be selected, and dragged to other programs."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Answers a role of a photo."""
        if not index.isValid() or not 0 <= index.row() < len(self._photos):
            return None
        photo = self._photo(index.row())
        if photo is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return messages.printable(photo.path.name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return messages.hint(messages.tooltip(photo))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return messages.spoken(photo)
        if role == self.PHOTO:
            return photo
        if role == self.SCORE:
            return photo.score if isinstance(photo, SearchHit) else None
        if role == self.THUMBNAIL:
            return self._thumbnails.image(image_id(photo))
        return None

    def _photo(self, row: int) -> Photo | None:
        """Returns a photo, or nothing while the library cannot be read: Qt's painting must not fail."""
        try:
            return self._photos[row]
        except LibraryError:
            _log.exception("a photo cannot be shown")
            return None

    @Slot(int)
    def _thumbnail_loaded(self, loaded: int) -> None:
        row = self._wanted.get(loaded)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index, [self.THUMBNAIL])
