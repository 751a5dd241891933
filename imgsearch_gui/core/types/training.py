"""What is chosen for a training, what is known of it before, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.content_rule import RuleMode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from imgsearch_gui.core.types.photos import Problem, SearchHit

BUNDLED = "bundled"  # the id of the matcher that comes with the program


class Target(StrEnum):
    """What a matcher is trained and measured on.

    Attributes:
        EXPERT_MEAN: the mean of the experts' scores, from 1..4 to 0..1.
        EXPERT_MAJORITY: the score that most experts gave, likewise; where all scores differ there
            is none, and the pair is left out.
        CROWD: the share of the crowd that says yes.
        BLEND: the expert mean and the crowd share, weighted; the expert mean alone where there is
            no crowd label. A pair with a crowd label only is left out: nearly all of those
            shares are 0, so that they would outnumber the experts eight to one and set the scale.
    """

    EXPERT_MEAN = "expert-mean"
    EXPERT_MAJORITY = "expert-majority"
    CROWD = "crowd"
    BLEND = "blend"


@dataclass(frozen=True, slots=True)
class TrainingChoices:
    """How to train.

    Attributes:
        folder: the dataset folder; nothing for the library's own ratings.
        captions: a folder with more captions, for the heads; nothing without.
        target: what the judged pairs' targets are.
        expert_weight: of the blend, 0 or more.
        crowd_weight: likewise.
        held_out: share of the judged images that is kept from training, to validate and compare on.
        seed: of the split, and of everything random in training.
        from_nothing: whether to train without the matcher in use as a start.
        most_steps: the most passes and steps of each stage; nothing for "until it stops improving".
        rule: what the content rule leaves out: ``BLOCK`` what it hits, else nothing.
    """

    folder: Path | None
    captions: Path | None = None
    target: Target = Target.EXPERT_MEAN
    expert_weight: float = 0.6
    crowd_weight: float = 0.4
    held_out: float = 0.2
    seed: int = 0
    from_nothing: bool = False
    most_steps: int | None = None
    rule: RuleMode = RuleMode.BLOCK


@dataclass(frozen=True, slots=True)
class TrainingSummary:
    """What a training would be made of, before anything is trained.

    Attributes:
        pairs: judged pairs that would be used.
        images: their images.
        captions: their captions.
        expert_labels: labels on the experts' scale.
        crowd_labels: labels of the crowd.
        queries: test queries.
        test_images: images that those are tried on.
        targets: how many pairs have their target in each tenth of 0..1.
        left_out: rows that are not used, by reason.
        problems: the same rows one by one, with file and line, the first thousand.
        rule_pairs: judged pairs that the content rule removes.
        rule_images: images that it removes.
        obstacle: one sentence when this cannot be trained on, else empty.
        described: images with a caption of their own and no judgement: what the heads can learn from.
    """

    pairs: int
    images: int
    captions: int
    expert_labels: int
    crowd_labels: int
    queries: int
    test_images: int
    targets: tuple[int, ...]
    left_out: Mapping[str, int]
    problems: tuple[Problem, ...]
    rule_pairs: int
    rule_images: int
    obstacle: str = ""
    described: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval.

    Attributes:
        value: the figure.
        low: the interval's lower end.
        high: its upper end.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ComparedModel:
    """One row of a comparison.

    Attributes:
        name: as people read it.
        figures: by the metric's name as people read it; nothing where it is not defined.
        reliability: mean score, mean target and count of ten bins of pairs, from low to high; empty for a
            model that is no matcher.
    """

    name: str
    figures: Mapping[str, Estimate | None]
    reliability: tuple[tuple[float, float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A new matcher beside the old one and plain models, on the same images.

    Attributes:
        models: constant, Lasso, plain network, old, new, as far as there are any.
        pairs: judged pairs that the errors are measured on.
        images: their images.
        queries: test queries that recall is measured on.
        pool: images that they are tried on.
        seen_by_old: how many of ``images`` the old matcher was trained on; above 0, its figures flatter it.
        seen_in_pool: likewise of ``pool``.
        remarks: what has to be said of the figures, in sentences.
        verdict: one sentence: whether the new one is better, worse, or cannot be told from the old.
        worse: whether the new one is surely worse.
        better: whether it is surely better.
    """

    models: tuple[ComparedModel, ...]
    pairs: int
    images: int
    queries: int
    pool: int
    seen_by_old: int
    seen_in_pool: int
    remarks: tuple[str, ...]
    verdict: str
    worse: bool
    better: bool = False


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A matcher that was trained and is not kept yet.

    Attributes:
        model: the matcher and what is to be said of it, for whoever keeps or tries it.
        comparison: with the matcher in use.
        data: where it was trained, in a few words.
        seconds: how long that took.
    """

    model: object
    comparison: Comparison
    data: str
    seconds: float


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The best photos for one query, by the old matcher and by the new one.

    Attributes:
        query: the query.
        old: hits of the matcher in use, best first.
        new: hits of the new one, best first.
        note: one sentence when there is nothing to show, else empty.
    """

    query: str
    old: tuple[SearchHit, ...]
    new: tuple[SearchHit, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeptModel:
    """A matcher that can be used for searching.

    Attributes:
        id: of the program's own making; ``BUNDLED`` for the one that comes with the program.
        name: the user's.
        created: when it was kept, in UTC; nothing for the bundled one.
        data: where it was trained, in a few words.
        counts: data counts by name, as its file says them.
        metrics: figures by name, as its file says them.
        in_use: whether searches use it now.
        fault: one sentence when its file cannot be used, else empty.
    """

    id: str
    name: str
    created: datetime | None
    data: str
    counts: Mapping[str, int] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=dict)
    in_use: bool = False
    fault: str = ""
