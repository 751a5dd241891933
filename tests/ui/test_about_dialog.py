"""About, and what is opened from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from imgsearch_gui import __version__, paths
from imgsearch_gui.services import program_facts
from imgsearch_gui.services.program_facts import Licence
from imgsearch_gui.ui.about.about_dialog import AboutDialog
from imgsearch_gui.ui.about.crash_notice import CrashNotice
from imgsearch_gui.ui.about.text_dialog import LicencesDialog, TextDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there

CARD = paths.bundled_model("README.md")


@pytest.fixture(autouse=True)
def gone_after_the_test(qapp) -> Iterator[None]:
    """Deletes the dialogs before another test changes the style, which would draw them again."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def about(qtbot, tmp_path: Path) -> AboutDialog:
    text = tmp_path / "LICENSE"
    text.write_text("Do as you like.")
    works = (Licence("a 1.0", "MIT", (text,)), Licence("b 2.0", "", ()))
    dialog = AboutDialog(program_facts.versions(), "<b>Mine</b>, 300 judged pairs", CARD, lambda: works)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def words(dialog: AboutDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_versions_and_the_matcher_are_named(about: AboutDialog) -> None:
    told = words(about)
    assert f"ImgSearch {__version__}" in told
    for name in ("Python", "Qt", "torch", "ONNX Runtime", "System", "Matcher"):
        value = told[told.index(name) + 1]
        assert value
        assert value != "unknown"
    matcher = next(label for label in about.findChildren(QLabel) if "Mine" in label.text())
    assert matcher.textFormat() is Qt.TextFormat.PlainText


def test_the_facts_can_be_copied(qtbot, about: AboutDialog) -> None:
    qtbot.keyClick(about.copy_button, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text().startswith(f"ImgSearch: {__version__}\nPython: ")


def test_the_model_card_is_read_as_a_page(qtbot, about: AboutDialog) -> None:
    qtbot.keyClick(about.card_button, Qt.Key.Key_Space)
    (card,) = about.findChildren(TextDialog)
    text = card.view.toPlainText()
    assert text.startswith("Model card: the bundled matcher"), "drawn, without Markdown's signs"
    assert "EfficientNet-Lite2" in text


def test_a_card_that_is_missing_is_told(qtbot, tmp_path: Path) -> None:
    dialog = AboutDialog(program_facts.versions(), "", tmp_path / "none.md", tuple)
    qtbot.addWidget(dialog)
    dialog.show_card()
    (card,) = dialog.findChildren(TextDialog)
    assert "none.md cannot be read: No such file" in card.view.toPlainText()


def test_licences_are_chosen_from_a_list(qtbot, about: AboutDialog) -> None:
    qtbot.keyClick(about.licences_button, Qt.Key.Key_Space)
    (licences,) = about.findChildren(LicencesDialog)
    assert licences.view.toPlainText() == "MIT\n\nDo as you like."
    qtbot.keyClick(licences.works, Qt.Key.Key_Down)
    assert "brings no text" in licences.view.toPlainText()


def test_from_source_every_package_has_its_licence() -> None:
    found = {licence.work.split(" ")[0].lower(): licence for licence in program_facts.licences()}
    assert {"numpy", "torch", "onnxruntime", "pyside6_essentials"} <= {n.replace("-", "_") for n in found}
    assert "Redistribution" in found["numpy"].text()


def test_a_bundles_licences_are_read_from_their_folders(tmp_path: Path) -> None:
    (tmp_path / "zlib-1.3").mkdir()
    (tmp_path / "zlib-1.3" / "copyright.txt").write_text("zlib's")
    (tmp_path / "README.txt").write_text("All of them.")
    found = {licence.work: licence.text() for licence in program_facts._carried(tmp_path)}
    assert found == {"ImgSearch": "All of them.", "zlib 1.3": "zlib's"}


def test_a_crash_can_be_read_about_and_dismissed(qtbot, tmp_path: Path) -> None:
    report = tmp_path / "crash.txt"
    report.write_text("it fell")
    notice = CrashNotice(report)
    qtbot.addWidget(notice)
    notice.show()
    assert str(report) in notice.label.text()
    qtbot.keyClick(notice.show_button, Qt.Key.Key_Space)
    (text,) = notice.findChildren(TextDialog)
    assert text.view.toPlainText() == "it fell"
    text.close()
    qtbot.keyClick(notice.dismiss_button, Qt.Key.Key_Space)
    assert not notice.isVisible()
    assert report.exists()
