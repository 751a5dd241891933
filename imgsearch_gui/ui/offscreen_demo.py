"""The demo where there is no screen: one query, a picture of the window, the hits as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from imgsearch_gui.core.types.photos import Band, SearchHit
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from imgsearch_gui.services.search_service import Answer, SearchService
    from imgsearch_gui.services.thumbnail_service import ThumbnailService
    from imgsearch_gui.ui.main_window import MainWindow

QUERY = "a cup of coffee"
PICTURE = "imgsearch-demo.png"


class OffscreenDemo(QObject):
    """Waits until the gallery is read, asks one query, and saves a picture of the answer.

    Args:
        window: the window, on which the demo gallery is opened.
        search: where the window asks.
        thumbnails: where its pictures come from.
        leave: ends the program with an exit status.

    Attributes:
        report: what to print when the program has ended.
    """

    def __init__(
        self,
        window: MainWindow,
        search: SearchService,
        thumbnails: ThumbnailService,
        leave: Callable[[int], object],
    ) -> None:
        super().__init__(window)
        self._window, self._thumbnails, self._leave = window, thumbnails, leave
        self._answer: Answer | None = None
        self.report = ""
        search.answered.connect(self._answered)
        window.error.said.connect(self._failed)

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        if self._window.reading.going_on:
            return
        if answer.request.question.query == QUERY:
            self._answer = answer
            self._window.grab()  # paints, and so asks for the thumbnails, if there are hits to show
            if self._thumbnails.busy:
                self._thumbnails.idle.connect(self._picture_complete)
            else:
                QTimer.singleShot(0, self._finish)
        else:
            self._window.query.setText(QUERY)

    @Slot()
    def _picture_complete(self) -> None:
        self._thumbnails.idle.disconnect(self._picture_complete)
        QTimer.singleShot(0, self._finish)

    @Slot()
    def _finish(self) -> None:
        if self._answer is None:
            return
        picture = Path(PICTURE).absolute()
        if not self._window.grab().save(str(picture)):
            self._failed(tr("The picture of the window cannot be saved as {file}.").format(file=picture))
            return
        lines = [tr("“{query}” finds:").format(query=QUERY)]
        bands = {None: ""} | {band: messages.band(band).lower() for band in Band}
        width = max(map(len, bands.values()))
        lines += [
            f"{messages.score(hit.score)}  {bands[hit.band]:{width}}  {messages.printable(hit.path.name)}"
            for hit in self._answer.photos
            if isinstance(hit, SearchHit) and hit.band is not None
        ]
        saved = tr("The window was drawn off screen and saved as {file}").format(file=picture)
        self.report = "\n".join([*lines, saved])
        self._leave(0)

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self.report = sentence
        self._leave(2)
