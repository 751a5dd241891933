"""How long a query takes, and what it costs, by the number of images; run as a plain script.

    python -m tests.benchmarks.search [--counts 1000 10000 …] [--folder DIR] [--files] [--plot FILE.svg]

Every size runs in a process of its own, with the real text encoders and content rule, a matcher with
random weights and a made-up library. Prints JSON: milliseconds, megabytes, and ratios within the run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.benchmarks.growth_plot import draw_growth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.retrieval.search import FolderVectors
    from imgsearch_gui.core.storage.library import Library

QUERIES = (
    "a dog runs on the beach",
    "two men in a boat on a lake",
    "a red car in front of an old house",
    "people eat at a long table",
    "a cat sleeps on a chair",
    "snow on the mountains",
    "ein Hund läuft am Strand",
    "une voiture rouge devant une maison",
    "собака бежит по пляжу",
    "a cup of coffee on a wooden desk",
)
ROUNDS = 6
RULE_BYTES, MARK_BYTES = 1, 8  # an image, beside what FolderVectors holds


def timed(
    work: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Seconds that work takes each time; by ``time.process_time``, what all cores compute for it together."""
    seconds = []
    for _ in range(times):
        begin = clock()
        work()
        seconds.append(clock() - begin)
    return seconds


def milliseconds(seconds: list[float], percentile: float = 50) -> float:
    return round(float(np.percentile(seconds, percentile)) * 1000, 2)


def megabytes(field: str) -> int:
    """A figure of this process's memory, as Linux tells it: VmRSS is now, VmHWM the most there was."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(field):
            return round(int(line.split()[1]) * 1024 / 1e6)
    raise KeyError(field)


def read_once(vectors: FolderVectors) -> list[float]:
    """Seconds to read every vector from memory once, with a thread for each core."""
    blocks = vectors.rows.blocks(len(vectors.ids))
    numbers = [codes.reshape(-1)[: codes.size // 8 * 8].view(np.int64) for codes, _ in blocks]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return timed(lambda: list(pool.map(np.bitwise_xor.reduce, numbers)), 15)


@contextmanager
def opened(count: int, folder: Path) -> Iterator[tuple[Engine, Library, Path]]:
    """An engine that is loaded, with a library of so many images."""
    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.encoders.registry import load_text_encoders
    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.memory import give_back_memory
    from imgsearch_gui.core.storage.library import Library
    from tests.benchmarks.synthetic_library import PointEncoder, make_matcher
    from tests.fakes import SOME_INFO

    with Library(folder / f"library-{count}.sqlite") as library:
        texts = load_text_encoders()
        engine = Engine(library, PointEncoder(), texts, (make_matcher(texts), SOME_INFO), ContentRule.load())
        engine.warm_up()
        give_back_memory()
        yield engine, library, folder / f"photos-{count}"


def prepare(count: int, folder: Path, *, files: bool) -> None:
    """Makes the library, and the file of vectors that indexing would have made."""
    from tests.benchmarks.synthetic_library import make_library, write_files

    file = folder / f"library-{count}.sqlite"
    if not file.exists():
        make_library(file, folder / f"photos-{count}", count)
        if files:
            write_files(folder / f"photos-{count}", count)
    with opened(count, folder) as (engine, _, photos):
        engine.search(photos, QUERIES[0], top=1)


def measure(count: int, folder: Path) -> dict[str, Any]:
    """Measures one size in this process."""
    from imgsearch_gui.core.retrieval.search import rank

    with opened(count, folder) as (engine, library, photos):
        before = megabytes("VmRSS")
        first = timed(lambda: engine.search(photos, QUERIES[1]).hits[0], 1)
        whole = [
            seconds
            for _ in range(ROUNDS)
            for query in QUERIES
            for seconds in timed(lambda query=query: engine.search(photos, query).hits[0], 1)
        ]
        most = megabytes("VmHWM")
        computed = timed(lambda: engine.search(photos, QUERIES[0]).hits[0], 15, time.process_time)
        assert len(engine.search(photos, QUERIES[0]).hits) == count
        # As people ask: file names count, and of photos with the same bytes one stands for all.
        asked = timed(lambda: engine.ask(photos, QUERIES[0]).hits[0], 1 + 15)[1:]
        matcher, texts = engine.model[0], engine.text_encoders
        held = engine._scoring.vectors.get(photos)
        plan = matcher.score.plan(matcher.queries([QUERIES[0]], texts)[0])
        latent, reading = held.latent(plan), read_once(held)
        scanning = timed(lambda: held.latent(plan), 15)
        arrays = [held.ids, held.there, *(array for block in held.rows.blocks(count) for array in block)]
        (vectors_file,) = (file for file in library.vector_folder.iterdir() if file.suffix == ".vectors")
        return {
            "images": count,
            "query_ms": {
                "median": milliseconds(whole),
                "p95": milliseconds(whole, 95),
                "computed": milliseconds(computed),
            },
            "asked_ms": {"median": milliseconds(asked), "p95": milliseconds(asked, 95)},
            "of_it_ms": {
                "text": milliseconds(timed(lambda: matcher.queries([QUERIES[0]], texts), 15)),
                "scan": milliseconds(scanning),
                "rank": milliseconds(timed(lambda: rank(latent), 15)),
            },
            "read_once_ms": milliseconds(reading),
            "scan_over_read_once": round(float(np.median(scanning) / np.median(reading)), 2),
            "first_result_s": round(first[0], 2),
            "bytes_an_image": round(sum(a.nbytes for a in arrays) / count + RULE_BYTES + MARK_BYTES, 1),
            "memory_mb": {"engine": before, "most": most},
            "file_mb": {
                "library": round((folder / f"library-{count}.sqlite").stat().st_size / 1e6, 2),
                "vectors": round(vectors_file.stat().st_size / 1e6, 2),
            },
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[10**3, 10**4, 10**5, 10**6])
    parser.add_argument("--folder", type=Path, help="where libraries are kept; temporary if not given")
    parser.add_argument("--files", action="store_true", help="make an empty file for every image")
    parser.add_argument("--plot", type=Path, help="draw query time, memory and file size into an SVG")
    parser.add_argument("--one", choices=("prepare", "measure"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one == "prepare":
        prepare(options.counts[0], options.folder, files=options.files)
    elif options.one == "measure":
        print(json.dumps(measure(options.counts[0], options.folder)))
    else:
        run(options)


def run(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        sizes = []
        for count in options.counts:
            command = [sys.executable, "-m", "tests.benchmarks.search", "--counts", str(count)]
            command += ["--folder", str(options.folder or temporary)]
            subprocess.run([*command, "--one", "prepare", *["--files"] * options.files], check=True)
            told = subprocess.run(
                [*command, "--one", "measure"], check=True, stdout=subprocess.PIPE, text=True
            )
            sizes.append(json.loads(told.stdout))
    print(json.dumps({"cores": os.cpu_count(), "sizes": sizes}, indent=1))
    if options.plot is not None:
        options.plot.write_text(draw_growth(sizes), encoding="utf-8")


if __name__ == "__main__":
    main()
