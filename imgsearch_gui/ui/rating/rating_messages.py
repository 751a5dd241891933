"""Every sentence of the rating mode and of the stepping through test queries; plain functions, no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imgsearch_gui.core.types.judging import JudgingOrder
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.messages import Empty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imgsearch_gui.core.types.judging import JudgingItem, JudgingList, PoolStep, RatingChoices
    from imgsearch_gui.core.types.progress import TrainProgress
    from imgsearch_gui.services.rating_round import RoundProgress

SCALES = {RatingScale.EXPERT: "1 – 4", RatingScale.CROWD: "Yes / No"}
# Key, a few words, and what it means.
VALUES: Mapping[RatingScale, Mapping[int, tuple[str, str, str]]] = {
    RatingScale.EXPERT: {
        1: ("1", "Not at all", "The sentence does not describe the picture."),
        2: ("2", "A little", "Small things fit, but it does not describe the picture."),
        3: ("3", "Nearly", "It almost describes the picture, with small mistakes."),
        4: ("4", "Fully", "It describes the picture without any mistake."),
    },
    RatingScale.CROWD: {
        1: ("Y", "Yes", "The sentence describes the picture."),
        0: ("N", "No", "The sentence does not describe the picture."),
    },
}
ORDERS = {
    JudgingOrder.RANK: "By rank",
    JudgingOrder.RANDOM: "At random",
    JudgingOrder.UNSURE: "Where the matcher is unsure",
    JudgingOrder.DISPUTED: "Where raters disagree",
}
IN_FOLDER_ORDER = "As in the folder"
BLIND = "Score, rank and other raters’ marks are hidden."
PAIRS_TITLE = "Choose a dataset folder to rate its pairs"
QUERIES_TITLE = "Choose a dataset folder to step through its test queries"

NO_FOLDER = Empty(
    "folder", "Open a folder first", "Press Esc, open a folder of photos, and describe what you look for."
)
NO_QUERY = Empty(
    "search",
    "Type a query first",
    "Press Esc and describe what you look for; then F4 puts its matches before you, one by one.",
)
GATHERING = Empty("photos", "Gathering what to rate…", "Esc goes back.")
OPENING = Empty("photos", "Opening the test queries…", "Esc goes back.")
NOTHING = Empty("photos", "Nothing to rate", "There is no photo in this folder that may be shown.")
AGREED = Empty("photos", "No raters disagree here", "Choose another order to go on rating.")
ALL_PASSED = Empty(
    "photos",
    "You have rated all of these",
    "To see them again, switch “Pass over rated” off.",
)


def gathering(begin: Empty, step: TrainProgress) -> Empty:
    """How far the gathering is."""
    done = f"{step.stage}: {step.done:,} of {step.total:,}. " if step.total else ""
    return Empty(begin.icon, begin.title, f"{done}{begin.text}")


def failed(reason: BaseException) -> Empty:
    """Why there is nothing to rate, or to step through."""
    return Empty("warning", "That did not work", messages.error(reason))


def nothing(found: JudgingList, progress: RoundProgress) -> Empty:
    """What to say in place of an item, where none was rated."""
    if found.blocked is not None:
        return messages.blocked(found.blocked)
    if progress.passed_over:
        return ALL_PASSED
    if found.wish.order is JudgingOrder.DISPUTED:
        return AGREED
    return messages.ALL_WITHHELD if found.left_out else NOTHING


def all_done(progress: RoundProgress) -> Empty:
    """What to say at the end of a round; the button offers what is not rated."""
    counts = [f"{progress.rated:,} rated"]
    if progress.skipped:
        counts.append(f"{progress.skipped:,} skipped")
    if progress.unsaved:
        counts.append(f"{progress.unsaved:,} not saved")
    if progress.seconds is not None:
        counts.append(seconds(progress.seconds))
    text = f"{' · '.join(counts)}. "
    text += "Enter shows the rest, ← looks back, " if progress.left else "← looks back, "
    title = "That was the last one" if progress.left else "All done"
    return Empty("photos", title, f"{text}Esc returns to the search.", offer_rest=progress.left)


def seconds(value: float) -> str:
    """The median time of a rating."""
    return f"{value:.1f} s each"


def progress(now: RoundProgress) -> str:
    """How far a round is, in one line."""
    parts = [
        f"{now.number:,} of {now.total:,}",
        f"{now.rated:,} rated",
        f"{now.skipped:,} skipped",
    ]
    if now.unsaved:
        parts.append(f"{now.unsaved:,} not saved")
    if now.passed_over:
        parts.append(f"{now.passed_over:,} passed over")
    if now.seconds is not None:
        parts.append(seconds(now.seconds))
    return " · ".join(parts)


def notes(found: JudgingList) -> str:
    """What has to be said of the whole list, or nothing."""
    said = []
    if found.left_out and found.wish.query is None:
        n = found.left_out
        said.append(f"{n:,} {'pair is' if n == 1 else 'pairs are'} withheld by the content rule.")
    elif found.left_out:
        said.append(messages.withheld(found.left_out))
    if found.unreadable:
        n = found.unreadable
        said.append(f"{n:,} {'pair has' if n == 1 else 'pairs have'} a picture that cannot be read.")
    if found.wish.query is not None and found.found > len(found.items) > 0 and not _chosen(found):
        said.append(f"The first {len(found.items):,} of {found.found:,} photos are put before you.")
    return " ".join(said)


def _chosen(found: JudgingList) -> bool:
    return found.wish.order is JudgingOrder.DISPUTED


def details(item: JudgingItem, choices: RatingChoices) -> str:
    """Score, rank and marks of an item, as far as the rater may see them."""
    own, others = [], []
    for mark in item.marks:
        said = value(mark.scale, mark.value)
        if mark.rater == choices.rater:
            own.append(said)
        else:
            others.append(f"{mark.rater}: {said}")
    lines = []
    if choices.blind:
        lines.append(BLIND)
    else:
        facts = []
        if item.score is not None and item.band is not None:
            facts += [f"Score {messages.score(item.score)}", messages.band(item.band)]
        if item.rank is not None:
            facts.append(f"rank {item.rank:,}")
        lines.append(" · ".join(facts))
        lines.append(" · ".join(others))
    if own:
        lines.append(f"You said {' and '.join(own)} before.")
    return "\n".join(line for line in lines if line)


def value(scale: RatingScale, given: int) -> str:
    """A value as its key says it."""
    return VALUES[scale][given][0]


def last(scale: RatingScale, given: int) -> str:
    """What was given last, and how to take it back."""
    key, word, _ = VALUES[scale][given]
    return f"Last: {key}, {word.lower()}. Backspace takes it back."


def not_saved(reason: BaseException) -> str:
    """A rating that is lost."""
    return f"A rating was not saved, and its picture counts as not rated. {messages.error(reason)}"


def not_taken_back(reason: BaseException) -> str:
    """A rating that stays."""
    return f"A rating could not be taken back, and stays. {messages.error(reason)}"


def rank(step: PoolStep) -> str:
    """Where the right image of a query stands."""
    return f"Rank {step.rank:,} of {len(step.hits):,}"


def stepped(step: PoolStep) -> str:
    """Which query it is."""
    left = f" · {step.left_out:,} left out by the content rule" if step.left_out else ""
    return f"Query {step.place + 1:,} of {step.count:,}{left}"


def recalls(step: PoolStep) -> str:
    """The recall so far, a line for each k."""
    return "\n".join(f"recall@{k}: {100 * share:.1f} %" for k, share in step.recall.items())


def recalls_of(step: PoolStep) -> str:
    """What the recall is of."""
    n = step.stepped
    return f"over {n:,} {'query' if n == 1 else 'queries'} so far"


def trained_on(n: int) -> str:
    """That the figures flatter the matcher, or nothing."""
    return f"The matcher saw {n:,} of these images in training: the figures flatter it." if n else ""
