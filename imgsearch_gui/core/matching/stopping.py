"""When training ends: by a number of steps, or when images that are set apart get no better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from imgsearch_gui.core.matching.joint_space import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from torch import Tensor

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.frozen_space import FrozenSpace
    from imgsearch_gui.core.matching.joint_space import JointSpace
    from imgsearch_gui.core.matching.training_data import PairSet

_PASSES_PATIENCE = 12  # the schedule's middle brings a pause, and its end the most


@dataclass(frozen=True, slots=True)
class Stopping:
    """Follows training by the errors of pairs whose images it does not use, and keeps the best step.

    Attributes:
        most: the most steps of a stage; nothing for as many as it takes until they stop improving.
    """

    most: int | None = None

    def steps(self, usual: int) -> int:
        """Returns how many steps of a stage there are at the most.

        Args:
            usual: how many there are when none are asked for.
        """
        return usual if self.most is None else self.most

    def patience(self, usual: int) -> float:
        """Returns after how many steps without a better one a stage ends; never, with a number of steps."""
        return usual if self.most is None else float("inf")


class Best:
    """The best of the errors so far.

    Args:
        patience: how many steps without a better one are let pass.

    Attributes:
        step: the step that it was at, counted from 1; 0 before the first.
        error: it.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._count = 0
        self.step, self.error = 0, float("inf")

    def take(self, error: float) -> bool:
        """Takes the next step's error; returns whether it is the best so far."""
        self._count += 1
        if not error < self.error:
            return False
        self.step, self.error = self._count, error
        return True

    @property
    def over(self) -> bool:
        """Whether there was none better for too long."""
        return self._count - self.step >= self._patience


class Followed:
    """The errors of a solution of the score, step by step, on the pairs it is fitted to and on others.

    Args:
        cells: row and column of each pair in the grid, int64 [n] each.
        targets: of the pairs, float32 [n].
        sides: which pairs it is fitted to, and which are the others, as indices.
        best: is told the others' errors.

    Attributes:
        best: as given.
        weights: the solution's weights at the best step, one for each pair it is fitted to.
    """

    def __init__(
        self,
        cells: tuple[Tensor, Tensor],
        targets: Tensor,
        sides: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]],
        best: Best,
    ) -> None:
        self.best = best
        self.weights = torch.zeros(len(sides[0]))
        self._cells, self._sides = cells, tuple(torch.from_numpy(side) for side in sides)
        self._left = targets - targets[self._sides[0]].mean()  # what is still to be explained

    def take(self, weights: Tensor, change: Tensor) -> tuple[float, float]:
        """Takes a step, and returns the two errors after it.

        Args:
            weights: of the pairs it is fitted to.
            change: by how much the value of every cell of the grid changed.
        """
        self._left = self._left - change[self._cells]
        fitted, others = (float(self._left[side].square().mean().sqrt()) for side in self._sides)
        if self.best.take(others):
            self.weights = weights.clone()
        return fitted, others


class HeadsWatch:
    """What the heads' cosine says of judged pairs, which they are not trained on, after each pass.

    A line from the cosine to the target is fitted to four fifths of the pairs and tried on the others.

    Args:
        images: image vectors of the pairs' images, any float [m, dim].
        texts: text vectors of the pairs' captions, for each tower float32 [k, dim] or None.
        pairs: their images and captions are rows of these.
        sides: which pairs the line is fitted to, and which are the others, as indices.
        stopping: when to stop.

    Attributes:
        stopping: as given.
        best: the best of the others' errors.
        kept: the weights at the best pass.
    """

    def __init__(
        self,
        images: npt.NDArray[np.float16],
        texts: Sequence[FloatArray | None],
        pairs: PairSet,
        sides: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]],
        stopping: Stopping,
    ) -> None:
        self.stopping = stopping
        self.best = Best(stopping.patience(_PASSES_PATIENCE))
        self.kept: dict[str, Tensor] = {}
        self._images = torch.from_numpy(images.astype(np.float32))
        self._texts = [None if v is None else torch.from_numpy(v) for v in texts]
        self._pairs, self._sides = pairs, sides

    def prefers(self, others: FrozenSpace) -> bool:
        """Whether other heads do at least as well as the best pass."""
        learned = others.config.joint_dim
        images = others.images(self._images.numpy())[:, :learned]
        texts = others.texts([None if v is None else v.numpy() for v in self._texts])[:, :learned]
        cosine = (images[self._pairs.images] * texts[self._pairs.captions]).sum(axis=1)
        return self._errors_of(cosine)[1] <= self.best.error

    def errors(self, space: JointSpace) -> tuple[float, float]:
        """Returns the errors on both sides after a pass, and keeps the weights that are the best so far."""
        fitted, others = self._errors(space)
        space.train()
        if self.best.take(others):
            self.kept = {name: value.clone() for name, value in space.state_dict().items()}
        return fitted, others

    def _errors(self, space: JointSpace) -> tuple[float, float]:
        space.eval()  # no dropout: nothing random is drawn
        with torch.no_grad():
            images, texts = space.learned(self._images), joined(space.said(self._texts))
            cosine = (images[self._pairs.images] * texts[self._pairs.captions]).sum(dim=1).numpy()
        return self._errors_of(cosine)

    def _errors_of(self, cosine: FloatArray) -> tuple[float, float]:
        given, targets = np.stack([np.ones_like(cosine), cosine], axis=1), self._pairs.targets
        line = np.linalg.lstsq(given[self._sides[0]], targets[self._sides[0]], rcond=None)[0]
        left = given @ line - targets
        fitted, others = (float(np.sqrt(np.square(left[side]).mean())) for side in self._sides)
        return fitted, others
