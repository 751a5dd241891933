"""Every text that a person sees is in the translations, whole, and says the same in every language."""

from __future__ import annotations

import ast
import builtins
import importlib.util
import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.services.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "imgsearch_gui"
FOLDER = ROOT / "resources" / "translations"
FORMS = {"en": 2, "ru": 3}  # of a text with a number

# What takes texts for translations, and has to find them written out.
MARKS = {"tr", "sentence"}
# What shows a text, as the name of a method or class; every letter handed to it is a text.
SHOWING = {
    *("QAction", "QCheckBox", "QGroupBox", "QLabel", "QPushButton", "QRadioButton", "QToolButton"),
    *("addAction", "addButton", "addItem", "addItems", "addMenu", "addRow", "addTab", "entry"),
    *("_ask", "ask_folder", "ask_open", "ask_save", "getText", "setHeaderLabels"),
    *("setAccessibleDescription", "setAccessibleName", "setInformativeText", "setItemText"),
    *("setLabelText", "setPlaceholderText", "setPlainText", "setStatusTip", "setTabText", "setText"),
    *("setTitle", "setToolTip", "setWhatsThis", "setWindowTitle", "showMessage", "small_button", "tell"),
}
# What takes names that nobody sees, or texts for maintainers.
SILENT = {
    *("QKeySequence", "setApplicationName", "setDesktopFileName", "setObjectName", "setProperty"),
    *("setStyle", "setStyleSheet", "property", "strftime", "isoformat", "getattr", "cast", "TypeVar"),
    *("debug", "info", "warning", "error", "exception", "log"),
}
# Texts that stay as they are, and why.
AS_THEY_ARE = {
    "imgsearch_gui/ui/offscreen_demo.py": {"a cup of coffee": "a query to the English demo gallery"},
    "imgsearch_gui/services/language.py": {
        "English": "languages are listed by their own names",
        "Русский": "languages are listed by their own names",
    },
    "imgsearch_gui/services/crash_reports.py": {
        "*": "reports are read by those who mend the program",
    },
    "imgsearch_gui/services/program_facts.py": dict.fromkeys(
        [
            *("Qt", "PySide6-Essentials", "ONNX Runtime", "Python"),
            *("License-Expression", "License", "Name"),
        ],
        "names of programs, and of fields of their metadata",
    ),
    "imgsearch_gui/services/single_window.py": {"*": "messages between two processes"},
}
# Modules whose texts are still to be translated.
TO_DO: set[str] = set()

# What is the same in every language: the program's name, shortcuts, HTML, the place of a number.
SAME = re.compile(
    r"\bImgSearch\b|\b(?:(?:Ctrl|Shift|Alt)\+)+\S|\bF\d{1,2}\b|\b(?:Esc|Del|Backspace)\b|</?\w+[^<>]*>|%Ln"
)

CODE = [
    file
    for part in ("ui", "services")
    for file in sorted((PACKAGE / part).rglob("*.py"))
    if str(file.relative_to(ROOT)) not in TO_DO
]


def messages(folder: Path, code: str) -> dict[tuple[str, str], ET.Element]:
    """Returns the texts of a language, by the English one and its comment."""
    root = ET.parse(folder / f"imgsearch_{code}.ts").getroot()  # noqa: S314 - a file of this program
    return {(one.findtext("source", ""), one.findtext("comment", "")): one for one in root.iter("message")}


def forms(message: ET.Element) -> list[str]:
    """Returns what stands for a text in a language: one translation, or one for each form."""
    translation = message.find("translation")
    assert translation is not None
    if message.get("numerus") == "yes":
        return [form.text or "" for form in translation.findall("numerusform")]
    return [translation.text or ""]


def marks(text: str) -> Counter[str]:
    """Counts what a translation has to have as its text has it: names, numbers, shortcuts, lines."""
    found = Counter(f"{{{name}}}" for _, name, _, _ in Formatter().parse(text) if name is not None)
    found["%Ln"] = text.count("%Ln")
    found["&"] = len(re.findall(r"&(?=\w)", text))
    found["line break"] = text.count("\n")
    return +found


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_translations_have_the_texts_of_the_code(code, tmp_path):
    spec = importlib.util.spec_from_file_location("translations", ROOT / ".dev" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    for file in FOLDER.glob("*.ts"):
        shutil.copy(file, tmp_path)
    tool.collect(tmp_path)
    now, kept = set(messages(tmp_path, code)), set(messages(FOLDER, code))
    assert (sorted(now - kept), sorted(kept - now)) == ([], []), "run .dev/translations.py, and translate"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_is_translated(code):
    for key, message in messages(FOLDER, code).items():
        translation = message.find("translation")
        assert translation is not None, key
        assert translation.get("type") != "unfinished", key
        assert all(forms(message)), key
        assert len(forms(message)) == (FORMS[code] if message.get("numerus") == "yes" else 1), key


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_have_the_names_numbers_and_shortcuts_of_their_texts(code):
    for (text, comment), message in messages(FOLDER, code).items():
        for form in forms(message):
            assert marks(form) == marks(text), f"{form!r} is not as {text!r} ({comment})"


def called(node: ast.AST) -> str:
    """Returns the name of what a call calls, without what it is of."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def plain_error(node: ast.AST) -> bool:
    """Whether a statement raises an error that means a bug, whose text is for maintainers."""
    if not isinstance(node, ast.Raise) or node.exc is None:
        return False
    made = getattr(builtins, called(node.exc), None)
    return isinstance(made, type) and issubclass(made, BaseException)


def literals(tree: ast.Module) -> Iterator[tuple[ast.Constant, list[ast.AST]]]:
    """Yields each string of a module that may be a text, with the nodes that it is in, innermost last."""

    def visit(node: ast.AST, around: list[ast.AST]) -> Iterator[tuple[ast.Constant, list[ast.AST]]]:
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                yield node, around
            return
        if called(node) in MARKS | SILENT or plain_error(node) or isinstance(node, ast.Assert):
            return
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # a docstring
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "format_spec"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from visit(child, [*around, node])

    yield from visit(tree, [])


def untranslated(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields line and text of the strings of a module that people see and translators do not."""
    for node, around in literals(tree):
        text = SAME.sub("", str(node.value))
        values = {id(v) for call in around if isinstance(call, ast.Call) for v in call.args}
        shown = any(
            called(outer) in SHOWING and (id(inner) in values)
            for outer, inner in zip(around, [*around[1:], node], strict=True)
        )
        letters = re.search(r"[^\W\d_]", text)
        sentence = re.match(r"\W*[A-ZА-Я][a-zа-я]", text) or re.search(r"[^\W\d_]{2,},? [^\W\d_]{2,}", text)
        if sentence or (shown and letters):
            yield node.lineno, str(node.value)


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_texts_of_the_window_are_marked_for_translation(file):
    kept = AS_THEY_ARE.get(file.relative_to(ROOT).as_posix(), {})
    found = list(untranslated(ast.parse(file.read_text(encoding="utf-8"))))
    left = [(line, text) for line, text in found if "*" not in kept and text not in kept]
    assert not left, f"{file}: these texts are not in tr(…)"
    assert set(kept) <= {text for _, text in found} | {"*"}, f"{file} has none of these texts any more"


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGE))
)
def test_texts_are_written_out_where_they_are_marked(file):
    """Else they are not collected."""
    if file.name in ("language.py", "sentences.py"):
        return
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if called(node) in MARKS and isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = node.args[:2] if node.func.id == "tr" else node.args[:1]
            for text in texts:
                assert isinstance(text, ast.Constant), f"{file}, line {node.lineno}"


@pytest.mark.parametrize(
    "code",
    [
        'label.setText("ready")',
        'label.setText(f"{n} of {total}")',
        'QPushButton("Stop" if busy else tr("Go on"))',
        'text = "Something went wrong."',
        '_NAMES = {1: "not at all"}',
        'raise LibraryError("There is no library.")',
        'show("Two words")',
    ],
)
def test_a_text_that_is_not_marked_is_found(code):
    assert list(untranslated(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        '"""A module."""',
        'label.setText(tr("ready"))',
        'label.setText(f"{n} · {total}")',
        'label.setObjectName("Small button")',
        '_log.warning("no such file")',
        'raise ValueError("No path holds a NUL.")',
        'raise LibraryError(sentence("There is no library."))',
        'kind = "warning"',
    ],
)
def test_what_nobody_sees_needs_no_mark(code):
    assert not list(untranslated(ast.parse(code)))
