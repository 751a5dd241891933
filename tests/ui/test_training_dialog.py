"""The training window, driven as a user does, on services that the test speaks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.core.types.training import SideBySide, Target, TrainingChoices
from imgsearch_gui.errors import DatasetError, MatcherError, TrainingError
from imgsearch_gui.ui.training import training_messages as texts
from imgsearch_gui.ui.training.training_dialog import Searching
from tests import training_fakes as fakes

DATA = Path("/data/image_search")
HOLIDAY = Path("/holiday")


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def chosen(one, folder: Path = DATA, **changed) -> None:
    """Chooses a folder, and lets it be summed up."""
    one.dialog.choose.use_folder(folder)
    one.service.summarised.emit(fakes.summary(**changed))


def started(qtbot, one) -> None:
    chosen(one)
    click(qtbot, one.dialog.choose.train)


def finished(qtbot, one, **kind) -> None:
    started(qtbot, one)
    one.service.trained.emit(fakes.trained(**kind))


def answer(qtbot, one, text: str) -> None:
    """Presses a button of the question that the window asks."""
    box = one.dialog.question
    button = next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == text)
    click(qtbot, button)


# Choosing


def test_a_chosen_folder_is_summed_up_once(qtbot, training):
    one = training()
    choose = one.dialog.choose
    assert choose.summary.currentWidget() is choose.summary._nothing
    one.picked.append(DATA)
    click(qtbot, choose.folder.browse)
    assert one.service.summaries == [TrainingChoices(DATA)]
    assert choose.summary.looking
    assert not choose.train.isEnabled()
    one.service.summarised.emit(fakes.summary())
    assert choose.summary.facts == {
        "Judged pairs": "5,822",
        "Images": "1,000",
        "Captions": "977",
        "Expert labels": "17,466",
        "Crowd labels": "47,830",
        "Test queries": "500, on 100 images",
    }
    assert choose.train.isEnabled()
    choose.ask()
    assert len(one.service.summaries) == 1


def test_leaving_the_dialog_that_chooses_a_folder_changes_nothing(qtbot, training):
    one = training()
    one.picked.append(None)
    click(qtbot, one.dialog.choose.folder.browse)
    assert one.service.summaries == []


def test_typing_asks_once_at_its_end_and_a_stale_summary_is_dropped(qtbot, training):
    one = training()
    choose = one.dialog.choose
    chosen(one)
    with qtbot.waitSignal(choose.summary_wanted):
        qtbot.keyClicks(choose.folder.field, "_2")
        assert not choose.train.isEnabled()
        one.service.summarised.emit(fakes.summary(pairs=1))  # of the folder before
        assert choose.summary.looking
        assert not choose.train.isEnabled()
    assert [choices.folder for choices in one.service.summaries] == [DATA, Path(f"{DATA}_2")]


def drop(widget, path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(QPoint(5, 5), copy, data, left, none))
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, none))


def test_a_dropped_folder_is_chosen(qtbot, training, tmp_path):
    one = training()
    choose = one.dialog.choose
    click(qtbot, choose.from_ratings)
    drop(choose, tmp_path / "data")
    assert one.service.summaries[-1] == TrainingChoices(tmp_path / "data")
    drop(choose.captions, tmp_path / "more")
    assert one.service.summaries[-1] == TrainingChoices(tmp_path / "data", tmp_path / "more")


def test_a_folder_whose_name_is_no_unicode_is_asked_for_as_it_is(training):
    one = training()
    odd = Path("/data/na\udcffme")
    one.dialog.choose.use_folder(odd)
    assert one.service.summaries == [TrainingChoices(odd)]
    assert one.dialog.choose.folder.field.text() == "/data/na�me"


def test_own_ratings_need_no_folder(qtbot, training):
    one = training()
    choose = one.dialog.choose
    click(qtbot, choose.from_ratings)
    assert one.service.summaries == [TrainingChoices(None)]
    assert not choose.folder.isEnabled()
    one.service.summarised.emit(fakes.summary())
    click(qtbot, choose.train)
    assert one.service.trainings == [TrainingChoices(None)]


def test_an_obstacle_is_said_and_nothing_can_be_trained(qtbot, training):
    one = training()
    chosen(one, pairs=3, obstacle="There are only 3 judged pairs.")
    choose = one.dialog.choose
    assert choose.summary.obstacle.text == "There are only 3 judged pairs."
    assert choose.summary.obstacle.isVisible()
    click(qtbot, choose.train)
    assert one.service.trainings == []
    click(qtbot, choose.from_ratings)  # and it goes with what it was said of
    one.service.summarised.emit(fakes.summary())
    assert not choose.summary.obstacle.isVisible()
    assert choose.train.isEnabled()


def test_a_folder_that_cannot_be_read_says_so_in_place(training):
    one = training()
    one.dialog.choose.use_folder(DATA)
    one.service.summary_failed.emit(DatasetError("the column “image” is missing.", DATA / "t.csv", 1))
    summary = one.dialog.choose.summary
    assert summary.error.text == "/data/image_search/t.csv, line 1: the column “image” is missing."
    assert summary.error.isVisible()
    assert not one.dialog.choose.train.isEnabled()
    one.dialog.choose.use_folder(HOLIDAY)
    assert summary.looking


def test_rows_left_out_can_be_unfolded_and_copied(qtbot, training):
    one = training()
    chosen(one)
    summary = one.dialog.choose.summary
    assert summary.fold.head.text() == "13 rows are left out"
    assert not summary.rows.isVisible()
    click(qtbot, summary.fold.head)
    assert summary.rows.isVisible()
    missing = summary.rows.tree.topLevelItem(0)
    rows = [missing.child(n).text(0) for n in range(missing.childCount())]
    assert (missing.text(0), missing.text(1)) == ("images that are missing", "12")
    assert rows == [
        "train_dataset.csv, line 17: The image “x.jpg” is not there.",
        "train_dataset.csv, line 18: The image “y.jpg” is not there.",
        "… and 10 more",
    ]
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(summary.rows.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "images that are missing: 12"
    assert copied[1] == f"{fakes.PROBLEMS[0].file}, line 17: The image “x.jpg” is not there."
    assert copied[-1] == f"{fakes.PROBLEMS[2].file}, line 4: This pair is not in train_dataset.csv."
    click(qtbot, summary.rows.copy)
    assert QGuiApplication.clipboard().text().splitlines() == copied


def test_without_rows_left_out_there_is_nothing_to_unfold(training):
    one = training()
    chosen(one, left_out={}, problems=(), rule_pairs=0, rule_images=0)
    summary = one.dialog.choose.summary
    assert not summary.fold.isVisible()
    assert summary.no_rows.text() == "No row is left out."
    assert summary._rule.text() == "The content rule removes nothing."


CHANGES = {
    "target": (lambda o: o.target.setCurrentIndex(2), {"target": Target.CROWD}),
    "majority": (lambda o: o.target.setCurrentIndex(1), {"target": Target.EXPERT_MAJORITY}),
    "held_out": (lambda o: o.held_out.setValue(35), {"held_out": 0.35}),
    "start": (lambda o: o.start.setCurrentIndex(1), {"from_nothing": True}),
    "rule": (lambda o: o.rule.setChecked(False), {"rule": RuleMode.OFF}),
    "seed": (lambda o: o.seed.setValue(7), {"seed": 7}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_choice_reaches_the_training(qtbot, training, name):
    change, expected = CHANGES[name]
    one = training()
    chosen(one)
    change(one.dialog.choose.options)
    one.dialog.choose.ask()
    one.service.summarised.emit(fakes.summary())
    click(qtbot, one.dialog.choose.train)
    assert one.service.trainings == [replace(TrainingChoices(DATA), **expected)]
    assert len(one.service.summaries) == (1 if name == "seed" else 2)  # a seed changes no summary


def test_weights_belong_to_the_blend(qtbot, training):
    one = training()
    options = one.dialog.choose.options
    assert not options.weights.isVisible()
    options.target.setCurrentIndex(3)
    assert options.weights.isVisible()
    options.expert_weight.setValue(0.8)
    options.crowd_weight.setValue(0.1)
    chosen(one)
    click(qtbot, one.dialog.choose.train)
    blend = TrainingChoices(DATA, target=Target.BLEND, expert_weight=0.8, crowd_weight=0.1)
    assert one.service.trainings == [blend]


def test_steps_are_asked_for_when_they_are_wanted(qtbot, training):
    one = training()
    options = one.dialog.choose.options
    assert not options.steps.isVisible()
    options.length.setCurrentIndex(1)
    assert options.steps.isVisible()
    options.steps.setValue(40)
    one.dialog.choose.captions.put(HOLIDAY)
    chosen(one)
    click(qtbot, one.dialog.choose.train)
    assert one.service.trainings == [TrainingChoices(DATA, HOLIDAY, most_steps=40)]


# Running


def test_progress_stages_and_curves(qtbot, training):
    one = training()
    started(qtbot, one)
    running = one.dialog.running
    assert one.dialog.busy
    assert running.curves.accessibleDescription() == texts.no_curves()
    one.service.progressed.emit(TrainProgress("Image vectors", 0, 1000))
    one.seconds = 10.0
    one.service.progressed.emit(TrainProgress("Image vectors", 250, 1000))
    assert running.state.text() == "Image vectors · 250 of 1,000 · about 30 s left in this stage"
    assert (running.bar.value(), running.bar.maximum()) == (250, 1000)
    one.service.progressed.emit(TrainProgress("Score", 1, 60, train_rmse=0.2, validation_rmse=0.21))
    one.service.progressed.emit(TrainProgress("Score", 2, 60))
    one.service.progressed.emit(TrainProgress("Score", 3, 60, train_rmse=0.15, validation_rmse=0.171))
    assert running.state.text() == "Score · 3 of 60"  # too early to tell
    assert running.stages.texts[:3] == ["✓  Image vectors", "▸  Score", "·  Baselines"]
    assert running.curves.points == 2
    assert running.curves.accessibleDescription() == (
        "validation RMSE 0.171, training RMSE 0.150 after 2 measurements"
    )
    one.service.progressed.emit(TrainProgress("Caption vectors", 1, 5))  # of the test queries
    one.service.progressed.emit(TrainProgress("A stage of its own", 1, 0))
    assert running.stages.texts[:4] == [
        "✓  Image vectors",
        "✓  Score",
        "✓  Caption vectors",
        "▸  A stage of its own",
    ]
    assert running.state.text() == "A stage of its own"
    assert one.states[1:4] == ["Training…", "Training: image vectors 0 %", "Training: image vectors 25 %"]
    assert one.states[-2:] == ["Training: caption vectors 20 %", "Training: a stage of its own"]


def test_cancel_asks_nothing_and_says_that_nothing_was_changed(qtbot, training):
    one = training()
    started(qtbot, one)
    click(qtbot, one.dialog.running.cancel)
    assert one.service.cancels == 1
    assert one.dialog.question is None
    assert one.dialog.running.state.text() == "Stopping…"
    one.service.progressed.emit(TrainProgress("Heads", 1, 5))  # on its way
    assert one.dialog.running.state.text() == "Stopping…"
    one.service.cancelled.emit()
    assert one.dialog.choose.note.text == "Training was stopped. Nothing was changed."
    assert one.dialog.choose.note.isVisible()
    one.service.summarised.emit(fakes.summary())
    click(qtbot, one.dialog.choose.train)  # once more, from the start
    assert one.dialog.running.cancel.isEnabled()
    assert one.dialog.running.stages.texts == []


def test_a_training_that_fails_says_why_above_the_choices(qtbot, training):
    one = training()
    started(qtbot, one)
    one.service.failed.emit(TrainingError("The disk is full."))
    assert one.dialog.choose.error.text == "The disk is full."
    assert one.dialog.choose.error.isVisible()
    assert not one.dialog.busy
    assert one.states[-1] == ""


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there
def test_closing_while_it_trains_asks_and_goes_on_in_the_background(qtbot, training):
    one = training()
    started(qtbot, one)
    qtbot.keyClick(one.dialog, Qt.Key.Key_Escape)
    assert one.dialog.isVisible()
    assert one.dialog.question.text() == "Training is still going on."
    answer(qtbot, one, "Go on in background")
    assert not one.dialog.isVisible()
    assert one.service.cancels == 0
    one.service.progressed.emit(TrainProgress("Heads", 2, 4))
    assert one.states[-1] == "Training: heads 50 %"
    one.dialog.open()
    assert one.dialog.busy
    assert one.dialog.running.state.text() == "Heads · 2 of 4"


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there
def test_closing_while_it_trains_can_stop_it(qtbot, training):
    one = training()
    started(qtbot, one)
    one.dialog.close()
    answer(qtbot, one, "Stop training")
    assert one.service.cancels == 1
    assert not one.dialog.isVisible()
    one.service.cancelled.emit()
    assert one.states[-1] == ""
    one.dialog.open()
    assert one.dialog.pages.currentWidget() is one.dialog.choose


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there
def test_a_question_that_is_out_of_date_goes(qtbot, training):
    one = training()
    started(qtbot, one)
    one.dialog.close()
    one.service.trained.emit(fakes.trained())
    assert one.dialog.question is None
    assert one.dialog.isVisible()
    assert one.dialog.undecided


def test_a_failure_in_the_background_is_told_until_it_is_seen(qtbot, training):
    one = training()
    started(qtbot, one)
    click(qtbot, one.dialog.running.hide_button)
    one.service.failed.emit(TrainingError("The disk is full."))
    assert one.states[-1] == "Training did not work"
    one.dialog.open()
    assert one.dialog.choose.error.text == "The disk is full."
    assert one.states[-1] == ""


# The result


def test_a_better_matcher(qtbot, training):
    one = training()
    finished(qtbot, one)
    result = one.dialog.result
    assert result.verdict.text.startswith("The new matcher is better")
    assert not result.warning.isVisible()
    assert result.use.isChecked()
    assert "Measured on 1,164 judged pairs of 200 images and 488 test queries" in result.about.text()
    assert "in 47 s" in result.about.text()
    assert result.name.text().startswith("image_search, 20")
    assert "164 of 200 images" in result.remarks.text()
    table = result.table
    assert [table.verticalHeaderItem(row).text() for row in range(5)][-2:] == [
        "matcher in use",
        "new matcher",
    ]
    assert table.item(4, 0).text() == "0.158\n0.146 to 0.171"
    assert table.item(0, 3).text() == "–"
    assert one.states[-1] == "A new matcher is ready"
    assert result.plot.accessibleDescription().startswith("matcher in use: score 0.05, target 0.04;")


def test_intervals_are_whole_in_a_narrow_window(qtbot, training):
    one = training()
    finished(qtbot, one)
    table = one.dialog.result.table
    assert table.rowHeight(0) < 3 * table.fontMetrics().height()
    one.dialog.resize(one.dialog.minimumSize())
    qtbot.waitUntil(lambda: table.rowHeight(0) >= 3 * table.fontMetrics().height())
    one.dialog.resize(980, 720)
    qtbot.waitUntil(lambda: table.rowHeight(0) < 3 * table.fontMetrics().height())


def test_a_worse_matcher_is_not_used_unless_wanted(qtbot, training):
    one = training()
    finished(qtbot, one, worse=True)
    result = one.dialog.result
    assert result.warning.isVisible()
    assert result.warning.text.startswith("The new matcher is worse")
    assert not result.verdict.isVisible()
    assert not result.use.isChecked()
    click(qtbot, result.keep)
    assert one.models.kept[0][2] is False


def test_what_has_to_be_said_of_the_figures_is_said(qtbot, training):
    one = training()
    flattered = "The matcher in use was trained on 190 of the 200 images, so its figures flatter it."
    finished(qtbot, one, remarks=(flattered,))
    assert one.dialog.result.remarks.text() == f"•  {flattered}"


def test_the_table_is_copied_as_text(qtbot, training):
    one = training()
    finished(qtbot, one)
    result = one.dialog.result
    for copy in (
        lambda: click(qtbot, result.copy),
        lambda: qtbot.keyClick(result.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier),
    ):
        QGuiApplication.clipboard().clear()
        copy()
        lines = QGuiApplication.clipboard().text().splitlines()
        assert lines[0] == "\tRMSE\tR²\tτc\trecall@1\trecall@5\trecall@10"
        assert lines[1].startswith("constant\t0.269 (0.257 to 0.282)\t−0.001")
        assert lines[1].endswith("\t–\t–\t–\t–")
        assert len(lines) == 6


def test_keep(qtbot, training):
    one = training()
    finished(qtbot, one)
    result = one.dialog.result
    result.name.setText("  mine ")
    click(qtbot, result.keep)
    [(trained, name, use)] = one.models.kept
    assert (trained.seconds, name, use) == (47.3, "mine", True)
    assert not result.keep.isEnabled()
    assert result.keep.text() == "Saving…"
    one.dialog.close()  # not before it is saved
    assert one.dialog.isVisible()
    one.models.told.emit("Another model was renamed.")  # meanwhile, in the list of models
    assert one.dialog.undecided
    one.models.saved.emit("“mine” is kept, and searches use it now.")
    assert one.dialog.pages.currentWidget() is one.dialog.choose
    assert one.dialog.choose.note.text == "“mine” is kept, and searches use it now."
    assert one.states[-1] == ""
    one.models.told.emit("Another model was renamed.")  # by another window
    assert one.dialog.choose.note.text == "“mine” is kept, and searches use it now."


def test_what_could_not_be_kept_can_be_tried_again(qtbot, training):
    one = training()
    finished(qtbot, one)
    result = one.dialog.result
    qtbot.keyClick(result.name, Qt.Key.Key_Return)
    one.models.not_saved.emit(MatcherError("The disk is full."))
    assert result.error.text == "The disk is full."
    click(qtbot, result.keep)
    assert len(one.models.kept) == 2
    assert not result.error.isVisible()


def test_a_matcher_needs_a_name(qtbot, training):
    one = training()
    finished(qtbot, one)
    one.dialog.result.name.setText("  ")
    click(qtbot, one.dialog.result.keep)
    assert one.models.kept == []
    assert one.dialog.result.error.text == "Give the matcher a name, so that you find it again."


def test_discard_asks_nothing(qtbot, training):
    one = training()
    finished(qtbot, one)
    click(qtbot, one.dialog.result.discard)
    assert one.dialog.question is None
    assert one.models.kept == []
    assert one.dialog.choose.note.text == "The new matcher was discarded. Nothing was changed."
    one.dialog.close()
    assert not one.dialog.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there
@pytest.mark.parametrize("way", ["Keep", "Discard", "Cancel"])
def test_closing_with_a_result_asks_what_becomes_of_it(qtbot, training, way):
    one = training()
    finished(qtbot, one)
    one.dialog.close()
    assert one.dialog.isVisible()
    answer(qtbot, one, way)
    if way == "Keep":
        assert len(one.models.kept) == 1
        assert one.dialog.isVisible()
        one.models.saved.emit("Kept.")
    assert one.dialog.isVisible() == (way == "Cancel")
    assert one.dialog.undecided == (way == "Cancel")


def test_a_query_is_tried_by_both(qtbot, training):
    one = training("a dog", HOLIDAY, RuleMode.WARN)
    finished(qtbot, one)
    assert one.service.queries == [(HOLIDAY, "a dog", RuleMode.WARN)]
    panel = one.dialog.result.side_by_side
    one.dialog.result.tabs.setCurrentIndex(2)
    assert panel.query.text() == "a dog"
    one.service.compared.emit(fakes.side_by_side("a dog", HOLIDAY))
    assert panel.old.item(0).text() == "1.  a dog on the beach.jpg\nStrong · 0.93"
    assert panel.new.item(1).text() == "2.  two dogs in snow.jpg\nStrong · 0.74 · up from 3"
    assert panel.new.item(3).text().endswith("new here")
    qtbot.waitUntil(lambda: not one.thumbnails.busy)
    shown = panel.new.item(1).icon().pixmap(84, 63).toImage()
    assert shown.pixelColor(42, 5).alpha() == 255
    qtbot.keyClicks(panel.query, " x")
    qtbot.keyClick(panel.query, Qt.Key.Key_Return)
    assert one.service.queries[-1] == (HOLIDAY, "a dog x", RuleMode.WARN)
    one.service.compared.emit(fakes.side_by_side("a dog", HOLIDAY))  # of the query before
    assert panel.old.count() == 0
    one.service.compared.emit(SideBySide("a dog x", (), (), "The content rule does not allow it."))
    assert panel.note.text() == "The content rule does not allow it."
    one.service.failed.emit(TrainingError("The library cannot be read."))
    assert panel.note.text() == "The library cannot be read."
    assert one.dialog.undecided


def test_without_an_open_folder_no_query_is_tried_until_there_is_one(qtbot, training):
    one = training("a dog")
    finished(qtbot, one)
    panel = one.dialog.result.side_by_side
    assert not panel.query.isEnabled()
    assert panel.note.text() == "Open a folder in the main window to try queries on its photos."
    assert one.service.queries == []
    one.searching = Searching(HOLIDAY, "a dog", RuleMode.BLOCK)
    one.dialog.folder_opened()
    assert one.service.queries == [(HOLIDAY, "a dog", RuleMode.BLOCK)]


def test_the_whole_way_by_keyboard(qtbot, training):
    one = training(folder=HOLIDAY)

    def key(which, modifier=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget(), which, modifier)

    def tab_to(widget):
        for _ in range(40):
            if QApplication.focusWidget() is widget:
                return
            key(Qt.Key.Key_Tab)
        pytest.fail(f"the key Tab never comes to {widget.accessibleName() or widget.text()}")

    choose = one.dialog.choose
    assert choose.folder.field.hasFocus()
    with qtbot.waitSignal(choose.summary_wanted):
        qtbot.keyClicks(QApplication.focusWidget(), str(DATA))
    one.service.summarised.emit(fakes.summary())
    options = choose.options
    for widget in (
        choose.folder.browse,
        choose.captions.field,
        options.target,
        options.held_out,
        options.start,
    ):
        tab_to(widget)
    tab_to(options.advanced.head)
    key(Qt.Key.Key_Space)
    tab_to(options.seed)
    key(Qt.Key.Key_Up)
    tab_to(choose.summary.fold.head)
    tab_to(choose.train)
    key(Qt.Key.Key_Space)
    assert one.service.trainings == [TrainingChoices(DATA, seed=1)]
    assert one.dialog.running.cancel.hasFocus()
    one.service.trained.emit(fakes.trained())
    result = one.dialog.result
    assert result.tabs.tabBar().hasFocus()  # no key is pressed by chance that keeps or discards
    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Right)
    tab_to(result.side_by_side.query)
    qtbot.keyClicks(QApplication.focusWidget(), "a boat")
    key(Qt.Key.Key_Return)
    assert one.service.queries[-1][1] == "a boat"
    one.service.compared.emit(fakes.side_by_side("a boat", HOLIDAY))
    key(Qt.Key.Key_Down)
    assert result.side_by_side.new.hasFocus()
    tab_to(result.use)
    key(Qt.Key.Key_Space)
    tab_to(result.keep)
    key(Qt.Key.Key_Space)
    assert one.models.kept[0][2] is False
    one.models.saved.emit("Kept.")
    assert choose.note.text == "Kept."
    qtbot.keyClick(one.dialog, Qt.Key.Key_Escape)
    assert not one.dialog.isVisible()
    assert one.dialog.findChildren(QMessageBox) == []
