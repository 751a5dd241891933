"""One matcher at work: queries and pictures into what photos score."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import ThreadpoolController

from imgsearch_gui.core.query.known_letters import language_notes
from imgsearch_gui.core.retrieval.explaining import word_effects
from imgsearch_gui.core.retrieval.likeness import gone, likeness_plan, with_itself
from imgsearch_gui.core.retrieval.ranking import ranking
from imgsearch_gui.errors import QueryError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray, TextEncoder
    from imgsearch_gui.core.matching.checkpoint import ModelInfo
    from imgsearch_gui.core.matching.matcher import Matcher
    from imgsearch_gui.core.retrieval.likeness import AskedPictures
    from imgsearch_gui.core.retrieval.ranking import Ranking
    from imgsearch_gui.core.retrieval.search import FolderVectors, VectorCache
    from imgsearch_gui.core.types.explanation import WordEffect
    from imgsearch_gui.core.types.query import PictureQuery, Term
    from imgsearch_gui.sentences import Sentence


@dataclass(frozen=True, slots=True, eq=False)
class Scoring:
    """What belongs to one matcher: it is replaced whole.

    Attributes:
        model: the matcher, and what its file says of it.
        text_encoders: make vectors of queries.
        pictures: have the vectors of pictures that are searched by.
        vectors: those of folders' photos in the matcher's joint space.
    """

    model: tuple[Matcher, ModelInfo]
    text_encoders: Sequence[TextEncoder]
    pictures: AskedPictures
    vectors: VectorCache

    @property
    def matcher(self) -> Matcher:
        """The matcher."""
        return self.model[0]

    def placed(self, queries: Sequence[str], language: str | None = None) -> FloatArray:
        """Returns queries' joint vectors, float32 [n, query_width], each in its own language or in one."""
        # A sentence is too little to share among cores. While they are busy, as when photos are being read,
        # waiting for one another makes 10 ms into 700.
        with _threads().limit(limits=1):
            return np.asarray(self.matcher.queries(queries, self.text_encoders, language), np.float32)

    def ranking(self, terms: Sequence[Term], vectors: FolderVectors, likeness: FloatArray | None) -> Ranking:
        """Says how all images of a folder stand to a query's terms, and to a picture by their likeness."""
        latents = [self._latents([term.text], vectors)[0] for term in terms]
        return ranking(terms, latents, self._calibrated, likeness)

    def likeness(
        self,
        picture: PictureQuery,
        vectors: FolderVectors,
        shown: npt.NDArray[np.bool_],
        row: int | None = None,
    ) -> FloatArray:
        """Returns how alike images are to a picture, float32 [n].

        Args:
            picture: any.
            vectors: the images of a folder.
            shown: which of them may be shown, bool [n].
            row: of the one image that is asked for, where it is one.

        Raises:
            QueryError: the picture is an image that is not in the folder, or may not be shown; or cannot
                be read.
        """
        if picture.image_id is not None:
            own = vectors.row_of(picture.image_id)
            if own is None or not vectors.there[own]:
                raise gone(picture)
            if not shown[own]:
                raise QueryError(sentence("The content rule withholds this picture."))
        joint = self.matcher.images(self.pictures.vector(picture))[0]
        of = vectors if row is None else vectors.alone(row)
        likeness = of.latent(likeness_plan(joint, self.matcher.rounding().ends))
        return with_itself(likeness, None if picture.image_id is None else of.row_of(picture.image_id))

    def word_effects(
        self, terms: Sequence[Term], photo: FolderVectors, likeness: FloatArray | None
    ) -> tuple[float, tuple[WordEffect, ...], float | None]:
        """Returns a photo's score, and what each word and the picture do to it."""
        return word_effects(
            terms,
            lambda texts, language: self._latents(texts, photo, language),
            self._calibrated,
            likeness,
        )

    def notes(self, terms: Sequence[Term]) -> tuple[Sentence, ...]:
        """Says what of a query's letters and language the matcher does not know."""
        known = {language for tower in self.matcher.config.towers for language in tower.languages}
        return language_notes(" ".join(term.text for term in terms), known)

    def _latents(
        self, texts: Sequence[str], vectors: FolderVectors, language: str | None = None
    ) -> list[FloatArray]:
        plan = self.matcher.score.plan
        return [vectors.latent(plan(query)) for query in self.placed(texts, language)]

    def _calibrated(self, latent: FloatArray) -> FloatArray:
        return self.matcher.score.calibrated(latent.astype(np.float64))


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()
