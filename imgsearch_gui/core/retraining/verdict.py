"""Whether a new matcher is better than the one in use, worse, or cannot be told from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core import measures
from imgsearch_gui.core.retraining.limits import LEAST_MEASURED

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.evaluation.comparison import Ranked
    from imgsearch_gui.core.matching.training_data import PairSet

_RECALL_AT = 10
_UNFAIR = " The matcher in use was trained on those images, so that its error is no fair measure."


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
        return cls._of(f"RMSE on {images:,} images", gain, pairs.images, flattered)

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

        what = f"recall@{_RECALL_AT} on {len(ranked.right):,} test queries"
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

    def __str__(self) -> str:
        word = "better" if self.gain >= 0 else "worse"
        ends = f"{_signed(self.low)} to {_signed(self.high)}"
        return f"{self.what} {abs(self.gain):.3f} {word} (95 % interval {ends})"


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
    figures = "; ".join(map(str, differences))
    if plain:
        return f"The new matcher errs no less than always saying the mean: {figures}.", False, True
    decided = next((each for each in differences if each.better or each.worse), None)
    if decided is errors and images < LEAST_MEASURED:
        few = f"{images} images are too few, of {LEAST_MEASURED} that are needed"
        return f"It cannot be said which matcher is better: {few}; {figures}.", False, False
    if decided is None:
        unfair = _UNFAIR if errors.flattered else ""
        return f"It cannot be said which matcher is better: {figures}.{unfair}", False, False
    word = "worse" if decided.worse else "better"
    against = any(each.better if decided.worse else each.worse for each in differences)
    but = ", though not in everything" if against else ""
    sentence = f"The new matcher is {word} than the one in use{but}: {figures}."
    return sentence, not decided.worse, decided.worse


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")
