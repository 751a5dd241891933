"""The header of a matcher file: what it says of itself, checked before any of its weights is looked at.

It is read alone where files are listed, which takes a millisecond a file. Every check raises ``ValueError``
or what the type of a value leads to; `refusing` makes one sentence of it that names the file.
"""

from __future__ import annotations

import dataclasses
import json
import math
import os
import stat
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from imgsearch_gui.core.matching.config import MatcherConfig, Tower
from imgsearch_gui.core.types.photos import Bands
from imgsearch_gui.errors import MatcherError
from imgsearch_gui.sentences import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

FORMAT, VERSION = "imgsearch-matcher", 3
MAX_BYTES = 256 * 2**20  # of a file
_MAX_HEADER = 2**20
_MAX_SIZE = 16384  # of any dimension that a configuration names
_MAX_TOWERS = 32
_MAX_COUNT = 2**53  # every whole number up to it is one in JSON
_NAME_LENGTH, _WORDS_LENGTH = 80, 200
_FIRST_YEAR, _LAST_YEAR = 1971, 9998  # in any time zone it is a date that every system can show
_LENGTH = 8  # bytes that give the header's own length

_REFUSED = ValueError, LookupError, TypeError, AttributeError, RuntimeError, OverflowError


@dataclass(frozen=True, slots=True)
class Label:
    """What a user's own model is known by.

    Attributes:
        name: the user's, one line that can be shown.
        created: when it was kept, in UTC.
        data: where it was trained, in a few words.
    """

    name: str
    created: datetime
    data: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a matcher file says of itself, checked.

    Attributes:
        config: of the matcher.
        sizes: how much it remembers: known, images, captions, knots.
        bands: what its scores mean in a word.
        target: what its score was trained on.
        counts: data counts by name.
        metrics: figures by name.
        settings: the training's settings by name.
        label: what a kept model is known by; nothing for one that was never kept.
    """

    config: MatcherConfig
    sizes: dict[str, int]
    bands: Bands
    target: str
    counts: dict[str, int]
    metrics: dict[str, float]
    settings: dict[str, str | int | float]
    label: Label | None


def to_text(header: Header) -> str:
    """Returns a header as a file holds it."""
    given = dataclasses.asdict(header) | {"format": FORMAT, "version": VERSION}
    label = header.label
    del given["label"]
    if label is not None:
        given["kept"] = {
            "name": label.name,
            "created": label.created.astimezone(UTC).isoformat(),
            "data": label.data,
        }
    return json.dumps(given, sort_keys=True)


def of_bytes(data: bytes) -> Header:
    """Returns the header of a file's bytes, or of their beginning; for use within `refusing`."""
    length = int.from_bytes(data[:_LENGTH], "little")
    if length > _MAX_HEADER:
        raise ValueError(sentence("its header is too long."))
    return _checked(_json(data[_LENGTH : _LENGTH + length]))


def read_header(file: Path) -> Header:
    """Reads a file's header and leaves its weights.

    Raises:
        MatcherError: the file is missing, cut off, or no matcher.
    """
    with refusing(file), opened(file) as stream:
        begin = stream.read(_LENGTH)
        length = int.from_bytes(begin, "little")
        data = begin + stream.read(min(length, _MAX_HEADER))
        header = of_bytes(data)
        outer = _json(data[_LENGTH:])
        end = max(int(one["data_offsets"][1]) for name, one in outer.items() if name != "__metadata__")
        if os.fstat(stream.fileno()).st_size != _LENGTH + length + end:
            raise ValueError(sentence("its length is not what it says."))
    return header


@contextmanager
def opened(file: Path) -> Iterator[BufferedReader]:
    """Opens a file that is one, and not too large, to be read; never waits for a pipe.

    Raises:
        MatcherError: it cannot be opened, or cannot be a matcher.
    """
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise MatcherError(sentence("{file} is not a file.", file=file))
        with file.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > MAX_BYTES:
                raise MatcherError(sentence("{file} is too large to be a matcher.", file=file))
            yield stream
    except OSError as error:
        raise MatcherError(
            sentence("The matcher {file} cannot be read: {reason}.", file=file, reason=error.strerror)
        ) from error


@contextmanager
def refusing(file: Path, *more: type[Exception]) -> Iterator[None]:
    """Makes one sentence of what is wrong with a file.

    Args:
        file: the file.
        more: errors that mean a damaged file, beside the usual ones.

    Raises:
        MatcherError: in place of any of them.
    """
    try:
        yield
    except _REFUSED + more as error:
        said = error.args[0] if error.args else ""
        reason = said if isinstance(said, Sentence) else sentence("it is damaged or holds something else.")
        raise MatcherError(
            sentence("{file} is not a matcher that this program can use: {reason}", file=file, reason=reason)
        ) from error


def one_line(text: str, most: int = _NAME_LENGTH) -> str:
    """Returns a text in a form that can be shown anywhere: no line ends, no control or direction signs."""
    # Of each a few times as many as are kept: who gives ten million characters shall not wait for them.
    signs = (" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text[: 4 * most])
    line = " ".join("".join(signs).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def words(text: str) -> str:
    """Returns a remark in a form that can be shown anywhere, at most 200 characters."""
    return one_line(text, _WORDS_LENGTH)


def _json(data: bytes | str) -> Any:  # noqa: ANN401 - whatever a stranger wrote
    return json.loads(data, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(sentence("it says the same thing twice."))
    return found


def _checked(outer: dict[str, Any]) -> Header:
    given = _json((outer.get("__metadata__") or {}).get("imgsearch", "null"))
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise ValueError(sentence("it holds something else."))
    version = given.get("version")
    if isinstance(version, int) and version > VERSION:
        raise ValueError(sentence("it was written by a newer version of ImgSearch."))
    if version != VERSION:
        raise ValueError(sentence("it was written by another version of ImgSearch."))
    sizes = {name: _whole(given["sizes"][name], name) for name in ("known", "images", "captions", "knots")}
    if min(sizes.values()) < 1 or sizes["knots"] < 2:
        raise ValueError(sentence("it was fitted on nothing."))
    kept = given.get("kept")
    return Header(
        config=_config(given["config"]),
        sizes=sizes,
        bands=Bands(**{name: _number(given["bands"][name], name) for name in ("strong", "partial")}),
        target=words(_text(given["target"], "target")),
        counts={one_line(k): _whole(v, "counts", _MAX_COUNT) for k, v in given["counts"].items()},
        metrics={one_line(k): _number(v, "figures") for k, v in given["metrics"].items()},
        settings={
            one_line(k): _setting(v) for k, v in given["settings"].items() if isinstance(v, str | int | float)
        },
        label=None if kept is None else _label(kept),
    )


def _config(given: dict[str, Any]) -> MatcherConfig:
    fields = {field.name for field in dataclasses.fields(MatcherConfig)}
    if given.keys() != fields:
        raise ValueError(sentence("its configuration is incomplete."))
    towers = tuple(
        Tower(str(t["version"]), _whole(t["dim"], "dim"), tuple(str(code) for code in t["languages"]))
        for t in given["towers"]
    )
    if not 0 < len(towers) <= _MAX_TOWERS:
        raise ValueError(sentence("it has no text towers, or too many."))
    sizes = {name: _whole(given[name], name) for name in fields - {"image_encoder", "towers"}}
    config = MatcherConfig(image_encoder=str(given["image_encoder"]), towers=towers, **sizes)
    if any(size == 0 for name, size in sizes.items() if name != "classes"):
        raise ValueError(sentence("its sizes do not fit together."))
    if config.classes > config.image_dim:
        raise ValueError(sentence("it has more classes than its image vectors have numbers."))
    return config


def _label(given: dict[str, Any]) -> Label:
    created = datetime.fromisoformat(_text(given["created"], "date"))
    if created.utcoffset() != timedelta(0):
        raise ValueError(sentence("its date is not in UTC."))
    if not _FIRST_YEAR <= created.year <= _LAST_YEAR:
        raise ValueError(sentence("its date is out of range."))
    name, data = (_text(given[part], part) for part in ("name", "data"))
    return Label(one_line(name), created, words(data))


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise ValueError(sentence("its {name} is not a text.", name=name))  # noqa: TRY004 - as the others
    return value


def _whole(value: object, name: str, most: int = _MAX_SIZE) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError(sentence("its {name} is out of range.", name=name))
    return value


def _number(value: object, name: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(sentence("its {name} are not all numbers.", name=name))
    return float(value)


def _setting(value: str | float) -> str | int | float:
    if isinstance(value, str):
        return words(value)
    if not abs(value) <= _MAX_COUNT:  # not-a-number is refused too
        raise ValueError(sentence("its settings are out of range."))
    return value
