"""The window: query on top, photos below, and what is to say about them."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QUrl, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import menus, messages, style
from imgsearch_gui.ui.asking import ask_folder
from imgsearch_gui.ui.drops import FolderDrops
from imgsearch_gui.ui.fitting import begin_with
from imgsearch_gui.ui.folder_reading import FolderReading
from imgsearch_gui.ui.notices import Banner, ErrorBanner
from imgsearch_gui.ui.photos.photo_actions import PhotoActions
from imgsearch_gui.ui.photos.photos_page import PhotosPage
from imgsearch_gui.ui.search.filter_chips import FilterChips
from imgsearch_gui.ui.search.query_bar import QueryBar
from imgsearch_gui.ui.status_line import StatusLine
from imgsearch_gui.ui.view_state import EngineState, ViewState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from imgsearch_gui.core.types.content_rule import RuleMode
    from imgsearch_gui.services.engine_service import EngineService
    from imgsearch_gui.services.indexing_service import IndexingService
    from imgsearch_gui.services.left_out_service import LeftOutService
    from imgsearch_gui.services.search_service import Answer, Photo, Question, SearchService
    from imgsearch_gui.services.thumbnail_service import ThumbnailService


class MainWindow(QMainWindow):
    """Wires the services to the widgets; what it shows follows from one `ViewState`.

    Args:
        engine: builds the search engine; the caller starts it once the window is shown.
        search: answers queries.
        indexing: reads folders.
        left_out: knows the files that a search does not see.
        thumbnails: decodes thumbnails.
        open_url: opens a file or folder with the system's program; returns whether it could.

    Signals:
        demo_requested(): the demo gallery was chosen in the menu.
        folder_opened(object): the path of the folder that is open now.
        rule_changed(object): what the content rule does from now on.
        about_requested(): the menu's last entry was chosen.

    Attributes:
        read_entry: of the File menu; other ways to open a folder stand before it.
        quit_entry: of the File menu; what belongs to the whole program stands before it.
        search_separator: of the Search menu, after all ways to ask.
        about_entry: of the Help menu; help stands before it.
    """

    demo_requested = Signal()
    folder_opened = Signal(object)
    rule_changed = Signal(object)
    about_requested = Signal()

    def __init__(
        self,
        engine: EngineService,
        search: SearchService,
        indexing: IndexingService,
        left_out: LeftOutService,
        thumbnails: ThumbnailService,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__()
        self._search, self._indexing, self._thumbnails = search, indexing, thumbnails
        self._state = ViewState()
        self._engine_error: Exception | None = None

        self.query, self.chips = QueryBar(pictures=True), FilterChips()
        self.open_button = QPushButton(tr("Open folder…"))
        self.error, self.warning, self.note = ErrorBanner(), Banner("warning"), Banner("info")
        self.photos = PhotosPage(thumbnails)
        self.model, self.view, self.empty = self.photos.model, self.photos.view, self.photos.empty
        self.reading = FolderReading(indexing, self)
        self.indexing_bar = self.reading.bar
        self.status = StatusLine(left_out)
        left_out.failed.connect(self.show_error)

        self._lay_out()
        self.menus = menus.build(self.menuBar())
        self.photo_actions = PhotoActions(self.menus.photo, self.view, open_url, self)
        self._fill_menus()
        self._connect(engine)
        self._draw()
        self.query.setFocus()

    # What the user does

    def open_folder(self, path: Path) -> None:
        """Opens a folder, or the folder of a file: shows its photos and reads what is new."""
        folder = (path.parent if os.path.isfile(path) else path).absolute()  # noqa: PTH113 - never raises
        # The photos of a drive that is unplugged can be searched.
        if not os.path.isdir(folder) and not self._indexing.knows(folder):  # noqa: PTH112 - likewise
            self.error.say(messages.folder_missing(folder))
            return
        if folder != self._state.folder:
            self.query.leave_folder()
            self.query.setFocus()  # so that typing searches, wherever the folder was chosen
        self._state = ViewState(self._state.engine, folder, self._state.question)
        self.error.clear()
        if self._engine_error is not None:
            self.show_error(self._engine_error)
        self.status.begin(folder)
        self.setWindowTitle(f"{messages.printable(folder.name)} — ImgSearch")
        self._draw()
        self.read_folder()
        self.ask()
        self.folder_opened.emit(folder)

    @Slot(object)
    def refresh_folder(self, folder: Path) -> None:
        """Reads what has changed in a folder, if it is open and the user has not stopped the reading."""
        if self._state.engine is EngineState.READY and folder == self._state.folder:
            self.reading.refresh(folder)

    @Slot()
    def read_folder(self) -> None:
        """Reads what is new in the open folder."""
        if self._state.folder is not None and self._state.engine is not EngineState.FAILED:
            self.reading.begin(self._state.folder)

    @Slot()
    def choose_folder(self) -> None:
        """Asks for a folder, beginning where one is open, or at the user's pictures."""
        chosen = ask_folder(self, tr("Open a folder of photos"), self._state.folder)
        if chosen is not None:
            self.open_folder(chosen)

    def set_rule(self, rule: RuleMode) -> None:
        """Sets the content rule, and asks again."""
        self.ask_for(replace(self.question, rule=rule))
        self.rule_changed.emit(rule)

    @property
    def folder(self) -> Path | None:
        """The folder that is open."""
        return self._state.folder

    @property
    def answer(self) -> Answer | None:
        """The latest answer for this folder, as it is shown."""
        return self._state.answer

    def shown_photos(self) -> Sequence[Photo]:
        """Returns the photos of the grid, in their order."""
        return self._state.photos()

    @property
    def rule(self) -> RuleMode:
        """What the content rule does with searches."""
        return self.question.rule

    @property
    def question(self) -> Question:
        """What is asked."""
        return self._state.question

    @Slot()
    def ask(self) -> None:
        """Asks for what stands in the query field, or for all photos."""
        self.ask_for(replace(self.question, query=self.query.text(), picture=self.query.picture))

    def ask_for(self, question: Question) -> None:
        """Asks a question, now or once there is a folder to ask about."""
        self._state.question = question
        if self._state.folder is not None and self._state.engine is not EngineState.FAILED:
            self._search.request(self._state.folder, question)
            self._draw()
            if self._state.engine is EngineState.READY:
                self.status.count.setText(messages.searching())

    @Slot()
    def _clear_query(self) -> None:
        self.query.clear_all()
        self.query.setFocus()

    @Slot()
    def _focus_query(self) -> None:
        self.query.setFocus()
        self.query.selectAll()

    @Slot()
    def _show_rest(self) -> None:
        """Shows the unlikely hits of this query too, and goes to the first of them."""
        first, self._state.rest = self.model.rowCount(), True
        self.photos.show_photos(self._state.photos(), keep_place=True)
        self._draw()
        self.photos.focus_photos(first)

    # What the services say

    @Slot()
    def _engine_ready(self) -> None:
        self._state.engine = EngineState.READY
        self._draw()

    @Slot(object)
    def _engine_failed(self, reason: Exception) -> None:
        self._engine_error = reason
        self._state.engine = EngineState.FAILED
        self.reading.forbid()
        self.show_error(reason)
        self._draw()

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        if self._state.failed:
            self.error.clear()  # of the question before
        same = self._state.take(answer)
        self.photos.show_photos(self._state.photos(), keep_place=same)
        self._draw()

    @Slot(object)
    def _search_failed(self, reason: Exception) -> None:
        self._state.answer, self._state.failed = None, True
        self.query.refuse_picture()
        self.photos.show_photos(())
        self.show_error(reason)
        self._draw()

    @Slot()
    def _read_further(self) -> None:
        if self.reading.progress is not None and self.reading.going_on:
            self.status.say_problems(self.reading.progress.failed)
        self._draw()

    @Slot()
    def _refresh_answer(self) -> None:
        """Asks again for what is shown, now that there are more photos; never overtakes a request."""
        answer = self._state.answer
        if answer is not None and not self._search.busy:
            asked = answer.request
            self._search.request(asked.folder, replace(asked.question, rule=self.rule))

    @Slot()
    def _read(self) -> None:
        self.status.count_left_out()
        if self.reading.progress is not None and self.reading.progress.embedded:
            self._thumbnails.forget()
        self.ask()

    def show_error(self, reason: BaseException) -> None:
        """Says what went wrong, above the photos."""
        self.error.tell(reason)

    # What is drawn

    def _draw(self) -> None:
        """Shows the photos, or says why there are none."""
        state = self._state
        state.reading, state.progress = self.reading.state, self.reading.progress
        self.status.engine_state.setText(state.engine.text)
        self.warning.say(state.warning())
        self.note.say(state.note())
        self.status.count.setText(state.status())
        self.photos.draw(state.empty(), state.hidden(), start=state.folder is None)
        if state.answer is not None:
            self.chips.say(state.answer.request.question.query, state.answer.parsed)

    # Qt's own

    def changeEvent(self, event: QEvent) -> None:
        """Draws the icons again when the palette changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._set_icons()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stops the reading; what was read stays."""
        self._indexing.cancel()
        super().closeEvent(event)

    # Construction

    def _lay_out(self) -> None:
        self.setWindowTitle("ImgSearch")
        self.setMinimumSize(640, 480)
        begin_with(self, 1100, 760)
        FolderDrops(self, self.open_folder)
        self._set_icons()
        self.top = top = QHBoxLayout()
        top.setContentsMargins(16, 10, 16, 8)
        top.setSpacing(10)
        top.addWidget(self.query, 1)
        top.addWidget(self.open_button)
        self.open_button.setMinimumHeight(self.query.sizeHint().height())
        self.banners = QVBoxLayout()
        self.banners.setContentsMargins(16, 0, 16, 4)
        self.banners.setSpacing(6)
        for banner in (self.error, self.warning, self.note):
            self.banners.addWidget(banner)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.chips)
        column.addLayout(self.banners)
        column.addWidget(self.photos, 1)
        column.addWidget(self.indexing_bar)
        centre = QWidget()
        centre.setLayout(column)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)

    def _fill_menus(self) -> None:
        file, search = self.menus.file, self.menus.search
        first = self.menus.matches.menuAction()  # what belongs to folders stands before it
        entry, keys = menus.entry, menus.StandardKey
        entry(file, tr("&Open folder…"), self.choose_folder, keys.Open, before=first)
        entry(file, tr("Open &demo gallery"), self.demo_requested.emit, "Ctrl+G", before=first)
        self.read_entry = entry(file, tr("&Read folder again"), self.read_folder, "F5", before=first)
        entry(file, tr("&Pause or resume reading"), self._indexing.toggle_pause, "F6", before=first)
        file.insertSeparator(first)
        file.addSeparator()
        self.quit_entry = entry(file, tr("&Quit"), self.close, "Ctrl+Q")
        entry(search, tr("&Find"), self._focus_query, keys.Find, "Ctrl+L")
        entry(search, tr("&Clear"), self._clear_query, "Esc")
        self.search_separator = search.addSeparator()
        self.rule_changed.connect(menus.add_rule_menu(search, self.rule, self.set_rule))
        about = entry(self.menus.help, tr("&About ImgSearch"), self.about_requested.emit, "Ctrl+F1")
        self.about_entry = about

    def _set_icons(self) -> None:
        self.open_button.setIcon(style.icon("folder", self.palette().buttonText().color()))

    def _connect(self, engine: EngineService) -> None:
        engine.ready.connect(self._engine_ready)
        engine.ready.connect(self._search.use_engine)
        engine.ready.connect(self._indexing.use_engine)
        engine.failed.connect(self._engine_failed)
        self.query.searched.connect(self.ask)
        self.chips.removed.connect(self.query.setText)
        self.query.left_down.connect(self.photos.focus_photos)
        self.open_button.clicked.connect(self.choose_folder)
        self.empty.open_requested.connect(self.choose_folder)
        self.photos.start.folder_requested.connect(self.choose_folder)
        self.photos.start.demo_requested.connect(self.demo_requested)
        self.photos.rest_requested.connect(self._show_rest)
        self.photo_actions.failed.connect(self.error.say)
        self.photo_actions.told.connect(self.status.tell)
        self._search.answered.connect(self._answered)
        self._search.failed.connect(self._search_failed)
        self.reading.changed.connect(self._read_further)
        self.reading.came.connect(self._refresh_answer)
        self.reading.recovered.connect(self.error.clear)
        self.reading.ended.connect(self._read)
        self.reading.failed.connect(self.show_error)
