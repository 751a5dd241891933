"""How the grid shows photos: their size, their order, and identical ones as one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from imgsearch_gui.core.types.query import Order
from imgsearch_gui.services.language import tr
from imgsearch_gui.services.settings_schema import FOLD, ORDER, THUMBNAIL_SIZE
from imgsearch_gui.ui import menus
from imgsearch_gui.ui.photos.results_view import LEAST, MOST

if TYPE_CHECKING:
    from imgsearch_gui.services.settings import Settings
    from imgsearch_gui.ui.main_window import MainWindow

_SLIDER_WIDTH = 96
_STORED = 256  # pixels of a stored thumbnail's longest side
_SOFT = 1.5  # times that, from where the slider says that thumbnails are soft
_MARGIN = 12  # at the right of the slider


class GridTools(QObject):
    """Adds the menu of the view, a slider to the status line, and a button with the order beside the query.

    Args:
        window: the window, whose grid it is.
        settings: where size, order and folding are kept.

    Attributes:
        slider: the size of thumbnails.
        order: the button that says the order, and opens the menu of orders.
        fold: the action that shows identical pictures as one.
        selected: how many photos are selected, where there are several.
    """

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._view, self.settings = window, window.view, settings
        self.slider, self.order, self.selected = QSlider(Qt.Orientation.Horizontal), QPushButton(), QLabel()
        self.fold = QAction(tr("&Fold identical pictures"), self)
        self._fill_menu()
        self._make_slider()
        window.status.addWidget(self.selected)
        window.status.addPermanentWidget(_with_margin(self.slider))
        window.top.insertWidget(1, self.order)
        self._view.zoomed.connect(self._zoomed)
        self._view.set_thumbnail_size(settings.get(THUMBNAIL_SIZE))
        self._zoomed(self._view.thumbnail_size)
        self.set_order(settings.get(ORDER))
        self.set_fold(settings.get(FOLD))
        self._view.chosen.connect(self._count_selected)

    def set_order(self, order: Order) -> None:
        """Shows photos in an order, and asks again."""
        self._orders[order].setChecked(True)
        self._say_order(menus.plain(self._orders[order]))
        self.settings.set(ORDER, order)
        if order is not self._window.question.order:
            self._window.ask_for(replace(self._window.question, order=order))

    def set_fold(self, fold: bool) -> None:
        """Shows identical pictures as one, or each, and asks again."""
        self.fold.setChecked(fold)
        self.settings.set(FOLD, fold)
        if fold != self._window.question.fold:
            self._window.ask_for(replace(self._window.question, fold=fold))

    def _fill_menu(self) -> None:
        menu = self._window.menus.view
        # With and without Shift: "+" is "=" on many keyboards.
        larger = menus.entry(
            menu, tr("&Larger thumbnails"), partial(self._view.zoom, 1), menus.StandardKey.ZoomIn, "Ctrl+="
        )
        smaller = menus.entry(
            menu, tr("S&maller thumbnails"), partial(self._view.zoom, -1), menus.StandardKey.ZoomOut
        )
        for action in (larger, smaller):
            action.setAutoRepeat(True)
        menu.addSeparator()
        orders = menu.addMenu(tr("&Sort by"))
        self._orders = menus.add_choices(orders, _orders(), self.set_order)
        self.order.setObjectName("order")
        self.order.setToolTip(tr("Order of photos"))
        self.order.setMinimumHeight(self._window.query.sizeHint().height())
        self.order.setMenu(orders)
        self.fold.setCheckable(True)
        self.fold.setShortcut("Ctrl+D")
        self.fold.toggled.connect(self.set_fold)
        menu.addAction(self.fold)

    def _make_slider(self) -> None:
        self.slider.setRange(LEAST, MOST)
        self.slider.setValue(self._view.thumbnail_size)
        self.slider.setFixedWidth(_SLIDER_WIDTH)
        self.slider.setPageStep(32)
        self.slider.setAccessibleName(tr("Size of thumbnails"))
        self.slider.valueChanged.connect(self._view.set_thumbnail_size)

    def _say_order(self, order: str) -> None:
        self.order.setText(f"{order}  ▾")
        self.order.setAccessibleName(tr("Order of photos: {order}").format(order=order))

    @Slot(int)
    def _zoomed(self, size: int) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(size)
        self.settings.set(THUMBNAIL_SIZE, size)
        tip = tr("Size of thumbnails (Ctrl++, Ctrl+-, Ctrl and the wheel)")
        if self._view.cell_width() * self._view.devicePixelRatioF() > _SOFT * _STORED:
            tip += "\n" + tr("So large they look soft; the photo itself is sharp when it is opened.")
        self.slider.setToolTip(tip)

    @Slot()
    def _count_selected(self) -> None:
        count = sum(map(len, self._view.chosen_rows()))
        # Emptied, not hidden: shown again, it would stand over a message of the status line.
        self.selected.setText(tr("%Ln selected", "", count) if count > 1 else "")


def _with_margin(widget: QWidget) -> QWidget:
    """Returns a widget that keeps a little away from the window's edge."""
    frame = QWidget()
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, 0, _MARGIN, 0)
    row.addWidget(widget)
    frame.setFixedWidth(frame.sizeHint().width())
    return frame


def _orders() -> tuple[tuple[Order, str, str], ...]:
    return (
        (Order.SCORE, tr("&Best match"), "Ctrl+1"),
        (Order.NEWEST, tr("&Newest first"), "Ctrl+2"),
        (Order.OLDEST, tr("&Oldest first"), "Ctrl+3"),
        (Order.NAME, tr("N&ame"), "Ctrl+4"),
    )
