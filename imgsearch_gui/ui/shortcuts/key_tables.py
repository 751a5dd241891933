"""Keys that are in no menu, as the list of shortcuts shows them; each page's table is a function."""

from __future__ import annotations

from dataclasses import dataclass

from imgsearch_gui.services.language import tr


@dataclass(frozen=True, slots=True)
class KeyTable:
    """The keys of a menu or a page.

    Attributes:
        title: which one.
        keys: what is done, and the keys that do it.
    """

    title: str
    keys: tuple[tuple[str, str], ...]


def query_keys() -> KeyTable:
    """The keys of the query field."""
    return KeyTable(
        tr("Query field"),
        (
            (tr("Search at once"), tr("Enter")),
            (tr("Go to the photos"), "↓"),
            (tr("Search by a copied picture"), "Ctrl+V"),
            (tr("Search without the picture"), tr("Backspace, at the beginning")),
        ),
    )


def grid_keys() -> KeyTable:
    """The keys of the grid of photos."""
    return KeyTable(
        tr("Photos"),
        (
            (tr("Go from photo to photo"), "← → ↑ ↓"),
            (tr("A screen up or down"), tr("Page up, Page down")),
            (tr("First and last photo"), tr("Home, End")),
            (tr("Select more or fewer"), tr("Shift with these keys")),
            (tr("Size of thumbnails"), tr("Ctrl and the wheel")),
        ),
    )


def preview_keys() -> KeyTable:
    """The keys of the page that shows a photo large."""
    return KeyTable(
        tr("Photo, large"),
        (
            (tr("Back to the photos"), tr("Esc, Space, Enter")),
            (tr("The photo before, the next one"), tr("←, → or Page up, Page down")),
            (tr("Closer, farther"), tr("+, −, the wheel or two fingers")),
            (tr("Move the picture, when close"), "← → ↑ ↓"),
            (tr("Fit to the window; every pixel of the file"), "0, 1"),
            (tr("Show or hide the details"), "I"),
        ),
    )


def rating_keys() -> KeyTable:
    """The keys of the page that rates."""
    return KeyTable(
        tr("Rating"),
        (
            (tr("Not at all, a little, nearly, fully"), "1 2 3 4"),
            (tr("Yes, no"), "Y N"),
            (tr("Change between the two scales"), "S"),
            (tr("Take the last rating back"), "Backspace, Ctrl+Z"),
            (tr("Go on without rating"), tr("Space, →")),
            (tr("Look at the one before"), "←"),
            (tr("Comment"), "C"),
            (tr("Hide score, rank and other raters’ marks"), "B"),
            (tr("Pass over what you have rated"), "P"),
            (tr("Back to the search"), "Esc"),
        ),
    )


def pool_keys() -> KeyTable:
    """The keys of the page that steps through test queries."""
    return KeyTable(
        tr("Test queries"),
        (
            (tr("Next query"), tr("→, Space, Enter")),
            (tr("Query before"), tr("←, Backspace")),
            (tr("Show the right image"), "G"),
            (tr("Back to the search"), "Esc"),
        ),
    )


def key_tables() -> tuple[KeyTable, ...]:
    """All keys that are in no menu."""
    return query_keys(), grid_keys(), preview_keys(), rating_keys(), pool_keys()
