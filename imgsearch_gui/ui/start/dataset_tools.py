"""Opens a dataset folder, and offers to train on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from imgsearch_gui.errors import ImgSearchError
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import menus
from imgsearch_gui.ui.asking import ask_folder
from imgsearch_gui.ui.messages import printable
from imgsearch_gui.ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imgsearch_gui.ui.asking import AskFolder
    from imgsearch_gui.ui.main_window import MainWindow


class DatasetTools(QObject):
    """Adds its entry to the File menu.

    Args:
        window: the window, which owns this.
        is_dataset: tells whether a folder has captions or test queries.
        train: opens the training window on a dataset folder.
        ask: asks for a folder.

    Attributes:
        notice: what is offered for the dataset folder that is open.
    """

    def __init__(
        self,
        window: MainWindow,
        is_dataset: Callable[[Path], bool],
        train: Callable[[Path], object],
        ask: AskFolder = ask_folder,
    ) -> None:
        super().__init__(window)
        self._window, self._is_dataset, self._train, self._ask = window, is_dataset, train, ask
        self.notice: DatasetNotice | None = None
        text, before = tr("Open d&ataset folder…"), window.read_entry
        menus.entry(window.menus.file, text, self.choose, "Ctrl+Shift+D", before=before)
        window.photos.start.dataset_requested.connect(self.choose)
        window.folder_opened.connect(self._opened)

    @Slot()
    def choose(self) -> None:
        """Asks for a dataset folder and opens it; another folder is opened too, with a word about it."""
        folder = self._ask(self._window, tr("Open a dataset folder"), self._window.folder)
        if folder is None:
            return
        self._window.open_folder(folder)
        if self._window.folder != folder.absolute():
            return
        try:
            found = self._is_dataset(folder)
        except ImgSearchError as error:
            self._window.show_error(error)
            return
        if not found:
            told = tr(
                "“{folder}” is opened as photos alone: a dataset folder has train_dataset.csv or "
                "test_queries.csv in it."
            )
            self._window.error.say(told.format(folder=printable(folder.name)))
            return
        self.notice = DatasetNotice(partial(self._train, folder))
        self._window.banners.addWidget(self.notice)

    @Slot()
    def _opened(self) -> None:
        if self.notice is not None:  # it was about another folder
            self.notice.hide()
            self.notice.deleteLater()
            self.notice = None


class DatasetNotice(QFrame):
    """One line above the photos, until it is dismissed or another folder is opened.

    Args:
        train: opens the training window.

    Attributes:
        train_button: opens the training window.
        dismiss_button: hides the notice.
    """

    def __init__(self, train: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("kind", "info")
        text = label(
            tr(
                "This folder is a dataset. The training window sums up its captions and judgements, and "
                "trains on them if you like."
            )
        )
        self.setAccessibleName(text.text())
        self.train_button, self.dismiss_button = QPushButton(tr("Read captions…")), QPushButton(tr("Dismiss"))
        self.train_button.setToolTip(tr("Open the training window on this folder; nothing is trained yet"))
        self.dismiss_button.setToolTip(tr("Hide this notice; Model, Train… does the same later"))
        self.train_button.clicked.connect(lambda _=False: train())
        self.dismiss_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(text, 1)
        for button in (self.train_button, self.dismiss_button):
            button.setObjectName("small")
            row.addWidget(button)
