"""Where rated pictures lie: in folders that the library has read, or that it only knows of."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from imgsearch_gui.core.pictures.images import content_hash
from imgsearch_gui.errors import ImageError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from imgsearch_gui.core.storage.library import Library


def unread_folders(library: Library) -> list[Path]:
    """Returns the folders that the library knows of and has never read: imports and ratings leave them."""
    return [root for root in library.folders() if library.revision(root) == 0]


def find_pictures(
    library: Library, hashes: set[bytes]
) -> Generator[tuple[int, int], None, dict[bytes, list[Path]]]:
    """Finds pictures by the SHA-256 of their bytes; files of folders never read are looked at one by one.

    Yields:
        How many of those files are done, of how many.

    Returns:
        The files of each picture that was found.
    """
    found = library.paths_by_hash(hashes)
    if len(found) == len(hashes):
        return found
    files: list[Path] = []
    for root in unread_folders(library):
        with suppress(OSError):  # it may be gone, or closed to us
            files += sorted(root.iterdir())
    for done, path in enumerate(files):
        yield done, len(files)
        try:
            digest = content_hash(path)
        except ImageError:
            continue
        if digest in hashes:
            found.setdefault(digest, []).append(path)
    return found
