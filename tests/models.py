"""Small matcher files for the tests of models: a bundled one, and others that go with it or do not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from safetensors.torch import load, save

from imgsearch_gui.core.matching.checkpoint import ModelInfo, save_matcher
from imgsearch_gui.core.matching.joint_space import MatcherConfig, Tower
from imgsearch_gui.core.matching.matcher import Matcher
from imgsearch_gui.core.matching.model_store import ModelStore
from tests.fakes import SOME_BANDS, FakeImageEncoder, FakeTextEncoder, some_score, some_space

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONFIG = MatcherConfig(
    image_encoder="fake-1",
    image_dim=FakeImageEncoder.dim,
    classes=0,
    towers=(Tower("words-1", FakeTextEncoder.dim, ("en",)),),
    joint_dim=12,
    image_hidden=8,
    text_hidden=8,
    label_dim=3,
    caption_dim=5,
    rank=4,
)
INFO = ModelInfo(
    target="expert-mean",
    counts={"judged_pairs": 60, "images": 12},
    metrics={"rmse_out_of_fold": 0.2},
    heads_trained_on=frozenset({b"12345678"}),
    score_trained_on=frozenset(),
    settings={"seed": 0},
)


def some_model(seed: int = 3, image_encoder: str = "fake-1") -> tuple[Matcher, ModelInfo]:
    """A matcher of random weights; those of other seeds score otherwise."""
    config = replace(CONFIG, image_encoder=image_encoder)
    return Matcher(some_space(config, seed=seed), some_score(config), SOME_BANDS), INFO


def model_file(file: Path, seed: int = 3, image_encoder: str = "fake-1") -> Path:
    """Writes such a matcher to a file."""
    save_matcher(file, *some_model(seed, image_encoder))
    return file


def some_store(folder: Path, **options: Any) -> ModelStore:
    """A store in a folder, with a bundled model."""
    bundled = folder / "bundled.safetensors"
    if not bundled.exists():
        model_file(bundled)
    return ModelStore(folder / "models", bundled, **options)


def rewritten(file: Path, change: Callable[[dict[str, Any], dict[str, Any]], object]) -> Path:
    """Writes a file again with its tensors and header changed."""
    data = file.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(json.loads(data[8 : 8 + length])["__metadata__"]["imgsearch"])
    tensors = load(data)
    change(tensors, header)
    file.write_bytes(save(tensors, {"imgsearch": json.dumps(header)}))
    return file
