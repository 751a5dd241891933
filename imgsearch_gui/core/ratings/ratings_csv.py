"""``ratings.csv``: every rating with all that is known of it, one a row.

The columns are ``query``, ``image`` (its file's name in ``train_images``, empty for a picture that is
not there), ``content_hash`` (SHA-256 of its bytes, 64 hexadecimal digits), ``rater``, ``scale`` (``expert``
or ``crowd``), ``value``, ``rated_at`` (ISO 8601 in UTC, with microseconds), ``comment`` and ``seconds``.

A spreadsheet takes a text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line's end for a formula.
Such texts get an apostrophe in front, and so do those that begin with an apostrophe; reading takes one
apostrophe away from every text that begins with one. So nothing is lost.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING

from imgsearch_gui.core.datasets.tables import Form, read_table
from imgsearch_gui.core.types.ratings import LONGEST_TEXT, Rating, RatingScale
from imgsearch_gui.errors import DatasetError, ExchangeError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

RATINGS_TABLE = "ratings.csv"
_FORM = Form(
    ",",
    ("query", "image", "content_hash", "rater", "scale", "value", "rated_at", "comment", "seconds"),
    stripped=False,
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
# Stricter than float(), which takes "1_0" and "nan".
_SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")


def guarded(text: str) -> str:
    """Returns a text that no spreadsheet takes for a formula; one that is guarded stays as it is."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def ratings_table(ratings: Iterable[Rating], names: Mapping[bytes, str]) -> bytes:
    """Returns the file's bytes.

    Args:
        ratings: in their order.
        names: the pictures' names in ``train_images`` by content hash, as far as they are there.

    Raises:
        ExchangeError: a text of a rating has no place in such a file.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")  # as RFC 4180 has it
    writer.writerow(_FORM.columns)
    for rating in ratings:
        writer.writerow(
            (
                _cell(rating.query, rating),
                _cell(names.get(rating.content_hash, ""), rating),
                rating.content_hash.hex(),
                _cell(rating.rater, rating),
                str(rating.scale),
                rating.value,
                f"{rating.rated_at.replace(tzinfo=None).isoformat(timespec='microseconds')}Z",
                _cell(rating.comment, rating),
                repr(float(rating.seconds)),
            )
        )
    return stream.getvalue().encode()


def read_ratings(file: Path) -> list[tuple[int, Rating, str]]:
    """Returns line, rating and picture's name of every row.

    Raises:
        DatasetError: the file or one of its rows cannot be used: one sentence with file and line.
    """
    found = []
    for row in read_table(file, _FORM):
        if row.fault is not None:
            raise DatasetError(row.fault.reason, file, row.line)
        try:
            found.append((row.line, *_parsed(*row.values)))
        except ValueError as fault:
            raise DatasetError(fault.args[0], file, row.line) from None
    if not found:
        raise DatasetError(sentence("The file holds no rating."), file)
    return found


def _cell(text: str, rating: Rating) -> str:
    if "\0" in text or len(text) > LONGEST_TEXT:
        who, when = repr(rating.rater[:40]), rating.rated_at.isoformat()
        if "\0" in text:
            raise ExchangeError(
                sentence(
                    "A text of the rating by {who} at {time} holds a NUL character, "
                    "which no CSV file can hold.",
                    who=who,
                    time=when,
                )
            )
        raise ExchangeError(
            sentence(
                "A text of the rating by {who} at {time} is longer than {most:,} characters, "
                "which no CSV file can hold.",
                who=who,
                time=when,
                most=LONGEST_TEXT,
            )
        )
    return f"'{text}" if text.startswith("'") else guarded(text)


def _text(cell: str) -> str:
    return cell.removeprefix("'")


def _parsed(
    query: str,
    image: str,
    content_hash: str,
    rater: str,
    scale: str,
    value: str,
    rated_at: str,
    comment: str,
    seconds: str,
) -> tuple[Rating, str]:
    """Returns a row's rating and image; raises ValueError with a sentence."""
    if not _HASH.fullmatch(content_hash):
        raise ValueError(sentence("The content_hash is not 64 digits from 0 to f."))
    if scale not in list(RatingScale):
        raise ValueError(sentence("The scale is not one of {scales}.", scales=", ".join(RatingScale)))
    if value not in ("0", "1", "2", "3", "4"):
        raise ValueError(sentence("The value is not a whole number from 0 to 4."))
    if max(map(len, (query, rater, comment))) > LONGEST_TEXT:
        raise ValueError(sentence("A text is longer than {most:,} characters.", most=LONGEST_TEXT))
    if not _SECONDS.fullmatch(seconds):
        raise ValueError(sentence("The seconds are not a number of 0 or more."))
    rating = Rating(
        _text(query),
        bytes.fromhex(content_hash),
        _text(rater),
        RatingScale(scale),
        int(value),
        _time(rated_at),
        _text(comment),
        float(seconds),
    )
    return rating, _text(image)


def _time(text: str) -> datetime:
    try:
        if _TIME.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(sentence("The rated_at is not a time in UTC like 2026-01-31T23:59:59.000000Z."))
