"""How a person rates: name, scale, order, blind or not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from imgsearch_gui.core.types.judging import JudgingOrder
from imgsearch_gui.services.language import tr
from imgsearch_gui.services.rating_settings import LONGEST_NAME
from imgsearch_gui.ui.rating import rating_messages

if TYPE_CHECKING:
    from imgsearch_gui.core.types.judging import RatingChoices
    from imgsearch_gui.core.types.ratings import RatingScale

_ORDER_LETTERS = 12  # of the order in the closed list, which must not widen the page
_TAB = Qt.FocusPolicy.TabFocus  # a click must not take the keys from the page


class RatingControls(QWidget):
    """The choices, as they are; each change is told at once.

    Args:
        choices: as they are at first.
        parent: the Qt parent, if any.

    Signals:
        chosen(object): the `RatingChoices` that the person wants.
        left(): the keys should go to the page again.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, choices: RatingChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.rater = QLineEdit()
        self.rater.setMaxLength(LONGEST_NAME)
        self.rater.setAccessibleName(tr("Name of the rater"))
        self.rater.setToolTip(tr("Your ratings are kept under this name"))
        self.rater.editingFinished.connect(self._named)
        self.rater.returnPressed.connect(self.left)
        self.scales: dict[RatingScale, QPushButton] = {}
        scales = QHBoxLayout()
        scales.setSpacing(6)
        for scale, text in rating_messages.scales().items():
            button = QPushButton(text)
            button.setObjectName("small")
            button.setCheckable(True)
            button.setFocusPolicy(_TAB)
            button.setAccessibleName(tr("Scale {name}").format(name=text))
            button.setToolTip(tr("Change the scale (S)"))
            button.clicked.connect(partial(self._scaled, scale))
            scales.addWidget(button, 1)
            self.scales[scale] = button
        self.order = QComboBox()
        self.order.setFocusPolicy(_TAB)
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.order.setMinimumContentsLength(_ORDER_LETTERS)
        self.order.setAccessibleName(tr("What to judge next"))
        self.order.setToolTip(tr("What to judge next"))
        self.order.addItems(list(rating_messages.orders().values()))
        self.order.activated.connect(self._ordered)
        self.blind, self.pass_over = QPushButton(tr("Blind")), QPushButton(tr("Pass over rated"))
        self.blind.setToolTip(
            tr(
                "Hide score, rank and other raters’ marks (B). "
                "Choose the order at random, or it tells the rank."
            )
        )
        self.pass_over.setToolTip(tr("Do not show again what you have rated before on this scale (P)"))
        switches = QHBoxLayout()
        switches.setSpacing(6)
        for button in (self.blind, self.pass_over):
            button.setObjectName("small")
            button.setCheckable(True)
            button.setFocusPolicy(_TAB)
            button.clicked.connect(self._switched)
            switches.addWidget(button, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, text in enumerate((tr("Rater"), tr("Scale"), tr("Order"))):
            label = QLabel(text)
            label.setObjectName("quiet")
            grid.addWidget(label, row, 0)
        grid.addWidget(self.rater, 0, 1)
        grid.addLayout(scales, 1, 1)
        grid.addWidget(self.order, 2, 1)
        grid.addLayout(switches, 3, 0, 1, 2)
        self.show_choices(choices)

    def show_choices(self, choices: RatingChoices) -> None:
        """Shows how it is now."""
        self._choices = choices
        self.rater.setText(choices.rater)
        for scale, button in self.scales.items():
            button.setChecked(scale is choices.scale)
        self.order.setCurrentIndex(list(JudgingOrder).index(choices.order))
        self.blind.setChecked(choices.blind)
        self.pass_over.setChecked(choices.pass_over)

    def name_order(self, *, of_folder: bool) -> None:
        """Says what the first order is: that of the hits, or that of the pairs in a folder."""
        for row, text in enumerate(rating_messages.orders(of_folder=of_folder).values()):
            self.order.setItemText(row, text)

    def _choose(self, choices: RatingChoices) -> None:
        if choices != self._choices:
            self._choices = choices
            self.chosen.emit(choices)

    @Slot()
    def _named(self) -> None:
        name = " ".join(self.rater.text().split())
        self.rater.setText(name or self._choices.rater)  # nobody rates without a name
        self._choose(replace(self._choices, rater=self.rater.text()))

    def _scaled(self, scale: RatingScale, _checked: bool = False) -> None:
        for of, button in self.scales.items():
            button.setChecked(of is scale)
        self._choose(replace(self._choices, scale=scale))

    @Slot(int)
    def _ordered(self, row: int) -> None:
        self._choose(replace(self._choices, order=list(JudgingOrder)[row]))
        self.left.emit()

    @Slot()
    def _switched(self) -> None:
        blind, pass_over = self.blind.isChecked(), self.pass_over.isChecked()
        self._choose(replace(self._choices, blind=blind, pass_over=pass_over))
