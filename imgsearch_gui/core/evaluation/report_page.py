"""An evaluation as one HTML page: table, protocol, plots and examples, with nothing from anywhere else."""

from __future__ import annotations

import os
import stat
import unicodedata
from html import escape
from typing import TYPE_CHECKING

from imgsearch_gui import __version__, paths
from imgsearch_gui.core.evaluation import plots
from imgsearch_gui.core.evaluation.comparison import METRICS, MODELS, OURS, cells
from imgsearch_gui.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from imgsearch_gui.core.evaluation.comparison import Row
    from imgsearch_gui.core.evaluation.examples import Example
    from imgsearch_gui.core.evaluation.report import Evaluation

_NAME = "index.html"
_MARK = '<meta name="generator" content="imgsearch-gui evaluate">'  # by which a page of ours is known again
_MARK_WITHIN = 1024
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # a second lock behind the escaping
_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1c1e; --faint: #6b6b70; --rule: #dcdce0;
  --first: #0a60c2; --second: #b45309; --third: #2f7d4f; --fill: #0a60c233; }
@media (prefers-color-scheme: dark) { :root { --paper: #1c1c1e; --ink: #ececee; --faint: #a0a0a6;
  --rule: #3c3c40; --first: #6cb2ff; --second: #f0a45c; --third: #7fcf9b; --fill: #6cb2ff33; } }
body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
  max-width: 78rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .8rem; text-align: right; white-space: nowrap;
  border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child, .text { text-align: left; } .text { white-space: normal; }
tr.ours { font-weight: 600; } small { display: block; color: var(--faint); font-weight: 400; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1.5rem; }
figure { margin: 0; } figcaption { color: var(--faint); font-size: .9rem; }
svg { width: 100%; height: auto; } svg text { fill: var(--faint); font: 12px system-ui, sans-serif; }
svg polyline, svg line { fill: none; stroke-width: 2; }
svg .grid { stroke: var(--rule); stroke-width: 1; }
svg .ideal { stroke: var(--faint); stroke-dasharray: 2 4; }
svg .first { stroke: var(--first); } svg .second { stroke: var(--second); stroke-dasharray: 8 3; }
svg .third { stroke: var(--third); stroke-dasharray: 9 3 2 3; } svg .dot { fill: var(--first); }
svg .whisker { stroke: var(--first); stroke-width: 1; } svg .median { stroke: var(--ink); }
svg .box { fill: var(--fill); stroke: var(--first); }
"""


def check_folder(folder: Path) -> None:
    """Checks that a report can go into a folder, which need not exist yet.

    Raises:
        TrainingError: it cannot, or it would take the place of another page.
    """
    try:
        if not folder.exists():
            if not folder.absolute().parent.is_dir():
                raise TrainingError(f"The folder of {folder} does not exist.")
            place = folder.absolute().parent
        elif not folder.is_dir():
            raise TrainingError(f"{folder} is a file; name a folder for the report.")
        else:
            place = folder
            if _is_foreign(folder / _NAME):
                raise TrainingError(f"{folder / _NAME} is not a report of ImgSearch; name another folder.")
    except OSError as error:
        raise TrainingError(f"The report cannot be written to {folder}: {error.strerror}.") from error
    if not os.access(place, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise TrainingError(f"The report cannot be written to {folder}: Permission denied.")


def save_page(folder: Path, evaluation: Evaluation) -> Path:
    """Writes ``index.html`` into a folder, whole or not at all; returns the file.

    Raises:
        TrainingError: it cannot be written, or would take the place of another page.
    """
    check_folder(folder)
    # File names may hold bytes that are no text.
    data = page(evaluation).encode("utf-8", "backslashreplace")
    file = folder / _NAME
    try:
        folder.mkdir(exist_ok=True)
        paths.write_whole(file, data)
    except OSError as error:
        raise TrainingError(f"The report cannot be written to {folder}: {error.strerror}.") from error
    return file


def page(evaluation: Evaluation) -> str:
    """Returns the whole page."""
    body = [
        "<h1>How well ImgSearch scores and finds</h1>",
        _table(evaluation.rows),
        "<p>In small print: 95 % intervals. The last column is the expected calibration error.</p>",
        f"<h2>Protocol</h2>\n<ul>{''.join(f'<li>{_shown(line)}</li>' for line in evaluation.protocol)}</ul>",
        _plots(evaluation),
    ]
    if evaluation.best:
        about = "Of each tenth of ImgSearch's scores, from low to high, the pair whose target is closest."
        body.append(_examples("Best examples", about, evaluation.best))
    if evaluation.worst:
        about = "The pairs whose scores are furthest from their targets, each image once."
        body.append(_examples("Worst examples", about, evaluation.worst))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            _MARK,
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<title>ImgSearch: evaluation</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            *body,
            f"<p><small>ImgSearch {__version__}</small></p>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _is_foreign(file: Path) -> bool:
    """Whether a file is there that a report must not replace."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return True
        with file.open("rb") as opened:
            return _MARK.encode() not in opened.read(_MARK_WITHIN)
    except FileNotFoundError:
        return False


def _table(rows: Iterable[Row]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in ("model", *METRICS.values()))
    lines = []
    for row in rows:
        figures = (cells(row.figures[name]) for name in METRICS)
        cols = "".join(f"<td>{value}<small>{ends}</small></td>" for value, ends in figures)
        style = ' class="ours"' if row.model == OURS else ""
        lines.append(f"<tr{style}><td>{escape(MODELS[row.model])}</td>{cols}</tr>")
    return f'<div class="wide"><table>\n<tr>{head}</tr>\n' + "\n".join(lines) + "\n</table></div>"


def _plots(evaluation: Evaluation) -> str:
    figures = []
    if evaluation.judged is not None and evaluation.scores is not None:
        given = evaluation.scores, evaluation.judged.targets
        figures += [
            (plots.reliability(*given), "Reliability: what ImgSearch's scores stand for, in ten bins."),
            (plots.agreement(*given), "ImgSearch's scores at each target: median, quartiles, 5 and 95 %."),
        ]
    if evaluation.ranked is not None:
        ranked = evaluation.ranked
        curves = plots.recall_curves(ranked.ranks, MODELS, ranked.pool)
        figures.append((curves, "Recall: share of queries whose image is among the first k."))
    inner = "\n".join(f"<figure>{svg}<figcaption>{about}</figcaption></figure>" for svg, about in figures)
    return f'<h2>Plots</h2>\n<div class="plots">\n{inner}\n</div>'


def _examples(title: str, about: str, shown: Iterable[Example]) -> str:
    names = "".join(f"<th>{name}</th>" for name in ("score", "target", "experts’ mean, 1–4"))
    head = f'<tr><th>image</th><th class="text">caption</th>{names}</tr>'
    lines = []
    for one in shown:
        experts = "–" if one.experts is None else f"{one.experts:.2f}"
        lines.append(
            f'<tr><td>{_shown(one.image)}</td><td class="text">{_shown(one.caption)}</td>'
            f"<td>{one.score:.3f}</td><td>{one.target:.3f}</td><td>{experts}</td></tr>"
        )
    table = f'<div class="wide"><table>\n{head}\n' + "\n".join(lines) + "\n</table></div>"
    return f"<h2>{escape(title)}</h2>\n<p>{escape(about)}</p>\n{table}"


def _shown(text: str) -> str:
    """Returns foreign text as harmless HTML: no markup, no control characters, its direction its own."""
    plain = "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) == "Cc" else c for c in text)
    return f"<bdi>{escape(plain)}</bdi>"
