"""What is known of the photo that is shown: its file, why it was found, what its camera wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.core.types.photos import SearchHit
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import menus, messages
from imgsearch_gui.ui.preview import preview_messages
from imgsearch_gui.ui.preview.word_bars import WordBars
from imgsearch_gui.ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction

    from imgsearch_gui.core.types.explanation import Explanation
    from imgsearch_gui.core.types.facts import PhotoFacts
    from imgsearch_gui.services.search_service import Photo

_WIDTH = 300  # pixels
_MOST_COPIES = 20  # that are named


class DetailsPanel(QScrollArea):
    """One photo in words.

    Args:
        parent: the Qt parent, if any.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.folder = _label("section"), _label("quiet")
        self.query, self.score, self.named = _label(), _label("figure"), _label("quiet")
        self.why, self.bars = _label("quiet"), WordBars()
        self.facts, self._form = QWidget(), QFormLayout()
        self._facts: PhotoFacts | None = None
        self.copies, self.copy_paths = _label("quiet"), _label()
        self._actions = QVBoxLayout()
        self.setObjectName("details")
        self.setAccessibleName(tr("About this photo"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # for the keys that scroll it
        self._lay_out()

    def add_actions(self, actions: Sequence[QAction]) -> None:
        """Adds a button for each action."""
        for action in actions:
            button = QPushButton(menus.plain(action))
            button.setObjectName("small")
            button.setToolTip(menus.tip(button.text(), action))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the picture
            button.clicked.connect(action.trigger)
            self._actions.addWidget(button)

    def show_photo(self, photo: Photo, query: str) -> None:
        """Shows what is known at once; what has to be found out is empty until it comes."""
        self.name.setText(_breakable(photo.path.name))
        self.folder.setText(_breakable(photo.path.parent))
        hit = photo if isinstance(photo, SearchHit) else None
        _say(self.query, tr("“{query}”").format(query=query) if hit is not None and query else "")
        _say(self.score, messages.matched(hit) if hit is not None else "")
        self.show_explanation(None)
        self.show_facts(None)
        self.show_copies(())
        self.verticalScrollBar().setValue(0)

    def show_explanation(self, explanation: Explanation | None) -> None:
        """Shows what the words of the query do to the score."""
        bars = preview_messages.bars(explanation) if explanation is not None else ()
        self.bars.show_bars(bars)
        self.bars.setVisible(bool(bars))
        _say(self.why, preview_messages.why() if bars else "")
        _say(self.named, preview_messages.named(explanation) if explanation is not None else "")

    def show_facts(self, facts: PhotoFacts | None) -> None:
        """Shows what the file says of itself."""
        if facts == self._facts:
            return
        self._facts = facts
        while self._form.rowCount():
            self._form.removeRow(0)
        rows = preview_messages.facts(facts) if facts is not None else []
        for caption, text in rows:
            title, value = _label("quiet"), _label()
            title.setText(caption)
            title.setWordWrap(False)
            title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            value.setText(text)
            self._form.addRow(title, value)
        self.facts.setVisible(bool(rows))

    def show_copies(self, copies: Sequence[Path]) -> None:
        """Shows where the same picture is once more."""
        named = "\n".join(_breakable(path) for path in copies[:_MOST_COPIES])
        _say(self.copies, preview_messages.copies(len(copies)) if copies else "")
        _say(self.copy_paths, f"{named}\n…" if len(copies) > _MOST_COPIES else named)

    def _lay_out(self) -> None:
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(4)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.facts.setLayout(self._form)
        self.facts.hide()
        self._actions.setSpacing(6)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(6)
        column.addWidget(self.name)
        column.addWidget(self.folder)
        column.addSpacing(8)
        for widget in (self.query, self.score, self.why, self.bars, self.named):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(self.facts)
        column.addSpacing(8)
        column.addWidget(self.copies)
        column.addWidget(self.copy_paths)
        column.addSpacing(8)
        column.addLayout(self._actions)
        column.addStretch()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def _label(name: str = "") -> QLabel:
    """Returns a label that takes the width that there is."""
    made = label("", name)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made


def _breakable(name: Path | str) -> str:
    """Returns a file's name that may go on in the next line: Qt would cut off one without blanks."""
    return re.sub(r"([\\/_.-])", "\\1\u200b", messages.printable(name))


def _say(line: QLabel, text: str) -> None:
    line.setText(text)
    line.setVisible(bool(text))
