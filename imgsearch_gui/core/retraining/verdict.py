"""Whether a new matcher is better than the one in use, worse, or cannot be told from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core import measures
from imgsearch_gui.core.retraining.limits import LEAST_MEASURED
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.evaluation.comparison import Ranked
    from imgsearch_gui.core.matching.training_data import PairSet
    from imgsearch_gui.sentences import Sentence

_RECALL_AT = 10


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much the new matcher is better than the old one in one figure, on the same images.

    Attributes:
        what: the figure, with what it was measured on.
        gain: above 0 where the new one is better.
        low: the lower end of its 95 % interval.
        high: the upper end.
        flattered: how many of the images the old one was trained on.
    """

    what: str
    gain: float
    low: float
    high: float
    flattered: int

    @classmethod
    def of_errors(cls, old: FloatArray, new: FloatArray, pairs: PairSet, *, flattered: int) -> Difference:
        """Compares scores of pairs by their RMSE.

        Args:
            old: scores of the old one, float32 [n].
            new: likewise of the new one.
            pairs: what was scored.
            flattered: see the class.
        """
        squares = [np.square(scores - pairs.targets, dtype=np.float64) for scores in (old, new)]

        def gain(rows: npt.NDArray[np.intp]) -> float:
            before, after = (float(np.sqrt(square[rows].mean())) for square in squares)
            return before - after

        images = len(np.unique(pairs.images))
        return cls._of(sentence("RMSE on {images:,} images", images=images), gain, pairs.images, flattered)

    @classmethod
    def of_ranks(cls, ranked: Ranked, old: str, new: str, *, flattered: int) -> Difference:
        """Compares ranks of the right images by recall@10.

        Args:
            ranked: holds both models' ranks.
            old: the old one's name.
            new: the new one's.
            flattered: see the class.
        """
        found = [(ranked.ranks[name] <= _RECALL_AT).astype(np.float64) for name in (old, new)]

        def gain(rows: npt.NDArray[np.intp]) -> float:
            return float((found[1][rows] - found[0][rows]).mean())

        what = sentence("recall@{at} on {queries:,} test queries", at=_RECALL_AT, queries=len(ranked.right))
        return cls._of(what, gain, ranked.right, flattered)

    @classmethod
    def _of(
        cls,
        what: str,
        gain: Callable[[npt.NDArray[np.intp]], float],
        images: npt.NDArray[np.int64],
        flattered: int,
    ) -> Difference:
        low, high = measures.intervals(lambda rows: {"gain": gain(rows)}, images)["gain"]
        return cls(what, gain(np.arange(len(images))), low, high, flattered)

    @property
    def better(self) -> bool:
        """Whether the new one is surely better."""
        return self.low > 0

    @property
    def worse(self) -> bool:
        """Whether the new one is surely worse; not where the old one was trained on these images."""
        return self.high < 0 and not self.flattered

    @property
    def said(self) -> Sentence:
        """The figure, by how much it is better or worse, and the interval."""
        ends = {"low": _signed(self.low), "high": _signed(self.high)}
        size = abs(self.gain)
        if self.gain >= 0:
            return sentence(
                "{what} {size:.3f} better (95 % interval {low} to {high})", what=self.what, size=size, **ends
            )
        return sentence(
            "{what} {size:.3f} worse (95 % interval {low} to {high})", what=self.what, size=size, **ends
        )


def verdict(
    errors: Difference, recall: Difference | None, *, images: int, plain: bool
) -> tuple[str, bool, bool]:
    """Says in a sentence which matcher is better.

    The error decides. Where it does not, because the two cannot be told apart by it or the old one was
    trained on the images, recall does.

    Args:
        errors: of the judged pairs.
        recall: of the test queries; nothing without.
        images: how many images the errors are measured on.
        plain: whether the new one errs no less than the constant.

    Returns:
        The sentence, whether the new one is surely better, and whether it is surely worse.
    """
    differences = [errors] if recall is None else [errors, recall]
    figures = errors.said
    if recall is not None:
        figures = sentence("{errors}; {recall}", errors=errors.said, recall=recall.said)
    if plain:
        said = sentence(
            "The new matcher errs no less than always saying the mean: {figures}.", figures=figures
        )
        return said, False, True
    decided = next((each for each in differences if each.better or each.worse), None)
    if decided is errors and images < LEAST_MEASURED:
        said = sentence(
            "It cannot be said which matcher is better: {images} images are too few, of {least} that are "
            "needed; {figures}.",
            images=images,
            least=LEAST_MEASURED,
            figures=figures,
        )
        return said, False, False
    if decided is None:
        if errors.flattered:
            said = sentence(
                "It cannot be said which matcher is better: {figures}. The matcher in use was trained on "
                "those images, so that its error is no fair measure.",
                figures=figures,
            )
        else:
            said = sentence("It cannot be said which matcher is better: {figures}.", figures=figures)
        return said, False, False
    against = any(each.better if decided.worse else each.worse for each in differences)
    return _decided(figures, worse=decided.worse, against=against), not decided.worse, decided.worse


def _decided(figures: Sentence, *, worse: bool, against: bool) -> Sentence:
    """Says which matcher is better; ``against`` tells that a figure speaks against it."""
    if worse and against:
        return sentence(
            "The new matcher is worse than the one in use, though not in everything: {figures}.",
            figures=figures,
        )
    if worse:
        return sentence("The new matcher is worse than the one in use: {figures}.", figures=figures)
    if against:
        return sentence(
            "The new matcher is better than the one in use, though not in everything: {figures}.",
            figures=figures,
        )
    return sentence("The new matcher is better than the one in use: {figures}.", figures=figures)


def _signed(value: float) -> Sentence:
    if value < 0:
        return sentence("−{size:.3f}", size=-value)
    return sentence("+{size:.3f}", size=value)
