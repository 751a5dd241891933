"""One query by the matcher in use and by a new one that nobody keeps yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.core.types.training import SideBySide
from imgsearch_gui.errors import ImgSearchError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from imgsearch_gui.core.engine import Engine, Model
    from imgsearch_gui.core.types.content_rule import RuleMode
    from imgsearch_gui.core.types.training import TrainedModel

_SHOWN = 8
_EMPTY = sentence("Type a sentence to compare the two matchers by.")
_NO_PHOTOS = sentence("No photo of this folder has been read yet; open the folder first.")
_WITHHELD = sentence("The content rule withholds every photo of this folder.")


class Rivals:
    """The engine in use, and one with a new matcher, which keeps what it made of folders it has seen.

    Args:
        engine: the one in use.
        trained: the new matcher.

    Attributes:
        trained: as given.
    """

    def __init__(self, engine: Engine, trained: TrainedModel) -> None:
        self.trained = trained
        self._engines = engine, engine.beside(cast("Model", trained.model))

    def side_by_side(
        self, folder: Path, query: str, rule: RuleMode
    ) -> Generator[TrainProgress, None, SideBySide]:
        """Finds the best photos of an indexed folder by both.

        The first query of a folder makes the new matcher's vectors of its photos from those of the image
        encoder. They stay in memory.

        Yields:
            Progress.

        Returns:
            The hits, or none and a note that says why.
        """
        query = query.strip()
        if not query:
            return SideBySide(query, (), (), _EMPTY)
        try:
            for engine in self._engines:
                for done, total in engine.prepare(folder):
                    yield TrainProgress(sentence("Comparing"), done, total)
            old, new = (engine.search(folder, query, top=_SHOWN, rule=rule) for engine in self._engines)
        except ImgSearchError as error:
            return SideBySide(query, (), (), error.args[0])
        if old.blocked and old.rule_match is not None:
            word = old.rule_match.word
            said = sentence("The content rule hit the word “{word}”, so no pictures are shown.", word=word)
            return SideBySide(query, (), (), said)
        if not old.searched:
            return SideBySide(query, (), (), _WITHHELD if old.withheld else _NO_PHOTOS)
        return SideBySide(query, tuple(old.hits), tuple(new.hits))
