"""The window of settings: a row for each row of the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.asking import ask_folder
from imgsearch_gui.ui.fitting import begin_with
from imgsearch_gui.ui.notices import Banner
from imgsearch_gui.ui.settings.editors import editor
from imgsearch_gui.ui.widgets import label, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from imgsearch_gui.services.settings import Setting, Settings
    from imgsearch_gui.ui.asking import AskFolder


_AGAIN_MS = 500


class Link(NamedTuple):
    """A row that is no setting itself, but leads to where something is chosen.

    Attributes:
        after: the key of the setting that it stands below.
        label: what it is about.
        text: what holds now.
        help: one or two sentences that explain it.
        button: what the button says; blank for no button.
        open: what the button does.
    """

    after: str
    label: str
    text: str
    help: str
    button: str = ""
    open: Callable[[], object] = bool


class SettingsDialog(QDialog):
    """Shows settings in their sections; a change holds at once, or when the window is made anew.

    Args:
        rows: the settings, in their order.
        settings: their values.
        links: rows that lead elsewhere.
        fixed: by key, why a setting cannot be changed now.
        pending: says when changes take effect that need another window; blank when there are none.
        ask: asks for a folder.
        parent: the Qt parent, if any.

    Attributes:
        editors: the widget of each setting, by its key.
        buttons: the button of each link, by its label.
        note: says when changes take effect.
    """

    def __init__(
        self,
        rows: Sequence[Setting[Any]],
        settings: Settings,
        links: Sequence[Link] = (),
        fixed: Mapping[str, str] | None = None,
        pending: Callable[[], str] = str,
        ask: AskFolder = ask_folder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Settings"))
        begin_with(self, 640, 640)
        self._settings, self._pending = settings, pending
        self.editors: dict[str, QWidget] = {}
        self.buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(18, 6, 18, 12)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        section = ""
        for row in rows:
            if row.section() != section:
                section = row.section()
                self._headline(section)
            self._setting(row, (fixed or {}).get(row.key, ""), ask)
            for link in links:
                if link.after == row.key:
                    self._link(link)
        content = QWidget()
        content.setObjectName("clear")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch()
        area = scrolled(content)
        area.setObjectName("clear")
        bar = area.verticalScrollBar().sizeHint().width()
        area.setMinimumWidth(content.minimumSizeHint().width() + bar)  # as there is no bar below
        self.note = Banner("info")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addWidget(area, 1)
        whole.addWidget(self.note)
        whole.addWidget(buttons)
        settings.changed.connect(self.tell)
        again = QTimer(self)  # work that a change waits for may end meanwhile
        again.timeout.connect(self.tell)
        again.start(_AGAIN_MS)
        self.tell()

    @Slot()
    def tell(self) -> None:
        """Says when changes take effect, if some have to wait."""
        text = self._pending()
        if text != self.note.text:
            self.note.say(text)

    def _headline(self, text: str) -> None:
        if self._grid.count():
            self._grid.setRowMinimumHeight(self._grid.rowCount(), 10)
        self._grid.addWidget(label(text, "section", wrap=False), self._grid.rowCount(), 0, 1, 2)

    def _setting(self, row: Setting[Any], fixed: str, ask: AskFolder) -> None:
        widget = editor(row, self._settings, ask)
        widget.setEnabled(not fixed)
        self.editors[row.key] = widget
        self._row(row.label(), widget, fixed or row.help())

    def _link(self, link: Link) -> None:
        text = label(link.text)
        if not link.button:
            self._row(link.label, text, link.help)
            return
        button = QPushButton(link.button)
        button.setObjectName("small")
        button.setAutoDefault(False)
        button.setToolTip(link.help)
        button.setAccessibleName(f"{link.label}: {link.button}")
        button.clicked.connect(lambda _=False: link.open())
        self.buttons[link.label] = button
        both = QWidget()
        line = QGridLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setColumnStretch(0, 1)
        line.addWidget(text, 0, 0)
        line.addWidget(button, 0, 1)
        self._row(link.label, both, link.help)

    def _row(self, name: str, widget: QWidget, explanation: str) -> None:
        at = self._grid.rowCount()
        caption = label(name, wrap=False)
        caption.setBuddy(widget)
        self._grid.addWidget(caption, at, 0)
        self._grid.addWidget(widget, at, 1)
        self._grid.addWidget(label(explanation, "quiet"), at + 1, 1)
        self._grid.setRowMinimumHeight(at + 2, 8)
