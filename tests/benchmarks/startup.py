"""How long a start takes: to the window, to a ready engine, to the first result on the demo gallery.

`python -m tests.benchmarks.startup` measures from source; `--program PATH` a built program beside it. Every
start is a process of its own with the same data folder, in which one start before has read the gallery.
The figures are medians and the best of some starts, in seconds of the clock and of the processor, as JSON.
Where other programs keep the cores busy, the best and the processor's seconds tell more than medians.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What the program's log says at each.
MARKS = {"window": "window shown", "engine": "engine ready", "result": "query answered"}


def one_start(command: list[str], home: Path) -> dict[str, float]:
    """Starts the program on the demo gallery; returns seconds up to each mark, and the processor's."""
    log = home / "imgsearch.log"
    log.unlink(missing_ok=True)
    environment = os.environ | {
        "IMGSEARCH_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
    }
    begin, used = datetime.now(), os.times()  # noqa: DTZ005 - the log has local times
    subprocess.run([*command, "--demo"], env=environment, cwd=home, check=True, stdout=subprocess.DEVNULL)
    then, lines = os.times(), log.read_text(encoding="utf-8").splitlines()
    times = {}
    for mark, words in MARKS.items():
        line = next(line for line in lines if words in line)
        noted = datetime.strptime(line[:23], "%Y-%m-%d %H:%M:%S,%f")  # noqa: DTZ007 - likewise
        times[mark] = (noted - begin).total_seconds()
    processor = then.children_user + then.children_system - used.children_user - used.children_system
    return times | {"processor": processor}


def measured(command: list[str], starts: int) -> dict[str, dict[str, float]]:
    """Returns the medians and the best of some starts, after one that does not count."""
    with tempfile.TemporaryDirectory() as home:
        one_start(command, Path(home))
        runs = [one_start(command, Path(home)) for _ in range(starts)]
    told = {"median": statistics.median, "best": min}
    return {
        name: {word: round(choose(run[name] for run in runs), 2) for word, choose in told.items()}
        for name in runs[0]
    }


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, help="a built program, to be measured too")
    parser.add_argument("--starts", type=int, default=5)
    options = parser.parse_args()
    programs = {"source": [sys.executable, "-m", "imgsearch_gui"]}
    if options.program is not None:
        programs["bundle"] = [str(options.program.resolve())]
    figures = {name: measured(command, options.starts) for name, command in programs.items()}
    print(json.dumps(figures | {"cores": os.cpu_count(), "starts": options.starts}, indent=2))


if __name__ == "__main__":
    main()
