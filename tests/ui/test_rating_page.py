"""The rating mode, driven as a person does."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QScrollArea

from imgsearch_gui.core.types.content_rule import RuleMatch, RuleMode
from imgsearch_gui.core.types.judging import JudgingItem, JudgingOrder, Mark, PoolStep, RatingChoices
from imgsearch_gui.core.types.photos import Band, Hits, SearchHit
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.errors import DatasetError, LibraryError
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.language import LANGUAGES, use_language
from imgsearch_gui.services.pool_service import PoolService
from imgsearch_gui.services.preview_service import PreviewService
from imgsearch_gui.services.rating_service import RatingService
from imgsearch_gui.services.thumbnail_service import ThumbnailService
from imgsearch_gui.ui import empty_messages, messages
from imgsearch_gui.ui.rating import rating_messages
from imgsearch_gui.ui.rating.rating_tools import RatingTools
from imgsearch_gui.ui.window_pages import WindowPages
from tests.rating_fakes import PaintedPictures, SlowRatings, gathering, items
from tests.ui.driving import ask, end, open_and_wait
from tests.window_fakes import FakeStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imgsearch_gui.ui.empty_messages import Empty
    from tests.ui.conftest import Opened

KEY = Qt.Key
EXPERT, CROWD = RatingScale.EXPERT, RatingScale.CROWD
SIX = 6


class FakePool:
    """Ten hits for each query; the right one of query n has rank n + 1."""

    count = 8

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.stepped: list[int] = []

    def step(self, place: int) -> PoolStep:
        assert self.gate.wait(20)
        self.stepped.append(place)
        hits = [SearchHit(n, Path(f"pool/{n}.jpg"), round(0.9**n, 2), Band.PARTIAL) for n in range(1, 11)]
        found = Hits(10, lambda start, stop: hits[start:stop], lambda image_id: image_id - 1, 10)
        [picture] = [i for i in items(10, f"query {place}") if i.image_id == place + 1]
        recall = {1: 0.125, 5: 0.5, 10: 1.0}
        return PoolStep(
            place, 8, f"query {place}", found, hits[place], place + 1, picture, recall, place + 1, 2, 3
        )


class Rated:
    """A window with the rating mode, and what stands behind it."""

    def __init__(self, one: Opened, found: list[JudgingItem], choices: RatingChoices, **more: object) -> None:
        self.window, self.engine = one.window, one.engine
        self.store, self.pictures, self.pool = SlowRatings(), PaintedPictures(), FakePool()
        self.owner = QObject()
        self.workers = [Worker(name, self.owner) for name in ("ratings", "queries", "previews")]
        saving, stepping, decoding = self.workers
        self.rating = RatingService(self.store, saving, choices, gathering(found, **more), self.owner)
        self.rating.use_engine(object())

        def open_pool(engine: object, folder: Path, rule: RuleMode):
            yield TrainProgress("Test images", 5, 10)
            if folder.name == "bad":
                raise DatasetError("The folder has no test_queries.csv, and so no test queries.", folder)
            return self.pool

        self.pool_service = PoolService(stepping, open_pool, self.owner)
        self.pool_service.use_engine(object())
        self.previews = PreviewService(FakeStore(), lambda: self.pictures, decoding, self.owner)
        thumbnails = ThumbnailService(FakeStore(), decoding, self.owner)
        self.folder: Path | None = Path("data")
        self.tools = RatingTools(
            one.window,
            WindowPages(one.window),
            self.rating,
            self.pool_service,
            self.previews,
            thumbnails,
            lambda *_: self.folder,
        )
        self.page = self.tools.page

    def close(self) -> None:
        end(self.previews, self.workers, self.store.gate, self.pictures.gate, self.pool.gate)


@pytest.fixture
def begin(qtbot, show, folder: Path) -> Iterator[Callable[..., Rated]]:
    """Returns a function that shows a window with a folder and a query, and enters the rating mode."""
    made: list[Rated] = []

    def enter(
        found: list[JudgingItem] | None = None,
        choices: RatingChoices = RatingChoices("Ada"),  # noqa: B008 - frozen
        *,
        rate: bool = True,
        **more: object,
    ) -> Rated:
        one = show()
        made.append(Rated(one, items(SIX) if found is None else found, choices, **more))
        with qtbot.waitActive(one.window):
            one.window.activateWindow()
        open_and_wait(qtbot, one, folder)
        ask(qtbot, one, "dog")
        if rate:
            with qtbot.waitSignal(made[-1].rating.gathered):
                qtbot.keyClick(one.window, KEY.Key_F4)
        return made[-1]

    yield enter
    for one in made:
        one.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def saved(one: Rated) -> list[tuple[int, int]]:
    """The pictures and values that were saved, in order."""
    return [(int.from_bytes(rating.content_hash, "big"), rating.value) for rating in one.store.ratings()]


def wait_saved(qtbot, one: Rated, expected: list[tuple[int, int]]) -> None:
    qtbot.waitUntil(lambda: saved(one) == expected, timeout=20_000)


def press(qtbot, one: Rated, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(one.window.focusWidget(), key)


def test_sixty_keys_back_to_back_are_sixty_ratings_of_the_right_items(qtbot, begin) -> None:
    one = begin(items(60))
    one.store.gate.clear()  # neither the disk
    one.pictures.gate.clear()  # nor the pictures are waited for
    values = [1 + place % 4 for place in range(60)]
    for value in values:
        press(qtbot, one, KEY(KEY.Key_0 + value))
    assert one.rating.round.progress().rated == 60
    assert one.page.empty.isVisible()
    one.store.gate.set()
    wait_saved(qtbot, one, [(number + 1, value) for number, value in enumerate(values)])
    assert len(one.store.calls) == 60


def test_it_shows_the_sentence_the_picture_the_scale_and_what_is_known(qtbot, begin) -> None:
    first = replace(items(1)[0], marks=(Mark("Bo", EXPERT, 2), Mark("Cy", CROWD, 1), Mark("Ada", CROWD, 0)))
    one = begin([first, *items(3)[1:]])
    page = one.page
    assert page.isVisible()
    assert page.caption.text() == "a dog on the beach"
    assert page.details.text() == ("Score 0.97 · Strong · rank 1\nBo: 2 · Cy: Y\nYou said N before.")
    assert page.progress.text() == "1 of 3 · 0 rated · 0 skipped"
    assert [b.accessibleName()[:3] for b in page.scale.buttons[EXPERT].values()] == [
        "1, ",
        "2, ",
        "3, ",
        "4, ",
    ]
    assert all(button.isVisible() for button in page.scale.buttons[EXPERT].values())
    qtbot.waitUntil(lambda: page.picture.image is not None and not page.picture.image.isNull())
    qtbot.waitUntil(lambda: one.previews.preview(first).final)
    assert one.pictures.decoded[0] == (1, page.picture.wanted_side())


def test_keys_undo_skip_and_look_back(qtbot, begin) -> None:
    one = begin()
    press(qtbot, one, KEY.Key_1, KEY.Key_2, KEY.Key_Backspace, KEY.Key_3, KEY.Key_Space, KEY.Key_Right)
    press(qtbot, one, KEY.Key_4, KEY.Key_Left, KEY.Key_Left, KEY.Key_2)
    wait_saved(qtbot, one, [(1, 1), (2, 3), (5, 4), (4, 2)])
    qtbot.keyClick(one.page, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_saved(qtbot, one, [(1, 1), (2, 3), (5, 4)])
    assert one.rating.round.place == 3
    assert one.page.progress.text().startswith("4 of 6 · 3 rated · 2 skipped")


def test_buttons_do_the_same_and_leave_the_keys_where_they_are(qtbot, begin) -> None:
    one = begin()
    page, left = one.page, Qt.MouseButton.LeftButton
    for button in (page.scale.buttons[EXPERT][4], page.skip_button, page.scale.buttons[EXPERT][1]):
        qtbot.mouseClick(button, left)
    qtbot.mouseClick(page.undo_button, left)
    qtbot.mouseClick(page.back_button, left)
    assert page.hasFocus()
    press(qtbot, one, KEY.Key_3)
    wait_saved(qtbot, one, [(1, 4), (2, 3)])
    qtbot.mouseClick(page.controls.scales[CROWD], left)
    qtbot.mouseClick(page.controls.blind, left)
    assert page.hasFocus()
    press(qtbot, one, KEY.Key_N)
    qtbot.mouseClick(page.scale.buttons[CROWD][1], left)
    qtbot.waitUntil(lambda: len(one.store.saved) == 4)
    assert [rating.scale for rating in one.store.ratings()[2:]] == [CROWD, CROWD]
    assert [rating.value for rating in one.store.ratings()[2:]] == [0, 1]


def test_only_the_keys_of_the_scale_in_use_count(qtbot, begin) -> None:
    one = begin()
    press(qtbot, one, KEY.Key_Y, KEY.Key_N, KEY.Key_5, KEY.Key_0)
    assert one.rating.round.place == 0
    press(qtbot, one, KEY.Key_S, KEY.Key_1, KEY.Key_4, KEY.Key_Y)
    wait_saved(qtbot, one, [(1, 1)])
    assert one.store.ratings()[0].scale is CROWD
    qtbot.keyClick(one.page, KEY.Key_S)
    qtbot.keyClick(one.page, KEY.Key_3, Qt.KeyboardModifier.KeypadModifier)
    wait_saved(qtbot, one, [(1, 1), (2, 3)])


def test_letters_are_keys_on_a_russian_keyboard_too(qtbot, begin) -> None:
    one = begin()
    for letter in "ЫНТ":  # the keys S, Y and N
        key = KEY(ord(letter))
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter.lower())
        QApplication.sendEvent(one.page, event)
    wait_saved(qtbot, one, [(1, 1), (2, 0)])
    assert one.rating.choices.scale is CROWD


def test_the_panel_has_room_for_its_words_in_every_language(qapp, tmp_path: Path, begin) -> None:
    for code in (*LANGUAGES, "en"):
        use_language(qapp, code, tmp_path)
        area = begin(rate=False).page.findChild(QScrollArea)
        assert area.viewport().width() >= area.widget().minimumSizeHint().width(), code


def test_a_key_that_is_held_down_rates_once(qtbot, begin) -> None:
    one = begin()
    press(qtbot, one, KEY.Key_2)
    for _ in range(3):
        again = QKeyEvent(QEvent.Type.KeyPress, KEY.Key_2, Qt.KeyboardModifier.NoModifier, "2", True)
        QCoreApplication.sendEvent(one.page, again)
    assert one.rating.round.progress().rated == 1


def test_a_comment_is_kept_with_the_rating_of_its_item(qtbot, begin) -> None:
    one = begin()
    press(qtbot, one, KEY.Key_C)
    assert one.page.comment.hasFocus()
    qtbot.keyClicks(one.page.comment, "1 of 4 dogs")  # which rates nothing
    press(qtbot, one, KEY.Key_Return)
    assert one.page.hasFocus()
    press(qtbot, one, KEY.Key_Right, KEY.Key_3)
    assert one.page.comment.text() == ""
    press(qtbot, one, KEY.Key_Left, KEY.Key_Left)
    assert one.page.comment.text() == "1 of 4 dogs"
    press(qtbot, one, KEY.Key_C, KEY.Key_Escape, KEY.Key_1)
    wait_saved(qtbot, one, [(2, 3), (1, 1)])
    assert [rating.comment for rating in one.store.ratings()] == ["", "1 of 4 dogs"]
    press(qtbot, one, KEY.Key_C)
    qtbot.keyClicks(one.page.comment, "half a thought")
    with qtbot.waitSignal(one.rating.gathered):  # for another person, who has not rated it
        one.rating.choose(RatingChoices("Bo"))
    one.page.setFocus()
    assert one.page.comment.text() == "1 of 4 dogs"
    press(qtbot, one, KEY.Key_Escape)
    with qtbot.waitSignal(one.rating.gathered):
        qtbot.keyClick(one.window, KEY.Key_F4)
    assert one.page.comment.text() == ""


def test_a_late_comment_goes_with_the_rating_that_was_given(qtbot, begin) -> None:
    one = begin()
    press(qtbot, one, KEY.Key_3, KEY.Key_Left, KEY.Key_C)
    qtbot.keyClicks(one.page.comment, "a wolf, not a dog")
    press(qtbot, one, KEY.Key_Return)
    wait_saved(qtbot, one, [(1, 3), (1, 3)])
    assert [rating.comment for rating in one.store.ratings()] == ["", "a wolf, not a dog"]
    assert one.rating.round.place == 1  # on to the next
    press(qtbot, one, KEY.Key_Left, KEY.Key_C, KEY.Key_Return)  # which says nothing new
    press(qtbot, one, KEY.Key_Right, KEY.Key_1)
    wait_saved(qtbot, one, [(1, 3), (1, 3), (2, 1)])


def test_blind_mode_hides_score_rank_and_marks_of_others(qtbot, begin) -> None:
    marks = (Mark("Bo", EXPERT, 2), Mark("Ada", EXPERT, 3))
    one = begin([replace(item, marks=marks) for item in items(2)], RatingChoices("Ada", pass_over=False))
    assert "Bo: 2" in one.page.details.text()
    press(qtbot, one, KEY.Key_B)
    assert one.page.details.text() == f"{rating_messages.blind()}\nYou said 3 before."
    assert one.page.scale.buttons[EXPERT][3].property("given")
    press(qtbot, one, KEY.Key_B)
    assert "Score 0.97" in one.page.details.text()


def test_what_was_rated_before_is_passed_over_or_marked(qtbot, begin) -> None:
    found = [replace(i, marks=(Mark("Ada", EXPERT, 4),)) if i.rank in (1, 3) else i for i in items(4)]
    one = begin(found)
    assert one.page.progress.text() == "1 of 2 · 0 rated · 0 skipped · 2 passed over"
    press(qtbot, one, KEY.Key_P, KEY.Key_Left)
    assert one.page.progress.text() == "1 of 4 · 0 rated · 0 skipped"
    assert one.page.scale.buttons[EXPERT][4].property("given")


def test_a_name_is_needed_and_begins_the_round_anew(qtbot, begin) -> None:
    one = begin()
    field = one.page.controls.rater
    field.setFocus()
    field.clear()
    qtbot.keyClick(field, KEY.Key_Return)
    assert field.text() == "Ada"
    field.selectAll()
    qtbot.keyClicks(field, "  Bo   Li 2 ")
    with qtbot.waitSignal(one.rating.gathered):
        qtbot.keyClick(field, KEY.Key_Return)
    assert one.page.hasFocus()
    press(qtbot, one, KEY.Key_4)
    wait_saved(qtbot, one, [(1, 4)])
    assert one.store.ratings()[0].rater == "Bo Li 2"


def test_another_order_is_asked_for(qtbot, begin) -> None:
    one = begin()
    combo = one.page.controls.order
    combo.setFocus()
    qtbot.keyClick(combo, KEY.Key_Down)
    with qtbot.waitSignal(one.rating.gathered) as gathered:
        qtbot.keyClick(combo, KEY.Key_Down)
    assert gathered.args[0].wish.order is JudgingOrder.UNSURE
    assert one.page.hasFocus()


def test_a_rating_that_is_not_saved_is_told_at_once(qtbot, begin) -> None:
    one = begin()
    one.store.fail_on = {1}
    press(qtbot, one, KEY.Key_1, KEY.Key_2, KEY.Key_3)
    qtbot.waitUntil(one.page.error.isVisible)
    assert one.page.error.text == (
        "A rating was not saved, and its picture counts as not rated. "
        "The rating cannot be saved: the disk is full."
    )
    assert "2 rated · 0 skipped · 1 not saved" in one.page.progress.text()
    press(qtbot, one, KEY.Key_4, KEY.Key_4, KEY.Key_4)
    assert "1 not saved" in one.page.empty.shown.text
    press(qtbot, one, KEY.Key_Return)
    assert one.rating.round.place == 1


def test_the_end_offers_what_is_left(qtbot, begin) -> None:
    one = begin(items(3))
    press(qtbot, one, KEY.Key_1, KEY.Key_Space, KEY.Key_2)
    assert one.page.empty.isVisible()
    assert one.page.empty.shown.title == "That was the last one"
    assert one.page.empty.shown.text.startswith("2 rated · 1 skipped")
    qtbot.mouseClick(one.page.empty.rest_button, Qt.MouseButton.LeftButton)
    press(qtbot, one, KEY.Key_3)
    assert one.page.empty.shown.title == "All done"
    assert not one.page.empty.rest_button.isVisible()
    press(qtbot, one, KEY.Key_Backspace)
    assert one.rating.round.place == 1


def test_leaving_returns_to_the_search_as_it_was(qtbot, begin) -> None:
    one = begin(rate=False)
    qtbot.keyClick(one.window.query, KEY.Key_Down)
    before = one.window.view.currentIndex().row(), one.window.model.rowCount(), len(one.engine.queries)
    assert one.window.view.hasFocus()
    with qtbot.waitSignal(one.rating.gathered):
        qtbot.keyClick(one.window, KEY.Key_F4)
    press(qtbot, one, KEY.Key_3)
    press(qtbot, one, KEY.Key_Escape)
    assert not one.page.isVisible()
    assert one.window.view.hasFocus()
    assert one.window.query.text() == "dog"
    after = one.window.view.currentIndex().row(), one.window.model.rowCount(), len(one.engine.queries)
    assert after == before
    wait_saved(qtbot, one, [(1, 3)])
    qtbot.keyClick(one.window, KEY.Key_Escape)  # is the search's own again
    assert one.window.query.text() == ""


def test_opening_a_folder_leaves_the_rating_mode(qtbot, begin, folder: Path) -> None:
    one = begin()
    one.window.open_folder(folder)
    assert not one.page.isVisible()


def test_another_setting_of_the_content_rule_leaves_the_rating_mode(begin) -> None:
    one = begin()
    one.window.set_rule(RuleMode.WARN)
    assert not one.page.isVisible()


def test_without_a_query_or_a_folder_it_says_what_to_do(qtbot, begin, show) -> None:
    one = begin(rate=False)
    one.window.query.clear()
    qtbot.keyClick(one.window, KEY.Key_F4)
    assert one.page.empty.shown == rating_messages.no_query()
    press(qtbot, one, KEY.Key_1, KEY.Key_Space, KEY.Key_Backspace, KEY.Key_Left)  # nothing to do
    assert one.store.calls == []
    fresh = Rated(show(), [], RatingChoices("Ada"))
    fresh.tools.rate_matches()
    assert fresh.page.empty.shown == rating_messages.no_folder()
    fresh.close()


def test_a_blocked_query_shows_the_disclaimer_and_no_picture(qtbot, begin) -> None:
    match = RuleMatch("toddlers", "toddler", "en")
    one = begin([], blocked=match, left_out=3)
    assert one.page.empty.shown == empty_messages.blocked(match)
    assert not one.page.picture.isVisible()


def test_the_rule_warns_above_the_picture(qtbot, begin) -> None:
    match = RuleMatch("toddlers", "toddler", "en")
    one = begin([replace(items(1)[0], rule_match=match), items(2)[1]])
    assert one.page.warning.text == messages.warned(match)
    press(qtbot, one, KEY.Key_1)
    assert not one.page.warning.isVisible()


@pytest.mark.parametrize(
    ("order", "expected"),
    [(JudgingOrder.RANK, rating_messages.nothing_to_rate), (JudgingOrder.DISPUTED, rating_messages.agreed)],
)
def test_nothing_to_rate_says_why(begin, order: JudgingOrder, expected: Callable[[], Empty]) -> None:
    assert begin([], RatingChoices("Ada", order=order)).page.empty.shown == expected()


def test_a_picture_that_cannot_be_shown_says_why(qtbot, begin) -> None:
    one = begin(rate=False)
    one.pictures.broken = {1}
    with qtbot.waitSignal(one.rating.gathered):
        qtbot.keyClick(one.window, KEY.Key_F4)
    description = one.page.picture.accessibleDescription
    qtbot.waitUntil(lambda: description() == "The file makes the decoder crash.")
    press(qtbot, one, KEY.Key_2)  # the thumbnail is enough for some
    wait_saved(qtbot, one, [(1, 2)])
    qtbot.waitUntil(lambda: description() == "")


def trigger(window, text: str) -> None:
    actions = [a for menu in window.menuBar().findChildren(QMenu) for a in menu.actions()]
    next(a for a in actions if a.text().replace("&", "") == text).trigger()


def test_the_pairs_of_a_dataset_folder(qtbot, begin) -> None:
    one = begin(rate=False, left_out=2, unreadable=1)
    one.folder = None
    trigger(one.window, "Rate pairs of a dataset folder…")
    assert not one.page.isVisible()
    one.folder = Path("data")
    with qtbot.waitSignal(one.rating.gathered) as gathered:
        trigger(one.window, "Rate pairs of a dataset folder…")
    assert (gathered.args[0].wish.folder, gathered.args[0].wish.query) == (Path("data"), None)
    assert one.page.note.text == (
        "2 pairs are withheld by the content rule. 1 pair has a picture that cannot be read."
    )
    assert one.page.controls.order.itemText(0) == rating_messages.orders(of_folder=True)[JudgingOrder.RANK]
    press(qtbot, one, KEY.Key_2)
    wait_saved(qtbot, one, [(1, 2)])


# Test queries


def step_queries(qtbot, one: Rated) -> None:
    with qtbot.waitSignal(one.pool_service.stepped):
        trigger(one.window, "Step through test queries…")


def test_test_queries_are_stepped_through_by_keys(qtbot, begin) -> None:
    one = begin(rate=False)
    step_queries(qtbot, one)
    page = one.tools.pool_page
    assert page.caption.text() == "query 0"
    assert page.place.text() == "Query 1 of 8 · 2 left out by the content rule"
    assert page.recalls.text() == "recall@1: 12.5 %\nrecall@5: 50.0 %\nrecall@10: 100.0 %"
    assert page.recalls_of.text() == "over 1 query so far"
    assert page.note.text == rating_messages.trained_on(3)
    with qtbot.waitSignal(one.pool_service.stepped):
        qtbot.keyClick(page, KEY.Key_Right)
    assert (page.caption.text(), page.rank.text()) == ("query 1", "Rank 2 of 10")
    assert page.view.marked == 1
    qtbot.waitUntil(lambda: page.picture.image is not None and not page.picture.image.isNull())
    with qtbot.waitSignal(one.pool_service.stepped):
        qtbot.keyClick(page, KEY.Key_Left)
    qtbot.keyClick(page, KEY.Key_Left)
    assert page.caption.text() == "query 0"
    assert one.pool.stepped == [0, 1, 0]


def test_every_query_counts_however_fast_one_steps(qtbot, begin) -> None:
    one = begin(rate=False)
    step_queries(qtbot, one)
    one.pool.gate.clear()
    for _ in range(12):
        qtbot.keyClick(one.tools.pool_page, KEY.Key_Space)
    shown: list[int] = []
    one.pool_service.stepped.connect(lambda step: shown.append(step.place))
    with qtbot.waitSignal(one.pool_service.stepped):
        one.pool.gate.set()
    assert shown == [7]
    assert one.pool.stepped == list(range(8))


def test_the_right_image_can_be_scrolled_to(qtbot, begin) -> None:
    one = begin(rate=False)
    step_queries(qtbot, one)
    page = one.tools.pool_page
    for _ in range(7):
        with qtbot.waitSignal(one.pool_service.stepped):
            qtbot.keyClick(page, KEY.Key_Right)
    bar = page.view.verticalScrollBar()
    assert bar.value() == 0
    assert not page.view.viewport().rect().contains(page.view.visualRect(page.model.index(7)))
    qtbot.keyClick(page, KEY.Key_G)
    assert page.view.viewport().rect().contains(page.view.visualRect(page.model.index(7)))
    for _ in range(2):
        qtbot.keyClick(page, KEY.Key_PageUp)
    assert bar.value() == 0


def test_a_bad_folder_says_so_and_esc_leaves(qtbot, begin) -> None:
    one = begin(rate=False)
    one.folder = Path("bad")
    with qtbot.waitSignal(one.pool_service.failed):
        trigger(one.window, "Step through test queries…")
    page = one.tools.pool_page
    assert page.empty.shown.text == "bad: The folder has no test_queries.csv, and so no test queries."
    qtbot.keyClick(page, KEY.Key_Right)
    qtbot.keyClick(page, KEY.Key_Escape)
    assert not page.isVisible()
    assert one.window.query.text() == "dog"


def test_a_gathering_that_fails_says_so(qtbot, begin) -> None:
    one = begin(rate=False)
    with qtbot.waitSignal(one.rating.failed):
        one.rating.no_engine(LibraryError("The library is damaged."))
        qtbot.keyClick(one.window, KEY.Key_F4)
    assert one.page.empty.shown.text == "The library is damaged."


# How it looks


def blind(qtbot, one: Rated) -> None:
    press(qtbot, one, KEY.Key_B, KEY.Key_3, KEY.Key_Left)


def commented(qtbot, one: Rated) -> None:
    press(qtbot, one, KEY.Key_C)
    qtbot.keyClicks(QApplication.focusWidget(), "The dog is a wolf")


def done(qtbot, one: Rated) -> None:
    press(qtbot, one, KEY.Key_1, KEY.Key_2, KEY.Key_Space, KEY.Key_4, KEY.Key_4, KEY.Key_4)


def not_saved(qtbot, one: Rated) -> None:
    one.store.fail_on = {0}
    press(qtbot, one, KEY.Key_1)
    qtbot.waitUntil(one.page.error.isVisible)


LOOKS = {
    "expert": lambda *_: None,
    "crowd": lambda qtbot, one: press(qtbot, one, KEY.Key_S),
    "blind": blind,
    "comment": commented,
    "done": done,
    "not-saved": not_saved,
    "no-query": lambda *_: None,
}


@pytest.mark.parametrize("state", LOOKS)
def test_snapshot(looks, qtbot, begin, state: str) -> None:
    one = begin(rate=state != "no-query")
    one.window.resize(800, 560)
    if state == "no-query":
        one.window.query.clear()
        qtbot.keyClick(one.window, KEY.Key_F4)
    LOOKS[state](qtbot, one)
    one.window.status.clearMessage()
    one.window.grab()
    qtbot.waitUntil(lambda: not any(worker.busy for worker in one.workers))
    for label in one.page.findChildren(QLabel):
        label.setText(re.sub(r"\d[.,]\d(?= (s|с)\b)", "1.5", label.text()))  # the time of a rating
    looks.compare(one.page, f"rating-{state}")


def test_snapshot_of_the_test_queries(looks, qtbot, begin) -> None:
    one = begin(rate=False)
    one.window.resize(800, 560)
    with qtbot.waitSignal(one.pool_service.stepped):
        one.tools.show_queries(Path("data"))
    one.window.grab()
    qtbot.waitUntil(lambda: not any(worker.busy for worker in one.workers))
    looks.compare(one.tools.pool_page, "test-queries")
