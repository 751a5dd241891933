"""The grid of photos."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QPainter,
    QPaintEvent,
    QRegion,
    QWheelEvent,
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
from imgsearch_gui.services.settings_schema import THUMBNAIL_SIZE
from imgsearch_gui.services.thumbnail_service import SMALL_SIDE
from imgsearch_gui.ui.handing_out import drag, files_data
from imgsearch_gui.ui.photos.moves import Move, row_after
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.photos.selection import MOST_TAKEN, Chosen, rows_of
from imgsearch_gui.ui.photos.thumbnail_delegate import ThumbnailDelegate, cell_height

LEAST, USUAL, MOST = THUMBNAIL_SIZE.least, THUMBNAIL_SIZE.default, THUMBNAIL_SIZE.most
_STEP = 1.125  # of the size, at one step of the wheel; more where the columns would stay as many
_NOTCH = 120  # of a wheel, as Qt counts
_SPOKEN = 1_000  # selected photos, of which a screen reader is told one by one
_SLACK = 4  # what is left free at the right

_Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemView.ScrollHint
_State = QStyle.StateFlag
_Flag = QItemSelectionModel.SelectionFlag


class ResultsView(QListView):
    """Shows a `ResultsModel` as a grid whose columns fill the width.

    All cells are alike, so a row's place is worked out when it is needed. QListView's own layout visits
    every row, which holds the window up for 0.2 s at 300,000; it is the base for what it tells screen
    readers, and for keys and mouse. A selection is ranges of rows, whatever their number.
    The actions that it is given are the context menu of each photo.

    Attributes:
        photos: the model.

    Signals:
        chosen(): another photo is current, or others are selected.
        zoomed(int): the size of thumbnails has changed.
    """

    chosen = Signal()
    zoomed = Signal(int)

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos = model
        self._size = USUAL
        self._held = -1, -1  # the row that zooming has not moved, and where the scroll bar stood then
        self._turned = 0  # of the wheel, since the last step
        self._anchor = self._before = -1  # the rows where Shift begins, and that was current before this one
        self._delegate = ThumbnailDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setObjectName("results")
        self.setAccessibleName(tr("Photos"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        # Filled by the view itself: only then does Qt move what is there, and has just the rest painted.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setModel(model)
        self._wanted = range(0)
        model.modelReset.connect(self._forget_wanted)
        model.modelReset.connect(self.chosen)
        self._menu = QMenu(self)

    def columns(self) -> int:
        """Returns the number of columns."""
        return max(1, self._width() // self._size)

    @property
    def thumbnail_size(self) -> int:
        """The least width of a cell, in pixels; columns share what is left over."""
        return self._size

    def set_thumbnail_size(self, size: int) -> None:
        """Sets the least width of a cell, from `LEAST` to `MOST`.

        The current photo, or the one in the midst where that is not seen, stays where it is.
        """
        size = min(MOST, max(LEAST, size))
        if size == self._size:
            return
        bar, fixed = self.verticalScrollBar(), self._fixed_point()
        before = self.visualRect(fixed).center().y()
        self._size = size
        self._forget_wanted()
        self.updateGeometries()
        if fixed.isValid():
            bar.setValue(bar.value() + self.visualRect(fixed).center().y() - before)
        self._held = fixed.row(), bar.value()
        self.viewport().update()
        self.zoomed.emit(size)

    def cell_width(self) -> int:
        """Returns how wide a cell is, with what columns share."""
        return self._width() // self.columns()

    def zoom(self, steps: int) -> None:
        """Makes thumbnails larger, or smaller, by steps of a column at least."""
        for _ in range(abs(steps)):
            if steps > 0:
                fewer = self._width() // max(1, self.columns() - 1)
                self.set_thumbnail_size(max(fewer, round(self._size * _STEP)))
            else:
                more = self._width() // (self.columns() + 1)
                self.set_thumbnail_size(min(more, round(self._size / _STEP)))

    def _fixed_point(self) -> QModelIndex:
        """Returns the photo that zooming does not move."""
        current, page = self.currentIndex(), self.viewport().rect()
        if current.isValid() and page.intersects(self.visualRect(current)):
            return current
        if self._held[1] == self.verticalScrollBar().value():  # one step after the other must not stray
            return self.photos.index(self._held[0])
        rows = self._rows_in(QRect(page.center(), QSize(1, 1)))
        return self.photos.index(rows.start) if rows else QModelIndex()

    # What is selected

    def chosen_rows(self) -> tuple[range, ...]:
        """Returns the selected rows as ranges, ascending."""
        return rows_of(self.selectionModel().selection())

    def dragged(self) -> QMimeData:
        """Returns what other programs get of the selected photos: the first `MOST_TAKEN` files."""
        photos = islice(Chosen(self.photos.photos, self.chosen_rows()), MOST_TAKEN)
        return files_data(photo.path for photo in photos)

    def visible_rows(self) -> range:
        """Returns the rows on screen and the screen below, which comes next when one scrolls."""
        page = self.viewport().rect()
        return self._rows_in(page.adjusted(0, 0, 0, page.height()))

    # The grid: Qt asks these

    def reset(self) -> None:
        """Knows the new length at once, so that one can scroll before the next paint."""
        super().reset()
        self._anchor = self._before = -1
        self._held = -1, -1
        self.updateGeometries()

    def updateGeometries(self) -> None:
        """Gives the columns the width, and the scroll bar its length."""
        width = self.cell_width()
        height = cell_height(width, self.fontMetrics(), scored=self.photos.scored)
        self._delegate.cell = QSize(width, height)
        page, bar = self.viewport().height(), self.verticalScrollBar()
        lines = -(-self.photos.rowCount() // self.columns())
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
        return self.photos.index(line * self.columns() + column)

    def scrollTo(self, index: _Index, _hint: _Hint = _Hint.EnsureVisible) -> None:
        """Scrolls as little as shows the whole photo."""
        rect, page, bar = self.visualRect(index), self.viewport().rect(), self.verticalScrollBar()
        if rect.isValid() and rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() > page.bottom():
            bar.setValue(bar.value() + rect.bottom() - page.bottom())

    def moveCursor(self, action: Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Returns the photo that a key leads to."""
        row = self.currentIndex().row()
        if row < 0:
            return self.photos.index(0)
        lines = max(1, self.viewport().height() // self._delegate.cell.height())
        count = self.photos.rowCount()
        return self.photos.index(row_after(action, row, count, self.columns(), lines))

    def setSelection(self, _rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Selects the photo that has become current; with Shift, all from where that began."""
        if self.state() is QAbstractItemView.State.DragSelectingState:
            return  # from nowhere: there is no rubber band
        end = self.currentIndex().row()
        begin = end
        if command & _Flag.Current:
            begin = self._anchor
            if begin < 0 or not self.selectionModel().isSelected(self.photos.index(begin)):
                begin = self._before if self._before >= 0 else end
        self._anchor = begin
        rows = QItemSelection(self.photos.index(min(begin, end)), self.photos.index(max(begin, end)))
        self.selectionModel().select(rows, command)

    def selectAll(self) -> None:
        """Selects all photos as one range; QListView would visit every row."""
        last = self.photos.rowCount() - 1
        if last >= 0:
            everything = QItemSelection(self.photos.index(0), self.photos.index(last))
            self.selectionModel().select(everything, _Flag.ClearAndSelect)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Remembers where the selection may begin."""
        self._before = previous.row()
        super().currentChanged(current, previous)
        self.chosen.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tells of it; QListView would make a list of a million rows for a screen reader."""
        count = sum(len(rows) for part in (selected, deselected) for rows in rows_of(part))
        (QListView if count <= _SPOKEN else QAbstractItemView).selectionChanged(self, selected, deselected)
        self.chosen.emit()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Returns where the selected photos are that are seen."""
        region, seen = QRegion(), self._rows_in(self.viewport().rect())
        for rows in rows_of(selection):
            for row in range(max(rows.start, seen.start), min(rows.stop, seen.stop)):
                region += QRegion(self.visualRect(self.photos.index(row)))
        return region

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Hands the selected files to another program."""
        drag(self, self.dragged(), self.currentIndex().data(ResultsModel.THUMBNAIL))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms, with Ctrl."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        steps = int(self._turned / _NOTCH)
        self._turned -= steps * _NOTCH
        self.zoom(steps)

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
            index = self.photos.index(row)
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
            side = self._delegate.cell.width() * self.devicePixelRatioF()
            self.photos.want(rows, small=side <= SMALL_SIDE)

    def keyboardSearch(self, search: str) -> None:
        """Does nothing: it would ask every row for its name."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for the menu of the photo under the mouse, or of the current one."""
        index = self.currentIndex()
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
        if index.isValid() and self.actions():
            one_of_many = self.selectionModel().isSelected(index)  # which stay
            flag = _Flag.NoUpdate if one_of_many else _Flag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self._menu.addActions(self.actions())  # those that it has already stay as they are
            self._menu.popup(event.globalPos())

    @Slot()
    def _forget_wanted(self) -> None:
        self._wanted = range(0)

    def _rows_in(self, rect: QRect) -> range:
        """Returns the rows of the lines that a rectangle of the viewport touches."""
        height, top = self._delegate.cell.height(), self.verticalOffset()
        first, last = (top + rect.top()) // height, (top + rect.bottom()) // height
        end = min(self.photos.rowCount(), (last + 1) * self.columns())
        return range(min(end, first * self.columns()), end)

    def _width(self) -> int:
        # Without the scroll bar, whether it is there or not: else the bar's coming would change the
        # columns, and with them its reason to come.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return max(self._size, self.width() - bar - _SLACK)
