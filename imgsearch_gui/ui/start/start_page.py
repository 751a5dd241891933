"""What a window without a folder offers: three ways to begin, and the folders of last time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages, style
from imgsearch_gui.ui.messages import hint, printable
from imgsearch_gui.ui.widgets import CaptionedButton, label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_WIDTH = 560  # pixels: longer lines read badly
_ICON = 30
_MOST = 5  # recent folders; the File menu has the others
_PLACE_WIDTH = 330  # pixels of a recent folder's place


class Card(CaptionedButton):
    """A button with an icon, a title and a line that explains it.

    Args:
        icon: the icon's name.
        title: a few words.
        line: one line.
    """

    def __init__(self, icon: str, title: str, line: str) -> None:
        self._name, self._icon = icon, label(wrap=False)
        super().__init__(self._icon, label(title, "cardTitle", wrap=False), label(line, "quiet"))
        self.setObjectName("card")
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.setToolTip(line)
        self.lines.setSpacing(2)
        self.row.setContentsMargins(18, 10, 18, 10)
        self.row.setSpacing(16)
        self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        """Draws the icon again when the palette changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        self._icon.setPixmap(style.pixmap(self._name, self.palette().link().color(), _ICON))


class StartPage(QScrollArea):
    """Offers a folder, the demo gallery or a dataset folder, and recent folders where there are some.

    Signals:
        folder_requested(): the user's own folder is to be chosen.
        demo_requested(): the demo gallery is wanted.
        dataset_requested(): a dataset folder is to be chosen.
        recent_requested(object): the path of a recent folder to open.

    Attributes:
        cards: the three ways to begin.
        recent: the recent folders' buttons.
    """

    folder_requested = Signal()
    demo_requested = Signal()
    dataset_requested = Signal()
    recent_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clear")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        title = QLabel(tr("Find a photo by a sentence"))
        title.setObjectName("emptyTitle")
        self.cards = (
            Card(
                "folder",
                tr("Open my photos"),
                tr("Choose a folder, or drop one here. Your photos stay where they are."),
            ),
            Card("photos", tr("Try the demo gallery"), tr("A few photographs that come with ImgSearch.")),
            Card(
                "dataset",
                tr("Open a dataset folder"),
                tr("Images, captions and judgements, to search and to train on."),
            ),
        )
        asked = (self.folder_requested, self.demo_requested, self.dataset_requested)
        self.recent: list[QPushButton] = []
        self._recent_title = QLabel(tr("Recent folders"))
        self._recent_title.setObjectName("quiet")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        block = QWidget()
        block.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(block)
        column.setSpacing(8)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        for card, signal in zip(self.cards, asked, strict=True):
            card.clicked.connect(lambda _=False, signal=signal: signal.emit())
            column.addWidget(card)
        column.addSpacing(6)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        content = QWidget()
        content.setObjectName("clear")
        whole = QVBoxLayout(content)
        whole.addStretch(2)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(block, _WIDTH)
        row.addStretch()
        whole.addLayout(row)
        whole.addStretch(3)
        self.setWidget(content)
        self.show_recent((), frozenset())

    def show_recent(self, folders: Sequence[Path], missing: frozenset[Path]) -> None:
        """Shows the latest folders; those that are missing cannot be chosen."""
        for old in self.recent:
            self._recent.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.recent = []
        for folder in folders[:_MOST]:
            button = QPushButton(self._line(folder).replace("&", "&&"))
            button.setObjectName("link")
            button.setAccessibleName(tr("Open {folder}").format(folder=printable(folder)))
            gone = folder in missing
            button.setToolTip(hint(messages.gone(folder) if gone else printable(folder)))
            button.setEnabled(not gone)
            button.clicked.connect(partial(self._chosen, folder))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.recent.append(button)
        self._recent_title.setVisible(bool(folders))

    def _line(self, folder: Path) -> str:
        metrics = QFontMetrics(self.font())
        place = metrics.elidedText(printable(folder.parent), Qt.TextElideMode.ElideMiddle, _PLACE_WIDTH)
        name = metrics.elidedText(printable(folder.name), Qt.TextElideMode.ElideMiddle, _WIDTH - _PLACE_WIDTH)
        return f"{name} — {place}" if name else place

    def _chosen(self, folder: Path, _checked: bool = False) -> None:
        self.recent_requested.emit(folder)
