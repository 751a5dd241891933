"""A picture as query, what is understood of a query, and how queries are written."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from imgsearch_gui.core.query.grammar import parse
from imgsearch_gui.core.types.query import Filter, FilterKind, Term
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.search.filter_chips import chips_of, without
from imgsearch_gui.ui.search.query_bar import picture_in
from imgsearch_gui.ui.search.query_help import QueryHelp, examples
from imgsearch_gui.ui.search.search_tools import pasted
from tests.ui.driving import answered, ask, names, trigger
from tests.window_fakes import NAMES, SIZES, painted

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "3.jpg"
    file.write_bytes(painted(3))
    return file


def of_files(*files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def drop(widget, data):
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, none))
    return enter.isAccepted()


def test_a_file_dropped_on_the_field_is_searched_by(qtbot, one, picture):
    request = answered(qtbot, one, lambda: drop(one.window.query, of_files(picture)))
    assert request.question.picture.file == picture
    assert one.window.folder != picture.parent
    assert one.window.query.placeholderText() == "Photos like 3.jpg; words can be added"
    assert one.window.status.count.text().startswith("Photos like 3.jpg · 8 photos · ")
    assert not one.window.photos.rest.isVisible()


def test_a_file_is_shown_small_in_the_field(qtbot, one, picture):
    answered(qtbot, one, lambda: drop(one.window.query, of_files(picture)))
    chip = one.window.query._chip
    qtbot.waitUntil(lambda: chip.image is not None)
    assert chip.image.width() == SIZES[2][0]
    photo = one.window.model.index(0).data(ResultsModel.PHOTO)
    before = one.window.query.picture
    answered(qtbot, one, lambda: one.searching.search_like(photo))
    shown = chip.image
    one.window.query.show_picture(before, QImage(9, 9, QImage.Format.Format_RGB32))  # too late
    assert chip.image is shown


def test_a_folder_dropped_on_the_field_is_opened(qtbot, one, tmp_path):
    request = answered(qtbot, one, lambda: drop(one.window.query, of_files(tmp_path)))
    assert request.folder == tmp_path
    assert one.window.query.picture is None


def test_words_are_searched_for_beside_the_picture_until_it_is_removed(qtbot, one, picture):
    answered(qtbot, one, lambda: drop(one.window.query, of_files(picture)))
    request = answered(qtbot, one, lambda: qtbot.keyClicks(one.window.query, "dog"))
    assert (request.question.query, request.question.picture.file) == ("dog", picture)
    one.window.query.setCursorPosition(1)
    qtbot.keyClick(one.window.query, Qt.Key.Key_Backspace)  # a letter
    assert one.window.query.picture is not None
    request = answered(qtbot, one, lambda: qtbot.keyClick(one.window.query, Qt.Key.Key_Backspace))
    assert (request.question.query, request.question.picture) == ("og", None)
    assert one.window.query.text() == "og"


def test_the_button_removes_the_picture_and_escape_all(qtbot, one, picture):
    button = one.window.query._chip.button
    answered(qtbot, one, lambda: drop(one.window.query, of_files(picture)))
    assert button.isVisible()
    request = answered(qtbot, one, lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton))
    assert request.question.picture is None
    assert not button.isVisible()
    answered(qtbot, one, lambda: drop(one.window.query, of_files(picture)))
    request = answered(qtbot, one, lambda: qtbot.keyClick(one.window, Qt.Key.Key_Escape))
    assert (request.question.query, request.question.picture) == ("", None)
    assert names(one.window) == list(NAMES)


def test_a_copied_file_or_picture_is_pasted_and_text_is_text(qtbot, one, picture):
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(of_files(picture))
    request = answered(qtbot, one, lambda: qtbot.keyClick(one.window.query, Qt.Key.Key_V, CTRL))
    assert request.question.picture.file == picture
    image = QImage(3000, 2000, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    clipboard.setImage(image)
    request = answered(qtbot, one, lambda: trigger(one.window, "Search by the copied picture"))
    assert QImage.fromData(request.question.picture.data).width() == 512
    answered(qtbot, one, one.window.query.clear_all)
    clipboard.setText("boat")
    request = answered(qtbot, one, lambda: qtbot.keyClick(one.window.query, Qt.Key.Key_V, CTRL))
    assert (request.question.query, request.question.picture) == ("boat", None)
    trigger(one.window, "Search by the copied picture")
    assert one.window.status.currentMessage() == "No picture was copied."


def test_a_table_is_pasted_as_its_text():
    data = QMimeData()
    data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    assert isinstance(picture_in(data), QImage)
    data.setText("1\t2")
    assert picture_in(data) is None


def test_a_picture_keeps_its_shape_when_it_is_pasted():
    image = QImage(9000, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    query = pasted(image)
    made = QImage.fromData(query.data)
    assert (made.width(), made.height()) == (512, 17)
    assert made.pixelColor(100, 8) == QColor("teal")


def test_an_empty_clipboard_is_told(one):
    QGuiApplication.clipboard().clear()
    one.searching.paste_picture()
    assert one.window.status.currentMessage() == "No picture was copied."


def test_a_file_is_asked_for(qtbot, one, picture):
    trigger(one.window, "Search by a picture…")  # and thought better of
    assert one.window.query.picture is None
    one.pictures.append(picture)
    request = answered(qtbot, one, lambda: trigger(one.window, "Search by a picture…"))
    assert request.question.picture.file == picture


def test_more_like_this_takes_the_place_of_the_words(qtbot, one):
    ask(qtbot, one, "boat")
    one.window.photos.focus_photos(0)
    photo = one.window.model.index(0).data(ResultsModel.PHOTO)
    request = answered(qtbot, one, lambda: qtbot.keyClick(one.window.view, Qt.Key.Key_M, CTRL))
    assert (request.question.query, request.question.picture.image_id) == ("", photo.image_id)
    assert one.window.query.text() == ""


def test_a_picture_of_the_library_is_left_behind_with_its_folder(qtbot, one, tmp_path, picture):
    photo = one.window.model.index(0).data(ResultsModel.PHOTO)
    answered(qtbot, one, lambda: one.searching.search_like(photo))
    request = answered(qtbot, one, lambda: one.window.open_folder(tmp_path))
    assert request.question.picture is None
    answered(qtbot, one, lambda: drop(one.window.query, of_files(picture)))
    other = tmp_path / "other"
    other.mkdir()
    request = answered(qtbot, one, lambda: one.window.open_folder(other))
    assert request.question.picture.file == picture


def test_what_is_understood_stands_below_the_field_and_can_be_taken_out(qtbot, one):
    assert not one.window.chips.isVisible()
    ask(qtbot, one, "dog folder:a&b -snow after:2023-05")
    texts = [button.text() for button in one.window.chips.buttons]
    assert texts == ["without “snow”   ×", "folder: a&&b   ×", "after 2023-05-01   ×"]
    qtbot.mouseClick(one.window.chips.buttons[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(one.window.chips.buttons) == 2)
    assert one.window.query.text() == "dog -snow after:2023-05"
    ask(qtbot, one, "dog")
    assert not one.window.chips.isVisible()


def test_a_mistake_is_told_below_the_field(qtbot, one):
    ask(qtbot, one, "dog after:never")
    assert "after:never" in one.window.note.text


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("a red boat", []),
        ('"red boat"', []),
        ("2:beach", ["2 × “beach”"]),
        ('-0.5:"deep snow"', ["0.5 × without “deep snow”"]),
        ("-folder:italy name:img -name:x", ["not in folder: italy", "name: img", "name without: x"]),
        ("before:2024", ["before 2024-01-01"]),
        ("rated:yes rated:no rated:3", ["rated", "not rated", "rated 3 or better"]),
        ("dog score>0.6", ["score > 0.6"]),
        ("папка:море", ["folder: море"]),
    ],
)
def test_chips_say_what_is_understood(english, query, texts):
    assert [text for text, _ in chips_of(parse(query))] == texts


@pytest.mark.parametrize("query", ["a dog -snow 2:sea", ' folder:"a b"   dog', "name:x score>0.5 sky"])
def test_what_a_chip_takes_out_is_all_that_is_gone(query):
    parsed = parse(query)
    chips = list(chips_of(parsed))
    assert chips
    for _, place in chips:
        left = parse(without(query, place))
        assert len(left.terms) + len(left.filters) == len(parsed.terms) + len(parsed.filters) - 1
        assert not left.mistakes


def test_places_do_not_matter_when_parts_are_compared():
    assert Term("dog", place=(0, 3)) == Term("dog")
    day = date(2023, 1, 1)
    assert Filter(FilterKind.AFTER, day, place=(2, 9)) == Filter(FilterKind.AFTER, day)


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there
def test_every_example_is_understood_and_can_be_tried(qtbot, one):
    for query, _ in examples():
        assert not parse(query).mistakes
    qtbot.keyClick(one.window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    forms = one.window.findChild(QueryHelp)
    assert forms.isVisible()
    closed = []
    forms.finished.connect(closed.append)
    request = answered(qtbot, one, lambda: qtbot.mouseClick(forms.buttons[3], Qt.MouseButton.LeftButton))
    assert request.question.query == "2:beach dog"
    assert closed
