"""What is said of agreement, exports and imports, in the window and on the command line; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.agreement import LEAST_COMMON
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.ui.messages import count

Table = tuple[tuple[str, ...], Sequence[tuple[str, ...]]]
"""The columns' names, and the cells of each row; the first column is text, the others are figures."""

if TYPE_CHECKING:
    from imgsearch_gui.core.types.agreement import Agreement, CoupleAgreement
    from imgsearch_gui.core.types.exchange import Conflict, ExportSummary, ImportSummary, MergeSummary

_LISTED = 50  # conflicts; nobody reads thousands


@dataclass(frozen=True, slots=True)
class ExchangeWords:
    """What stands in the dialog of an export or import.

    Attributes:
        title: of the dialog.
        explained: what it does, in a sentence or two.
        placeholder: which folder is wanted.
        verb: on the button that begins.
        begins: what is said before the first step.
        cancelled: what is said of one that was stopped.
        offers_link: whether pictures can be linked instead of copied.
    """

    title: str
    explained: str
    placeholder: str
    verb: str
    begins: str
    cancelled: str
    offers_link: bool


EXPORT = ExchangeWords(
    "Export ratings",
    "Writes every rating and the rated pictures as a dataset folder, which the training dialog opens. "
    "The file ratings.csv in it holds names, times and comments.",
    "A new or empty folder",
    "&Export",
    "Reading the ratings…",
    "The export was stopped; nothing was written.",
    offers_link=True,
)
IMPORT = ExchangeWords(
    "Import ratings",
    "Brings the ratings of an exported folder here. Those that are here already are not added again.",
    "A folder that was exported, or a dataset folder",
    "&Import",
    "Reading the folder…",
    "The import was stopped; no rating was added.",
    offers_link=False,
)
MEASURING = "Comparing the ratings…"
TABLES = ("Agreement of every two raters", "Agreement of each rater", "Agreement by query", "Confusion table")
NOBODY_SHARED = "No two raters have rated the same picture for the same query."
COLUMNS = {
    "Rated": "How many pairs of query and picture this rater has rated",
    "In common": "How many of them more than one person has rated",
    "Same": "How often two ratings of a picture are equal",
    "Above others": "How much higher this rater's values are, on average, than the mean of the others'",
    "Apart": "How far two ratings are from one another, on average, in points",
    "Kappa": "1 is full agreement, 0 what chance would give",
}
NOT_DEFINED = "–"
FEW_COMMON = (
    f"A dash stands where there are fewer than {LEAST_COMMON} pairs in common, or no two values differ."
)
KAPPA = (
    "Kappa is 1 when raters always agree and 0 when they agree no more than chance would; to differ by two "
    "points counts four times as much as by one."
)
SCALES = {RatingScale.EXPERT: "1 to 4", RatingScale.CROWD: "Yes or no"}
_CROWD_VALUES = {0: "No", 1: "Yes"}
# The usual words for ranges of kappa: J. R. Landis and G. G. Koch, Biometrics 33, 1977.
_WORDS = (
    (0.8, "almost perfectly"),
    (0.6, "substantially"),
    (0.4, "moderately"),
    (0.2, "fairly"),
    (0.0, "slightly"),
)
_NAMES_SHOWN = 3


def shown(text: str) -> str:
    """A text from elsewhere on one line, without what would steer a terminal or is no character."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def value_name(scale: RatingScale, value: int) -> str:
    """A rating's value as people read it."""
    return _CROWD_VALUES[value] if scale is RatingScale.CROWD else str(value)


def figure(value: float | None, *, signed: bool = False) -> str:
    """A figure with two decimals, or a dash where there is none."""
    if value is None:
        return NOT_DEFINED
    return f"{value:+.2f}" if signed else f"{value:.2f}"


def agreement_headline(found: Agreement) -> str:
    """The overall agreement in a sentence, or why there is no figure."""
    overall = found.overall
    if overall is None:
        return found.note
    word = next((word for least, word in _WORDS if overall.value > least), "no more than by chance")
    return (
        f"Raters agree {word}: kappa {overall.value:.2f}, with 95 % certainty between "
        f"{overall.low:.2f} and {overall.high:.2f}, from {_pairs(found.common)} that two or more have rated."
    )


def couples_table(found: Agreement) -> Table:
    """The agreement of every two raters."""
    rows = [
        (
            f"{shown(couple.first)} and {shown(couple.second)}",
            f"{couple.common:,}",
            _percent(couple.same / couple.common),
            figure(couple.kappa),
        )
        for couple in found.couples
    ]
    return ("Two raters", "In common", "Same", "Kappa"), rows


def raters_table(found: Agreement) -> Table:
    """Every rater beside the mean of the others."""
    rows = [
        (
            shown(rater.rater),
            f"{rater.rated:,}",
            f"{rater.common:,}",
            figure(rater.offset, signed=True),
            figure(rater.distance),
            figure(rater.kappa),
        )
        for rater in found.raters
    ]
    return ("Rater", "Rated", "In common", "Above others", "Apart", "Kappa"), rows


def queries_table(found: Agreement) -> Table:
    """The queries, the one that is agreed on least first."""
    rows = [
        (
            shown(query.query),
            f"{query.common:,}",
            _percent(query.same),
            figure(query.distance),
            figure(query.kappa),
        )
        for query in found.queries
    ]
    return ("Query", "In common", "Same", "Apart", "Kappa"), rows


def confusion_caption(couple: CoupleAgreement) -> str:
    """How to read the table of two raters."""
    first, second = shown(couple.first), shown(couple.second)
    return f"How many pairs got which value: rows are those of {first}, columns those of {second}."


def exported(summary: ExportSummary) -> list[str]:
    """What an export has written: a sentence on the whole, and one on each thing that was odd."""
    labels = f"labels of {_pairs(summary.pairs)} and {_pictures(summary.images)}"
    said = [f"Exported {_ratings(summary.ratings)} to {shown(str(summary.folder))}, with {labels}."]
    if summary.missing_ratings:
        said.append(
            f"{_ratings(summary.missing_ratings)} of {_pictures(summary.missing_images)} that "
            f"{_are(summary.missing_images)} missing {_are(summary.missing_ratings)} in ratings.csv alone."
        )
    if summary.foreign_ratings:
        of = (
            f"{_pictures(summary.foreign_images)} in a format that dataset folders do not know (such as HEIC)"
        )
        n = summary.foreign_ratings
        said.append(f"{_ratings(n)} of {of} {_are(n)} in ratings.csv alone.")
    if summary.blank_ratings:
        said.append(
            f"{_ratings(summary.blank_ratings)} without a query {_are(summary.blank_ratings)} "
            "in ratings.csv alone."
        )
    if summary.copied:
        said.append(f"{_pictures(summary.copied)} could not be linked and {_were(summary.copied)} copied.")
    return said


def imported(summary: ImportSummary) -> list[str]:
    """What an import has brought, likewise."""
    here = summary.read - summary.added
    said = [
        f"Imported {_ratings(summary.added)}."
        + (f" {_ratings(here)} {_were(here)} here already." if here else "")
    ]
    return said + _read_remarks(summary)


def imported_with_conflicts(summary: ImportSummary) -> list[str]:
    """The same, with a list of the conflicts."""
    listed = conflicts(summary.conflicts)
    return imported(summary) + (["", *listed] if listed else [])


def merged(summary: MergeSummary) -> list[str]:
    """What a merge has written, likewise."""
    twice = summary.brought.read - summary.brought.added
    said = exported(summary.written)
    if twice:
        said.append(f"{_ratings(twice)} {_were(twice)} in more than one folder and {_are(twice)} there once.")
    return said + _read_remarks(summary.brought)


def conflicts(found: Sequence[Conflict]) -> list[str]:
    """A heading and a line for each conflict; nothing where there is none."""
    if not found:
        return []
    lines = [f"{count(len(found), 'conflict', 'conflicts')}:", *(shown(str(one)) for one in found[:_LISTED])]
    return [*lines, f"… and {len(found) - _LISTED:,} more."] if len(found) > _LISTED else lines


def _read_remarks(summary: ImportSummary) -> list[str]:
    said = []
    if summary.changed:
        n = len(summary.changed)
        said.append(
            f"{_pictures(n)} {_are(n)} not as rated ({_some(summary.changed)}); "
            "the ratings are kept for the pictures as they were."
        )
    gone = summary.missing - len(summary.changed)
    if gone > 0:
        said.append(f"{_pictures(gone)} that {_were(gone)} rated {_are(gone)} not in the folder.")
    if summary.crowd_labels:
        n = summary.crowd_labels
        said.append(
            f"{count(n, 'label', 'labels')} of a crowd {_were(n)} left out: "
            "its votes are counts, and nobody's in particular."
        )
    if summary.left_out:
        said.append(f"{count(summary.left_out, 'row', 'rows')} of the folder's tables could not be used.")
    return said


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _some(names: Sequence[str]) -> str:
    return ", ".join(map(shown, names[:_NAMES_SHOWN])) + (" …" if len(names) > _NAMES_SHOWN else "")


def _ratings(n: int) -> str:
    return count(n, "rating", "ratings")


def _pictures(n: int) -> str:
    return count(n, "picture", "pictures")


def _pairs(n: int) -> str:
    return count(n, "pair", "pairs")


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


def _were(n: int) -> str:
    return "was" if n == 1 else "were"
