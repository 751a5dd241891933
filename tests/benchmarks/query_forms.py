"""What the forms of a query cost beside a plain sentence, in one large folder; run as a plain script.

    python -m tests.benchmarks.query_forms [--count 100000] [--folder DIR]

Prints JSON: milliseconds of processor time, megabytes, and ratios to a sentence within the run.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.search import megabytes, milliseconds, opened, prepare, timed

QUERY = "a brown dog runs through shallow water on the beach near two red boats"
ROUNDS = 9


def measure(count: int, folder: Path) -> dict[str, Any]:
    """Measures one size in this process."""
    from imgsearch_gui.core.types.query import PictureQuery

    with opened(count, folder) as (engine, _, photos):
        image_id = engine.search(photos, QUERY, top=1).hits[0].image_id
        picture = PictureQuery(name="more like this", image_id=image_id)
        before = megabytes("VmRSS")
        names = timed(lambda: engine.ask(photos, QUERY, top=50), 1, time.process_time)
        forms = {
            "sentence": lambda: engine.ask(photos, QUERY, top=50, names=False),
            "with_names": lambda: engine.ask(photos, QUERY, top=50),
            "picture": lambda: engine.ask(photos, "", picture=picture, top=50),
            "both": lambda: engine.ask(photos, QUERY, picture=picture, top=50),
            "explanation": lambda: engine.explain(photos, QUERY, image_id),
        }
        cost = {name: milliseconds(timed(work, ROUNDS, time.process_time)) for name, work in forms.items()}
        return {
            "images": count,
            "processor_ms": cost,
            "over_a_sentence": {name: round(value / cost["sentence"], 2) for name, value in cost.items()},
            "names_read_once_ms": milliseconds(names),
            "names_mb": megabytes("VmRSS") - before,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="keeps the made-up library for the next run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        prepare(options.count, folder, files=False)
        print(json.dumps(measure(options.count, folder), indent=2))


if __name__ == "__main__":
    main()
