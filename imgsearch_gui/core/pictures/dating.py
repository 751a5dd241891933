"""The dates of photos that were read by a program which did not look for them, from their headers alone."""

from __future__ import annotations

import contextlib
import os
import time
from functools import partial
from typing import TYPE_CHECKING

from imgsearch_gui.core.pictures import exif
from imgsearch_gui.core.pictures.decoding import Decoder, DecoderLostError
from imgsearch_gui.core.pictures.embedding import Waiting, in_order
from imgsearch_gui.errors import ImageError, MissingImageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from imgsearch_gui.core.storage.library import Library

_AT_ONCE = 500  # photos stored
_PATIENCE = 0.1  # seconds after which it is told how far it is
_Content = tuple[int, bytes]  # its id, and the path of a file
_Dated = tuple[int, int | None, bool]  # its id, the time, and whether the file could be asked


def date_photos(
    library: Library, root: Path, make_decoder: Callable[[], Decoder] = Decoder
) -> Iterator[tuple[int, int]]:
    """Looks for the dates that a folder's photos lack; what was found stays when it is closed.

    Args:
        library: where the dates go.
        root: the folder.
        make_decoder: makes what reads the headers.

    Yields:
        How many photos are done, of how many; nothing when there are none.

    Raises:
        LibraryError: the library cannot be read or written.
    """
    total = library.count_undated(root)
    if not total or library.read_only:
        return
    done, told = 0, time.monotonic()
    found: dict[int, int | None] = {}
    with contextlib.closing(
        in_order(library.undated(root), partial(_read, root), make_decoder, 1)
    ) as results:
        for result in results:
            if not isinstance(result, Waiting):
                done += 1
                content_id, taken, asked = result
                if asked:
                    found[content_id] = taken
            if len(found) == _AT_ONCE:
                library.set_taken(root, found)
                found = {}
            if time.monotonic() > told + _PATIENCE:
                yield done, total
                told = time.monotonic()
    if found:
        library.set_taken(root, found)
    yield done, total


def _read(root: Path, content: _Content, decoder: Decoder) -> _Dated:
    content_id, path = content
    try:
        taken = decoder.facts(root / os.fsdecode(path)).taken
    except (MissingImageError, DecoderLostError):  # the next run may do better
        return content_id, None, False
    except ImageError:
        return content_id, None, True
    return content_id, None if taken is None else exif.seconds(taken), True
