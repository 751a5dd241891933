"""Ten thousand damaged files: each is a picture after all or has its reason, and nothing else happens."""

from __future__ import annotations

import collections
import json
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.cli import front
from imgsearch_gui.core.pictures.decoding import Decoder
from imgsearch_gui.core.pictures.embedding import embed_files
from imgsearch_gui.core.pictures.folder_scan import scan
from imgsearch_gui.core.storage.library import Library
from tests import hostile_decoders
from tests.damaged import write_damaged
from tests.fakes import FakeImageEncoder

if TYPE_CHECKING:
    from pathlib import Path

_FILES = 10_000


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux does")
def test_ten_thousand_damaged_files(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    write_damaged(photos, _FILES)
    found = [file for part in scan(photos) for file in part.files]
    decoder = partial(Decoder, decode=hostile_decoders.modest)
    with Library(tmp_path / "library.sqlite") as library:
        *_, last = embed_files(library, photos, FakeImageEncoder(), found, decoder)
        problems, records = library.problems(photos), library.records(photos)

    assert last.done == _FILES == last.embedded + last.failed
    assert len({*(problem.file for problem in problems), *(record.path for record in records)}) == _FILES
    assert (len(problems), len(records)) == (last.failed, last.embedded)
    kinds = collections.Counter(problem.reason.partition(" (")[0] for problem in problems)
    assert kinds.keys() <= {
        "The file is empty.",
        "It is not a JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC or AVIF picture.",
        "The picture is damaged or cut short",
        "The picture has more than 200 million pixels.",
        "There is not enough memory to open the picture.",
    }
    # Neither is the damage so light that all can be read, nor so heavy that the decoders see nothing.
    assert _FILES / 10 < len(records) < _FILES * 9 / 10
    assert kinds["The picture is damaged or cut short"] > _FILES / 10


@pytest.mark.real
def test_the_command_lists_each_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_damaged(tmp_path / "photos", 240, seed=1)
    arguments = ["index", str(tmp_path / "photos"), "--library", str(tmp_path / "library.sqlite"), "--json"]
    assert front.run(arguments) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["embedded"] + answer["failed"] == 240
    assert len(answer["problems"]) == answer["failed"] > 50
    paths = [problem["path"] for problem in answer["problems"]]
    assert paths == sorted({str(path) for path in (tmp_path / "photos").iterdir()} & {*paths})
    assert all(problem["reason"].endswith(".") for problem in answer["problems"])
