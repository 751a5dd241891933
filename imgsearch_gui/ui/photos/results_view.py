"""The grid of photos."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.photos.thumbnail_delegate import ThumbnailDelegate, cell_height

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELL = 196  # narrowest cell in pixels: four columns in a window of 800
_SLACK = 4  # what is left free at the right

_Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
_State = QStyle.StateFlag


class ResultsView(QListView):
    """Shows a `ResultsModel` as a grid whose columns fill the width.

    All cells are alike, so a row's place is worked out when it is needed. QListView's own layout visits
    every row, which holds the window up for 0.2 s at 300,000; it is the base for what it tells screen
    readers, and for keys and mouse.
    The actions that it is given are the context menu of each photo.
    """

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos = model
        self._delegate = ThumbnailDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setObjectName("results")
        self.setAccessibleName(tr("Photos"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        # Filled by the view itself: only then does Qt move what is there, and has just the rest painted.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setModel(model)
        self._wanted = range(0)
        model.modelReset.connect(self._forget_wanted)
        self._menu = QMenu(self)

    def columns(self) -> int:
        """Returns the number of columns."""
        return max(1, self._width() // _CELL)

    def visible_rows(self) -> range:
        """Returns the rows on screen and the screen below, which comes next when one scrolls."""
        page = self.viewport().rect()
        return self._rows_in(page.adjusted(0, 0, 0, page.height()))

    @contextmanager
    def place_kept(self) -> Iterator[None]:
        """Keeps the current photo and the scroll position while the model changes."""
        index = self.currentIndex()
        current = index.data(ResultsModel.PHOTO) if index.isValid() else None
        top = self.verticalScrollBar().value()
        yield
        if current is not None:
            self.setCurrentIndex(self._photos.index_of(current))
        self.verticalScrollBar().setValue(top)

    # The grid: Qt asks these

    def reset(self) -> None:
        """Knows the new length at once, so that one can scroll before the next paint."""
        super().reset()
        self.updateGeometries()

    def updateGeometries(self) -> None:
        """Gives the columns the width, and the scroll bar its length."""
        width = self._width() // self.columns()
        height = cell_height(width, self.fontMetrics(), scored=self._photos.scored)
        self._delegate.cell = QSize(width, height)
        page, bar = self.viewport().height(), self.verticalScrollBar()
        lines = -(-self._photos.rowCount() // self.columns())
        bar.setSingleStep(height // 4)
        bar.setPageStep(page)
        bar.setRange(0, max(0, lines * height - page))

    def doItemsLayout(self) -> None:
        """Does not visit the rows, as QListView would."""
        QAbstractItemView.doItemsLayout(self)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Moves what is painted; QListView would not without a layout of its own."""
        self.scrollDirtyRegion(dx, dy)
        self.viewport().scroll(dx, dy)

    def horizontalOffset(self) -> int:
        """Returns 0: columns fill the width."""
        return 0

    def verticalOffset(self) -> int:
        """Returns how far it is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def visualRect(self, index: _Index) -> QRect:
        """Returns where a photo is in the viewport, seen or not."""
        if not index.isValid():
            return QRect()
        line, column = divmod(index.row(), self.columns())
        cell = self._delegate.cell
        return QRect(QPoint(column * cell.width(), line * cell.height() - self.verticalOffset()), cell)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Returns the photo at a point of the viewport."""
        cell = self._delegate.cell
        column, line = point.x() // cell.width(), (point.y() + self.verticalOffset()) // cell.height()
        if not (0 <= column < self.columns() and line >= 0):
            return QModelIndex()
        return self._photos.index(line * self.columns() + column)

    def scrollTo(self, index: _Index, _hint: _Hint = _Hint.EnsureVisible) -> None:
        """Scrolls as little as shows the whole photo."""
        rect, page, bar = self.visualRect(index), self.viewport().rect(), self.verticalScrollBar()
        if rect.isValid() and rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() > page.bottom():
            bar.setValue(bar.value() + rect.bottom() - page.bottom())

    def moveCursor(self, action: _Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Returns the photo that a key leads to."""
        row, last, columns = self.currentIndex().row(), self._photos.rowCount() - 1, self.columns()
        if row < 0:
            return self._photos.index(0)
        page = columns * max(1, self.viewport().height() // self._delegate.cell.height())
        step = {
            _Move.MoveLeft: -1,
            _Move.MovePrevious: -1,
            _Move.MoveRight: 1,
            _Move.MoveNext: 1,
            _Move.MoveUp: -columns,
            _Move.MoveDown: columns,
            _Move.MovePageUp: -page,
            _Move.MovePageDown: page,
            _Move.MoveHome: -row,
            _Move.MoveEnd: last - row,
        }[action]
        first_line, last_line = row < columns, row // columns == last // columns
        if (action is _Move.MoveUp and first_line) or (action is _Move.MoveDown and last_line):
            step = 0
        return self._photos.index(min(last, max(0, row + step)))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Selects the photo where the mouse is, which is the rectangle's end."""
        self.selectionModel().select(self.indexAt(rect.bottomRight()), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Returns where the selected photo is."""
        region = QRegion()
        for index in selection.indexes():
            region += QRegion(self.visualRect(index))
        return region

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints what is seen, and asks for the thumbnails of what became visible."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.state &= ~(_State.State_Selected | _State.State_HasFocus | _State.State_MouseOver)
        plain, current = option.state, self.currentIndex()
        mouse = self.viewport().mapFromGlobal(QCursor.pos())
        hovered = self.indexAt(mouse) if self.viewport().underMouse() else QModelIndex()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().window())
        for row in self._rows_in(event.rect()):
            index = self._photos.index(row)
            option.rect, option.state = self.visualRect(index), plain
            if not event.region().intersects(option.rect):
                continue
            if self.selectionModel().isSelected(index):
                option.state |= _State.State_Selected
            if index == current and self.hasFocus():
                option.state |= _State.State_HasFocus
            if index == hovered:
                option.state |= _State.State_MouseOver
            self._delegate.paint(painter, option, index)
        painter.end()
        rows = self.visible_rows()
        if rows != self._wanted:
            self._wanted = rows
            self._photos.want(rows)

    def keyboardSearch(self, search: str) -> None:
        """Does nothing: it would ask every row for its name."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Shows the menu of the photo under the mouse, or of the current one."""
        index = self.currentIndex()
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
        if index.isValid() and self.actions():
            self.setCurrentIndex(index)
            self._menu.addActions(self.actions())  # those that it has already stay as they are
            self._menu.popup(event.globalPos())

    @Slot()
    def _forget_wanted(self) -> None:
        self._wanted = range(0)

    def _rows_in(self, rect: QRect) -> range:
        """Returns the rows of the lines that a rectangle of the viewport touches."""
        height, top = self._delegate.cell.height(), self.verticalOffset()
        first, last = (top + rect.top()) // height, (top + rect.bottom()) // height
        end = min(self._photos.rowCount(), (last + 1) * self.columns())
        return range(min(end, first * self.columns()), end)

    def _width(self) -> int:
        # Without the scroll bar, whether it is there or not: else the bar's coming would change the
        # columns, and with them its reason to come.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return max(_CELL, self.width() - bar - _SLACK)
