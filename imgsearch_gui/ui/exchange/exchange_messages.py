"""What is said of agreement, exports and imports, in the window and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.agreement import LEAST_COMMON
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.services.language import decimal, number, told, tr

Table = tuple[tuple[str, ...], Sequence[tuple[str, ...]]]
"""The columns' names, and the cells of each row; the first column is text, the others are figures."""

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imgsearch_gui.core.types.agreement import Agreement, CoupleAgreement
    from imgsearch_gui.core.types.exchange import Conflict, ExportSummary, ImportSummary, MergeSummary

_NAMES_SHOWN = 3
_NOT_DEFINED = "–"
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


def export_words() -> ExchangeWords:
    """What stands in the dialog of an export."""
    return ExchangeWords(
        tr("Export ratings"),
        tr(
            "Writes every rating and the rated pictures as a dataset folder, which the training dialog "
            "opens. The file ratings.csv in it holds names, times and comments."
        ),
        tr("A new or empty folder"),
        tr("&Export"),
        tr("Reading the ratings…"),
        tr("The export was stopped; nothing was written."),
        offers_link=True,
    )


def import_words() -> ExchangeWords:
    """What stands in the dialog of an import."""
    return ExchangeWords(
        tr("Import ratings"),
        tr("Brings the ratings of an exported folder here. Those that are here already are not added again."),
        tr("A folder that was exported, or a dataset folder"),
        tr("&Import"),
        tr("Reading the folder…"),
        tr("The import was stopped; no rating was added."),
        offers_link=False,
    )


def measuring() -> str:
    """That the agreement is being measured."""
    return tr("Comparing the ratings…")


def nobody_shared() -> str:
    """That there is no table of two raters."""
    return tr("No two raters have rated the same picture for the same query.")


def column_meanings() -> Mapping[str, str]:
    """What the columns of the tables mean, by their names."""
    return {
        tr("Rated"): tr("How many pairs of query and picture this rater has rated"),
        tr("In common"): tr("How many of them more than one person has rated"),
        tr("Same"): tr("How often two ratings of a picture are equal"),
        tr("Above others"): tr(
            "How much higher this rater's values are, on average, than the mean of the others'"
        ),
        tr("Apart"): tr("How far two ratings are from one another, on average, in points"),
        tr("Kappa"): tr("1 is full agreement, 0 what chance would give"),
    }


def few_common() -> str:
    """Where there is no figure."""
    return tr(
        "A dash stands where there are fewer than %Ln pair(s) in common, or no two values differ.",
        "",
        LEAST_COMMON,
    )


def kappa() -> str:
    """What kappa is."""
    return tr(
        "Kappa is 1 when raters always agree and 0 when they agree no more than chance would; to differ by "
        "two points counts four times as much as by one."
    )


def scale_name(scale: RatingScale) -> str:
    """A scale as people read it."""
    return tr("Yes or no") if scale is RatingScale.CROWD else tr("1 to 4")


def shown(text: str) -> str:
    """A text from elsewhere on one line, without what would steer a terminal or is no character."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def value_name(scale: RatingScale, value: int) -> str:
    """A rating's value as people read it."""
    if scale is RatingScale.EXPERT:
        return str(value)
    return tr("Yes") if value else tr("No")


def figure(value: float | None, *, signed: bool = False) -> str:
    """A figure with two decimals, or a dash where there is none."""
    if value is None:
        return _NOT_DEFINED
    return f"+{decimal(value)}" if signed and value >= 0 else decimal(value)


def agreement_headline(found: Agreement) -> str:
    """The overall agreement in a sentence, or why there is no figure."""
    overall = found.overall
    if overall is None:
        return told(found.note)
    text = tr(
        "Raters agree {how}: kappa {kappa}, with 95 % certainty between {low} and {high}, "
        "from %Ln pair(s) that two or more have rated.",
        "",
        found.common,
    )
    return text.format(
        how=_how(overall.value),
        kappa=decimal(overall.value),
        low=decimal(overall.low),
        high=decimal(overall.high),
    )


def _how(value: float) -> str:
    """The usual words for ranges of kappa: J. R. Landis and G. G. Koch, Biometrics 33, 1977."""
    if value > 0.8:
        return tr("almost perfectly", "raters agree")
    if value > 0.6:
        return tr("substantially", "raters agree")
    if value > 0.4:
        return tr("moderately", "raters agree")
    if value > 0.2:
        return tr("fairly", "raters agree")
    return tr("slightly", "raters agree") if value > 0 else tr("no more than by chance", "raters agree")


def couples_table(found: Agreement) -> Table:
    """The agreement of every two raters."""
    rows = [
        (
            tr("{first} and {second}", "raters").format(
                first=shown(couple.first), second=shown(couple.second)
            ),
            number(couple.common),
            _percent(couple.same / couple.common),
            figure(couple.kappa),
        )
        for couple in found.couples
    ]
    return (tr("Two raters"), tr("In common"), tr("Same"), tr("Kappa")), rows


def raters_table(found: Agreement) -> Table:
    """Every rater beside the mean of the others."""
    rows = [
        (
            shown(rater.rater),
            number(rater.rated),
            number(rater.common),
            figure(rater.offset, signed=True),
            figure(rater.distance),
            figure(rater.kappa),
        )
        for rater in found.raters
    ]
    return (tr("Rater"), tr("Rated"), tr("In common"), tr("Above others"), tr("Apart"), tr("Kappa")), rows


def queries_table(found: Agreement) -> Table:
    """The queries, the one that is agreed on least first."""
    rows = [
        (
            shown(query.query),
            number(query.common),
            _percent(query.same),
            figure(query.distance),
            figure(query.kappa),
        )
        for query in found.queries
    ]
    return (tr("Query"), tr("In common"), tr("Same"), tr("Apart"), tr("Kappa")), rows


def confusion_caption(couple: CoupleAgreement) -> str:
    """How to read the table of two raters."""
    text = tr("How many pairs got which value: rows are those of {first}, columns those of {second}.")
    return text.format(first=shown(couple.first), second=shown(couple.second))


def exported(summary: ExportSummary) -> list[str]:
    """What an export has written: a sentence on the whole, and one on each thing that was odd."""
    text = tr(
        "Exported %Ln rating(s) to {folder}, with labels of {pairs} and {pictures}.", "", summary.ratings
    )
    said = [
        text.format(
            folder=shown(str(summary.folder)),
            pairs=tr("%Ln pair(s)", "labels of", summary.pairs),
            pictures=tr("%Ln picture(s)", "labels of", summary.images),
        )
    ]
    if summary.missing_ratings:
        gone = tr("%Ln picture(s) that are missing", "ratings of", summary.missing_images)
        said.append(_in_table_alone(summary.missing_ratings, gone))
    if summary.foreign_ratings:
        foreign = tr(
            "%Ln picture(s) in a format that dataset folders do not know (such as HEIC)",
            "ratings of",
            summary.foreign_images,
        )
        said.append(_in_table_alone(summary.foreign_ratings, foreign))
    if summary.blank_ratings:
        said.append(tr("%Ln rating(s) without a query are in ratings.csv alone.", "", summary.blank_ratings))
    if summary.copied:
        said.append(tr("%Ln picture(s) could not be linked and were copied.", "", summary.copied))
    return said


def _in_table_alone(ratings: int, pictures: str) -> str:
    return tr("%Ln rating(s) of {pictures} are in ratings.csv alone.", "", ratings).format(pictures=pictures)


def imported(summary: ImportSummary) -> list[str]:
    """What an import has brought, likewise."""
    said = [tr("Imported %Ln rating(s).", "", summary.added)]
    here = summary.read - summary.added
    if here:
        said.append(tr("%Ln rating(s) were here already.", "", here))
    return [" ".join(said), *_read_remarks(summary)]


def imported_with_conflicts(summary: ImportSummary) -> list[str]:
    """The same, with a list of the conflicts."""
    listed = conflicts(summary.conflicts)
    return imported(summary) + (["", *listed] if listed else [])


def merged(summary: MergeSummary) -> list[str]:
    """What a merge has written, likewise."""
    twice = summary.brought.read - summary.brought.added
    said = exported(summary.written)
    if twice:
        said.append(tr("%Ln rating(s) were in more than one folder and are there once.", "", twice))
    return said + _read_remarks(summary.brought)


def conflicts(found: Sequence[Conflict]) -> list[str]:
    """A heading and a line for each conflict; nothing where there is none."""
    if not found:
        return []
    lines = [tr("%Ln conflict(s):", "", len(found))]
    lines += [shown(told(one.sentence)) for one in found[:_LISTED]]
    if len(found) > _LISTED:
        lines.append(tr("… and {count} more.").format(count=number(len(found) - _LISTED)))
    return lines


def _read_remarks(summary: ImportSummary) -> list[str]:
    said = []
    if summary.changed:
        changed = tr(
            "%Ln picture(s) are not as rated ({names}); the ratings are kept for the pictures as they were.",
            "",
            len(summary.changed),
        )
        said.append(changed.format(names=_some(summary.changed)))
    gone = summary.missing - len(summary.changed)
    if gone > 0:
        said.append(tr("%Ln picture(s) that were rated are not in the folder.", "", gone))
    if summary.crowd_labels:
        said.append(
            tr(
                "%Ln label(s) of a crowd were left out: its votes are counts, and nobody's in particular.",
                "",
                summary.crowd_labels,
            )
        )
    if summary.left_out:
        said.append(tr("%Ln row(s) of the folder's tables could not be used.", "", summary.left_out))
    return said


def _percent(share: float) -> str:
    return tr("{share} %").format(share=decimal(100 * share, 0))


def _some(names: Sequence[str]) -> str:
    return ", ".join(map(shown, names[:_NAMES_SHOWN])) + (" …" if len(names) > _NAMES_SHOWN else "")
