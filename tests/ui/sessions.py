"""An engine for windows on a real library and real files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.types.photos import Gallery, SearchResult
from tests.fakes import FakeImageEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.content_rule import RuleMode
    from imgsearch_gui.core.types.progress import IndexProgress
    from imgsearch_gui.core.types.query import Order, PictureQuery


class PlainEngine:
    """Reads folders for real, shows all that is in them, and finds nothing."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.runs = 0
        self.rules: list[ContentRule] = []
        self.tops: list[int | None] = []

    def index(self, folder: Path) -> Iterator[IndexProgress]:
        self.runs += 1
        return index_folder(self._library, folder, FakeImageEncoder())

    def prepare(self, folder: Path) -> Iterator[tuple[int, int]]:
        return iter(())

    def ask(
        self,
        folder: Path,
        query: str,
        *,
        top: int | None,
        rule: RuleMode,
        picture: PictureQuery | None = None,
        order: Order,
        fold: bool,
    ) -> SearchResult | Gallery:
        if not query and picture is None:
            return Gallery(tuple(self._library.records(folder)))
        self.tops.append(top)
        return SearchResult(query, (), 0, 0, None, rule)

    def use_rule(self, rule: ContentRule) -> None:
        self.rules.append(rule)
