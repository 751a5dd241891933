"""The score: from how an image and a sentence agree in the joint space to a number from 0 to 1.

The number is what people's judgements say. It is the posterior mean of a Gaussian process (Rasmussen
and Williams, "Gaussian Processes for Machine Learning", 2006) over pairs, made strictly increasing in
the latent value and calibrated on predictions that were made out of fold.

The latent value of a pair is a sum:

- a line in each similarity (the cosine and the two bridges), and a bend of the cosine;
- an offset and a slope for each similarity, alike for like sentences: what it is worth for the sentence;
- a detail that is alike for like images together with like sentences.

To it comes a steep rise where the cosine is high: among pictures that nearly fit it tells the right one
best, and too few of those were judged for the process to see it.

The detail is kept as a product of few numbers of the image and of the sentence. So all that is left for a
search is four dot products an image, each with a part of its vector.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from imgsearch_gui.core.matching.calibration import calibration
from imgsearch_gui.core.matching.score_model import IMAGE_WIDTH, MIX, TEXT_WIDTH, ScoreModel
from imgsearch_gui.core.matching.stopping import Best, Followed
from imgsearch_gui.core.measures import folds_by_image
from imgsearch_gui.core.retrieval.vector_scan import bend, rise
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.stopping import Stopping

# Variances and widths of the process, in units of the target (0..1) and of standardised similarities.
# They were chosen on half of the judged images; the model card has the figures.
_NOISE = 0.1
_CONSTANT, _LINE, _BEND = 0.02, 0.003, 0.05
_OFFSET, _SLOPE, _DETAIL = 0.04, 0.01, 0.3
# The whole detail agrees best with people, but ranks worse than the joint similarity.
_DETAIL_SHARE = 0.6
_STEPS, _TOLERANCE = 200, 2e-3  # of the conjugate gradients
_PATIENCE = 12  # steps without a better one, where they are followed
_PARTS = 100  # of a solution, as progress is told
_LEAST_EIGENVALUE = 1e-6  # of a kernel, as a share of its largest


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """How every image of a set of pairs agrees with every sentence of it.

    Attributes:
        images: learned joint vectors, float32 [m, joint_dim].
        captions: likewise of the sentences, float32 [k, joint_dim].
        bridges: dot products by the label bridge and by the caption bridge, float32 [2, m, k].
    """

    images: Tensor
    captions: Tensor
    bridges: Tensor


def fit_score(
    agreement: Agreement,
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    targets: FloatArray,
    parts: tuple[int, int, int],
    rank: int,
    stopping: Stopping | None = None,
) -> Generator[TrainProgress, None, tuple[ScoreModel, FloatArray]]:
    """Fits the score to judged pairs.

    With ``stopping``, the first fold is followed step by step: its images are the validation. All other
    solutions take as many steps as were best there.

    Args:
        agreement: of the pairs' images and sentences.
        rows: each pair's image, int64 [n].
        columns: each pair's sentence, int64 [n].
        targets: 0..1, float32 [n].
        parts: lengths of the parts of a vector in the joint space.
        rank: numbers that the detail keeps of an image, and of a sentence.
        stopping: when to stop; nothing for a tolerance alone.

    Yields:
        Progress, of the followed fold with the errors of the process's own mean, before calibration.

    Returns:
        The model, and the score of each pair by models that did not see its image, float32 [n].

    Raises:
        TrainingError: the pairs are of too few images.
    """
    folds = folds_by_image(rows)
    process = _Process(agreement, rows, columns, targets)
    latent = np.empty(len(rows), np.float64)
    steps = _STEPS if stopping is None else stopping.steps(_STEPS)
    total = _PARTS * (len(folds) + 1)
    for number, (train, test) in enumerate(folds):
        yield TrainProgress(sentence("Score"), number * _PARTS, total)
        followed = None
        if stopping is not None and number == 0:
            best = Best(stopping.patience(_PATIENCE))
            followed = Followed((process.rows, process.columns), process.targets, (train, test), best)
        fold = yield from _told(process.fitted(train, steps, followed), number, total)
        if followed is not None:
            steps = followed.best.step
        latent[test] = process.values(fold)[rows[test], columns[test]].numpy()
    yield TrainProgress(sentence("Score"), len(folds) * _PARTS, total)
    knots = calibration(latent, targets)
    whole = yield from _told(process.fitted(np.arange(len(rows)), steps), len(folds), total)
    model = process.model(whole, knots, parts, rank)
    yield TrainProgress(sentence("Score"), total, total)
    return model, model.calibrated(latent)


_Step = tuple[float, "tuple[float, float] | None"]  # the share that is done, and the errors


def _told(
    steps: Generator[_Step, None, _Fitted], number: int, total: int
) -> Generator[TrainProgress, None, _Fitted]:
    """Passes the steps of one solution on as progress of all."""
    furthest = 0.0
    while True:
        try:
            share, errors = next(steps)
        except StopIteration as end:
            fitted: _Fitted = end.value
            return fitted
        furthest = max(furthest, share)  # a residual may rise for a step
        train, validation = errors or (None, None)
        done = round((number + furthest) * _PARTS)
        yield TrainProgress(sentence("Score"), done, total, validation_rmse=validation, train_rmse=train)


@dataclass(frozen=True, slots=True, eq=False)
class _Fitted:
    """A solution: each cell's weight [m, k], and the mean that was taken off the targets."""

    weights: Tensor
    mean: float


class _Process:
    """The process over a grid of images and sentences, of which some cells are judged.

    Its covariance is a sum of products of kernels of images and of sentences, so that it is multiplied
    with a vector by way of the grid, and never written out.
    """

    def __init__(
        self,
        agreement: Agreement,
        rows: npt.NDArray[np.int64],
        columns: npt.NDArray[np.int64],
        targets: FloatArray,
    ) -> None:
        self.agreement = agreement
        self.rows, self.columns = torch.from_numpy(rows), torch.from_numpy(columns)
        self.targets = torch.from_numpy(targets)
        self.of_images = _kernel(agreement.images, agreement.images, IMAGE_WIDTH)
        self.of_captions = _kernel(agreement.captions, agreement.captions, TEXT_WIDTH)
        similarities = torch.cat([(agreement.images @ agreement.captions.T)[None], agreement.bridges])
        judged = similarities[:, self.rows, self.columns]
        self.centre, self.spread = judged.mean(dim=1), judged.std(dim=1).clamp_min(1e-4)
        self.similarities = (similarities - self.centre[:, None, None]) / self.spread[:, None, None]
        mixed = np.tensordot(MIX, self.similarities.double().numpy(), axes=1)
        self.rise = torch.from_numpy(rise(mixed)).float()
        self.features = [
            (_CONSTANT, torch.ones_like(self.rise)),
            *((_LINE, similarity) for similarity in self.similarities),
            (_BEND, torch.from_numpy(bend(mixed)).float()),
        ]

    def fitted(
        self, pairs: npt.NDArray[np.intp], steps: int, followed: Followed | None = None
    ) -> Generator[_Step, None, _Fitted]:
        """Solves for some of the pairs by conjugate gradients.

        Args:
            pairs: rows of the pairs.
            steps: the most.
            followed: is told every step, and its best one is returned.

        Yields:
            How far it is, 0..1, and the errors where they are followed.
        """
        at = torch.from_numpy(pairs)
        rows, columns, targets = self.rows[at], self.columns[at], self.targets[at]
        mean = targets.mean()
        weights = torch.zeros(len(pairs))
        residual = targets - mean
        begin = residual.norm()
        stop = _TOLERANCE * begin
        direction, size = residual.clone(), residual @ residual
        for number in range(steps):
            if residual.norm() <= stop or (followed is not None and followed.best.over):
                break
            everywhere = self._times(self._grid(rows, columns, direction))
            product = everywhere[rows, columns] + _NOISE * direction
            step = size / (direction @ product)
            weights += step * direction
            residual -= step * product
            size, before = residual @ residual, size
            direction = residual + size / before * direction
            errors = None if followed is None else followed.take(weights, step * everywhere)
            left = math.log(max(float(residual.norm() / begin), _TOLERANCE)) / math.log(_TOLERANCE)
            yield min(max(left, (number + 1) / steps), 1), errors
        if followed is not None:
            weights = followed.weights
        return _Fitted(self._grid(rows, columns, weights), float(mean))

    def values(self, fitted: _Fitted) -> Tensor:
        """Latent values of every cell, [m, k], as they are used: with a share of the detail, and the rise."""
        detail = _DETAIL * self.of_images @ fitted.weights @ self.of_captions
        return fitted.mean + self._times(fitted.weights) - (1 - _DETAIL_SHARE) * detail + self.rise

    def model(self, fitted: _Fitted, knots: FloatArray, parts: tuple[int, int, int], rank: int) -> ScoreModel:
        """Keeps of a solution what scoring needs."""
        weights = fitted.weights
        bases = []
        for basis in self._reduced(weights, rank):
            bases.append(torch.zeros(len(basis), rank))
            bases[-1][:, : basis.shape[1]] = basis
        on_captions = [_OFFSET * weights, *(_SLOPE * each * weights for each in self.similarities)]
        line = torch.stack([variance * (feature * weights).sum() for variance, feature in self.features])
        line[0] += fitted.mean
        return ScoreModel(
            parts=parts,
            images=self.agreement.images.numpy(),
            image_basis=bases[0].numpy(),
            captions=self.agreement.captions.numpy(),
            caption_basis=bases[1].numpy(),
            caption_terms=torch.stack([term.sum(dim=0) for term in on_captions], dim=1).numpy(),
            line=line.numpy(),
            centre=self.centre.numpy(),
            spread=self.spread.numpy(),
            knots=knots,
        )

    def _grid(self, rows: Tensor, columns: Tensor, weights: Tensor) -> Tensor:
        return torch.zeros_like(self.rise).index_put_((rows, columns), weights, accumulate=True)

    def _times(self, grid: Tensor) -> Tensor:
        """The covariance of all cells, times a vector on the grid."""
        out = _DETAIL * (self.of_images @ grid @ self.of_captions)
        out += _OFFSET * (grid.sum(dim=0, keepdim=True) @ self.of_captions)
        for feature in self.similarities:
            out += _SLOPE * feature * ((feature * grid).sum(dim=0, keepdim=True) @ self.of_captions)
        for variance, feature in self.features:
            out += variance * feature * (feature * grid).sum()
        return out

    def _reduced(self, weights: Tensor, rank: int) -> tuple[Tensor, Tensor]:
        """The detail's best approximation of a rank, measured in the two kernels: [m, r] and [k, r]."""
        image_values, image_vectors = _eigen(self.of_images)
        text_values, text_vectors = _eigen(self.of_captions)
        middle = image_values * (image_vectors.T @ weights.double() @ text_vectors) * text_values.T
        left, strength, right = torch.linalg.svd(middle, full_matrices=False)
        strength = _DETAIL_SHARE * _DETAIL * strength[:rank]
        of_images = (image_vectors / image_values.T) @ (left[:, :rank] * strength.sqrt())
        of_captions = (text_vectors / text_values.T) @ (right[:rank].T * strength.sqrt())
        return of_images.float(), of_captions.float()


def _eigen(kernel: Tensor) -> tuple[Tensor, Tensor]:
    """The roots of a kernel's eigenvalues as a column [r, 1], and its eigenvectors [n, r]."""
    values, vectors = torch.linalg.eigh(kernel.double())
    kept = values > _LEAST_EIGENVALUE * values.max()
    return values[kept].sqrt()[:, None], vectors[:, kept]


def _kernel(a: Tensor, b: Tensor, width: float) -> Tensor:
    """A Gaussian kernel of unit vectors: [n, d], [m, d] -> [n, m]."""
    return torch.exp((a @ b.T - 1) / width)
