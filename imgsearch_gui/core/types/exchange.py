"""What comes of exporting, importing and merging ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.types.ratings import Rating
    from imgsearch_gui.sentences import Sentence


@dataclass(frozen=True, slots=True)
class ExchangeProgress:
    """One step of an export, import or merge.

    Attributes:
        stage: a few words for the user.
        done: steps finished in this stage.
        total: steps of this stage.
    """

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two ratings of one pair on one scale that cannot both be meant.

    Attributes:
        image: the picture's name, or the beginning of its hash where nobody knows its name.
        first: a rating: the earlier of one rater, or the lowest of several raters.
        second: the rating that conflicts with it.
    """

    image: str
    first: Rating
    second: Rating

    @property
    def same_rater(self) -> bool:
        """Whether one person gave both, in two places; else two people disagree by two points or more."""
        return self.first.rater == self.second.rater

    @property
    def sentence(self) -> Sentence:
        """Who gave what to which pair."""
        first, second = self.first, self.second
        if self.same_rater:
            return sentence(
                "{rater} gave {value} at {time} UTC and {later_value} at {later} UTC to {image} "
                "for “{query}”; the later counts.",
                rater=first.rater,
                value=first.value,
                time=f"{first.rated_at:%Y-%m-%d %H:%M:%S}",
                later_value=second.value,
                later=f"{second.rated_at:%Y-%m-%d %H:%M:%S}",
                image=self.image,
                query=first.query,
            )
        return sentence(
            "{rater} gave {value} and {other} {other_value} to {image} for “{query}”.",
            rater=first.rater,
            value=first.value,
            other=second.rater,
            other_value=second.value,
            image=self.image,
            query=first.query,
        )

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export has written.

    Attributes:
        folder: where.
        ratings: ratings in ``ratings.csv``, which holds every one.
        pairs: pairs of query and picture with a label in the tables.
        images: pictures in ``train_images``.
        copied: how many of these were copied although links were asked for.
        missing_ratings: ratings of pictures that are nowhere now, in ``ratings.csv`` alone.
        missing_images: these pictures.
        foreign_ratings: ratings of pictures in a format that dataset folders do not know, likewise.
        foreign_images: these pictures.
        blank_ratings: ratings for a query of no words, likewise.
    """

    folder: Path
    ratings: int
    pairs: int
    images: int
    copied: int = 0
    missing_ratings: int = 0
    missing_images: int = 0
    foreign_ratings: int = 0
    foreign_images: int = 0
    blank_ratings: int = 0


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import has brought.

    Attributes:
        read: ratings in the folders.
        added: those that were new.
        changed: names of pictures whose file holds other bytes than those that were rated.
        missing: how many rated pictures the folders do not hold.
        crowd_labels: labels of a crowd that were passed over: their votes are nobody's in particular.
        left_out: rows of the brief's tables that could not be used.
        conflicts: ratings that contradict one another.
    """

    read: int
    added: int
    changed: tuple[str, ...] = ()
    missing: int = 0
    crowd_labels: int = 0
    left_out: int = 0
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeSummary:
    """What a merge has written, and what it found in the folders.

    Attributes:
        brought: of all folders together; ``added`` counts each rating once.
        written: the new folder.
    """

    brought: ImportSummary
    written: ExportSummary
