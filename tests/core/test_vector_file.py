"""The file of vectors: never trusted further than it can be checked, and made again without a word."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections import deque
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from imgsearch_gui.core.matching.config import config_for
from imgsearch_gui.core.matching.matcher import Matcher
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.retrieval.search import VectorCache
from imgsearch_gui.core.storage.library import Library
from tests.fakes import SOME_BANDS, FakeImageEncoder, FakeTextEncoder, some_score, some_space, write_jpegs

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.retrieval.search import FolderVectors


class CountingMatcher(Matcher):
    """Counts the images whose joint vectors are made."""

    made = 0

    def images(self, vectors):
        self.made += len(vectors)
        return super().images(vectors)


def make_matcher(seed: int = 0) -> CountingMatcher:
    config = replace(config_for(FakeImageEncoder(), [FakeTextEncoder()]), joint_dim=24, image_hidden=8)
    return CountingMatcher(some_space(config, seed=seed), some_score(config), SOME_BANDS)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    write_jpegs(tmp_path / "photos", 20)
    return tmp_path / "photos"


@pytest.fixture
def file(tmp_path: Path, photos: Path) -> Path:
    """A library in which the photos are, that has been searched."""
    file = tmp_path / "library.sqlite"
    index(file, photos)
    vectors(file, photos)
    return file


def index(file: Path, photos: Path) -> None:
    with Library(file) as library:
        deque(index_folder(library, photos, FakeImageEncoder()), maxlen=0)


def vectors(file: Path, photos: Path, matcher: CountingMatcher | None = None) -> tuple[FolderVectors, int]:
    """Opens the library as a new start of the program would; returns how many vectors had to be made, too."""
    matcher = matcher or make_matcher()
    matcher.made = 0
    with Library(file) as library:
        return VectorCache(library, "fake-1", matcher).get(photos), matcher.made


def answers(found: FolderVectors) -> dict[int, float]:
    """Latent values of the images that are there, for a query."""
    matcher = make_matcher()
    plan = matcher.score.plan(matcher.queries(["a red boat"], [FakeTextEncoder()])[0])
    latent = found.latent(plan)
    return {int(i): float(v) for i, v, there in zip(found.ids, latent, found.there, strict=True) if there}


def vector_file(file: Path) -> Path:
    (found,) = (file.parent / f"{file.name}.vectors").iterdir()
    return found


def rebuilt(file: Path, photos: Path) -> object:
    """What a library says whose vectors are all made anew; batches may change the last bits."""
    copy = file.with_name("copy.sqlite")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    found, made = vectors(copy, photos)
    assert made == found.there.sum()
    shutil.rmtree(copy.with_name("copy.sqlite.vectors"))
    copy.unlink()
    return pytest.approx(answers(found), abs=1e-3)


def test_a_second_start_makes_no_vectors(file: Path, photos: Path) -> None:
    found, made = vectors(file, photos)
    assert (made, len(found.ids), found.there.all()) == (0, 20, True)
    assert answers(found) == rebuilt(file, photos)


def test_what_came_and_went_is_the_same_as_from_the_start(file: Path, photos: Path) -> None:
    rng = np.random.default_rng(0)
    for step in range(4):
        for name in rng.choice(sorted(p.name for p in photos.glob("*.jpg")), 3, replace=False):
            (photos / name).unlink()
        write_jpegs(photos / f"more-{step}", 5)
        (photos / f"more-{step}" / "000.jpg").rename(photos / f"a-{step}.jpg")
        index(file, photos)
        found, made = vectors(file, photos)
        assert made <= 6
        assert (np.diff(found.ids) > 0).all()
        assert answers(found) == rebuilt(file, photos)
    before = vector_file(file).stat().st_size
    for path in list(photos.rglob("*.jpg"))[1:]:
        path.unlink()
    index(file, photos)
    found, made = vectors(file, photos)
    assert (made, len(answers(found))) == (0, 1)
    assert vector_file(file).stat().st_size < before / 5, "the larger part was of images that are gone"


def test_an_open_folder_is_kept_up_to_date_in_memory_and_in_the_file(file: Path, photos: Path) -> None:
    matcher = make_matcher()
    with Library(file) as library:
        cache = VectorCache(library, "fake-1", matcher)
        early = cache.get(photos)
        said = answers(early)
        (photos / "003.jpg").unlink()
        write_jpegs(photos / "more", 3)
        index(file, photos)
        late = cache.get(photos)
        assert answers(early) == said
        assert (len(answers(late)), matcher.made) == (22, 3)
        assert cache.get(photos) is late
    found, made = vectors(file, photos)
    assert made == 0
    assert answers(found) == answers(late)
    assert answers(found) == rebuilt(file, photos)


def test_the_steps_of_an_update_can_be_left_and_taken_up_again(file: Path, photos: Path) -> None:
    vector_file(file).unlink()
    with Library(file) as library:
        cache = VectorCache(library, "fake-1", make_matcher())
        steps = cache.update(photos)
        assert next(steps) == (20, 20)
        assert len(cache.get(photos).ids) == 20, "a search in between waits for nobody"
        assert list(steps) == []


@pytest.mark.parametrize("seed", range(25))
def test_damage_anywhere_is_mended_without_a_word(file: Path, photos: Path, seed: int) -> None:
    wanted, stored = rebuilt(file, photos), vector_file(file)
    write_jpegs(photos / "more", 3)  # so that the file has two parts
    index(file, photos)
    vectors(file, photos)
    wanted, whole = rebuilt(file, photos), stored.read_bytes()
    rng = np.random.default_rng(seed)
    data = bytearray(whole)
    match seed % 5:
        case 0:  # cut off
            del data[rng.integers(0, len(data)) :]
        case 1:  # a bit flipped
            data[rng.integers(0, len(data))] ^= 1 << int(rng.integers(0, 8))
        case 2:  # a page of zeros, as after a power cut
            at = rng.integers(0, len(data))
            data[at : at + 300] = bytes(len(data[at : at + 300]))
        case 3:  # garbage behind the end
            data += rng.bytes(int(rng.integers(1, 500)))
        case 4:  # something else altogether
            data = bytearray(rng.bytes(int(rng.integers(0, 5000))))
    stored.write_bytes(data)
    assert answers(vectors(file, photos)[0]) == wanted
    found, made = vectors(file, photos)
    assert made == 0, "it was written anew"
    assert answers(found) == wanted


def test_a_part_that_claims_to_be_huge_is_not_believed(file: Path, photos: Path) -> None:
    stored = vector_file(file)
    data = bytearray(stored.read_bytes())
    at = data.index(b"part") + 4
    data[at : at + 4] = (2**31).to_bytes(4, "little")
    stored.write_bytes(data)
    found, made = vectors(file, photos)
    assert (made, len(found.ids)) == (20, 20)


def test_another_matcher_makes_its_own(file: Path, photos: Path) -> None:
    other = make_matcher(1)
    assert vectors(file, photos, other)[1] == 20
    assert vectors(file, photos, other)[1] == 0
    found, made = vectors(file, photos)
    assert made == 0, "going back is as quick as opening the folder"
    assert answers(found) == rebuilt(file, photos)


def test_two_programs_with_different_matchers_leave_each_others_files_alone(file: Path, photos: Path) -> None:
    with Library(file) as library:
        mine = VectorCache(library, "fake-1", make_matcher())
        mine.get(photos)
        vectors(file, photos, make_matcher(1))  # the same folder, in another program
        write_jpegs(photos / "more", 7)
        index(file, photos)
        mine.get(photos)
    assert vectors(file, photos)[1] == 0
    assert vectors(file, photos, make_matcher(1))[1] == 7, "they were not taken from the other matcher"


def test_nothing_is_added_to_a_file_that_someone_put_in_its_place(file: Path, photos: Path) -> None:
    stored = vector_file(file)
    with Library(file) as library:
        mine = VectorCache(library, "fake-1", make_matcher())
        mine.get(photos)
        foreign = b"ImSeVec1" + b"x" * 32
        stored.write_bytes(foreign)
        write_jpegs(photos / "more", 7)
        index(file, photos)
        assert len(mine.get(photos).ids) == 27
    assert stored.read_bytes() == foreign


def test_the_three_matchers_that_were_used_last_keep_their_files(file: Path, photos: Path) -> None:
    mine = vector_file(file)
    folder, name = mine.parent, mine.stem.partition("-")[0]
    (folder / f"{name[::-1]}-{'0' * 16}.vectors").write_bytes(b"of another folder")
    (folder / f"{name}.vectors").write_bytes(b"of an older version")
    for eldest in folder.iterdir():
        os.utime(eldest, (0, 0) if eldest != mine else None)
    for seed in (1, 2):
        assert vectors(file, photos, make_matcher(seed))[1] == 20
    assert vectors(file, photos)[1] == 0  # the first, which is not the eldest any more
    assert vectors(file, photos, make_matcher(3))[1] == 20
    assert len(list(folder.iterdir())) == 1 + 3
    made = {seed: vectors(file, photos, make_matcher(seed))[1] for seed in (0, 2, 3)}
    assert made == {0: 0, 2: 0, 3: 0}
    assert vectors(file, photos, make_matcher(1))[1] == 20
    assert vectors(file, photos, make_matcher(0))[1] == 20, "it had not been used for the longest time"


def test_a_file_of_another_folder_is_not_used(file: Path, photos: Path, tmp_path: Path) -> None:
    write_jpegs(tmp_path / "other", 4)
    index(file, tmp_path / "other")
    mine = vector_file(file)
    vectors(file, tmp_path / "other")
    (other,) = set(mine.parent.iterdir()) - {mine}
    other.write_bytes(mine.read_bytes())
    assert vectors(file, tmp_path / "other")[1] == 4


def test_a_library_made_anew_gives_old_ids_to_other_pictures(file: Path, photos: Path) -> None:
    """The library file was deleted, its vectors were not."""
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    (photos / "000.jpg").unlink()  # so that each of the others has the id of its neighbour
    index(file, photos)
    found, made = vectors(file, photos)
    assert made == 19
    assert answers(found) == rebuilt(file, photos)


def test_many_threads_and_two_programs_at_once(file: Path, photos: Path) -> None:
    vector_file(file).unlink()
    wanted = rebuilt(file, photos)
    with Library(file) as one, Library(file) as two:
        caches = [VectorCache(library, "fake-1", make_matcher()) for library in (one, two)]
        found: list[FolderVectors] = []
        start = threading.Barrier(8)

        def work(number: int) -> None:
            start.wait()
            found.append(caches[number % 2].get(photos))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [answers(one) for one in found] == [wanted] * 8
        write_jpegs(photos / "more", 3)
        index(file, photos)
        after = [answers(cache.get(photos)) for cache in caches]  # both add the same to the file
        assert after[0] == after[1]
        assert after[0] == rebuilt(file, photos)
    found_again, made = vectors(file, photos)
    assert made == 0
    assert answers(found_again) == after[0]


def test_where_nothing_can_be_written_it_works_in_memory(file: Path, photos: Path) -> None:
    folder = vector_file(file).parent
    shutil.rmtree(folder)
    folder.write_text("in the way")
    for _ in range(2):
        found, made = vectors(file, photos)
        assert made == 20
    folder.unlink()
    assert answers(found) == rebuilt(file, photos)


def test_a_folder_never_indexed_leaves_no_file(file: Path, tmp_path: Path) -> None:
    found, made = vectors(file, tmp_path / "nowhere")
    assert (len(found.ids), made) == (0, 0)
    vector_file(file)  # the only one
