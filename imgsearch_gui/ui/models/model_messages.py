"""What the window says of the user's models; plain functions, no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imgsearch_gui.core.types.training import KeptModel

MODELS = "&Models…"
ROLL_BACK = "Roll &back to the model before"
TITLE = "Models"
HEADLINE = "Searches use one of these models. A model says how well a photo matches a sentence."
NOT_LISTED = "Model: a file of its own for this session"
NOTHING_CHOSEN = "Choose a model to see what is known of it."
HEADERS = ("Name", "Kept on", "Trained on", "Pairs", "RMSE in folds", "")
IN_USE, UNUSABLE = "In use", "Cannot be used"
DELETE = "Delete"
FILES = "Models (*.safetensors)"
_FIGURE_DIGITS = 3
_FIGURES = 30  # a file may state thousands


def in_use(model: KeptModel) -> str:
    """What the status line says of a model that is not the bundled one."""
    return f"Model: {model.name}"


def about(model: KeptModel) -> str:
    """A model's name, what it learned from, and its error, as far as its file tells."""
    count, error = pairs(model), rmse(model)
    parts = [model.name, model.data, count and f"{count} judged pairs", error and f"RMSE {error}"]
    return ", ".join(part for part in parts if part)


def preparing(done: int, total: int) -> str:
    """How far a folder is made ready for a model."""
    return f"Searching… {done:,} of {total:,} photos are ready for this model"


def delete(model: KeptModel) -> str:
    """The question before a model is deleted."""
    instead = " Searches then use the model before it." if model.in_use else ""
    return f"Delete “{model.name}” for good?{instead} Export it first if you may want it back."


def pairs(model: KeptModel) -> str:
    """How many judged pairs a model learned from."""
    count = model.counts.get("judged_pairs")
    return "" if count is None else f"{count:,}"


def rmse(model: KeptModel) -> str:
    """A model's error on images that each fold of its training had not seen: every file states this one."""
    value = model.metrics.get("rmse_out_of_fold")
    return "" if value is None else figure(value)


def state(model: KeptModel) -> str:
    """Whether searches use a model, or could."""
    if model.fault:
        return UNUSABLE
    return IN_USE if model.in_use else ""


def details(model: KeptModel) -> str:
    """All that a model's file states, or why it cannot be used."""
    if model.fault:
        return model.fault
    counts = [f"{_plain(name)} {count:,}" for name, count in sorted(model.counts.items())]
    figures = [f"{_plain(name)} {figure(value)}" for name, value in sorted(model.metrics.items())]
    stated = (", ".join(counts[:_FIGURES]), ", ".join(figures[:_FIGURES]))
    return "\n".join(line for line in stated if line) or "Its file states no figures."


def figure(value: float) -> str:
    """A figure with three digits after the point, or in short where it is huge or tiny."""
    return f"{value:.{_FIGURE_DIGITS}f}" if 1e-3 <= abs(value) < 1e6 or not value else f"{value:.2e}"


def file_name(model: KeptModel) -> str:
    """A name for a copy of a model's file."""
    letters = "".join(sign if sign.isalnum() else "-" for sign in model.name)
    return f"{'-'.join(filter(None, letters.split('-'))) or 'model'}.safetensors"


def _plain(name: str) -> str:
    return name.replace("_", " ")
