"""One picture of each page of the training window, light and dark, compared with a stored one."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.errors import DatasetError
from imgsearch_gui.sentences import sentence
from imgsearch_gui.ui import style
from tests import training_fakes as fakes
from tests.ui.pictures import compare, on_linux, skip_elsewhere

FOLDER = Path("/data/image_search")
OBSTACLE = "There are only 3 judged pairs: a training needs at least 50."


def choose(one) -> None:
    one.dialog.choose.use_folder(FOLDER)
    one.service.summarised.emit(fakes.summary())


def obstacle(one) -> None:
    choose(one)
    options = one.dialog.choose.options
    options.target.setCurrentIndex(3)
    options.length.setCurrentIndex(1)
    one.dialog.choose.ask()
    one.service.summarised.emit(fakes.summary(pairs=3, obstacle=OBSTACLE))
    one.dialog.choose.summary.fold.head.click()
    one.dialog.choose.summary.rows.tree.expandAll()


def unreadable(one) -> None:
    one.dialog.choose.use_folder(FOLDER)
    reason = DatasetError("the column “image” is missing.", FOLDER / "train_dataset.csv", 1)
    one.service.summary_failed.emit(reason)


def running(one) -> None:
    choose(one)
    one.dialog.choose.train.click()
    for stage in (sentence("Reading"), sentence("Image vectors"), sentence("Caption vectors")):
        one.service.progressed.emit(TrainProgress(stage, 3, 3))
    for step in fakes.curve():
        one.service.progressed.emit(step)


def result(one, *, worse: bool = False) -> None:
    running(one)
    one.service.trained.emit(fakes.trained(worse=worse))
    one.dialog.result.name.setText("image_search, 2025-07-29")


def worse(one) -> None:
    result(one, worse=True)


def reliability(one) -> None:
    result(one)
    one.dialog.result.tabs.setCurrentIndex(1)


def both(one) -> None:
    result(one)
    one.dialog.result.tabs.setCurrentIndex(2)
    one.dialog.result.side_by_side.query.setReadOnly(True)  # no blinking cursor
    one.dialog.result.side_by_side.query.setClearButtonEnabled(False)  # it fades in
    one.service.compared.emit(fakes.side_by_side("a dog on the beach", Path("/holiday")))


STATES = {
    "choose": choose,
    "obstacle": obstacle,
    "unreadable": unreadable,
    "running": running,
    "result": result,
    "worse": worse,
    "reliability": reliability,
    "both": both,
}


@on_linux
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_snapshot(qtbot, qapp, training, tmp_path, state, dark):
    skip_elsewhere(qapp)
    style.apply_palette(qapp, dark)
    one = training(query="a dog on the beach", folder=Path("/holiday"))
    for field in (one.dialog.choose.folder.field, one.dialog.choose.captions.field):
        field.setReadOnly(True)  # no blinking cursor
        field.setClearButtonEnabled(False)  # it fades in
    STATES[state](one)
    qtbot.waitUntil(lambda: not one.thumbnails.busy)
    for _ in range(3):  # a new text asks for a new layout, and that for a repaint
        qapp.processEvents()
    compare(one.dialog, f"training-{state}-{'dark' if dark else 'light'}", tmp_path)
