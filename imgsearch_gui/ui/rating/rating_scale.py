"""The scale on screen: a button for each value, with its key and what it means."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.rating import rating_messages
from imgsearch_gui.ui.widgets import CaptionedButton, label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from imgsearch_gui.ui.rating.rating_messages import ValueWords


class ValueButton(CaptionedButton):
    """One value of a scale.

    Args:
        words: the key that does the same, and what the value means.
        parent: the Qt parent, if any.
    """

    def __init__(self, words: ValueWords, parent: QWidget | None = None) -> None:
        key, word = label(words.key, "valueKey", wrap=False), label(words.word, "valueWord", wrap=False)
        super().__init__(key, word, label(words.meaning, "quiet"), parent)
        self.setObjectName("value")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys belong to the page
        self.setAccessibleName(f"{words.key}, {words.word}. {words.meaning}")
        self.setToolTip(tr("Key {key}").format(key=words.key))
        self.lines.setSpacing(1)
        self.row.setContentsMargins(12, 7, 10, 7)
        self.row.setSpacing(12)

    def mark(self, *, given: bool) -> None:
        """Shows that this is what was said of the item on screen, or not."""
        if self.property("given") != given:
            self.setProperty("given", given)
            self.style().polish(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grows as high as the lines of its sentence need."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.row.totalHeightForWidth(self.width()))


class ScalePanel(QStackedWidget):
    """The values of the scale in use.

    Signals:
        given(int): a value was chosen.
    """

    given = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[RatingScale, dict[int, ValueButton]] = {}
        self._pages: dict[RatingScale, QWidget] = {}
        for scale in RatingScale:
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
            self.buttons[scale] = {}
            for value, words in rating_messages.values(scale).items():
                button = ValueButton(words)
                button.clicked.connect(partial(self._clicked, value))
                column.addWidget(button)
                self.buttons[scale][value] = button
            column.addStretch()
            self._pages[scale] = page
            self.addWidget(page)

    def show_scale(self, scale: RatingScale, value: int | None, *, enabled: bool) -> None:
        """Shows a scale and the value that was given, if any."""
        self.setCurrentWidget(self._pages[scale])
        for number, button in self.buttons[scale].items():
            button.mark(given=number == value)
            button.setEnabled(enabled)

    def _clicked(self, value: int, _checked: bool = False) -> None:
        self.given.emit(value)
