"""The best photos for one query by the old matcher and by the new one, beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.search.query_bar import QueryBar
from imgsearch_gui.ui.training import training_messages as training
from imgsearch_gui.ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imgsearch_gui.core.types.photos import SearchHit
    from imgsearch_gui.core.types.training import SideBySide
    from imgsearch_gui.services.thumbnail_service import ThumbnailService

_ICON = QSize(84, 63)
_ID = Qt.ItemDataRole.UserRole


class HitList(QListWidget):
    """Hits, best first: a thumbnail, the name, band and score."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hits")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIconSize(_ICON)
        self.setSpacing(2)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_hits(self, hits: Sequence[SearchHit], notes: Sequence[str]) -> None:
        """Shows hits, each with a few words below it."""
        self.clear()
        for place, (hit, note) in enumerate(zip(hits, notes, strict=True), 1):
            item = QListWidgetItem(training.hit(place, hit, note))
            item.setData(_ID, hit.image_id)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{place}, {messages.spoken(hit)}, {note}".rstrip(", ")
            )
            item.setToolTip(messages.hint(messages.tooltip(hit)))
            item.setIcon(QIcon(self._framed(None)))
            self.addItem(item)

    def show_thumbnail(self, image_id: int, image: QImage) -> None:
        """Shows the thumbnail of an image wherever it stands."""
        for row in range(self.count()):
            if self.item(row).data(_ID) == image_id:
                self.item(row).setIcon(QIcon(self._framed(image)))

    def _framed(self, image: QImage | None) -> QPixmap:
        """Returns a thumbnail in the middle of a field that is as large for every one."""
        ratio = self.devicePixelRatioF()
        field = QPixmap(_ICON * ratio)
        field.setDevicePixelRatio(ratio)
        field.fill(Qt.GlobalColor.transparent)
        painter = QPainter(field)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if image is None or image.isNull():
            painter.fillRect(0, 0, _ICON.width(), _ICON.height(), self.palette().alternateBase())
        else:
            scaled = image.scaled(
                _ICON * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            scaled.setDevicePixelRatio(ratio)
            size = scaled.deviceIndependentSize()
            painter.drawImage(
                int((_ICON.width() - size.width()) / 2), int((_ICON.height() - size.height()) / 2), scaled
            )
        painter.end()
        return field


class SideBySidePanel(QWidget):
    """A query, and the best photos for it by both matchers.

    Args:
        thumbnails: decodes thumbnails; nobody else may use it, for the latest wish wins.
        parent: the Qt parent, if any.

    Signals:
        asked(str): a query to try.
    """

    asked = Signal(str)

    def __init__(self, thumbnails: ThumbnailService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._waits = ""
        self.query = QueryBar()
        self.query.searched.connect(self._ask)
        self.note = label("", "quiet")
        self.old = HitList(tr("Best photos by the old matcher"))
        self.new = HitList(tr("Best photos by the new matcher"))
        self.query.left_down.connect(self.new.setFocus)
        thumbnails.loaded.connect(self._loaded)
        lists = QHBoxLayout()
        lists.setSpacing(16)
        for title, hits in ((tr("Matcher in use"), self.old), (tr("New matcher"), self.new)):
            half = QVBoxLayout()
            half.setSpacing(6)
            half.addWidget(label(title, "section", wrap=False))
            half.addWidget(hits, 1)
            lists.addLayout(half, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.query)
        column.addWidget(self.note)
        column.addLayout(lists, 1)

    def begin(self, query: str, *, folder_open: bool) -> None:
        """Starts anew with a query, and tries it."""
        self.query.blockSignals(True)
        self.query.setText(query)
        self.query.blockSignals(False)
        self.set_folder_open(folder_open=folder_open)

    def set_folder_open(self, *, folder_open: bool) -> None:
        """Tries the query on the folder that is open now, or says that there is none."""
        self.query.setEnabled(folder_open)
        no_folder = tr("Open a folder in the main window to try queries on its photos.")
        self._clear(_hint() if folder_open else no_folder)
        if folder_open:
            self._ask(self.query.text())

    def show_hits(self, found: SideBySide) -> None:
        """Shows what was found, unless something else was asked by now."""
        if found.query.strip() != self._waits or not self._waits:
            return
        before = {hit.image_id: place for place, hit in enumerate(found.old, 1)}
        note = messages.of_core(found.note)
        self._clear(note or ("" if found.old or found.new else tr("No photo")))
        self.old.show_hits(found.old, [""] * len(found.old))
        moved = [training.moved(place, before.get(hit.image_id)) for place, hit in enumerate(found.new, 1)]
        self.new.show_hits(found.new, moved)
        ids = list(dict.fromkeys(hit.image_id for hit in (*found.old, *found.new)))
        for image_id in ids:
            self._loaded(image_id)
        self._thumbnails.want(ids)

    def show_failure(self, sentence: str) -> None:
        """Says why the query could not be tried."""
        self._clear(sentence)

    @Slot(str)
    def _ask(self, text: str) -> None:
        self._waits = text.strip()
        if self._waits:
            self._clear(tr("Searching with both matchers…"))
            self.asked.emit(self._waits)
        else:
            self._clear(_hint())

    def _clear(self, note: str) -> None:
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.old.clear()
        self.new.clear()

    @Slot(int)
    def _loaded(self, image_id: int) -> None:
        image = self._thumbnails.image(image_id)
        if image is not None:
            self.old.show_thumbnail(image_id, image)
            self.new.show_thumbnail(image_id, image)


def _hint() -> str:
    return tr("Type a query to see the best photos by both matchers.")
