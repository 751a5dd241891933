"""How a person rates, remembered from one time to the next."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSettings

from imgsearch_gui.core.types.judging import JudgingOrder, RatingChoices
from imgsearch_gui.core.types.ratings import RatingScale

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_NAME = 80
_NOBODY = "rater"

_Choice = TypeVar("_Choice", bound=StrEnum)


def read_choices(file: Path) -> RatingChoices:
    """Reads what was chosen last; what is missing or makes no sense is as it is at first."""
    settings = QSettings(str(file), QSettings.Format.IniFormat)

    def text(name: str) -> str:
        return str(settings.value(f"rating/{name}", ""))

    return RatingChoices(
        rater=text("rater").strip()[:LONGEST_NAME] or _login(),
        scale=_choice(text("scale"), RatingScale.EXPERT),
        order=_choice(text("order"), JudgingOrder.RANK),
        blind=text("blind") == "yes",
        pass_over=text("pass_over") != "no",
    )


def write_choices(file: Path, choices: RatingChoices) -> None:
    """Keeps what is chosen; a file that cannot be written costs no more than the memory of it."""
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    for name, value in (
        ("rater", choices.rater),
        ("scale", str(choices.scale)),
        ("order", str(choices.order)),
        ("blind", "yes" if choices.blind else "no"),
        ("pass_over", "yes" if choices.pass_over else "no"),
    ):
        settings.setValue(f"rating/{name}", value)
    settings.sync()


def _choice(text: str, default: _Choice) -> _Choice:
    try:
        return type(default)(text)
    except ValueError:
        return default


def _login() -> str:
    """Returns the name that the person is logged in by, where the system tells it."""
    try:
        return getpass.getuser()[:LONGEST_NAME] or _NOBODY
    except (OSError, KeyError, ImportError):  # which of them depends on system and version
        return _NOBODY
