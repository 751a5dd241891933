"""A matcher in a file: configuration, metrics and weights in one safetensors file.

Matrices are kept as whole numbers of eight bits with a scale for each row, the rest in half or single
precision: a quarter of the size, and figures that differ in the fourth digit.

A file is data from a stranger: its header is bounded, its schema checked, every tensor's name, type and
shape compared with what its configuration asks for, and nothing is ever unpickled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from imgsearch_gui import paths
from imgsearch_gui.core.matching import frozen_space, score_model
from imgsearch_gui.core.matching import header as headers
from imgsearch_gui.core.matching.frozen_space import FrozenSpace
from imgsearch_gui.core.matching.matcher import Matcher
from imgsearch_gui.core.matching.score_model import ScoreModel
from imgsearch_gui.errors import MatcherError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.config import MatcherConfig
    from imgsearch_gui.core.matching.header import Header, Label
    from imgsearch_gui.core.types.photos import Bands

    Numbers = npt.NDArray[Any]

_MAX_HASHES = 2**20  # images of a training
_MOST_SCALE = float(np.finfo(np.float32).max) / 128  # times the most that eight bits hold, still a number
_IN_EIGHT_BITS = {
    "score.images",
    "score.captions",
    "space.caption_bridge.images_known",
    "space.caption_bridge.captions_known",
}
_SCALE = "|scale"  # after a weight's name: what 1 is worth in each of its rows
HASH_BYTES = 8  # of an image's SHA-256: enough to know it again, one in 10^15 to err


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a matcher file says of itself.

    Attributes:
        target: what its score was trained on.
        counts: data counts by name (pairs, captions, images, left out …).
        metrics: figures by name, measured when it was trained.
        heads_trained_on: the images that its heads saw: first 8 bytes of each file's SHA-256.
        score_trained_on: likewise for its score.
        settings: the training's settings by name (seed, epochs, content rule …).
        label: what a kept model is known by; nothing for one that was never kept.
    """

    target: str
    counts: dict[str, int]
    metrics: dict[str, float]
    heads_trained_on: frozenset[bytes]
    score_trained_on: frozenset[bytes]
    settings: dict[str, str | int | float]
    label: Label | None = None


def save_matcher(file: Path, matcher: Matcher, info: ModelInfo) -> None:
    """Writes a matcher to a file, whole or not at all.

    Raises:
        MatcherError: the file cannot be written.
    """
    from safetensors.numpy import save

    tensors = _stored(matcher)
    tensors["trained_on.heads"] = _packed(info.heads_trained_on)
    tensors["trained_on.score"] = _packed(info.score_trained_on)
    header = headers.Header(
        config=matcher.config,
        sizes=_sizes(matcher),
        bands=matcher.bands,
        target=info.target,
        counts=info.counts,
        metrics={name: value for name, value in info.metrics.items() if math.isfinite(value)},
        settings=info.settings,
        label=info.label,
    )
    data = save(tensors, {"imgsearch": headers.to_text(header)})
    try:
        paths.write_whole(file, data)
    except OSError as error:
        raise MatcherError(
            sentence("The matcher cannot be written to {file}: {reason}.", file=file, reason=error.strerror)
        ) from error


def load_matcher(file: Path) -> tuple[Matcher, ModelInfo]:
    """Reads a matcher from a file.

    Raises:
        MatcherError: the file is missing, damaged, or no matcher.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load

    with headers.opened(file) as stream:
        data = stream.read(headers.MAX_BYTES + 1)
    with headers.refusing(file, SafetensorError):
        return _built(headers.of_bytes(data), load(data))


def as_stored(matcher: Matcher) -> Matcher:
    """Returns the matcher as a file would hold it, so that figures are of what ships."""
    return _matcher(matcher.config, _stored(matcher), matcher.bands)


def _sizes(matcher: Matcher) -> dict[str, int]:
    """How much a matcher remembers: images of the bridge; images, sentences and knots of the score."""
    score = matcher.score
    return {
        "known": len(matcher.space.weights["caption_bridge.images_known"]),
        "images": len(score.images),
        "captions": len(score.captions),
        "knots": score.knots.shape[1],
    }


def _stored(matcher: Matcher) -> dict[str, Numbers]:
    """A matcher's weights as a file holds them."""
    tensors: dict[str, Numbers] = {}
    for name, value in matcher.weights().items():
        kind = _kind(name, value.ndim)
        stored = value
        if kind is np.int8:
            scale = _scales(value)
            tensors[f"{name}{_SCALE}"] = scale
            stored = np.round(value / scale[:, None])
        tensors[name] = np.ascontiguousarray(stored, kind)
    return tensors


def _kind(name: str, dimensions: int) -> type[np.generic]:
    """The type that a weight is stored in."""
    if name in _IN_EIGHT_BITS or (dimensions == 2 and name.endswith(".weight")):
        return np.int8
    # Deviations may be tiny: halves would flush them to zero, which is divided by.
    exact = name in {"space.image_mean", "space.image_deviation"}
    return np.float32 if exact or name.startswith("score.") else np.float16


def _scales(matrix: FloatArray) -> FloatArray:
    """What 1 is worth in each row, in so few digits that storing again changes nothing."""
    highest = np.maximum(np.abs(matrix).max(axis=1), np.float32(1e-12))
    mantissa, exponent = np.frexp(highest / 127)
    scales: FloatArray = np.ldexp(np.round(mantissa * 2**11) / 2**11, exponent)
    return scales


def _matcher(config: MatcherConfig, tensors: Mapping[str, Numbers], bands: Bands) -> Matcher:
    """Makes a matcher of the weights that a file holds."""
    parts: dict[str, dict[str, FloatArray]] = {"space": {}, "score": {}}
    for name, value in tensors.items():
        at, _, rest = name.partition(".")
        if at in parts and not name.endswith(_SCALE):
            weight = value.astype(np.float32)
            scale = tensors.get(f"{name}{_SCALE}")
            parts[at][rest] = weight if scale is None else weight * scale[:, None]
    space = FrozenSpace(config, parts["space"])
    return Matcher(space, ScoreModel(config.parts, **parts["score"]), bands)


def _built(header: Header, tensors: dict[str, Numbers]) -> tuple[Matcher, ModelInfo]:
    heads, score_saw = (_unpacked(tensors.pop(f"trained_on.{part}")) for part in ("heads", "score"))
    wanted = _schema(header)
    _check(wanted, tensors)
    # In the order of the schema: a matcher's digest must not depend on a file's.
    matcher = _matcher(header.config, {name: tensors[name] for name in wanted}, header.bands)
    info = ModelInfo(
        target=header.target,
        counts=header.counts,
        metrics=header.metrics,
        heads_trained_on=heads,
        score_trained_on=score_saw,
        settings=header.settings,
        label=header.label,
    )
    return matcher, info


def _check(wanted: Mapping[str, tuple[tuple[int, ...], Any]], tensors: Mapping[str, Numbers]) -> None:
    """Compares a file's weights with what its configuration asks for."""
    if wanted.keys() != tensors.keys():
        raise ValueError(sentence("its weights do not belong to its configuration."))
    for name, given in tensors.items():
        if (given.shape, given.dtype) != wanted[name]:
            raise ValueError(sentence("its weights {name} have the wrong shape or type.", name=name))
        if not np.isfinite(given).all():
            raise ValueError(sentence("its weights {name} are not all numbers.", name=name))
        if name.endswith(_SCALE) and not ((given > 0) & (given < _MOST_SCALE)).all():
            raise ValueError(sentence("its scales {name} are not all positive, or too large.", name=name))
    if not all((tensors[name] > 0).all() for name in ("space.image_deviation", "score.spread")):
        raise ValueError(sentence("its deviations are not all positive."))
    knots = tensors["score.knots"]
    if not ((np.diff(knots, axis=1) > 0).all() and knots[1, 0] > 0 and knots[1, -1] < 1):
        raise ValueError(sentence("its calibration does not rise from above 0 to below 1."))


def _schema(header: Header) -> dict[str, tuple[tuple[int, ...], Any]]:
    """Shape and type of each tensor in a file."""
    config, sizes = header.config, header.sizes
    of_score = {name: sizes[name] for name in ("images", "captions", "knots")}
    parts = {
        "space": frozen_space.shapes(config, sizes["known"]),
        "score": score_model.shapes(config.joint_dim, config.rank, **of_score),
    }
    wanted: dict[str, tuple[tuple[int, ...], Any]] = {}
    for at, shapes in parts.items():
        for name, shape in shapes.items():
            kind = _kind(f"{at}.{name}", len(shape))
            wanted[f"{at}.{name}"] = shape, kind
            if kind is np.int8:
                wanted[f"{at}.{name}{_SCALE}"] = shape[:1], np.float32
    return wanted


def _packed(hashes: frozenset[bytes]) -> Numbers:
    return np.frombuffer(b"".join(sorted(hashes)), np.uint8).reshape(-1, HASH_BYTES)


def _unpacked(array: Numbers) -> frozenset[bytes]:
    if array.dtype != np.uint8 or array.ndim != 2 or array.shape[1] != HASH_BYTES:
        raise ValueError(sentence("its list of training images is malformed."))
    if len(array) > _MAX_HASHES:
        raise ValueError(sentence("its list of training images is too long."))
    return frozenset(row.tobytes() for row in array)
