"""The second page of the training window: stages, progress, curves, and a way to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.stage_clock import StageClock
from imgsearch_gui.ui.training import training_messages as training
from imgsearch_gui.ui.training.curves import Curves
from imgsearch_gui.ui.training.training_widgets import button, line
from imgsearch_gui.ui.widgets import label

if TYPE_CHECKING:
    from imgsearch_gui.core.types.progress import TrainProgress

_STAGES_WIDTH = 190
_PLACES: dict[str, int] = {name: place for place, name in enumerate(training.STAGES)}
_Mark = training.StageMark


class StageList(QListWidget):
    """The stages of a training as they come: those that are over, and the current one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stages")
        self.setAccessibleName(tr("Stages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._seen: list[str] = []
        self._current = ""

    @property
    def texts(self) -> list[str]:
        """What it shows."""
        return [self.item(row).text() for row in range(self.count())]

    def forget(self) -> None:
        """Empties it."""
        self.clear()
        self._seen.clear()
        self._current = ""

    def show_stage(self, name: str) -> None:
        """Marks the current stage; those before are over, and what usually follows is ahead."""
        if name == self._current:
            return
        self._current = name
        if name not in self._seen:
            self._seen.append(name)
        reached = max((_PLACES[one] for one in self._seen if one in _PLACES), default=-1)
        ahead = [one for one in training.STAGES if _PLACES[one] > reached]
        self.clear()
        for one in (*self._seen, *ahead):
            mark = _Mark.CURRENT if one == name else _Mark.OVER if one in self._seen else _Mark.AHEAD
            item = QListWidgetItem(training.stage_line(one, mark))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, training.spoken_stage(one, mark))
            font = self.font()
            font.setBold(mark is _Mark.CURRENT)
            item.setFont(font)
            if mark is _Mark.AHEAD:
                item.setForeground(self.palette().placeholderText())
            self.addItem(item)
            if mark is _Mark.CURRENT:
                self.scrollToItem(item)

    def changeEvent(self, event: QEvent) -> None:
        """Draws the stages anew in another palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._current:
            current, self._current = self._current, ""
            self.show_stage(current)


class RunningPage(QWidget):
    """Shows how far a training has come.

    Args:
        clock: tells how long a stage will still take.
        parent: the Qt parent, if any.

    Signals:
        cancel_requested(): the training is to be stopped.
        hide_requested(): the window is to be closed, while training goes on.
    """

    cancel_requested = Signal()
    hide_requested = Signal()

    def __init__(self, clock: StageClock | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock or StageClock()
        self.stages, self.curves = StageList(), Curves()
        self.stages.setFixedWidth(_STAGES_WIDTH)
        self.state = label()
        self.state.setAccessibleName(tr("Progress"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of this stage"))
        self.hide_button = button(tr("Go on in background"), tr("Close this window; training goes on"))
        self.hide_button.clicked.connect(self.hide_requested)
        self.cancel = button(tr("Cancel"), tr("Stop training; nothing is changed"))
        self.cancel.clicked.connect(self._cancel)
        self._lay_out()

    def begin(self) -> None:
        """Starts anew, before the first progress."""
        self._clock.reset()
        self.stages.forget()
        self.curves.clear()
        self.state.setText(tr("Getting ready…"))
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.cancel.setFocus()

    def say(self, progress: TrainProgress) -> None:
        """Shows progress."""
        left = self._clock.step(progress)
        self.stages.show_stage(progress.stage)
        self.curves.add(progress)
        if self.cancel.isEnabled():
            self.state.setText(training.progress(progress, left))
        total = max(0, progress.total)
        self.bar.setRange(0, total)
        self.bar.setValue(min(progress.done, total))

    @Slot()
    def _cancel(self) -> None:
        self.show_stopping()
        self.cancel_requested.emit()

    def show_stopping(self) -> None:
        """Says that the training is about to stop."""
        self.cancel.setEnabled(False)  # it takes until the end of the step
        self.state.setText(tr("Stopping…"))

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(20)
        left, right = QVBoxLayout(), QVBoxLayout()
        for half in (left, right):
            half.setSpacing(6)
        left.addWidget(label(tr("Stages"), "section", wrap=False))
        left.addWidget(self.stages, 1)
        right.addWidget(label(tr("Error (RMSE) so far"), "section", wrap=False))
        right.addWidget(self.curves, 1)
        curves_help = tr(
            "Validation images are not trained on: training ends when their error falls no more."
        )
        right.addWidget(label(curves_help, "quiet"))
        middle.addLayout(left)
        middle.addLayout(right, 1)
        content = QVBoxLayout()
        content.setContentsMargins(20, 16, 20, 14)
        content.setSpacing(10)
        content.addLayout(middle, 1)
        content.addWidget(self.state)
        content.addWidget(self.bar)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 10, 20, 14)
        foot.setSpacing(10)
        foot.addStretch()
        foot.addWidget(self.hide_button)
        foot.addWidget(self.cancel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(content, 1)
        whole.addWidget(line())
        whole.addLayout(foot)
