"""Where things are: resources, bundled models, the user's own files.

``resources/`` and ``models/`` stand beside the package in a checkout, inside it in a wheel, and
in the unpacked bundle of a frozen program; this is the one module that knows. Standard library
only at import time.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from imgsearch_gui.errors import LibraryError
from imgsearch_gui.sentences import sentence

_PACKAGE = Path(__file__).resolve().parent
_APP = "ImgSearch"
LIBRARY_PLACE = "library/folder"  # the setting, by its key in the settings file
_LIBRARY = "library.sqlite"
_MOST_SETTINGS = 1_000_000  # bytes


def is_stand_alone() -> bool:
    """Returns whether this is the bundled program, which packages cannot be added to."""
    return hasattr(sys, "_MEIPASS")  # PyInstaller's unpacked bundle


def _bundled_root() -> Path:
    """Returns the folder that holds ``resources/`` and ``models/``."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen)
    in_wheel = _PACKAGE / "_bundled"
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parent


def write_whole(file: Path, data: bytes) -> None:
    """Writes a file, whole or not at all; where the name is a link, the file that it leads to.

    Raises:
        OSError: it cannot be written, or is there and no file, such as a device; what was there still is.
    """
    file = real_path(file)
    if file.exists() and not file.is_file():  # taking its place would do away with it
        raise OSError(errno.EINVAL, "there is something else of this name", str(file))
    part = file.with_name(f".{file.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        part.write_bytes(data)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def read_small(file: Path, most: int) -> bytes:
    """Reads the beginning of a file; never waits for a pipe.

    Args:
        file: the file.
        most: bytes to read at most.

    Raises:
        OSError: it cannot be read, or is no file.
    """
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError(errno.EINVAL, "it is no file", str(file))
    with file.open("rb") as opened:
        return opened.read(most)


def dated(file: Path, what: str, suffix: str) -> Path:
    """Returns a name beside a file that says what it is and when it was made, to the microsecond.

    Names of one kind sort by their time: ``library.ratings-20260131T235959.000000Z.jsonl``.
    """
    time = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    return file.with_name(f"{file.stem}.{what}-{time}{suffix}")


def named(text: str) -> Path:
    """Returns the path that a text names; raises ValueError for a text that can be none."""
    if b"\0" in os.fsencode(text):  # which refuses what is no text
        raise ValueError("No path holds a NUL.")
    return Path(text)


def real_path(path: Path) -> Path:
    """Returns the one absolute spelling of a path, links followed; unlike ``Path.resolve``, never raises."""
    return Path(os.path.realpath(path))


def resource(name: str) -> Path:
    """Returns the path of a file in ``resources/``, which need not exist."""
    return _bundled_root() / "resources" / name


def bundled_model(name: str = "matcher.safetensors") -> Path:
    """Returns the path of a file in ``models/``, which need not exist."""
    return _bundled_root() / "models" / name


def user_data() -> Path:
    """Returns the user's data folder, created when it is missing.

    ``IMGSEARCH_HOME`` overrides it: for tests, and for a library on a stick.
    """
    override = os.environ.get("IMGSEARCH_HOME")
    if override:
        folder = Path(override)
    else:
        from platformdirs import user_data_path

        folder = user_data_path(_APP, appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            sentence(
                "The data folder {folder} cannot be made: {reason}. IMGSEARCH_HOME may name another.",
                folder=folder,
                reason=error.strerror,
            )
        ) from error
    return folder


def default_library() -> Path:
    """Returns the library file that is used when none is named: where the settings say, or the data folder.

    Raises:
        LibraryError: the folder that the settings name is not there.
    """
    chosen = _library_folder()
    if chosen is None:
        return user_data() / _LIBRARY
    if not os.path.isdir(chosen):  # noqa: PTH112 - never raises
        # To make it would begin an empty library where a drive is not plugged in.
        raise LibraryError(
            sentence(
                "The library’s folder {folder} is not there. If it is on a drive, connect that and start "
                "again; or choose another folder in the settings.",
                folder=str(chosen),
            )
        )
    return chosen / _LIBRARY


def _library_folder() -> Path | None:
    """Returns the library's folder as the settings name it; the command line goes by it too, without Qt."""
    try:
        return unquoted_folder(settings_texts(settings_file()).get(LIBRARY_PLACE, ""))
    except (OSError, ValueError):
        return None


def unquoted_folder(text: str) -> Path:
    """Returns the folder that a text in a settings file names, where all but plain letters stand as ``%41``.

    Raises:
        ValueError: it names none, or not by its whole path.
    """
    from urllib.parse import unquote

    folder = named(unquote(text, errors="surrogateescape"))
    if not folder.is_absolute():
        raise ValueError(text)
    return folder


def settings_texts(file: Path) -> dict[str, str]:
    """Reads an INI file; what makes no sense in it is passed over.

    Qt's own reader is not used: it rebuilds any object that the file describes, and Python's by running
    code that is in the file.

    Returns:
        The texts by ``section/name``, those in quotation marks without them.

    Raises:
        OSError: it cannot be read, is no file, or is larger than any that the program writes.
    """
    from configparser import Error, RawConfigParser

    data = read_small(file, _MOST_SETTINGS + 1)
    if len(data) > _MOST_SETTINGS:
        raise OSError(errno.EFBIG, "it is too large", str(file))
    parser = RawConfigParser(
        delimiters=("=",), comment_prefixes=(";", "#"), strict=False, default_section="", allow_no_value=True
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys as they are
    try:
        parser.read_string(data.decode("utf-8-sig", "replace"))
    except (Error, AttributeError):  # the last for a line that goes on one without a value
        return {}
    found = (
        (f"{section}/{key}", text) for section in parser.sections() for key, text in parser.items(section)
    )
    return {key: _unquoted(text) for key, text in found if isinstance(text, str)}


def _unquoted(text: str) -> str:
    import json

    if not text.startswith('"'):
        return text
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return text
    return found if isinstance(found, str) else text


def saved_searches() -> Path:
    """Returns the file of the saved searches, which need not exist."""
    return user_data() / "searches.json"


def user_content_rule() -> Path:
    """Returns the user's own content rule, which need not exist: the bundled one holds then."""
    return user_data() / "content_rule.toml"


def kept_models() -> Path:
    """Returns the folder of the user's own matchers, which need not exist."""
    return user_data() / "models"


def settings_file() -> Path:
    """Returns the window's settings file."""
    return user_data() / "settings.ini"


def log_file() -> Path:
    """Returns the program's log file."""
    return user_data() / "imgsearch.log"


def translations() -> Path:
    """Returns the folder of compiled translations that the program makes itself; it need not exist."""
    return user_data() / "translations"


def crash_reports() -> Path:
    """Returns the folder of crash reports, which need not exist."""
    return user_data() / "crashes"


def open_windows() -> Path:
    """Returns the folder by which programs know that a library's window is open; it need not exist."""
    return user_data() / "windows"


def licences() -> Path:
    """Returns the folder of licences that a frozen program carries; a checkout has none."""
    return _bundled_root() / "licences"


def demo_gallery() -> Path:
    """Returns the folder into which the demo photographs are copied."""
    return user_data() / "demo"
