"""The demo gallery, from the packages that are installed."""

from __future__ import annotations

import importlib.util

import pytest
from PIL import Image

from imgsearch_gui.core.demo import prepare_demo
from imgsearch_gui.errors import ImgSearchError


def test_it_holds_photographs_that_open(tmp_path):
    folder = prepare_demo(tmp_path / "new" / "demo")
    files = sorted(folder.iterdir())
    assert len(files) >= 12
    assert {"coffee.png", "cat.png", "flower.jpg", "rocket.jpg"} <= {file.name for file in files}
    for file in files:
        with Image.open(file) as image:
            image.verify()


def test_what_is_there_stays_as_it_is(tmp_path):
    prepare_demo(tmp_path)
    (tmp_path / "cat.png").write_bytes(b"mine")
    (tmp_path / "coffee.png").unlink()
    prepare_demo(tmp_path)
    assert (tmp_path / "cat.png").read_bytes() == b"mine"
    assert (tmp_path / "coffee.png").stat().st_size > 0


def test_a_missing_package_gives_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ImgSearchError, match="needs the Python package skimage"):
        prepare_demo(tmp_path)


def test_a_place_that_cannot_be_written_gives_a_sentence(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ImgSearchError, match="cannot be prepared in"):
        prepare_demo(tmp_path / "file")
