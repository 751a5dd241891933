"""What the window says of the user's models; plain functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from imgsearch_gui.services.language import decimal, number, told, tr

if TYPE_CHECKING:
    from imgsearch_gui.core.types.training import KeptModel

_FIGURE_DIGITS = 3
_FIGURES = 30  # a file may state thousands


def title() -> str:
    """The list of models."""
    return tr("Models")


def not_listed() -> str:
    """What the status line says of a model that is none of those that are kept."""
    return tr("Model: a file of its own for this session")


def in_use(model: KeptModel) -> str:
    """What the status line says of a model that is not the bundled one."""
    return tr("Model: {name}").format(name=told(model.name))


def headers() -> tuple[str, ...]:
    """The titles of the list's columns."""
    return tr("Name"), tr("Kept on"), tr("Trained on"), tr("Pairs"), tr("RMSE in folds"), ""


def files() -> str:
    """Which files are models, for dialogs that ask for one."""
    return tr("Models (*.safetensors)")


def about(model: KeptModel) -> str:
    """A model's name, what it learned from, and its error, as far as its file tells."""
    count, error = model.counts.get("judged_pairs"), rmse(model)
    judged = "" if count is None else tr("%Ln judged pair(s)", "", count)
    parts = [told(model.name), told(model.data), judged, error and f"RMSE {error}"]
    return ", ".join(part for part in parts if part)


def preparing(done: int, total: int) -> str:
    """How far a folder is made ready for a model."""
    return tr("Searching… {done} of %Ln photo(s) are ready for this model", "", total).format(
        done=number(done)
    )


def delete(model: KeptModel) -> str:
    """The question before a model is deleted."""
    if model.in_use:
        text = tr(
            "Delete “{name}” for good? Searches then use the model before it. "
            "Export it first if you may want it back."
        )
    else:
        text = tr("Delete “{name}” for good? Export it first if you may want it back.")
    return text.format(name=model.name)


def pairs(model: KeptModel) -> str:
    """How many judged pairs a model learned from."""
    count = model.counts.get("judged_pairs")
    return "" if count is None else number(count)


def rmse(model: KeptModel) -> str:
    """A model's error on images that each fold of its training had not seen: every file states this one."""
    value = model.metrics.get("rmse_out_of_fold")
    return "" if value is None else figure(value)


def state(model: KeptModel) -> str:
    """Whether searches use a model, or could."""
    if model.fault:
        return tr("Cannot be used")
    return tr("In use") if model.in_use else ""


def details(model: KeptModel) -> str:
    """All that a model's file states, or why it cannot be used."""
    if model.fault:
        return told(model.fault)
    counts = [f"{_plain(name)} {number(count)}" for name, count in sorted(model.counts.items())]
    figures = [f"{_plain(name)} {figure(value)}" for name, value in sorted(model.metrics.items())]
    stated = (", ".join(counts[:_FIGURES]), ", ".join(figures[:_FIGURES]))
    return "\n".join(line for line in stated if line) or tr("Its file states no figures.")


def figure(value: float) -> str:
    """A figure with three digits after the point, or in short where it is huge or tiny."""
    if 1e-3 <= abs(value) < 1e6 or not value:
        return decimal(value, _FIGURE_DIGITS)
    return QLocale().toString(value, "e", 2)


def file_name(model: KeptModel) -> str:
    """A name for a copy of a model's file."""
    letters = "".join(sign if sign.isalnum() else "-" for sign in model.name)
    return f"{'-'.join(filter(None, letters.split('-'))) or 'model'}.safetensors"


def _plain(name: str) -> str:
    """The name of a figure as a person reads it: those that this program writes are known."""
    known = {
        "images": tr("images", "of a model file"),
        "captions": tr("captions", "of a model file"),
        "described_pairs": tr("described pairs", "of a model file"),
        "crowd_pairs": tr("crowd pairs", "of a model file"),
        "judged_pairs": tr("judged pairs", "of a model file"),
        "judged_images": tr("judged images", "of a model file"),
        "left_out": tr("left out", "of a model file"),
        "rmse_out_of_fold": tr("rmse out of fold", "of a model file"),
        "calibration_error": tr("calibration error", "of a model file"),
    }
    return known.get(name, name.replace("_", " "))
