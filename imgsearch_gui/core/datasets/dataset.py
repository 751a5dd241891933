"""A dataset folder: from its files to validated pairs, labels and queries, and a report of the rest.

The form of the folder, in which every part but one may be missing::

    train_dataset.csv       image,query_id,query_text: the pairs, and the captions' texts
    train_images/           the photographs of the pairs
    ExpertAnnotations.tsv   image, caption id, three scores from 1 to 4; no header
    CrowdAnnotations.tsv    image, caption id, share, count of yes, count of no; no header
    test_queries.csv        query_id|query_text|image: the queries, and the image that each describes
    test_images.csv         image: the pool that the queries are tried on
    test_images/            the photographs of the pool

A malformed file raises DatasetError. A malformed row is left out and reported, unless it leaves a
file without a single usable row. Rows are taken in order: a repeated row counts once, and of rows
that contradict one another the first stands. Nothing outside the folder is read, nothing in it is
changed.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from imgsearch_gui.core.datasets.dataset_images import DatasetImages, resolves_inside
from imgsearch_gui.core.datasets.tables import Form, Row, RowError, quoted, read_table
from imgsearch_gui.core.steps import result_of
from imgsearch_gui.core.types.photos import Problem
from imgsearch_gui.errors import DatasetError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from pathlib import Path

TRAIN_TABLE, EXPERT_TABLE, CROWD_TABLE = "train_dataset.csv", "ExpertAnnotations.tsv", "CrowdAnnotations.tsv"
QUERIES_TABLE, TEST_IMAGES_TABLE = "test_queries.csv", "test_images.csv"
TRAIN_IMAGES, TEST_IMAGES = "train_images", "test_images"

PAIRS = Form(",", ("image", "query_id", "query_text"))
_EXPERT = Form("\t", ("image", "caption id", "score 1", "score 2", "score 3"), header=False)
_CROWD = Form("\t", ("image", "caption id", "share", "yes", "no"), header=False)
_QUERIES = Form("|", ("query_id", "query_text", "image"))
QUERIES_ALONE = Form("|", ("query_id", "query_text"), optional=("image",))
_IMAGES = Form(",", ("image",))

# Stricter than float() and int(), which take "1_0", "٣" and "nan".
_NUMBER = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
_COUNT = re.compile(r"[0-9]{1,9}")

_ROWS_AT_ONCE = 200  # of a table, between two steps: their images are opened, some 0.2 s

_K = TypeVar("_K")
_V = TypeVar("_V")


def described_image(caption_id: str) -> str:
    """Returns the image that a caption was written for: ``image`` of ``image#n``, or empty text."""
    return caption_id.rpartition("#")[0]


@dataclass(frozen=True, slots=True)
class Caption:
    """One sentence; its id is ``image.jpg#n``, after the image that it was written for."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An image and a caption that may or may not describe it."""

    image: str
    caption: Caption

    @property
    def is_own(self) -> bool:
        """Whether the caption was written for this very image."""
        return described_image(self.caption.id) == self.image


@dataclass(frozen=True, slots=True)
class ExpertLabel:
    """How well a caption describes an image, in the eyes of three experts: 1 (not) to 4 (fully)."""

    image: str
    caption_id: str
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CrowdLabel:
    """Which share (0..1) of a crowd says that a caption describes an image; the counts of votes."""

    image: str
    caption_id: str
    share: float
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class EvaluationQuery:
    """A query, and the name of the image that it should find: empty where the file names none."""

    id: str
    text: str
    image: str


@dataclass(frozen=True)
class DatasetReport:
    """What was read and what was left out.

    Attributes:
        rows_read: rows of each file by its name, those left out among them, the header not.
        problems: every row that was left out, with file, line and reason.
    """

    rows_read: Mapping[str, int]
    problems: tuple[Problem, ...]

    def summary(self) -> list[str]:
        """Returns one line for each file, and below it one for each kind of problem."""
        kinds = Counter((problem.file.name, problem.kind) for problem in self.problems)
        lines = []
        for name, rows in self.rows_read.items():
            lines.append(f"{name}: {rows:,} rows read")
            lines += [
                f"  {count:,} left out: {kind}." for (file, kind), count in kinds.items() if file == name
            ]
        return lines


@dataclass(frozen=True)
class Dataset:
    """A dataset folder that was read and found usable.

    Attributes:
        root: the folder.
        pairs: the rows of ``train_dataset.csv``.
        captions: the captions of the pairs by their id.
        expert: expert labels whose caption has a text.
        crowd: crowd labels whose caption has a text.
        queries: the test queries, whose images are all among ``test_images``.
        test_images: names of the pool that the queries are tried on.
        report: what was read and what was left out.
    """

    root: Path
    pairs: tuple[Pair, ...]
    captions: Mapping[str, Caption]
    expert: tuple[ExpertLabel, ...]
    crowd: tuple[CrowdLabel, ...]
    queries: tuple[EvaluationQuery, ...]
    test_images: tuple[str, ...]
    report: DatasetReport

    def train_image(self, name: str) -> Path:
        """Returns the file of an image that a pair or a label names."""
        return self.root / TRAIN_IMAGES / name

    def test_image(self, name: str) -> Path:
        """Returns the file of an image of the test part."""
        return self.root / TEST_IMAGES / name


def read_dataset(root: Path, *, check_images: bool = True) -> Dataset:
    """Reads a dataset folder.

    Args:
        root: the folder; see the module's description for its form.
        check_images: leave out the rows whose image is missing, is a link out of the folder or does
            not open. Each image's header is read once, not its pixels. Names are checked always.

    Raises:
        DatasetError: the folder or one of its files cannot be used: one sentence with file and line.
    """
    return result_of(read_in_steps(root, check_images=check_images))


def read_in_steps(root: Path, *, check_images: bool = True) -> Generator[tuple[str, int], None, Dataset]:
    """Reads a dataset folder as :func:`read_dataset` does, so that it can be stopped.

    Yields:
        The table that is being read, and how many of its rows have been.
    """
    if not os.path.isdir(root):  # noqa: PTH112 - unlike Path.is_dir, never raises
        raise DatasetError(sentence("There is no such folder."), root)
    reading = _Reading(root, check_images=check_images)
    has_train, has_test = reading.has(TRAIN_TABLE), reading.has(QUERIES_TABLE)
    if not has_train and not has_test:
        reason = sentence(
            "The folder holds neither {file} nor {other}; choose a dataset folder.",
            file=TRAIN_TABLE,
            other=QUERIES_TABLE,
        )
        raise DatasetError(reason, root)
    if has_train:
        yield from reading.read(TRAIN_TABLE, PAIRS, reading.add_pair)
    for table, form, add in (
        (EXPERT_TABLE, _EXPERT, reading.add_expert_label),
        (CROWD_TABLE, _CROWD, reading.add_crowd_label),
    ):
        if has_train and reading.has(table):
            yield from reading.read(table, form, add)
        elif reading.has(table):
            reading.leave_out(
                table, sentence("The file was not read, since there is no {file}", file=TRAIN_TABLE)
            )
    if reading.has(TEST_IMAGES_TABLE):
        yield from reading.read(TEST_IMAGES_TABLE, _IMAGES, reading.add_test_image)
    if has_test:
        reading.pool_is_listed = reading.has(TEST_IMAGES_TABLE)
        yield from reading.read(QUERIES_TABLE, _QUERIES, reading.add_query)
    return reading.dataset()


def read_queries(file: Path) -> tuple[EvaluationQuery, ...]:
    """Reads queries from a file in the form of ``test_queries.csv``; its image column may be missing.

    Every row gives one query, in order, so the first malformed row is an error.

    Raises:
        DatasetError: the file, or a row of it, cannot be used, or it holds no query.
    """
    queries = []
    for row in read_table(file, QUERIES_ALONE):
        try:
            query_id, text, image = _values(row)
            queries.append(EvaluationQuery(_filled("query_id", query_id), _filled("query_text", text), image))
        except RowError as fault:
            raise DatasetError(fault.reason, file, row.line) from None
    if not queries:
        raise DatasetError(sentence("The file holds no query."), file)
    return tuple(queries)


def has_table(root: Path, table: str) -> bool:
    """Whether a folder has a table; one that links out of it is an error."""
    file = root / table
    if not os.path.lexists(file):
        return False
    if not resolves_inside(file, root):
        raise DatasetError(sentence("The file is a link out of its folder; put a copy in its place."), file)
    return True


def _values(row: Row) -> tuple[str, ...]:
    if row.fault is not None:
        raise row.fault
    return row.values


def _filled(column: str, value: str) -> str:
    if not value:
        raise RowError(sentence("The {column} is empty", column=column))
    return value


def _add_once(seen: dict[_K, tuple[_V, int]], key: _K, value: _V, line: int) -> None:
    """Enters a value with its line, unless the key is there already."""
    if key in seen:
        earlier, first = seen[key]
        if earlier == value:
            raise RowError(sentence("The row repeats an earlier one"), sentence("line {line}", line=first))
        raise RowError(
            sentence("The row contradicts an earlier one, which stands"), sentence("line {line}", line=first)
        )
    seen[key] = value, line


def _plain(seen: Mapping[_K, tuple[_V, int]]) -> tuple[_V, ...]:
    return tuple(value for value, _ in seen.values())


class _Reading:
    """The state of one call of :func:`read_dataset`."""

    def __init__(self, root: Path, *, check_images: bool) -> None:
        self._root = root
        self._images = DatasetImages(root, check_files=check_images)
        self._captions: dict[str, tuple[Caption, int]] = {}
        self._pairs: dict[tuple[str, str], tuple[Pair, int]] = {}
        self._expert: dict[tuple[str, str], tuple[ExpertLabel, int]] = {}
        self._crowd: dict[tuple[str, str], tuple[CrowdLabel, int]] = {}
        self._queries: dict[str, tuple[EvaluationQuery, int]] = {}
        self._test_images: dict[str, tuple[str, int]] = {}
        self._rows_read: dict[str, int] = {}
        self._problems: list[Problem] = []
        self.pool_is_listed = False

    def has(self, table: str) -> bool:
        return has_table(self._root, table)

    def read(
        self, table: str, form: Form, add: Callable[[int, tuple[str, ...]], None]
    ) -> Generator[tuple[str, int], None, None]:
        """Hands each row of a table to ``add``, and reports those that it refuses."""
        file = self._root / table
        rows, refused = 0, len(self._problems)
        for row in read_table(file, form):
            if rows % _ROWS_AT_ONCE == 0:
                yield table, rows
            rows += 1
            try:
                add(row.line, _values(row))
            except RowError as fault:
                self._problems.append(Problem(file, fault.reason, row.line, fault.kind))
        self._rows_read[table] = rows
        if rows == 0:
            raise DatasetError(sentence("The file holds no row."), file)
        if len(self._problems) - refused == rows:
            first = self._problems[refused]
            reason = sentence(
                "{reason} None of the file's rows can be used ({rows:,} read).",
                reason=first.reason,
                rows=rows,
            )
            raise DatasetError(reason, file, first.line)

    def leave_out(self, table: str, kind: str) -> None:
        """Reports a whole table that is left out."""
        self._problems.append(Problem(self._root / table, sentence("{kind}.", kind=kind), kind=kind))
        self._rows_read[table] = 0

    def add_pair(self, line: int, values: tuple[str, ...]) -> None:
        image, caption_id, text = values
        caption = Caption(_filled("query_id", caption_id), _filled("query_text", text))
        earlier, first = self._captions.get(caption.id, (caption, line))
        if earlier != caption:
            raise RowError(
                sentence("The caption has another text on an earlier line, which stands"),
                sentence("line {line}", line=first),
            )
        self._images.check(TRAIN_IMAGES, image)
        _add_once(self._pairs, (image, caption.id), Pair(image, earlier), line)
        self._captions.setdefault(caption.id, (caption, line))

    def add_expert_label(self, line: int, values: tuple[str, ...]) -> None:
        image, caption_id, *scores = values
        for score in scores:
            if score not in {"1", "2", "3", "4"}:
                raise RowError(sentence("The score is not one of 1, 2, 3, 4"), quoted(score))
        self._check_labelled(image, caption_id)
        label = ExpertLabel(image, caption_id, tuple(int(score) for score in scores))
        _add_once(self._expert, (image, caption_id), label, line)

    def add_crowd_label(self, line: int, values: tuple[str, ...]) -> None:
        image, caption_id, share, yes, no = values
        if not _NUMBER.fullmatch(share) or not float(share) <= 1:
            raise RowError(sentence("The share is not a number from 0 to 1"), quoted(share))
        for count in (yes, no):
            if not _COUNT.fullmatch(count):
                raise RowError(sentence("The count of votes is not a whole number"), quoted(count))
        self._check_labelled(image, caption_id)
        label = CrowdLabel(image, caption_id, float(share), int(yes), int(no))
        _add_once(self._crowd, (image, caption_id), label, line)

    def _check_labelled(self, image: str, caption_id: str) -> None:
        self._images.check(TRAIN_IMAGES, image)
        if caption_id not in self._captions:
            raise RowError(
                sentence("The caption has no text in {file}", file=TRAIN_TABLE), quoted(caption_id)
            )

    def add_test_image(self, line: int, values: tuple[str, ...]) -> None:
        (image,) = values
        self._images.check(TEST_IMAGES, image)
        _add_once(self._test_images, image, image, line)

    def add_query(self, line: int, values: tuple[str, ...]) -> None:
        query_id, text, image = values
        query = EvaluationQuery(_filled("query_id", query_id), _filled("query_text", text), image)
        self._images.check(TEST_IMAGES, image)
        if self.pool_is_listed and image not in self._test_images:
            raise RowError(
                sentence("The image is not listed in {file}", file=TEST_IMAGES_TABLE), quoted(image)
            )
        _add_once(self._queries, query.id, query, line)
        self._test_images.setdefault(image, (image, line))

    def dataset(self) -> Dataset:
        """Returns what was read."""
        return Dataset(
            root=self._root,
            pairs=_plain(self._pairs),
            captions={caption.id: caption for caption in _plain(self._captions)},
            expert=_plain(self._expert),
            crowd=_plain(self._crowd),
            queries=_plain(self._queries),
            test_images=_plain(self._test_images),
            report=DatasetReport(self._rows_read, tuple(self._problems)),
        )
