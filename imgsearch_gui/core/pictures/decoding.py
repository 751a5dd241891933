"""Decoding in processes of their own, so that a hostile file takes itself down and nothing else.

A decoder is C code that is fed with strangers' bytes: it may crash, eat all memory, or never return. Each
:class:`Decoder` is one process that reads and decodes one file at a time. When it dies or takes too long,
the file that it was at gets a reason, and the next file a new process. The processes import Pillow and numpy
and nothing heavier: one is up in 0.15 s.

A process ends when the program does, however that ends: it sees its pipe closed, and should it be
stuck in a file at that moment, a timer of its own ends it.
"""

from __future__ import annotations

import faulthandler
import hashlib
import multiprocessing
import os
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from imgsearch_gui.core.pictures.facts import read_facts
from imgsearch_gui.core.pictures.images import DecodedImage, decode_bytes, is_large, is_raw, read_file
from imgsearch_gui.core.types.facts import PhotoFacts
from imgsearch_gui.errors import ImageError, ImgSearchError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_T = TypeVar("_T")

SECONDS = 30.0  # for reading a file, and again for decoding it: 200 million pixels take 5
_GRACE = 2.0  # the process's own timer is for when nobody is left to end it
_START_SECONDS = 60.0  # it takes 0.15, but disks may sleep and virus scanners look
_UP = True  # what a process says first
_NO_START = sentence("The photos cannot be read: a process that decodes them does not start.")
_FAREWELL = 1.0  # to a process that was killed: one that hangs in a disk's driver does not even die
# Some 200 million pixels of 32 bits with all their copies; beyond that, no file is worth the memory.
_MEMORY = 4 * 1024**3
# One such picture at a time, whatever the number of processes.
_one_large_picture = threading.Lock()


class DecoderLostError(ImageError):
    """The decoder died, or was ended because it took too long; another try may do better."""


class DecoderClosedError(Exception):
    """The decoder was closed while it was asked: the run is over."""


class Decode(Protocol):
    """What decodes: :func:`~imgsearch_gui.core.pictures.images.decode_bytes`, or a stand-in for it."""

    def __call__(self, data: bytes, size: int, content_hash: bytes, *, raw: bool) -> DecodedImage:
        """Decodes the bytes of a file."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file whose bytes a decoder holds.

    Attributes:
        content_hash: SHA-256 of the bytes.
        large: whether it claims so many pixels that only one such file may be decoded at a time.
    """

    content_hash: bytes
    large: bool


@dataclass(frozen=True, slots=True)
class _FactsOf:
    """Asks for the facts of a file."""

    path: Path


class Decoder:
    """A process that reads and decodes files; it is started when it is first needed.

    One thread asks; any other may ``close``.

    Args:
        seconds: how long reading one file may take, and decoding it.
        decode: what decodes; a function of a module, for it is named to the process.
    """

    def __init__(self, seconds: float = SECONDS, decode: Decode = decode_bytes) -> None:
        self._seconds, self._decode = seconds, decode
        self._lock = threading.Lock()  # of the two below
        self._process: SpawnProcess | None = None
        self._closed = False
        self._connection: Connection | None = None

    def open(self, file: Path | bytes) -> OpenedFile:
        """Reads a file, or takes the bytes of one, which :meth:`decode` is then about.

        Raises:
            MissingImageError: when it is not there.
            DecoderLostError: when that took too long, or ended the process.
            ImageError: when it cannot be read.
            DecoderClosedError: when the decoder was closed.
        """
        return self._ask(file, OpenedFile)

    def decode(self, opened: OpenedFile, size: int) -> DecodedImage:
        """Decodes the file opened last; see :func:`~imgsearch_gui.core.pictures.images.decode_bytes`.

        Raises:
            DecoderLostError: when that took too long, or ended the process.
            ImageError: with the reason, when it is no picture, is damaged or too large.
            DecoderClosedError: when the decoder was closed.
        """
        if not opened.large:
            return self._ask(size, DecodedImage)
        with _one_large_picture:
            return self._ask(size, DecodedImage)

    def facts(self, path: Path) -> PhotoFacts:
        """Reads a file's header; what :meth:`open` opened before stays open.

        Raises:
            MissingImageError: when it is not there.
            DecoderLostError: when that took too long, or ended the process.
            ImageError: with the reason, when it cannot be read, is no picture or too large.
            DecoderClosedError: when the decoder was closed.
        """
        return self._ask(_FactsOf(path), PhotoFacts)

    def close(self) -> None:
        """Ends the process at once, whatever it is at."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()
                self._process.join(_FAREWELL)

    def _ask(self, request: Path | bytes | int | _FactsOf, kind: type[_T]) -> _T:
        connection = self._running()
        try:
            connection.send(request)
            in_time = connection.poll(self._seconds)
            answer = connection.recv() if in_time else None
        except (EOFError, OSError):
            in_time, answer = True, None
        if isinstance(answer, kind):
            return answer
        if isinstance(answer, ImageError):
            raise answer
        self._end(connection)
        if self._closed:
            raise DecoderClosedError
        if in_time:
            raise DecoderLostError(sentence("The file makes the decoder crash."))
        raise DecoderLostError(
            sentence("Reading it was given up after {seconds:.0f} seconds.", seconds=self._seconds)
        )

    def _running(self) -> Connection:
        """Returns the connection to the process, which is started when there is none."""
        with self._lock:
            if self._closed:
                raise DecoderClosedError
            if self._connection is not None:
                return self._connection
            context = multiprocessing.get_context("spawn")  # nothing of this process's threads and files
            connection, theirs = context.Pipe()
            process = context.Process(
                target=_serve,
                args=(theirs, self._seconds + _GRACE, self._decode),
                name="imgsearch-decoder",
                daemon=True,
            )
            try:
                process.start()
            except OSError as error:
                raise ImgSearchError(_NO_START) from error
            finally:
                theirs.close()  # so that its end is seen here
            self._process, self._connection = process, connection
        try:
            started = connection.poll(_START_SECONDS) and connection.recv() is _UP
        except (EOFError, OSError):
            started = False
        if not started:
            self._end(connection)
            if self._closed:
                raise DecoderClosedError
            # Not the fault of any file: none of them may be blamed for it.
            raise ImgSearchError(_NO_START)
        return connection

    def _end(self, connection: Connection) -> None:
        """Ends a process that is dead or stuck, so that the next file gets a new one."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.join(_FAREWELL)
            self._process = self._connection = None
        connection.close()


def _serve(connection: Connection, seconds: float, decode: Decode) -> None:
    """What the process does: answers a file with what was opened, a size with the picture, or with facts."""
    _shield()
    connection.send(_UP)
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115 - stays open as long as the process
    data = digest = b""
    raw = False
    while True:
        try:
            request: Path | bytes | int | _FactsOf = connection.recv()
        except (EOFError, OSError):  # nobody asks any more
            return
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        answer: OpenedFile | DecodedImage | PhotoFacts | ImageError
        try:
            if isinstance(request, _FactsOf):
                answer = read_facts(request.path)
            elif isinstance(request, int):
                answer = decode(data, request, digest, raw=raw)
            else:
                data = b""  # the file before goes first
                data = read_file(request) if isinstance(request, Path) else request
                digest, raw = hashlib.sha256(data).digest(), isinstance(request, Path) and is_raw(request)
                answer = OpenedFile(digest, is_large(data))
        except ImageError as error:
            answer = error
        faulthandler.cancel_dump_traceback_later()
        try:
            connection.send(answer)
        except OSError:
            return


def _shield() -> None:
    """Keeps the process from what is not its business: the terminal, Ctrl-C and too much memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program ends its decoders itself
    # libtiff and others print what they think of a file.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    if sys.platform == "linux":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash is expected here, and leaves nothing
