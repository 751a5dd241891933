"""The commands of training and its figures: train, evaluate."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from imgsearch_gui import paths
from imgsearch_gui.cli.output import finished, print_json
from imgsearch_gui.cli.photo_commands import open_library
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.errors import ImgSearchError, TrainingError

if TYPE_CHECKING:
    import argparse

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.datasets.dataset import Dataset
    from imgsearch_gui.core.encoders.base import ImageEncoder, TextEncoder

_LINE = 120  # characters


def train(options: argparse.Namespace) -> int:
    """Trains a matcher and writes it to a file."""
    from imgsearch_gui.core.datasets.rated_pairs import rated_pairs
    from imgsearch_gui.core.matching.checkpoint import load_matcher, save_matcher
    from imgsearch_gui.core.matching.config import TrainSettings, config_for
    from imgsearch_gui.core.matching.training import fit
    from imgsearch_gui.core.matching.training_data import prepare

    if (options.dataset is None) != options.ratings:
        raise TrainingError("Give either a DATASET or --ratings.")
    if not options.out.absolute().parent.is_dir():
        raise TrainingError(f"The folder of {options.out} does not exist.")
    if options.out.is_dir():
        raise TrainingError(f"{options.out} is a folder; name the file to write.")
    start = None
    own = options.image_encoder or options.text_encoder or options.from_nothing
    if not own and paths.bundled_model().is_file():
        start = load_matcher(paths.bundled_model())
    datasets = _datasets(options)
    mode = options.content_rule or RuleMode.BLOCK
    rule = _rule(mode)
    with open_library(options) as library:
        if options.ratings:
            datasets.insert(0, rated_pairs(library))
            if not datasets[0].pairs:
                raise TrainingError("There are no ratings in the library; rate some pictures first.")
        image_encoder, text_encoders = _encoders(options)
        steps = prepare(
            datasets,
            library,
            image_encoder,
            text_encoders,
            rule=rule,
            target=options.target,
            expert_weight=options.expert_weight,
            crowd_weight=options.crowd_weight,
        )
        data = finished(steps)
        for reason, count in data.left_out.items():
            print(f"{count} pairs left out: {reason}.", file=sys.stderr)
        config = config_for(image_encoder, text_encoders)
        classes = [encoder.encode(image_encoder.classes) for encoder in text_encoders]
        matcher, info = finished(
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
    with open_library(options) as library:
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
        evaluation = finished(report.evaluate(bench, dataset, captions, translations))
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


def _rule(mode: RuleMode) -> ContentRule | None:
    """Returns the rule that training and evaluation leave pairs out by."""
    from imgsearch_gui.core.content_rule.policy import ContentRule

    # "warn" is about what is shown; nothing is shown here, so nothing is left out.
    return ContentRule.load() if mode is RuleMode.BLOCK else None


def _datasets(options: argparse.Namespace) -> list[Dataset]:
    """Reads the dataset folder and, where there is one, the captions folder; reports what was odd."""
    from imgsearch_gui.core.datasets.dataset import read_dataset

    folders = options.dataset, options.captions
    datasets = [read_dataset(folder) for folder in folders if folder is not None]
    for dataset in datasets:
        for line in dataset.report.summary():
            print(line, file=sys.stderr)
    return datasets


def _encoders(options: argparse.Namespace) -> tuple[ImageEncoder, tuple[TextEncoder, ...]]:
    from imgsearch_gui.core.encoders.registry import load_image_encoder, load_text_encoders

    return load_image_encoder(options.image_encoder), load_text_encoders(options.text_encoder)
