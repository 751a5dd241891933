"""The words of the content rule: reading, checking and keeping the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from imgsearch_gui import paths
from imgsearch_gui.errors import PolicyError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.services.jobs import Worker


class RuleEngine(Protocol):
    """What goes by a content rule."""

    def use_rule(self, rule: ContentRule) -> None:
        """Goes by another rule from the next query on."""
        ...


@dataclass(frozen=True, slots=True)
class RuleText:
    """The file of the content rule.

    Attributes:
        text: what stands in it.
        own: whether it is the user's, and not the one that comes with the program.
    """

    text: str
    own: bool


class RuleService(QObject):
    """Reads and writes the user's content rule, off the window's thread.

    Args:
        worker: does the work.
        parent: the Qt parent, if any.

    Signals:
        loaded(object): the `RuleText` that holds.
        changed(): another rule holds from now on.
        failed(object): why the words cannot be read or kept; what held still does.
    """

    loaded = Signal(object)
    changed = Signal()
    failed = Signal(object)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._engine: RuleEngine | None = None
        self._rule: ContentRule | None = None

    @Slot(object)
    def use_engine(self, engine: RuleEngine) -> None:
        """Takes the engine; a rule that was saved while it was loaded is its rule too."""
        self._engine = engine
        if self._rule is not None:
            engine.use_rule(self._rule)

    def load(self) -> None:
        """Reads the file that holds."""
        job = self._worker.submit(_load)
        job.succeeded.connect(self.loaded)
        job.failed.connect(self.failed)

    def save(self, text: str) -> None:
        """Checks a text, keeps it as the user's rule, and goes by it."""
        self._change(partial(_save, text))

    def go_back(self) -> None:
        """Goes by the rule that comes with the program; the user's file is kept by another name."""
        self._change(_set_aside)

    def _change(self, work: Callable[[], ContentRule]) -> None:
        job = self._worker.submit(work)
        job.succeeded.connect(self._changed)
        job.failed.connect(self.failed)

    @Slot(object)
    def _changed(self, rule: ContentRule) -> None:
        self._rule = rule
        if self._engine is not None:
            self._engine.use_rule(rule)
        self.changed.emit()
        self.load()


def _load() -> RuleText:
    from imgsearch_gui.core.content_rule.policy_file import MAX_BYTES

    own = paths.user_content_rule()
    file = own if own.exists() else paths.resource("content_rule.toml")
    try:
        data = paths.read_small(file, MAX_BYTES)
    except OSError as error:
        raise PolicyError(_unreadable(str(file), error)) from error
    return RuleText(data.decode("utf-8-sig", "replace"), own=file == own)


def _save(text: str) -> ContentRule:
    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.content_rule.policy_file import parse_word_lists

    file = paths.user_content_rule()
    rule = ContentRule(parse_word_lists(text, file))
    try:
        paths.write_whole(file, text.encode("utf-8", "replace"))
    except OSError as error:
        raise PolicyError(
            sentence(
                "{file}: The content rule cannot be written: {reason}.",
                file=str(file),
                reason=error.strerror or str(error),
            )
        ) from error
    return rule


def _set_aside() -> ContentRule:
    from imgsearch_gui.core.content_rule.policy import ContentRule

    file = paths.user_content_rule()
    try:
        if file.exists():
            file.rename(paths.dated(file, "old", file.suffix))
    except OSError as error:
        raise PolicyError(
            sentence(
                "{file}: The content rule cannot be set aside: {reason}.",
                file=str(file),
                reason=error.strerror or str(error),
            )
        ) from error
    return ContentRule.load()


def _unreadable(file: str, error: OSError) -> str:
    return sentence(
        "{file}: The content rule cannot be read: {reason}.",
        file=file,
        reason=error.strerror or str(error),
    )
