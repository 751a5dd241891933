"""Rate, retrain, compare, keep and roll back in one program, with the real encoders and real photographs."""

from __future__ import annotations

import csv
import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from imgsearch_gui import paths
from imgsearch_gui.app.session import Session
from imgsearch_gui.core.datasets.dataset import (
    CROWD_TABLE,
    EXPERT_TABLE,
    TRAIN_IMAGES,
    TRAIN_TABLE,
    read_dataset,
)
from imgsearch_gui.core.loading import load_engine
from imgsearch_gui.core.matching.model_store import ModelStore
from imgsearch_gui.ui.exchange.exchange_dialog import ExchangeDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)
IMAGES, RATED = 48, 60
SLOW = 120_000  # milliseconds: the real encoders load and work
QUERY = "two dogs play in the water"

pytestmark = [
    pytest.mark.real,
    pytest.mark.qt_log_ignore("This plugin does not support"),  # of a screen that is not there
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        "IMGSEARCH_DATASETS" not in os.environ,
        reason="IMGSEARCH_DATASETS does not name the folder of the real datasets",
    ),
]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """The pairs of the first images of the real dataset, without anybody's judgements."""
    whole = Path(os.environ["IMGSEARCH_DATASETS"]) / "image_search"
    part = tmp_path / "part"
    (part / TRAIN_IMAGES).mkdir(parents=True)
    with (whole / TRAIN_TABLE).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    names = sorted({row[0] for row in rows})[:IMAGES]
    with (part / TRAIN_TABLE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *(row for row in rows if row[0] in names)])
    for name in names:
        shutil.copy(whole / TRAIN_IMAGES / name, part / TRAIN_IMAGES / name)
    return part


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    threads = threading.active_count()
    kept = ModelStore(tmp_path / "models", paths.bundled_model())
    one = Session(qapp, tmp_path / "l.sqlite", lambda library: load_engine(library, kept=kept), kept=kept)
    one.window.show()
    one.services.engine.load()
    yield one
    one.close(20)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert threading.active_count() <= threads + 4  # those of ONNX Runtime and of the scan stay


def experts(pairs: Path) -> dict[tuple[str, str], int]:
    """What the experts said of each pair, by image and text: the middle of their three scores."""
    with (pairs / TRAIN_TABLE).open(encoding="utf-8", newline="") as file:
        texts = {row["query_id"]: row["query_text"] for row in csv.DictReader(file)}
    with (pairs / EXPERT_TABLE).open(encoding="utf-8") as file:
        rows = [line.split() for line in file]
    return {(image, texts[of]): sorted(map(int, scores))[1] for image, of, *scores in rows}


def scores(session: Session) -> dict[str, float]:
    assert session.window.answer is not None
    return {hit.path.name: hit.score for hit in session.window.answer.found.hits}


def test_ratings_train_a_model_that_changes_the_search_and_can_be_rolled_back(
    qtbot, session: Session, dataset: Path, tmp_path: Path
) -> None:
    window, services = session.window, session.services
    judged = experts(Path(os.environ["IMGSEARCH_DATASETS"]) / "image_search")

    # Search the photographs.
    window.open_folder(dataset / TRAIN_IMAGES)
    qtbot.waitUntil(lambda: window.answer is not None and not services.indexing.busy, timeout=SLOW)
    window.query.setText(QUERY)
    qtbot.keyClick(window.query, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: not services.search.busy and window.answer.request.question.query == QUERY, timeout=SLOW
    )
    before = scores(session)
    assert len(before) > IMAGES / 2  # the content rule withholds some

    # Rate sixty pairs with the keyboard, as the experts did.
    tools = session.rating.tools
    tools.show_pairs(dataset)
    qtbot.waitUntil(lambda: "0 rated" in tools.page.progress.text(), timeout=SLOW)
    round_ = tools._rating.round
    for _ in range(RATED):
        item = round_.item
        qtbot.keyClick(tools.page, KEYS[judged[item.path.name, item.query] - 1])
    assert f"{RATED} rated" in tools.page.progress.text()
    qtbot.keyClick(tools.page, Qt.Key.Key_Escape)

    # Export them.
    (export,) = (one for one in window.menus.rate.actions() if "Export" in one.text())
    export.trigger()
    (dialog,) = window.findChildren(ExchangeDialog)
    dialog.folder.setText(str(tmp_path / "export"))
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: (tmp_path / "export" / "ratings.csv").exists(), timeout=SLOW)
    qtbot.waitUntil(lambda: bool(dialog.outcome.toPlainText()), timeout=SLOW)
    dialog.reject()
    exported = read_dataset(tmp_path / "export")
    assert len(exported.expert) == RATED
    assert not exported.report.problems
    assert not (tmp_path / "export" / CROWD_TABLE).exists()

    # Open the export in the training window, and train.
    session.training.open()
    training = session.training.dialog
    training.choose.use_folder(tmp_path / "export")
    qtbot.waitUntil(training.choose.train.isEnabled, timeout=SLOW)
    assert training.choose.summary.facts["Judged pairs"] == str(RATED)
    qtbot.mouseClick(training.choose.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: training.pages.currentWidget() is training.result, timeout=SLOW)

    # Compare: of the images that were kept from training, the bundled matcher has seen some.
    assert training.result.verdict.text or training.result.warning.text
    assert "The matcher in use was trained on" in training.result.remarks.text()
    assert scores(session) == before  # nothing has changed yet

    # Keep it, and see the search change.
    if not training.result.use.isChecked():  # it is no better, of sixty pairs
        qtbot.mouseClick(training.result.use, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(services.models.switched, timeout=SLOW):
        qtbot.mouseClick(training.result.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not services.search.busy and scores(session) != before, timeout=SLOW)
    after = scores(session)
    assert after.keys() == before.keys()

    # Roll back.
    assert session.models.roll_back.isEnabled()
    with qtbot.waitSignal(services.models.switched, timeout=SLOW):
        session.models.roll_back.trigger()
    qtbot.waitUntil(lambda: not services.search.busy and scores(session) != after, timeout=SLOW)
    assert scores(session) == pytest.approx(before, abs=1e-6)
