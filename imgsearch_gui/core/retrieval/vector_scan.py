"""The scan: what a query says of every image of a folder, from vectors of eight bits a number.

An image's joint vector has four parts: learned, label bridge, caption bridge and detail. Each is kept as
whole numbers from -127 to 127 and what 1 is worth, so that an image of 464 numbers takes 480 bytes. A query
asks for four dot products, one with each part. Its own numbers are split in two of eight bits, so that only
the images' are rounded, and dot products of whole numbers are exact whatever the processor.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from imgsearch_gui.core.encoders.base import FloatArray

    Codes = npt.NDArray[np.int8]
    Block = tuple[Codes, FloatArray]
    _Floats = npt.NDArray[np.floating[Any]]

PARTS = 4
_BEND_SHARPNESS = 2.0
# The rise: by how much, from how many deviations above the mean, how sharply. With less of it scores agree
# better with people, with more of it the right picture ranks higher.
_RISE, _RISE_FROM, _RISE_SHARPNESS = 0.9, 1.35, 3.5
_HIGHEST = 127
_LEAST = 1e-30  # no division by zero
_LOW = 128  # what 1 of a query's upper numbers is worth in its lower ones
BLOCK = 16_384  # images: 8 MB of vectors, and dot products that stay in a core's cache
_THREADS = 4  # more only wait for the memory


class Plan(Protocol):
    """What is asked of every image: four dot products, and what comes of them."""

    @property
    def columns(self) -> FloatArray:
        """The four columns, float32 [width, 4]."""

    def latent(self, dots: _Floats) -> _Floats:
        """Values [n] of images by their dot products with the columns [4, n]; keeps the type."""


@dataclass(frozen=True, slots=True, eq=False)
class ScorePlan:
    """What a query asks of every image: four dot products, a line over them, and a curve of their mixture.

    Attributes:
        columns: the query's learned part, bridges and detail, each in a column of its own with nothing in
            the rows of the others: float32 [width, 4].
        base: the latent value of an image whose dot products are all 0, but for the curve.
        slopes: what the dot products are worth.
        mix: what they are worth in the mixture.
        centre: the mixture's mean, which is taken off.
        bend: what the bend is worth.
    """

    columns: FloatArray
    base: float
    slopes: tuple[float, ...]
    mix: tuple[float, ...]
    centre: float
    bend: float

    def latent(self, dots: _Floats) -> _Floats:
        """Latent values [n] of images by their dot products with the columns [4, n]; keeps the type."""
        line: _Floats = np.full_like(dots[0], self.base)
        mixed: _Floats = np.full_like(dots[0], -self.centre)
        for values, slope, share in zip(dots, self.slopes, self.mix, strict=True):
            line += slope * values
            if share:
                mixed += share * values
        line += self.bend * bend(mixed)
        line += rise(mixed)
        return line


def bend(mixed: _Floats) -> _Floats:
    """A soft hinge at the mean: judgements rise faster above it than below; keeps the type."""
    return _soft_hinge(mixed, _BEND_SHARPNESS)


def rise(mixed: _Floats) -> _Floats:
    """A soft hinge far above the mean; keeps the type."""
    return np.asarray(_RISE * _soft_hinge(mixed - _RISE_FROM, _RISE_SHARPNESS))


def _soft_hinge(x: _Floats, sharpness: float) -> _Floats:
    steep = sharpness * x
    # log(1 + exp(x)), in an eighth of the time that numpy's logaddexp takes.
    return np.asarray((np.maximum(steep, 0) + np.log1p(np.exp(-np.abs(steep)))) / sharpness)


@dataclass(frozen=True, slots=True, eq=False)
class Rounding:
    """How joint vectors are rounded to eight bits a number: an image's do not depend on the others'.

    Attributes:
        ends: where the four parts begin, and the width.
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
            Codes, int8 [n, width], and what 1 is worth in each part, float32 [n, 4].
        """
        codes = np.empty(joint.shape, np.int8)
        scales = np.empty((len(joint), PARTS), np.float32)
        for part, (start, end) in enumerate(pairwise(self.ends)):
            values = joint[:, start:end] / self.units[start:end]
            highest = np.maximum(np.abs(values).max(axis=1, initial=0), _LEAST)
            scales[:, part] = highest / _HIGHEST
            with np.errstate(invalid="ignore"):  # what is no number is told when it is scanned
                codes[:, start:end] = np.rint(values * (_HIGHEST / highest)[:, None])
        return codes, scales

    def columns(self, plan: Plan) -> tuple[Codes, FloatArray]:
        """Rounds what a query asks, to fifteen bits a number.

        Returns:
            The upper eight bits of each column, then the lower ones, int8 [8, width], and what 1 of the
            lower ones is worth in each column, float32 [4].
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

    def latent(self, plan: Plan, count: int) -> FloatArray:
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
            out[number * BLOCK : number * BLOCK + len(codes)] = plan.latent(high)

        blocks = self.blocks(count)
        if len(blocks) > 1:
            list(_threads().map(lambda number: scan(number, *blocks[number]), range(len(blocks))))
        elif blocks:
            scan(0, *blocks[0])
        return out


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1), thread_name_prefix="scan")
