"""The language of the window: Qt's translations, from ``resources/translations``.

Texts stand in the code in English, as ``tr("Open folder…")``. `.dev/translations.py` collects them into
one ``.ts`` file a language. English has one too: it holds the plurals. Qt reads compiled files; Qt's own
compiler makes them when the program is bundled, and in a checkout when a language is used.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path
from string import Formatter

import PySide6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from imgsearch_gui import paths
from imgsearch_gui.sentences import Sentence

_log = logging.getLogger(__name__)

LANGUAGES = {"en": "English", "ru": "Русский"}
_COMPILE_SECONDS = 20.0


def tr(text: str, comment: str = "", n: int = -1) -> str:
    """Returns a text in the language of the window; for texts that are written out in the code alone.

    Args:
        text: in English; ``%Ln`` stands for the number, ``{name}`` for what ``str.format`` will put there.
        comment: tells apart texts that are the same in English, and helps who translates.
        n: a number that the text's form depends on.
    """
    if n >= 0 and QCoreApplication.instance() is None:
        return (_english().translate("", text, comment, n) or text).replace("%Ln", number(n))
    return QCoreApplication.translate("", text, comment, n)


def number(n: int) -> str:
    """Returns a whole number as people read it: ``1,234``."""
    return _locale().toString(n)


def decimal(value: float, digits: int = 2) -> str:
    """Returns a number with so many digits after the point: ``0.50``."""
    return _locale().toString(float(value), "f", digits)


def told(text: str) -> str:
    """Returns a text that the core has made, translated where it is a `Sentence`."""
    if not isinstance(text, Sentence):
        return text
    template = QCoreApplication.translate("", text.template)
    return _Filling().vformat(template, (), text.values) if text.values else template


class _Filling(Formatter):
    """Fills a sentence: what is a sentence itself is translated, and numbers are written as usual."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Returns what stands in place of a name."""
        if isinstance(value, str):
            value = told(value)
        filled = str(super().format_field(value, format_spec))
        if isinstance(value, int | float) and format_spec:
            usual = {",": QLocale().groupSeparator(), ".": QLocale().decimalPoint()}
            filled = "".join(usual.get(sign, sign) for sign in filled)
        return filled


@cache
def _english() -> QTranslator:
    """The plurals of the command line, which speaks English and has no application to translate."""
    translator = QTranslator()
    translator.load(str(compiled("en") or ""))
    return translator


def _locale() -> QLocale:
    return QLocale() if QCoreApplication.instance() is not None else QLocale("en")


def system_language() -> str:
    """Returns the system's language where there are texts in it, else English."""
    code = QLocale.system().name().split("_")[0]
    return code if code in LANGUAGES else "en"


def use_language(app: QCoreApplication, code: str, folder: Path | None = None) -> None:
    """Makes texts, numbers and dates come in a language from now on; texts that are shown stay as they are.

    Args:
        app: the application; what it was translated by before is dropped.
        code: one of `LANGUAGES`.
        folder: where compiled texts are kept; by default in the user's data folder.
    """
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale(code))
    system = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for file in (f"{system}/qtbase_{code}.qm", compiled(code, folder)):
        translator = QTranslator(app)
        if file is not None and translator.load(str(file)):
            app.installTranslator(translator)
        elif code != "en":
            _log.warning("no translation for %s in %s", code, file)


def compiled(code: str, folder: Path | None = None) -> Path | None:
    """Returns the compiled texts of a language, which are made where they are missing or old.

    Args:
        code: one of `LANGUAGES`.
        folder: where to put them; by default in the user's data folder, unless the program carries them.

    Returns:
        Nothing where they cannot be made: texts stay English then.
    """
    carried = paths.resource(f"translations/imgsearch_{code}.qm")
    if folder is None and carried.exists():
        return carried
    source = paths.resource(f"translations/imgsearch_{code}.ts")
    folder = folder or paths.translations()
    try:
        made = folder / f"imgsearch_{code}-{zlib.crc32(source.read_bytes()):08x}.qm"
        if not made.exists():
            folder.mkdir(parents=True, exist_ok=True)
            release(source, made)
    except (OSError, subprocess.SubprocessError) as error:
        _log.warning("the texts of %s cannot be compiled: %s", code, error)
        return None
    return made


def release(source: Path, made: Path) -> None:
    """Compiles a ``.ts`` file by Qt's compiler; what is not translated is left out.

    Raises:
        OSError: there is no compiler, or the file cannot be written.
        subprocess.SubprocessError: the compiler refuses.
    """
    suffix = ".exe" if sys.platform == "win32" else ""
    compiler = Path(PySide6.__path__[0]) / f"lrelease{suffix}"
    part = made.with_suffix(f".{os.getpid()}.part")  # another program may be at the same
    command = [str(compiler), "-silent", str(source), "-qm", str(part)]
    # Qt's own program, and files of this one.
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_COMPILE_SECONDS)  # noqa: S603 - see above
        part.replace(made)
    finally:
        part.unlink(missing_ok=True)
