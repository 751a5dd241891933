"""Every sentence of the rating mode and of the stepping through test queries; plain functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLocale

from imgsearch_gui.core.types.judging import JudgingOrder
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.services.language import decimal, number, told, tr
from imgsearch_gui.ui import empty_messages, messages
from imgsearch_gui.ui.empty_messages import Empty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imgsearch_gui.core.types.judging import JudgingItem, JudgingList, PoolStep, RatingChoices
    from imgsearch_gui.core.types.progress import TrainProgress
    from imgsearch_gui.services.rating_round import RoundProgress


class ValueWords(NamedTuple):
    """What is said of one value of a scale: its key, a few words, and what it means."""

    key: str
    word: str
    meaning: str


def scales() -> Mapping[RatingScale, str]:
    """The names of the scales."""
    return {RatingScale.EXPERT: "1 – 4", RatingScale.CROWD: tr("Yes / No")}


def values(scale: RatingScale) -> Mapping[int, ValueWords]:
    """The values of a scale."""
    if scale is RatingScale.CROWD:
        return {
            1: ValueWords("Y", tr("Yes"), tr("The sentence describes the picture.")),
            0: ValueWords("N", tr("No"), tr("The sentence does not describe the picture.")),
        }
    return {
        1: ValueWords("1", tr("Not at all"), tr("The sentence does not describe the picture.")),
        2: ValueWords("2", tr("A little"), tr("Small things fit, but it does not describe the picture.")),
        3: ValueWords("3", tr("Nearly"), tr("It almost describes the picture, with small mistakes.")),
        4: ValueWords("4", tr("Fully"), tr("It describes the picture without any mistake.")),
    }


def orders(*, of_folder: bool = False) -> Mapping[JudgingOrder, str]:
    """The names of the orders; the first is that of the hits, or that of the pairs in a folder."""
    return {
        JudgingOrder.RANK: tr("As in the folder") if of_folder else tr("By rank"),
        JudgingOrder.RANDOM: tr("At random"),
        JudgingOrder.UNSURE: tr("Where the matcher is unsure"),
        JudgingOrder.DISPUTED: tr("Where raters disagree"),
    }


def blind() -> str:
    """What is hidden from a rater who rates blind."""
    return tr("Score, rank and other raters’ marks are hidden.")


def pairs_title() -> str:
    """What the dialog asks for that opens a folder to be rated."""
    return tr("Choose a dataset folder to rate its pairs")


def queries_title() -> str:
    """What the dialog asks for that opens a folder of test queries."""
    return tr("Choose a dataset folder to step through its test queries")


def no_folder() -> Empty:
    """There are no hits, for no folder is open."""
    return Empty(
        "folder",
        tr("Open a folder first"),
        tr("Press Esc, open a folder of photos, and describe what you look for."),
    )


def no_query() -> Empty:
    """There are no hits, for nothing was searched."""
    return Empty(
        "search",
        tr("Type a query first"),
        tr("Press Esc and describe what you look for; then F4 puts its matches before you, one by one."),
    )


def gathering(step: TrainProgress | None = None) -> Empty:
    """What is to be rated is looked for, and how far that is."""
    return Empty("photos", tr("Gathering what to rate…"), _begun(step))


def opening(step: TrainProgress | None = None) -> Empty:
    """Test queries are read, and how far that is."""
    return Empty("photos", tr("Opening the test queries…"), _begun(step))


def _begun(step: TrainProgress | None) -> str:
    back = tr("Esc goes back.")
    if step is None or not step.total:
        return back
    return (
        tr("{stage}: {done} of {total}.").format(
            stage=told(step.stage), done=number(step.done), total=number(step.total)
        )
        + f" {back}"
    )


def nothing_to_rate() -> Empty:
    """A folder without a photo to rate."""
    return Empty("photos", tr("Nothing to rate"), tr("There is no photo in this folder that may be shown."))


def agreed() -> Empty:
    """Nothing is disputed."""
    return Empty("photos", tr("No raters disagree here"), tr("Choose another order to go on rating."))


def all_passed() -> Empty:
    """Everything was rated before."""
    return Empty(
        "photos",
        tr("You have rated all of these"),
        tr("To see them again, switch “Pass over rated” off."),
    )


def failed(reason: BaseException) -> Empty:
    """Why there is nothing to rate, or to step through."""
    return Empty("warning", tr("That did not work"), messages.error(reason))


def nothing(found: JudgingList, progress: RoundProgress) -> Empty:
    """What to say in place of an item, where none was rated."""
    if found.blocked is not None:
        return empty_messages.blocked(found.blocked)
    if progress.passed_over:
        return all_passed()
    if found.wish.order is JudgingOrder.DISPUTED:
        return agreed()
    return empty_messages.all_withheld() if found.left_out else nothing_to_rate()


def all_done(progress: RoundProgress) -> Empty:
    """What to say at the end of a round; the button offers what is not rated."""
    counts = [_rated(progress.rated)]
    if progress.skipped:
        counts.append(_skipped(progress.skipped))
    if progress.unsaved:
        counts.append(_not_saved(progress.unsaved))
    if progress.seconds is not None:
        counts.append(seconds(progress.seconds))
    ways = (
        tr("Enter shows the rest, ← looks back, Esc returns to the search.")
        if progress.left
        else tr("← looks back, Esc returns to the search.")
    )
    title = tr("That was the last one") if progress.left else tr("All done")
    return Empty("photos", title, f"{' · '.join(counts)}. {ways}", offer_rest=progress.left)


def seconds(value: float) -> str:
    """The median time of a rating."""
    return tr("{seconds} s each").format(seconds=decimal(value, 1))


def progress(now: RoundProgress) -> str:
    """How far a round is, in one line."""
    parts = [
        tr("{number} of {total}").format(number=number(now.number), total=number(now.total)),
        _rated(now.rated),
        _skipped(now.skipped),
    ]
    if now.unsaved:
        parts.append(_not_saved(now.unsaved))
    if now.passed_over:
        parts.append(tr("{count} passed over").format(count=number(now.passed_over)))
    if now.seconds is not None:
        parts.append(seconds(now.seconds))
    return " · ".join(parts)


def _rated(n: int) -> str:
    return tr("{count} rated").format(count=number(n))


def _skipped(n: int) -> str:
    return tr("{count} skipped").format(count=number(n))


def _not_saved(n: int) -> str:
    return tr("{count} not saved").format(count=number(n))


def notes(found: JudgingList) -> str:
    """What has to be said of the whole list, or nothing."""
    said = []
    if found.left_out and found.wish.query is None:
        said.append(tr("%Ln pair(s) are withheld by the content rule.", "", found.left_out))
    elif found.left_out:
        said.append(messages.withheld(found.left_out))
    if found.unreadable:
        said.append(tr("%Ln pair(s) have a picture that cannot be read.", "", found.unreadable))
    if found.wish.query is not None and found.found > len(found.items) > 0 and not _chosen(found):
        first = tr("The first {count} of %Ln photo(s) are put before you.", "", found.found)
        said.append(first.format(count=number(len(found.items))))
    return " ".join(said)


def _chosen(found: JudgingList) -> bool:
    return found.wish.order is JudgingOrder.DISPUTED


def details(item: JudgingItem, choices: RatingChoices) -> str:
    """Score, rank and marks of an item, as far as the rater may see them."""
    own, others = [], []
    for mark in item.marks:
        said = values(mark.scale)[mark.value].key
        if mark.rater == choices.rater:
            own.append(said)
        else:
            others.append(f"{mark.rater}: {said}")
    lines = []
    if choices.blind:
        lines.append(blind())
    else:
        facts = []
        if item.score is not None and item.band is not None:
            score = tr("Score {score}").format(score=messages.score(item.score))
            facts += [score, messages.band(item.band)]
        if item.rank is not None:
            facts.append(tr("rank {rank}").format(rank=number(item.rank)))
        lines.append(" · ".join(facts))
        lines.append(" · ".join(others))
    if own:
        lines.append(tr("You said {values} before.").format(values=QLocale().createSeparatedList(own)))
    return "\n".join(line for line in lines if line)


def last(scale: RatingScale, given: int) -> str:
    """What was given last, and how to take it back."""
    words = values(scale)[given]
    text = tr("Last: {key}, {word}. Backspace takes it back.")
    return text.format(key=words.key, word=words.word.lower())


def not_saved(reason: BaseException) -> str:
    """A rating that is lost."""
    return f"{tr('A rating was not saved, and its picture counts as not rated.')} {messages.error(reason)}"


def not_taken_back(reason: BaseException) -> str:
    """A rating that stays."""
    return f"{tr('A rating could not be taken back, and stays.')} {messages.error(reason)}"


def picture(now: RoundProgress, query: str) -> str:
    """What a screen reader says of a picture that is to be rated."""
    text = tr("Picture {number} of {total}, for “{query}”")
    return text.format(number=number(now.number), total=number(now.total), query=query)


def rank(step: PoolStep) -> str:
    """Where the right image of a query stands."""
    return tr("Rank {rank} of {count}").format(rank=number(step.rank), count=number(len(step.hits)))


def stepped(step: PoolStep) -> str:
    """Which query it is."""
    said = [tr("Query {number} of {count}").format(number=number(step.place + 1), count=number(step.count))]
    if step.left_out:
        said.append(tr("%Ln left out by the content rule", "queries", step.left_out))
    return " · ".join(said)


def recalls(step: PoolStep) -> str:
    """The recall so far, a line for each k."""
    text = tr("recall@{k}: {share} %")
    return "\n".join(text.format(k=k, share=decimal(100 * share, 1)) for k, share in step.recall.items())


def recalls_of(step: PoolStep) -> str:
    """What the recall is of."""
    return tr("over %Ln query(s) so far", "", step.stepped)


def trained_on(n: int) -> str:
    """That the figures flatter the matcher, or nothing."""
    if not n:
        return ""
    return tr("The matcher saw %Ln of these images in training: the figures flatter it.", "", n)
