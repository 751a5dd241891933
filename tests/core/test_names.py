"""Words of the query in file names: what counts as one, what it does, and that nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.query.grammar import parse
from imgsearch_gui.core.retrieval.names import BONUS, named_words, words_of
from imgsearch_gui.core.types.photos import SearchResult
from tests.engines import run
from tests.fakes import write_jpegs

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.engine import Engine


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("IMG_2024-05-17 beach.jpg", "img beach"),
        ("DogOnTheBeach2.JPEG", "dog on the beach"),
        ("DSCBeach.jpg", "dsc beach"),
        ("dog.and.cat.png", "dog and cat"),
        ("Пёс_на-пляжеЗимой.jpg", "пес на пляже зимой"),
        ("1000268201_693bed08cb.jpg", ""),
        ("1234bed5-0dad-4bad-face-0123456789ab.jpg", ""),
        ("facade01.jpg", ""),
        ("deadline.jpg", "deadline"),
        (".jpg", "jpg"),
        ("two\nlines.jpg", "two lines"),
        ("bad\udcffbytes.jpg", "bad bytes"),
    ],
)
def test_names_are_parted_into_words(name: str, words: str) -> None:
    lines = words_of([b"folder of boats/" + name.encode("utf-8", "surrogateescape"), b"next.jpg"])
    first, second, end = lines.split("\n")
    assert (first.split(), second, end) == (words.split(), "next", "")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("a dog on the beach", ["dog", "beach"]),
        ('Dogs with dogs -cats 2:"red DOG\'s"', ["Dogs", "red", "DOG"]),
        ("пёс для собаки", ["пёс", "собаки"]),
        ("in an 2024", []),
    ],
)
def test_words_that_count(query: str, words: list[str]) -> None:
    assert named_words(parse(query).terms) == words


NAMES = ("berries.jpg", "собаке.jpg", "hotdog.jpg", "MyDog.jpg", "mouse.jpg", "dogs and mice.jpg", "x.jpg")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file, name in zip(write_jpegs(tmp_path / "photos", len(NAMES)), NAMES, strict=True):
        file.rename(file.with_name(name))
    return tmp_path / "photos"


def found(engine: Engine, folder: Path, query: str, **options) -> SearchResult:
    result = engine.ask(folder, query, **options)
    assert isinstance(result, SearchResult)
    return result


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("a dog", {"MyDog.jpg": "dog", "dogs and mice.jpg": "dog"}),
        ("DOGS and mice", {"MyDog.jpg": "DOGS", "dogs and mice.jpg": "DOGS mice", "mouse.jpg": "mice"}),
        ("mice", {"dogs and mice.jpg": "mice", "mouse.jpg": "mice"}),
        ("berry", {"berries.jpg": "berry"}),
        ("собака", {"собаке.jpg": "собака"}),
        ("boat -dog", {}),
        ("jpg", {}),
    ],
)
def test_a_hit_says_which_words_its_name_holds(
    engine: Engine, folder: Path, query: str, named: dict[str, str]
) -> None:
    hits = found(engine, folder, query).hits
    assert {hit.path.name: hit.named for hit in hits if hit.named} == named


def test_a_name_raises_the_rank_by_its_share_and_leaves_the_score(engine: Engine, folder: Path) -> None:
    query = "2:dog mice"  # scores of two terms are ranked as they are
    plain = {hit.path.name: hit.score for hit in found(engine, folder, query, names=False).hits}
    hits = list(found(engine, folder, query).hits)
    assert {hit.path.name: hit.score for hit in hits} == plain
    share = {"MyDog.jpg": 0.5, "dogs and mice.jpg": 1.0, "mouse.jpg": 0.5}
    keys = [plain[hit.path.name] + BONUS * share.get(hit.path.name, 0) for hit in hits]
    assert keys == sorted(keys, reverse=True)
    order = [hit.path.name for hit in hits]
    assert order != sorted(plain, key=lambda name: -plain[name])
    assert list(found(engine, folder, query, top=3).hits) == hits[:3]
    kept = [hit.path.name for hit in found(engine, folder, f"{query} -name:x").hits]
    assert kept == [name for name in order if name != "x.jpg"]


def test_without_a_word_nothing_changes(engine: Engine, folder: Path) -> None:
    for query in ("boat", "a boat on the lake", "boat -dog"):
        assert list(found(engine, folder, query).hits) == list(found(engine, folder, query, names=False).hits)


def test_new_and_renamed_photos_are_seen(engine: Engine, folder: Path) -> None:
    assert any(hit.named for hit in found(engine, folder, "berry").hits)
    (folder / "berries.jpg").rename(folder / "zebra.jpg")
    write_jpegs(folder / "more", 2)[1].rename(folder / "a zebra.jpg")
    run(engine.index(folder))
    assert not any(hit.named for hit in found(engine, folder, "berry").hits)
    named = {hit.path.name for hit in found(engine, folder, "zebras").hits if hit.named}
    assert named == {"zebra.jpg", "a zebra.jpg"}


def test_a_search_for_a_sentence_does_not_look_at_names(engine: Engine, folder: Path) -> None:
    assert not any(hit.named for hit in engine.search(folder, "dog").hits)
