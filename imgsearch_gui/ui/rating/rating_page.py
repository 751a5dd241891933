"""The rating mode: one picture, one sentence, one key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.key_page import KeyPage, key_of
from imgsearch_gui.ui.notices import Banner, EmptyState, ErrorBanner
from imgsearch_gui.ui.picture_view import PictureView
from imgsearch_gui.ui.rating import rating_messages
from imgsearch_gui.ui.rating.rating_controls import RatingControls
from imgsearch_gui.ui.rating.rating_scale import ScalePanel
from imgsearch_gui.ui.widgets import scrolled

if TYPE_CHECKING:
    from collections.abc import Callable

    from imgsearch_gui.core.types.judging import JudgingItem, JudgingList
    from imgsearch_gui.core.types.progress import TrainProgress
    from imgsearch_gui.services.preview_service import PreviewService
    from imgsearch_gui.services.rating_service import RatingService
    from imgsearch_gui.ui.empty_messages import Empty

_KEY = Qt.Key
_PANEL = 300  # pixels, at least; the sentences of the scale take two lines each
_AHEAD = 4  # pictures decoded before they are on screen: two seconds of the fastest rater
_LONG = 160  # letters of a sentence that is set smaller
_LONGEST_COMMENT = 2000
_VALUE_KEYS = {
    RatingScale.EXPERT: {_KEY.Key_1: 1, _KEY.Key_2: 2, _KEY.Key_3: 3, _KEY.Key_4: 4},
    RatingScale.CROWD: {_KEY.Key_Y: 1, _KEY.Key_N: 0},
}


class RatingPage(KeyPage):
    """Shows what is to be rated; every key counts for the item that is on screen when it is pressed.

    Args:
        service: what is rated, and where it goes.
        previews: decodes the pictures.
        parent: the Qt parent, if any.

    Signals:
        left(): the person wants to go back to the search.
    """

    repeats = False  # a key that is held down must not rate a hundred pictures

    left = Signal()

    def __init__(
        self, service: RatingService, previews: PreviewService, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._service, self._previews = service, previews
        self._found: JudgingList | None = None  # nothing while it is gathered
        self._message = rating_messages.gathering()
        self._comments: dict[tuple[str, bytes], str] = {}  # by query and picture
        self._commented: JudgingItem | None = None  # what the comment in the field is about
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Rating"))
        self.caption, self.progress, self.last = QLabel(), QLabel(), QLabel()
        self.details = QLabel()
        self.bar = QProgressBar()
        self.error, self.warning, self.note = ErrorBanner(), Banner("warning"), Banner("info")
        self.picture, self.empty = PictureView(), EmptyState()
        self.comment = QLineEdit()
        self.scale = ScalePanel()
        self.controls = RatingControls(service.choices)
        self.back_button = self.small_button(tr("← Back"), tr("Look at the one before (←)"), service.back)
        self.undo_button = self.small_button(
            tr("Undo"), tr("Take the last rating back (Backspace)"), service.undo
        )
        self.skip_button = self.small_button(tr("Skip →"), tr("Go on without rating (Space)"), service.skip)
        self.leave_button = self.small_button(
            tr("Back to the search"), tr("Leave the rating mode (Esc)"), self.left.emit
        )
        self._lay_out()
        service.changed.connect(self._draw)
        service.choices_changed.connect(self.controls.show_choices)
        service.gathered.connect(self._gathered)
        service.progressed.connect(self._progressed)
        service.failed.connect(self._failed)
        service.not_saved.connect(self._not_saved)
        service.not_taken_back.connect(self._not_taken_back)
        previews.loaded.connect(self._loaded)
        self.picture.resized.connect(self._want_pictures)
        self.picture.clicked.connect(self.setFocus)
        self.scale.given.connect(self._rate)
        self.controls.chosen.connect(service.choose)
        self.controls.left.connect(self.setFocus)
        self.comment.returnPressed.connect(self._end_comment)
        self.empty.rest_requested.connect(self._show_rest)

    def begin(self, *, of_folder: bool) -> None:
        """Shows that something is being gathered.

        Args:
            of_folder: whether it is the pairs of a dataset folder.
        """
        self._found, self._message = None, rating_messages.gathering()
        self._keep_comment()  # of the round before, which is over
        self._comments.clear()
        self.error.clear()
        self.controls.name_order(of_folder=of_folder)
        self._draw()
        self.setFocus()

    def say(self, message: Empty) -> None:
        """Shows a message in place of a picture."""
        self._found, self._message = None, message
        self.error.clear()
        self._draw()
        self.setFocus()

    # What the service says

    @Slot(object)
    def _gathered(self, found: JudgingList) -> None:
        self._found = found
        self._draw()

    @Slot(object)
    def _progressed(self, step: TrainProgress) -> None:
        self._message = rating_messages.gathering(step)
        self._draw()

    @Slot(object)
    def _failed(self, reason: Exception) -> None:
        self.say(rating_messages.failed(reason))
        self.error.tell(reason)

    @Slot(object)
    def _not_saved(self, reason: Exception) -> None:
        self.error.tell(reason)  # which logs what is a bug
        self.error.say(rating_messages.not_saved(reason))

    @Slot(object)
    def _not_taken_back(self, reason: Exception) -> None:
        self.error.tell(reason)
        self.error.say(rating_messages.not_taken_back(reason))

    @Slot(object)
    def _loaded(self, item: JudgingItem) -> None:
        if item == self._service.round.item:
            self._draw_picture()

    # What the person does

    def action_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Returns what a key means here, or nothing."""
        key, elsewhere = key_of(event), QApplication.focusWidget()
        if elsewhere is not self and key == _KEY.Key_Escape:
            return self.setFocus
        if isinstance(elsewhere, QLineEdit):
            return None
        if event.matches(QKeySequence.StandardKey.Undo):
            return self._service.undo
        allowed = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & ~allowed:
            return None
        value = _VALUE_KEYS[self._service.choices.scale].get(key)
        if value is not None:
            return lambda: self._rate(value)
        return {
            _KEY.Key_Escape: self.left.emit,
            _KEY.Key_Backspace: self._service.undo,
            _KEY.Key_Space: self._service.skip,
            _KEY.Key_Right: self._service.skip,
            _KEY.Key_Left: self._service.back,
            _KEY.Key_Return: self._show_rest,
            _KEY.Key_Enter: self._show_rest,
            _KEY.Key_C: self._begin_comment,
            _KEY.Key_B: self.controls.blind.click,
            _KEY.Key_P: self.controls.pass_over.click,
            _KEY.Key_S: self._change_scale,
        }.get(key)

    @Slot(int)
    def _rate(self, value: int) -> None:
        self._service.rate(value, self.comment.text().strip())

    @Slot()
    def _show_rest(self) -> None:
        if self._service.round.item is None:
            self.setFocus()  # before the button goes that was clicked, and with it the keys
            self._service.go_to_left()

    def _begin_comment(self) -> None:
        if self.comment.isEnabled():
            self.comment.setFocus()
            self.comment.selectAll()

    @Slot()
    def _end_comment(self) -> None:
        """Returns to the keys; what is said late of a picture that was rated goes with the same value."""
        item, value = self._service.round.item, self._service.round.value()
        self.setFocus()
        if item is not None and value is not None and self.comment.isModified():
            self._rate(value)

    def _change_scale(self) -> None:
        scales = list(RatingScale)
        after = scales[(scales.index(self._service.choices.scale) + 1) % len(scales)]
        self._service.choose(replace(self._service.choices, scale=after))

    # What is drawn

    @Slot()
    def _draw(self) -> None:
        now = self._service.round
        item, progress, choices = now.item, now.progress(), self._service.choices
        self._keep_comment()
        self.caption.setVisible(item is not None)
        self.caption.setText(item.query if item is not None else "")
        self.caption.setProperty("long", item is not None and len(item.query) > _LONG)
        self.caption.style().polish(self.caption)
        self.progress.setText(rating_messages.progress(progress) if progress.total else "")
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.rated)
        self.bar.setVisible(progress.total > 0)
        self.details.setText(rating_messages.details(item, choices) if item is not None else "")
        last = now.last
        self.last.setText(rating_messages.last(last.rating.scale, last.rating.value) if last else "")
        self.scale.show_scale(choices.scale, now.value(), enabled=item is not None)
        self.back_button.setEnabled(bool(progress.total))
        self.undo_button.setEnabled(last is not None)
        self.skip_button.setEnabled(item is not None)
        self.comment.setEnabled(item is not None)
        match = item.rule_match if item is not None else None
        self.warning.say(messages.warned(match) if match is not None else "")
        found = None if self._service.gathering else self._found
        self.note.say(rating_messages.notes(found) if found is not None else "")
        if item is None:
            self.empty.say(self._empty())
        else:
            self.picture.setAccessibleName(rating_messages.picture(progress, item.query))
            self._draw_picture()
            self._want_pictures()
        self._middle.setCurrentWidget(self._shown if item is not None else self.empty)

    def _empty(self) -> Empty:
        progress = self._service.round.progress()
        if self._service.gathering:  # again, in another order or for another rater
            return rating_messages.gathering()
        if self._found is None:
            return self._message
        if progress.total:
            return rating_messages.all_done(progress)
        return rating_messages.nothing(self._found, progress)

    def _draw_picture(self) -> None:
        item = self._service.round.item
        preview = self._previews.preview(item) if item is not None else None
        if preview is None:
            self.picture.show_picture(None)
        else:
            self.picture.show_picture(preview.image, preview.fault)

    @Slot()
    def _want_pictures(self) -> None:
        if self._service.round.item is not None:
            self._previews.want(self._service.round.upcoming(_AHEAD), self.picture.wanted_side())

    def _keep_comment(self) -> None:
        """Keeps what was written of one item, and shows what was written of the next."""
        before, item = self._commented, self._service.round.item
        if item == before:
            return
        if before is not None:
            self._comments[before.query, before.content_hash] = self.comment.text()
        self.comment.setText(self._comments.get((item.query, item.content_hash), "") if item else "")
        self._commented = item

    # Construction

    def _lay_out(self) -> None:
        self.caption.setObjectName("caption")
        for label in (self.caption, self.details, self.last):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for label in (self.progress, self.details, self.last):
            label.setObjectName("quiet")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Rated so far"))
        self.comment.setMaxLength(_LONGEST_COMMENT)
        self.comment.setPlaceholderText(tr("Comment (C)"))
        self.comment.setAccessibleName(tr("Comment on this picture"))
        self.comment.setToolTip(tr("What else there is to say; it is kept with the rating. Enter goes on."))
        top = QHBoxLayout()
        top.addWidget(self.progress, 1)
        top.addWidget(self.leave_button)
        self._shown = QWidget()
        shown = QVBoxLayout(self._shown)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.addWidget(self.picture, 1)
        shown.addWidget(self.comment)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.empty)
        self._middle.addWidget(self._shown)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._middle, 1)
        row.addWidget(self._panel())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.bar)
        for banner in (self.error, self.warning, self.note):
            column.addWidget(banner)
        column.addWidget(self.caption)
        column.addLayout(row, 1)

    def _panel(self) -> QWidget:
        steps = QHBoxLayout()
        steps.setSpacing(6)
        for button in (self.back_button, self.undo_button, self.skip_button):
            steps.addWidget(button, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(10)
        column.addWidget(self.scale)
        column.addLayout(steps)
        column.addWidget(self.last)
        column.addWidget(self.details)
        column.addStretch()
        column.addWidget(self.controls)
        area = scrolled(content)
        needed = content.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width()
        area.setFixedWidth(max(_PANEL, needed))  # some languages have longer words
        return area
