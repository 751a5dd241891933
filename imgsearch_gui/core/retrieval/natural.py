"""The order that people expect of file names: IMG_2 before IMG_10, capitals like small letters, é by e.

A million names are put in order in well under a second, and while numpy works the window's thread goes
on, which a sort of Python's own would keep waiting.
"""

from __future__ import annotations

import os
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable

    Bytes = npt.NDArray[np.uint8]
    Places = npt.NDArray[np.intp]

_AT_ONCE = 16_384  # names whose keys are made at once: hundredths of a second
_END, _INSIDE = b"\0", b"\1"  # of a path, and between its folders: so a folder's files stand together
_SEPARATOR = os.fsencode(os.sep)
_ZERO, _NINE = ord("0"), ord("9")
# How long a number is, is written before it, as a sign from 0 to Z: before all letters, which are small.
_LONGEST = ord("Z") - _ZERO + 1
_WORD = 8  # bytes that are compared at once
_FIRST_BYTES = np.array([(1 << 64) - (1 << 8 * (_WORD - n)) for n in range(_WORD + 1)], np.uint64)


def natural_order(paths: Iterable[bytes]) -> Places:
    """Returns the places of relative paths in their natural order, int [n]; equal ones as they come.

    Args:
        paths: as ``os.fsencode`` gives them.
    """
    left = iter(paths)
    texts = []
    while part := list(islice(left, _AT_ONCE)):
        texts.append(_keys(part))
    return _by_bytes(np.concatenate([*texts, np.zeros(_WORD, np.uint8)]))


def _keys(paths: list[bytes]) -> Bytes:
    """Returns what paths are to be compared by, byte for byte, each with a zero at its end."""
    text = _END.join([*paths, b""]).replace(_SEPARATOR, _INSIDE)
    if text.isascii():
        text = text.lower()
    else:
        # Taken apart, é comes right after e, and ё after е. What is no text stays as it is.
        text = os.fsencode(unicodedata.normalize("NFD", os.fsdecode(text)).casefold())
    letters = np.frombuffer(text, np.uint8)
    digit = (letters >= _ZERO) & (letters <= _NINE)
    edges = np.flatnonzero(np.diff(digit, prepend=False, append=False))
    begin, end = edges[::2], edges[1::2]
    # Zeros before a number do not count, but for the last digit of zero itself.
    nonzero = np.append(np.flatnonzero(digit & (letters != _ZERO)), len(letters))
    first = np.minimum(nonzero[np.searchsorted(nonzero, begin)], end - 1)
    zeros = np.zeros(len(letters) + 1, np.int8)
    zeros[begin] += 1
    zeros[first] -= 1
    kept = np.cumsum(zeros[:-1], dtype=np.int8) == 0
    lengths = (_ZERO - 1 + np.minimum(end - first, _LONGEST)).astype(np.uint8)
    return np.asarray(np.insert(letters, first, lengths)[np.insert(kept, first, True)])


def _by_bytes(text: Bytes) -> Places:
    """Puts texts in order, eight bytes at a time, and of these only those that are equal so far.

    Args:
        text: each with a zero at its end, and eight more after the last.
    """
    ends = np.flatnonzero(text[:-_WORD] == 0)
    starts = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
    words_at = np.ndarray((len(text) - _WORD + 1,), ">u8", text, strides=(1,))
    order, at = np.arange(len(ends)), np.arange(len(ends))
    group, done = np.zeros(len(ends), np.intp), 0
    while len(at):  # places in the order that are not certain yet
        rows = order[at]
        left = ends[rows] - starts[rows] - done + 1  # its own zero included, which comes before all else
        words = words_at[starts[rows] + done].astype(np.uint64) & _FIRST_BYTES[np.minimum(left, _WORD)]
        if ((group[1:] == group[:-1]) & (words[1:] < words[:-1])).any():  # most often they come in order
            by = np.lexsort((words, group))
            rows, left, words = rows[by], left[by], words[by]
            order[at] = rows
        same = (group[1:] == group[:-1]) & (words[1:] == words[:-1])
        group = np.concatenate([[0], np.cumsum(~same)])
        tied = np.append(same, False) | np.append(False, same)
        tied &= left > _WORD  # those that have ended are equal
        at, group, done = at[tied], group[tied], done + _WORD
    return order
