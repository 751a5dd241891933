"""The commands of photos and their library: index, search, library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from imgsearch_gui import paths
from imgsearch_gui.cli.output import indexed, print_json
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.photos import Gallery
from imgsearch_gui.core.types.query import Order, PictureQuery
from imgsearch_gui.errors import ImgSearchError, LibraryError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from imgsearch_gui.core.datasets.dataset import EvaluationQuery
    from imgsearch_gui.core.types.photos import SearchResult


def index(options: argparse.Namespace) -> int:
    """Reads a folder's photos into the library."""
    from imgsearch_gui.core.encoders.registry import load_image_encoder
    from imgsearch_gui.core.pictures.indexing import index_folder

    with open_library(options) as library:
        encoder = load_image_encoder(options.image_encoder)
        last = indexed(index_folder(library, options.folder, encoder))
        problems = library.problems(options.folder)
        if options.forget_missing:
            forgotten = library.forget_missing(options.folder, library.missing(options.folder))
            print(f"Missing photos forgotten: {forgotten}.", file=sys.stderr)
        _tell_missing(library.left_out(options.folder).missing, last.away)
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
    """Finds photos by one query, by a picture, or by many queries."""
    from imgsearch_gui.core.loading import load_engine
    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.core.query.grammar import parse

    many, like, queries = options.queries is not None, options.like, _queries(options)
    picture = None if like is None else PictureQuery(name=like.name, file=like)
    rule = options.content_rule or (RuleMode.OFF if many else RuleMode.BLOCK)
    # The model in use goes with the program's own encoders; with others, one has to be named.
    own = not (options.image_encoder or options.text_encoder)
    kept = ModelStore(paths.kept_models(), paths.bundled_model(), options.model) if own else None
    with open_library(options) as library:
        engine = load_engine(library, options.model, options.image_encoder, options.text_encoder, kept)
        if kept is not None and kept.fault is not None:
            print(kept.fault, file=sys.stderr)
        try:
            indexed(engine.index(options.folder))
        except LibraryError as error:
            if not library.read_only:
                raise
            print(error, file=sys.stderr)  # what is in it can be searched all the same
        for query in queries:
            found: SearchResult | Gallery
            if many:  # captions of a file are sentences, whatever signs they hold
                found = engine.search(options.folder, query.text, top=options.top, rule=rule)
            else:  # who asks for files gets every one of them, copies too
                found = engine.ask(
                    options.folder,
                    query.text,
                    picture=picture,
                    top=options.top,
                    rule=rule,
                    order=options.sort,
                    fold=False,
                )
            for mistake in () if many else parse(query.text, beside_picture=like is not None).mistakes:
                print(f"“{query.text[mistake.start : mistake.end]}”: {mistake.reason}", file=sys.stderr)
            hits = _listed(found, options.top)
            if options.json:
                print_json({"query_id": query.id, "query": query.text, "hits": hits} if many else hits)
            else:
                _print_hits(f"{query.id}: {query.text}" if many else "", hits)
    return 0


def _queries(options: argparse.Namespace) -> Sequence[EvaluationQuery]:
    """Returns what is searched for."""
    from imgsearch_gui.core.datasets.dataset import EvaluationQuery, read_queries

    if (options.queries is not None) == (options.query is not None or options.like is not None):
        raise ImgSearchError("Give either a QUERY, --like FILE or both, or --queries FILE.")
    if options.queries is not None:
        if options.sort is not Order.SCORE:
            raise ImgSearchError("--sort goes with a QUERY; the hits of --queries come best first.")
        return read_queries(options.queries)
    if options.like is None and not options.query.strip():
        raise ImgSearchError("The query is empty; type a sentence.")
    return (EvaluationQuery("", options.query or "", ""),)


def _listed(found: SearchResult | Gallery, top: int) -> list[dict[str, Any]]:
    """Returns what was found as ``--json`` prints it; says on stderr what the content rule did."""
    if isinstance(found, Gallery):  # compared with no words
        nothing = {"score": None, "band": None, "named": ""}
        return [{"path": str(photo.path), **nothing} for photo in found.photos[:top]]
    _tell_rule(found)
    for note in found.notes:
        print(note, file=sys.stderr)
    return [
        {"path": str(hit.path), "score": hit.score, "band": hit.band, "named": hit.named}
        for hit in found.hits
    ]


def _print_hits(headline: str, hits: list[dict[str, Any]]) -> None:
    if headline:
        print(headline)
    for hit in hits:
        band = f"{hit['band']:8}  " if hit["band"] else ""
        score = "" if hit["score"] is None else f"{hit['score']:.3f}  {band}"
        print(f"{score}{hit['path']}")


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


def open_library(options: argparse.Namespace) -> Library:
    """Opens the library that is named, or the user's own."""
    return Library(options.library or paths.default_library())


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
