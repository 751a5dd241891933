"""The settings: a dialog built from the schema, and what each of them changes in a real window."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QPalette, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox

from imgsearch_gui import paths
from imgsearch_gui.app import start as composition
from imgsearch_gui.app.renewal import Renewal
from imgsearch_gui.app.session import Again, Session
from imgsearch_gui.core.pictures.cores import cores, limit_cores
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.errors import PolicyError
from imgsearch_gui.services import settings_schema as schema
from imgsearch_gui.services.language import tr, use_language
from imgsearch_gui.services.settings import Settings
from imgsearch_gui.services.single_window import Request, SingleWindow
from imgsearch_gui.ui import style
from imgsearch_gui.ui.main_window import MainWindow
from imgsearch_gui.ui.settings.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.ui.sessions import PlainEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there

THEMES, LANGUAGES, RULES = list(schema.Theme), list(schema.Language), list(RuleMode)


@pytest.fixture(autouse=True)
def as_before(qapp) -> Iterator[None]:
    """Gives back what belongs to the whole process."""
    yield
    limit_cores(0)
    style.use_theme(qapp, schema.Theme.SYSTEM)
    style.apply_palette(qapp, dark=False)


def opened(session: Session) -> SettingsDialog:
    session.memory.tools.open()
    dialog = session.memory.tools.dialog
    assert dialog is not None
    return dialog


def choose(dialog: SettingsDialog, row, member) -> None:
    box = dialog.editors[row.key]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(list(type(member)).index(member))


def test_the_dialog_has_a_row_for_each_setting_and_follows_them(qtbot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    dialog = SettingsDialog(schema.SHOWN, settings, ask=lambda *_: tmp_path)
    qtbot.addWidget(dialog)
    assert list(dialog.editors) == [row.key for row in schema.SHOWN]
    for widget in dialog.editors.values():
        assert widget.accessibleName()
        assert widget.toolTip()
    choose(dialog, schema.THEME, schema.Theme.DARK)
    dialog.findChild(QSpinBox, schema.RESULTS.key).setValue(50)
    dialog.findChild(QCheckBox, schema.REMEMBER_QUERIES.key).click()
    folder = dialog.editors[schema.LIBRARY.key]
    folder.choose_button.click()
    assert settings.get(schema.THEME) is schema.Theme.DARK
    assert settings.get(schema.RESULTS) == 50
    assert not settings.get(schema.REMEMBER_QUERIES)
    assert settings.get(schema.LIBRARY) == tmp_path
    assert folder.field.text() == str(tmp_path)
    folder.default_button.click()
    assert settings.get(schema.LIBRARY) is None
    settings.set(schema.RULE, RuleMode.OFF)
    assert dialog.editors[schema.RULE.key].currentIndex() == RULES.index(RuleMode.OFF)


def test_the_wheel_changes_nothing(qtbot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    dialog = SettingsDialog(schema.SHOWN, settings, ask=lambda *_: None)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    for row, turn in ((schema.RULE, -120), (schema.RESULTS, 120)):
        box, place = dialog.editors[row.key], QPointF(5, 5)
        box.setFocus()
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        phase = Qt.ScrollPhase.NoScrollPhase
        where = box.mapToGlobal(place)
        turned = QWheelEvent(place, where, QPoint(), QPoint(0, turn), buttons, keys, phase, False)
        QCoreApplication.sendEvent(box, turned)
        assert settings.get(row) == row.default


def test_settings_outlive_their_dialog(qtbot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    SettingsDialog(schema.SHOWN, settings).deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settings.set(schema.THEME, schema.Theme.DARK)  # tells nobody who is gone


def test_the_theme_changes_at_once(qapp, begin) -> None:
    session = begin()
    dialog = opened(session)
    for theme, dark in ((schema.Theme.DARK, True), (schema.Theme.LIGHT, False)):
        choose(dialog, schema.THEME, theme)
        for widget in (session.window, dialog):
            assert (widget.palette().color(QPalette.ColorRole.Window).lightness() < 128) is dark
    choose(dialog, schema.THEME, schema.Theme.DARK)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)  # the system's, which is not asked now
    assert session.window.palette().color(QPalette.ColorRole.Window).lightness() < 128


def test_the_rule_is_the_same_in_menu_and_settings(begin) -> None:
    session = begin()
    dialog = opened(session)
    choose(dialog, schema.RULE, RuleMode.WARN)
    assert session.window.rule is RuleMode.WARN
    checked = [one.text() for one in session.window.findChildren(QAction) if one.isChecked()]
    assert "&Warn, and show pictures" in checked
    assert "&Off" not in checked
    session.window.set_rule(RuleMode.OFF)
    assert session.settings.get(schema.RULE) is RuleMode.OFF
    assert dialog.editors[schema.RULE.key].currentIndex() == RULES.index(RuleMode.OFF)


def test_most_results_and_cores(qtbot, begin, photos: Path) -> None:
    there = cores()
    session = begin()
    dialog = opened(session)
    dialog.editors[schema.THREADS.key].setValue(1)
    assert cores() == 1
    dialog.editors[schema.THREADS.key].setValue(0)
    assert cores() == there
    dialog.editors[schema.RESULTS.key].setValue(20)
    with qtbot.waitSignal(session.services.engine.ready) as ready:
        pass
    session.window.query.setText("dog")
    with qtbot.waitSignal(session.services.search.answered):
        session.window.open_folder(photos)
    dialog.editors[schema.RESULTS.key].setValue(0)
    engine = ready.args[0]
    qtbot.waitUntil(lambda: engine.tops[:1] == [20] and engine.tops[-1] is None)


def test_what_was_chosen_holds_in_the_next_window(qapp, begin) -> None:
    first = begin()
    first.window.setGeometry(40, 30, 720, 510)
    dialog = opened(first)
    choose(dialog, schema.RULE, RuleMode.WARN)
    dialog.editors[schema.RESULTS.key].setValue(7)
    dialog.close()
    first.close(20)
    second = begin()
    assert second.window.rule is RuleMode.WARN
    assert second.services.search.top == 7
    assert second.window.size() == first.window.size()
    assert second.window.pos() == first.window.pos()


def test_a_geometry_that_makes_no_sense_leaves_a_window_on_the_screen(qapp, begin) -> None:
    settings = Settings(paths.settings_file())
    settings.set(schema.GEOMETRY, b"\xff" * 66)
    settings.close()
    window = begin().window
    assert qapp.primaryScreen().geometry().intersects(window.frameGeometry())
    assert window.width() >= 640


def test_a_geometry_far_away_leaves_a_window_on_the_screen(qapp, begin) -> None:
    first = begin()
    first.window.resize(700, 500)
    geometry = bytearray(first.window.saveGeometry().data())
    first.close(20)
    struct.pack_into(">4i", geometry, 50, 16_776_915, 25, 900, 500)  # its right end left of its left one
    settings = Settings(paths.settings_file())
    settings.set(schema.GEOMETRY, bytes(geometry))
    settings.close()
    window = begin().window
    assert qapp.primaryScreen().availableGeometry().intersects(window.frameGeometry())


# The words of the content rule


def edit(qtbot, session: Session, text: str) -> None:
    editor = session.memory.tools.rule_editor
    qtbot.waitUntil(editor.text.isEnabled)
    editor.text.selectAll()
    editor.text.insertPlainText(text)
    editor.save_button.click()
    qtbot.waitUntil(editor.text.isEnabled)


def test_the_words_are_checked_kept_and_gone_by(qtbot, begin) -> None:
    session = begin()
    with qtbot.waitSignal(session.services.engine.ready) as ready:
        pass
    dialog = opened(session)
    (button,) = [one for one in dialog.buttons.values() if one.text() == "Edit…"]
    button.click()
    editor = session.memory.tools.rule_editor
    qtbot.waitUntil(editor.text.isEnabled)
    built_in = editor.text.toPlainText()
    assert "[en]" in built_in
    assert not editor.default_button.isEnabled()

    edit(qtbot, session, '# mine\n[en]\nmatch = "lemma"\nwords = ["two words"]\n')
    assert f"{paths.user_content_rule()}, line 4: 'words' in [en] has the entry" in editor.error.text
    assert editor.text.textCursor().selectedText() == 'words = ["two words"]'
    assert not paths.user_content_rule().exists()
    assert ready.args[0].rules == []

    mine = '[en]\nmatch = "lemma"\nwords = ["zebra"]\n'
    edit(qtbot, session, mine)
    qtbot.waitUntil(editor.default_button.isEnabled)
    assert not editor.error.isVisible()
    assert paths.user_content_rule().read_text(encoding="utf-8") == mine
    assert ready.args[0].rules[-1].check("two zebras").term == "zebra"

    editor.default_button.click()
    qtbot.waitUntil(lambda: editor.text.toPlainText() == built_in)
    assert not paths.user_content_rule().exists()
    (aside,) = paths.user_data().glob("content_rule.old-*.toml")
    assert aside.read_text(encoding="utf-8") == mine
    assert ready.args[0].rules[-1].check("two zebras") is None


def test_words_are_not_lost_without_a_question(qtbot, begin) -> None:
    session = begin()
    session.memory.tools.edit_rule()
    editor = session.memory.tools.rule_editor
    qtbot.waitUntil(editor.text.isEnabled)
    editor.text.insertPlainText("# a remark\n")
    editor.close()
    assert editor.isVisible()
    leave = next(one for one in editor.question.buttons() if "Do not save" in one.text())
    leave.click()
    assert not editor.isVisible()


def test_another_window_waits_until_a_dialog_is_closed(qtbot, begin) -> None:
    session = begin()
    session.settings.set(schema.LANGUAGE, schema.Language.RUSSIAN)
    session.memory.tools.edit_rule()
    session.memory.tools.closed.emit()  # as when long work went on meanwhile
    assert session.again is None
    session.memory.tools.rule_editor.close()
    qtbot.waitUntil(lambda: session.again is Again.ANEW)


def test_a_rule_that_is_mended_brings_the_search_back(qtbot, qapp, begin) -> None:
    def broken(_store: object) -> PlainEngine:
        raise PolicyError("The content rule is broken.")

    session = begin(load=broken)
    qtbot.waitUntil(session.window.error.isVisible)
    session.memory.tools.open()
    session.memory.tools.edit_rule()
    edit(qtbot, session, '[en]\nmatch = "lemma"\nwords = ["zebra"]\n')
    session.memory.tools.rule_editor.close()
    assert session.again is None
    session.memory.tools.dialog.close()
    assert session.again is Again.ANEW


# The window made anew


class Driver(QObject):
    """Acts on the windows of a program that runs: each step until it returns true."""

    def __init__(self, qapp, *steps: Callable[[MainWindow], bool]) -> None:
        super().__init__(qapp)
        self._app, self.steps, self.failure = qapp, list(steps), None
        self._timer = QTimer(self, interval=20)
        self._timer.timeout.connect(self._act)
        self._timer.start()
        QTimer.singleShot(30_000, self, self._leave)  # where a step never comes true

    def _act(self) -> None:
        shown = (
            one for one in self._app.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()
        )
        for window in shown:
            try:
                if self.steps and self.steps[0](window):
                    self.steps.pop(0)
            except Exception as error:  # noqa: BLE001 - the program would show it and go on
                self.failure = error
            if self.failure is not None or not self.steps:
                self._leave()

    def _leave(self) -> None:
        self._timer.stop()
        for (
            window
        ) in self._app.topLevelWidgets():  # after a plain quit, closing them would quit the next test
            if isinstance(window, MainWindow):
                window.close()


def run(qapp, photos: Path, *steps: Callable[[MainWindow], bool], **options) -> None:
    """Runs the program until all steps are done."""
    driver = Driver(qapp, *steps)
    assert composition._run(qapp, photos, demo=False, screen=True, model=None, **options) == 0
    driver.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if driver.failure is not None:
        raise driver.failure
    assert not driver.steps


def change(window: MainWindow, row, value) -> None:
    """Opens the settings by their menu entry, changes one, and closes them."""
    (action,) = [one for one in window.menus.file.actions() if one.text() == tr("&Settings…")]
    action.trigger()
    dialog = window.findChild(SettingsDialog)
    if isinstance(dialog.editors[row.key], QComboBox):
        choose(dialog, row, value)
    else:
        dialog.editors[row.key]._settings.set(row, value)  # as if the system's dialog had been asked
    assert "This takes effect" in dialog.note.text
    dialog.close()


def test_another_language_makes_the_window_anew(qapp, tmp_path: Path, photos: Path) -> None:
    use_language(qapp, "en", tmp_path)
    first: list[MainWindow] = []

    def russian(window: MainWindow) -> bool:
        window.query.setText("a boat")
        window.setGeometry(40, 30, 720, 510)
        first.append(window)
        change(window, schema.LANGUAGE, schema.Language.RUSSIAN)
        return True

    def look(window: MainWindow) -> bool:
        if window is first[0]:
            return False
        assert tr("%Ln photo(s)", "", 3) == "3 фотографии"
        assert window.query.text() == "a boat"
        assert window.folder == photos
        assert (window.width(), window.height()) == (720, 510)
        return True

    run(qapp, photos, russian, look, library=tmp_path / "l.sqlite")
    use_language(qapp, "en", tmp_path)
    assert len(first) == 1


def test_another_library_makes_the_window_anew_and_keeps_to_itself(
    qapp, tmp_path: Path, photos: Path
) -> None:
    use_language(qapp, "en", tmp_path)
    (tmp_path / "stick").mkdir()
    (tmp_path / "taken").mkdir()
    single = SingleWindow(paths.open_windows(), paths.default_library())
    other = SingleWindow(paths.open_windows(), tmp_path / "taken" / "library.sqlite")
    assert single.claim(Request())
    assert other.claim(Request())
    windows: list[MainWindow] = []

    def move(folder: Path) -> Callable[[MainWindow], bool]:
        def step(window: MainWindow) -> bool:
            if window in windows:
                return False
            windows.append(window)
            change(window, schema.LIBRARY, folder)
            return True

        return step

    def told(window: MainWindow) -> bool:
        return window not in windows and "open in another window" in window.statusBar().currentMessage()

    run(
        qapp,
        photos,
        move(tmp_path / "stick"),
        move(tmp_path / "taken"),
        told,
        library=None,
        single=single,
    )
    assert (tmp_path / "stick" / "library.sqlite").exists()
    assert not (tmp_path / "taken" / "library.sqlite").exists()
    assert paths.default_library() == tmp_path / "stick" / "library.sqlite"
    third = SingleWindow(paths.open_windows(), tmp_path / "third.sqlite")
    assert not third.move(paths.default_library())
    single.release()
    other.release()


def test_a_library_folder_that_is_gone_can_be_changed_back(qapp, tmp_path: Path, photos: Path) -> None:
    use_language(qapp, "en", tmp_path)
    settings = Settings(paths.settings_file())
    settings.set(schema.LIBRARY, tmp_path / "unplugged")
    settings.close()
    windows: list[MainWindow] = []

    def mend(window: MainWindow) -> bool:
        if "is not there" not in window.error.text:
            return False
        windows.append(window)
        change(window, schema.LIBRARY, None)
        return True

    def look(window: MainWindow) -> bool:
        return window not in windows and "is not there" not in window.error.text

    run(qapp, photos, mend, look, library=None)
    assert not (tmp_path / "unplugged").exists()
    assert (paths.user_data() / "library.sqlite").exists()


def test_a_library_that_the_command_line_names_cannot_be_changed(begin) -> None:
    dialog = opened(begin(library_named=True))
    assert not dialog.editors[schema.LIBRARY.key].isEnabled()
    assert dialog.editors[schema.LANGUAGE.key].isEnabled()


def test_long_work_comes_first(qtbot, qapp, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    busy, made = [True], []
    renewal = Renewal(settings, schema.SHOWN, lambda: busy[0], lambda: made.append(1), QObject(qapp))
    assert renewal.pending() == ""
    renewal.consider()
    settings.set(schema.LANGUAGE, schema.Language.RUSSIAN)
    assert "as soon as the work" in renewal.pending()
    renewal.consider()
    assert made == []
    busy[0] = False
    qtbot.waitUntil(lambda: made == [1])
    settings.set(schema.LANGUAGE, schema.Language.SYSTEM)
    assert renewal.pending() == ""
    renewal.consider()
    assert made == [1]


def test_the_work_of_a_real_window_is_seen(qtbot, begin) -> None:
    session = begin()
    with qtbot.waitSignal(session.services.engine.ready):
        pass
    qtbot.waitUntil(lambda: not session._busy())
    gate: list[bool] = []

    def work():
        while not gate:
            yield 0

    (worker, *_) = session.services.lasting
    job = worker.submit(work)
    dialog = opened(session)
    choose(dialog, schema.LANGUAGE, schema.Language.RUSSIAN)
    assert "as soon as the work" in dialog.note.text
    dialog.close()
    assert session.again is None
    assert "as soon as the work" in session.window.statusBar().currentMessage()
    with qtbot.waitSignal(job.finished):
        gate.append(True)
    qtbot.waitUntil(lambda: session.again is Again.ANEW)
