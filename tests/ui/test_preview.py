"""The preview, driven as a person does: from the grid and back, closer, and out to other programs."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton

from imgsearch_gui.core.types.explanation import Explanation, WordEffect
from imgsearch_gui.core.types.photos import Band, LazyPhotos, SearchHit
from imgsearch_gui.errors import ImgSearchError
from imgsearch_gui.services.copies_service import CopiesService
from imgsearch_gui.services.explain_service import ExplainService
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.preview_service import PreviewService, close_side
from imgsearch_gui.services.settings import Settings
from imgsearch_gui.services.settings_schema import PREVIEW_DETAILS
from imgsearch_gui.ui.preview import preview_messages
from imgsearch_gui.ui.preview.preview_messages import Bar
from imgsearch_gui.ui.preview.preview_tools import PreviewTools
from imgsearch_gui.ui.preview.zoom_view import ZoomView
from imgsearch_gui.ui.window_pages import WindowPages
from tests.rating_fakes import PaintedPictures
from tests.ui.accessibility import reachable, without_name
from tests.ui.driving import end
from tests.window_fakes import FakeEngine, FakeStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

    from imgsearch_gui.core.types.content_rule import RuleMode
    from tests.ui.conftest import Opened

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
NAMES = tuple(f"{number}.jpg" for number in range(1, 9))


class WhyEngine:
    """Explains by the word's length, once the gate is open."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.gate = threading.Event()
        self.gate.set()

    def explain(
        self, folder: Path, query: str, image_id: int, *, rule: RuleMode, picture: object
    ) -> Explanation:
        assert self.gate.wait(20)
        self.asked.append((query, image_id))
        if image_id == 5:
            raise ImgSearchError("The photo has gone.")
        words = (WordEffect("a", 0, 1, 0.21), WordEffect("jpg", 2, 5, -0.08), WordEffect("of", 6, 8, 0.004))
        return Explanation(query, image_id, 0.9, words, named="jpg")

    def copies(self, folder: Path, image_id: int, *, rule: RuleMode) -> tuple[Path, ...]:
        return tuple(folder / name for name in (f"{image_id}.jpg", "twin.jpg", "third.jpg"))


class Previewed:
    """A window with the preview, and what stands behind it."""

    def __init__(self, one: Opened, settings: Settings) -> None:
        self.one, self.window, self.view = one, one.window, one.window.view
        self.pictures, self.why, self.owner = PaintedPictures(), WhyEngine(), QObject()
        self.workers = [Worker(name, self.owner) for name in ("previews", "explain")]
        decoding, explaining = self.workers
        self.previews = PreviewService(FakeStore(), lambda: self.pictures, decoding, self.owner)
        explain = ExplainService(explaining, self.owner)
        copies = CopiesService(explaining, self.owner)
        for service in (explain, copies):
            service.use_engine(self.why)
        self.dragged: list[str] = []
        self.pages = WindowPages(one.window)
        self.tools = PreviewTools(one.window, self.pages, self.previews, explain, copies, settings, self.drag)
        self.page, self.picture, self.details = (
            self.tools.page,
            self.tools.page.picture,
            self.tools.page.details,
        )

    def drag(self, source: QWidget, data: QMimeData, image: QImage | None) -> None:
        assert image is not None and not image.isNull()
        self.dragged += [url.toLocalFile() for url in data.urls()]

    @property
    def shown(self) -> bool:
        return self.page.isVisible()

    @property
    def row(self) -> int:
        return self.view.currentIndex().row()

    def close(self) -> None:
        end(self.previews, self.workers, self.pictures.gate, self.why.gate)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def begin(qtbot, show, folder: Path, settings: Settings) -> Iterator[Callable[..., Previewed]]:
    """Returns a function that shows a window with photos 1 to 5 in the grid, the first being current."""
    made: list[Previewed] = []

    def enter(query: str = "jpg") -> Previewed:
        one = show(FakeEngine(NAMES))
        made.append(Previewed(one, settings))
        with qtbot.waitActive(one.window):
            one.window.activateWindow()
        one.window.query.setFocus()
        one.window.query.setText(query)
        qtbot.keyClick(one.window.query, KEY.Key_Return)
        with qtbot.waitSignal(one.services.search.answered):
            one.window.open_folder(folder)
        qtbot.waitUntil(lambda: not one.services.search.busy and not one.services.indexing.busy)
        qtbot.keyClick(one.window.query, KEY.Key_Down)
        qtbot.waitUntil(one.window.view.hasFocus)
        return made[-1]

    yield enter
    for one in made:
        one.close()
        one.owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(qtbot, one: Previewed, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def opened(qtbot, one: Previewed) -> Previewed:
    with qtbot.waitSignal(one.previews.idle):
        press(qtbot, one, KEY.Key_Space)
    return one


@pytest.mark.parametrize("key", [KEY.Key_Space, KEY.Key_Return, KEY.Key_Enter])
@pytest.mark.parametrize("back", [KEY.Key_Space, KEY.Key_Return, KEY.Key_Escape])
def test_a_key_opens_the_current_photo_and_another_goes_back_to_it(qtbot, begin, key, back):
    one = begin()
    press(qtbot, one, KEY.Key_Right, key)
    assert one.shown
    assert one.page.photo.path.name == "2.jpg"
    press(qtbot, one, KEY.Key_Right, back)
    assert not one.shown
    assert one.view.hasFocus()
    assert one.row == 2
    assert one.window.query.text() == "jpg"  # Esc was the preview's


def test_a_double_click_opens_the_photo(qtbot, begin):
    one = begin()
    place = one.view.visualRect(one.window.model.index(3)).center()
    qtbot.mouseClick(one.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(one.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert one.shown
    assert one.page.photo.path.name == "4.jpg"
    qtbot.mouseClick(one.page.leave_button, Qt.MouseButton.LeftButton)
    assert not one.shown


def test_a_space_in_the_query_is_a_letter(qtbot, begin):
    one = begin()
    one.window.query.setFocus()
    qtbot.keyClicks(one.window.query, " a")
    assert not one.shown
    assert one.window.query.text() == "jpg a"


def test_keys_and_buttons_go_from_photo_to_photo(qtbot, begin):
    one = opened(qtbot, begin())
    assert one.page.place.text() == "1 of 5"
    assert not one.page.previous_button.isEnabled()
    press(qtbot, one, KEY.Key_Left)
    assert one.row == 0
    press(qtbot, one, KEY.Key_Right, KEY.Key_PageDown, KEY.Key_PageDown, KEY.Key_PageUp)
    assert one.row == 2
    for _ in range(6):
        qtbot.mouseClick(one.page.next_button, Qt.MouseButton.LeftButton)
    assert one.row == 4
    assert one.page.place.text() == "5 of 5"
    assert not one.page.next_button.isEnabled()
    assert one.page.hasFocus()  # a click leaves the keys where they were


def test_neighbours_are_decoded_ahead_and_the_thumbnail_comes_first(qtbot, begin):
    one = begin()
    one.pictures.gate.clear()
    press(qtbot, one, KEY.Key_Space)
    qtbot.waitUntil(lambda: one.picture.image is not None)
    assert one.pictures.decoded == []
    assert one.picture.scale == 0  # how large it is in the file is not known
    with qtbot.waitSignal(one.previews.idle):
        one.pictures.gate.set()
    assert [number for number, _ in one.pictures.decoded] == [1, 2, 3]
    assert one.picture.scale > 0
    with qtbot.waitSignal(one.previews.idle):
        press(qtbot, one, KEY.Key_Right)
    assert one.picture.image is not None
    assert [number for number, _ in one.pictures.decoded] == [1, 2, 3, 4]


def test_of_a_list_of_300_000_only_the_neighbours_are_made(qtbot, begin, folder):
    one = begin()
    asked: list[tuple[int, int]] = []

    def make(start: int, stop: int) -> list[SearchHit]:
        asked.append((start, stop))
        return [SearchHit(n + 1, folder / f"{n + 1}.jpg", 0.5, Band.PARTIAL) for n in range(start, stop)]

    one.window.photos.show_photos(LazyPhotos(300_000, make, lambda image_id: image_id - 1))
    one.view.setCurrentIndex(one.window.model.index(200_000))
    one.view.setFocus()
    asked.clear()
    with qtbot.waitSignal(one.previews.idle):
        press(qtbot, one, KEY.Key_Space)
    press(qtbot, one, KEY.Key_Right)
    assert one.page.place.text() == "200,002 of 300,000"
    assert sum(stop - start for start, stop in asked) <= 512


def test_whether_details_are_shown_is_remembered(qtbot, begin, settings):
    one = opened(qtbot, begin())
    press(qtbot, one, KEY.Key_I, KEY.Key_Escape)
    assert not settings.get(PREVIEW_DETAILS)
    again = opened(qtbot, begin())
    assert not again.details.isVisible()
    press(qtbot, again, KEY.Key_I)
    assert again.details.isVisible()


def test_zooming_decodes_the_whole_picture_and_fitting_lets_go_of_it(qtbot, begin):
    one = opened(qtbot, begin())
    fit = one.picture.scale
    assert one.picture.fits
    with qtbot.waitSignal(one.previews.idle):
        press(qtbot, one, KEY.Key_1)
    assert one.picture.scale == 1
    assert one.page.scale.text() == "100 %"
    assert one.pictures.decoded[-1] == (1, 3072)
    assert one.previews.close_up(one.page.file) is not None
    press(qtbot, one, KEY.Key_Plus)
    assert one.picture.scale == pytest.approx(1.25)
    press(qtbot, one, KEY.Key_Minus, KEY.Key_0)
    assert one.picture.scale == pytest.approx(fit)
    with qtbot.waitSignal(one.previews.idle):
        press(qtbot, one, KEY.Key_Right)
    assert one.picture.fits
    assert one.pictures.decoded[-1][1] < 3072
    assert sum(side == 3072 for _, side in one.pictures.decoded) == 1


def test_arrows_move_what_is_seen_of_a_large_picture_and_do_not_leave_it(qtbot, begin):
    one = opened(qtbot, begin())
    press(qtbot, one, KEY.Key_1)
    before = one.picture.grab().toImage()
    press(qtbot, one, KEY.Key_Down)
    assert one.picture.grab().toImage() != before
    press(qtbot, one, KEY.Key_Right)
    assert one.row == 0
    press(qtbot, one, KEY.Key_PageDown)
    assert one.row == 1
    assert one.picture.fits


def view_of(qtbot, width: int, height: int) -> ZoomView:
    """A view of 400 × 300 on a picture whose left half is black, right half white."""
    view = ZoomView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    for x in range(width // 2, width):
        for y in range(height):
            image.setPixelColor(x, y, Qt.GlobalColor.white)
    view.show_picture(image)
    view.show_size(image.size())
    view.show()
    return view


def grey(view: ZoomView, x: int, y: int) -> int:
    return view.grab().toImage().pixelColor(x, y).lightness()


def wheel(view: ZoomView, x: int, y: int, notches: int) -> None:
    place = QPointF(x, y)
    none = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(
        place,
        view.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        *none,
        False,
    )
    QApplication.sendEvent(view, event)


def test_the_wheel_zooms_where_the_mouse_is(qtbot):
    view = view_of(qtbot, 800, 600)
    assert view.scale == 0.5
    wheel(view, 200, 150, 3)  # the border between black and white stays there
    assert view.scale == pytest.approx(0.5 * 1.25**3)
    assert [grey(view, x, 150) for x in (195, 205)] == [0, 255]
    wheel(view, 390, 150, 3)
    assert [grey(view, x, 150) for x in (15, 25)] == [0, 255]
    wheel(view, 390, 150, -20)
    assert view.fits


def test_one_to_one_shows_every_pixel_as_it_is(qtbot):
    view = view_of(qtbot, 900, 700)
    for step in range(3):
        view.show_actual()
        view.pan(step, 0)
    lightness = {grey(view, x, 100) for x in range(0, 400, 7)}
    assert lightness <= {0, 255}  # nothing in between: no pixel is blended with the next


def test_two_fingers_zoom(qtbot):
    view = view_of(qtbot, 800, 600)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        QPointF(200, 150),
        QPointF(200, 150),
        QPointF(200, 150),
        1.0,
        QPointF(),
    )
    QApplication.sendEvent(view, pinch)
    assert view.scale == 1.0


def test_dragging_moves_a_large_picture_within_its_borders(qtbot):
    view = view_of(qtbot, 800, 600)
    view.show_actual()
    assert grey(view, 10, 150) == 0
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, pos=QPoint(300, 150))
    qtbot.mouseMove(view, QPoint(-900, 150))
    qtbot.mouseRelease(view, left, pos=QPoint(-900, 150))
    assert [grey(view, x, 150) for x in (10, 390)] == [255, 255]
    assert view.scale == 1.0


def test_a_scale_has_its_limits(qtbot):
    view = view_of(qtbot, 800, 600)
    for _ in range(30):
        view.zoom_in()
    assert view.scale == 8
    for _ in range(60):
        view.zoom_out()
    assert view.fits
    small = view_of(qtbot, 40, 30)
    assert small.scale == 10
    small.zoom_out()
    assert small.scale == 8
    small.show_actual()
    assert small.scale == 1


@pytest.mark.parametrize(
    ("size", "side"),
    [((6000, 4000), 6000), ((9504, 6336), 9504), ((16000, 12000), 9237), ((100_000, 500), 32_000)],
)
def test_a_close_look_takes_no_more_than_256_mb(size, side):
    assert close_side(QSize(*size)) == side
    assert side * side * size[1] / size[0] * 4 <= 256e6


def test_a_file_that_cannot_be_shown_is_its_thumbnail_and_a_sentence(qtbot, begin):
    one = begin()
    one.pictures.broken.add(1)
    opened(qtbot, one)
    assert not one.picture.image.isNull()
    assert one.picture.accessibleDescription() == "The file makes the decoder crash."
    press(qtbot, one, KEY.Key_1)
    assert one.picture.scale == 1  # of the thumbnail
    assert 1 not in {number for number, _ in one.pictures.decoded}
    press(qtbot, one, KEY.Key_PageDown)
    assert one.picture.accessibleDescription() == ""


def test_details_tell_of_the_file_the_match_and_the_camera(qtbot, begin, folder):
    one = opened(qtbot, begin())
    qtbot.waitUntil(lambda: one.details.bars.isVisible())
    texts = [label.text().replace("\u200b", "") for label in (one.details.name, one.details.folder)]
    assert texts == ["1.jpg", str(folder)]
    assert one.details.query.text() == "“jpg”"
    assert one.details.score.text() == "Strong match, score 0.97"
    assert one.details.bars.accessibleDescription() == (
        "These raise the score: a +0.21. These lower it: jpg −0.08. These do next to nothing: of."
    )
    assert "jpg" in one.details.named.text()
    rows = dict(preview_messages.facts(one.previews.preview(one.page.file).facts))
    assert rows == {
        "Picture": "3,072 × 2,052 pixels",
        "File": "JPEG, 1.2 MB",
        "Camera": "Camera 1",
        "Shot with": "1/250 s  ISO 200",
    }
    assert one.details.facts.isVisible()
    press(qtbot, one, KEY.Key_I)
    assert not one.details.isVisible()
    press(qtbot, one, KEY.Key_I)
    assert one.details.isVisible()


def test_an_explanation_that_comes_late_or_never_is_not_shown(qtbot, begin):
    one = begin()
    one.why.gate.clear()
    opened(qtbot, one)
    for _ in range(4):
        press(qtbot, one, KEY.Key_Right)
    one.why.gate.set()
    qtbot.waitUntil(lambda: ("jpg", 5) in one.why.asked)
    assert ("jpg", 2) not in one.why.asked  # it was overtaken
    assert not one.details.bars.isVisible()
    press(qtbot, one, KEY.Key_Left)
    qtbot.waitUntil(lambda: one.details.bars.isVisible())


def test_without_a_query_there_is_nothing_to_explain(qtbot, begin):
    one = opened(qtbot, begin(""))
    assert one.why.asked == []
    assert not one.details.score.isVisible()
    assert not one.details.query.isVisible()


def test_copies_of_the_same_picture_are_listed(qtbot, begin, folder):
    one = opened(qtbot, begin())
    assert not one.details.copies.isVisible()
    several = SearchHit(2, folder / "2.jpg", 0.9, Band.STRONG, copies=3)
    one.window.photos.show_photos((one.page.photo, several))
    press(qtbot, one, KEY.Key_Right)
    qtbot.waitUntil(lambda: one.details.copies.isVisible())
    text = one.details.copy_paths.text().replace("\u200b", "")
    assert text == f"{folder / 'twin.jpg'}\n{folder / 'third.jpg'}"
    press(qtbot, one, KEY.Key_Left)
    assert not one.details.copies.isVisible()


def test_bars_go_left_and_right_of_the_middle(qtbot, begin):
    one = opened(qtbot, begin())
    bars = one.details.bars
    bars.show_bars((Bar("up", 0.2), Bar("down", -0.2), Bar("nothing", 0.0)))
    bars.show()
    drawn, dyed = bars.grab().toImage(), bars.palette().highlight().color()
    line = drawn.height() / 3
    first = [x for x in range(drawn.width()) if drawn.pixelColor(x, int(line / 2)) == dyed]
    second = [x for x in range(drawn.width()) if drawn.pixelColor(x, int(1.5 * line)) == dyed]
    assert len(first) > 20
    assert second == []  # hollow
    assert bars.toolTip() == preview_messages.spoken_bars(
        (Bar("up", 0.2), Bar("down", -0.2), Bar("nothing", 0.0))
    )


def test_actions_are_about_the_photo_that_is_shown(qtbot, begin, folder):
    one = opened(qtbot, begin())
    press(qtbot, one, KEY.Key_Right)
    qtbot.keyClick(one.page, KEY.Key_Return, CONTROL)
    assert one.one.opened == [QUrl.fromLocalFile(str(folder / "2.jpg"))]
    buttons = {button.text(): button for button in one.details.findChildren(QPushButton)}
    qtbot.mouseClick(buttons["Copy path"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == str(folder / "2.jpg")
    assert buttons["Copy path"].toolTip() == "Copy path (Ctrl+Shift+C)"
    with qtbot.waitSignal(one.window.photo_actions.alike_requested) as alike:
        qtbot.mouseClick(buttons["More like this"], Qt.MouseButton.LeftButton)
    assert alike.args[0].image_id == 2


@pytest.mark.parametrize("of_grid", [True, False])
def test_a_copied_picture_is_an_image_and_a_file(qtbot, begin, folder, of_grid):
    one = begin()
    if not of_grid:
        opened(qtbot, one)
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_C, CONTROL)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().hasImage())
    data = QGuiApplication.clipboard().mimeData()
    assert data.urls() == [QUrl.fromLocalFile(str(folder / "1.jpg"))]
    assert QImage.fromData(data.data("image/png").data()).size() == QSize(256, 171)
    assert "1.jpg" in one.window.status.currentMessage()


def test_a_picture_that_cannot_be_copied_is_told_where_one_looks(qtbot, begin):
    one = begin()
    one.pictures.broken.add(1)
    opened(qtbot, one)
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClick(one.page, KEY.Key_C, CONTROL)
    qtbot.waitUntil(lambda: one.page.error.text != "")
    assert one.page.error.text == "The file makes the decoder crash."
    assert QGuiApplication.clipboard().text() == "before"
    press(qtbot, one, KEY.Key_Right)
    assert one.page.error.text == ""


def test_the_picture_can_be_dragged_out(qtbot, begin, folder):
    one = opened(qtbot, begin())
    middle = one.picture.rect().center()
    qtbot.mousePress(one.picture, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(one.picture, middle + QPoint(2, 0))
    assert one.dragged == []
    qtbot.mouseMove(one.picture, middle + QPoint(40, 0))
    qtbot.mouseRelease(one.picture, Qt.MouseButton.LeftButton, pos=middle)
    assert one.dragged == [str(folder / "1.jpg")]


def test_photos_that_join_the_answer_do_not_disturb(qtbot, begin, folder):
    one = opened(qtbot, begin())
    press(qtbot, one, KEY.Key_Right, KEY.Key_Right)
    shown = one.window.shown_photos()
    more = (SearchHit(99, folder / "99.jpg", 0.99, Band.STRONG), *shown)
    one.window.photos.show_photos(more, keep_place=True)
    assert one.shown
    assert one.page.photo.path.name == "3.jpg"
    assert one.page.place.text() == f"4 of {len(more)}"


def test_a_photo_that_may_not_be_shown_any_more_is_left(qtbot, begin):
    one = opened(qtbot, begin())
    one.window.photos.show_photos(one.window.shown_photos()[1:])
    assert not one.shown
    assert one.page.photo is None
    assert one.picture.image is None


def test_tab_reaches_every_button_and_they_work_by_keys(qtbot, begin):
    one = opened(qtbot, begin())
    assert without_name(one.window) == []
    wanted = {widget for widget in reachable(one.window) if one.page.isAncestorOf(widget)}
    assert one.page.next_button in wanted
    seen = set()
    for _ in range(2 * len(wanted) + 4):
        seen.add(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
    assert not wanted - seen
    for key, row in ((KEY.Key_Space, 1), (KEY.Key_Return, 2)):
        one.page.next_button.setFocus()
        press(qtbot, one, key)
        assert (one.shown, one.row) == (True, row)


@pytest.mark.parametrize("state", ["hit", "close", "broken"])
def test_snapshot(looks, qtbot, begin, state):
    one = begin()
    if state == "broken":
        one.pictures.broken.add(1)
    one.window.resize(900, 700)
    opened(qtbot, one)
    qtbot.waitUntil(lambda: one.details.bars.isVisible())
    one.details.folder.setText("/home/ada/photos")
    if state == "close":
        with qtbot.waitSignal(one.previews.idle):
            press(qtbot, one, KEY.Key_1)
    looks.compare(one.page, f"preview-{state}")
