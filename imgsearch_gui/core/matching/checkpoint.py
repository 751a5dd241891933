"""A matcher in a file: configuration, metrics and weights in one safetensors file.

Matrices are kept as whole numbers of eight bits with a scale for each row, the rest in half or single
precision: a quarter of the size, and figures that differ in the fourth digit.

A file is data from a stranger: its header is bounded, its schema checked, every tensor's name, type and
shape compared with what its configuration asks for, and nothing is ever unpickled.
"""

from __future__ import annotations

import dataclasses
import json
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from imgsearch_gui import paths
from imgsearch_gui.core.matching.joint_space import JointSpace, MatcherConfig, Tower
from imgsearch_gui.core.matching.matcher import Matcher
from imgsearch_gui.core.matching.score import ScoreModel
from imgsearch_gui.core.types.photos import Bands
from imgsearch_gui.errors import MatcherError

if TYPE_CHECKING:
    from pathlib import Path

_FORMAT = "imgsearch-matcher"
_VERSION = 3
_MAX_BYTES = 256 * 2**20
_MAX_HEADER = 2**20
_MAX_SIZE = 16384  # of any dimension that a configuration names
_MAX_TOWERS = 32
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
    """

    target: str
    counts: dict[str, int]
    metrics: dict[str, float]
    heads_trained_on: frozenset[bytes]
    score_trained_on: frozenset[bytes]
    settings: dict[str, str | int | float]


def save_matcher(file: Path, matcher: Matcher, info: ModelInfo) -> None:
    """Writes a matcher to a file, whole or not at all.

    Raises:
        MatcherError: the file cannot be written.
    """
    from safetensors.torch import save

    tensors = _stored(matcher)
    tensors["trained_on.heads"] = _packed(info.heads_trained_on)
    tensors["trained_on.score"] = _packed(info.score_trained_on)
    header = {
        "format": _FORMAT,
        "version": _VERSION,
        "config": dataclasses.asdict(matcher.config),
        "sizes": _sizes(matcher),
        "bands": dataclasses.asdict(matcher.bands),
        "target": info.target,
        "counts": info.counts,
        "metrics": info.metrics,
        "settings": info.settings,
    }
    data = save(tensors, {"imgsearch": json.dumps(header, sort_keys=True)})
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

    data = _read(file)
    try:
        tensors = load(data)
        header = _header(data)
        return _built(header, tensors)
    except (
        SafetensorError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RuntimeError,
        OverflowError,
    ) as error:
        raise MatcherError(f"{file} is not a matcher that this program can use: {_short(error)}") from error


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


def _read(file: Path) -> bytes:
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise MatcherError(f"{file} is not a file.")
        with file.open("rb") as opened:
            data = opened.read(_MAX_BYTES + 1)
    except OSError as error:
        raise MatcherError(f"The matcher {file} cannot be read: {error.strerror}.") from error
    if len(data) > _MAX_BYTES:
        raise MatcherError(f"{file} is too large to be a matcher.")
    return data


def _header(data: bytes) -> dict[str, Any]:
    length = int.from_bytes(data[:8], "little")
    if length > _MAX_HEADER:
        raise ValueError("its header is too long.")
    metadata = json.loads(data[8 : 8 + length]).get("__metadata__") or {}
    header = json.loads(metadata.get("imgsearch", "null"))
    if not isinstance(header, dict) or header.get("format") != _FORMAT:
        raise ValueError("it holds something else.")
    if header.get("version") != _VERSION:
        raise ValueError("it was written by another version of ImgSearch.")
    return header


def _built(header: dict[str, Any], tensors: dict[str, torch.Tensor]) -> tuple[Matcher, ModelInfo]:
    config = _config(header["config"])
    known, *sizes = (_whole(header["sizes"][name], name) for name in ("known", "images", "captions", "knots"))
    if min(known, *sizes) < 1 or sizes[2] < 2:
        raise ValueError("it was fitted on nothing.")
    heads, score_saw = (_unpacked(tensors.pop(f"trained_on.{part}")) for part in ("heads", "score"))

    def parts() -> tuple[JointSpace, ScoreModel]:
        return JointSpace(config, known), ScoreModel(config.parts, config.rank, *sizes)

    with torch.device("meta"):  # shapes alone: what the header claims takes no memory until it is checked
        _check(_parts(*parts()), tensors)
    space, score = parts()
    _load(_parts(space, score), tensors)
    info = ModelInfo(
        target=str(header["target"]),
        counts={str(k): int(v) for k, v in header["counts"].items()},
        metrics={str(k): float(v) for k, v in header["metrics"].items()},
        heads_trained_on=heads,
        score_trained_on=score_saw,
        settings={str(k): v for k, v in header["settings"].items() if isinstance(v, str | int | float)},
    )
    bands = Bands(**{name: float(header["bands"][name]) for name in ("strong", "partial")})
    return Matcher(space, score, bands), info


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


def _config(given: dict[str, Any]) -> MatcherConfig:
    fields = {field.name for field in dataclasses.fields(MatcherConfig)}
    if given.keys() != fields:
        raise ValueError("its configuration is incomplete.")
    towers = tuple(
        Tower(str(t["version"]), _whole(t["dim"], "dim"), tuple(str(code) for code in t["languages"]))
        for t in given["towers"]
    )
    if not 0 < len(towers) <= _MAX_TOWERS:
        raise ValueError("it has no text towers, or too many.")
    sizes = {name: _whole(given[name], name) for name in fields - {"image_encoder", "towers"}}
    config = MatcherConfig(image_encoder=str(given["image_encoder"]), towers=towers, **sizes)
    if any(size == 0 for name, size in sizes.items() if name != "classes"):
        raise ValueError("its sizes do not fit together.")
    if config.classes > config.image_dim:
        raise ValueError("it has more classes than its image vectors have numbers.")
    return config


def _whole(value: object, name: str, most: int = _MAX_SIZE) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError(f"its {name} is out of range.")
    return value


def _packed(hashes: frozenset[bytes]) -> torch.Tensor:
    array = np.frombuffer(b"".join(sorted(hashes)), np.uint8).reshape(-1, HASH_BYTES)
    return torch.from_numpy(array.copy())


def _unpacked(tensor: torch.Tensor) -> frozenset[bytes]:
    if tensor.dtype != torch.uint8 or tensor.dim() != 2 or tensor.shape[1] != HASH_BYTES:
        raise ValueError("its list of training images is malformed.")
    return frozenset(row.tobytes() for row in tensor.numpy())


def _short(error: Exception) -> str:
    text = str(error) if isinstance(error, ValueError) and str(error).startswith("it") else ""
    return text or "it is damaged or holds something else."
