"""Contact sheets: a picture and a document that hold what was found."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from imgsearch_gui.core.types.photos import Band, SearchHit
from imgsearch_gui.errors import TakeoutError
from imgsearch_gui.services.contact_sheet import COLUMNS, MOST, ROWS, write_contact_sheet
from tests.fakes import finished, result_of
from tests.window_fakes import painted

PAGE = COLUMNS * ROWS


def some_hits(count: int) -> list[SearchHit]:
    return [SearchHit(n + 1, Path(f"/p/пёс {n}.jpg"), 0.9 / (n + 1), Band.STRONG) for n in range(count)]


@pytest.fixture(autouse=True)
def application(qapp):
    """Letters are drawn by fonts, which need an application."""


def test_a_picture_is_as_long_as_it_needs_to_be(tmp_path: Path) -> None:
    sizes = []
    for count in (1, COLUMNS, COLUMNS + 1):
        written, progress = finished(
            write_contact_sheet(tmp_path / "sheet.png", "a dog", some_hits(count), painted)
        )
        assert written == count
        assert progress[-1] == (count, count)
        sizes.append(QImage(str(tmp_path / "sheet.png")).size().toTuple())
    assert sizes[0] == sizes[1] == (1190, sizes[0][1])
    assert sizes[2][1] > sizes[1][1]


def test_each_photo_is_drawn_where_it_belongs(tmp_path: Path) -> None:
    def two(image_id: int) -> bytes | None:
        return painted(1) if image_id == 2 else None

    result_of(write_contact_sheet(tmp_path / "sheet.png", "a dog", some_hits(3), two))
    sheet, thumbnail = QImage(str(tmp_path / "sheet.png")), QImage.fromData(painted(1))
    cell = (1190 - 144) // COLUMNS
    at = [sheet.pixelColor(72 + cell // 2 + column * cell + 20 * column // 5, 260) for column in range(3)]
    assert at[0] == at[2] == sheet.pixelColor(2, 2)
    assert abs(at[1].red() - thumbnail.pixelColor(128, 80).red()) < 12
    assert at[1] != at[0]


def test_a_document_has_a_page_for_every_thirty_photos(tmp_path: Path) -> None:
    for count, pages in ((0, 1), (PAGE, 1), (PAGE + 1, 2)):
        result_of(write_contact_sheet(tmp_path / "sheet.PDF", "пёс", some_hits(count), painted))
        data = (tmp_path / "sheet.PDF").read_bytes()
        assert data.startswith(b"%PDF-")
        assert data.count(b"/Type /Page\n") == pages


def test_a_sheet_holds_so_many_and_not_more(tmp_path: Path) -> None:
    hits = some_hits(MOST + 1)
    assert result_of(write_contact_sheet(tmp_path / "a.png", "x", hits, lambda _: None)) == MOST


def test_a_sheet_that_was_cancelled_is_not_there(tmp_path: Path) -> None:
    for name in ("a.png", "a.pdf"):
        steps = write_contact_sheet(tmp_path / name, "x", some_hits(3), painted)
        next(steps)
        steps.close()
    assert not any(tmp_path.iterdir())


def test_another_ending_or_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(TakeoutError, match=r"\.pdf or a \.png"):
        result_of(write_contact_sheet(tmp_path / "a.jpg", "x", some_hits(1), painted))
    with pytest.raises(TakeoutError, match="cannot be written"):
        result_of(write_contact_sheet(tmp_path / "no" / "a.png", "x", some_hits(1), painted))
