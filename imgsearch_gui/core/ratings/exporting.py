"""Ratings as a dataset folder of the brief's form, which the training dialog and other programs open.

The folder holds ``ratings.csv`` with every rating, and of the pictures that are there ``train_images``,
``train_dataset.csv``, and ``ExpertAnnotations.tsv`` and ``CrowdAnnotations.tsv`` as far as there are labels
for them. A rater's latest rating of a pair counts; see :mod:`.labels_of` for more or fewer than three raters.

A query is no description of the pictures that it was tried on: its id is ``query:`` and the beginning of
its SHA-256, with ``#0``, and no picture's name has a colon in it. Only a caption that a dataset folder gives
a picture for its own keeps to it, as ``name#n``. All of these go with the picture, rated or not, for the
content rule goes by them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from uuid import uuid4

from imgsearch_gui.core.datasets.dataset import CROWD_TABLE, EXPERT_TABLE, PAIRS, TRAIN_IMAGES, TRAIN_TABLE
from imgsearch_gui.core.datasets.dataset_images import DatasetImages
from imgsearch_gui.core.datasets.own_captions import own_captions
from imgsearch_gui.core.datasets.tables import RowError
from imgsearch_gui.core.ratings.judgements import judgements
from imgsearch_gui.core.ratings.labels_of import share_of_yes, three_scores
from imgsearch_gui.core.ratings.ratings_csv import RATINGS_TABLE, guarded, ratings_table
from imgsearch_gui.core.types.exchange import ExchangeProgress, ExportSummary
from imgsearch_gui.errors import ExchangeError, ImageError
from imgsearch_gui.paths import real_path
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence
    from pathlib import Path

    from imgsearch_gui.core.types.ratings import Rating

COPYING, LINKING = sentence("Copying pictures"), sentence("Linking pictures")
_LONGEST_STEM, _LONGEST_SUFFIX = 150, 20  # bytes and characters; most file systems take 255 bytes in all
_NOT_PLAIN = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff<>:"/\\|?*]')
_EDGES = re.compile(r"^[\s.]+|[\s.]+$")  # readers of tables strip white space, Windows dots
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)  # by Windows


def export(
    ratings: Sequence[Rating],
    pictures: Mapping[bytes, Sequence[Path]],
    folder: Path,
    *,
    link: bool = False,
) -> Generator[ExchangeProgress, None, ExportSummary]:
    """Writes ratings into a new or empty folder, whole or not at all; closing the generator cancels.

    Args:
        ratings: in the order in which they were given.
        pictures: where the rated pictures may be, by content hash. A file with other bytes is passed over.
        folder: where to; made if it is not there.
        link: whether pictures are hard links instead of copies where the file system can do that. A
            picture that is changed in place later is then changed in both folders.

    Raises:
        ExchangeError: there is nothing to export, the folder is not empty, or it cannot be written.
        DatasetError: a dataset folder that pictures are from cannot be read.
    """
    if not ratings:
        raise ExchangeError(sentence("There are no ratings to export yet."))
    target = _target(folder)
    part = target.with_name(f".ratings-{uuid4().hex}")
    try:
        images = _Images(part / TRAIN_IMAGES, link=link)
        images.folder.mkdir(parents=True)
        hashes = list(dict.fromkeys(rating.content_hash for rating in ratings))
        for done, content_hash in enumerate(hashes):
            yield ExchangeProgress(LINKING if link else COPYING, done, len(hashes))
            images.add(content_hash, pictures.get(content_hash, ()))
        summary = _write_tables(part, target, ratings, images)
        yield ExchangeProgress(LINKING if link else COPYING, len(hashes), len(hashes))
        if target.exists():
            target.rmdir()  # fails when something has come into it meanwhile
        part.rename(target)
    except OSError as error:
        raise ExchangeError(
            sentence(
                "The ratings cannot be written to {folder}: {reason}.",
                folder=folder,
                reason=error.strerror or error,
            )
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return summary


def caption_id(query: str) -> str:
    """Returns the id that stands for a query: the same in every export, and no picture's."""
    return f"query:{hashlib.sha256(query.encode()).hexdigest()[:16]}#0"


def plain_name(name: str) -> str:
    """Returns a file's name without what some system, table or spreadsheet has no place for."""
    plain = _EDGES.sub("", _NOT_PLAIN.sub("_", unicodedata.normalize("NFC", name)))
    if not plain or plain.startswith("'") or plain != guarded(plain) or _RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    parts = PurePosixPath(plain)
    return parts.stem.encode()[:_LONGEST_STEM].decode(errors="ignore") + parts.suffix[:_LONGEST_SUFFIX]


def _target(folder: Path) -> Path:
    target = real_path(folder)
    try:
        if target.is_dir() and any(target.iterdir()):
            raise ExchangeError(
                sentence("{folder} is not empty; choose an empty folder or a new name.", folder=folder)
            )
        if os.path.lexists(target) and not target.is_dir():
            raise ExchangeError(
                sentence("{folder} is a file; choose an empty folder or a new name.", folder=folder)
            )
        if not target.parent.is_dir():
            raise ExchangeError(sentence("The folder {parent} does not exist.", parent=target.parent))
    except OSError as error:
        raise ExchangeError(
            sentence(
                "{folder} cannot be looked into: {reason}.", folder=folder, reason=error.strerror or error
            )
        ) from error
    return target


@dataclass
class _Images:
    """The pictures of an export, as they are put into their folder.

    Attributes:
        folder: ``train_images``.
        link: whether to link them.
        names: by content hash.
        captions: each picture's own captions by content hash, its folder's and its copies' folders'.
        foreign: those among ``names`` that dataset folders do not read.
        copied: how many were to be linked and could not be.
    """

    folder: Path
    link: bool
    names: dict[bytes, str] = field(default_factory=dict)
    captions: dict[bytes, list[str]] = field(default_factory=dict)
    foreign: set[bytes] = field(default_factory=set)
    copied: int = 0
    _taken: set[str] = field(default_factory=set)
    _captions_of: dict[Path, Mapping[str, list[str]]] = field(default_factory=dict)

    def add(self, content_hash: bytes, paths: Iterable[Path]) -> None:
        """Puts a picture in, from the first of some files that holds its bytes; from none, it is missing."""
        from imgsearch_gui.core.pictures.images import read_file

        texts: list[str] = []
        for path in paths:
            try:
                data = read_file(path)
            except ImageError:
                continue
            if hashlib.sha256(data).digest() != content_hash:
                continue
            if content_hash not in self.names:
                self._put(content_hash, path, data)
            texts += self._own_captions(path)
        if content_hash in self.names:
            self.captions[content_hash] = list(dict.fromkeys(filter(None, map(_one_line, texts))))

    def _put(self, content_hash: bytes, path: Path, data: bytes) -> None:
        name = self._free_name(path.name)
        file = self.folder / name
        if not (self.link and _linked(path, file)):
            file.write_bytes(data)
            self.copied += self.link
        self.names[content_hash] = name
        try:
            DatasetImages(self.folder.parent, check_files=True).check(TRAIN_IMAGES, name)
        except RowError:
            self.foreign.add(content_hash)

    def _free_name(self, name: str) -> str:
        free, number = plain_name(name), 1
        parts = PurePosixPath(free)
        # Names that differ in case alone are one file on some systems.
        while free.casefold() in self._taken:
            number += 1
            free = f"{parts.stem}-{number}{parts.suffix}"
        self._taken.add(free.casefold())
        return free

    def _own_captions(self, path: Path) -> list[str]:
        folder = path.parent
        if folder not in self._captions_of:
            self._captions_of[folder] = own_captions(folder)
        return self._captions_of[folder].get(path.name, [])


def _linked(path: Path, file: Path) -> bool:
    try:
        file.hardlink_to(real_path(path))
    except (OSError, NotImplementedError):  # another drive, or a file system without links
        return False
    return True


def _write_tables(folder: Path, target: Path, ratings: Sequence[Rating], images: _Images) -> ExportSummary:
    (folder / RATINGS_TABLE).write_bytes(ratings_table(ratings, images.names))
    usable = {
        content_hash: name
        for content_hash, name in images.names.items()
        if content_hash not in images.foreign
    }
    ids = _CaptionIds(usable, images.captions)
    # Own captions first, so that they are read in their order, by which they are numbered.
    pairs = {
        (name, f"{name}#{number}"): text
        for content_hash, name in usable.items()
        for number, text in enumerate(images.captions[content_hash])
    }
    expert, crowd = io.StringIO(), io.StringIO()
    labelled = 0
    for (query, content_hash), judgement in judgements(ratings).items():
        text = _one_line(query)
        if content_hash not in usable or not text:
            continue
        labelled += 1
        key = usable[content_hash], ids.of(query, content_hash)
        pairs.setdefault(key, text)
        if judgement.expert:
            expert.write("\t".join((*key, *map(str, three_scores(judgement.expert.values())))) + "\n")
        if judgement.crowd:
            crowd.write("\t".join((*key, *map(str, share_of_yes(judgement.crowd.values())))) + "\n")
    if pairs:
        train = io.StringIO()
        writer = csv.writer(train, lineterminator="\n")
        writer.writerows((PAIRS.columns, *((*key, text) for key, text in pairs.items())))
        (folder / TRAIN_TABLE).write_bytes(train.getvalue().encode())
    for table, stream in ((EXPERT_TABLE, expert), (CROWD_TABLE, crowd)):
        if stream.tell():
            (folder / table).write_bytes(stream.getvalue().encode())
    missing = [rating.content_hash for rating in ratings if rating.content_hash not in images.names]
    return ExportSummary(
        target,
        len(ratings),
        labelled,
        len(images.names),
        copied=images.copied,
        missing_ratings=len(missing),
        missing_images=len(set(missing)),
        foreign_ratings=sum(rating.content_hash in images.foreign for rating in ratings),
        foreign_images=len(images.foreign),
        blank_ratings=sum(
            rating.content_hash in usable and not _one_line(rating.query) for rating in ratings
        ),
    )


class _CaptionIds:
    """Which id a query has for a picture."""

    def __init__(self, names: Mapping[bytes, str], captions: Mapping[bytes, Sequence[str]]) -> None:
        self._own: dict[tuple[bytes, str], str] = {}
        self._any: dict[str, str] = {}
        for content_hash, name in names.items():
            for number, text in enumerate(captions[content_hash]):
                self._own[content_hash, text] = f"{name}#{number}"
                self._any.setdefault(text, f"{name}#{number}")

    def of(self, query: str, content_hash: bytes) -> str:
        # Word for word, so that no two queries get one id.
        text = guarded(query)
        return self._own.get((content_hash, text)) or self._any.get(text) or caption_id(query)


def _one_line(text: str) -> str:
    """Returns a text for ``train_dataset.csv``, which programs read line by line."""
    return guarded(" ".join(text.replace("\0", " ").split()))
