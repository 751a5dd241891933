"""Rating: the round, what is saved and in which order, and what becomes of what cannot be saved."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.judging import JudgingItem, JudgingList, JudgingOrder, Mark, RatingChoices
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.rating_round import Round
from imgsearch_gui.services.rating_service import RatingService
from imgsearch_gui.services.rating_settings import LONGEST_NAME, read_choices, write_choices
from imgsearch_gui.services.settings import Settings
from tests.rating_fakes import SlowRatings, gathering, items

if TYPE_CHECKING:
    from collections.abc import Callable

    from imgsearch_gui.core.types.judging import JudgingWish

EXPERT, CROWD = RatingScale.EXPERT, RatingScale.CROWD
ADA = RatingChoices("Ada")
FOLDER = Path("photos")


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2026, 5, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def marked(*places: int, count: int = 5, rater: str = "Ada") -> list[JudgingItem]:
    """Items, some of which were rated before."""
    return [
        replace(item, marks=(Mark(rater, EXPERT, 3),)) if place in places else item
        for place, item in enumerate(items(count))
    ]


# The round


def test_a_rating_is_of_the_item_on_screen_and_goes_on(clock: Clock) -> None:
    now = Round(items(3), ADA, clock, clock.now)
    clock.seconds += 2.5
    given = now.rate(4, "ja")
    assert given is not None
    rating = given.rating
    assert (rating.query, rating.content_hash) == (now.items[0].query, now.items[0].content_hash)
    assert (rating.rater, rating.scale, rating.value, rating.comment) == ("Ada", EXPERT, 4, "ja")
    assert rating.seconds == 2.5
    assert rating.rated_at == clock.now()
    assert now.item is now.items[1]


def test_at_the_end_there_is_nothing_to_rate(clock: Clock) -> None:
    now = Round(items(2), ADA, clock)
    now.rate(1)
    now.rate(2)
    assert now.item is None
    assert now.rate(3) is None
    now.skip()
    assert now.progress().left == 0
    now.back()
    assert now.item is now.items[1]
    assert now.value() == 2
    assert Round((), ADA, clock).rate(1) is None


def test_undo_returns_to_the_item_again_and_again(clock: Clock) -> None:
    now = Round(items(3), ADA, clock)
    first, second = now.rate(1), now.rate(2)
    assert now.undo() is second
    assert now.place == 1
    assert now.value() is None
    assert now.undo() is first
    assert now.place == 0
    assert now.undo() is None


def test_skipped_items_count_until_they_are_rated(clock: Clock) -> None:
    now = Round(items(4), ADA, clock)
    now.skip()
    now.rate(1)
    now.skip()
    now.rate(1)
    assert now.item is None
    assert (now.progress().rated, now.progress().skipped, now.progress().left) == (2, 2, 2)
    now.go_to_left()
    assert now.place == 0
    now.rate(2)
    assert now.place == 2  # the next that is not rated
    assert now.progress().skipped == 1


def test_looking_back_at_what_is_rated_is_no_skip(clock: Clock) -> None:
    now = Round(items(4), ADA, clock)
    now.rate(1)
    now.back()
    now.skip()
    assert now.progress().skipped == 0
    assert now.place == 1


def test_a_second_rating_of_an_item_counts_once_and_the_latest_shows(clock: Clock) -> None:
    now = Round(items(3), ADA, clock)
    now.rate(1)
    now.back()
    now.rate(4)
    assert now.progress().rated == 1
    assert now.place == 1
    now.back()
    assert now.value() == 4
    now.undo()
    assert now.value() == 1


def test_what_was_rated_before_is_passed_over_or_marked(clock: Clock) -> None:
    now = Round(marked(0, 2), ADA, clock)
    assert now.place == 1
    assert (now.progress().number, now.progress().total, now.progress().passed_over) == (1, 3, 2)
    now.rate(1)
    assert now.place == 3
    now.back()
    assert now.place == 1
    now.back()
    assert now.place == 1
    now.choices = replace(ADA, pass_over=False)
    now.back()
    assert now.place == 0
    assert now.value() == 3
    assert now.progress().total == 5
    now.choices = ADA
    assert now.place == 3


def test_what_others_rated_or_was_rated_on_the_other_scale_is_not_passed_over(clock: Clock) -> None:
    assert Round(marked(0, 1, rater="Bo"), ADA, clock).place == 0
    now = Round(marked(0, 1), ADA, clock)
    assert now.place == 2
    now.choices = replace(ADA, scale=CROWD)
    assert now.progress().passed_over == 0


def test_a_round_of_what_is_all_rated_says_so(clock: Clock) -> None:
    now = Round(marked(0, 1, 2, 3, 4), ADA, clock)
    assert now.item is None
    assert now.progress().total == 0


def test_a_rating_that_cannot_be_saved_leaves_its_item_unrated(clock: Clock) -> None:
    now = Round(items(3), ADA, clock)
    first = now.rate(1)
    assert first is not None
    now.rate(2)
    now.forget(first)
    progress = now.progress()
    assert (progress.rated, progress.unsaved, progress.left) == (1, 1, 2)
    assert now.place == 2
    now.go_to_left()
    assert now.place == 0
    now.rate(3)
    assert now.progress().unsaved == 0


def test_the_time_of_an_item_is_the_median(clock: Clock) -> None:
    now = Round(items(5), ADA, clock)
    assert now.progress().seconds is None
    for seconds in (1, 60, 2):
        clock.seconds += seconds
        now.rate(1)
    assert now.progress().seconds == 2


def test_what_comes_next_is_known_ahead(clock: Clock) -> None:
    now = Round(marked(1), ADA, clock)
    assert now.upcoming(3) == [now.items[0], now.items[2], now.items[3]]
    assert Round((), ADA, clock).upcoming(3) == []


# The service


@pytest.fixture
def store() -> SlowRatings:
    return SlowRatings()


@pytest.fixture
def make(qtbot, worker: Worker, store: SlowRatings) -> Callable[..., RatingService]:
    """Returns a function that begins a round of some items."""

    def begin(count: int = 5, choices: RatingChoices = ADA) -> RatingService:
        service = RatingService(store, worker, choices, gathering(items(count)))
        service.use_engine(object())
        with qtbot.waitSignal(service.gathered):
            service.begin(FOLDER, "a dog", RuleMode.BLOCK)
        return service

    return begin


def test_every_press_is_saved_in_its_order(qtbot, make, store: SlowRatings) -> None:
    service = make(40)
    for place in range(40):
        service.rate(1 + place % 4)
    assert service.round.item is None  # nobody waited for the store
    qtbot.waitUntil(lambda: len(store.saved) == 40, timeout=20_000)
    assert [rating.value for rating in store.ratings()] == [1 + place % 4 for place in range(40)]
    assert [rating.content_hash for rating in store.ratings()] == [i.content_hash for i in items(40)]


def test_undo_takes_back_what_is_not_even_written_yet(qtbot, make, store: SlowRatings) -> None:
    service = make()
    store.gate.clear()
    service.rate(1)
    service.rate(2)
    service.undo()
    service.rate(4)
    store.gate.set()
    qtbot.waitUntil(lambda: len(store.calls) == 4, timeout=20_000)
    assert [rating.value for rating in store.ratings()] == [1, 4]
    assert [kind for kind, _ in store.calls] == ["add", "add", "remove", "add"]


def test_a_failed_write_is_told_and_the_item_stays_unrated(qtbot, make, store: SlowRatings) -> None:
    service = make()
    store.fail_on = {1}
    told: list[Exception] = []
    service.not_saved.connect(told.append)
    for value in (1, 2, 3):
        service.rate(value)
    qtbot.waitUntil(lambda: len(store.calls) == 3 and bool(told), timeout=20_000)
    assert "disk is full" in str(told[0])
    assert [rating.value for rating in store.ratings()] == [1, 3]
    assert (service.round.progress().rated, service.round.progress().unsaved) == (2, 1)
    service.undo()  # of the third
    service.undo()  # of the first: the second is no rating
    qtbot.waitUntil(lambda: len(store.calls) == 5, timeout=20_000)
    assert store.ratings() == []
    assert service.round.place == 0


def test_undo_of_a_write_that_failed_meanwhile_removes_nothing(qtbot, make, store: SlowRatings) -> None:
    service = make()
    store.gate.clear()
    store.fail_on = {0}
    service.rate(1)
    service.undo()
    with qtbot.waitSignal(service.not_saved):
        store.gate.set()
    service.rate(2)
    qtbot.waitUntil(lambda: len(store.saved) == 1, timeout=20_000)
    assert [kind for kind, _ in store.calls] == ["add", "add"]
    assert service.round.progress().rated == 1


def test_a_rating_that_cannot_be_taken_back_stays(qtbot, make, store: SlowRatings) -> None:
    service = make()
    service.rate(3)
    store.fail_removal = True
    with qtbot.waitSignal(service.not_taken_back):
        service.undo()
    assert service.round.progress().rated == 1
    assert [rating.value for rating in store.ratings()] == [3]


def test_what_is_given_in_the_last_moment_is_saved_at_the_end(qtbot, qapp, store: SlowRatings) -> None:
    worker = Worker("last-moment")
    service = RatingService(store, worker, ADA, gathering(items(9)))
    service.use_engine(object())
    with qtbot.waitSignal(service.gathered):
        service.begin(FOLDER, "a dog", RuleMode.BLOCK)
    store.gate.clear()
    for _ in range(9):
        service.rate(2)
    service.undo()
    worker.stop()  # the program ends
    store.gate.set()
    assert worker.wait(20)
    assert len(store.saved) < 8
    service.finish()
    assert len(store.ratings()) == 8


def test_a_rating_survives_in_a_real_library(qtbot, worker: Worker, tmp_path: Path) -> None:
    with Library(tmp_path / "l.sqlite") as library:
        service = RatingService(library, worker, ADA, gathering(items(3)))
        service.use_engine(object())
        with qtbot.waitSignal(service.gathered):
            service.begin(FOLDER, "a dog", RuleMode.BLOCK)
        service.rate(4, "the tail is cut off")
        service.rate(1)
        service.undo()
        service.rate(2)
        values = lambda: [rating.value for rating in library.ratings().values()]  # noqa: E731
        qtbot.waitUntil(lambda: values() == [4, 2], timeout=20_000)
    with Library(tmp_path / "l.sqlite") as library:
        kept = list(library.ratings().values())
    assert [(rating.value, rating.comment) for rating in kept] == [(4, "the tail is cut off"), (2, "")]


def test_another_rater_or_order_begins_anew_and_knows_what_was_saved(qtbot, worker: Worker) -> None:
    store = SlowRatings()
    wishes: list[JudgingWish] = []
    known: list[int] = []

    def gather(engine: object, wish: JudgingWish):
        wishes.append(wish)
        known.append(len(store.ratings()))
        yield TrainProgress("Matches", 0, 3)
        return JudgingList(wish, tuple(items(3)), 3)

    service = RatingService(store, worker, ADA, gather)
    service.use_engine(object())
    with qtbot.waitSignal(service.gathered):
        service.begin(FOLDER, "a dog", RuleMode.WARN)
    store.gate.clear()
    service.rate(1)
    service.rate(2)
    with qtbot.waitSignal(service.gathered):
        service.choose(replace(ADA, rater="Bo"))
        assert service.round.item is None  # a key counts for nobody while it is gathered
        service.rate(3)
        store.gate.set()
    with qtbot.waitSignal(service.gathered):
        service.choose(replace(ADA, rater="Bo", order=JudgingOrder.RANDOM))
    assert known == [0, 2, 2]
    assert [wish.order for wish in wishes] == [JudgingOrder.RANK] * 2 + [JudgingOrder.RANDOM]
    assert {wish.rule for wish in wishes} == {RuleMode.WARN}
    service.choose(replace(service.choices, scale=CROWD, blind=True))
    service.rate(1)
    qtbot.waitUntil(lambda: len(store.saved) == 3)
    last = store.ratings()[-1]
    assert (last.rater, last.scale) == ("Bo", CROWD)
    assert len(wishes) == 3


def test_what_was_asked_before_is_dropped(qtbot, worker: Worker) -> None:
    gate = threading.Event()

    def gather(engine: object, wish: JudgingWish):
        assert gate.wait(20)
        yield TrainProgress("Matches", 0, 1)
        return JudgingList(wish, tuple(items(2)), 2)

    service = RatingService(SlowRatings(), worker, ADA, gather)
    service.use_engine(object())
    told: list[JudgingList] = []
    service.gathered.connect(told.append)
    service.begin(FOLDER, "a dog", RuleMode.BLOCK)
    service.begin(FOLDER, "a cat", RuleMode.BLOCK)
    with qtbot.waitSignal(service.gathered):
        gate.set()
    assert [found.wish.query for found in told] == ["a cat"]
    service.begin(FOLDER, "a boat", RuleMode.BLOCK)
    service.end()
    with qtbot.waitSignal(worker.submit(lambda: None).succeeded):
        pass
    assert len(told) == 1
    assert service.round.items == ()


def test_without_an_engine_it_waits_or_says_why(qtbot, worker: Worker) -> None:
    service = RatingService(SlowRatings(), worker, ADA, gathering(items(2)))
    service.begin(FOLDER, "a dog", RuleMode.BLOCK)
    with qtbot.waitSignal(service.gathered):
        service.use_engine(object())
    broken = RatingService(SlowRatings(), worker, ADA, gathering(items(2)))
    broken.begin(FOLDER, "a dog", RuleMode.BLOCK)
    reason = LibraryError("The library is damaged.")
    with qtbot.waitSignal(broken.failed) as failed:
        broken.no_engine(reason)
    assert failed.args == [reason]
    with qtbot.waitSignal(broken.failed):
        broken.begin(FOLDER, "a cat", RuleMode.BLOCK)


def test_a_failed_gathering_is_told(qtbot, worker: Worker) -> None:
    def gather(engine: object, wish: JudgingWish):
        yield TrainProgress("Tables", 0, 0)
        raise LibraryError("The library is damaged.")

    service = RatingService(SlowRatings(), worker, ADA, gather)
    service.use_engine(object())
    with qtbot.waitSignals([service.progressed, service.failed]):
        service.begin(FOLDER, None, RuleMode.BLOCK)


# What is remembered


def test_choices_are_remembered(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    choices = RatingChoices('Ада, “A;=%" B', CROWD, JudgingOrder.DISPUTED, blind=True, pass_over=False)
    settings = Settings(file)
    write_choices(settings, choices)
    settings.close()
    assert read_choices(Settings(file)) == choices


def test_a_settings_file_that_makes_no_sense_is_as_none(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    plain = read_choices(Settings(file))
    assert plain.rater
    assert plain == RatingChoices(plain.rater)
    file.write_bytes(b"[rating]\nscale=7\norder=\xff\nblind=maybe\nrater=" + b"x" * 500 + b"\n")
    assert read_choices(Settings(file)) == RatingChoices("x" * LONGEST_NAME)
