"""The table of an evaluation: how well the baselines and ImgSearch do, each figure with its 95 % interval."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from imgsearch_gui.core import measures
from imgsearch_gui.core.evaluation.baselines import CONSTANT, LASSO, NETWORK
from imgsearch_gui.core.steps import told_as
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.core.types.training import Estimate
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.training_data import IntArray, PairSet

    _Figures = dict[str, Estimate | None]
    _Steps = Generator[None, None, _Figures]

OURS = "ours"
OLD, NEW = "old", "new"  # of a training from the window
# What a model that is fitted in the call allows to be measured beside.
BOTH_UNSEEN, HELD_OUT, LABELLED = "both_unseen", "held_out", "labelled"
ENGLISH, TRANSLATED = "english", "translated"
RECALL_AT = (1, 5, 10)
# In the order of rows and columns, with what people read.
MODELS = {
    CONSTANT: sentence("constant"),
    LASSO: "Lasso",
    NETWORK: sentence("plain network"),
    OURS: "ImgSearch",
    BOTH_UNSEEN: "both unseen",
    HELD_OUT: "held-out",
    LABELLED: "labelled",
    ENGLISH: "in English",
    TRANSLATED: "translated",
    OLD: sentence("matcher in use"),
    NEW: sentence("new matcher"),
}
METRICS = {
    "rmse": "RMSE",
    "r2": "R²",
    "tau_c": "τc",
    "tau_b": "τb",
    **{f"recall_at_{k}": f"recall@{k}" for k in RECALL_AT},
    "calibration_error": sentence("calibration"),
}
_MODEL_WIDTH, _METRIC_WIDTH = 13, 14


@dataclass(frozen=True, slots=True)
class Row:
    """One model's figures.

    Attributes:
        model: a key of MODELS; those after ours are ours under another protocol.
        figures: each of METRICS; ``None`` where it is not defined.
    """

    model: str
    figures: Mapping[str, Estimate | None]

    def as_json(self) -> dict[str, Any]:
        """Returns the row as ``--json`` prints it."""
        figures = {name: None if figure is None else asdict(figure) for name, figure in self.figures.items()}
        return {"model": self.model, **figures}


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Where models rank the right images of test queries.

    Attributes:
        ranks: by model, counted from 1, int64 [queries].
        right: the row of each query's right image in the pool, int64 [queries].
        pool: how many images are ranked.
    """

    ranks: Mapping[str, IntArray]
    right: IntArray
    pool: int


def compare(
    scores: Mapping[str, FloatArray], judged: PairSet | None, pools: Sequence[Ranked]
) -> Generator[TrainProgress, None, tuple[Row, ...]]:
    """Measures every model that has scores of the judged pairs or ranks of the test queries.

    Args:
        scores: of the judged pairs by model, float32 [n]; none without ``judged``.
        judged: the judged pairs.
        pools: ranks by model, each model's in one pool.

    Yields:
        Progress.
    """
    ranked = {model: (ranks, pool.right) for pool in pools for model, ranks in pool.ranks.items()}
    models = [model for model in MODELS if model in scores or model in ranked]
    rows = []
    for number, model in enumerate(models):
        progress = TrainProgress(sentence("Intervals"), number, len(models))
        yield progress

        def tell(_: object, progress: TrainProgress = progress) -> TrainProgress:
            return progress

        figures: dict[str, Estimate | None] = dict.fromkeys(METRICS)
        if judged is not None and model in scores:
            # The folds' constants differ a little, by the very pairs that they leave out: that is no order.
            steps = _pair_figures(scores[model], judged, ordered=model != CONSTANT)
            figures |= yield from told_as(steps, tell)
        if model in ranked:
            figures |= yield from told_as(_recalls(*ranked[model]), tell)
        rows.append(Row(model, figures))
    return tuple(rows)


def _pair_figures(scores: FloatArray, judged: PairSet, *, ordered: bool) -> _Steps:
    rated = ~judged.own if ordered and judged.expert.shape[1] else np.zeros(len(judged), np.bool_)

    def figures(rows: npt.NDArray[np.intp]) -> dict[str, float]:
        return {name: measure(scores[rows], judged.targets[rows]) for name, measure in pointwise.items()}

    def figures_and_kendall(rows: npt.NDArray[np.intp]) -> dict[str, float]:
        with_rating = rows[rated[rows]]
        tau_c, tau_b = measures.kendall_by_table(scores[with_rating], judged.expert[with_rating])
        return figures(rows) | {"tau_c": tau_c, "tau_b": tau_b}

    pointwise = {
        "rmse": measures.rmse,
        "r2": measures.r2,
        "calibration_error": measures.calibration_error,
    }
    values = figures(np.arange(len(judged)))
    if not rated.any():
        return _estimates(values, (yield from measures.interval_steps(figures, judged.images)))
    for variant in "cb":
        values[f"tau_{variant}"] = measures.kendall(scores[rated], judged.expert[rated], variant)
    return _estimates(values, (yield from measures.interval_steps(figures_and_kendall, judged.images)))


def _recalls(ranked: IntArray, right: IntArray) -> _Steps:
    def figures(rows: npt.NDArray[np.intp]) -> dict[str, float]:
        return {f"recall_at_{k}": measures.recall_at(ranked[rows], k) for k in RECALL_AT}

    values = figures(np.arange(len(ranked)))
    return _estimates(values, (yield from measures.interval_steps(figures, right)))


def _estimates(
    values: Mapping[str, float], ends: Mapping[str, tuple[float, float]]
) -> dict[str, Estimate | None]:
    """Joins figures and intervals; a figure without a value or an interval is not defined."""
    return {
        name: Estimate(value, *ends[name]) if np.isfinite([value, *ends[name]]).all() else None
        for name, value in values.items()
    }


def cells(figure: Estimate | None) -> tuple[str, str]:
    """Returns a figure and its interval as people read them."""
    if figure is None:
        return "–", ""
    return _number(figure.value), f"{_number(figure.low)}–{_number(figure.high)}"


def table_lines(rows: Sequence[Row]) -> list[str]:
    """Returns the table as text: under each row of figures one of 95 % intervals; 125 characters wide."""
    lines = [_line("", METRICS.values())]
    for row in rows:
        figures, ends = zip(*(cells(row.figures[name]) for name in METRICS), strict=True)
        lines += [_line(MODELS[row.model], figures), _line("", ends)]
    return lines


def _line(model: str, texts: Iterable[str]) -> str:
    return f"{model:{_MODEL_WIDTH}}{''.join(f'{text:>{_METRIC_WIDTH}}' for text in texts)}".rstrip()


def _number(value: float) -> str:
    return f"{value:.3f}".replace("-", "−").replace("−0.000", "0.000")
