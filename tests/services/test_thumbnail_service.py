"""Thumbnails: what is wanted last is decoded first, and the cache is bounded."""

from __future__ import annotations

import threading

import pytest

from imgsearch_gui.services.thumbnail_service import SMALL_SIDE, ThumbnailService
from tests.window_fakes import SIZES, FakeStore, painted


class SlowStore(FakeStore):
    """Stops at its first thumbnail until the gate opens."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.gate = threading.Event(), threading.Event()

    def thumbnail(self, image_id: int) -> bytes | None:
        self.asked.append(image_id)
        self.began.set()
        assert self.gate.wait(20)
        return painted(image_id)


class BrokenStore(FakeStore):
    def thumbnail(self, image_id: int) -> bytes | None:
        raise OSError("gone")


@pytest.fixture
def make(worker):
    return lambda store, **options: ThumbnailService(store, worker, **options)


def test_wanted_thumbnails_are_decoded_in_order(qtbot, make):
    store = FakeStore()
    service = make(store)
    loaded = []
    service.loaded.connect(loaded.append)
    with qtbot.waitSignal(service.idle):
        service.want([3, 1, 2])
    assert store.asked == loaded == [3, 1, 2]
    image = service.image(1)
    assert (image.width(), image.height()) == SIZES[0]
    assert service.image(9) is None


def test_what_is_there_is_not_decoded_again_until_forgotten(qtbot, make):
    store = FakeStore()
    service = make(store)
    with qtbot.waitSignal(service.idle):
        service.want([1, 2])
    with qtbot.waitSignal(service.idle):
        service.want([2, 3])
    assert store.asked == [1, 2, 3]
    with qtbot.waitSignal(service.idle):
        service.forget()
    assert store.asked == [1, 2, 3, 2, 3]
    assert service.image(1) is None


def test_what_is_no_longer_wanted_is_dropped(qtbot, make):
    store = SlowStore()
    service = make(store)
    service.want(range(1, 100))
    assert store.began.wait(20)
    service.want([200, 201])
    with qtbot.waitSignal(service.idle):
        store.gate.set()
    assert store.asked == [1, 200, 201]


def test_the_cache_keeps_what_was_used_last(qtbot, make):
    service = make(FakeStore(), capacity=3)
    with qtbot.waitSignal(service.idle):
        service.want([1, 2, 3])
    service.image(1)
    with qtbot.waitSignal(service.idle):
        service.want([4])
    assert [n for n in range(1, 5) if service.image(n) is not None] == [1, 3, 4]


def test_more_than_the_cache_holds_is_not_decoded_for_ever(qtbot, make):
    store = FakeStore()
    service = make(store, capacity=3)
    with qtbot.waitSignal(service.idle):
        service.want(range(1, 100))
    assert store.asked == [1, 2, 3]


def test_a_missing_thumbnail_is_null(qtbot, make):
    service = make(FakeStore(missing=frozenset({5})))
    with qtbot.waitSignal(service.idle):
        service.want([5])
    assert service.image(5).isNull()


def test_a_store_that_fails_leaves_placeholders(qtbot, make):
    service = make(BrokenStore())
    with qtbot.waitSignal(service.idle):
        service.want([1, 2])
    assert service.image(1) is None
    assert not service.busy


def test_small_ones_take_a_quarter_of_the_place_and_make_room_for_whole_ones(qtbot, make):
    store = FakeStore()
    service = make(store, capacity=2)
    with qtbot.waitSignal(service.idle):
        service.want(range(1, 20), small=True)
    assert store.asked == list(range(1, 9))
    assert max(service.image(1).width(), service.image(1).height()) == SMALL_SIDE
    with qtbot.waitSignal(service.idle):
        service.want([8, 7])
    assert service.image(8).width() == SIZES[7][0]
    assert [n for n in range(1, 9) if service.image(n) is not None] == [7, 8]
    with qtbot.waitSignal(service.idle):
        service.want([7], small=True)  # what is there is good enough
    assert store.asked[8:] == [8, 7]
