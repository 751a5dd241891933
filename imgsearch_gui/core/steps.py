"""Work in steps: generators that yield how far they are and return what came of it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_Step = TypeVar("_Step")
_Told = TypeVar("_Told")
_Result = TypeVar("_Result")


def result_of(steps: Generator[object, None, _Result]) -> _Result:
    """Does all steps, and returns the result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: _Result = end.value
            return result


def told_as(
    steps: Generator[_Step, None, _Result], tell: Callable[[_Step], _Told]
) -> Generator[_Told, None, _Result]:
    """Does the steps of a part, and tells each of them in the words of the whole; closing it closes them."""
    with closing(steps):
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                result: _Result = end.value
                return result
            yield tell(step)
