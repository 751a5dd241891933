"""A matcher in a file: configuration, metrics and half-precision weights in one safetensors file.

A file is data from a stranger: its header is bounded, its schema checked, every tensor's name, type and
shape compared with what its configuration asks for, and nothing is ever unpickled.
"""

from __future__ import annotations

import dataclasses
import json
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from imgsearch_gui.core.matcher import JointSpace, Matcher, MatcherConfig, ScoreNetwork, Tower
from imgsearch_gui.errors import MatcherError

if TYPE_CHECKING:
    from pathlib import Path

_FORMAT = "imgsearch-matcher"
_VERSION = 1
_MAX_BYTES = 256 * 2**20
_MAX_HEADER = 2**20
_MAX_SIZE = 16384  # of any dimension that a configuration names
_MAX_NETWORKS = 32
_MAX_WEIGHT = 100.0
HASH_BYTES = 8  # of an image's SHA-256: enough to know it again, one in 10^15 to err


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a matcher file says of itself.

    Attributes:
        target: what its score was trained on.
        counts: data counts by name (pairs, captions, images, left out …).
        metrics: figures by name, measured when it was trained.
        heads_trained_on: the images that its heads saw: first 8 bytes of each file's SHA-256.
        score_trained_on: likewise for its score network.
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

    tensors = {f"space.{k}": v for k, v in matcher.space.state_dict().items()}
    for i, network in enumerate(matcher.networks):
        tensors |= {f"score.{i}.{k}": v for k, v in network.state_dict().items()}
    tensors = {name: _stored(name, value) for name, value in tensors.items()}
    tensors["trained_on.heads"] = _packed(info.heads_trained_on)
    tensors["trained_on.score"] = _packed(info.score_trained_on)
    header = {
        "format": _FORMAT,
        "version": _VERSION,
        "config": dataclasses.asdict(matcher.config),
        "networks": len(matcher.networks),
        "floor": matcher.floor,
        "floor_score": matcher.floor_score,
        "target": info.target,
        "counts": info.counts,
        "metrics": info.metrics,
        "settings": info.settings,
    }
    data = save(tensors, {"imgsearch": json.dumps(header, sort_keys=True)})
    try:
        part = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            part.write_bytes(data)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
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


def halved(matcher: Matcher) -> Matcher:
    """Returns the matcher as a file would hold it, so that figures are of what ships."""
    for module in (matcher.space, *matcher.networks):
        state = module.state_dict()
        module.load_state_dict({k: _stored(f"space.{k}", v).to(v.dtype) for k, v in state.items()})
    return matcher


def _stored(name: str, value: torch.Tensor) -> torch.Tensor:
    # Deviations may be tiny: halves would flush them to zero, which is divided by.
    exact = name in {"space.image_mean", "space.image_deviation"}
    return value.contiguous() if exact else value.half().contiguous()


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
    count = _whole(header["networks"], "networks", _MAX_NETWORKS)
    if not count:
        raise ValueError("it has no score network.")
    heads, score = (_unpacked(tensors.pop(f"trained_on.{part}")) for part in ("heads", "score"))
    with torch.device("meta"):  # shapes alone: what the header claims takes no memory until it is checked
        _check(_modules(config, count), tensors)
    modules = _modules(config, count)
    for at, module in modules.items():
        module.load_state_dict({name: tensors[f"{at}.{name}"].float() for name in module.state_dict()})
    floor, floor_score = float(header["floor"]), float(header["floor_score"])
    if not (np.isfinite(floor) and 0 < floor_score < 1):
        raise ValueError("its score floor is out of range.")
    info = ModelInfo(
        target=str(header["target"]),
        counts={str(k): int(v) for k, v in header["counts"].items()},
        metrics={str(k): float(v) for k, v in header["metrics"].items()},
        heads_trained_on=heads,
        score_trained_on=score,
        settings={str(k): v for k, v in header["settings"].items() if isinstance(v, str | int | float)},
    )
    space = modules.pop("space")
    networks = [module for module in modules.values() if isinstance(module, ScoreNetwork)]
    if not isinstance(space, JointSpace):
        raise TypeError
    return Matcher(space, networks, floor, floor_score), info


def _modules(config: MatcherConfig, networks: int) -> dict[str, torch.nn.Module]:
    """Builds a matcher's parts, by the prefix of their weights' names."""
    parts: dict[str, torch.nn.Module] = {"space": JointSpace(config)}
    return parts | {f"score.{i}": ScoreNetwork(config) for i in range(networks)}


def _check(modules: dict[str, torch.nn.Module], tensors: dict[str, torch.Tensor]) -> None:
    """Compares a file's weights with what its configuration asks for."""
    wanted = {f"{at}.{name}": value for at, m in modules.items() for name, value in m.state_dict().items()}
    if wanted.keys() != tensors.keys():
        raise ValueError("its weights do not belong to its configuration.")
    for name, value in wanted.items():
        given = tensors[name]
        if given.shape != value.shape or given.dtype not in (torch.float16, torch.float32):
            raise ValueError(f"its weights {name} have the wrong shape or type.")
        if not torch.isfinite(given).all():
            raise ValueError(f"its weights {name} are not all numbers.")
    if not (tensors["space.image_deviation"] > 0).all():
        raise ValueError("its image deviations are not all positive.")


def _config(given: dict[str, Any]) -> MatcherConfig:
    fields = {field.name for field in dataclasses.fields(MatcherConfig)}
    if given.keys() != fields:
        raise ValueError("its configuration is incomplete.")
    towers = tuple(
        Tower(str(t["version"]), _whole(t["dim"], "dim"), tuple(str(code) for code in t["languages"]))
        for t in given["towers"]
    )
    if not 0 < len(towers) <= _MAX_NETWORKS:
        raise ValueError("it has no text towers, or too many.")
    weight = float(given["bridge_weight"])
    if not 0 <= weight <= _MAX_WEIGHT:
        raise ValueError("its bridge weight is out of range.")
    sizes = {
        name: _whole(given[name], name) for name in fields - {"image_encoder", "towers", "bridge_weight"}
    }
    config = MatcherConfig(
        image_encoder=str(given["image_encoder"]), towers=towers, bridge_weight=weight, **sizes
    )
    if (
        any(size == 0 for name, size in sizes.items() if name != "classes")
        or config.joint_dim % config.blocks
    ):
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
