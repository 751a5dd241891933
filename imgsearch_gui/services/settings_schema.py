"""The schema: every setting of the program, in the order in which the dialog shows them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.judging import JudgingOrder
from imgsearch_gui.core.types.query import Order
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.paths import LIBRARY_PLACE
from imgsearch_gui.services.language import LANGUAGES, tr
from imgsearch_gui.services.settings import Choice, Folder, Line, Lines, Number, Setting, State, Switch

LONGEST_QUERY = 1000  # letters; no sentence is longer, and encoders cut a pasted book


class Theme(StrEnum):
    """Light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Language(StrEnum):
    """What the window speaks; but for the first, a key of `LANGUAGES`."""

    SYSTEM = "system"
    ENGLISH = "en"
    RUSSIAN = "ru"


def _look() -> str:
    return tr("Look")


def _searching() -> str:
    return tr("Searching")


def _photos() -> str:
    return tr("Photos")


def _theme(theme: Theme) -> str:
    return {
        Theme.SYSTEM: tr("As the system"),
        Theme.LIGHT: tr("Light"),
        Theme.DARK: tr("Dark"),
    }[theme]


def _language(language: Language) -> str:
    return tr("As the system") if language is Language.SYSTEM else LANGUAGES[language]


def _rule(mode: RuleMode) -> str:
    return {
        RuleMode.BLOCK: tr("Block searches with marked words"),
        RuleMode.WARN: tr("Warn, and show pictures"),
        RuleMode.OFF: tr("Off"),
    }[mode]


LANGUAGE = Choice(
    key="look/language",
    default=Language.SYSTEM,
    section=_look,
    label=lambda: tr("Language"),
    help=lambda: tr("The language of the window. You can search in fifteen languages, whatever it is."),
    name=_language,
    anew=True,
)
THEME = Choice(
    key="look/theme",
    default=Theme.SYSTEM,
    section=_look,
    label=lambda: tr("Theme"),
    help=lambda: tr("Light or dark; takes effect at once."),
    name=_theme,
)
RULE = Choice(
    key="search/rule",
    default=RuleMode.BLOCK,
    section=_searching,
    label=lambda: tr("Content rule"),
    help=lambda: tr("What happens when a search, or a caption of a photo, has a word of the rule."),
    name=_rule,
)
RESULTS = Number(
    key="search/results",
    default=0,
    section=_searching,
    label=lambda: tr("Most results"),
    help=lambda: tr("How many photos a search shows, best first."),
    most=1_000_000,
    least_name=lambda: tr("All"),
)
REMEMBER_QUERIES = Switch(
    key="search/remember",
    default=True,
    section=_searching,
    label=lambda: tr("Remember my searches"),
    help=lambda: tr("The last 30 are offered while you type. Switching this off forgets them."),
)
LIBRARY = Folder(
    key=LIBRARY_PLACE,
    default=None,
    section=_photos,
    label=lambda: tr("Library folder"),
    help=lambda: tr(
        "Where thumbnails, ratings and what searches need are kept. A library that is elsewhere is left "
        "as it is: to take it along, copy its file library.sqlite to the new folder first."
    ),
    anew=True,
)
THREADS = Number(
    key="photos/threads",
    default=0,
    section=_photos,
    label=lambda: tr("Cores for reading photos"),
    help=lambda: tr("Fewer leave more of the computer to other programs. Holds from the next reading on."),
    most=8,
    least_name=lambda: tr("All"),
)

GEOMETRY = State(key="window/geometry", default=b"")
# Of a cell's width in pixels; usually four columns in a window of 800.
THUMBNAIL_SIZE = Number(key="grid/size", default=196, least=96, most=384)
ORDER = Choice(key="grid/order", default=Order.SCORE)
FOLD = Switch(key="grid/fold", default=True)
PREVIEW_DETAILS = Switch(key="preview/details", default=True)
RECENT_FOLDERS = Lines(key="recent/folders", default=(), most=10, longest=4096)
RECENT_QUERIES = Lines(key="recent/queries", default=(), most=30, longest=LONGEST_QUERY)

RATER = Line(key="rating/rater", default="")
RATING_SCALE = Choice(key="rating/scale", default=RatingScale.EXPERT)
RATING_ORDER = Choice(key="rating/order", default=JudgingOrder.RANK)
RATING_BLIND = Switch(key="rating/blind", default=False)
RATING_PASS_OVER = Switch(key="rating/pass_over", default=True)

SHOWN: tuple[Setting[Any], ...] = (
    LANGUAGE,
    THEME,
    RULE,
    RESULTS,
    REMEMBER_QUERIES,
    LIBRARY,
    THREADS,
)
