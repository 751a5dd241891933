"""The report's page: what it holds, that hostile text does no harm in it, and where it may be written."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from imgsearch_gui.core.evaluation.comparison import OURS, Ranked, Row
from imgsearch_gui.core.evaluation.examples import Example
from imgsearch_gui.core.evaluation.report import Evaluation
from imgsearch_gui.core.evaluation.report_page import check_folder, page, save_page
from imgsearch_gui.core.matching.training_data import PairSet
from imgsearch_gui.core.types.training import Estimate
from imgsearch_gui.errors import TrainingError
from tests.privileges import ordinary_user

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "</td><script>alert('x')</script><img src=x onerror=y> & \"q\" \x00\x1b[31m \u202eturned"
VOID = {"meta"}
HARMLESS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "small", "div", "ul", "li", "bdi"),
    *("table", "tr", "th", "td", "figure", "figcaption"),
    *("svg", "g", "polyline", "circle", "rect", "line", "text"),
}


def evaluation() -> Evaluation:
    n = 40
    zeros = np.zeros(n, np.int64)
    targets = np.linspace(0, 1, n).astype(np.float32)
    judged = PairSet(zeros, zeros, targets, np.ones((n, 3), np.int64), zeros.astype(np.bool_))
    figures = {"rmse": Estimate(0.1684, 0.1611, 0.1759), "tau_c": None}
    row = Row(OURS, dict.fromkeys(["r2", "tau_b", "recall_at_1", "recall_at_5", "recall_at_10"]) | figures)
    row = replace(row, figures=row.figures | {"calibration_error": Estimate(0.02, -0.0001, 0.03)})
    return Evaluation(
        figures={},
        rows=(row,),
        protocol=("Five folds, left out: <b>3</b>.",),
        judged=judged,
        scores=targets**2,
        ranked=Ranked({OURS: np.array([1, 2, 60]), "lasso": np.array([50, 51, 52])}, np.arange(3), 100),
        best=(Example("dog.jpg", "a dog", 0.91, 1.0, 4.0),),
        worst=(Example(f"{HOSTILE}\udcff.jpg", HOSTILE, 0.12, 0.5, None),),
    )


class Reader(HTMLParser):
    """Collects a page's tags and texts; fails where a tag is closed that is not open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture(scope="module")
def read() -> Reader:
    reader = Reader()
    reader.feed(page(evaluation()))
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_holds_the_table_the_protocol_and_the_examples(read: Reader) -> None:
    text = " ".join(read.texts)
    for part in ("RMSE", "0.168", "0.161–0.176", "left out: <b>3</b>.", "dog.jpg", "a dog", "4.00"):
        assert part in text
    assert "0.000–0.030" in text, "no minus before a zero"


def test_the_plots_are_drawn_from_the_figures() -> None:
    reliability, agreement, recall = (
        ET.fromstring(svg)  # noqa: S314 - our own
        for svg in re.findall(r"<svg.*?</svg>", page(evaluation()), re.DOTALL)
    )
    dots = reliability.findall("circle")
    assert len(dots) == 10
    # The last bin's mean target is 37.5 / 39; the plot is 280 high and its bottom at 294.
    assert float(dots[-1].get("cy")) == pytest.approx(294 - 280 * 37.5 / 39, abs=0.1)
    assert len(agreement.findall("rect")) == 10, "40 different targets are put together by tenths"
    curve = next(line for line in recall.findall("polyline") if line.get("class") == "first")
    ends = [float(point.split(",")[1]) for point in curve.get("points").split()]
    assert len(ends) == 50
    assert [ends[0], ends[-1]] == [294 - 240 / 3, 294 - 240 * 2 / 3], "a third at 1, two thirds at 50"


def test_hostile_text_stays_text(read: Reader) -> None:
    assert {tag for tag, _ in read.tags} <= HARMLESS
    attributes = {name for _, given in read.tags for name in given}
    assert not {name for name in attributes if name.startswith("on") or name in {"src", "href", "style"}}
    shown = HOSTILE.replace("\x00", "\N{REPLACEMENT CHARACTER}").replace("\x1b", "\N{REPLACEMENT CHARACTER}")
    assert shown in read.texts


def test_the_page_needs_nothing_from_anywhere() -> None:
    text = page(evaluation())
    assert "://" not in text
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text
    assert "color-scheme: light dark" in text
    assert "prefers-color-scheme: dark" in text


def test_a_report_takes_the_place_of_a_report_only(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    file = save_page(folder, evaluation())
    assert file == folder / "index.html"
    assert "\\udcff.jpg" in file.read_text(encoding="utf-8")
    save_page(folder, replace(evaluation(), worst=()))
    assert "\\udcff.jpg" not in file.read_text(encoding="utf-8")
    assert [child.name for child in folder.iterdir()] == ["index.html"], "nothing is left beside it"
    file.write_text("<!DOCTYPE html><p>My home page", encoding="utf-8")
    with pytest.raises(TrainingError, match=r"index\.html is not a report of ImgSearch"):
        save_page(folder, evaluation())
    assert file.read_text(encoding="utf-8").endswith("My home page")


def test_what_is_no_page_is_not_replaced_either(tmp_path: Path) -> None:
    page_elsewhere = save_page(tmp_path / "real", evaluation())
    for make in (lambda file: file.mkdir(), lambda file: file.symlink_to(page_elsewhere)):
        folder = tmp_path / f"other{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        make(folder / "index.html")
        with pytest.raises(TrainingError, match="is not a report"):
            check_folder(folder)


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(public_folder: Path) -> None:
    (public_folder / "file").touch()
    with pytest.raises(TrainingError, match="file is a file; name a folder"):
        check_folder(public_folder / "file")
    with pytest.raises(TrainingError, match="does not exist"):
        check_folder(public_folder / "no" / "such")
    closed = public_folder / "closed"
    closed.mkdir(mode=0o555)
    with ordinary_user():
        for folder in (closed, closed / "new"):
            with pytest.raises(TrainingError, match=r"cannot be written to .*: Permission denied\."):
                check_folder(folder)
        check_folder(public_folder)
    assert not list(closed.iterdir())
