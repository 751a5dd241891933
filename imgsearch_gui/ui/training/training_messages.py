"""Every sentence of the training window, in one place; plain functions, no Qt."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.training import Target
from imgsearch_gui.ui.messages import band, count, printable, score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imgsearch_gui.core.types.photos import Problem, SearchHit
    from imgsearch_gui.core.types.progress import TrainProgress
    from imgsearch_gui.core.types.training import ComparedModel, Comparison, Estimate, TrainingSummary

TITLE = "Train a matcher"
INTRO = (
    "A new matcher learns from people's judgements. Nothing changes until you keep it; "
    "meanwhile, searching goes on."
)

# Choosing

TARGETS = {
    Target.EXPERT_MEAN: ("Experts' mean", "The mean of the experts' scores of a pair. The usual choice."),
    Target.EXPERT_MAJORITY: (
        "Experts' majority",
        "The score that most experts gave; pairs whose experts all differ are left out.",
    ),
    Target.CROWD: ("Crowd", "The share of the crowd that says that the caption fits."),
    Target.BLEND: (
        "Experts and crowd",
        "Both, by the weights below; the experts' mean alone where the crowd said nothing.",
    ),
}
WEIGHTS_HELP = "How much each side counts where both judged a pair."
HELD_OUT_HELP = "Judged images that are not trained on, so that old and new can be compared on them."
START_IN_USE, START_NOTHING = "The matcher in use", "Nothing"
START_HELP = {
    False: "Keeps its heads, and its score too where the judgements are too few to do better.",
    True: "Learns everything anew: needs many images with captions, and takes longer.",
}
LENGTH_BEST, LENGTH_STEPS = "Until it stops improving", "A number of steps"
LENGTH_HELP = (
    "Each stage ends when images that are kept aside gain nothing more, or after the steps you give."
)
SEED_HELP = "The same seed splits and trains in the same way again."
RULE_TEXT = "Leave out what the content rule hits"
RULE_HELP = "Captions with a word of the rule, and images with such a caption, are not trained on."
FOLDER_HINT = "A folder with train_dataset.csv, or drop one here"
CAPTIONS_HINT = "Optional: a folder with more captions"
CAPTIONS_HELP = "More images with captions help the matcher to bring words and pictures together."
RATINGS_HELP = "What you and others rated in this program."

NO_DATA = "Choose a dataset folder, or your own ratings, to see what there is to learn from."
LOOKING = "Looking at the data…"
CANCELLED = "Training was stopped. Nothing was changed."
DISCARDED = "The new matcher was discarded. Nothing was changed."
NO_TARGETS = "No targets"


def facts(summary: TrainingSummary) -> tuple[tuple[str, str], ...]:
    """What a training would be made of: names and numbers."""
    tests = f"{summary.queries:,}" + (
        f", on {count(summary.test_images, 'image', 'images')}" if summary.queries else ""
    )
    return (
        ("Judged pairs", f"{summary.pairs:,}"),
        ("Images", f"{summary.images:,}"),
        ("Captions", f"{summary.captions:,}"),
        ("Expert labels", f"{summary.expert_labels:,}"),
        ("Crowd labels", f"{summary.crowd_labels:,}"),
        ("Test queries", tests),
    )


def rule(summary: TrainingSummary) -> str:
    """What the content rule removes."""
    if not summary.rule_pairs and not summary.rule_images:
        return "The content rule removes nothing."
    pairs = count(summary.rule_pairs, "judged pair", "judged pairs")
    return f"The content rule removes {pairs} and {count(summary.rule_images, 'image', 'images')}."


def left_out(summary: TrainingSummary) -> str:
    """How many rows are not used."""
    n = sum(summary.left_out.values())
    return f"{count(n, 'row is', 'rows are')} left out" if n else "No row is left out."


def place(problem: Problem) -> str:
    """Where a row stands: the file's name and the line."""
    name = printable(problem.file.name)
    return name if problem.line is None else f"{name}, line {problem.line:,}"


def more_rows(n: int) -> str:
    """What ends a list that does not hold all rows."""
    return f"… and {n:,} more"


def histogram(counts: Sequence[int]) -> str:
    """The histogram of targets in words."""
    if not any(counts):
        return NO_TARGETS
    width = 1 / len(counts)
    parts = (f"{n * width:.1f} to {(n + 1) * width:.1f}: {count:,}" for n, count in enumerate(counts))
    return f"Pairs by target. {'; '.join(parts)}."


# Running


class StageMark(StrEnum):
    """How far a stage is."""

    OVER = "✓"
    CURRENT = "▸"
    AHEAD = "·"


# What a training usually goes through; one that has nothing to do is passed over.
STAGES = (
    "Reading",
    "Image vectors",
    "Content rule",
    "Caption vectors",
    "Heads",
    "Score",
    "Baselines",
    "Comparison",
    "Recall",
    "Intervals",
)
NO_CURVES = "The curves appear as soon as something is measured."
CURVE_VALIDATION, CURVE_TRAINING = "validation", "training"
CURVES_HELP = "Validation images are not trained on: training ends when their error falls no more."
STOPPING = "Stopping…"
BEGINNING = "Getting ready…"


def stage(name: str) -> str:
    """A stage's name as people read it."""
    return name[:1].upper() + name[1:]


def stage_line(name: str, mark: StageMark) -> str:
    """A stage in the list of stages."""
    return f"{mark.value}  {stage(name)}"


def duration(seconds: float) -> str:
    """``5 s``, ``40 s``, ``2 min``, ``1 h 10 min``: no finer than an estimate is."""
    if seconds < 60:
        return f"{max(5, 5 * round(seconds / 5))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def took(seconds: float) -> str:
    """How long something took: ``42 s``, ``1 min 5 s``."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def progress(step: TrainProgress, seconds_left: float | None) -> str:
    """How far a stage has come, and how long it will still take, where that is known."""
    parts = [stage(step.stage)]
    if step.total > 0:
        parts.append(f"{step.done:,} of {step.total:,}")
    if seconds_left is not None:
        parts.append(f"about {duration(seconds_left)} left in this stage")
    return " · ".join(parts)


def curves(measured: int, train: float | None, validation: float | None) -> str:
    """The curves in words."""
    values = [
        f"{name} RMSE {value:.3f}"
        for name, value in (("validation", validation), ("training", train))
        if value is not None
    ]
    return f"{', '.join(values)} after {count(measured, 'measurement', 'measurements')}"


def background(step: TrainProgress | None) -> str:
    """What the main window's status line says while a matcher is trained."""
    if step is None:
        return "Training…"
    share = f" {100 * step.done // step.total} %" if step.total > 0 else ""
    return f"Training: {step.stage.lower()}{share}"


FAILED = "Training did not work"
RESULT_WAITS = "A new matcher is ready"
BACK_TO_TRAINING = "Show the training window"
CLOSE_RUNNING = "Training is still going on."
CLOSE_RUNNING_HELP = (
    "It can go on in the background while you search, or be stopped; then nothing is changed."
)
CLOSE_RESULT = "Keep the new matcher?"
CLOSE_RESULT_HELP = "It is not saved yet."
QUIT_RUNNING = "Training is still going on. Quit all the same?"
QUIT_RESULT = "The new matcher is not kept yet. Quit all the same?"
QUIT_HELP = "What was trained is lost; your photos, ratings and the matcher in use stay as they are."

# The result

RELIABILITY_AXES = ("score", "mean target of the pairs")
RELIABILITY_HELP = (
    "Pairs of like scores, and what people say of them. The closer a line is to the dotted diagonal, "
    "the more a score means what it says; larger marks stand for more pairs."
)
NO_RELIABILITY = "There are no judged pairs to draw this from."
FIGURES_HELP = "Below each figure stands its 95 % interval."
METRICS = {
    "RMSE": "How far scores are from people's judgements; smaller is better",
    "R²": "The share of the judgements' spread that scores explain; greater is better",
    "τc": "Kendall's τc: how well scores order pairs as the experts do; greater is better",
    "τb": "Kendall's τb: how well scores order pairs as the experts do; greater is better",
    "recall@1": "The share of test queries whose right image comes first; greater is better",
    "recall@5": "The share of test queries whose right image is among the first 5; greater is better",
    "recall@10": "The share of test queries whose right image is among the first 10; greater is better",
    "calibration": "How far scores are from what they mean, over all bins; smaller is better",
}
OPEN_FOLDER_FIRST = "Open a folder in the main window to try queries on its photos."
OLD, NEW = "Matcher in use", "New matcher"
TRY_HINT = "Type a query to see the best photos by both matchers."
COMPARING = "Searching with both matchers…"
NO_HITS = "No photo"
KEEPING = "Saving…"
NAME_MISSING = "Give the matcher a name, so that you find it again."


def figure(value: Estimate | None) -> str:
    """A figure; a dash where it is not defined."""
    return "–" if value is None else _number(value.value)


def interval(value: Estimate | None) -> str:
    """The 95 % interval of a figure."""
    return "" if value is None else f"{_number(value.low)} to {_number(value.high)}"


def figure_text(value: Estimate | None) -> str:
    """A figure with its interval in one line."""
    return figure(value) + (f" ({interval(value)})" if value is not None else "")


def _number(value: float) -> str:
    return f"{value:.3f}".replace("-", "−").replace("−0.000", "0.000")


def measured_on(comparison: Comparison) -> str:
    """What the figures of a comparison are measured on."""
    parts = []
    if comparison.pairs:
        pairs = count(comparison.pairs, "judged pair", "judged pairs")
        parts.append(f"{pairs} of {count(comparison.images, 'image', 'images')}")
    if comparison.queries:
        queries = count(comparison.queries, "test query", "test queries")
        parts.append(f"{queries} on {count(comparison.pool, 'image', 'images')}")
    return f"Measured on {' and '.join(parts)}." if parts else "There was nothing to measure on."


def trained_on(data: str, seconds: float) -> str:
    """Where and how long a matcher was trained."""
    return f"Trained on {data} in {took(seconds)}." if data else f"Trained in {took(seconds)}."


def reliability(models: Sequence[ComparedModel]) -> str:
    """The reliability plot in words."""
    lines = []
    for model in models:
        bins = [
            f"score {mean:.2f}, target {target:.2f}" for mean, target, count in model.reliability if count
        ]
        lines.append(f"{model.name}: {'; '.join(bins)}.")
    return " ".join(lines) or NO_RELIABILITY


def hit(place: int, found: SearchHit, note: str) -> str:
    """A hit in a side-by-side: its place and name, how well it matches, and what else is to say."""
    said = [] if found.band is None else [band(found.band)]
    parts = [*said, score(found.score), *([note] if note else [])]
    return f"{place}.  {printable(found.path.name)}\n{' · '.join(parts)}"


def moved(place: int, before: int | None) -> str:
    """How a hit's place by the new matcher differs from the old one's."""
    if before is None:
        return "new here"
    if before == place:
        return "same place"
    return f"up from {before}" if before > place else f"down from {before}"


def model_name(data: str, day: str) -> str:
    """The name that is proposed for a matcher: where it was trained, without the numbers, and the day."""
    name = data.split(":")[0].strip()
    return f"{name}, {day}" if name else day
