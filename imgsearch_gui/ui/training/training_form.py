"""The first page of the training window: what to learn from, and how."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.asking import ask_folder
from imgsearch_gui.ui.drops import FolderDrops
from imgsearch_gui.ui.notices import Banner, ErrorBanner
from imgsearch_gui.ui.training.training_choices import ChoicesPanel
from imgsearch_gui.ui.training.training_summary import SummaryPanel
from imgsearch_gui.ui.training.training_widgets import (
    FolderField,
    FolderTexts,
    button,
    line,
)
from imgsearch_gui.ui.widgets import label, scrolled

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.types.training import TrainingChoices, TrainingSummary
    from imgsearch_gui.ui.asking import AskFolder

_PAUSE_MS = 400  # after the last key, before the data is looked at


class ChoosePage(QWidget):
    """Asks for a summary whenever what it is made of changes, and trains only what was summed up.

    Args:
        ask: asks for a folder.
        parent: the Qt parent, if any.

    Signals:
        summary_wanted(object): `TrainingChoices` to sum up; replaces every request before.
        train_requested(object): `TrainingChoices` to train with.
        close_requested(): the button that closes was pressed.
    """

    summary_wanted = Signal(object)
    train_requested = Signal(object)
    close_requested = Signal()

    def __init__(self, ask: AskFolder = ask_folder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: TrainingChoices | None = None
        self._ready = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.ask)

        self.error, self.note = ErrorBanner(), Banner("info")
        dataset = _dataset_folder()
        self.from_folder = QRadioButton(tr("&Dataset folder"))
        self.from_ratings = QRadioButton(tr("My &ratings"))
        self.from_folder.setChecked(True)
        self.from_folder.setToolTip(dataset.hint)
        self.from_ratings.setToolTip(_ratings_help())
        self._sources = QButtonGroup(self)
        self._sources.addButton(self.from_folder)
        self._sources.addButton(self.from_ratings)
        self.folder = FolderField(dataset, ask)
        self.from_folder.clicked.connect(self.folder.setFocus)
        self.captions = FolderField(_captions_folder(), ask)
        self.options, self.summary = ChoicesPanel(), SummaryPanel()
        self.train = button(
            tr("&Train"), tr("Train with these choices; searching goes on meanwhile"), "primary"
        )
        self.close_button = button(tr("Close"), tr("Close this window (Esc)"))
        self._lay_out()
        FolderDrops(self, self.use_folder)

        self._sources.buttonToggled.connect(self._source_changed)
        for field in (self.folder, self.captions):
            field.typed.connect(self._changed)
            field.chosen.connect(self.ask)
        self.options.changed.connect(self._changed)
        self.train.clicked.connect(self._train)
        self.close_button.clicked.connect(self.close_requested)
        self._changed()

    def choices(self) -> TrainingChoices | None:
        """Returns what is chosen; nothing while there is no folder."""
        ratings = self.from_ratings.isChecked()
        if not ratings and self.folder.path is None:
            return None
        return self.options.choices(None if ratings else self.folder.path, self.captions.path)

    def use_folder(self, folder: Path) -> None:
        """Chooses a dataset folder."""
        self.from_folder.setChecked(True)
        self.folder.put(folder)

    @Slot()
    def ask(self) -> None:
        """Asks for the summary of what is chosen, unless it was asked for already."""
        self._pause.stop()
        choices = self.choices()
        if choices is None or _summed(choices) == self._asked:
            return
        self._asked = _summed(choices)
        self.summary_wanted.emit(choices)

    def show_summary(self, summary: TrainingSummary) -> None:
        """Shows the summary of the latest request; drops it when something else is chosen by now."""
        if self._asked is None or self._pause.isActive():
            return
        self.summary.show_summary(summary)
        self._set_ready(ready=not summary.obstacle)

    def show_failure(self, reason: Exception) -> None:
        """Says why there is no summary; drops it when something else is chosen by now."""
        if self._asked is None or self._pause.isActive():
            return
        self.summary.show_failure(reason)
        self._set_ready(ready=False)

    def begin(self, note: str = "") -> None:
        """Looks at the data anew, which may have changed, and says what happened, if anything."""
        self.note.say(note)
        self.error.clear()
        self._asked = None
        self._changed()
        self.ask()

    @Slot()
    def _changed(self) -> None:
        """Waits for the end of typing before it asks; what is known by now is out of date."""
        choices = self.choices()
        self.folder.setEnabled(self.from_folder.isChecked())
        if choices is None:
            self._asked = None
            self._pause.stop()
            self.summary.clear()
            self._set_ready(ready=False)
        elif _summed(choices) != self._asked:
            self._asked = None
            self.summary.wait()
            self._set_ready(ready=False)
            self._pause.start()

    @Slot()
    def _source_changed(self) -> None:
        self._changed()
        self.ask()

    def _set_ready(self, *, ready: bool) -> None:
        self._ready = ready
        self.train.setEnabled(ready)

    @Slot()
    def _train(self) -> None:
        choices = self.choices()
        if choices is not None and self._ready:
            self.note.clear()
            self.error.clear()
            self.train_requested.emit(choices)

    def _lay_out(self) -> None:
        sources = QGridLayout()
        sources.setHorizontalSpacing(12)
        sources.setVerticalSpacing(6)
        sources.setColumnStretch(1, 1)
        sources.addWidget(self.from_folder, 0, 0)
        sources.addWidget(self.folder, 0, 1)
        sources.addWidget(self.from_ratings, 1, 0)
        sources.addWidget(label(_ratings_help(), "quiet"), 1, 1)
        more = label(_captions_folder().name)
        captions_help = tr("More images with captions help the matcher to bring words and pictures together.")
        more.setToolTip(captions_help)
        sources.addWidget(more, 2, 0)
        sources.addWidget(self.captions, 2, 1)
        sources.addWidget(label(captions_help, "quiet"), 3, 1)
        halves = QHBoxLayout()
        halves.setSpacing(28)
        for title, panel in (
            (tr("How to train"), self.options),
            (tr("What there is to learn from"), self.summary),
        ):
            half = QVBoxLayout()
            half.setSpacing(8)
            half.addWidget(label(title, "section", wrap=False))
            half.addWidget(panel, 1)
            halves.addLayout(half, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(10)
        intro = tr(
            "A new matcher learns from people's judgements. Nothing changes until you keep it; "
            "meanwhile, searching goes on."
        )
        column.addWidget(label(intro, "quiet"))
        column.addWidget(self.error)
        column.addWidget(self.note)
        column.addLayout(sources)
        column.addWidget(line())
        column.addLayout(halves, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 10, 20, 14)
        foot.setSpacing(10)
        foot.addStretch()
        foot.addWidget(self.close_button)
        foot.addWidget(self.train)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(content), 1)
        whole.addWidget(line())
        whole.addLayout(foot)


def _summed(choices: TrainingChoices) -> TrainingChoices:
    """Returns the choices as far as a summary depends on them."""
    return replace(choices, seed=0, most_steps=None)


def _dataset_folder() -> FolderTexts:
    return FolderTexts(
        name=tr("Dataset folder"),
        hint=tr("A folder with train_dataset.csv, or drop one here"),
        path=tr("The path of the dataset folder"),
        choose=tr("Choose the dataset folder"),
        browse=tr("Browse for the dataset folder"),
    )


def _captions_folder() -> FolderTexts:
    return FolderTexts(
        name=tr("Captions folder"),
        hint=tr("Optional: a folder with more captions"),
        path=tr("The path of the captions folder"),
        choose=tr("Choose the captions folder"),
        browse=tr("Browse for the captions folder"),
    )


def _ratings_help() -> str:
    return tr("What you and others rated in this program.")
