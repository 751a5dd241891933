"""The sentences that several parts of the window show, or that take more than a text; plain functions."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.photos import Band, SearchHit
from imgsearch_gui.errors import ImgSearchError
from imgsearch_gui.services.language import decimal, number, told, tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imgsearch_gui.core.types.content_rule import RuleMatch
    from imgsearch_gui.core.types.photos import ImageRecord, LeftOut, Problem
    from imgsearch_gui.core.types.progress import IndexProgress
    from imgsearch_gui.core.types.query import Mistake

_QUERY_LENGTH = 60  # of a query within a sentence


def placeholder() -> str:
    """What the query field says while it is empty."""
    return tr("Describe a photo, for example: a dog runs on the beach")


def engine_loading() -> str:
    """The state of a search engine that is being loaded."""
    return tr("Loading the search engine…")


def engine_ready() -> str:
    """The state of a search engine that can be asked."""
    return tr("Ready")


def engine_failed() -> str:
    """The state of a search engine that cannot be asked."""
    return tr("Search is not available")


def search_waits() -> str:
    """That a query waits for the search engine."""
    return tr("The search engine is still loading. Your search will start by itself.")


def nothing_to_take() -> str:
    """That there are no photos to write out."""
    return tr("There are no photos here to save.")


def nothing_taken() -> str:
    """That the writing of hits was stopped."""
    return tr("Cancelled; nothing was saved.")


def searching() -> str:
    """That a search is on its way."""
    return tr("Searching…")


def unexpected() -> str:
    """What is said of a bug."""
    return tr("Something went wrong in ImgSearch. The details can be copied, and are in the log file.")


def about() -> str:
    """What the program is."""
    return tr(
        "ImgSearch finds your photographs by a sentence.\n"
        "It works offline: no photo and no word leaves this computer."
    )


def photos(n: int) -> str:
    """``1 photo``, ``1,234 photos``."""
    return tr("%Ln photo(s)", "", n)


def score(value: float) -> str:
    """A score with two decimals."""
    return decimal(value)


def band(value: Band) -> str:
    """A band in a word."""
    if value is Band.STRONG:
        return tr("Strong", "match")
    return tr("Partial", "match") if value is Band.PARTIAL else tr("Unlikely", "match")


def status(likely: int, unlikely: int, seconds: float, *, hidden: bool) -> str:
    """How many photos a search found, how many of the rest are hidden, and how long it took."""
    parts = [tr("%Ln match(es)", "", likely)]
    if unlikely:
        parts.append(
            tr("%Ln unlikely hidden", "photos", unlikely)
            if hidden
            else tr("%Ln unlikely", "photos", unlikely)
        )
    return " · ".join([*parts, tr("{seconds} s").format(seconds=decimal(seconds))])


def alike(name: str, n: int, seconds: float) -> str:
    """How many photos were ordered by their likeness to a picture, and how long it took."""
    took = tr("{seconds} s").format(seconds=decimal(seconds))
    return " · ".join([tr("Photos like {name}").format(name=shortened(name, 30)), photos(n), took])


def shortened(text: str, most: int) -> str:
    """A text of at most so many letters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def show_rest(n: int) -> str:
    """What the button says that shows the unlikely hits."""
    return tr("Show the rest ({count})").format(count=number(n))


def rest(n: int) -> str:
    """What stands beside that button."""
    return tr("%Ln more photo(s) are unlikely to match.", "", n)


def nothing_matches(query: str) -> str:
    """A query that has unlikely hits alone."""
    return tr("Nothing here matches “{query}” well.").format(query=shortened(query, _QUERY_LENGTH))


def duration(seconds: float) -> str:
    """``5 s``, ``40 s``, ``2 min``, ``1 h 10 min``: no finer than an estimate is."""
    if seconds < 60:
        return tr("{seconds} s").format(seconds=max(5, 5 * round(seconds / 5)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("{minutes} min").format(minutes=minutes)
    return tr("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def index_progress(
    progress: IndexProgress | None, *, paused: bool = False, seconds_left: float | None = None
) -> str:
    """How far the reading of a folder has come; ``None`` is before the first step.

    Args:
        progress: the latest step.
        paused: whether it waits.
        seconds_left: how long its stage will still take, where that is known.
    """
    if progress is None:
        return tr("Reading is paused") if paused else tr("Reading your photos…")
    if progress.stage == "scan" or progress.total is None:
        if paused:
            return tr("Paused · %Ln file(s) seen", "", progress.done)
        return tr("Looking for photos… %Ln file(s) seen", "", progress.done)
    if paused:
        text = tr("Paused · {done} of %Ln photo(s) read", "", progress.total)
    elif progress.stage == "date":
        text = tr("{done} of %Ln photo(s) looked at for their dates", "", progress.total)
    elif progress.stage == "prepare":
        text = tr("{done} of %Ln photo(s) made ready for searching", "", progress.total)
    else:
        text = tr("{done} of %Ln photo(s) read", "", progress.total)
    text = text.format(done=number(progress.done))
    if seconds_left is None or paused:
        return text
    return tr("{progress}, about {time} left").format(progress=text, time=duration(seconds_left))


def index_stopped(progress: IndexProgress | None) -> str:
    """What a cancelled reading leaves."""
    if progress is None or progress.total is None:
        return tr("Reading was stopped. Press F5 to go on.")
    text = tr("Reading was stopped after {done} of %Ln photo(s). Press F5 to go on.", "", progress.total)
    return text.format(done=number(progress.done))


def problems(n: int) -> str:
    """How many files could not be read."""
    return tr("%Ln file(s) could not be read", "", n)


def missing(n: int) -> str:
    """How many photos are gone."""
    return tr("%Ln photo(s) are missing", "", n)


def unread(n: int) -> str:
    """What stands above the list of the files that could not be read."""
    return tr("%Ln file(s) could not be read.", "", n) if n else tr("Every file could be read.")


def kept_missing(n: int) -> str:
    """What stands above the list of the missing photos."""
    if not n:
        return tr("No photo is missing.")
    return tr(
        "%Ln photo(s) are missing. They are kept in case they come back: a photo that returns is not "
        "read again.",
        "",
        n,
    )


def forget_missing(n: int) -> str:
    """What is asked before missing photos are forgotten."""
    return tr("Forget %Ln missing photo(s)?", "", n)


def forgetting(n: int) -> str:
    """How many missing photos are forgotten so far."""
    return tr("Forgetting… %Ln photo(s) so far", "", n)


def left_out(files: LeftOut) -> str:
    """How many files of a folder a search does not see, or nothing."""
    said = [problems(files.problems)] if files.problems else []
    return " · ".join([*said, missing(files.missing)] if files.missing else said)


def warned(match: RuleMatch) -> str:
    """The warning above pictures that the content rule would block."""
    text = tr("The content rule marks the word “{word}”. Please use these pictures with care.")
    return text.format(word=match.word)


def mistake(query: str, found: Mistake) -> str:
    """Returns what is not understood of a query."""
    words = query[found.start : found.end]
    return printable(tr("“{words}”: {reason}").format(words=words, reason=told(found.reason)))


def withheld(n: int) -> str:
    """How many photos the content rule keeps from being shown."""
    return tr("%Ln photo(s) are withheld by the content rule.", "", n)


def away(n: int) -> str:
    """How many photos are on a drive that is not there."""
    return tr("%Ln photo(s) are on a drive that is not connected; they are shown as last seen.", "", n)


def tooltip(photo: SearchHit | ImageRecord) -> str:
    """The full path; band and score if there are any; why it is a hit, and what it stands for."""
    lines = [printable(photo.path)]
    if isinstance(photo, SearchHit):
        lines.append(matched(photo))
        if photo.named:
            lines.append(tr("Its file name has “{words}”.").format(words=printable(photo.named)))
    else:
        lines.append(pixels(photo.width, photo.height))
    if photo.copies > 1:
        lines.append(tr("%Ln file(s) with this very picture", "", photo.copies))
    return "\n".join(lines)


def pixels(width: int, height: int) -> str:
    """How large a picture is."""
    return tr("{width} × {height} pixels").format(width=number(width), height=number(height))


def spoken(photo: SearchHit | ImageRecord) -> str:
    """What a screen reader says of a photo."""
    name = printable(photo.path.name)
    return f"{name}, {matched(photo).lower()}" if isinstance(photo, SearchHit) else name


def matched(hit: SearchHit) -> str:
    """How well a hit matches; a likeness is a number alone."""
    if hit.band is None:
        text = tr("Likeness {score}")
    elif hit.band is Band.STRONG:
        text = tr("Strong match, score {score}")
    elif hit.band is Band.PARTIAL:
        text = tr("Partial match, score {score}")
    else:
        text = tr("Unlikely match, score {score}")
    return text.format(score=score(hit.score))


def printable(name: Path | str) -> str:
    """A file name that can be shown: bytes that are no UTF-8 become a replacement sign."""
    return str(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def of_core(text: str) -> str:
    """A text that the core has made: in the window's language, and with names that can be shown."""
    return printable(told(text))


def hint(text: str) -> str:
    """A tooltip that shows a text as it is, though it may look like HTML, as names of files can."""
    return f"<p style='white-space:pre'>{html.escape(text)}</p>"


def error(reason: BaseException) -> str:
    """The sentence for an error: its own if it was expected, else that something went wrong."""
    return of_core(reason.args[0]) if isinstance(reason, ImgSearchError) else unexpected()


def taken_out(place: Path, result: object) -> str:
    """What came of writing hits out.

    Args:
        place: the file or folder.
        result: what the job ended with; that of copies lists those that could not be made.
    """
    problems: Sequence[Problem] = getattr(result, "problems", ())
    text = tr("Saved as {place}.").format(place=printable(place))
    if problems:
        failed = tr("%Ln photo(s) could not be copied; the first: {problem}", "", len(problems))
        text += " " + failed.format(problem=of_core(problems[0].sentence))
    return text


def rebuilt(kept: str, ratings: int) -> str:
    """What was done to a library that could not be used; ``kept`` is the old file's new name."""
    text = tr("The library was begun anew, with %Ln rating(s); the old one is {file}.", "", ratings)
    return text.format(file=kept)


def open_elsewhere(folder: Path) -> str:
    """A library that another window has open."""
    told = tr("The library in {folder} is open in another window, so the one before stays in use.")
    return told.format(folder=printable(folder))


def folder_missing(folder: Path) -> str:
    """A folder that cannot be opened."""
    return tr("“{folder}” is not a folder that can be opened.").format(folder=printable(folder))


def gone(folder: Path) -> str:
    """A folder of before that is not there, as when its drive is not connected."""
    return tr("{folder} is not there now").format(folder=printable(folder))


def cannot_open(path: Path) -> str:
    """A photo that the system's viewer does not take."""
    text = tr("“{name}” could not be opened. It may have been moved, or no viewer is set for it.")
    return text.format(name=printable(path.name))
