"""What :mod:`tests.benchmarks.indexing` measures."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image

from imgsearch_gui.core.encoders.efficientnet_lite import EfficientNetLite2
from imgsearch_gui.core.pictures.images import decode
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.storage.library import Library
from tests.benchmarks.vit_b32 import ViTB32
from tests.plain_lite2 import PlainLite2

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imgsearch_gui.core.encoders.base import ImageEncoder

ROUNDS = 5
_BATCHES = (1, 2, 4, 8)
_DIFFERENT = 30


def measure(parts: Sequence[str], cores: int) -> dict[str, object]:
    """Returns the figures of the parts that are asked for."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    torch.set_num_threads(cores)
    begin = time.perf_counter()
    lite2 = EfficientNetLite2(cores)
    figures: dict[str, object] = {"cores": cores, "loading_seconds": time.perf_counter() - begin}
    vit = ViTB32()
    with tempfile.TemporaryDirectory() as folder:
        if "encoder" in parts:
            figures["encoder"] = encoder(lite2, vit)
        if "large" in parts:
            figures["large"] = large(Path(folder), lite2, cores)
        if "small" in parts:
            figures["small"] = small(Path(folder), lite2, vit)
    return figures


def encoder(lite2: EfficientNetLite2, vit: ViTB32) -> list[dict[str, float]]:
    """Milliseconds a picture, by batch, and how far the vectors are from those of eager torch."""
    plain = PlainLite2()
    rows = []
    for batch in _BATCHES:
        rng = np.random.default_rng(0)
        ours = rng.integers(0, 256, (batch, lite2.input_size, lite2.input_size, 3), dtype=np.uint8)
        theirs = rng.integers(0, 256, (batch, vit.input_size, vit.input_size, 3), dtype=np.uint8)

        def eager(pictures: np.ndarray = ours) -> np.ndarray:
            with torch.inference_mode():
                pixels = torch.from_numpy(pictures.astype(np.float32)).permute(0, 3, 1, 2).sub_(127).div_(128)
                return plain(pixels.contiguous()).numpy()

        difference = np.abs(lite2.encode(ours) - eager())
        times = in_turn(
            {
                "lite2": lambda ours=ours: lite2.encode(ours),
                "vit_b32": lambda theirs=theirs: vit.encode(theirs),
                "eager": eager,
            }
        )
        rows.append(
            {
                "batch": batch,
                **{f"{name}_ms": 1000 * seconds / batch for name, seconds in times.items()},
                "times_vit_b32": times["vit_b32"] / times["lite2"],
                "times_eager": times["eager"] / times["lite2"],
                "largest_difference": float((difference / np.maximum(1, np.abs(eager()))).max()),
            }
        )
    return rows


def in_turn(
    works: dict[str, Callable[[], object]], clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Returns the median seconds of each, run one after the other so that a busy moment meets all."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(ROUNDS + 2):
        for name, work in works.items():
            begin = clock()
            work()
            if number > 1:
                taken[name].append(clock() - begin)
    return {name: statistics.median(times) for name, times in taken.items()}


def large(folder: Path, lite2: EfficientNetLite2, cores: int) -> dict[str, float]:
    """Photos of 12 megapixels."""
    photos = folder / "large"
    paths = write_photos(photos, 240, 4000, 3000)
    one = EfficientNetLite2(threads=1)
    pixels = np.stack([decode(path, one.input_size).pixels for path in paths[:8]])

    def pillow() -> None:
        for path in paths[:8]:
            with Image.open(path) as image:
                image.draft("RGB", (2 * one.input_size, 2 * one.input_size))
                image.resize((one.input_size, one.input_size), Image.Resampling.BICUBIC, reducing_gap=3)

    times = in_turn(
        {
            "pillow": pillow,
            "decode": lambda: [decode(path, one.input_size) for path in paths[:8]],
            "embed": lambda: one.encode(pixels),
        },
        clock=time.process_time,
    )
    seconds = {name: taken / 8 for name, taken in times.items()}
    possible = cores / (seconds["pillow"] + seconds["embed"])
    run = throughput(folder, photos, len(paths), lite2)
    return {
        "pillow_decode_core_ms": 1000 * seconds["pillow"],
        "whole_decode_core_ms": 1000 * seconds["decode"],
        "embed_core_ms": 1000 * seconds["embed"],
        "used_core_ms": run.core_ms,
        "cores_in_use": run.core_ms * run.per_second / 1000,
        "possible_per_second": possible,
        "per_second": run.per_second,
        "of_possible": run.per_second / possible,
        "core_time_well_spent": 1000 * (seconds["pillow"] + seconds["embed"]) / run.core_ms,
        "of_possible_whole": run.per_second * (seconds["decode"] + seconds["embed"]) / cores,
    }


def small(folder: Path, lite2: EfficientNetLite2, vit: ViTB32) -> dict[str, float]:
    """Photos of 500 by 375 pixels."""
    photos = folder / "small"
    paths = write_photos(photos, 600, 500, 375)
    runs = [[throughput(folder, photos, len(paths), one) for one in (lite2, vit)] for _ in range(3)]
    ours, theirs = (statistics.median(run.per_second for run in column) for column in zip(*runs, strict=True))
    used, used_by_vit = (min(run.core_ms for run in column) for column in zip(*runs, strict=True))
    return {
        "per_second": ours,
        "vit_b32_per_second": theirs,
        "times_vit_b32": ours / theirs,
        "used_core_ms": used,
        "vit_b32_used_core_ms": used_by_vit,
    }


def write_photos(folder: Path, count: int, width: int, height: int) -> list[Path]:
    """Writes JPEGs with grain and gradients that take about as many bytes as photographs do.

    Most are one of a few, with a number after its end: other bytes for the library, and quick to make.
    """
    folder.mkdir()
    rng = np.random.default_rng(0)
    paths = [folder / f"{number:04}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        if number >= _DIFFERENT:
            path.write_bytes(paths[number % _DIFFERENT].read_bytes() + number.to_bytes(4))
            continue
        coarse = rng.integers(0, 256, (9, 12, 3), dtype=np.uint8)
        fine = rng.integers(0, 256, (height // 4, width // 4, 3), dtype=np.uint8)
        layers = [
            Image.fromarray(layer).resize((width, height), Image.Resampling.BICUBIC)
            for layer in (coarse, fine)
        ]
        Image.blend(*layers, 0.25).save(path, quality=90)
    return paths


@dataclass(frozen=True)
class Run:
    """How fast a folder was indexed, and the time of cores that it took, decoders included."""

    per_second: float
    core_ms: float


def throughput(folder: Path, photos: Path, count: int, image_encoder: ImageEncoder) -> Run:
    """Indexes a folder into a library of its own; everything counts, from the first look to the last."""
    with tempfile.TemporaryDirectory(dir=folder) as place, Library(Path(place, "library.sqlite")) as library:
        begin, used = time.perf_counter(), sum(os.times()[:4])
        *_, last = index_folder(library, photos, image_encoder)
        seconds, used = time.perf_counter() - begin, sum(os.times()[:4]) - used
    if last.embedded != count:
        raise SystemExit(f"{last.embedded} of {count} photos were embedded.")
    return Run(count / seconds, 1000 * used / count)
