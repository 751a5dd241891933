"""What the window says beside the photos: banners, the middle of an empty window, indexing."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.errors import ImgSearchError, LibraryError
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import empty_messages, messages, style
from imgsearch_gui.ui.stage_clock import StageClock
from imgsearch_gui.ui.widgets import label

_log = logging.getLogger(__name__)

_TEXT_WIDTH = 510  # pixels of the lines in the middle of an empty window: longer ones read badly

if TYPE_CHECKING:
    from imgsearch_gui.core.types.progress import IndexProgress


class Banner(QFrame):
    """One line above the photos; hidden while it has nothing to say.

    Args:
        kind: ``"info"``, ``"warning"`` or ``"error"``; an error can be closed.
        parent: the Qt parent, if any.

    Signals:
        said(str): a sentence was shown.
    """

    said = Signal(str)

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("kind", kind)
        self._details = ""
        self._label = label()
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = QPushButton(tr("Copy details"))
        self.copy_button.setObjectName("small")
        self.copy_button.clicked.connect(self._copy_details)
        close = QPushButton(tr("Close"))
        close.setObjectName("small")
        close.clicked.connect(self.clear)
        close.setVisible(kind == "error")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self._label, 1)
        row.addWidget(self.copy_button)
        row.addWidget(close)
        self.clear()

    @property
    def text(self) -> str:
        """What it says, or nothing."""
        return self._label.text()

    def say(self, text: str, details: str = "") -> None:
        """Shows a sentence; with details, a button that copies them."""
        self._details = details
        self._label.setText(text)
        self._label.setAccessibleName(text)
        self.copy_button.setVisible(bool(details))
        self.setVisible(bool(text))
        if text:
            self.said.emit(text)

    def clear(self) -> None:
        """Hides it."""
        self.say("")

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class ErrorBanner(Banner):
    """Says what went wrong, and offers the way on if there is one.

    Signals:
        rebuild_requested(): the button to begin the library anew was pressed.
    """

    rebuild_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rebuild_button = QPushButton(tr("Begin anew"))
        super().__init__("error", parent)
        self.rebuild_button.setObjectName("small")
        self.rebuild_button.setToolTip(tr("Set the library file aside and begin a new one with its ratings"))
        self.rebuild_button.clicked.connect(self.rebuild_requested)
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(1, self.rebuild_button)

    def say(self, text: str, details: str = "") -> None:
        """Shows a sentence, without a way on."""
        self.rebuild_button.hide()
        super().say(text, details)

    def tell(self, reason: BaseException) -> None:
        """Shows the sentence of an expected error; logs any other, and offers its details to copy."""
        if isinstance(reason, ImgSearchError):
            self.say(messages.error(reason))
            self.rebuild_button.setVisible(isinstance(reason, LibraryError) and reason.rebuild)
        else:
            _log.error("unexpected error", exc_info=reason)
            self.say(messages.error(reason), "".join(traceback.format_exception(reason)))


class EmptyState(QWidget):
    """What stands in the middle of a window without photos.

    Signals:
        open_requested(): the button to open a folder was pressed.
        rest_requested(): the button to show the unlikely hits was pressed.
    """

    open_requested = Signal()
    rest_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = empty_messages.opening()
        self._icon = QLabel()
        self._title, self._text = label("", "emptyTitle"), label("", "emptyText")
        self.button = QPushButton(tr("Open folder…"))
        self.button.setObjectName("primary")
        self.button.clicked.connect(self.open_requested)
        self.rest_button = QPushButton()
        self.rest_button.clicked.connect(self.rest_requested)
        block = QWidget()
        block.setMaximumWidth(_TEXT_WIDTH)
        lines = QVBoxLayout(block)
        lines.setSpacing(10)
        for line in (self._icon, self._title, self._text):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            lines.addWidget(line)
        lines.addSpacing(8)
        for button in (self.button, self.rest_button):
            lines.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.addStretch(2)
        row = QHBoxLayout()  # an alignment instead would ask for the height at the window's width
        row.addStretch()
        row.addWidget(block, _TEXT_WIDTH)
        row.addStretch()
        column.addLayout(row)
        column.addStretch(3)
        self.say(self._shown)

    @property
    def shown(self) -> empty_messages.Empty:
        """What it says."""
        return self._shown

    def say(self, empty: empty_messages.Empty) -> None:
        """Shows an icon, a title and a text."""
        self._shown = empty
        self._title.setText(empty.title)
        self._text.setText(empty.text)
        self.button.setVisible(empty.offer_open)
        self.rest_button.setText(messages.show_rest(empty.offer_rest))
        self.rest_button.setVisible(empty.offer_rest > 0)
        self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        """Draws the icon again when the palette changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        self._icon.setPixmap(style.pixmap(self._shown.icon, self.palette().dark().color(), 72))


class RestBar(QWidget):
    """Below the photos: how many unlikely ones are not shown, and a button that shows them.

    Signals:
        rest_requested(): the button was pressed.
    """

    rest_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label("", "quiet")
        self.button = QPushButton()
        self.button.setObjectName("small")
        self.button.clicked.connect(self.rest_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 6, 16, 6)  # in line with the photos
        row.setSpacing(14)
        row.addWidget(self._label, 1)
        row.addWidget(self.button)
        self.say(0)

    def say(self, n: int) -> None:
        """Shows the number; hides itself at 0."""
        self._label.setText(messages.rest(n))
        self.button.setText(messages.show_rest(n))
        self.setVisible(n > 0)


class IndexingBar(QWidget):
    """How far the reading of a folder has come, and buttons to pause and to stop it.

    Args:
        clock: tells how long it will still take.
        parent: the Qt parent, if any.

    Signals:
        pause_requested(): the button that pauses, or goes on, was pressed.
        cancel_requested(): the button that stops was pressed.
    """

    pause_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, clock: StageClock | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock or StageClock()
        self._seconds_left: float | None = None
        self.label = label(wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Photos read"))
        self.pause = QPushButton()
        self.pause.setObjectName("small")
        self.pause.clicked.connect(self.pause_requested)
        self.cancel = QPushButton(tr("Stop"))
        self.cancel.setObjectName("small")
        self.cancel.setAccessibleName(tr("Stop reading photos"))
        self.cancel.setToolTip(tr("Stop reading; what was read stays"))
        self.cancel.clicked.connect(self._cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(14)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.pause)
        row.addWidget(self.cancel)
        self._progress: IndexProgress | None = None
        self._paused = False
        self.show_paused(paused=False)
        self.hide()

    def begin(self) -> None:
        """Appears, before the first progress."""
        self._progress = self._seconds_left = None
        self._clock.reset()
        self._draw()
        self.pause.setEnabled(True)
        self.cancel.setEnabled(True)
        self.show()

    def say(self, progress: IndexProgress) -> None:
        """Shows progress."""
        self._progress = progress
        self._seconds_left = self._clock.step(progress)
        self._draw()

    def show_paused(self, *, paused: bool) -> None:
        """Says that the reading waits, or goes on."""
        self._paused = paused
        self._seconds_left = None
        self._clock.reset()
        self.pause.setText(tr("Resume") if paused else tr("Pause"))
        self.pause.setAccessibleName(tr("Resume reading photos") if paused else tr("Pause reading photos"))
        self.pause.setToolTip(tr("Go on reading (F6)") if paused else tr("Pause reading (F6)"))
        self._draw()

    def _draw(self) -> None:
        progress = self._progress
        left = self._seconds_left
        self.label.setText(messages.index_progress(progress, paused=self._paused, seconds_left=left))
        total = progress.total if progress is not None else None
        # Without a total the bar moves by itself, which a reading that waits must not seem to do.
        self.bar.setRange(0, total or int(self._paused))
        self.bar.setValue(progress.done if progress is not None and total else 0)

    def _cancelled(self) -> None:
        self.cancel.setEnabled(False)  # it takes until the end of the batch
        self.pause.setEnabled(False)
        self.cancel_requested.emit()
