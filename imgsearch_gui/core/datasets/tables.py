"""Strict reading of delimited text: UTF-8, streamed, bounded, and exact about lines.

A fault of the file (its encoding, its header, its quoting) raises DatasetError; a fault of one
row travels with the row, so that the rest of the file can still be used.
"""

from __future__ import annotations

import codecs
import csv
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui.errors import DatasetError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

# The largest known set of captions has some 600,000 rows in 60 MB. The limits only keep a hostile
# file from filling the memory.
MAX_FILE_BYTES = 256 << 20
MAX_RECORD_BYTES = 1 << 20
MAX_ROWS = 1_000_000

_DELIMITERS = {",": sentence("commas"), "\t": sentence("tabs"), "|": "'|'", ";": sentence("semicolons")}
_FOREIGN_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


class RowError(Exception):
    """One row cannot be used.

    Args:
        kind: what is wrong, in words that every such row shares.
        detail: the value of this row that is at fault, if that helps to find it.
    """

    def __init__(self, kind: str, detail: str = "") -> None:
        self.kind = kind
        self.reason = (
            sentence("{kind}: {detail}.", kind=kind, detail=detail)
            if detail
            else sentence("{kind}.", kind=kind)
        )
        super().__init__(self.reason)


@dataclass(frozen=True, slots=True)
class Form:
    """What a table must look like.

    Attributes:
        delimiter: one character between the fields.
        columns: the columns to read; in a file without a header, all of its columns in order.
        optional: columns to read where the header has them; empty text where it has not.
        header: whether the first line names the columns; others than those above are passed over.
        stripped: whether white space around a value is no part of it.
    """

    delimiter: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    header: bool = True
    stripped: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One record.

    Attributes:
        line: the line it begins on, counted from 1.
        fields: every field as it stands in the file.
        values: the form's columns, then its optional ones; empty when ``fault`` is set.
        fault: why the record is malformed, or None.
    """

    line: int
    fields: tuple[str, ...]
    values: tuple[str, ...]
    fault: RowError | None


def quoted(value: str) -> str:
    """Returns a file's value for use in a message: escaped, and cut to a readable length."""
    return repr(value if len(value) <= 80 else value[:77] + "...")


def read_table(file: Path, form: Form) -> Iterator[Row]:
    """Yields the records of a table one by one; blank lines are passed over.

    Args:
        file: a regular file in UTF-8, with or without a byte order mark.
        form: the columns that it must have.

    Raises:
        DatasetError: the file cannot be read, is not UTF-8, lacks a column, has another delimiter,
            a quotation mark that does not close, or goes beyond one of the limits above.
    """
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would wait for ever
            raise DatasetError(sentence("This is not a file."), file)
        if status.st_size > MAX_FILE_BYTES:
            raise DatasetError(
                sentence("The file is larger than {most} MB.", most=MAX_FILE_BYTES >> 20), file
            )
        with file.open("rb") as stream:
            yield from _rows(stream, file, form)
    except FileNotFoundError:
        raise DatasetError(sentence("There is no such file."), file) from None
    except OSError as error:
        raise DatasetError(
            sentence("The file cannot be read: {reason}.", reason=error.strerror or error), file
        ) from error


def _rows(stream: BinaryIO, file: Path, form: Form) -> Iterator[Row]:
    records = _records(stream, file, form)
    wanted = form.columns + form.optional
    if form.header:
        line, names = next(records, (1, []))
        places, width = _places([name.strip() for name in names], file, line, form), len(names)
    else:
        places, width = tuple(range(len(wanted))), len(wanted)
    for count, (line, fields) in enumerate(records):
        if count == 0 and len(fields) == 1 < width:
            _refuse_other_delimiter(fields[0], file, line, form.delimiter)
        if count == MAX_ROWS:
            raise DatasetError(sentence("The file has more than {most:,} rows.", most=MAX_ROWS), file, line)
        fault = _fault(fields, width)
        values = () if fault else tuple("" if place is None else fields[place] for place in places)
        if form.stripped:
            values = tuple(value.strip() for value in values)
        yield Row(line, tuple(fields), values, fault)


def _fault(fields: list[str], width: int) -> RowError | None:
    if len(fields) != width:
        return RowError(
            sentence("The row has the wrong number of columns"),
            sentence("{count} where {width} are expected", count=len(fields), width=width),
        )
    if any("\0" in field for field in fields):
        return RowError(sentence("The row holds a NUL character"))
    return None


def _places(names: list[str], file: Path, line: int, form: Form) -> tuple[int | None, ...]:
    """Returns where each wanted column stands, None for an optional one that is missing."""
    if not names:
        raise DatasetError(sentence("The file is empty."), file)
    if len(names) == 1 < len(form.columns):
        _refuse_other_delimiter(names[0], file, line, form.delimiter)
    for name in form.columns + form.optional:
        if name in form.columns and name not in names:
            raise DatasetError(sentence("The column '{name}' is missing.", name=name), file, line)
        if names.count(name) > 1:
            raise DatasetError(
                sentence("The column '{name}' is there more than once.", name=name), file, line
            )
    return tuple(names.index(name) if name in names else None for name in form.columns + form.optional)


def _refuse_other_delimiter(text: str, file: Path, line: int, expected: str) -> None:
    for delimiter, name in _DELIMITERS.items():
        if delimiter in text:
            reason = sentence(
                "The columns are separated by {name} where {expected} are expected.",
                name=name,
                expected=_DELIMITERS[expected],
            )
            raise DatasetError(reason, file, line)


def _records(stream: BinaryIO, file: Path, form: Form) -> Iterator[tuple[int, list[str]]]:
    """Yields each record that is not blank, with the line it begins on."""
    lines = _Lines(stream, file)
    # The tables without a header hold names and numbers only, nothing that is quoted.
    reader = csv.reader(
        lines,
        delimiter=form.delimiter,
        quoting=csv.QUOTE_MINIMAL if form.header else csv.QUOTE_NONE,
        strict=True,
    )
    while True:
        lines.begin_record()
        begins = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DatasetError(
                sentence("The row cannot be told from the next ({error}).", error=error), file, begins
            ) from None
        if fields:
            yield begins, fields


class _Lines:
    """The decoded lines of a file, counted, with a limit on the length of a record."""

    def __init__(self, stream: BinaryIO, file: Path) -> None:
        self._stream, self._file = stream, file
        self._line = 0
        self._room = MAX_RECORD_BYTES

    def begin_record(self) -> None:
        self._room = MAX_RECORD_BYTES

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        data = self._stream.readline(self._room + 1)
        if not data:
            raise StopIteration
        self._line += 1
        self._room -= len(data)
        if self._room < 0:
            reason = sentence("The row is too long, or a quotation mark is not closed.")
            raise DatasetError(reason, self._file, self._line)
        if self._line == 1:
            data = self._without_mark(data)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            reason = sentence(
                "The file is not UTF-8 text (byte {byte:#04x}); save it as UTF-8.",
                byte=error.object[error.start],
            )
            raise DatasetError(reason, self._file, self._line) from None

    def _without_mark(self, data: bytes) -> bytes:
        mark = next((name for mark, name in _FOREIGN_MARKS.items() if data.startswith(mark)), None)
        if mark is None and b"\0" in data:  # ASCII in UTF-16 without its mark is valid UTF-8
            mark = sentence("UTF-16 or not text at all")
        if mark is not None:
            raise DatasetError(sentence("The file is {mark}; save it as UTF-8.", mark=mark), self._file, 1)
        return data.removeprefix(codecs.BOM_UTF8)
