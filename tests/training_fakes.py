"""Stand-ins for the services that the training window drives, and values for them to hand over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from imgsearch_gui.core.types.photos import Problem, SearchHit
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.core.types.training import (
    ComparedModel,
    Comparison,
    Estimate,
    SideBySide,
    TrainedModel,
    TrainingSummary,
)
from imgsearch_gui.sentences import sentence
from tests.window_fakes import BANDS, NAMES

if TYPE_CHECKING:
    from imgsearch_gui.core.types.content_rule import RuleMode
    from imgsearch_gui.core.types.training import TrainingChoices

PROBLEMS = (
    Problem(
        Path("/data/train_dataset.csv"), "The image “x.jpg” is not there.", 17, "images that are missing"
    ),
    Problem(
        Path("/data/train_dataset.csv"), "The image “y.jpg” is not there.", 18, "images that are missing"
    ),
    Problem(
        Path("/data/ExpertAnnotations.tsv"), "This pair is not in train_dataset.csv.", 4, "unknown pairs"
    ),
)


class FakeTrainingService(QObject):
    """Notes what it is asked for; the test emits the signals."""

    summarised = Signal(object)
    summary_failed = Signal(object)
    progressed = Signal(object)
    trained = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    compared = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.summaries: list[TrainingChoices] = []
        self.trainings: list[TrainingChoices] = []
        self.queries: list[tuple[Path, str, RuleMode]] = []
        self.cancels = 0

    def summarise(self, choices: TrainingChoices) -> None:
        self.summaries.append(choices)

    def train(self, choices: TrainingChoices) -> None:
        self.trainings.append(choices)

    def cancel(self) -> None:
        self.cancels += 1

    def try_query(self, trained: TrainedModel, folder: Path, query: str, rule: RuleMode) -> None:
        self.queries.append((folder, query, rule))


class FakeModelService(QObject):
    """Likewise."""

    listed = Signal(object)
    switched = Signal(object)
    failed = Signal(object)
    told = Signal(str)
    saved = Signal(str)
    not_saved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[TrainedModel, str, bool]] = []

    def keep(self, trained: TrainedModel, name: str, *, use: bool) -> None:
        self.kept.append((trained, name, use))


def summary(**changed: object) -> TrainingSummary:
    """What the dataset folder of the real world looks like, with some rows left out."""
    values = {
        "pairs": 5822,
        "images": 1000,
        "captions": 977,
        "expert_labels": 17466,
        "crowd_labels": 47830,
        "queries": 500,
        "test_images": 100,
        "targets": (2903, 0, 611, 780, 0, 402, 511, 0, 318, 297),
        "left_out": {"images that are missing": 12, "unknown pairs": 1},
        "problems": PROBLEMS,
        "rule_pairs": 806,
        "rule_images": 251,
    }
    return TrainingSummary(**(values | changed))


def curve(count: int = 24) -> list[TrainProgress]:
    """The steps of two stages that measure."""
    heads = [
        TrainProgress(sentence("Heads"), 10 * n, 150, 1.0, 0.19 + 0.08 * 0.75**n, 0.17 + 0.1 * 0.75**n)
        for n in range(1, 16)
    ]
    score = [
        TrainProgress(sentence("Score"), n, 60, None, 0.168 + 0.06 * 0.8**n, 0.145 + 0.08 * 0.8**n)
        for n in range(1, count + 1)
    ]
    return [*heads, *score]


def _figures(*values: float | None) -> dict[str, Estimate | None]:
    names = ("RMSE", "R²", "τc", "recall@1", "recall@5", "recall@10")
    return {
        name: None if value is None else Estimate(value, value - 0.012, value + 0.013)
        for name, value in zip(names, values, strict=True)
    }


def _bins(lift: float) -> tuple[tuple[float, float, int], ...]:
    return tuple(
        (n / 10 + 0.05, min(1.0, max(0.0, (n / 10 + 0.05) * lift)), 0 if n == 6 else 420 - 40 * n)
        for n in range(10)
    )


def trained(*, worse: bool = False, remarks: tuple[str, ...] | None = None, seen: int = 0) -> TrainedModel:
    """A matcher that was trained, a little better or worse than the old one."""
    said = (
        "worse: its error is 0.171 instead of 0.158"
        if worse
        else "better: its error is 0.158 instead of 0.171"
    )
    verdict = f"The new matcher is {said}, a difference of 0.013 (0.006 to 0.020)."
    new, old = (0.171, 0.158) if worse else (0.158, 0.171)
    if remarks is None:
        remarks = (
            "The 164 of 200 images are measured on that the matcher in use was not trained on either.",
            "The content rule leaves out 12 of the test queries.",
        )
    comparison = Comparison(
        models=(
            ComparedModel(sentence("constant"), _figures(0.269, -0.001, None, None, None, None)),
            ComparedModel("Lasso", _figures(0.214, 0.361, 0.402, 0.12, 0.33, 0.47)),
            ComparedModel(sentence("plain network"), _figures(0.201, 0.441, 0.455, 0.14, 0.37, 0.52)),
            ComparedModel(
                sentence("matcher in use"), _figures(old, 0.581, 0.539, 0.54, 0.85, 0.93), _bins(0.8)
            ),
            ComparedModel(
                sentence("new matcher"), _figures(new, 0.634, 0.561, 0.56, 0.87, 0.94), _bins(0.97)
            ),
        ),
        pairs=1164,
        images=200,
        queries=488,
        pool=100,
        seen_by_old=seen,
        seen_in_pool=0,
        remarks=remarks,
        verdict=verdict,
        worse=worse,
        better=not worse,
    )
    return TrainedModel(object(), comparison, "image_search: 4,658 pairs of 800 images", 47.3)


def side_by_side(query: str, folder: Path) -> SideBySide:
    """Eight hits by each matcher, in another order."""

    def hits(order: tuple[int, ...]) -> tuple[SearchHit, ...]:
        scores = [round(0.93 * 0.8**n, 2) for n in range(len(order))]
        return tuple(
            SearchHit(image_id, folder / NAMES[image_id - 1], value, BANDS.of(value))
            for image_id, value in zip(order, scores, strict=True)
        )

    return SideBySide(query, hits((1, 2, 3, 4, 5, 6, 7)), hits((1, 3, 2, 8, 4, 5, 6)))
