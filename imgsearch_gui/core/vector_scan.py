"""The scan: what a query says of every image of a folder, from vectors of eight bits a number.

An image's joint vector has three parts: learned, label bridge and detail. Each is kept as whole numbers
from -127 to 127 and what 1 is worth, so that an image of 480 numbers takes 492 bytes. A query asks for
three dot products, one with each part. Its own numbers are split in two of eight bits, so that only
the images' are rounded, and dot products of whole numbers are exact whatever the processor.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from imgsearch_gui.core.encoders.base import FloatArray

    Codes = npt.NDArray[np.int8]
    Block = tuple[Codes, FloatArray]
    _Floats = npt.NDArray[np.floating[Any]]

PARTS = 3
_BEND_SHARPNESS = 2.0
_HIGHEST = 127
_LEAST = 1e-30  # no division by zero
_LOW = 128  # what 1 of a query's upper numbers is worth in its lower ones
BLOCK = 16_384  # images: 8 MB of vectors, and dot products that stay in a core's cache
_THREADS = 4  # more only wait for the memory


@dataclass(frozen=True, slots=True, eq=False)
class ScorePlan:
    """What a query asks of every image: three dot products, and a line and a bend over them.

    Attributes:
        columns: the query's learned part, bridge and detail, each in a column of its own with nothing in
            the rows of the others: float32 [width, 3].
        base: the latent value of an image whose dot products are all 0, but for the bend.
        slopes: what the dot products are worth.
        bend: what the bend is worth.
        centre: the cosine where it bends.
        spread: the cosine's standard deviation.
    """

    columns: FloatArray
    base: float
    slopes: tuple[float, float, float]
    bend: float
    centre: float
    spread: float

    def latent(self, cosine: _Floats, bridge: _Floats, detail: _Floats) -> _Floats:
        """Latent values [n] of images by their dot products with the columns, each [n]; keeps the type."""
        line = self.base + self.slopes[0] * cosine + self.slopes[1] * bridge + self.slopes[2] * detail
        return np.asarray(line + self.bend * bend((cosine - self.centre) / self.spread))


def bend(cosine: _Floats) -> _Floats:
    """A soft hinge at the mean cosine: judgements rise faster above it than below; keeps the type."""
    steep = _BEND_SHARPNESS * cosine
    # log(1 + exp(x)), in an eighth of the time that numpy's logaddexp takes.
    return np.asarray((np.maximum(steep, 0) + np.log1p(np.exp(-np.abs(steep)))) / _BEND_SHARPNESS)


@dataclass(frozen=True, slots=True, eq=False)
class Rounding:
    """How joint vectors are rounded to eight bits a number: an image's do not depend on the others'.

    Attributes:
        ends: where the three parts begin, and the width.
        units: the usual size of each number, by which it is divided first: float32 [width]. The numbers
            of the bridge and of the detail differ by a factor of ten, and would share one step.
    """

    ends: tuple[int, ...]
    units: FloatArray

    def codes(self, joint: FloatArray) -> tuple[Codes, FloatArray]:
        """Rounds joint vectors.

        Args:
            joint: float32 [n, width].

        Returns:
            Codes, int8 [n, width], and what 1 is worth in each part, float32 [n, 3].
        """
        codes = np.empty(joint.shape, np.int8)
        scales = np.empty((len(joint), PARTS), np.float32)
        for part, (start, end) in enumerate(pairwise(self.ends)):
            values = joint[:, start:end] / self.units[start:end]
            highest = np.maximum(np.abs(values).max(axis=1, initial=0), _LEAST)
            scales[:, part] = highest / _HIGHEST
            codes[:, start:end] = np.rint(values * (_HIGHEST / highest)[:, None])
        return codes, scales

    def columns(self, plan: ScorePlan) -> tuple[Codes, FloatArray]:
        """Rounds what a query asks, to fifteen bits a number.

        Returns:
            The upper eight bits of each column, then the lower ones, int8 [6, width], and what 1 of the
            lower ones is worth in each column, float32 [3].
        """
        columns = plan.columns.T * self.units
        steps = np.maximum(np.abs(columns).max(axis=1, initial=0), _LEAST) / (_HIGHEST * _LOW)
        whole = np.rint(columns / steps[:, None])
        high = np.rint(whole / _LOW)
        split = np.ascontiguousarray(np.concatenate([high, whole - high * _LOW]), np.int8)
        return split, steps.astype(np.float32)


class VectorRows:
    """The vectors of a folder's images in blocks that only ever grow at their end.

    So adding an image copies nothing, and a reader's rows stay as they are. One writer at a time.

    Args:
        rounding: how they are rounded.
    """

    def __init__(self, rounding: Rounding) -> None:
        self._rounding = rounding
        self._blocks: list[Block] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def width(self) -> int:
        """Length of a joint vector."""
        return len(self._rounding.units)

    def add(self, codes: Codes, scales: FloatArray) -> None:
        """Adds images at the end: see :meth:`Rounding.codes`."""
        while len(self._blocks) * BLOCK < self._count + len(codes):
            self._blocks.append(
                (np.empty((BLOCK, self.width), np.int8), np.empty((BLOCK, PARTS), np.float32))
            )
        done = 0
        while done < len(codes):
            number, used = divmod(self._count + done, BLOCK)
            kept_codes, kept_scales = self._blocks[number]
            some = slice(done, done + BLOCK - used)
            here = slice(used, used + len(codes[some]))
            kept_codes[here], kept_scales[here] = codes[some], scales[some]
            done += BLOCK - used
        self._count += len(codes)

    def take(self, rows: npt.NDArray[np.intp]) -> VectorRows:
        """Returns a copy of some rows, in the order given."""
        taken = VectorRows(self._rounding)
        for start in range(0, len(rows), BLOCK):
            number, row = np.divmod(rows[start : start + BLOCK], BLOCK)
            codes, scales = np.empty((len(row), self.width), np.int8), np.empty((len(row), PARTS), np.float32)
            for one in np.unique(number):
                here = number == one
                codes[here], scales[here] = (values[row[here]] for values in self._blocks[one])
            taken.add(codes, scales)
        return taken

    def blocks(self, count: int) -> list[Block]:
        """Returns the first images' codes and scales, block by block."""
        return [
            (codes[: count - number * BLOCK], scales[: count - number * BLOCK])
            for number, (codes, scales) in enumerate(self._blocks[: -(-count // BLOCK)])
        ]

    def latent(self, plan: ScorePlan, count: int) -> FloatArray:
        """Latent values of the first images for a query: float32 [count]."""
        import numkong

        columns, steps = self._rounding.columns(plan)
        packed = numkong.dots_pack(columns)
        out = np.empty(count, np.float32)

        def scan(number: int, codes: Codes, scales: FloatArray) -> None:
            # One row a column of the query: numpy is twice as fast over numbers that lie side by side.
            dots = np.array(np.asarray(numkong.dots_packed(codes, packed)).T, np.float32, order="C")
            high, low = dots[:PARTS], dots[PARTS:]
            high *= _LOW
            high += low
            high *= scales.T
            high *= steps[:, None]
            out[number * BLOCK : number * BLOCK + len(codes)] = plan.latent(*high)

        blocks = self.blocks(count)
        if len(blocks) > 1:
            list(_threads().map(lambda number: scan(number, *blocks[number]), range(len(blocks))))
        elif blocks:
            scan(0, *blocks[0])
        return out


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1), thread_name_prefix="scan")
