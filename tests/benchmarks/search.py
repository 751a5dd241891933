"""How long a query takes, and what it costs, by the number of images; run as a plain script.

    python -m tests.benchmarks.search [--counts 1000 10000 100000 1000000] [--folder DIR] [--plot FILE.svg]

Every size runs in a process of its own, with the real text encoders and content rule, a matcher with
random weights and a made-up library. Prints JSON: milliseconds, megabytes, and ratios within the run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

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


def percentile(seconds: list[float], of: float) -> float:
    return round(float(np.percentile(seconds, of)) * 1000, 2)


def timed(work: Any, times: int) -> list[float]:
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return seconds


def resident() -> float:
    """Megabytes of memory that the process has now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def read_once(blocks: list[Any]) -> float:
    """Seconds to read every vector from memory once, by as many threads as the scan has."""
    from imgsearch_gui.core.scan import _threads

    numbers = [codes.reshape(-1)[: codes.size // 8 * 8].view(np.int64) for codes, _ in blocks]

    def work() -> None:
        list(_threads().map(lambda number: int(np.bitwise_xor.reduce(number)), numbers))

    return float(np.median(timed(work, 9)))


def measure(count: int, folder: Path, *, files: bool) -> dict[str, Any]:
    """Measures one size in this process."""
    from imgsearch_gui.core.encoders.registry import load_text_encoders
    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.library import Library
    from imgsearch_gui.core.policy import ContentRule
    from imgsearch_gui.core.search import rank
    from tests.benchmarks.synthetic_library import PointEncoder, make_library, make_matcher, write_files

    photos, file = folder / f"photos-{count}", folder / f"library-{count}.sqlite"
    if not file.exists():
        make_library(file, photos, count)
        if files:
            write_files(photos, count)
    texts = load_text_encoders()
    matcher = make_matcher(texts)
    with Library(file) as library:  # makes the file of vectors, as indexing does
        Engine(library, PointEncoder(), texts, matcher, ContentRule.load()).search(photos, QUERIES[0], top=1)
    vectors_file = max(library.vector_folder.iterdir(), key=lambda path: path.stat().st_size)
    with Library(file) as library:
        engine = Engine(library, PointEncoder(), texts, matcher, ContentRule.load())
        engine.search(folder, QUERIES[0])  # the engine is loaded, and what it loads on first use
        before = resident()
        begin = time.perf_counter()
        result = engine.search(photos, QUERIES[1])
        result.hits[0]
        first = time.perf_counter() - begin
        whole: list[float] = []
        for round_ in range(ROUNDS):
            for query in QUERIES:
                begin = time.perf_counter()
                result = engine.search(photos, query)
                result.hits[0]
                whole.append(time.perf_counter() - begin)
                assert len(result.hits) == count, round_
        held = engine._vectors.get(photos)
        plans = [matcher.score.plan(vector) for vector in matcher.queries(list(QUERIES), texts)]
        latent = held.latent(plans[0])
        reading = read_once(held.rows.blocks(count))
        scanning = float(np.median([t for plan in plans for t in timed(lambda plan=plan: held.latent(plan), 3)]))
        an_image = sum(a.nbytes for block in held.rows.blocks(count) for a in block) / count + (
            held.ids.nbytes + held.there.nbytes + count + 8 * count  # the rule's answers; marks of contents
        ) / count
        return {
            "images": count,
            "query_ms": {"median": percentile(whole, 50), "p95": percentile(whole, 95)},
            "of_it_ms": {
                "text": percentile(timed(lambda: matcher.queries([QUERIES[0]], texts), 20), 50),
                "scan": round(scanning * 1000, 2),
                "rank": percentile(timed(lambda: rank(latent), 9), 50),
            },
            "read_once_ms": round(reading * 1000, 2),
            "scan_over_read_once": round(scanning / reading, 2),
            "first_result_s": round(first, 2),
            "bytes_an_image_in_memory": round(an_image, 1),
            "memory_mb": {"engine": round(before), "with_folder": round(resident()), "peak": round(peak())},
            "file_mb": {
                "library": round(file.stat().st_size / 1e6, 1),
                "vectors": round(vectors_file.stat().st_size / 1e6, 1),
            },
        }


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[10**3, 10**4, 10**5, 10**6])
    parser.add_argument("--folder", type=Path, help="where libraries are made and kept; temporary if not given")
    parser.add_argument("--files", action="store_true", help="make an empty file for every image")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.folder, files=options.files)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        rows = []
        for count in options.counts:
            command = [sys.executable, "-m", "tests.benchmarks.search", "--one", str(count), "--folder", str(folder)]
            command += ["--files"] if options.files else []
            run = subprocess.run(command, check=True, capture_output=True, text=True)
            rows.append(json.loads(run.stdout))
        print(json.dumps({"threads": threading.active_count(), "cores": os.cpu_count(), "sizes": rows}, indent=1))


if __name__ == "__main__":
    main()
