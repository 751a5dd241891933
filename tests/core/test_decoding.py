"""Processes that decode: what a hostile file does to them, and what it does not do to anything else."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import select
import signal
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest

from imgsearch_gui.core.pictures.decoding import Decoder, DecoderClosedError, DecoderLostError
from imgsearch_gui.core.pictures.embedding import embed_files
from imgsearch_gui.core.pictures.folder_scan import scan
from imgsearch_gui.core.pictures.images import decode
from imgsearch_gui.errors import ImageError, MissingImageError
from tests import hostile_decoders
from tests.fakes import FakeImageEncoder, write_jpegs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imgsearch_gui.core.storage.library import Library

SIZE = 32
CRASHED = "The file makes the decoder crash."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_jpegs(tmp_path / "photos", 12)
    return tmp_path / "photos"


def hostile(seconds: float = 30.0) -> Decoder:
    return Decoder(seconds, hostile_decoders.decode)


def test_a_process_decodes_as_we_do(folder: Path) -> None:
    with contextlib.closing(Decoder()) as decoder:
        for path in sorted(folder.iterdir()):
            opened = decoder.open(path)
            decoded, expected = decoder.decode(opened, SIZE), decode(path, SIZE)
            assert opened.content_hash == decoded.content_hash == hashlib.sha256(path.read_bytes()).digest()
            assert np.array_equal(decoded.pixels, expected.pixels)
            assert decoded.thumbnail == expected.thumbnail
            assert (decoded.width, decoded.height) == (48, 36)
        assert len(multiprocessing.active_children()) == 1
    assert not multiprocessing.active_children()


def test_reasons_come_back(tmp_path: Path) -> None:
    (tmp_path / "note.jpg").write_text("Dear diary")
    with contextlib.closing(Decoder()) as decoder:
        with pytest.raises(MissingImageError):
            decoder.open(tmp_path / "gone.jpg")
        with pytest.raises(ImageError, match="It is not a JPEG"):
            decoder.decode(decoder.open(tmp_path / "note.jpg"), SIZE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals and limits")
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (hostile_decoders.CRASH, CRASHED),
        (hostile_decoders.EXIT, CRASHED),
        pytest.param(
            hostile_decoders.MEMORY,
            CRASHED,
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps such a limit"),
        ),
        (hostile_decoders.HANG, "Reading it was given up after 1 seconds."),
    ],
)
def test_a_hostile_file_costs_a_process_and_nothing_else(folder: Path, content: bytes, reason: str) -> None:
    bad, good = folder / "bad.jpg", folder / "000.jpg"
    bad.write_bytes(content)
    with contextlib.closing(hostile(1.0)) as decoder:
        for _ in range(2):
            opened = decoder.open(bad)
            with pytest.raises(DecoderLostError) as caught:
                decoder.decode(opened, SIZE)
            assert str(caught.value) == reason
            assert decoder.decode(decoder.open(good), SIZE).pixels.shape == (SIZE, SIZE, 3)
            assert len(multiprocessing.active_children()) == 1


def run(library: Library, root: Path, make_decoder: Callable[[], Decoder], workers: int = 2) -> list[int]:
    """Reads a folder; returns how many files were done, embedded and failed."""
    (found,) = scan(root)
    *_, last = embed_files(library, root, FakeImageEncoder(), found.files, make_decoder, workers)
    return [last.done, last.embedded, last.failed]


def test_hostile_files_are_listed_and_the_run_goes_on(folder: Path, library: Library) -> None:
    for number, content in enumerate([hostile_decoders.CRASH, hostile_decoders.HANG] * 2):
        (folder / f"00{number}x.jpg").write_bytes(content + b"" * number)
    assert run(library, folder, partial(hostile, 1.0)) == [16, 12, 4]
    assert len(library.records(folder)) == 12
    reasons = {problem.file.name: problem.reason for problem in library.problems(folder)}
    given_up = "Reading it was given up after 1 seconds."
    assert reasons == {
        "000x.jpg": CRASHED,
        "001x.jpg": given_up,
        "002x.jpg": CRASHED,
        "003x.jpg": given_up,
    }
    # It may have been the machine: such files are compared by no time, and read again by the next run.
    known = dict(library.known_files(folder, "fake-1"))
    assert {os.fsdecode(path) for path, file in known.items() if file.mtime_ns is None} == reasons.keys()
    assert not multiprocessing.active_children()


@pytest.mark.timeout(20)  # a decoder is given up only after 30 seconds
def test_a_run_is_ended_while_decoders_hang(folder: Path, library: Library) -> None:
    for number in range(3):
        (folder / f"00{number}.jpg").write_bytes(hostile_decoders.HANG)
    (found,) = scan(folder)
    steps = embed_files(library, folder, FakeImageEncoder(), found.files, hostile, 2)
    assert next(steps).done == 0  # it is told that nothing has happened
    assert multiprocessing.active_children()
    steps.close()
    assert not multiprocessing.active_children()


def test_a_closed_decoder_does_not_come_back(folder: Path) -> None:
    decoder = Decoder()
    decoder.open(folder / "000.jpg")
    decoder.close()
    with pytest.raises(DecoderClosedError):
        decoder.open(folder / "000.jpg")


ORPHAN = """
import sys
from pathlib import Path
import multiprocessing
from tests.core.test_decoding import hostile
if __name__ == "__main__":
    decoder = hostile(float(sys.argv[2]))
    opened = decoder.open(Path(sys.argv[1]))
    print(multiprocessing.active_children()[0].pid, flush=True)
    decoder.decode(opened, 32)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of the end of another's child")
@pytest.mark.parametrize("content", [b"", hostile_decoders.HANG], ids=["idle", "stuck"])
def test_no_process_outlives_the_program(tmp_path: Path, content: bytes) -> None:
    script, file = tmp_path / "script.py", tmp_path / "a.jpg"
    script.write_text(ORPHAN)
    file.write_bytes(content) if content else write_jpegs(tmp_path, 1)[0].rename(file)
    with subprocess.Popen(
        [sys.executable, script, file, "1.5"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as program:
        assert program.stdout is not None
        child = os.pidfd_open(int(program.stdout.readline()))
        program.send_signal(signal.SIGKILL)
        program.wait()
    ended, _, _ = select.select([child], [], [], 20)
    os.close(child)
    assert ended
