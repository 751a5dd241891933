"""What the command line's commands do, one function each; :mod:`~imgsearch_gui.cli` parses their options."""

from __future__ import annotations

import sys
import textwrap
from contextlib import closing
from typing import TYPE_CHECKING, NoReturn, TypeVar

from imgsearch_gui import paths
from imgsearch_gui.cli import print_json
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.progress import IndexProgress, TrainProgress
from imgsearch_gui.errors import ImgSearchError, LibraryError, TrainingError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Generator, Iterator

    from tqdm import tqdm

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.datasets.dataset import Dataset
    from imgsearch_gui.core.encoders.base import ImageEncoder, TextEncoder
    from imgsearch_gui.core.types.photos import SearchResult

_T = TypeVar("_T")
_LINE = 120  # characters


def index(options: argparse.Namespace) -> int:
    """Reads a folder's photos into the library."""
    from imgsearch_gui.core.encoders.registry import load_image_encoder
    from imgsearch_gui.core.pictures.indexing import index_folder

    with _library(options) as library:
        encoder = load_image_encoder(options.image_encoder)
        last = _indexed(index_folder(library, options.folder, encoder))
        problems = library.problems(options.folder)
        if options.forget_missing:
            print(f"Missing photos forgotten: {library.forget_missing(options.folder)}.", file=sys.stderr)
        _tell_missing(len(library.missing(options.folder)), last.away)
    if options.json:
        listed = [{"path": str(problem.file), "reason": problem.reason} for problem in problems]
        counts = {"embedded": last.embedded, "unchanged": last.unchanged, "removed": last.removed}
        print_json({**counts, "failed": last.failed, "problems": listed})
        return 0
    for problem in problems:
        print(problem, file=sys.stderr)
    print(
        f"{last.embedded} read, {last.unchanged} unchanged, {last.removed} removed, "
        f"{last.failed} could not be read."
    )
    return 0


def search(options: argparse.Namespace) -> int:
    """Finds photos by one query or many."""
    from imgsearch_gui.core.datasets.dataset import EvaluationQuery, read_queries
    from imgsearch_gui.core.engine import load_engine
    from imgsearch_gui.core.matching.model_store import ModelStore

    if (options.query is None) == (options.queries is None):
        raise ImgSearchError("Give either a QUERY or --queries FILE.")
    many = options.queries is not None
    if not many and not options.query.strip():
        raise ImgSearchError("The query is empty; type a sentence.")
    queries = read_queries(options.queries) if many else (EvaluationQuery("", options.query, ""),)
    rule = options.content_rule or (RuleMode.OFF if many else RuleMode.BLOCK)
    # The model in use goes with the program's own encoders; with others, one has to be named.
    own = not (options.image_encoder or options.text_encoder)
    kept = ModelStore(paths.kept_models(), paths.bundled_model(), options.model) if own else None
    with _library(options) as library:
        engine = load_engine(library, options.model, options.image_encoder, options.text_encoder, kept)
        if kept is not None and kept.fault is not None:
            print(kept.fault, file=sys.stderr)
        try:
            _indexed(engine.index(options.folder))
        except LibraryError as error:
            if not library.read_only:
                raise
            print(error, file=sys.stderr)  # what is in it can be searched all the same
        for query in queries:
            result = engine.search(options.folder, query.text, top=options.top, rule=rule)
            _tell_rule(result)
            hits = [{"path": str(hit.path), "score": hit.score, "band": hit.band} for hit in result.hits]
            if options.json:
                print_json({"query_id": query.id, "query": query.text, "hits": hits} if many else hits)
                continue
            if many:
                print(f"{query.id}: {query.text}")
            for hit in result.hits:
                print(f"{hit.score:.3f}  {hit.band:8}  {hit.path}")
    return 0


def train(options: argparse.Namespace) -> int:
    """Trains a matcher and writes it to a file."""
    from imgsearch_gui.core.matching.checkpoint import load_matcher, save_matcher
    from imgsearch_gui.core.matching.config import config_for
    from imgsearch_gui.core.matching.training import TrainSettings, fit
    from imgsearch_gui.core.matching.training_data import prepare

    if not options.out.absolute().parent.is_dir():
        raise TrainingError(f"The folder of {options.out} does not exist.")
    if options.out.is_dir():
        raise TrainingError(f"{options.out} is a folder; name the file to write.")
    start = None
    if not (options.image_encoder or options.text_encoder) and paths.bundled_model().is_file():
        start = load_matcher(paths.bundled_model())
    datasets = _datasets(options)
    mode = options.content_rule or RuleMode.BLOCK
    rule = _rule(mode)
    with _library(options) as library:
        image_encoder, text_encoders = _encoders(options)
        data = _finished(prepare(datasets, library, image_encoder, text_encoders, rule=rule))
        for reason, count in data.left_out.items():
            print(f"{count} pairs left out: {reason}.", file=sys.stderr)
        config = config_for(image_encoder, text_encoders)
        classes = [encoder.encode(image_encoder.classes) for encoder in text_encoders]
        matcher, info = _finished(
            fit(data, config, classes, settings=TrainSettings(seed=options.seed), start=start)
        )
        info.settings["content_rule"] = str(mode)
        save_matcher(options.out, matcher, info)
    print(f"Trained on {info.counts['judged_pairs']} judged pairs; saved to {options.out}.")
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Measures a matcher on a dataset folder."""
    from imgsearch_gui.core.datasets.dataset import read_queries
    from imgsearch_gui.core.evaluation import report, report_page
    from imgsearch_gui.core.evaluation.comparison import table_lines
    from imgsearch_gui.core.matching.checkpoint import load_matcher

    if options.model is not None and options.captions is not None:
        raise ImgSearchError("Give --model or --captions, not both: a finished matcher is measured as it is.")
    if options.translations is not None and options.captions is None:
        raise ImgSearchError("--translations are of captions: give their folder by --captions.")
    translations = () if options.translations is None else read_queries(options.translations)
    if options.report is not None:  # told now, not after minutes of work
        report_page.check_folder(options.report)
    dataset, *more = _datasets(options)
    with _library(options) as library:
        image_encoder, text_encoders = _encoders(options)
        matcher, info = load_matcher(options.model or paths.bundled_model())
        matcher.check_encoders(image_encoder, text_encoders)
        rule = _rule(options.content_rule or RuleMode.OFF)
        # The bundled matcher learned under the rule; without it, pairs are scored on heads that did not.
        named = options.model is not None
        heads = matcher, info
        if rule is None and not named:
            heads = load_matcher(paths.bundled_model("evaluation.safetensors"))
        bench = report.Bench(library, image_encoder, text_encoders, matcher, info, named, *heads, rule=rule)
        captions = more[0] if more else None
        evaluation = _finished(report.evaluate(bench, dataset, captions, translations))
    figures = evaluation.figures
    if (named and figures.get("n_seen_images")) or figures.get("n_seen_test_images"):
        print("Some of these images were seen in training: the figures flatter the model.", file=sys.stderr)
    if options.report is not None:
        page = report_page.save_page(options.report, evaluation)
        print(f"The report is in {page}.", file=sys.stderr)
    if options.json:
        print_json(figures)
        return 0
    print(*table_lines(evaluation.rows), "", sep="\n")
    for line in evaluation.protocol:
        print(textwrap.fill(line, _LINE))
    return 0


def library(options: argparse.Namespace) -> int:
    """Sets the library aside and begins a new one, with its ratings."""
    from imgsearch_gui.core.storage.rebuild import rebuild

    path = options.library or paths.default_library()
    done = rebuild(path)
    if done.kept is not None:
        print(f"The old library is kept as {done.kept}.")
    copied = f", {done.from_backup} of them from the last copy" if done.from_backup else ""
    print(f"The new library {path} has {done.ratings} ratings{copied}; index your folders again.")
    return 0


def _library(options: argparse.Namespace) -> Library:
    return Library(options.library or paths.default_library())


def _rule(mode: RuleMode) -> ContentRule | None:
    """Returns the rule that training and evaluation leave pairs out by."""
    from imgsearch_gui.core.content_rule.policy import ContentRule

    # "warn" is about what is shown; nothing is shown here, so nothing is left out.
    return ContentRule.load() if mode is RuleMode.BLOCK else None


def _datasets(options: argparse.Namespace) -> list[Dataset]:
    """Reads the dataset folder and, where there is one, the captions folder; reports what was odd."""
    from imgsearch_gui.core.datasets.dataset import read_dataset

    folders = [options.dataset] if options.captions is None else [options.dataset, options.captions]
    datasets = [read_dataset(folder) for folder in folders]
    for dataset in datasets:
        for line in dataset.report.summary():
            print(line, file=sys.stderr)
    return datasets


def _encoders(options: argparse.Namespace) -> tuple[ImageEncoder, tuple[TextEncoder, ...]]:
    from imgsearch_gui.core.encoders.registry import load_image_encoder, load_text_encoders

    return load_image_encoder(options.image_encoder), load_text_encoders(options.text_encoder)


def _tell_rule(result: SearchResult) -> None:
    """Says on stderr what the content rule did to a query."""
    if result.rule_match is not None:
        does = "no pictures are shown" if result.blocked else "look at the pictures with care"
        print(
            f"The content rule hit the word “{result.rule_match.word}” in “{result.query}”: {does}.",
            file=sys.stderr,
        )
    elif result.withheld:
        print(f"The content rule withholds {result.withheld} of the pictures.", file=sys.stderr)


def _tell_missing(missing: int, away: int) -> None:
    """Says on stderr what is kept of photos that are not there."""
    if missing:
        print(f"Missing photos, kept for their return: {missing}.", file=sys.stderr)
    if away:
        print(f"Photos on a drive that is not there, kept as they were: {away}.", file=sys.stderr)


def _indexed(steps: Iterator[IndexProgress]) -> IndexProgress:
    """Drives an indexing to its end with a progress bar, and returns its last step."""
    last = IndexProgress("done", 0, 0)
    with closing(_bar()) as bar:
        for last in steps:
            if last.total is not None:
                _show(bar, "Reading photos", last.done, last.total)
    return last


def _finished(steps: Generator[TrainProgress, None, _T]) -> _T:
    """Drives a training or an evaluation to its end with a progress bar, and returns its result."""
    with closing(_bar()) as bar:
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                result: _T = end.value
                return result
            _show(bar, step.stage, step.done, step.total)


def _bar() -> tqdm[NoReturn]:
    from tqdm import tqdm

    # Only a terminal gets a bar: a log file would get a line a step.
    return tqdm(total=0, disable=None, file=sys.stderr, leave=False, unit="")


def _show(bar: tqdm[NoReturn], stage: str, done: int, total: int) -> None:
    if bar.disable:
        return
    bar.set_description_str(stage, refresh=False)
    bar.total, bar.n = total, done
    bar.update(0)
