"""A folder without photos, as it is before the first one is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.content_rule import RuleMode
from tests.engines import make_engine

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_without_photos_is_an_empty_gallery(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    with Library(tmp_path / "l.sqlite") as library:
        engine = make_engine(library)
        for _ in engine.index(folder):
            pass
        assert list(engine.ask(folder, "", rule=RuleMode.BLOCK).photos) == []
        assert list(engine.ask(folder, "a dog", top=None, rule=RuleMode.BLOCK).hits) == []
