"""The matcher: an image's vector and a text's vector in, a number from 0 to 1 out.

Two steps. The heads and bridges of the joint space carry the vectors of frozen encoders into one
joint space. The *score* then says what people, as far as they were asked, would think of such a pair; see
``core.score``.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from imgsearch_gui.core.encoders.language import LANGUAGES, detect_language
from imgsearch_gui.core.matching.score_model import TERMS
from imgsearch_gui.core.retrieval.vector_scan import Rounding
from imgsearch_gui.errors import MatcherError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray, ImageEncoder, TextEncoder
    from imgsearch_gui.core.matching.config import MatcherConfig
    from imgsearch_gui.core.matching.frozen_space import FrozenSpace
    from imgsearch_gui.core.matching.score_model import ScoreModel
    from imgsearch_gui.core.types.photos import Bands

_CHUNK = 8192  # images carried over at once: some 20 MB of features


class Matcher:
    """A trained matcher. Immutable, thread-safe, and the same for the same pair whatever else there is.

    Args:
        space: the heads and the bridges.
        score: from joint vectors to scores.
        bands: what the scores mean in a word.

    Attributes:
        config: lengths and towers.
        space: as given, and so the score and the bands.
    """

    def __init__(self, space: FrozenSpace, score: ScoreModel, bands: Bands) -> None:
        self.config = space.config
        self.space, self.score = space, score
        self.bands = bands

    @property
    def query_width(self) -> int:
        """Length of a query's joint vector: as an image's, then the query's own terms of the score."""
        return self.config.width + TERMS

    def check_encoders(self, image_encoder: ImageEncoder, text_encoders: Sequence[TextEncoder]) -> None:
        """Raises MatcherError unless these are the encoders that the matcher was trained with."""
        wanted = [self.config.image_encoder, *(tower.version for tower in self.config.towers)]
        given = [image_encoder.version, *(encoder.version for encoder in text_encoders)]
        sizes = [self.config.image_dim, self.config.classes, *(tower.dim for tower in self.config.towers)]
        real = [image_encoder.dim, len(image_encoder.classes), *(encoder.dim for encoder in text_encoders)]
        if wanted == given and sizes != real:
            raise MatcherError(
                sentence(
                    "This matcher expects vectors of other lengths: {sizes}, not {real}.",
                    sizes=sizes,
                    real=real,
                )
            )
        if wanted != given:
            raise MatcherError(
                sentence(
                    "This matcher was trained with the encoders {wanted}; the ones in use are {given}.",
                    wanted=", ".join(wanted),
                    given=", ".join(given),
                )
            )

    def images(self, vectors: npt.NDArray[np.floating[Any]]) -> FloatArray:
        """Image vectors, any float [n, image_dim], to joint vectors: float32 [n, width]."""
        joint = np.empty((len(vectors), self.config.width), np.float32)
        with _unchecked():
            for start in range(0, len(vectors), _CHUNK):
                placed = self.space.images(vectors[start : start + _CHUNK].astype(np.float32))
                detail = self.score.image_part(placed[:, : self.config.joint_dim])
                joint[start : start + _CHUNK] = np.concatenate([placed, detail], axis=1)
        return joint

    def texts(self, vectors: Sequence[FloatArray | None]) -> FloatArray:
        """Text vectors, for each tower float32 [n, dim] or None, to joint vectors: [n, query_width]."""
        with _unchecked():
            placed = self.space.texts(vectors)
            detail = self.score.text_part(placed[:, : self.config.joint_dim])
            return np.concatenate([placed, detail], axis=1)

    def queries(
        self, queries: Sequence[str], text_encoders: Sequence[TextEncoder], language: str | None = None
    ) -> FloatArray:
        """Queries to joint vectors, float32 [n, query_width], each by the towers that know its language.

        Args:
            queries: any texts.
            text_encoders: those that the matcher was trained with.
            language: of all of them; found for each when not given.
        """
        joint = np.empty((len(queries), self.query_width), np.float32)
        groups: dict[tuple[int, ...], list[int]] = {}
        for row, query in enumerate(queries):
            groups.setdefault(active_towers(self.config, language or detect_language(query)), []).append(row)
        for active, rows in groups.items():
            texts = [queries[row] for row in rows]
            vectors = [e.encode(texts) if i in active else None for i, e in enumerate(text_encoders)]
            joint[rows] = self.texts(vectors)
        return joint

    def scores(self, images: FloatArray, query: FloatArray) -> FloatArray:
        """Scores a query against images.

        Args:
            images: joint vectors, float32 [n, width].
            query: the query's joint vector, float32 [query_width].

        Returns:
            float32 [n], each in 0..1.
        """
        with _unchecked():
            scores = self.score.calibrated(self.score.latent(images, query))
        if not np.isfinite(scores).all():
            raise MatcherError(
                sentence("This matcher's scores are not numbers: its file is not to be trusted.")
            )
        return scores

    def rounding(self) -> Rounding:
        """How a search rounds joint vectors; it follows from the matcher's weights alone."""
        known, score = self.space.weights, self.score
        with _unchecked():
            parts = (
                score.images,
                known["label_bridge.classes"],
                known["caption_bridge.captions_known"],
                score.image_part(score.images),
            )
            squares = [np.square(part).sum(axis=0) / max(len(part), 1) for part in parts]
            units = np.sqrt(np.concatenate(squares))
        units[~(units > 0)] = 1  # without classes there is nothing to divide by
        ends = np.cumsum([0, *self.config.parts, self.config.rank])
        return Rounding(tuple(ends.tolist()), units)

    def weights(self) -> dict[str, FloatArray]:
        """Returns all that was learned, by name."""
        parts = (("space", self.space.weights), ("score", self.score.weights))
        return {f"{at}.{name}": value for at, weights in parts for name, value in weights.items()}

    def digest(self) -> bytes:
        """Returns a hash of all that shapes a joint vector."""
        hashed = hashlib.sha256(repr(self.config).encode())
        for name, value in self.weights().items():
            hashed.update(f"{name} {value.shape}".encode())
            hashed.update(np.ascontiguousarray(value).data)
        return hashed.digest()

    def pair_scores(self, images: FloatArray, queries: FloatArray) -> FloatArray:
        """Scores image i against query i: float32 [n, width] and [n, query_width], to float32 [n]."""
        return np.concatenate(
            [self.scores(images[i : i + 1], queries[i]) for i in range(len(images))]
            or [np.zeros(0, np.float32)]
        )


def _unchecked() -> np.errstate:
    """Lets numbers overflow: a file may hold weights that do, and `Matcher.scores` tells of it."""
    return np.errstate(over="ignore", invalid="ignore")


def active_towers(config: MatcherConfig, language: str) -> tuple[int, ...]:
    """Returns the indices of the towers that a query in a language goes through.

    Where no tower knows the language, the one that knows the most languages takes it.
    """
    active = tuple(i for i, tower in enumerate(config.towers) if language in tower.languages)
    if active:
        return active
    known = [len(set(tower.languages) & set(LANGUAGES)) for tower in config.towers]
    return (int(np.argmax(known)),)
