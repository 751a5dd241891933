"""What commands print: JSON, and progress where a terminal shows it."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from typing import TYPE_CHECKING, NoReturn, TypeVar

from imgsearch_gui.core.types.progress import IndexProgress

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from tqdm import tqdm

    from imgsearch_gui.core.types.exchange import ExchangeProgress
    from imgsearch_gui.core.types.progress import TrainProgress

_T = TypeVar("_T")


def print_json(value: object) -> None:
    """Prints one line of JSON; names that are no text are escaped."""
    print(json.dumps(value, allow_nan=False), flush=True)


def indexed(steps: Iterator[IndexProgress]) -> IndexProgress:
    """Drives an indexing to its end with a progress bar, and returns its last step."""
    last = IndexProgress("done", 0, 0)
    with closing(_bar()) as bar:
        for last in steps:
            if last.total is not None:
                _show(bar, "Reading photos", last.done, last.total)
    return last


def finished(steps: Generator[TrainProgress | ExchangeProgress, None, _T]) -> _T:
    """Drives work that tells its stages to its end with a progress bar, and returns its result."""
    with closing(_bar()) as bar:
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                result: _T = end.value
                return result
            _show(bar, step.stage, step.done, step.total)


def _bar() -> tqdm[NoReturn]:
    from tqdm import tqdm

    # Only a terminal gets a bar: a log file would get a line a step.
    return tqdm(total=0, disable=None, file=sys.stderr, leave=False, unit="")


def _show(bar: tqdm[NoReturn], stage: str, done: int, total: int) -> None:
    if bar.disable:
        return
    bar.set_description_str(stage, refresh=False)
    bar.total, bar.n = total, done
    bar.update(0)
