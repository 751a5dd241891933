"""The captions that describe the images of a directory, by which the content rule withholds images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imgsearch_gui.core.datasets.dataset import (
    PAIRS,
    QUERIES_ALONE,
    QUERIES_TABLE,
    TRAIN_TABLE,
    described_image,
    has_table,
)
from imgsearch_gui.core.datasets.tables import read_table
from imgsearch_gui.errors import DatasetError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from imgsearch_gui.core.datasets.tables import Form, Row


def own_captions(image_dir: Path) -> dict[str, list[str]]:
    """Returns the texts that describe each image of a directory, by the image's file name.

    They come from the dataset folders that the directory belongs to: itself, the folder it is in,
    and the same two behind symbolic links. Rows that ``read_dataset`` would leave out count
    as well, whatever can be read of them, since the content rule goes by these texts: rather one
    image too many withheld than one shown. For the same reason a table that cannot be read is an
    error here too: without it no image of the directory is known to be fit to be shown.

    Returns:
        An empty mapping when the directory belongs to no dataset folder.

    Raises:
        DatasetError: a table of such a folder cannot be read: one sentence with file and line.
    """
    texts: dict[str, list[str]] = {}
    for root, table, form in _caption_tables(image_dir):
        for row in read_table(root / table, form):
            _add_own_captions(texts, row, form)
    return {image: list(dict.fromkeys(found)) for image, found in texts.items()}


def caption_tables(image_dir: Path) -> tuple[tuple[str, int, int], ...]:
    """Returns path, size and time of each table that :func:`own_captions` would read."""
    found = []
    for root, table, _ in _caption_tables(image_dir):
        try:
            info = (root / table).stat()
        except OSError as error:
            raise DatasetError(
                sentence("The file cannot be read: {reason}.", reason=error.strerror), root / table
            ) from error
        found.append((str(root / table), info.st_size, info.st_mtime_ns))
    return tuple(found)


def table_places(image_dir: Path) -> tuple[str, ...]:
    """Returns every path where a table that :func:`own_captions` would read may come to stand."""
    return tuple(str(root / table) for root, table, _ in _places(image_dir))


def _caption_tables(image_dir: Path) -> Iterator[tuple[Path, str, Form]]:
    return ((root, table, form) for root, table, form in _places(image_dir) if has_table(root, table))


def _places(image_dir: Path) -> Iterator[tuple[Path, str, Form]]:
    resolved = image_dir.resolve()
    for root in dict.fromkeys((image_dir, image_dir.parent, resolved, resolved.parent)):
        for table, form in ((TRAIN_TABLE, PAIRS), (QUERIES_TABLE, QUERIES_ALONE)):
            yield root, table, form


def _add_own_captions(texts: dict[str, list[str]], row: Row, form: Form) -> None:
    if row.fault is not None:  # any field may be the id, and any the text
        images, text = {described_image(field.strip()) for field in row.fields}, " ".join(row.fields)
    elif form is PAIRS:
        _, caption_id, text = row.values
        images = {described_image(caption_id)}
    else:
        query_id, text, image = row.values
        images = {described_image(query_id), image}
    for image in images - {""}:
        texts.setdefault(image, []).append(text)
