"""Large pictures: the one on screen first, thumbnails until then, and a reason where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.services.preview_service import PreviewService
from tests.rating_fakes import PaintedPictures, items
from tests.window_fakes import SIZES, FakeStore

if TYPE_CHECKING:
    from imgsearch_gui.services.jobs import Worker


@pytest.fixture
def pictures() -> PaintedPictures:
    return PaintedPictures()


@pytest.fixture
def service(worker: Worker, pictures: PaintedPictures) -> PreviewService:
    return PreviewService(FakeStore(), lambda: pictures, worker)


def test_the_first_is_decoded_first_and_what_is_there_is_not_decoded_again(qtbot, service, pictures) -> None:
    found = items(4)
    with qtbot.waitSignal(service.idle):
        service.want(found[:3], 512)
    assert pictures.decoded == [(1, 512), (2, 512), (3, 512)]
    preview = service.preview(found[0])
    assert (preview.image.width(), preview.image.height()) == SIZES[0]
    assert preview.final
    assert service.preview(found[3]) is None
    with qtbot.waitSignal(service.idle):
        service.want(found[1:], 512)
    assert pictures.decoded[3:] == [(4, 512)]
    with qtbot.waitSignal(service.idle):
        service.want(found[:1], 256)  # a smaller one is there
    assert len(pictures.decoded) == 4
    with qtbot.waitSignal(service.idle):
        service.want(found[:1], 1024)
    assert pictures.decoded[4:] == [(1, 1024)]


def test_thumbnails_stand_in_while_pictures_are_decoded(qtbot, service, pictures) -> None:
    found = items(3)
    pictures.gate.clear()
    service.want(found, 512)
    qtbot.waitUntil(lambda: service.preview(found[2]) is not None)
    preview = service.preview(found[0])
    assert not preview.final
    assert not preview.image.isNull()
    pictures.gate.set()
    qtbot.waitUntil(lambda: service.preview(found[2]).final)


def test_what_is_no_longer_wanted_is_dropped(qtbot, service, pictures) -> None:
    found = items(20)
    pictures.gate.clear()
    service.want(found[:4], 512)
    qtbot.waitUntil(lambda: service.preview(found[3]) is not None)
    service.want(found[10:12], 512)
    with qtbot.waitSignal(service.idle):
        pictures.gate.set()
    assert pictures.decoded in ([(1, 512), (11, 512), (12, 512)], [(11, 512), (12, 512)])


def test_a_file_that_cannot_be_shown_says_why_over_its_thumbnail(qtbot, service, pictures) -> None:
    found = items(2)
    pictures.broken, pictures.changed = {1}, {2}
    with qtbot.waitSignal(service.idle):
        service.want(found, 512)
    crashed, changed = service.preview(found[0]), service.preview(found[1])
    assert crashed.fault == "The file makes the decoder crash."
    assert changed.fault.startswith("The file has changed since it was listed")
    assert not crashed.image.isNull()  # the stored thumbnails
    assert not changed.image.isNull()
    assert pictures.decoded == []
    with qtbot.waitSignal(service.idle):
        service.want(found, 512)  # nothing better will come


def test_the_cache_is_bounded(qtbot, service) -> None:
    found = items(20)
    for start in range(0, 20, 4):
        with qtbot.waitSignal(service.idle):
            service.want(found[start : start + 4], 512)
    kept = [item for item in found if service.preview(item) is not None]
    assert kept == found[-8:]


def test_closing_ends_the_decoder(qtbot, service, pictures) -> None:
    pictures.gate.clear()
    service.want(items(2), 512)
    qtbot.waitUntil(lambda: service.preview(items(2)[1]) is not None)
    service.close()
    assert pictures.closed


def test_a_closer_look_is_had_beside_the_picture_until_something_else_is_wanted(
    qtbot, service, pictures
) -> None:
    found = items(3)
    with qtbot.waitSignal(service.idle):
        service.want(found, 512)
    with qtbot.waitSignal(service.idle):
        service.want(found, 512, 3072)
    assert pictures.decoded[3:] == [(1, 3072)]
    assert service.close_up(found[0]).side == 3072
    assert service.preview(found[0]).side == 512
    assert service.close_up(found[1]) is None
    with qtbot.waitSignal(service.idle):
        service.want(found[1:], 512)
    assert service.close_up(found[0]) is None
    assert len(pictures.decoded) == 4


def test_a_closer_look_that_fails_is_not_tried_again_and_again(qtbot, service, pictures) -> None:
    found = items(1)
    with qtbot.waitSignal(service.idle):
        service.want(found, 512)
    pictures.broken = {1}
    with qtbot.waitSignal(service.idle):
        service.want(found, 512, 3072)
    assert service.close_up(found[0]).fault == "The file makes the decoder crash."
    assert service.preview(found[0]).fault == ""


def test_what_is_forgotten_is_decoded_again(qtbot, service, pictures) -> None:
    found = items(1)
    for _ in range(2):
        with qtbot.waitSignal(service.idle):
            service.want(found, 512)
        service.forget()
        assert service.preview(found[0]) is None
    assert pictures.decoded == [(1, 512), (1, 512)]


def test_what_was_on_its_way_when_all_was_forgotten_is_dropped(qtbot, service, pictures) -> None:
    found = items(1)
    pictures.gate.clear()
    service.want(found, 512)
    qtbot.waitUntil(lambda: service.preview(found[0]) is not None)
    service.forget()
    service.want(found, 512)
    with qtbot.waitSignal(service.idle):
        pictures.gate.set()
    assert pictures.decoded[-1] == (1, 512)
    assert service.preview(found[0]).final
    assert len(pictures.decoded) == 2
