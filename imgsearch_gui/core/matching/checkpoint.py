"""A matcher in a file: configuration, metrics and weights in one safetensors file.

Matrices are kept as whole numbers of eight bits with a scale for each row, the rest in half or single
precision: a quarter of the size, and figures that differ in the fourth digit.

A file is data from a stranger: its header is bounded, its schema checked, every tensor's name, type and
shape compared with what its configuration asks for, and nothing is ever unpickled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from imgsearch_gui import paths
from imgsearch_gui.core.matching import header as headers
from imgsearch_gui.core.matching.joint_space import JointSpace
from imgsearch_gui.core.matching.matcher import Matcher
from imgsearch_gui.core.matching.score import ScoreModel
from imgsearch_gui.errors import MatcherError

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.matching.header import Header, Label

_MAX_HASHES = 2**20  # images of a training
_MOST_STEPS = 128.0  # of eight bits
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
    from safetensors.torch import save

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
        raise MatcherError(f"The matcher cannot be written to {file}: {error.strerror}.") from error


def load_matcher(file: Path) -> tuple[Matcher, ModelInfo]:
    """Reads a matcher from a file.

    Raises:
        MatcherError: the file is missing, damaged, or no matcher.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load

    with headers.opened(file) as stream:
        data = stream.read(headers.MAX_BYTES + 1)
    with headers.refusing(file, SafetensorError):
        return _built(headers.of_bytes(data), load(data))


def as_stored(matcher: Matcher) -> Matcher:
    """Returns the matcher as a file would hold it, so that figures are of what ships."""
    _load(_parts(matcher.space, matcher.score), _stored(matcher))
    return matcher


def _parts(space: JointSpace, score: ScoreModel) -> dict[str, torch.nn.Module]:
    """A matcher's parts, by the prefix of their weights' names."""
    return {"space": space, "score": score}


def _sizes(matcher: Matcher) -> dict[str, int]:
    """How much a matcher remembers: images of the bridge; images, sentences and knots of the score."""
    score = matcher.score
    return {
        "known": len(matcher.space.caption_bridge.images_known),
        "images": len(score.images),
        "captions": len(score.captions),
        "knots": score.knots.shape[1],
    }


def _stored(matcher: Matcher) -> dict[str, torch.Tensor]:
    """A matcher's weights as a file holds them."""
    tensors: dict[str, torch.Tensor] = {}
    for at, module in _parts(matcher.space, matcher.score).items():
        for name, value in module.state_dict().items():
            kind = _kind(f"{at}.{name}", value)
            if kind is torch.int8:
                scale = _scales(value)
                tensors[f"{at}.{name}{_SCALE}"] = scale
                value = torch.round(value / scale[:, None])
            tensors[f"{at}.{name}"] = value.to(kind).contiguous()
    return tensors


def _kind(name: str, value: torch.Tensor) -> torch.dtype:
    """The type that a weight is stored in."""
    if name in _IN_EIGHT_BITS or (value.dim() == 2 and name.endswith(".weight")):
        return torch.int8
    # Deviations may be tiny: halves would flush them to zero, which is divided by.
    exact = name in {"space.image_mean", "space.image_deviation"}
    return torch.float32 if exact or name.startswith("score.") else torch.float16


def _scales(matrix: torch.Tensor) -> torch.Tensor:
    """What 1 is worth in each row, in so few digits that storing again changes nothing."""
    highest = matrix.abs().amax(dim=1).clamp_min(1e-12)
    mantissa, exponent = torch.frexp(highest / 127)
    return torch.ldexp(torch.round(mantissa * 2**11) / 2**11, exponent)


def _load(parts: dict[str, torch.nn.Module], tensors: dict[str, torch.Tensor]) -> None:
    """Gives a matcher's parts the weights that a file holds."""

    def loaded(name: str) -> torch.Tensor:
        value = tensors[name].float()
        return value * tensors[f"{name}{_SCALE}"][:, None] if f"{name}{_SCALE}" in tensors else value

    for at, module in parts.items():
        module.load_state_dict({name: loaded(f"{at}.{name}") for name in module.state_dict()})


def _built(header: Header, tensors: dict[str, torch.Tensor]) -> tuple[Matcher, ModelInfo]:
    config, sizes = header.config, header.sizes
    heads, score_saw = (_unpacked(tensors.pop(f"trained_on.{part}")) for part in ("heads", "score"))

    def parts() -> tuple[JointSpace, ScoreModel]:
        score = ScoreModel(config.parts, config.rank, sizes["images"], sizes["captions"], sizes["knots"])
        return JointSpace(config, sizes["known"]), score

    with torch.device("meta"):  # shapes alone: what the header claims takes no memory until it is checked
        _check(_parts(*parts()), tensors)
    space, score = parts()
    _load(_parts(space, score), tensors)
    info = ModelInfo(
        target=header.target,
        counts=header.counts,
        metrics=header.metrics,
        heads_trained_on=heads,
        score_trained_on=score_saw,
        settings=header.settings,
        label=header.label,
    )
    return Matcher(space, score, header.bands), info


def _check(modules: dict[str, torch.nn.Module], tensors: dict[str, torch.Tensor]) -> None:
    """Compares a file's weights with what its configuration asks for."""
    wanted = _schema(modules)
    if wanted.keys() != tensors.keys():
        raise ValueError("its weights do not belong to its configuration.")
    for name, given in tensors.items():
        if (given.shape, given.dtype) != wanted[name]:
            raise ValueError(f"its weights {name} have the wrong shape or type.")
        if not torch.isfinite(given).all():
            raise ValueError(f"its weights {name} are not all numbers.")
        if name.endswith(_SCALE) and not ((given > 0) & torch.isfinite(given * _MOST_STEPS)).all():
            raise ValueError(f"its scales {name} are not all positive, or too large.")
    if not all((tensors[name] > 0).all() for name in ("space.image_deviation", "score.spread")):
        raise ValueError("its deviations are not all positive.")
    knots = tensors["score.knots"]
    if not ((knots.diff(dim=1) > 0).all() and knots[1, 0] > 0 and knots[1, -1] < 1):
        raise ValueError("its calibration does not rise from above 0 to below 1.")


def _schema(modules: dict[str, torch.nn.Module]) -> dict[str, tuple[torch.Size, torch.dtype]]:
    """Shape and type of each tensor in a file."""
    wanted: dict[str, tuple[torch.Size, torch.dtype]] = {}
    for at, module in modules.items():
        for name, value in module.state_dict().items():
            kind = _kind(f"{at}.{name}", value)
            wanted[f"{at}.{name}"] = value.shape, kind
            if kind is torch.int8:
                wanted[f"{at}.{name}{_SCALE}"] = value.shape[:1], torch.float32
    return wanted


def _packed(hashes: frozenset[bytes]) -> torch.Tensor:
    array = np.frombuffer(b"".join(sorted(hashes)), np.uint8).reshape(-1, HASH_BYTES)
    return torch.from_numpy(array.copy())


def _unpacked(tensor: torch.Tensor) -> frozenset[bytes]:
    if tensor.dtype != torch.uint8 or tensor.dim() != 2 or tensor.shape[1] != HASH_BYTES:
        raise ValueError("its list of training images is malformed.")
    if len(tensor) > _MAX_HASHES:
        raise ValueError("its list of training images is too long.")
    return frozenset(row.tobytes() for row in tensor.numpy())
