"""Photos, hits, and the answers that the window shows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Self, TypeVar, overload

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.sentences import located, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imgsearch_gui.core.types.content_rule import RuleMatch
    from imgsearch_gui.sentences import Sentence

# Photos made at once: a screenful of a usual window. Some pages are kept, for scrolling back and forth.
_PAGE, _PAGES = 64, 64

_Photo = TypeVar("_Photo")


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or a line of one, that was left out, and why.

    Attributes:
        file: the file at fault.
        reason: one sentence.
        line: counted from 1, where there is one.
        kind: what problems of this sort have in common, in a few words, to count them by.
    """

    file: Path
    reason: str
    line: int | None = None
    kind: str = ""

    @property
    def sentence(self) -> Sentence:
        """File, line and reason."""
        return located(self.reason, self.file, self.line)

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many files of a folder a search does not see.

    Attributes:
        problems: files and folders that could not be read.
        missing: images whose files are gone, and that are kept for their return.
    """

    problems: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One readable image of the library.

    Attributes:
        id: the library's id of the image.
        path: its file.
        width: of the upright picture, in pixels.
        height: of the upright picture, in pixels.
        copies: how many images with the same bytes it stands for, itself included.
    """

    id: int
    path: Path
    width: int
    height: int
    copies: int = 1


class Band(StrEnum):
    """How well a hit matches, in a word."""

    STRONG = "strong"
    PARTIAL = "partial"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Bands:
    """Where the bands of a matcher's scores begin.

    Attributes:
        strong: the least score of a strong match.
        partial: the least score of a partial match; what is below is unlikely.

    Raises:
        ValueError: unless 0 < partial <= strong < 1.
    """

    strong: float
    partial: float

    def __post_init__(self) -> None:
        if not 0 < self.partial <= self.strong < 1:  # not-a-number is refused too
            raise ValueError(
                sentence(
                    "it has bands that cannot be: {partial} and {strong}.",
                    partial=self.partial,
                    strong=self.strong,
                )
            )

    def of(self, score: float) -> Band:
        """Returns the band of a score."""
        if score >= self.strong:
            return Band.STRONG
        return Band.PARTIAL if score >= self.partial else Band.UNLIKELY


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One image found for a query.

    Attributes:
        image_id: the library's id of the image.
        path: its file.
        score: how well image and query match, in 0..1.
        band: the same in a word; nothing where a picture was searched by, for a likeness is no chance.
        named: words of the query that stand in the file name and have raised its rank, not its score;
            parted by blanks.
        copies: how many images with the same bytes it stands for, itself included.
    """

    image_id: int
    path: Path
    score: float
    band: Band | None
    named: str = ""
    copies: int = 1


class LazyPhotos(Sequence[_Photo]):
    """Photos that are made when they are looked at, a page at a time: a million objects cost seconds.

    Args:
        count: how many there are.
        make: makes those from one place to another; both lie within the count.
        place_of: returns where the photo of an image stands; raises ValueError for one that is not there.
    """

    def __init__(
        self,
        count: int,
        make: Callable[[int, int], Sequence[_Photo]],
        place_of: Callable[[int], int],
    ) -> None:
        self._count, self._make, self._place_of = count, make, place_of
        self._all = count  # pages are shared with those that show the first alone, and so always whole
        self._pages: dict[int, Sequence[_Photo]] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> _Photo: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[_Photo]: ...
    def __getitem__(self, at: int | slice) -> _Photo | Sequence[_Photo]:
        if isinstance(at, slice):
            start, stop, step = at.indices(self._count)
            if (start, step) == (0, 1):
                return self.first(stop)
            return [self[place] for place in range(start, stop, step)]
        place = range(self._count)[at]
        page = self._pages.get(place // _PAGE)
        if page is None:
            begin = place - place % _PAGE
            page = self._make(begin, min(begin + _PAGE, self._all))
            if len(self._pages) == _PAGES:
                del self._pages[next(iter(self._pages))]
            self._pages[place // _PAGE] = page
        return page[place % _PAGE]

    def first(self, count: int) -> LazyPhotos[_Photo]:
        """Returns the first photos; what was made of them stays made."""
        if count >= self._count:
            return self
        shorter = copy(self)
        shorter._count = count  # noqa: SLF001 - its own kind
        return shorter

    def apart(self) -> Self:
        """Returns the same photos for another thread: what is made of them there is not shared."""
        other = copy(self)
        other._pages = {}  # noqa: SLF001 - its own kind
        return other

    def place_of(self, image_id: int) -> int:
        """Returns where the photo of an image stands.

        Raises:
            ValueError: it is not there.
        """
        place = self._place_of(image_id)
        if place >= self._count:
            raise ValueError(f"image {image_id} is not among these.")
        return place


class Hits(LazyPhotos[SearchHit]):
    """Hits that are made when they are looked at: likely ones first, both parts in the order asked for.

    Attributes:
        likely: how many come before those that are all unlikely.

    Args:
        count: how many there are.
        make: as for all photos.
        place_of: likewise.
        likely: see above.
        copies_of: the files of all images that the hit of an image stands for; each for itself if not given.
    """

    def __init__(
        self,
        count: int,
        make: Callable[[int, int], Sequence[SearchHit]],
        place_of: Callable[[int], int],
        likely: int,
        copies_of: Callable[[int], tuple[Path, ...]] | None = None,
    ) -> None:
        super().__init__(count, make, place_of)
        self.likely, self._copies_of = likely, copies_of

    def files_of(self, hit: SearchHit) -> tuple[Path, ...]:
        """Returns the files of all images that a hit stands for, its own first."""
        if hit.copies == 1 or self._copies_of is None:
            return (hit.path,)
        return self._copies_of(hit.image_id)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one query.

    Attributes:
        query: the query's text as it was typed.
        hits: in the order asked for, likely ones first; empty when the query was blocked.
        searched: how many images were scored, copies included.
        withheld: how many images the content rule keeps from being shown.
        rule_match: the word that the content rule hit in the query, if any.
        rule_mode: what the rule was set to.
        notes: sentences about the query that the user should read, such as that its letters are not known.
        likeness: whether a picture was searched by: scores are likenesses then, or made with one, and hits
            have no bands.
        folded: how many images are not listed because a hit with the same bytes stands for them.
    """

    query: str
    hits: Sequence[SearchHit]
    searched: int
    withheld: int
    rule_match: RuleMatch | None
    rule_mode: RuleMode
    notes: tuple[str, ...] = ()
    likeness: bool = False
    folded: int = 0

    @property
    def blocked(self) -> bool:
        """Whether the content rule kept every picture back because of the query's words."""
        return self.rule_match is not None and self.rule_mode is RuleMode.BLOCK

    @property
    def likely(self) -> int:
        """How many hits come before those that are all unlikely."""
        if isinstance(self.hits, Hits):
            return self.hits.likely
        return bisect_left(self.hits, True, key=lambda hit: hit.band is Band.UNLIKELY)


@dataclass(frozen=True, slots=True)
class Gallery:
    """A folder's photos without a query.

    Attributes:
        photos: readable images that may be shown, in the order asked for.
        withheld: how many images the content rule keeps from being shown.
        folded: how many images are not listed because a photo with the same bytes stands for them.
        find: returns where a file's photo stands, or nothing; without it, the photos are looked through.
    """

    photos: Sequence[ImageRecord]
    withheld: int = 0
    folded: int = 0
    find: Callable[[Path], int | None] | None = field(default=None, compare=False, repr=False)

    def row_of(self, file: Path) -> int | None:
        """Returns where the photo of a file stands, or the one that stands for it; nothing if none does.

        Raises:
            LibraryError: the library cannot be read.
        """
        if self.find is not None:
            return self.find(file)
        return next((row for row, photo in enumerate(self.photos) if photo.path == file), None)
