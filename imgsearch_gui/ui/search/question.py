"""What the window asks, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.query import Order, PictureQuery

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.services.search_service import Request, SearchService


@dataclass(frozen=True, slots=True)
class Question:
    """All that an answer depends on, but the folder.

    Attributes:
        query: what stands in the query field, without blanks around.
        picture: what the photos are to be like, if anything.
        rule: what the content rule does.
        order: in which order photos come.
        fold: whether identical pictures are shown as one.
    """

    query: str = ""
    picture: PictureQuery | None = None
    rule: RuleMode = RuleMode.BLOCK
    order: Order = Order.SCORE
    fold: bool = True

    @classmethod
    def of(cls, request: Request) -> Question:
        """Returns what a request asked."""
        return cls(request.query, request.picture, request.rule, request.order, request.fold)

    @property
    def blank(self) -> bool:
        """Whether it asks for all photos."""
        return not self.query and self.picture is None

    def ask(self, search: SearchService, folder: Path) -> None:
        """Asks it."""
        search.request(folder, self.query, self.rule, self.picture, order=self.order, fold=self.fold)
