"""What ``imgsearch-gui ratings`` does, one function for each of its actions."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from imgsearch_gui.cli.output import finished, print_json
from imgsearch_gui.cli.photo_commands import open_library
from imgsearch_gui.core.ratings.agreement import agreement as measured
from imgsearch_gui.core.ratings.exchange import export_library, import_folders
from imgsearch_gui.core.ratings.exchange import merge as merge_folders
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.ui.exchange import exchange_messages as messages

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from imgsearch_gui.core.types.exchange import Conflict

_WIDEST = 60  # characters of a name in a table


def ratings(options: argparse.Namespace) -> int:
    """Exports, imports or merges ratings, or measures how far raters agree."""
    actions = {"export": _export, "import": _import, "merge": _merge, "agreement": _agreement}
    actions[options.action](options)
    return 0


def _export(options: argparse.Namespace) -> None:
    with open_library(options) as library:
        summary = finished(export_library(library, options.folder, link=options.link))
    _tell(messages.exported(summary))


def _import(options: argparse.Namespace) -> None:
    with open_library(options) as library:
        summary = finished(import_folders(library, options.folders))
    _tell(messages.imported(summary), summary.conflicts)


def _merge(options: argparse.Namespace) -> None:
    summary = finished(merge_folders(options.folders, options.out, link=options.link))
    _tell(messages.merged(summary), summary.brought.conflicts)


def _agreement(options: argparse.Namespace) -> None:
    with open_library(options) as library:
        given = list(library.ratings().values())
    found = [measured(given, scale) for scale in RatingScale]
    if options.json:
        print_json({str(one.scale): asdict(one) for one in found})
        return
    print(messages.kappa(), messages.few_common(), sep="\n")
    for one in found:
        print(f"\nScale {messages.scale_name(one.scale).lower()}: {messages.agreement_headline(one)}")
        for head, rows in (
            messages.couples_table(one),
            messages.raters_table(one),
            messages.queries_table(one),
        ):
            if rows:
                _print_table(head, rows)


def _print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = [(_cut(first), *others) for first, *others in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    print()
    for first, *others in table:
        figures = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        print("  ".join((first.ljust(widths[0]), *figures)))


def _cut(name: str) -> str:
    return name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…"


def _tell(sentences: Iterable[str], conflicts: Sequence[Conflict] = ()) -> None:
    print(*sentences, sep="\n")
    for line in messages.conflicts(conflicts):
        print(line, file=sys.stderr)
