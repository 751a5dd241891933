"""What an order by name or date and the folding of copies cost; run as a plain script.

    python -m tests.benchmarks.listing [--counts 100000 1000000] [--folder DIR]

A made-up library, of which every tenth photo is a copy of another. Prints JSON: seconds the first time, for
which the library is read, and every time after that; megabytes that stay; ratios to reading all paths once.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from imgsearch_gui.core.memory import give_back_memory
from imgsearch_gui.core.retrieval.folding import Folding
from imgsearch_gui.core.retrieval.order import Orders, arranged
from imgsearch_gui.core.retrieval.search import FolderVectors, rank
from imgsearch_gui.core.retrieval.vector_scan import Rounding, VectorRows
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.query import Order
from tests.benchmarks.search import megabytes, timed
from tests.benchmarks.synthetic_library import make_library

TIMES = 5


def make(file: Path, photos: Path, count: int) -> None:
    """Writes the library."""
    make_library(file, photos, count)
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("UPDATE files SET content_id = content_id - 1 WHERE id % 10 = 0")
        db.execute("UPDATE contents SET taken = id * 7919 % 800000000 WHERE id % 3 <> 0")


def measure(count: int, folder: Path) -> dict[str, Any]:
    """Measures one size."""
    file, photos = folder / f"listing-{count}.sqlite", folder / "photos"
    if not file.exists():
        make(file, photos, count)
    with Library(file) as library:
        ids, marks = library.content_marks(photos)
        rows = VectorRows(Rounding((0, 1), np.ones(1, np.float32)))
        there = np.ones(len(ids), np.bool_)
        vectors = FolderVectors(1, ids, rows, there, marks)
        values = np.random.default_rng(0).normal(size=count).astype(np.float32)
        values[9::10] = values[8::10]  # copies have the same
        best = rank(values)
        orders, folding = Orders(library), Folding(library)
        give_back_memory()
        before = megabytes("VmRSS")
        paths = float(np.median(timed(lambda: list(library.paths(photos)), 3)))
        told: dict[str, Any] = {"images": count, "read_paths_s": round(paths, 3)}

        def by(order: Order) -> None:
            arranged(best, count // 3, orders.places(photos, vectors, order))

        works = {
            "name": lambda: by(Order.NAME),
            "oldest": lambda: by(Order.OLDEST),
            "newest": lambda: by(Order.NEWEST),
            "fold": lambda: folding.fold(photos, vectors, there, values),
        }
        for name, work in works.items():
            first, *again = timed(work, 1 + TIMES)
            ratio = round(first / paths, 2)
            told[name] = {
                "first_s": round(first, 3),
                "again_s": round(float(np.median(again)), 3),
                "first_over_read_paths": ratio,
            }
        give_back_memory()
        told["stays_mb"] = megabytes("VmRSS") - before
        return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[10**5, 10**6])
    parser.add_argument("--folder", type=Path, help="where libraries are kept; temporary if not given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        sizes = [measure(count, options.folder or Path(temporary)) for count in options.counts]
    print(json.dumps(sizes, indent=1))


if __name__ == "__main__":
    main()
