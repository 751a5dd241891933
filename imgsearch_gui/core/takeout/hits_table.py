"""Hits as a table that spreadsheets open."""

from __future__ import annotations

import csv
import io
import os
from typing import TYPE_CHECKING

from imgsearch_gui import paths
from imgsearch_gui.core.types.photos import Hits, SearchHit
from imgsearch_gui.errors import TakeoutError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from imgsearch_gui.core.types.photos import ImageRecord

COLUMNS = ("rank", "score", "band", "path", "query")
# What a spreadsheet takes for the beginning of a formula.
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain_cell(text: str) -> str:
    """Returns a text that no spreadsheet takes for a formula: such a one gets an apostrophe before it."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def write_hits_table(
    file: Path, query: str, hits: Sequence[SearchHit | ImageRecord]
) -> Iterator[tuple[int, int]]:
    """Writes hits as comma-separated values in UTF-8, with the mark that spreadsheets look for.

    Args:
        file: the file to write, whole or not at all.
        query: what was searched for.
        hits: in the order of their ranks; one that stands for several files has a row for each. A photo
            that was not searched for has neither score nor band.

    Yields:
        How many hits are done, of how many; closing the generator writes nothing.

    Raises:
        TakeoutError: the file cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    asked = plain_cell(query)
    for rank, hit in enumerate(hits, 1):
        score, band = "", ""
        files: tuple[Path, ...] = (hit.path,)
        if isinstance(hit, SearchHit):
            score, band = f"{hit.score:.4f}", "" if hit.band is None else hit.band.value
            files = hits.files_of(hit) if isinstance(hits, Hits) else files
        for path in files:
            name = plain_cell(os.fsencode(path).decode("utf-8", "replace"))
            writer.writerow((rank, score, band, name, asked))
        yield rank, len(hits)
    try:
        paths.write_whole(file, text.getvalue().encode("utf-8-sig", "replace"))
    except OSError as error:
        raise TakeoutError(
            sentence("{file} cannot be written: {reason}.", file=file, reason=error.strerror)
        ) from error
