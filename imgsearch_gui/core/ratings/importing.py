"""Ratings from folders: those that were exported, and others of the brief's form.

A folder with ``ratings.csv`` gives the ratings in it. In one without, each column of scores in
``ExpertAnnotations.tsv`` becomes a rater, "expert 1 of FOLDER" to "expert 3 of FOLDER", whose time is
the beginning of 1970, as nobody knows it. The crowd's labels are counts of votes that are nobody's in
particular: they are passed over and reported.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from imgsearch_gui.core.datasets.dataset import (
    EXPERT_TABLE,
    TRAIN_IMAGES,
    has_table,
    read_dataset,
)
from imgsearch_gui.core.datasets.dataset_images import DatasetImages, resolves_inside
from imgsearch_gui.core.datasets.tables import RowError
from imgsearch_gui.core.ratings.ratings_csv import RATINGS_TABLE, read_ratings
from imgsearch_gui.core.types.exchange import ExchangeProgress
from imgsearch_gui.core.types.ratings import Rating, RatingScale
from imgsearch_gui.errors import DatasetError, ImageError, MissingImageError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

CHECKING = sentence("Checking pictures")
UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class RatedFolder:
    """What a folder holds of ratings.

    Attributes:
        ratings: in their order.
        names: the pictures' names by content hash, as far as the folder has any for them.
        pictures: the files of those that are there with the bytes that were rated.
        changed: names of pictures whose file holds other bytes.
        crowd_labels: labels of a crowd that were passed over.
        left_out: rows of the brief's tables that could not be used.
    """

    ratings: tuple[Rating, ...]
    names: Mapping[bytes, str]
    pictures: Mapping[bytes, Path]
    changed: tuple[str, ...] = ()
    crowd_labels: int = 0
    left_out: int = 0


def read_folder(folder: Path) -> Generator[ExchangeProgress, None, RatedFolder]:
    """Reads the ratings of a folder; nothing outside of it is read, and nothing in it changed.

    Raises:
        DatasetError: the folder or one of its files cannot be used: one sentence with file and line.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - unlike Path.is_dir, never raises
        raise DatasetError(sentence("There is no such folder."), folder)
    if has_table(folder, RATINGS_TABLE):
        return (yield from _exported(folder))
    if has_table(folder, EXPERT_TABLE):
        return (yield from _of_the_brief(folder))
    raise DatasetError(
        sentence(
            "The folder holds neither {file} nor {other}; choose one that was exported.",
            file=RATINGS_TABLE,
            other=EXPERT_TABLE,
        ),
        folder,
    )


def _checked(
    folder: Path, names: Mapping[bytes, str]
) -> Generator[ExchangeProgress, None, tuple[dict[bytes, Path], list[str]]]:
    """Returns the files that hold the bytes that were rated, and the names of those that hold others."""
    from imgsearch_gui.core.pictures.images import content_hash

    pictures: dict[bytes, Path] = {}
    changed: list[str] = []
    for done, (expected, name) in enumerate(names.items()):
        yield ExchangeProgress(CHECKING, done, len(names))
        path = folder / TRAIN_IMAGES / name
        try:
            same = resolves_inside(path, folder) and content_hash(path) == expected
        except MissingImageError:
            continue
        except ImageError:
            same = False
        if same:
            pictures[expected] = path
        else:
            changed.append(name)
    return pictures, changed


def _exported(folder: Path) -> Generator[ExchangeProgress, None, RatedFolder]:
    images = DatasetImages(folder, check_files=False)
    names: dict[bytes, str] = {}
    ratings = []
    for line, rating, name in read_ratings(folder / RATINGS_TABLE):
        if name:
            try:
                images.check(TRAIN_IMAGES, name)
            except RowError as fault:
                raise DatasetError(fault.reason, folder / RATINGS_TABLE, line) from None
            names.setdefault(rating.content_hash, name)
        ratings.append(rating)
    pictures, changed = yield from _checked(folder, names)
    return RatedFolder(tuple(ratings), names, pictures, tuple(changed))


def _of_the_brief(folder: Path) -> Generator[ExchangeProgress, None, RatedFolder]:
    from imgsearch_gui.core.pictures.images import content_hash

    dataset = read_dataset(folder)
    if not dataset.expert:
        raise DatasetError(
            sentence("The folder holds no experts' scores, and votes of a crowd are nobody's."), folder
        )
    images = list(dict.fromkeys(label.image for label in dataset.expert))
    hashes: dict[str, bytes] = {}
    for done, image in enumerate(images):
        yield ExchangeProgress(CHECKING, done, len(images))
        try:
            hashes[image] = content_hash(dataset.train_image(image))
        except ImageError as error:
            raise DatasetError(error.args[0], dataset.train_image(image)) from None
    name = folder.absolute().name
    ratings = [
        Rating(
            dataset.captions[label.caption_id].text,
            hashes[label.image],
            f"expert {number} of {name}",
            RatingScale.EXPERT,
            score,
            UNKNOWN_TIME,
        )
        for label in dataset.expert
        for number, score in enumerate(label.scores, 1)
    ]
    return RatedFolder(
        tuple(ratings),
        {digest: image for image, digest in hashes.items()},
        {digest: dataset.train_image(image) for image, digest in hashes.items()},
        crowd_labels=len(dataset.crowd),
        left_out=len(dataset.report.problems),
    )
