"""Every sentence that the window shows, in one place; plain functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.photos import Band, Gallery, ImageRecord, LeftOut, SearchHit, SearchResult
from imgsearch_gui.errors import ImgSearchError
from imgsearch_gui.services.language import tr

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.types.content_rule import RuleMatch
    from imgsearch_gui.core.types.progress import IndexProgress
    from imgsearch_gui.core.types.query import Mistake

PLACEHOLDER = "Describe a photo, for example: a dog runs on the beach"
ENGINE_LOADING = "Loading the search engine…"
ENGINE_READY = "Ready"
ENGINE_FAILED = "Search is not available"
SEARCH_WAITS = "The search engine is still loading. Your search will start by itself."
NOTHING_TO_TAKE = "Search for something first: there are no matches to save."
NOTHING_TAKEN = "Cancelled; nothing was saved."
SEARCHING = "Searching…"
UNEXPECTED = "Something went wrong in ImgSearch. The details can be copied, and are in the log file."
ABOUT = (
    "ImgSearch finds your photographs by a sentence.\n"
    "It works offline: no photo and no word leaves this computer."
)


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands in the middle of the window when there are no photos to show.

    Attributes:
        icon: the name of the icon above it.
        title: a few words.
        text: one or two sentences that say what to do.
        offer_open: whether a button to open a folder stands below.
        offer_rest: how many unlikely hits a button offers to show; 0 for no button.
    """

    icon: str
    title: str
    text: str
    offer_open: bool = False
    offer_rest: int = 0


NO_FOLDER = Empty(
    "folder",
    "Open a folder of photos",
    "Choose a folder or drop one here, then describe the photo you are looking for.",
    offer_open=True,
)
LOADING = Empty("photos", "Loading the search engine…", "Your photos appear in a few seconds.")
OPENING = Empty("photos", "Opening the folder…", "Your photos appear in a moment.")
INDEXING = Empty(
    "photos", "Reading your photos…", "The first ones appear here soon, and can be searched at once."
)
PAUSED = Empty("photos", "Reading is paused", "Press F6 to go on; no photos have been read so far.")
NO_PHOTOS = Empty(
    "photos", "No photos in this folder", "There is no picture file here that can be read.", offer_open=True
)
STOPPED = Empty(
    "photos", "No photos read yet", "Reading was stopped. Press F5 to read this folder.", offer_open=True
)
NO_MATCH = Empty("search", "No photo matches", "Try other or fewer words.")
ALL_WITHHELD = Empty(
    "shield",
    "Nothing to show",
    "The content rule withholds every photo of this folder. It can be changed in the Search menu.",
)
FAILED = Empty("warning", "That did not work", "The line at the top of the window says why.")


def count(n: int, one: str, many: str) -> str:
    """``1 photo``, ``1,234 photos``, with the word for one and for many."""
    return f"{n:,} {one if n == 1 else many}"


def photos(n: int) -> str:
    """``1 photo``, ``1,234 photos``."""
    return tr("%Ln photo(s)", "", n)


def score(value: float) -> str:
    """A score with two decimals."""
    return f"{value:.2f}"


_BANDS = {Band.STRONG: "Strong", Band.PARTIAL: "Partial", Band.UNLIKELY: "Unlikely"}
_QUERY_LENGTH = 60  # of a query within a sentence


def band(value: Band) -> str:
    """A band in a word."""
    return _BANDS[value]


def status(likely: int, unlikely: int, seconds: float, *, hidden: bool) -> str:
    """How many photos a search found, how many of the rest are hidden, and how long it took."""
    rest = f" · {unlikely:,} unlikely{' hidden' if hidden else ''}" if unlikely else ""
    return f"{count(likely, 'match', 'matches')}{rest} · {seconds:.2f} s"


def show_rest(n: int) -> str:
    """What the button says that shows the unlikely hits."""
    return f"Show the rest ({n:,})"


def rest(n: int) -> str:
    """What stands beside that button."""
    return f"{count(n, 'more photo is', 'more photos are')} unlikely to match."


def nothing_matches(query: str) -> str:
    """A query that has unlikely hits alone."""
    short = query if len(query) <= _QUERY_LENGTH else query[: _QUERY_LENGTH - 1].rstrip() + "…"
    return f"Nothing here matches “{short}” well."


def only_unlikely(found: SearchResult) -> Empty:
    """What to say in place of hits that are all unlikely."""
    n = len(found.hits)
    text = "Try other words, or look at the photos that come closest."
    return Empty("search", nothing_matches(found.query), text, offer_rest=n)


def index_progress(progress: IndexProgress | None, *, paused: bool = False) -> str:
    """How far the reading of a folder has come; ``None`` is before the first step."""
    begin = "Paused · " if paused else ""
    if progress is None:
        return PAUSED.title if paused else INDEXING.title
    if progress.stage == "scan" or progress.total is None:
        looking = "" if paused else "Looking for photos… "
        return f"{begin}{looking}{count(progress.done, 'file', 'files')} seen"
    return f"{begin}{progress.done:,} of {photos(progress.total)} read"


def index_stopped(progress: IndexProgress | None) -> str:
    """What a cancelled reading leaves."""
    if progress is None or progress.total is None:
        return "Reading was stopped. Press F5 to go on."
    return f"Reading was stopped after {progress.done:,} of {photos(progress.total)}. Press F5 to go on."


def problems(n: int) -> str:
    """How many files could not be read."""
    return f"{count(n, 'file', 'files')} could not be read"


def missing(n: int) -> str:
    """How many photos are gone."""
    return f"{photos(n)} {'is' if n == 1 else 'are'} missing"


def forget_missing(n: int) -> str:
    """What is asked before missing photos are forgotten."""
    return f"Forget {count(n, 'missing photo', 'missing photos')}?"


def forgetting(n: int) -> str:
    """How many missing photos are forgotten so far."""
    return f"Forgetting… {photos(n)} so far"


def left_out(files: LeftOut) -> str:
    """How many files of a folder a search does not see, or nothing."""
    told = [problems(files.problems)] if files.problems else []
    return " · ".join([*told, missing(files.missing)] if files.missing else told)


def blocked(match: RuleMatch) -> Empty:
    """The disclaimer in place of pictures."""
    return Empty(
        "shield",
        "This search is not shown",
        f"The content rule does not allow searches with the word “{match.word}”, "
        "so no pictures are shown for it.",
    )


def warned(match: RuleMatch) -> str:
    """The warning above pictures that the content rule would block."""
    return f"The content rule marks the word “{match.word}”. Please use these pictures with care."


def mistake(query: str, found: Mistake) -> str:
    """Returns what is not understood of a query."""
    return printable(f"“{query[found.start : found.end]}”: {found.reason}")


def withheld(n: int) -> str:
    """How many photos the content rule keeps from being shown."""
    return f"{photos(n)} {'is' if n == 1 else 'are'} withheld by the content rule."


def away(n: int) -> str:
    """How many photos are on a drive that is not there."""
    verb, they = ("is", "it is") if n == 1 else ("are", "they are")
    return f"{photos(n)} {verb} on a drive that is not connected; {they} shown as last seen."


def no_photos(found: SearchResult | Gallery) -> Empty:
    """What to say when an answer, not blocked, has no photos and none are on their way."""
    if found.withheld:
        return ALL_WITHHELD
    if isinstance(found, SearchResult) and found.searched:
        return NO_MATCH
    return NO_PHOTOS


def tooltip(photo: SearchHit | ImageRecord) -> str:
    """The full path; band and score if there are any."""
    if isinstance(photo, SearchHit):
        return f"{printable(photo.path)}\n{_matched(photo)}"
    return f"{printable(photo.path)}\n{photo.width:,} × {photo.height:,} pixels"


def spoken(photo: SearchHit | ImageRecord) -> str:
    """What a screen reader says of a photo."""
    name = printable(photo.path.name)
    if isinstance(photo, SearchHit):
        return f"{name}, {_matched(photo).lower()}"
    return name


def _matched(hit: SearchHit) -> str:
    """How well a hit matches; a likeness is a number alone."""
    if hit.band is None:
        return tr("Likeness {score}").format(score=score(hit.score))
    return f"{band(hit.band)} match, score {score(hit.score)}"


def printable(name: Path | str) -> str:
    """A file name that can be shown: bytes that are no UTF-8 become a replacement sign."""
    return str(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def error(reason: BaseException) -> str:
    """The sentence for an error: its own if it was expected, else that something went wrong."""
    return printable(str(reason)) if isinstance(reason, ImgSearchError) else UNEXPECTED


def taken_out(place: Path, result: object) -> str:
    """What came of writing hits out.

    Args:
        place: the file or folder.
        result: what the job ended with; that of copies lists those that could not be made.
    """
    problems = getattr(result, "problems", ())
    text = f"Saved as {printable(place)}."
    if problems:
        failed = photos(len(problems))
        text += f" {failed} could not be copied; the first: {printable(str(problems[0]))}"
    return text


def rebuilt(kept: str, ratings: int) -> str:
    """What was done to a library that could not be used; ``kept`` is the old file's new name."""
    return f"The library was begun anew, with {count(ratings, 'rating', 'ratings')}; the old one is {kept}."


def open_elsewhere(folder: Path) -> str:
    """A library that another window has open."""
    told = tr("The library in {folder} is open in another window, so the one before stays in use.")
    return told.format(folder=printable(folder))


def folder_missing(folder: Path) -> str:
    """A folder that cannot be opened."""
    return f"“{printable(folder)}” is not a folder that can be opened."


def cannot_open(path: Path) -> str:
    """A photo that the system's viewer does not take."""
    return (
        f"“{printable(path.name)}” could not be opened. It may have been moved, or no viewer is set for it."
    )
