"""The user's models in the window: the list, its keys and buttons, and a search that changes with them."""

from __future__ import annotations

import html
from collections import deque
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from imgsearch_gui.app.session import Session
from imgsearch_gui.core.content_rule.policy import ContentRule
from imgsearch_gui.core.engine import Engine
from imgsearch_gui.core.types.training import BUNDLED, KeptModel
from imgsearch_gui.ui import style
from imgsearch_gui.ui.models import model_messages
from imgsearch_gui.ui.models.models_dialog import ModelsDialog
from imgsearch_gui.ui.models.models_table import NAME, STATE, ModelsTable
from tests.fakes import FakeImageEncoder, FakeTextEncoder, write_jpegs
from tests.models import model_file, some_model, some_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.core.storage.library import Library


class Program:
    """A window on a real engine with a few photos, and the models it may use."""

    def __init__(self, qtbot, qapp, tmp_path: Path, store: ModelStore) -> None:
        self.qtbot, self.encoder = qtbot, FakeImageEncoder()

        def load(library: Library) -> Engine:
            def check(matcher) -> None:
                matcher.check_encoders(self.encoder, [FakeTextEncoder()])

            model = store.load_in_use(check)
            engine = Engine(library, self.encoder, [FakeTextEncoder()], model, ContentRule.load())
            deque(engine.index(tmp_path / "photos"), maxlen=0)
            return engine

        self.session = Session(qapp, tmp_path / "l.sqlite", load, kept=store)
        self.window, self.service = self.session.window, self.session.services.models
        self.window.show()
        with qtbot.waitSignal(self.service.listed, timeout=20_000):
            self.session.services.engine.load()

    def ask(self, query: str) -> dict[str, float]:
        self.window.query.setText(query)
        with self.qtbot.waitSignal(self.session.services.search.answered, timeout=20_000):
            self.window.ask()
        return self.hits()

    def hits(self) -> dict[str, float]:
        assert self.window.answer is not None
        return {hit.path.name: hit.score for hit in self.window.answer.photos}

    @property
    def list(self) -> ModelsDialog:
        assert self.session.models.dialog is not None
        return self.session.models.dialog


@pytest.fixture
def begin(qtbot, qapp, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    write_jpegs(tmp_path / "photos", 6)
    made: list[Program] = []

    def make(store: ModelStore | None = None) -> Program:
        made.append(Program(qtbot, qapp, tmp_path, store or some_store(tmp_path)))
        return made[-1]

    yield make
    for one in made:
        one.session.close(20)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def names(dialog: ModelsDialog) -> list[str]:
    return [dialog.rows.index(row, NAME).data() for row in range(dialog.rows.rowCount())]


def test_a_switch_scores_the_open_search_anew_and_rolling_back_undoes_it(
    qtbot, begin, tmp_path: Path
) -> None:
    store = some_store(tmp_path)
    other = store.keep(some_model(9), "Holiday", "my ratings")
    one = begin(store)
    one.window.open_folder(tmp_path / "photos")
    before = one.ask("a red boat")
    batches = list(one.encoder.batches)
    assert not one.session.models.label.isVisible()
    assert not one.session.models.roll_back.isEnabled()
    with qtbot.waitSignal(one.session.services.search.answered, timeout=20_000):
        one.service.use(other)
    after = one.hits()
    assert after.keys() == before.keys()
    assert after != before
    assert one.session.models.label.text() == "Model: Holiday"
    assert one.session.models.label.isVisible()
    assert one.session.models.roll_back.isEnabled()
    with qtbot.waitSignal(one.session.services.search.answered, timeout=20_000):
        one.session.models.roll_back.trigger()
    assert one.hits() == pytest.approx(before)
    assert not one.session.models.label.isVisible()
    assert one.encoder.batches == batches, "no photo was embedded again"


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")  # off screen, a question's size is free
def test_the_list_by_keyboard(qtbot, begin, tmp_path: Path) -> None:
    store = some_store(tmp_path)
    store.keep(some_model(9), "Holiday", "my ratings")
    one = begin(store)
    one.window.menus.model.actions()[0].trigger()
    dialog, table = one.list, one.list.table
    qtbot.waitUntil(lambda: names(dialog) == ["Bundled model", "Holiday"])
    assert dialog.chosen.id == BUNDLED
    assert [button.isEnabled() for button in (dialog.use, dialog.rename, dialog.delete)] == [False] * 3
    assert not dialog.roll_back.isEnabled()
    assert dialog.export.isEnabled()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert dialog.chosen.name == "Holiday"
    with qtbot.waitSignal(one.service.switched, timeout=20_000):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert dialog.rows.index(1, STATE).data() == "In use"
    assert dialog.chosen.name == "Holiday", "the row stays chosen"
    assert "Searches use “Holiday” now." in dialog.told.text()
    assert dialog.roll_back.isEnabled()

    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    editor.selectAll()
    qtbot.keyClicks(editor, "Summer")
    with qtbot.waitSignal(one.service.told, timeout=20_000):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert names(dialog) == ["Bundled model", "Summer"]

    qtbot.keyClick(table, Qt.Key.Key_Delete)
    asked = dialog.findChild(QMessageBox)
    assert asked.text() == model_messages.delete(dialog.chosen)
    assert asked.defaultButton() is asked.button(QMessageBox.StandardButton.Cancel)
    asked.reject()
    assert names(dialog) == ["Bundled model", "Summer"]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    (yes,) = (button for button in dialog.findChild(QMessageBox).buttons() if button.text() == "Delete")
    with qtbot.waitSignal(one.service.told, timeout=20_000):
        yes.click()
    assert names(dialog) == ["Bundled model"]
    assert "searches use “Bundled model” now" in dialog.told.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert one.session.models.dialog is None


def test_files_go_out_and_come_in(qtbot, begin, tmp_path: Path) -> None:
    one = begin()
    asked: list[str] = []

    def ask_save(_parent, _title: str, name: str, _kinds: str) -> Path:
        asked.append(name)
        return tmp_path / "copy.safetensors"

    dialog = ModelsDialog(one.service, one.window, lambda *_: tmp_path / "friend.safetensors", ask_save)
    dialog.show()
    model_file(tmp_path / "friend.safetensors", 7)
    with qtbot.waitSignal(one.service.told, timeout=20_000):
        dialog.add.click()
    assert names(dialog) == ["Bundled model", "friend"]
    dialog.choose(one.service.models[1].id)
    with qtbot.waitSignal(one.service.told, timeout=20_000):
        dialog.export.click()
    assert asked == ["friend.safetensors"]
    assert (tmp_path / "copy.safetensors").is_file()
    (tmp_path / "friend.safetensors").write_bytes(b"PK\x03\x04")
    with qtbot.waitSignal(one.service.failed, timeout=20_000):
        dialog.add.click()
    assert "is not a matcher" in dialog.error.text
    assert dialog.told.text() == ""
    dialog.close()
    dialog.deleteLater()


def test_a_broken_model_says_why_and_can_only_be_deleted(qtbot, begin, tmp_path: Path) -> None:
    store = some_store(tmp_path)
    broken = store.keep(some_model(9), "Holiday", "my ratings")
    (tmp_path / "models" / f"{broken}.safetensors").write_bytes(b"PK\x03\x04")
    one = begin(store)
    one.session.models.open()
    one.list.choose(broken)
    enabled = (one.list.use, one.list.rename, one.list.export, one.list.delete)
    assert [button.isEnabled() for button in enabled] == [False, False, False, True]
    assert "is not a matcher that this program can use" in one.list.details.text()
    one.list.close()


def test_a_start_with_a_broken_model_says_so_and_searches(qtbot, begin, tmp_path: Path) -> None:
    before = some_store(tmp_path)
    before.use(before.keep(some_model(9), "Holiday", "my ratings"))
    (tmp_path / "models" / f"{before.in_use}.safetensors").write_bytes(b"PK\x03\x04")
    one = begin()
    qtbot.waitUntil(lambda: "so searches use the bundled one" in one.window.error.text)
    one.window.open_folder(tmp_path / "photos")
    assert len(one.ask("a red boat")) == 6


def test_the_window_says_that_a_file_was_named(begin, tmp_path: Path) -> None:
    named = model_file(tmp_path / "named.safetensors", 6)
    one = begin(some_store(tmp_path, named=named))
    assert one.session.models.label.text() == model_messages.not_listed()
    assert one.session.models.label.isVisible()


def test_the_window_says_how_far_a_folder_is_ready(begin) -> None:
    one = begin()
    one.session.services.search.prepared.emit((4096, 100_000))
    assert one.window.status.count.text() == "Searching… 4,096 of 100,000 photos are ready for this model"


NASTY = KeptModel(
    "a" * 16,
    "<img src=x> & co",
    None,
    "<b>data</b>",
    {"<i>": 3},
    {"rmse_out_of_fold": 1e300, "tiny": 1e-9},
)


def test_the_table_shows_names_as_they_are(qtmodeltester) -> None:
    table = ModelsTable()
    table.show((KeptModel(BUNDLED, "Bundled model", None, "", {}, {}, in_use=True), NASTY))
    qtmodeltester.check(table)
    index = table.index(1, NAME)
    assert index.data() == NASTY.name
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert html.escape("<i>") in tip
    assert "<i>" not in tip
    assert table.index(1, 4).data() == "1.00e+300"
    assert model_messages.file_name(NASTY) == "img-src-x-co.safetensors"


def test_a_model_files_figures_are_named() -> None:
    model = KeptModel("b" * 16, "Mine", None, "", {"judged_pairs": 1234, "of_my_own": 2}, {"tau_c": 0.5})
    assert model_messages.details(model) == "judged pairs 1,234, of my own 2\ntau c 0.500"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_button_has_a_tip_and_fits(qapp, begin, dark: bool) -> None:
    style.apply_palette(qapp, dark)
    one = begin()
    one.session.models.open()
    for button in one.list.findChildren(QPushButton):
        if button.isVisible():
            assert button.toolTip() or button.text() == "Close"
            assert button.width() >= button.sizeHint().width()
    one.list.close()
