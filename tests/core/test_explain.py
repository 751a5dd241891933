"""Why a photo has its score: each word against the same query without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.types.photos import SearchResult
from imgsearch_gui.core.types.query import PictureQuery
from imgsearch_gui.errors import QueryError
from tests.fakes import write_jpegs

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.engine import Engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_jpegs(tmp_path / "photos", 6)[2].rename(tmp_path / "photos" / "red boat.jpg")
    return tmp_path / "photos"


def score(
    engine: Engine, folder: Path, query: str, image_id: int, picture: PictureQuery | None = None
) -> float:
    found = engine.ask(folder, query, picture=picture)
    assert isinstance(found, SearchResult)
    return next(hit.score for hit in found.hits if hit.image_id == image_id)


@pytest.mark.parametrize(
    ("query", "without"),
    [
        ("red boat lake", [("red", "boat lake"), ("boat", "red lake"), ("lake", "red boat")]),
        ("a boat  on the\tlake", [("boat", "a on the lake"), ("lake", "a boat on the")]),
        ("a red", [("red", "a")]),
        ("the a", [("the", "a"), ("a", "the")]),
        (
            "2:“red boat” lake -snow name:jpg",
            [
                ("red", "2:boat lake -snow"),
                ("boat", "2:red lake -snow"),
                ("lake", "2:“red boat” -snow"),
                ("snow", "2:“red boat” lake"),
            ],
        ),
        ("boat", []),
        ("score>0 boat -boat", [("boat", "-boat"), ("boat", "boat")]),
    ],
)
def test_a_words_effect_is_what_the_score_loses_without_it(
    engine: Engine, folder: Path, query: str, without: list[tuple[str, str]]
) -> None:
    for hit in engine.ask(folder, query).hits[:3]:
        explained = engine.explain(folder, query, hit.image_id)
        assert explained.score == pytest.approx(hit.score, abs=1e-6)
        assert [word.text for word in explained.words] == [word for word, _ in without]
        for word, (_, rest) in zip(explained.words, without, strict=True):
            assert query[word.start : word.end] == word.text
            left = score(engine, folder, rest, hit.image_id)
            assert word.effect == pytest.approx(hit.score - left, abs=1e-5)
        assert explained.picture is None


def test_a_picture_has_an_effect_too(engine: Engine, folder: Path) -> None:
    first, second = (record.id for record in engine.library.records(folder)[:2])
    picture = PictureQuery(name="x", image_id=first)
    explained = engine.explain(folder, "boat", second, picture=picture)
    both = score(engine, folder, "boat", second, picture)
    assert explained.score == pytest.approx(both, abs=1e-6)
    assert explained.picture == pytest.approx(both - score(engine, folder, "boat", second), abs=1e-5)
    [word] = explained.words
    alone = engine.explain(folder, "", second, picture=picture)
    assert alone.score == pytest.approx(score(engine, folder, "", second, picture), abs=1e-6)
    assert (alone.words, alone.picture) == ((), None)
    assert word.text == "boat"
    assert engine.explain(folder, "", first, picture=picture).score == 1


def test_the_name_is_told_apart_from_the_score(engine: Engine, folder: Path) -> None:
    hits = engine.ask(folder, "boats at night").hits
    [hit] = [hit for hit in hits if hit.named]
    for other in hits:
        assert engine.explain(folder, "boats at night", other.image_id).named == other.named
    explained = engine.explain(folder, "boats at night", hit.image_id)
    assert (explained.named, explained.bonus) == ("boats", pytest.approx(0.025))
    assert explained.score == pytest.approx(hit.score, abs=1e-6)


def test_at_most_twenty_words_are_explained(engine: Engine, folder: Path) -> None:
    image_id = engine.library.records(folder)[0].id
    words = engine.explain(folder, " ".join(f"word{n}" for n in range(30)), image_id).words
    assert [word.text for word in words] == [f"word{n}" for n in range(20)]


def test_what_cannot_be_explained_is_told(engine: Engine, folder: Path) -> None:
    image_id = engine.library.records(folder)[0].id
    for query, asked, told in (
        ("name:red", image_id, "no words"),
        ("two toddlers play", image_id, "content rule"),
        ("boat", 99_999, "no longer"),
    ):
        with pytest.raises(QueryError, match=told):
            engine.explain(folder, query, asked)
