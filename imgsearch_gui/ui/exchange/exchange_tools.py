"""What the Rate menu offers beside rating: agreement, export and import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import menus
from imgsearch_gui.ui.exchange import exchange_messages as words
from imgsearch_gui.ui.exchange.agreement_dialog import AgreementDialog
from imgsearch_gui.ui.exchange.exchange_dialog import ExchangeDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QDialog, QMenu, QWidget

    from imgsearch_gui.services.exchange_service import ExchangeService
    from imgsearch_gui.services.jobs import Job


class ExchangeTools(QObject):
    """Adds its entries to a menu, and opens their dialogs.

    Args:
        menu: the menu.
        service: does the work.
        window: above which the dialogs open; it owns them and this.
    """

    def __init__(self, menu: QMenu, service: ExchangeService, window: QWidget) -> None:
        super().__init__(window)
        self._service, self._window = service, window
        menu.addSeparator()
        menus.entry(menu, tr("&Agreement between raters…"), self.show_agreement, "F9")
        menus.entry(menu, tr("&Export ratings…"), self.export, "Ctrl+Shift+E")
        menus.entry(menu, tr("&Import ratings…"), self.bring, "Ctrl+Shift+I")

    def show_agreement(self) -> None:
        """Measures the agreement and shows it."""
        self._open(AgreementDialog(self._service.agreement(), self._window))

    def export(self) -> None:
        """Asks where to, and exports all ratings."""

        def start(folder: Path, link: bool) -> Job:
            return self._service.export(folder, link=link)

        self._open(ExchangeDialog(words.export_words(), start, words.exported, self._window))

    def bring(self) -> None:
        """Asks where from, and imports ratings."""

        def start(folder: Path, _link: bool) -> Job:
            return self._service.bring(folder)

        self._open(ExchangeDialog(words.import_words(), start, words.imported_with_conflicts, self._window))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
