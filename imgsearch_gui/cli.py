"""The command line: the window, and the same core without a screen.

Names and JSON fields are a contract that scripts rely on. With ``--json``, stdout holds only JSON;
progress, disclaimers and errors go to stderr. Exit status 0, or 2 with one sentence for bad input.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from imgsearch_gui import __version__
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.errors import ImgSearchError, LibraryError

if TYPE_CHECKING:
    from collections.abc import Sequence

BAD_INPUT = 2
_SEEDS = 2**31
INTERRUPTED = 130  # what shells expect of a program ended by Ctrl-C


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message[:1].upper()}{message[1:]}.\n")


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit status."""
    # File names may hold bytes that are no text; they must never stop the output.
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            errors = "surrogateescape" if stream is sys.stdout else "backslashreplace"
            stream.reconfigure(encoding="utf-8", errors=errors)
    options = _parse(arguments)
    try:
        if options.command is None:
            from imgsearch_gui import app

            return app.run(options.folder, demo=options.demo, library=options.library, model=options.model)
        from imgsearch_gui import commands, model_commands

        where = model_commands if options.command == "models" else commands
        return int(getattr(where, options.command)(options))
    except ImgSearchError as error:
        print(f"imgsearch-gui: {error}{_way_on(error, options.library)}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("imgsearch-gui: Cancelled; what was finished is kept.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone: nobody is left to tell
        sys.stdout = None
        return 0
    except OSError as error:
        print(f"imgsearch-gui: {error.strerror or error}: {error.filename or 'the output'}.", file=sys.stderr)
        return BAD_INPUT


def _way_on(error: ImgSearchError, library: Path | None) -> str:
    """Returns what to type when a library has to be begun anew, or nothing."""
    if not isinstance(error, LibraryError) or not error.rebuild:
        return ""
    named = "" if library is None else f" --library {shlex.quote(str(library))}"
    return f" To do that, type: imgsearch-gui library rebuild{named}"


def print_json(value: object) -> None:
    """Prints one line of JSON; names that are no text are escaped."""
    print(json.dumps(value, allow_nan=False), flush=True)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _command_parser()
    commands = {"index", "search", "train", "evaluate", "library", "models"}
    if arguments and arguments[0] in commands:
        return parser.parse_args(arguments)
    return _window_parser(commands).parse_args(arguments)


def _window_parser(commands: set[str]) -> _Parser:
    parser = _Parser(
        prog="imgsearch-gui",
        description="Find photographs by a sentence, offline. Without a command, opens the window.",
        epilog=f"Commands: {', '.join(sorted(commands))}; `imgsearch-gui COMMAND --help` tells more.",
    )
    parser.set_defaults(command=None)
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="the folder of photos to open")
    parser.add_argument("--demo", action="store_true", help="open the demo gallery")
    parser.add_argument("--version", action="version", version=f"ImgSearch {__version__}")
    _add_library(parser)
    _add_model(parser)
    return parser


def _command_parser() -> _Parser:
    parser = _Parser(prog="imgsearch-gui")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)

    index = commands.add_parser("index", help="read a folder's photos into the library")
    index.add_argument("folder", type=Path, metavar="FOLDER")
    index.add_argument(
        "--forget-missing", action="store_true", help="drop what is kept of photos whose files are gone"
    )
    index.add_argument("--json", action="store_true", help="print JSON: counts, and each problem's reason")
    _add_library(index)
    _add_encoders(index, text=False)

    search = commands.add_parser("search", help="find photos by a sentence; reads first what is new")
    search.add_argument("folder", type=Path, metavar="FOLDER")
    search.add_argument("query", nargs="?", metavar="QUERY", help="a sentence")
    search.add_argument("--queries", type=Path, metavar="FILE", help="many, in the form of test_queries.csv")
    search.add_argument("--top", type=_positive, default=10, metavar="N", help="hits to print (default: 10)")
    search.add_argument("--json", action="store_true", help="print JSON")
    _add_rule(search, "block for QUERY, off for --queries")
    _add_library(search)
    _add_model(search)
    _add_encoders(search)

    train = commands.add_parser("train", help="train a matcher on a dataset folder")
    train.add_argument("dataset", type=Path, metavar="DATASET")
    train.add_argument("--captions", type=Path, metavar="DATASET", help="a dataset folder with more captions")
    train.add_argument("--out", type=Path, required=True, metavar="FILE", help="the matcher file to write")
    train.add_argument("--seed", type=_seed, default=0, help="of everything random (default: 0)")
    _add_rule(train, "block")
    _add_library(train)
    _add_encoders(train)

    evaluate = commands.add_parser("evaluate", help="measure a matcher on a dataset folder")
    evaluate.add_argument("dataset", type=Path, metavar="DATASET")
    evaluate.add_argument("--captions", type=Path, metavar="DATASET", help="train the heads on these first")
    evaluate.add_argument(
        "--translations", type=Path, metavar="FILE", help="captions of these in another language, by query_id"
    )
    evaluate.add_argument("--json", action="store_true", help="print JSON")
    evaluate.add_argument("--report", type=Path, metavar="DIR", help="write DIR/index.html, with plots")
    _add_rule(evaluate, "off")
    _add_library(evaluate)
    _add_model(evaluate, "the bundled one")
    _add_encoders(evaluate)

    library = commands.add_parser("library", help="mend the library")
    library.add_argument(
        "action",
        choices=["rebuild"],
        help="rebuild: set the file aside, and begin a new one with the ratings that are in it",
    )
    _add_library(library)

    models = commands.add_parser("models", help="list the matchers that searches can use, and choose one")
    models.set_defaults(library=None, action="list")
    models.add_argument("--json", action="store_true", help="print the list as JSON")
    actions = models.add_subparsers(dest="action", parser_class=_Parser, metavar="ACTION")
    for action, does in (
        ("use", "search by this one from now on"),
        ("export", "copy it to a file"),
        ("delete", "delete it"),
    ):
        one = actions.add_parser(action, help=does)
        one.add_argument("id", metavar="ID", help="as the list has it")
        if action == "export":
            one.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    brought = actions.add_parser("import", help="add a copy of a matcher file")
    brought.add_argument("file", type=Path, metavar="FILE")
    return parser


def _add_rule(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "--content-rule",
        type=RuleMode,
        choices=list(RuleMode),
        metavar="|".join(RuleMode),
        help=f"what the content rule does (default: {default})",
    )


def _add_library(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--library", type=Path, metavar="FILE", help="the library file (default: the user's)")


def _add_model(parser: argparse.ArgumentParser, default: str = "the one in use") -> None:
    parser.add_argument("--model", type=Path, metavar="FILE", help=f"the matcher file (default: {default})")


def _add_encoders(parser: argparse.ArgumentParser, *, text: bool = True) -> None:
    parser.add_argument(
        "--image-encoder",
        metavar="SPEC",
        help="torchvision:NAME=WEIGHTS or a CLIP-style folder (default: the bundled one)",
    )
    if text:
        parser.add_argument(
            "--text-encoder",
            action="append",
            default=[],
            metavar="SPEC",
            help="a sentence-transformers or CLIP-style folder; may be repeated (default: the bundled two)",
        )


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) >= _SEEDS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to {_SEEDS - 1}")
    return int(text)


def _positive(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return value
