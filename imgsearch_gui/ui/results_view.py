"""The grid of photos."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QStyle, QWidget

from imgsearch_gui.ui.results_model import ResultsModel
from imgsearch_gui.ui.thumbnail_delegate import ThumbnailDelegate, cell_height

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CELL = 196  # narrowest cell in pixels: four columns in a window of 800
_SLACK = 4  # a column must not fall into the next line for a pixel


class ResultsView(QListView):
    """Shows a `ResultsModel` as a grid whose columns fill the width.

    Signals:
        open_requested(object): the path of a photo to open.
        reveal_requested(object): the path of a photo whose folder to show.
        copy_requested(object): a path to copy.
    """

    open_requested = Signal(object)
    reveal_requested = Signal(object)
    copy_requested = Signal(object)

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos = model
        self.setObjectName("results")
        self.setAccessibleName("Photos")
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Wrapped list mode, not icon mode: the same look, and 100,000 rows are laid out twice as fast.
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self._delegate = ThumbnailDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._wanted = range(0)
        model.modelReset.connect(self._forget_wanted)
        self.doubleClicked.connect(self._open)
        self._menu = self._build_menu()

    def columns(self) -> int:
        """Returns the number of columns."""
        return max(1, self._width() // _CELL)

    def visible_rows(self) -> range:
        """Returns the rows on screen and the screen below, which comes next when one scrolls."""
        height = max(1, self.gridSize().height())
        top, page = self.verticalScrollBar().value(), self.viewport().height()
        first = top // height * self.columns()
        return range(first, ((top + 2 * page) // height + 1) * self.columns())

    @contextmanager
    def place_kept(self) -> Iterator[None]:
        """Keeps the current photo and the scroll position while the model changes."""
        index = self.currentIndex()
        current = index.data(ResultsModel.PHOTO) if index.isValid() else None
        top = self.verticalScrollBar().value()
        yield
        if current is not None:
            self.setCurrentIndex(self._photos.index_of(current))
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the columns the width."""
        width = self._width() // self.columns()
        self._delegate.cell = QSize(width, cell_height(width, self.fontMetrics()))
        self.setGridSize(self._delegate.cell)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints, and asks for the thumbnails of what became visible."""
        super().paintEvent(event)
        rows = self.visible_rows()
        if rows != self._wanted:
            self._wanted = rows
            self._photos.want(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Opens the current photo at Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Does nothing: it would ask every row for its name."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Shows the menu of the photo under the mouse, or of the current one."""
        index = self.currentIndex()
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            self._menu.popup(event.globalPos())

    def _build_menu(self) -> QMenu:
        menu = QMenu(self)
        for text, keys, signal in (
            ("Open", None, self.open_requested),
            ("Show in folder", None, self.reveal_requested),
            ("Copy path", QKeySequence.StandardKey.Copy, self.copy_requested),
        ):
            action = QAction(text, self)
            if keys is not None:
                action.setShortcut(keys)
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, signal=signal: self._for_current(signal))
            self.addAction(action)
            menu.addAction(action)
        return menu

    def _for_current(self, signal: SignalInstance) -> None:
        if self.currentIndex().isValid():
            signal.emit(_path(self.currentIndex()))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.open_requested.emit(_path(index))

    @Slot()
    def _forget_wanted(self) -> None:
        self._wanted = range(0)

    def _width(self) -> int:
        # Without the scroll bar, whether it is there or not, as Qt counts when it breaks lines: else
        # the bar's coming would change the columns, and with them its reason to come.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return max(_CELL, self.width() - bar - _SLACK)


def _path(index: QModelIndex) -> Path:
    path: Path = index.data(ResultsModel.PHOTO).path
    return path
