"""``imgsearch-gui ratings``, driven as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from imgsearch_gui.core.ratings.exporting import export
from imgsearch_gui.core.storage.library import Library
from tests.fakes import result_of
from tests.rated import DOG, digest, said, tree
from tests.synthetic import write_image

ROOT = Path(__file__).parent.parent
SCORES = {"Ada": (1, 2, 3, 4) * 6, "Bo": (1, 2, 3, 3) * 6}


def run(*arguments: object, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "imgsearch_gui", "ratings", *map(str, arguments)],
        cwd=home,
        env=os.environ | {"IMGSEARCH_HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """What two annotators have exported who rated the same 24 pictures."""
    files = [write_image(tmp_path / "photos" / f"{n}.png", n) for n in range(24)]
    pictures = {digest(file): [file] for file in files}
    made = []
    for rater, scores in SCORES.items():
        ratings = [said(rater, score, of) for of, score in zip(pictures, scores, strict=True)]
        result_of(export([*ratings, said(rater, 1, b"?" * 32, DOG)], pictures, tmp_path / rater))
        made.append(tmp_path / rater)
    return made


def test_import_agreement_export(folders: list[Path], tmp_path: Path) -> None:
    brought = run("import", *folders, home=tmp_path)
    assert (brought.returncode, brought.stderr) == (0, "")
    assert brought.stdout == "Imported 50 ratings.\n1 picture that was rated is not in the folder.\n"
    again = run("import", folders[0], home=tmp_path)
    assert again.stdout.startswith("Imported 0 ratings. 25 ratings were here already.\n")

    told = run("agreement", home=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert "Raters agree almost perfectly: kappa 0.88, with 95 % certainty between 0.8" in told.stdout
    assert "\nAda and Bo         25  76 %   0.88\n" in told.stdout
    assert "\nScale yes or no: Agreement needs two people" in told.stdout
    figures = json.loads(run("agreement", "--json", home=tmp_path).stdout)
    assert figures["expert"]["couples"][0]["confusion"][3] == [0, 0, 6, 0]
    assert figures["crowd"]["overall"] is None

    out = run("export", tmp_path / "out", "--link", home=tmp_path)
    assert (out.returncode, out.stderr) == (0, "")
    assert out.stdout == (
        f"Exported 50 ratings to {tmp_path / 'out'}, with labels of 24 pairs and 24 pictures.\n"
        "2 ratings of 1 picture that is missing are in ratings.csv alone.\n"
    )
    merged = run("merge", *folders, "--out", tmp_path / "merged", home=tmp_path)
    assert (merged.returncode, merged.stderr) == (0, "")
    assert tree(tmp_path / "merged") == tree(tmp_path / "out")


def test_conflicts_are_listed_on_the_side(tmp_path: Path) -> None:
    for rater, value in (("Ada", 4), ("Bo\x1b[31m", 1)):
        result_of(export([said(rater, value, b"?" * 32)], {}, tmp_path / rater[:2]))
    merged = run("merge", tmp_path / "Ad", tmp_path / "Bo", "--out", tmp_path / "out", home=tmp_path)
    assert merged.stderr.splitlines() == [
        "1 conflict:",
        "Bo\ufffd[31m gave 1 and Ada 4 to 3f3f3f3f3f3f for “a cat on a table”.",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export", "out"], "There are no ratings to export yet."),
        (["import", "nowhere"], "nowhere: There is no such folder."),
        (["merge", "a", "--out", "b"], "a: There is no such folder."),
        (["import"], "the following arguments are required: FOLDER"),
        ([], "the following arguments are required: action"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_one_sentence(tmp_path: Path, arguments: list[str], told: str) -> None:
    done = run(*arguments, home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert told.lower() in done.stderr.lower()
    assert done.stderr.count("\n") == 1


def test_a_bad_row_leaves_the_library_empty(folders: list[Path], tmp_path: Path) -> None:
    with (folders[1] / "ratings.csv").open("a") as stream:
        stream.write("no rating\n")
    done = run("import", *folders, home=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        f"imgsearch-gui: {folders[1] / 'ratings.csv'}, line 27: "
        "The row has the wrong number of columns: 1 where 9 are expected.\n"
    )
    with Library(tmp_path / "library.sqlite") as library:
        assert library.ratings() == {}
