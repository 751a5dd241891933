"""How a person rates, remembered from one time to the next."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.judging import RatingChoices
from imgsearch_gui.services import settings_schema as schema

if TYPE_CHECKING:
    from imgsearch_gui.services.settings import Settings

LONGEST_NAME = schema.RATER.longest
_NOBODY = "rater"


def read_choices(settings: Settings) -> RatingChoices:
    """Returns what was chosen last."""
    return RatingChoices(
        rater=settings.get(schema.RATER) or _login(),
        scale=settings.get(schema.RATING_SCALE),
        order=settings.get(schema.RATING_ORDER),
        blind=settings.get(schema.RATING_BLIND),
        pass_over=settings.get(schema.RATING_PASS_OVER),
    )


def write_choices(settings: Settings, choices: RatingChoices) -> None:
    """Keeps what is chosen."""
    settings.set(schema.RATER, choices.rater)
    settings.set(schema.RATING_SCALE, choices.scale)
    settings.set(schema.RATING_ORDER, choices.order)
    settings.set(schema.RATING_BLIND, choices.blind)
    settings.set(schema.RATING_PASS_OVER, choices.pass_over)


def _login() -> str:
    """Returns the name that the person is logged in by, where the system tells it."""
    try:
        return getpass.getuser()[:LONGEST_NAME] or _NOBODY
    except (OSError, KeyError, ImportError):  # which of them depends on system and version
        return _NOBODY
