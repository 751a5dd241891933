"""What the training window says of numbers, stages and figures; plain functions."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from imgsearch_gui.sentences import sentence
from imgsearch_gui.services.language import decimal, number, told, tr
from imgsearch_gui.ui.messages import band, duration, of_core, printable, score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imgsearch_gui.core.types.photos import Problem, SearchHit
    from imgsearch_gui.core.types.progress import TrainProgress
    from imgsearch_gui.core.types.training import ComparedModel, Comparison, Estimate, TrainingSummary


# Choosing


def facts(summary: TrainingSummary) -> tuple[tuple[str, str], ...]:
    """What a training would be made of: names and numbers."""
    tests = number(summary.queries)
    if summary.queries:
        tests = tr("{queries}, on %Ln image(s)", "", summary.test_images).format(queries=tests)
    return (
        (tr("Judged pairs"), number(summary.pairs)),
        (tr("Images"), number(summary.images)),
        (tr("Captions"), number(summary.captions)),
        (tr("Expert labels"), number(summary.expert_labels)),
        (tr("Crowd labels"), number(summary.crowd_labels)),
        (tr("Test queries"), tests),
    )


def rule(summary: TrainingSummary) -> str:
    """What the content rule removes."""
    if not summary.rule_pairs and not summary.rule_images:
        return tr("The content rule removes nothing.")
    return tr("The content rule removes {pairs} and {images}.").format(
        pairs=tr("%Ln judged pair(s)", "", summary.rule_pairs),
        images=tr("%Ln image(s)", "", summary.rule_images),
    )


def left_out(summary: TrainingSummary) -> str:
    """How many rows are not used."""
    n = sum(summary.left_out.values())
    return tr("%Ln row(s) left out", "", n) if n else tr("No row is left out.")


def place(problem: Problem) -> str:
    """Where a row stands: the file's name and the line."""
    name = printable(problem.file.name)
    if problem.line is None:
        return name
    return tr("{file}, line {line}").format(file=name, line=number(problem.line))


def problem(found: Problem) -> str:
    """A row that is left out: file, line and reason."""
    return of_core(found.sentence)


def more_rows(n: int) -> str:
    """What ends a list that does not hold all rows."""
    return tr("… and %Ln more", "rows", n)


def histogram(counts: Sequence[int]) -> str:
    """The histogram of targets in words."""
    if not any(counts):
        return tr("No targets")
    width, locale = 1 / len(counts), QLocale()
    bar = tr("{low} to {high}: {count}")
    parts = (
        bar.format(
            low=locale.toString(n * width, "f", 1),
            high=locale.toString((n + 1) * width, "f", 1),
            count=locale.toString(count),
        )
        for n, count in enumerate(counts)
    )
    return tr("Pairs by target. {bars}.").format(bars="; ".join(parts))


# Running


class StageMark(StrEnum):
    """How far a stage is."""

    OVER = "✓"
    CURRENT = "▸"
    AHEAD = "·"


# What a training usually goes through, as the core calls it; one that has nothing to do is passed over.
STAGES = (
    sentence("Reading"),
    sentence("Image vectors"),
    sentence("Content rule"),
    sentence("Caption vectors"),
    sentence("Heads"),
    sentence("Score"),
    sentence("Baselines"),
    sentence("Comparison"),
    sentence("Recall"),
    sentence("Intervals"),
)


def no_curves() -> str:
    """Nothing is measured yet."""
    return tr("The curves appear as soon as something is measured.")


def stage(name: str) -> str:
    """A stage's name as people read it."""
    read = told(name)
    return read[:1].upper() + read[1:]


def stage_line(name: str, mark: StageMark) -> str:
    """A stage in the list of stages."""
    return f"{mark.value}  {stage(name)}"


def spoken_stage(name: str, mark: StageMark) -> str:
    """A stage in the list of stages, for screen readers."""
    if mark is StageMark.OVER:
        return tr("{stage}: over").format(stage=stage(name))
    if mark is StageMark.CURRENT:
        return tr("{stage}: current").format(stage=stage(name))
    return tr("{stage}: ahead").format(stage=stage(name))


def took(seconds: float) -> str:
    """How long something took: ``42 s``, ``1 min 5 s``."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return tr("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    return tr("{seconds} s").format(seconds=rest)


def progress(step: TrainProgress, seconds_left: float | None) -> str:
    """How far a stage has come, and how long it will still take, where that is known."""
    parts = [stage(step.stage)]
    if step.total > 0:
        parts.append(tr("{done} of {total}").format(done=number(step.done), total=number(step.total)))
    if seconds_left is not None:
        parts.append(tr("about {time} left in this stage").format(time=duration(seconds_left)))
    return " · ".join(parts)


def curves(measured: int, train: float | None, validation: float | None) -> str:
    """The curves in words."""
    values = []
    if validation is not None:
        values.append(tr("validation RMSE {value}").format(value=_number(validation)))
    if train is not None:
        values.append(tr("training RMSE {value}").format(value=_number(train)))
    return tr("{errors} after %Ln measurement(s)", "", measured).format(errors=", ".join(values))


def background(step: TrainProgress | None) -> str:
    """What the main window's status line says while a matcher is trained."""
    if step is None:
        return tr("Training…")
    name = told(step.stage).lower()
    if step.total > 0:
        return tr("Training: {stage} {percent} %").format(stage=name, percent=100 * step.done // step.total)
    return tr("Training: {stage}").format(stage=name)


# The result


def no_reliability() -> str:
    """There is nothing to draw the plot from."""
    return tr("There are no judged pairs to draw this from.")


def figure(value: Estimate | None) -> str:
    """A figure; a dash where it is not defined."""
    return "–" if value is None else _number(value.value)


def interval(value: Estimate | None) -> str:
    """The 95 % interval of a figure."""
    return (
        ""
        if value is None
        else tr("{low} to {high}").format(low=_number(value.low), high=_number(value.high))
    )


def figure_text(value: Estimate | None) -> str:
    """A figure with its interval in one line."""
    return figure(value) + (f" ({interval(value)})" if value is not None else "")


def _number(value: float) -> str:
    rounded = round(value, 3) + 0.0  # no minus before a nought
    return decimal(rounded, 3).replace("-", "−")


def measured_on(comparison: Comparison) -> str:
    """What the figures of a comparison are measured on."""
    pairs, images = tr("%Ln judged pair(s)", "", comparison.pairs), tr("%Ln image(s)", "", comparison.images)
    queries, pool = tr("%Ln test query(s)", "", comparison.queries), tr("%Ln image(s)", "", comparison.pool)
    if comparison.pairs and comparison.queries:
        text = tr("Measured on {pairs} of {images} and {queries} on {pool}.")
    elif comparison.pairs:
        text = tr("Measured on {pairs} of {images}.")
    elif comparison.queries:
        text = tr("Measured on {queries} on {pool}.")
    else:
        text = tr("There was nothing to measure on.")
    return text.format(pairs=pairs, images=images, queries=queries, pool=pool)


def trained_on(data: str, seconds: float) -> str:
    """Where and how long a matcher was trained."""
    text = tr("Trained on {data} in {time}.") if data else tr("Trained in {time}.")
    return text.format(data=told(data), time=took(seconds))


def reliability(models: Sequence[ComparedModel]) -> str:
    """The reliability plot in words."""
    lines = []
    for model in models:
        bins = [
            tr("score {score}, target {target}").format(score=score(mean), target=score(target))
            for mean, target, count in model.reliability
            if count
        ]
        lines.append(f"{told(model.name)}: {'; '.join(bins)}.")
    return " ".join(lines) or no_reliability()


def hit(place: int, found: SearchHit, note: str) -> str:
    """A hit in a side-by-side: its place and name, how well it matches, and what else is to say."""
    said = [] if found.band is None else [band(found.band)]
    parts = [*said, score(found.score), *([note] if note else [])]
    return f"{place}.  {printable(found.path.name)}\n{' · '.join(parts)}"


def moved(place: int, before: int | None) -> str:
    """How a hit's place by the new matcher differs from the old one's."""
    if before is None:
        return tr("new here")
    if before == place:
        return tr("same place")
    if before > place:
        return tr("up from {place}").format(place=before)
    return tr("down from {place}").format(place=before)


def model_name(data: str, day: str) -> str:
    """The name that is proposed for a matcher: where it was trained, without the numbers, and the day."""
    name = told(data).split(":")[0].strip()
    return f"{name}, {day}" if name else day
