"""Stand-ins that are handed to constructors, and the small data they work on."""

from __future__ import annotations

import colorsys
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F  # noqa: N812 (torch's own idiom)

from imgsearch_gui.core.matching.checkpoint import ModelInfo
from imgsearch_gui.core.matching.joint_space import JointSpace
from imgsearch_gui.core.matching.score_model import SIMILARITIES, TERMS, ScoreModel
from imgsearch_gui.core.types.photos import Bands

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from imgsearch_gui.core.matching.config import MatcherConfig
    from imgsearch_gui.core.matching.frozen_space import FrozenSpace


def finished(steps: Generator[Any, None, Any]) -> tuple[Any, list[Any]]:
    """Drives a generator to its end and returns its result and the progress it told."""
    progress = []
    while True:
        try:
            progress.append(next(steps))
        except StopIteration as end:
            return end.value, progress


def result_of(steps: Generator[Any, None, Any]) -> Any:
    """Drives a generator to its end and returns its result."""
    return finished(steps)[0]


SOME_BANDS = Bands(strong=0.6, partial=0.35)
SOME_INFO = ModelInfo("expert-mean", {}, {}, frozenset(), frozenset(), {})


def some_score(config: MatcherConfig) -> ScoreModel:
    """A score that was fitted on nothing: numbers of the kind that a fitted one has."""
    rng = np.random.default_rng(11)

    def numbers(*shape: int) -> npt.NDArray[np.float32]:
        return rng.normal(size=shape).astype(np.float32)

    def unit(rows: int) -> npt.NDArray[np.float32]:
        vectors = numbers(rows, config.joint_dim)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    ends = np.linspace(0, 1, 4, dtype=np.float32)
    return ScoreModel(
        parts=config.parts,
        images=unit(5),
        image_basis=0.1 * numbers(5, config.rank),
        captions=unit(7),
        caption_basis=0.1 * numbers(7, config.rank),
        caption_terms=0.1 * numbers(7, TERMS),
        line=np.array([0.3, 0.2, 0.05, 0.04, 0.1], np.float32),
        centre=np.zeros(SIMILARITIES, np.float32),
        spread=np.array([0.2, 0.1, 0.3], np.float32),
        knots=np.stack([ends, 0.25 + 0.5 * ends]),
    )


def learned_space(config: MatcherConfig, known: int = 6, seed: int = 3) -> JointSpace:
    """A joint space that nobody trained, with bridges of random classes and captions."""
    torch.manual_seed(seed)
    space = JointSpace(config, known)
    dims = [tower.dim for tower in config.towers]
    if config.classes:
        space.label_bridge.fit([F.normalize(torch.randn(config.classes, dim), dim=1) for dim in dims])
    images = F.normalize(torch.randn(known, config.joint_dim), dim=1)
    captions = [torch.randn(known, dim) for dim in dims]
    space.caption_bridge.fit(images, captions, [c.mean(dim=0) for c in captions])
    return space.eval()


def some_space(config: MatcherConfig, known: int = 6, seed: int = 3) -> FrozenSpace:
    """The same, ready to be used."""
    return learned_space(config, known, seed).frozen()


class FakeImageEncoder:
    """Describes a picture by the mean colours of its upper and lower half: deterministic and instant.

    Attributes:
        batches: how many pictures each call of ``encode`` was given.
    """

    classes: tuple[str, ...] = ()
    dim = 6
    input_size = 32

    def __init__(self, version: str = "fake-1") -> None:
        self.version = version
        self.batches: list[int] = []

    def encode(self, images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        assert images.dtype == np.uint8
        assert images.shape[1:] == (self.input_size, self.input_size, 3)
        self.batches.append(len(images))
        upper, lower = np.split(images.astype(np.float32) / 255, 2, axis=1)
        return np.concatenate([upper.mean(axis=(1, 2)), lower.mean(axis=(1, 2))], axis=1)


def colour(index: int, count: int) -> tuple[int, int, int]:
    """The colour of one of the pictures that ``write_jpegs`` makes."""
    red, green, blue = colorsys.hsv_to_rgb(index / count, 1.0, 0.8)
    return round(red * 255), round(green * 255), round(blue * 255)


def write_jpegs(folder: Path, count: int) -> list[Path]:
    """Writes small pictures, each of one colour of its own: ``000.jpg``, ``001.jpg`` …"""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{index:03}.jpg" for index in range(count)]
    for index, path in enumerate(paths):
        Image.new("RGB", (48, 36), colour(index, count)).save(path, quality=95)
    return paths


class FakeTextEncoder:
    """Describes a sentence by the words it holds, each at a place given by the word itself."""

    dim = 32

    def __init__(self, version: str = "words-1", languages: Iterable[str] = ("en",)) -> None:
        self.version = version
        self.languages = frozenset(languages)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors = np.full((len(texts), self.dim), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, zlib.crc32(word.encode()) % self.dim] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
