"""Brings the settings to a window: the menu's entry, the dialog, and what it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from imgsearch_gui.services import settings_schema as schema
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import menus
from imgsearch_gui.ui.asking import ask_folder
from imgsearch_gui.ui.settings.rule_editor import RuleEditor
from imgsearch_gui.ui.settings.settings_dialog import Link, SettingsDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from imgsearch_gui.services.rule_service import RuleService
    from imgsearch_gui.services.settings import Settings
    from imgsearch_gui.ui.asking import AskFolder
    from imgsearch_gui.ui.main_window import MainWindow
    from imgsearch_gui.ui.models.model_tools import ModelTools


class SettingsTools(QObject):
    """Adds its entry to the File menu.

    Args:
        window: the window, which owns this.
        settings: the values.
        rule: keeps the content rule's words.
        models: what the window has of the matchers.
        pending: says when changes take effect that need another window; blank when there are none.
        library_named: whether the library was named on the command line, which the settings do not change.
        ask: asks for a folder.

    Signals:
        closed(): the settings were closed.

    Attributes:
        dialog: the settings, if they are open.
        rule_editor: the editor of the words, if it is open.
    """

    closed = Signal()

    def __init__(
        self,
        window: MainWindow,
        settings: Settings,
        rule: RuleService,
        models: ModelTools,
        pending: Callable[[], str],
        *,
        library_named: bool,
        ask: AskFolder = ask_folder,
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._rule, self._models = window, settings, rule, models
        self._pending, self._library_named, self._ask = pending, library_named, ask
        self.dialog: SettingsDialog | None = None
        self.rule_editor: RuleEditor | None = None
        menu, before = window.menus.file, window.quit_entry
        action = menus.entry(menu, tr("&Settings…"), self.open, "Ctrl+,", before=before)
        menu.insertSeparator(before)
        action.setMenuRole(QAction.MenuRole.PreferencesRole)

    @Slot()
    def open(self) -> None:
        """Opens the settings."""
        if self.dialog is not None:
            return
        fixed = tr("This time it is where the command line says.")
        self.dialog = SettingsDialog(
            schema.SHOWN,
            self._settings,
            self._links(),
            {schema.LIBRARY.key: fixed} if self._library_named else {},
            self._pending,
            self._ask,
            self._window,
        )
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _links(self) -> tuple[Link, ...]:
        return (
            Link(
                schema.RULE.key,
                tr("Words of the rule"),
                "",
                tr("The words can be changed, removed and added, in every language."),
                tr("Edit…"),
                self.edit_rule,
            ),
            Link(
                schema.REMEMBER_QUERIES.key,
                tr("Matcher"),
                self._models.in_use,
                tr("What scores a photo against a sentence. Others can be trained, imported and chosen."),
                tr("Models…"),
                self._models.open,
            ),
            Link(
                schema.REMEMBER_QUERIES.key,
                tr("Encoders"),
                tr("EfficientNet-Lite2 for pictures; MiniLM and the multilingual USE for sentences"),
                tr(
                    "What turns pictures and sentences into numbers. The window uses the ones that come "
                    "with it. With others, every photo is read anew and a matcher has to be trained for "
                    "them: the command line does that."
                ),
            ),
        )

    @Slot()
    def edit_rule(self) -> None:
        """Opens the editor of the content rule's words."""
        if self.rule_editor is None:
            self.rule_editor = RuleEditor(self._rule, self.dialog or self._window)
            self.rule_editor.destroyed.connect(self._rule_closed)
            self.rule_editor.open()

    @Slot()
    def _closed(self) -> None:
        self.dialog = None
        self.closed.emit()

    @Slot()
    def _rule_closed(self) -> None:
        self.rule_editor = None
