"""A fitted score: from how an image and a sentence agree in the joint space to a number from 0 to 1.

What it is made of, and how it is fitted, is told in ``score``; here it is used, without torch.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.retrieval.vector_scan import ScorePlan

if TYPE_CHECKING:
    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray

IMAGE_WIDTH, TEXT_WIDTH = 0.3, 0.8  # of the detail's kernels
BRIDGE_SHARE = 0.1  # of each standardised bridge, in the cosine that is bent
MIX = np.array([1, BRIDGE_SHARE, BRIDGE_SHARE])
SIMILARITIES = 3  # cosine, label bridge, caption bridge
TERMS = 1 + SIMILARITIES  # numbers of a sentence beside its vector: offset and slopes


@dataclass(frozen=True, slots=True, eq=False)
class ScoreModel:
    """A fitted process in closed form. All arrays are float32.

    Attributes:
        parts: lengths of the parts of a vector in the joint space: learned, label bridge, caption bridge.
        images: judged images that it was fitted on, as learned vectors [m, joint_dim].
        image_basis: what the detail keeps of each [m, rank].
        captions: judged sentences likewise [k, joint_dim].
        caption_basis: likewise [k, rank].
        caption_terms: offset and slopes of each [k, 4].
        line: what counts of: one, the similarities, the bend [5].
        centre: mean of the similarities [3].
        spread: their deviation [3].
        knots: latent values and scores of the calibration [2, n].
    """

    parts: tuple[int, int, int]
    images: FloatArray
    image_basis: FloatArray
    captions: FloatArray
    caption_basis: FloatArray
    caption_terms: FloatArray
    line: FloatArray
    centre: FloatArray
    spread: FloatArray
    knots: FloatArray

    @property
    def weights(self) -> dict[str, FloatArray]:
        """Its arrays by name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "parts"}

    def image_part(self, learned: FloatArray) -> FloatArray:
        """What the detail keeps of images: [n, joint_dim] -> [n, rank]."""
        return _kernel(learned, self.images, IMAGE_WIDTH) @ self.image_basis

    def text_part(self, learned: FloatArray) -> FloatArray:
        """What the detail keeps of sentences, then their offset and slopes: [n, rank + 4]."""
        near = _kernel(learned, self.captions, TEXT_WIDTH)
        return np.concatenate([near @ self.caption_basis, near @ self.caption_terms], axis=1)

    def latent(self, images: FloatArray, query: FloatArray) -> npt.NDArray[np.float64]:
        """Latent values of images for one query.

        Args:
            images: joint vectors, float32 [n, learned + label bridge + caption bridge + rank].
            query: joint vector of the query, with its terms at the end.
        """
        plan = self.plan(query)
        return np.asarray(plan.latent((images @ plan.columns).astype(np.float64).T), np.float64)

    def plan(self, query: FloatArray) -> ScorePlan:
        """What a query asks of every image.

        Args:
            query: joint vector of the query, with its terms at the end.
        """
        line, centre, spread = (x.astype(np.float64) for x in (self.line, self.centre, self.spread))
        vector, terms = query[:-TERMS], query[-TERMS:].astype(np.float64)
        slopes, mix = (line[1:-1] + terms[1:]) / spread, MIX / spread
        ends = np.cumsum([0, *self.parts, self.image_basis.shape[1]])
        columns = np.zeros((len(vector), len(ends) - 1), np.float32)
        for part, (start, end) in enumerate(pairwise(ends.tolist())):
            columns[start:end, part] = vector[start:end]
        return ScorePlan(
            columns=columns,
            base=float(line[0] + terms[0] - slopes @ centre),
            slopes=(*slopes.tolist(), 1.0),
            mix=(*mix.tolist(), 0.0),
            centre=float(mix @ centre),
            bend=float(line[-1]),
        )

    def calibrated(self, latent: npt.NDArray[np.float64]) -> FloatArray:
        """Latent values to scores above 0 and below 1, strictly increasing."""
        x, y = self.knots.astype(np.float64)
        scores = np.interp(latent, x, y)
        # Beyond the knots, exponentials that go on with the last slope and never reach 0 or 1.
        first, last = np.diff(y)[[0, -1]] / np.diff(x)[[0, -1]]
        below, above = np.minimum(latent - x[0], 0), np.maximum(latent - x[-1], 0)
        scores = np.where(latent < x[0], y[0] * np.exp(below * first / y[0]), scores)
        rest = 1 - y[-1]
        scores = np.where(latent > x[-1], 1 - rest * np.exp(-above * last / rest), scores)
        return np.asarray(scores, np.float32)


def shapes(joint_dim: int, rank: int, images: int, captions: int, knots: int) -> dict[str, tuple[int, ...]]:
    """Returns the shape of each array of a score.

    Args:
        joint_dim: length of a learned vector.
        rank: numbers that the detail keeps of an image, and of a sentence.
        images: judged images.
        captions: judged sentences.
        knots: points of the calibration.
    """
    return {
        "images": (images, joint_dim),
        "image_basis": (images, rank),
        "captions": (captions, joint_dim),
        "caption_basis": (captions, rank),
        "caption_terms": (captions, TERMS),
        "line": (2 + SIMILARITIES,),
        "centre": (SIMILARITIES,),
        "spread": (SIMILARITIES,),
        "knots": (2, knots),
    }


def _kernel(a: FloatArray, b: FloatArray, width: float) -> FloatArray:
    """A Gaussian kernel of unit vectors: [n, d], [m, d] -> [n, m]."""
    kernel: FloatArray = np.exp((a @ b.T - 1) / np.float32(width))
    return kernel
