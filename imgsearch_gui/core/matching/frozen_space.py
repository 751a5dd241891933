"""The joint space once it is trained: encoder vectors in, joint vectors out.

What its parts mean is told in ``joint_space``, where torch trains them. The same few products are written
here in NumPy, because importing torch costs a second and 190 MB, and a search needs it for nothing else; a
test holds the two against each other.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.config import MatcherConfig

# How fast a known picture loses weight with its cosine to the image; some twenty of thousands count.
_NEARNESS = 20.0
_LEAST = 1e-12  # no division by zero


class FrozenSpace:
    """Heads and bridges as arrays. Thread-safe.

    Args:
        config: lengths and towers.
        weights: as :func:`shapes` lists them, float32.

    Attributes:
        config: as given, and so the weights.
    """

    def __init__(self, config: MatcherConfig, weights: Mapping[str, FloatArray]) -> None:
        self.config, self.weights = config, dict(weights)

    def images(self, vectors: FloatArray) -> FloatArray:
        """Image vectors, float32 [n, image_dim], to joint vectors [n, space_width]."""
        mean, deviation = self.weights["image_mean"], self.weights["image_deviation"]
        learned = self._head("image_head", (vectors - mean) / deviation)
        logits = vectors[:, vectors.shape[1] - self.config.classes :]
        labels = _softmax(logits) @ self.weights["label_bridge.classes"]
        near = _softmax(learned @ self.weights["caption_bridge.images_known"].T, _NEARNESS)
        return np.concatenate([learned, labels, near @ self.weights["caption_bridge.captions_known"]], axis=1)

    def texts(self, vectors: Sequence[FloatArray | None]) -> FloatArray:
        """Text vectors to joint vectors, float32 [n, space_width].

        Args:
            vectors: for each tower its float32 [n, dim], or None where the tower does not take part.
        """
        given = [(i, v) for i, v in enumerate(vectors) if v is not None]
        # Unit vectors' numbers are small; the heads want them near unit deviation.
        learned = _unit(
            _sum(self._head(f"text_heads.{i}", v * np.float32(math.sqrt(v.shape[1]))) for i, v in given)
        )
        labels = _sum(v @ self.weights[f"label_bridge.basis_{i}"] for i, v in given)
        if self.config.classes:
            nearest = (labels @ self.weights["label_bridge.classes"].T).max(axis=1, keepdims=True)
            labels = labels / np.maximum(nearest, np.float32(1e-3))
        captions = _sum(
            v @ self.weights[f"caption_bridge.basis_{i}"] - self.weights[f"caption_bridge.centre_{i}"]
            for i, v in given
        )
        return np.concatenate([learned, labels, captions], axis=1)

    def _head(self, name: str, x: FloatArray) -> FloatArray:
        """One hidden layer, read both as it is and through GELU, onto the unit sphere."""

        def layer(part: str, x: FloatArray) -> FloatArray:
            return x @ self.weights[f"{name}.{part}.weight"].T + self.weights[f"{name}.{part}.bias"]

        hidden = layer("hidden", x)
        return _unit(layer("linear", hidden) + layer("bent", _gelu(hidden)))


def shapes(config: MatcherConfig, known: int) -> dict[str, tuple[int, ...]]:
    """Returns the shape of each weight of a joint space.

    Args:
        config: lengths and towers.
        known: images that the caption bridge knows captions of.
    """
    _, label_width, caption_width = config.parts
    heads = [("image_head", config.image_dim, config.image_hidden)]
    heads += [(f"text_heads.{i}", tower.dim, config.text_hidden) for i, tower in enumerate(config.towers)]
    found: dict[str, tuple[int, ...]] = dict.fromkeys(("image_mean", "image_deviation"), (config.image_dim,))
    for name, dim, hidden in heads:
        for part, (out, into) in (
            ("hidden", (hidden, dim)),
            ("linear", (config.joint_dim, hidden)),
            ("bent", (config.joint_dim, hidden)),
        ):
            found |= {f"{name}.{part}.weight": (out, into), f"{name}.{part}.bias": (out,)}
    for bridge, width in (("label_bridge", label_width), ("caption_bridge", caption_width)):
        found |= {f"{bridge}.basis_{i}": (tower.dim, width) for i, tower in enumerate(config.towers)}
        if bridge == "label_bridge":
            found[f"{bridge}.classes"] = (config.classes, width)
    found["caption_bridge.images_known"] = (known, config.joint_dim)
    found["caption_bridge.captions_known"] = (known, caption_width)
    return found | {f"caption_bridge.centre_{i}": (caption_width,) for i in range(len(config.towers))}


def _sum(parts: Iterable[FloatArray]) -> FloatArray:
    first, *rest = parts
    for part in rest:
        first = first + part
    return first


def _unit(x: FloatArray) -> FloatArray:
    """Rows of unit length."""
    unit: FloatArray = x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), _LEAST)
    return unit


def _softmax(x: FloatArray, sharpness: float = 1.0) -> FloatArray:
    """Shares of each row; of rows of nothing, nothing."""
    risen = np.exp(sharpness * (x - x.max(axis=1, keepdims=True, initial=-np.inf)))
    shares: FloatArray = risen / risen.sum(axis=1, keepdims=True)
    return shares


def _gelu(x: FloatArray) -> FloatArray:
    """The Gaussian error linear unit (Hendrycks and Gimpel, 2016).

    The error function is that of Abramowitz and Stegun, 7.1.26, which errs by 1.5e-7 at the most: SciPy
    takes 0.2 s and 28 MB to import.
    """
    size = np.abs(x) / np.float32(math.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * size)
    series = t * np.float32(1.061405429) - np.float32(1.453152027)
    for factor in (1.421413741, -0.284496736, 0.254829592):
        series = series * t + np.float32(factor)
    beyond = series * t * np.exp(-size * size)  # 1 - erf(size)
    return np.asarray(np.where(x < 0, x * (0.5 * beyond), x * (1 - 0.5 * beyond)), np.float32)
