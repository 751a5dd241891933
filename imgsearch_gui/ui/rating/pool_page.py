"""Stepping through test queries: the hits, and where among them the right image stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.key_page import KeyPage, key_of
from imgsearch_gui.ui.notices import Banner, EmptyState
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.photos.results_view import ResultsView
from imgsearch_gui.ui.picture_view import PictureView
from imgsearch_gui.ui.rating import rating_messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from imgsearch_gui.core.types.judging import JudgingItem, PoolStep
    from imgsearch_gui.core.types.progress import TrainProgress
    from imgsearch_gui.services.pool_service import PoolService
    from imgsearch_gui.services.preview_service import PreviewService
    from imgsearch_gui.services.thumbnail_service import ThumbnailService
    from imgsearch_gui.ui.empty_messages import Empty

_KEY = Qt.Key
_PANEL = 280  # pixels
_FRAME, _RADIUS = 3.0, 8.0


class PoolView(ResultsView):
    """A grid of hits, one of which has a frame."""

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._marked = -1
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys belong to the page
        self.setSelectionMode(ResultsView.SelectionMode.NoSelection)

    @property
    def marked(self) -> int:
        """The row with the frame."""
        return self._marked

    def mark(self, row: int) -> None:
        """Frames a row."""
        self._marked = row
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the frame over the grid."""
        super().paintEvent(event)
        rect = self.visualRect(self.model().index(self._marked, 0))
        if rect.isValid() and rect.intersects(event.rect()):
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().highlight().color(), _FRAME))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -2), _RADIUS, _RADIUS)
            painter.end()


class PoolPage(KeyPage):
    """One test query after the other, by the arrow keys.

    Args:
        service: answers the queries.
        previews: decodes the picture at the side.
        thumbnails: decodes those of the grid.
        parent: the Qt parent, if any.

    Signals:
        left(): the person wants to go back to the search.
    """

    left = Signal()

    def __init__(
        self,
        service: PoolService,
        previews: PreviewService,
        thumbnails: ThumbnailService,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._service, self._previews = service, previews
        self._step: PoolStep | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Test queries"))
        self.caption, self.place = QLabel(), QLabel()
        self.rank, self.recalls, self.recalls_of = QLabel(), QLabel(), QLabel()
        self.warning, self.note = Banner("warning"), Banner("info")
        self.empty, self.picture = EmptyState(), PictureView()
        self.model = ResultsModel(thumbnails, self)
        self.view = PoolView(self.model)
        self.previous_button = self.small_button(
            tr("← Previous"), tr("The query before (←)"), lambda: service.go(-1)
        )
        self.next_button = self.small_button(
            tr("Next →"), tr("The next query (→ or Space)"), lambda: service.go(1)
        )
        self.show_button = self.small_button(
            tr("Show it among the hits"), tr("Scroll to it (G)"), self._show_right
        )
        self.leave_button = self.small_button(
            tr("Back to the search"), tr("Leave the test queries (Esc)"), self.left.emit
        )
        self._lay_out()
        service.stepped.connect(self._stepped)
        service.progressed.connect(self._progressed)
        service.failed.connect(self._failed)
        previews.loaded.connect(self._loaded)
        self.picture.resized.connect(self._want_picture)

    def begin(self) -> None:
        """Shows that a folder is being opened."""
        self._say(rating_messages.opening())
        self.setFocus()

    @Slot(object)
    def _stepped(self, step: PoolStep) -> None:
        self._step = step
        self.caption.setText(step.query)
        self.place.setText(rating_messages.stepped(step))
        self.rank.setText(rating_messages.rank(step))
        self.recalls.setText(rating_messages.recalls(step))
        self.recalls_of.setText(rating_messages.recalls_of(step))
        self.note.say(rating_messages.trained_on(step.trained_on))
        self.warning.say(messages.warned(step.rule_match) if step.rule_match is not None else "")
        self.previous_button.setEnabled(step.place > 0)
        self.next_button.setEnabled(step.place < step.count - 1)
        self.model.show(step.hits)
        self.view.scrollToTop()
        self.view.mark(step.rank - 1)
        self._middle.setCurrentWidget(self._shown)
        self._draw_picture()
        self._want_picture()

    @Slot(object)
    def _progressed(self, step: TrainProgress) -> None:
        self._say(rating_messages.opening(step))

    @Slot(object)
    def _failed(self, reason: Exception) -> None:
        self._say(rating_messages.failed(reason))

    def _say(self, message: Empty) -> None:
        self._step = None
        self.caption.clear()
        self.place.clear()
        self.warning.clear()
        self.note.clear()
        self.empty.say(message)
        self._middle.setCurrentWidget(self.empty)

    @Slot()
    def _show_right(self) -> None:
        if self._step is not None:
            self.view.scrollTo(self.model.index(self._step.rank - 1))

    # The picture at the side

    @Slot(object)
    def _loaded(self, item: JudgingItem) -> None:
        if self._step is not None and item == self._step.picture:
            self._draw_picture()

    def _draw_picture(self) -> None:
        if self._step is None:
            return
        picture = self._step.picture
        if picture is None:
            self.picture.show_picture(None, tr("Withheld by the content rule"))
            return
        preview = self._previews.preview(picture)
        if preview is None:
            self.picture.show_picture(None)
        else:
            self.picture.show_picture(preview.image, preview.fault)

    @Slot()
    def _want_picture(self) -> None:
        if self._step is not None and self._step.picture is not None:
            self._previews.want([self._step.picture], self.picture.wanted_side())

    # Keys

    def action_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Returns what a key means here, or nothing."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        bar = self.view.verticalScrollBar()
        line, page = self.view.visualRect(self.model.index(0)).height(), bar.pageStep()
        return {
            _KEY.Key_Escape: self.left.emit,
            _KEY.Key_Right: lambda: self._service.go(1),
            _KEY.Key_Space: lambda: self._service.go(1),
            _KEY.Key_Return: lambda: self._service.go(1),
            _KEY.Key_Enter: lambda: self._service.go(1),
            _KEY.Key_Left: lambda: self._service.go(-1),
            _KEY.Key_Backspace: lambda: self._service.go(-1),
            _KEY.Key_G: self._show_right,
            _KEY.Key_Down: lambda: bar.setValue(bar.value() + line),
            _KEY.Key_Up: lambda: bar.setValue(bar.value() - line),
            _KEY.Key_PageDown: lambda: bar.setValue(bar.value() + page),
            _KEY.Key_PageUp: lambda: bar.setValue(bar.value() - page),
        }.get(key_of(event))

    # Construction

    def _lay_out(self) -> None:
        self.caption.setObjectName("caption")
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setWordWrap(True)
        self.rank.setObjectName("figure")
        self.recalls.setObjectName("figure")
        for label in (self.place, self.recalls_of):
            label.setObjectName("quiet")
        self.picture.setAccessibleName(tr("The right image"))
        self.picture.setMaximumHeight(_PANEL * 3 // 4)
        title = QLabel(tr("The right image"))
        title.setObjectName("quiet")
        steps = QHBoxLayout()
        steps.setSpacing(6)
        steps.addWidget(self.previous_button, 1)
        steps.addWidget(self.next_button, 1)
        panel = QWidget()
        panel.setFixedWidth(_PANEL)
        side = QVBoxLayout(panel)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(title)
        side.addWidget(self.picture, 1)
        side.addWidget(self.rank)
        side.addWidget(self.show_button)
        side.addSpacing(14)
        side.addWidget(self.recalls)
        side.addWidget(self.recalls_of)
        side.addStretch()
        side.addLayout(steps)
        self._shown = QWidget()
        row = QHBoxLayout(self._shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.view, 1)
        row.addWidget(panel)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.empty)
        self._middle.addWidget(self._shown)
        top = QHBoxLayout()
        top.addWidget(self.place, 1)
        top.addWidget(self.leave_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        for widget in (self.warning, self.note, self.caption):
            column.addWidget(widget)
        column.addWidget(self._middle, 1)
