"""Each dialog, and each question it asks, in every look."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QMessageBox, QScrollArea

from imgsearch_gui import paths
from imgsearch_gui.core.types.agreement import (
    Agreement,
    CoupleAgreement,
    QueryAgreement,
    RaterAgreement,
)
from imgsearch_gui.core.types.exchange import Conflict, ExchangeProgress, ExportSummary, ImportSummary
from imgsearch_gui.core.types.photos import LeftOut, Problem
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.core.types.training import BUNDLED, Estimate, KeptModel
from imgsearch_gui.errors import LibraryError, PolicyError
from imgsearch_gui.sentences import sentence
from imgsearch_gui.services import settings_schema as schema
from imgsearch_gui.services.language import tr
from imgsearch_gui.services.left_out_service import LeftOutFiles
from imgsearch_gui.services.program_facts import Licence
from imgsearch_gui.services.rule_service import RuleText
from imgsearch_gui.services.saved_searches import SavedSearch, SavedSearches
from imgsearch_gui.services.settings import Settings
from imgsearch_gui.ui.about.about_dialog import AboutDialog
from imgsearch_gui.ui.about.text_dialog import LicencesDialog, TextDialog
from imgsearch_gui.ui.exchange import exchange_messages as words
from imgsearch_gui.ui.exchange.agreement_dialog import AgreementDialog
from imgsearch_gui.ui.exchange.exchange_dialog import ExchangeDialog
from imgsearch_gui.ui.memory.saved_tools import SavedDialog
from imgsearch_gui.ui.models.models_dialog import ModelsDialog
from imgsearch_gui.ui.problems_dialog import ProblemsDialog
from imgsearch_gui.ui.search.query_help import QueryHelp
from imgsearch_gui.ui.settings.rule_editor import RuleEditor
from imgsearch_gui.ui.settings.settings_dialog import Link, SettingsDialog
from imgsearch_gui.ui.shortcuts.key_tables import KeyTable, rating_keys
from imgsearch_gui.ui.shortcuts.shortcuts_dialog import ShortcutsDialog
from imgsearch_gui.ui.start.start_page import StartPage
from tests.rated import said
from tests.ui.accessibility import without_name

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

PHOTOS = Path("/home/ada/Photos")
ITALY = PHOTOS / "Italy"


# Stand-ins for what the dialogs ask


class Started(QObject):
    """A job; the test emits its signals."""

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()


class Models(QObject):
    """Three models."""

    listed = Signal(object)
    told = Signal(str)
    failed = Signal(object)
    can_roll_back = True
    models = (
        KeptModel(BUNDLED, "Bundled model", None, "", {"judged_pairs": 5822}, {"rmse_out_of_fold": 0.158}),
        KeptModel(
            "a" * 16,
            "Holiday",
            datetime(2026, 5, 1, 12, 34, tzinfo=UTC),
            "image_search: 4,658 pairs of 800 images",
            {"judged_pairs": 4658, "images": 800},
            {"rmse_out_of_fold": 0.149, "tau_c": 0.561, "recall_at_1": 0.56},
            in_use=True,
        ),
        KeptModel("b" * 16, "Torn", None, "", {}, {}, fault="b.safetensors is not a matcher."),
    )

    def refresh(self) -> None:
        pass

    def rename(self, model_id: str, name: str) -> None:
        pass


class Files(QObject):
    """What was left out of a folder."""

    listed = Signal(object)
    forgetting = Signal(object)
    forgotten = Signal()
    failed = Signal(object)
    busy = False

    def list(self, folder: Path) -> None:
        problems = (
            Problem(folder / "2024" / "IMG_0017.jpg", sentence("The file is empty.")),
            Problem(folder / "scan.tif", sentence("The file makes the decoder crash.")),
        )
        missing = tuple(folder / "2023" / f"IMG_{number:04}.jpg" for number in range(1, 30))
        self.listed.emit(LeftOutFiles(problems, missing))


class Rules(QObject):
    """The words of the content rule."""

    loaded = Signal(object)
    failed = Signal(object)

    def load(self) -> None:
        text = '# Words that stop a search\n\n[en]\nmatch = "lemma"\nwords = [\n    "child",\n]\n'
        self.loaded.emit(RuleText(text, own=False))

    def save(self, text: str) -> None:
        reason = sentence("'words' in [en] has the entry {entry}, which is two words.", entry="'a b'")
        self.failed.emit(PolicyError(reason, PHOTOS / "rule.toml", 5))


# The screens


def query_forms() -> QDialog:
    return QueryHelp()


def exchange(kind: str) -> tuple[ExchangeDialog, Started]:
    job = Started()
    shown = {
        "export": (words.export_words(), words.exported),
        "import": (words.import_words(), words.imported_with_conflicts),
    }
    dialog = ExchangeDialog(shown[kind][0], lambda _folder, _link: job, shown[kind][1])
    job.setParent(dialog)
    return dialog, job


def exporting() -> QDialog:
    dialog, job = exchange("export")
    dialog.folder.setText("/home/ada/ratings")
    dialog.go.click()
    job.progressed.emit(ExchangeProgress(sentence("Looking for pictures"), 1234, 5000))
    return dialog


def exported() -> QDialog:
    dialog, job = exchange("export")
    dialog.folder.setText("/home/ada/ratings")
    dialog.go.click()
    job.succeeded.emit(ExportSummary(Path("/home/ada/ratings"), 51, 23, 23, 2, 2, 1))
    return dialog


def imported() -> QDialog:
    dialog, job = exchange("import")
    dialog.folder.setText("/home/bo/ratings")
    dialog.go.click()
    conflict = Conflict("dog.jpg", said("Ada", 1, bytes(32)), said("Eve", 4, bytes(32), minute=5))
    job.succeeded.emit(ImportSummary(1200, 1180, ("boat.jpg",), 7, 12, 3, (conflict, conflict)))
    return dialog


def not_imported() -> QDialog:
    dialog, job = exchange("import")
    dialog.folder.setText("/home/bo/ratings")
    dialog.go.click()
    job.failed.emit(LibraryError(sentence("There is no library.")))
    return dialog


def agreement(tab: int = 0) -> QDialog:
    confusion = ((6, 1, 0, 0), (0, 6, 2, 0), (0, 0, 6, 0), (0, 0, 5, 12))
    couples = (
        CoupleAgreement("Ada", "Bo", 38, 30, 0.88, confusion),
        CoupleAgreement("Ada", "Eve", 3, 2, None, confusion),
        CoupleAgreement("Bo", "Eve", 3, 2, None, confusion),
    )
    raters = (
        RaterAgreement("Ada", 38, 38, 0.88, -0.12, 0.21),
        RaterAgreement("Bo", 38, 38, 0.88, 0.04, 0.21),
        RaterAgreement("Eve", 3, 3, None, 1.0, 1.0),
    )
    queries = (
        QueryAgreement("a cat on a table", 24, 0.75, 0.31, 0.81),
        QueryAgreement("a dog runs on the beach", 14, 0.86, 0.14, 0.9),
    )
    one = Agreement(
        RatingScale.EXPERT, (1, 2, 3, 4), 38, Estimate(0.88, 0.8, 0.94), "", raters, couples, queries
    )
    other = Agreement(RatingScale.CROWD, (0, 1), 0, None, "")
    job = Started()
    dialog = AgreementDialog(job)
    job.setParent(dialog)
    job.succeeded.emit({RatingScale.EXPERT: one, RatingScale.CROWD: other})
    dialog.couples.setCurrentIndex(dialog.couples.model().index(0, 0))
    dialog.tabs.setCurrentIndex(tab)
    return dialog


def models(row: str = "a" * 16) -> QDialog:
    service = Models()
    dialog = ModelsDialog(service)
    service.setParent(dialog)
    dialog.choose(row)
    return dialog


def models_told() -> QDialog:
    dialog = models()
    dialog._service.told.emit(tr("“{name}” is kept, and searches use it now.").format(name="Holiday"))
    return dialog


def models_failed() -> QDialog:
    dialog = models("b" * 16)
    dialog._service.failed.emit(LibraryError(sentence("There is no library.")))
    return dialog


def problems(tab: int = 0) -> QDialog:
    files = Files()
    dialog = ProblemsDialog(files, PHOTOS, LeftOut(2, 29))
    files.setParent(dialog)
    dialog.tabs.setCurrentIndex(tab)
    return dialog


def about() -> QDialog:
    versions = (
        ("ImgSearch", "1.0"),
        ("Python", "3.11.9"),
        ("Qt", "6.9.1"),
        (sentence("System"), "Linux 6.1, x86_64"),
    )
    return AboutDialog(versions, "Holiday, 4,658 judged pairs", paths.bundled_model("README.md"), tuple)


def card() -> QDialog:
    text = paths.bundled_model("README.md").read_text(encoding="utf-8").partition("\n## ")[0]
    more = "\n\n## Figures\n\n| Model | RMSE |\n|---|---|\n| constant | 0.269 |\n| this one | 0.158 |\n"
    return TextDialog(tr("Model card"), text + more, markdown=True)


def licences() -> QDialog:
    works = (Licence("numpy 2.0", "BSD-3-Clause", ()), Licence("PySide6 6.9", "LGPL-3.0", ()))
    return LicencesDialog(works)


def settings() -> QDialog:
    def pending() -> str:
        return tr("This takes effect when you close the settings. The window is made anew in a moment.")

    explained = tr("The words can be changed, removed and added, in every language.")
    links = (
        Link(schema.RULE.key, tr("Words of the rule"), "", explained, tr("Edit…")),
        Link(schema.REMEMBER_QUERIES.key, tr("Matcher"), "Holiday", "", tr("Models…")),
    )
    dialog = SettingsDialog(schema.SHOWN, Settings(paths.settings_file()), links, pending=pending)
    dialog.resize(640, 560)
    return dialog


def scroll(dialog: QDialog) -> None:
    bar = dialog.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum())


def rule() -> RuleEditor:
    service = Rules()
    dialog = RuleEditor(service)
    service.setParent(dialog)
    service.load()
    dialog.resize(640, 480)
    return dialog


def rule_mistake() -> QDialog:
    dialog = rule()
    dialog.text.insertPlainText(" ")
    dialog.save_button.click()
    return dialog


def leave(dialog: RuleEditor) -> None:
    dialog.text.insertPlainText(" ")
    dialog.close()


def shortcuts() -> QDialog:
    file = KeyTable(tr("&File").replace("&", ""), ((tr("&Quit").replace("&", ""), "Ctrl+Q"),))
    return ShortcutsDialog((file, rating_keys()))


def start(*recent: Path) -> QMainWindow:
    page = StartPage()
    page.show_recent(recent, frozenset(recent[1:]))
    window = QMainWindow()  # whose ground it is drawn on
    window.setCentralWidget(page)
    window.resize(800, 560)
    return window


def saved() -> QDialog:
    searches = SavedSearches(paths.saved_searches())
    for name in ("Dogs", "Italy, only the sea", "People"):
        searches.add(SavedSearch(name, "dog -cat", ITALY))
    return SavedDialog(searches, lambda: None)


SCREENS = {
    "query-forms": query_forms,
    "export": lambda: exchange("export")[0],
    "export-running": exporting,
    "export-done": exported,
    "import": lambda: exchange("import")[0],
    "import-conflicts": imported,
    "import-failed": not_imported,
    "agreement-raters": agreement,
    "agreement-couples": lambda: agreement(1),
    "agreement-queries": lambda: agreement(2),
    "models": models,
    "models-told": models_told,
    "models-failed": models_failed,
    "models-delete": models,
    "problems": problems,
    "problems-missing": lambda: problems(1),
    "problems-forget": lambda: problems(1),
    "about": about,
    "model-card": card,
    "licences": licences,
    "settings": settings,
    "settings-below": settings,
    "rule": rule,
    "rule-mistake": rule_mistake,
    "rule-question": rule,
    "shortcuts": shortcuts,
    "start-first": start,
    "start": lambda: start(ITALY, Path("/media/stick/Holidays")),
    "saved": saved,
}
# What is done in a dialog before it is looked at.
AFTER = {
    "models-delete": lambda dialog: dialog.delete.click(),
    "problems-forget": lambda dialog: dialog.forget.click(),
    "settings-below": scroll,
    "rule-question": leave,
}


@pytest.mark.parametrize("screen", SCREENS)
def test_snapshot(looks, qtbot, screen: str) -> None:
    widget: QWidget = SCREENS[screen]()
    qtbot.addWidget(widget)
    widget.show()
    with qtbot.waitActive(widget):
        widget.activateWindow()
    if screen in AFTER:
        AFTER[screen](widget)
    shown = next((box for box in widget.findChildren(QMessageBox) if box.isVisible()), widget)
    with qtbot.waitActive(shown):
        shown.activateWindow()
    assert without_name(shown) == []
    looks.compare(shown, screen)
