"""A process that indexes a folder and is killed at a given moment; driven by ``test_kill.py``.

It reads one job a line, each a JSON object, forks a child for it and prints what became of the child.
Moments are counted in calls of SQLite by the thread that writes: they are the same in every run.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.storage.library import Library


class LightEncoder:
    """Describes a picture by its mean colours, without importing torch."""

    classes: tuple[str, ...] = ()
    version = "light-1"
    dim = 24
    input_size = 16

    def __init__(self) -> None:
        self.seen = 0

    def encode(self, images: np.ndarray) -> np.ndarray:
        self.seen += len(images)
        blocks = images.astype(np.float32).reshape(len(images), 2, 8, 4, 4, 3).mean(axis=(2, 4))
        return blocks.reshape(len(images), self.dim) / 255


def index_and_die(job: dict[str, Any], encoder: Any, tell: int) -> None:
    """Indexes; at the call with the job's number the process dies, or asks to be killed from outside.

    Writes to ``tell``: ``<n>\\n`` when n files are known to be stored, ``k`` to be killed soon, and at the
    end ``=<calls>\\n``.
    """
    calls = 0

    def count(_frame: object, event: str, called: object) -> None:
        nonlocal calls
        if event == "c_call" and isinstance(getattr(called, "__self__", None), sqlite3.Connection):
            calls += 1
            if calls == job["call"]:
                if job["delay"] is None:
                    os.kill(os.getpid(), signal.SIGKILL)
                os.write(tell, b"k")

    sys.setprofile(count)
    with Library(Path(job["library"])) as library:
        for progress in index_folder(library, Path(job["photos"]), encoder, workers=1):
            os.write(tell, b"%d\n" % (progress.embedded + progress.failed))
    sys.setprofile(None)
    os.write(tell, b"=%d\n" % calls)


def run(job: dict[str, Any], encoder: Any) -> dict[str, Any]:
    """Does a job in a child; returns how it ended, what it had told and how many calls it made."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        status = 1
        try:
            index_and_die(job, encoder, tell)
            status = 0
        finally:
            os._exit(status)
    os.close(tell)
    told = b""
    while part := os.read(hear, 4096):
        told += part
        if b"k" in part:
            end = time.perf_counter() + job["delay"]
            while time.perf_counter() < end:  # a sleep would be too coarse
                pass
            os.kill(child, signal.SIGKILL)
    os.close(hear)
    _, status = os.waitpid(child, 0)
    lines = told.replace(b"k", b"").split()
    numbers = [int(line) for line in lines if line.isdigit()]
    return {
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "status": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        "stored": numbers[-1] if numbers else 0,
        "calls": int(lines[-1][1:]) if lines and lines[-1].startswith(b"=") else None,
    }


def main() -> None:
    encoder: Any = LightEncoder()
    if sys.argv[1:] == ["real"]:
        from imgsearch_gui.core.encoders.registry import load_image_encoder

        encoder = load_image_encoder(None)
    while select.select([sys.stdin], [], []) and (line := sys.stdin.readline()):
        print(json.dumps(run(json.loads(line), encoder)), flush=True)


if __name__ == "__main__":
    main()
