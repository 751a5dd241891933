"""What stands in the middle of the window when there are no photos to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.photos import Gallery, SearchResult
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.messages import nothing_matches

if TYPE_CHECKING:
    from imgsearch_gui.core.types.content_rule import RuleMatch


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


def loading() -> Empty:
    """A folder is open before the search engine is there."""
    return Empty("photos", tr("Loading the search engine…"), tr("Your photos appear in a few seconds."))


def opening() -> Empty:
    """The first answer of a folder is on its way."""
    return Empty("photos", tr("Opening the folder…"), tr("Your photos appear in a moment."))


def indexing() -> Empty:
    """No photo is read yet, and some will be."""
    return Empty(
        "photos",
        tr("Reading your photos…"),
        tr("The first ones appear here soon, and can be searched at once."),
    )


def paused() -> Empty:
    """No photo is read yet, and the reading waits."""
    return Empty("photos", tr("Reading is paused"), tr("Press F6 to go on; no photos have been read so far."))


def folder_without_photos() -> Empty:
    """A folder that was read, and has no photo."""
    return Empty(
        "photos",
        tr("No photos in this folder"),
        tr("There is no picture file here that can be read."),
        offer_open=True,
    )


def stopped() -> Empty:
    """No photo is read, for the reading was stopped."""
    return Empty(
        "photos",
        tr("No photos read yet"),
        tr("Reading was stopped. Press F5 to read this folder."),
        offer_open=True,
    )


def no_match() -> Empty:
    """A search without a hit."""
    return Empty("search", tr("No photo matches"), tr("Try other or fewer words."))


def all_filtered_out() -> Empty:
    """Filters that no photo of the folder meets."""
    return Empty(
        "search",
        tr("No photo meets these filters"),
        tr("Take one of them out with its × below the query, or change it."),
    )


def all_withheld() -> Empty:
    """Photos that are all withheld."""
    return Empty(
        "shield",
        tr("Nothing to show"),
        tr("The content rule withholds every photo of this folder. It can be changed in the Search menu."),
    )


def failed() -> Empty:
    """What stands in the middle below a banner that says what went wrong."""
    return Empty("warning", tr("That did not work"), tr("The line at the top of the window says why."))


def only_unlikely(found: SearchResult) -> Empty:
    """What to say in place of hits that are all unlikely."""
    n = len(found.hits)
    text = tr("Try other words, or look at the photos that come closest.")
    return Empty("search", nothing_matches(found.query), text, offer_rest=n)


def blocked(match: RuleMatch) -> Empty:
    """The disclaimer in place of pictures."""
    text = tr(
        "The content rule does not allow searches with the word “{word}”, so no pictures are shown for it."
    )
    return Empty("shield", tr("This search is not shown"), text.format(word=match.word))


def no_photos(found: SearchResult | Gallery, *, filtered: bool = False) -> Empty:
    """What to say when an answer, not blocked, has no photos and none are on their way.

    Args:
        found: the answer.
        filtered: whether the query had filters.
    """
    if filtered:
        return all_filtered_out()
    if found.withheld:
        return all_withheld()
    if isinstance(found, SearchResult) and found.searched:
        return no_match()
    return folder_without_photos()
