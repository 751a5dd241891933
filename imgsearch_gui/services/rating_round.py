"""One round of rating: which item is on screen, what was said of each, and what comes next. No Qt."""

from __future__ import annotations

import statistics
import time
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.ratings import Rating, RatingScale, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imgsearch_gui.core.types.judging import JudgingItem, RatingChoices


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """A rating that was given in a round, its item, and the item's place."""

    place: int
    item: JudgingItem
    rating: Rating


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How far a round is, on the scale in use.

    Attributes:
        number: which item is on screen, counted from 1 among those that are not passed over.
        total: how many these are.
        rated: how many of them were rated in this round.
        skipped: how many were skipped and not rated since.
        unsaved: how many have a rating that could not be saved, and none since.
        left: how many are not rated, skipped ones among them.
        passed_over: how many are not shown because the rater has rated them before.
        seconds: the median of the time that a rating took, nothing before the first.
    """

    number: int
    total: int
    rated: int
    skipped: int
    unsaved: int
    left: int
    passed_over: int
    seconds: float | None


class Round:
    """Steps through items and keeps what was said of them.

    Args:
        items: what is rated, in order.
        choices: who rates, on which scale, and whether what was rated before is passed over.
        clock: seconds that only ever grow.
        now: the time, in UTC.
    """

    def __init__(
        self,
        items: Sequence[JudgingItem],
        choices: RatingChoices,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._items, self._choices, self._clock, self._now = items, choices, clock, now
        self._given: list[Given] = []
        # By scale: what was said of an item in this round, and the places of what was not.
        self._values: dict[RatingScale, dict[int, list[int]]] = {scale: {} for scale in RatingScale}
        self._skipped: dict[RatingScale, set[int]] = {scale: set() for scale in RatingScale}
        self._unsaved: dict[RatingScale, set[int]] = {scale: set() for scale in RatingScale}
        self._passed: frozenset[int] = frozenset()
        self._shown: list[int] = []
        self._place, self._since = 0, clock()
        self.choices = choices

    @property
    def items(self) -> Sequence[JudgingItem]:
        """What is rated."""
        return self._items

    @property
    def choices(self) -> RatingChoices:
        """Who rates, and how."""
        return self._choices

    @choices.setter
    def choices(self, choices: RatingChoices) -> None:
        self._choices = choices
        rated = self._values[choices.scale]
        self._passed = frozenset(
            place
            for place in range(len(self._items))
            if choices.pass_over and place not in rated and self._value_before(place) is not None
        )
        self._shown = [place for place in range(len(self._items)) if place not in self._passed]
        if self._place in self._passed or self.item is None:
            self.go_to_left()

    @property
    def place(self) -> int:
        """The place of the item on screen; the number of items at the end."""
        return self._place

    @property
    def item(self) -> JudgingItem | None:
        """The item on screen; nothing at the end."""
        return self._items[self._place] if self._place < len(self._items) else None

    @property
    def last(self) -> Given | None:
        """What was said last and not taken back."""
        return self._given[-1] if self._given else None

    def value(self) -> int | None:
        """Returns what this rater says of the item on screen, in this round or before, if anything."""
        if self.item is None:
            return None
        given = self._values[self._choices.scale].get(self._place)
        return given[-1] if given else self._value_before(self._place)

    def rate(self, value: int, comment: str = "") -> Given | None:
        """Rates the item on screen and goes on to the next that is not rated; nothing at the end.

        Raises:
            ValueError: the value is not on the scale.
        """
        item = self.item
        if item is None:
            return None
        rating = Rating(
            query=plain_text(item.query),
            content_hash=item.content_hash,
            rater=plain_text(self._choices.rater),
            scale=self._choices.scale,
            value=value,
            rated_at=self._now(),
            comment=plain_text(comment),
            seconds=max(0.0, self._clock() - self._since),
        )
        given = Given(self._place, item, rating)
        self.restore(given)
        self._go(self._first_open(self._place + 1))
        return given

    def undo(self) -> Given | None:
        """Takes back what was said last, and goes back to its item; nothing where nothing was said."""
        if not self._given:
            return None
        given = self._given[-1]
        self._drop(given)
        self._go(given.place)
        return given

    def restore(self, given: Given) -> None:
        """Enters a rating, again if it could not be taken back; one of another round is left out."""
        if given.place >= len(self._items) or self._items[given.place] is not given.item:
            return
        self._given.append(given)
        self._values[given.rating.scale].setdefault(given.place, []).append(given.rating.value)
        self._unsaved[given.rating.scale].discard(given.place)

    def forget(self, given: Given) -> None:
        """Drops a rating that could not be saved: its item is not rated."""
        if given in self._given:
            self._drop(given)
            if given.place not in self._values[given.rating.scale]:
                self._unsaved[given.rating.scale].add(given.place)

    def skip(self) -> None:
        """Goes on to the next item; one that is not rated counts as skipped."""
        if self.item is None:
            return
        self._skipped[self._choices.scale].add(self._place)
        self._go(self._step(self._place, 1))

    def back(self) -> None:
        """Goes to the item before, rated or not; stays at the first."""
        place = self._step(self._place, -1)
        if place >= 0:
            self._go(place)

    def go_to_left(self) -> None:
        """Goes to the first item that is not rated."""
        self._go(self._first_open(0))

    def progress(self) -> RoundProgress:
        """Counts."""
        scale = self._choices.scale
        rated = self._values[scale].keys()
        seconds = [given.rating.seconds for given in self._given]
        return RoundProgress(
            number=min(bisect_right(self._shown, self._place), len(self._shown)),
            total=len(self._shown),
            rated=len(rated),
            skipped=len(self._skipped[scale] - rated),
            unsaved=len(self._unsaved[scale] - rated),
            left=len(self._shown) - len(rated),
            passed_over=len(self._passed),
            seconds=statistics.median(seconds) if seconds else None,
        )

    def upcoming(self, count: int) -> list[JudgingItem]:
        """Returns the item on screen and those that come after it, ``count`` at most."""
        places: list[int] = []
        place = self._place
        while place < len(self._items) and len(places) < count:
            places.append(place)
            place = self._step(place, 1)
        return [self._items[place] for place in places]

    def _go(self, place: int) -> None:
        self._place, self._since = place, self._clock()

    def _drop(self, given: Given) -> None:
        self._given.remove(given)
        of_item = self._values[given.rating.scale][given.place]
        of_item.remove(given.rating.value)
        if not of_item:
            del self._values[given.rating.scale][given.place]

    def _step(self, place: int, by: int) -> int:
        """Returns the next place, in one direction or the other, whose item is not passed over."""
        place += by
        while 0 <= place < len(self._items) and place in self._passed:
            place += by
        return place

    def _first_open(self, place: int) -> int:
        """Returns the first place from one on whose item is to be shown and is not rated in this round."""
        rated = self._values[self._choices.scale]
        while place in self._passed or place in rated:
            place += 1
        return place

    def _value_before(self, place: int) -> int | None:
        """Returns what this rater said of an item before this round."""
        for mark in self._items[place].marks:
            if (mark.rater, mark.scale) == (self._choices.rater, self._choices.scale):
                return mark.value
        return None
