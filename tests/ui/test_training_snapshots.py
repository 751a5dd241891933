"""One picture of each page of the training window in every look."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.errors import DatasetError
from imgsearch_gui.sentences import sentence
from tests import training_fakes as fakes

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
    one.service.compared.emit(fakes.side_by_side("a dog on the beach", Path("/holiday")))


def question(one) -> None:
    running(one)
    one.dialog.close()


STATES = {
    "question": question,
    "choose": choose,
    "obstacle": obstacle,
    "unreadable": unreadable,
    "running": running,
    "result": result,
    "worse": worse,
    "reliability": reliability,
    "both": both,
}


@pytest.mark.parametrize("state", STATES)
def test_snapshot(looks, qtbot, training, state):
    one = training(query="a dog on the beach", folder=Path("/holiday"))
    STATES[state](one)
    qtbot.waitUntil(lambda: not one.thumbnails.busy)
    looks.compare(one.dialog.question or one.dialog, f"training-{state}")
