"""Where a training's pairs come from: dataset folders, or the library's own ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imgsearch_gui.core.datasets.dataset import read_in_steps
from imgsearch_gui.core.datasets.rated_pairs import rated_pairs
from imgsearch_gui.core.steps import told_as
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.datasets.dataset import Dataset
    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.types.training import TrainingChoices

READING = sentence("Reading")


def read_sources(engine: Engine, choices: TrainingChoices) -> Generator[TrainProgress, None, list[Dataset]]:
    """Reads what the choices name: the dataset folder or the ratings first, then the captions folder.

    Yields:
        Progress: tables read so far.

    Raises:
        DatasetError: a folder cannot be used: one sentence with file and line.
        LibraryError: the ratings cannot be read.
    """
    found: list[Dataset] = []
    folders = [folder for folder in (choices.folder, choices.captions) if folder is not None]
    yield TrainProgress(READING, 0, len(folders) + 1)
    if choices.folder is None:
        found.append(rated_pairs(engine.library))
    for number, folder in enumerate(folders):

        def tell(_: object, number: int = number) -> TrainProgress:
            return TrainProgress(READING, number, len(folders) + 1)

        found.append((yield from told_as(read_in_steps(folder), tell)))
    return found


def rule_of(engine: Engine, choices: TrainingChoices) -> ContentRule | None:
    """Returns the rule that pairs are left out by; ``WARN`` is about what is shown, and leaves out none."""
    return engine.rule if choices.rule is RuleMode.BLOCK else None
