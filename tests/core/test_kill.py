"""Killed without warning, at any moment: nothing that was stored is lost, and the next run goes on."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.storage.library import Library
from tests.core.killed_indexing import LightEncoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the process that is killed is a fork")


@contextlib.contextmanager
def process(*arguments: str) -> Iterator[Callable[..., dict[str, Any]]]:
    """A prepared process that does one job after another, each in a fork of itself."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.core.killed_indexing", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:

        def do(library: Path, photos: Path, call: int = 0, delay: float | None = None) -> dict[str, Any]:
            job = {"library": str(library), "photos": str(photos), "call": call, "delay": delay}
            running.stdin.write(json.dumps(job) + "\n")
            running.stdin.flush()
            return json.loads(running.stdout.readline())

        try:
            yield do
        finally:
            running.stdin.close()


def draw(path: Path, seed: int) -> None:
    """Writes a small picture of its own."""
    rng = np.random.default_rng(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(rng.integers(0, 256, (6, 8, 3), np.uint8)).resize((48, 36)).save(path)


@dataclass(frozen=True)
class Case:
    """A folder, the library that is there before it is indexed, and how it should end.

    Attributes:
        begin: the library to begin with, which may not exist.
        todo: the files that are new or have changed.
        state: of an undisturbed run.
        vectors: of an undisturbed run, by content hash, those of missing files too.
        calls: of SQLite by an undisturbed run.
    """

    photos: Path
    begin: Path
    todo: tuple[str, ...]
    state: dict[str, Any]
    vectors: dict[bytes, bytes]
    calls: int


def state(library: Library, photos: Path, encoder: str) -> dict[str, Any]:
    """Everything that the library holds of a folder but the images' ids."""
    ids, vectors = library.vectors(photos, encoder)
    by_id = dict(zip(ids.tolist(), vectors, strict=True))
    hashes = library.content_hashes(photos)
    return {
        "images": {
            record.path.relative_to(photos).as_posix(): (
                record.width,
                record.height,
                hashes[record.id],
                library.thumbnail(record.id),
                by_id[record.id].tobytes(),
            )
            for record in library.records(photos)
        },
        "known": dict(library.known_files(photos, encoder)),
        "problems": library.problems(photos),
        "missing": library.missing(photos),
    }


def check(path: Path) -> None:
    """Fails when SQLite finds a fault in the file."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def copied(library: Path, to: Path) -> Path:
    if library.exists():
        shutil.copy(library, to)
    return to


def all_vectors(path: Path) -> dict[bytes, bytes]:
    """Every vector in a file, by content hash, whether a file has it or not."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'vectors'").fetchone():
            return {}
        return dict(db.execute("SELECT hash, vector FROM vectors JOIN contents ON contents.id = content_id"))


@pytest.fixture(scope="module")
def cases(tmp_path_factory) -> Iterator[tuple[Callable[..., dict[str, Any]], list[Case]]]:
    """A folder that is new, and one that is known and has changed in every way."""
    new, changed = tmp_path_factory.mktemp("new"), tmp_path_factory.mktemp("changed")
    home = tmp_path_factory.mktemp("libraries")
    for number in range(40):
        draw(new / f"{number:02}.png", number)
        draw(changed / f"{number:02}.png", number)
    (new / "07.png").write_text("no picture")
    with Library(home / "changed.sqlite") as library:
        list(index_folder(library, changed, LightEncoder()))
    for number in range(0, 12, 2):
        (changed / f"{number:02}.png").unlink()
    (changed / "01.png").rename(changed / "50 moved.png")
    for number in range(12, 18):
        draw(changed / f"{number:02}.png", 100 + number)
    for number in range(20):
        draw(changed / "deep" / f"{number:02}.png", 200 + number)
    (changed / "deep" / "bad.png").write_text("no picture")
    with process() as do:
        made = []
        for photos, name in ((new, "new"), (changed, "changed")):
            begin = home / f"{name}.sqlite"
            known: dict[str, Any] = {}
            if begin.exists():
                with Library(begin) as library:
                    known = state(library, photos, LightEncoder.version)["images"]
            library_path = copied(begin, home / f"{name}-undisturbed.sqlite")
            ended = do(library_path, photos)
            assert (ended["signal"], ended["status"]) == (0, 0)
            with Library(library_path) as library:
                end = state(library, photos, LightEncoder.version)
            files = {path.decode(): held for path, held in end["known"].items() if not held.missing}
            todo = tuple(
                path
                for path, held in files.items()
                if held.reason or known.get(path, ())[2:3] != end["images"][path][2:3]
            )
            assert len(todo) >= 27
            made.append(Case(photos, begin, todo, end, all_vectors(library_path), ended["calls"]))
        yield do, made


@pytest.mark.parametrize("seed", range(50))
def test_killed_at_any_moment(cases, tmp_path: Path, seed: int) -> None:
    do, both = cases
    case = both[seed % 2]
    rng = random.Random(seed)
    call = rng.randrange(1, case.calls + 1)
    # Every other time within that call of SQLite, or shortly after it.
    delay = rng.uniform(0, 0.003) if seed % 4 > 1 else None
    path = copied(case.begin, tmp_path / "library.sqlite")
    before = all_vectors(path) if path.exists() else {}

    ended = do(path, case.photos, call, delay)

    assert ended["signal"] == signal.SIGKILL or delay is not None
    check(path)
    after = all_vectors(path)
    final = {image[2]: image[4] for image in case.state["images"].values()}
    assert all(after[digest] == before[digest] for digest in before.keys() & final.keys())
    assert {
        digest: vector for digest, vector in after.items() if digest not in before
    }.items() <= final.items()
    encoder = LightEncoder()
    with Library(path) as library:
        held = state(library, case.photos, encoder.version)
        done = [
            name
            for name in case.todo
            if held["known"].get(name.encode()) == case.state["known"][name.encode()]
            and held["images"].get(name) == case.state["images"].get(name)
        ]
        assert len(done) >= ended["stored"]
        list(index_folder(library, case.photos, encoder, workers=1))
        assert state(library, case.photos, encoder.version) == case.state
    assert encoder.seen == len(case.vectors.keys() - after.keys()), "embedded again"
    assert all_vectors(path) == case.vectors
    check(path)


@pytest.mark.real
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_killed_with_the_real_encoder(real, tmp_path: Path, part: float) -> None:
    do, case, encoder = real
    path = tmp_path / "library.sqlite"
    ended = do(path, case.photos, round(case.calls * part))
    assert ended["signal"] == signal.SIGKILL
    check(path)
    after = all_vectors(path)
    with Library(path) as library:
        images = state(library, case.photos, encoder.version)["images"]
        assert len(images) >= ended["stored"]
        list(index_folder(library, case.photos, encoder, workers=1))
        end = state(library, case.photos, encoder.version)
    assert {key: value for key, value in end.items() if key != "images"} == {
        key: value for key, value in case.state.items() if key != "images"
    }
    assert all_vectors(path).items() >= after.items()
    for name, (*rest, vector) in case.state["images"].items():
        assert end["images"][name][:4] == tuple(rest)
        # Other batches may round otherwise.
        np.testing.assert_allclose(
            np.frombuffer(end["images"][name][4], "<f2").astype(np.float32),
            np.frombuffer(vector, "<f2").astype(np.float32),
            atol=5e-3,
            rtol=5e-3,
        )


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Iterator[tuple[Callable[..., dict[str, Any]], Case, Any]]:
    from imgsearch_gui.core.encoders.registry import load_image_encoder

    encoder = load_image_encoder(None)
    photos = tmp_path_factory.mktemp("real")
    for number in range(20):
        draw(photos / f"{number:02}.png", number)
    path = tmp_path_factory.mktemp("library") / "library.sqlite"
    with process("real") as do:
        ended = do(path, photos)
        assert (ended["signal"], ended["status"]) == (0, 0)
        with Library(path) as library:
            end = state(library, photos, encoder.version)
        yield do, Case(photos, path, tuple(end["images"]), end, all_vectors(path), ended["calls"]), encoder
