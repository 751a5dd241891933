"""The command line: the window, and the same core without a screen.

Names and JSON fields are a contract that scripts rely on. With ``--json``, stdout holds only JSON;
progress, disclaimers and errors go to stderr. Exit status 0, or 2 with one sentence for bad input.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.query import Order
from imgsearch_gui.core.types.training import Target
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
            if options.version:
                return _print_versions()
            from imgsearch_gui.app.start import run as run_window

            return run_window(options.folder, demo=options.demo, library=options.library, model=options.model)
        from imgsearch_gui.cli import model_commands, photo_commands, rating_commands, training_commands

        commands = {
            "index": photo_commands.index,
            "search": photo_commands.search,
            "library": photo_commands.library,
            "train": training_commands.train,
            "evaluate": training_commands.evaluate,
            "models": model_commands.models,
            "ratings": rating_commands.ratings,
        }
        return commands[options.command](options)
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


def _print_versions() -> int:
    from imgsearch_gui.services.program_facts import versions

    for name, version in versions():
        print(name, version)
    return 0


def _way_on(error: ImgSearchError, library: Path | None) -> str:
    """Returns what to type when a library has to be begun anew, or nothing."""
    if not isinstance(error, LibraryError) or not error.rebuild:
        return ""
    named = "" if library is None else f" --library {shlex.quote(str(library))}"
    return f" To do that, type: imgsearch-gui library rebuild{named}"


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _command_parser()
    commands = {"index", "search", "train", "evaluate", "library", "models", "ratings"}
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
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="the folder of photos to open, or a photo to select in its folder",
    )
    parser.add_argument("--demo", action="store_true", help="open the demo gallery")
    parser.add_argument("--version", action="store_true", help="print versions")
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

    search = commands.add_parser("search", help="find photos by words or a picture; reads first what is new")
    search.add_argument("folder", type=Path, metavar="FOLDER")
    search.add_argument("query", nargs="?", metavar="QUERY", help="a sentence")
    search.add_argument("--like", type=Path, metavar="FILE", help="a picture to search by, or besides")
    search.add_argument("--queries", type=Path, metavar="FILE", help="many, in the form of test_queries.csv")
    search.add_argument("--top", type=_positive, default=10, metavar="N", help="hits to print (default: 10)")
    search.add_argument(
        "--sort",
        type=Order,
        choices=list(Order),
        default=Order.SCORE,
        metavar="ORDER",
        help="score, newest, oldest or name; unlikely hits come last in all of them (default: score)",
    )
    search.add_argument("--json", action="store_true", help="print JSON")
    _add_rule(search, "block for QUERY, off for --queries")
    _add_library(search)
    _add_model(search)
    _add_encoders(search)

    train = commands.add_parser("train", help="train a matcher on a dataset folder, or on your ratings")
    train.add_argument("dataset", nargs="?", type=Path, metavar="DATASET")
    train.add_argument("--ratings", action="store_true", help="train on the library's ratings instead")
    train.add_argument("--captions", type=Path, metavar="DATASET", help="a dataset folder with more captions")
    train.add_argument("--out", type=Path, required=True, metavar="FILE", help="the matcher file to write")
    train.add_argument("--seed", type=_seed, default=0, help="of everything random (default: 0)")
    train.add_argument(
        "--target",
        type=Target,
        choices=list(Target),
        default=Target.EXPERT_MEAN,
        metavar="|".join(Target),
        help="what it learns for a pair (default: expert-mean)",
    )
    for side, weight in (("expert", 0.6), ("crowd", 0.4)):
        shown = f"of a blend (default: {weight})"
        train.add_argument(f"--{side}-weight", type=float, default=weight, metavar="W", help=shown)
    train.add_argument(
        "--from-nothing", action="store_true", help="do without the bundled matcher as a start"
    )
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
    _add_ratings(commands.add_parser("ratings", help="export, import, merge or compare people's ratings"))
    return parser


def _add_ratings(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, parser_class=_Parser)
    link = "link the pictures instead of copying them, where that can be done"

    export = actions.add_parser("export", help="write all ratings and their pictures as a dataset folder")
    export.add_argument("folder", type=Path, metavar="FOLDER", help="a new or empty folder")
    export.add_argument("--link", action="store_true", help=link)
    _add_library(export)

    bring = actions.add_parser("import", help="bring the ratings of exported folders into the library")
    bring.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    _add_library(bring)

    merge = actions.add_parser("merge", help="write the ratings of several exported folders into a new one")
    merge.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    merge.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="a new or empty folder")
    merge.add_argument("--link", action="store_true", help=link)
    merge.set_defaults(library=None)

    agreement = actions.add_parser("agreement", help="measure how far raters agree")
    agreement.add_argument("--json", action="store_true", help="print JSON")
    _add_library(agreement)


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
