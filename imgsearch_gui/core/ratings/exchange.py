"""Ratings going out of a library and into it, and from several folders into one."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

from imgsearch_gui.core.datasets.dataset import TRAIN_IMAGES
from imgsearch_gui.core.ratings.conflicts import conflicts
from imgsearch_gui.core.ratings.exporting import export
from imgsearch_gui.core.ratings.importing import read_folder
from imgsearch_gui.core.ratings.pictures import find_pictures
from imgsearch_gui.core.steps import told_as
from imgsearch_gui.core.types.exchange import ExchangeProgress, ImportSummary, MergeSummary
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from pathlib import Path

    from imgsearch_gui.core.ratings.importing import RatedFolder
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.exchange import ExportSummary
    from imgsearch_gui.core.types.ratings import Rating

SEEKING = sentence("Looking for pictures")


def import_folders(
    library: Library, folders: Sequence[Path]
) -> Generator[ExchangeProgress, None, ImportSummary]:
    """Brings the ratings of folders into a library, all or none; closing the generator cancels.

    Ratings that are there already are not added again. The folders' pictures become known to the library,
    so that an export finds them.

    Raises:
        DatasetError: one of the folders cannot be used.
        LibraryError: the library cannot be written.
    """
    read = yield from _read(folders)
    before = list(library.ratings().values())
    brought = _together(read)
    added = library.add_ratings(brought)
    for folder, found in zip(folders, read, strict=True):
        if found.pictures:
            library.add_folder(folder / TRAIN_IMAGES)
    sources = (before, *(found.ratings for found in read))
    return _summary(read, added, sources, {(rating.query, rating.content_hash) for rating in brought})


def export_library(
    library: Library, folder: Path, *, link: bool = False
) -> Generator[ExchangeProgress, None, ExportSummary]:
    """Exports all ratings of a library; see :func:`.exporting.export`.

    Raises:
        ExchangeError: there is nothing to export, the folder is not empty, or it cannot be written.
        DatasetError: a dataset folder that pictures are from cannot be read.
        LibraryError: the library cannot be read.
    """
    ratings = list(library.ratings().values())
    pictures = yield from _pictures(library, {rating.content_hash for rating in ratings})
    return (yield from export(ratings, pictures, folder, link=link))


def merge(
    folders: Sequence[Path], out: Path, *, link: bool = False
) -> Generator[ExchangeProgress, None, MergeSummary]:
    """Writes the ratings of several folders into a new one, each rating once, in the folders' order.

    Raises:
        DatasetError: one of the folders cannot be used.
        ExchangeError: the new folder is not empty, or cannot be written.
    """
    read = yield from _read(folders)
    ratings = _together(read)
    pictures: dict[bytes, list[Path]] = defaultdict(list)
    for found in read:
        for content_hash, path in found.pictures.items():
            pictures[content_hash].append(path)
    written = yield from export(ratings, pictures, out, link=link)
    pairs = {(rating.query, rating.content_hash) for rating in ratings}
    return MergeSummary(_summary(read, len(ratings), [found.ratings for found in read], pairs), written)


def _read(folders: Iterable[Path]) -> Generator[ExchangeProgress, None, list[RatedFolder]]:
    read = []
    for folder in folders:
        found = yield from read_folder(folder)
        read.append(found)
    return read


def _together(read: Iterable[RatedFolder]) -> list[Rating]:
    """Returns the ratings of all folders, each once, where it comes first."""
    found: dict[object, Rating] = {}
    for rating in itertools.chain.from_iterable(folder.ratings for folder in read):
        found.setdefault(rating.statement, rating)
    return list(found.values())


def _summary(
    read: Sequence[RatedFolder],
    added: int,
    sources: Sequence[Sequence[Rating]],
    pairs: set[tuple[str, bytes]],
) -> ImportSummary:
    names = {content_hash: name for found in reversed(read) for content_hash, name in found.names.items()}
    rated = {rating.content_hash for found in read for rating in found.ratings}
    there = {content_hash for found in read for content_hash in found.pictures}
    return ImportSummary(
        read=sum(len(found.ratings) for found in read),
        added=added,
        changed=tuple(name for found in read for name in found.changed),
        missing=len(rated - there),
        crowd_labels=sum(found.crowd_labels for found in read),
        left_out=sum(found.left_out for found in read),
        conflicts=tuple(conflicts(sources, pairs, names)),
    )


def _pictures(
    library: Library, hashes: set[bytes]
) -> Generator[ExchangeProgress, None, dict[bytes, list[Path]]]:
    """Finds pictures, and tells how far that is."""
    return told_as(find_pictures(library, hashes), lambda step: ExchangeProgress(SEEKING, *step))
