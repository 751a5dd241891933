"""What the window shows for what it knows: plain values in, plain values out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.photos import SearchResult
from imgsearch_gui.services.language import told
from imgsearch_gui.services.search_service import Question
from imgsearch_gui.ui import empty_messages, messages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imgsearch_gui.core.types.progress import IndexProgress
    from imgsearch_gui.services.search_service import Answer, Photo


class EngineState(Enum):
    """Whether the search engine can be asked."""

    LOADING = auto()
    READY = auto()
    FAILED = auto()

    @property
    def text(self) -> str:
        """A few words for the status line."""
        if self is EngineState.LOADING:
            return messages.engine_loading()
        return messages.engine_ready() if self is EngineState.READY else messages.engine_failed()


class Reading(Enum):
    """Whether the folder's photos are being read."""

    BUSY = auto()
    PAUSED = auto()
    STOPPED = auto()
    OVER = auto()


@dataclass(slots=True)
class ViewState:
    """Everything that the window shows depends on.

    Attributes:
        engine: whether the search engine can be asked.
        folder: what is open.
        question: what is asked.
        answer: the latest answer for this folder.
        rest: whether the user asked for the unlikely hits of this answer's query too.
        failed: whether the latest request ended in an error, and there is no answer.
        reading: whether photos are being read.
        progress: how far the reading has come.
    """

    engine: EngineState = EngineState.LOADING
    folder: Path | None = None
    question: Question = field(default_factory=Question)
    answer: Answer | None = None
    rest: bool = False
    failed: bool = False
    reading: Reading = Reading.OVER
    progress: IndexProgress | None = None

    def take(self, answer: Answer) -> bool:
        """Takes an answer; returns whether it is to the same question as the one before.

        What the content rule lets be shown is no other question.
        """
        before = self.answer
        self.answer, self.failed = answer, False
        if before is None:
            self.rest = False
            return False
        now, then = answer.request.question, before.request.question
        self.rest = self.rest and (then.query, then.picture) == (now.query, now.picture)
        return replace(then, rule=now.rule) == now

    def photos(self) -> Sequence[Photo]:
        """Returns what the grid shows: the list ends where only unlikely hits are left."""
        if self.answer is None:
            return ()
        return self.answer.photos[: len(self.answer.photos) - self.hidden()]

    def hidden(self) -> int:
        """Returns how many unlikely hits are not shown."""
        return 0 if self.rest else self._unlikely()

    def _unlikely(self) -> int:
        found = self.answer.found if self.answer is not None else None
        return len(found.hits) - found.likely if isinstance(found, SearchResult) else 0

    def empty(self) -> empty_messages.Empty | None:
        """Returns what to say in place of an open folder's photos, or ``None`` when there are photos."""
        if self.failed or self.engine is EngineState.FAILED:
            return empty_messages.failed()
        if self.answer is None:
            return empty_messages.opening() if self.engine is EngineState.READY else empty_messages.loading()
        found = self.answer.found
        if isinstance(found, SearchResult) and found.blocked and found.rule_match is not None:
            return empty_messages.blocked(found.rule_match)
        if self.photos():
            return None
        if isinstance(found, SearchResult) and found.hits:
            return empty_messages.only_unlikely(found)
        if self.reading is Reading.BUSY:
            return empty_messages.indexing()
        if self.reading is Reading.PAUSED:
            return empty_messages.paused()
        if self.reading is Reading.STOPPED:
            return empty_messages.stopped()
        return empty_messages.no_photos(found, filtered=bool(self.answer.parsed.filters))

    def warning(self) -> str:
        """Returns the warning above the photos, or nothing."""
        found = self.answer.found if self.answer is not None else None
        if isinstance(found, SearchResult) and found.rule_match and found.rule_mode is RuleMode.WARN:
            return messages.warned(found.rule_match)
        return ""

    def note(self) -> str:
        """Returns the quiet line above the photos, or nothing."""
        if self.answer is None:
            waits = self.folder is not None and self.engine is EngineState.LOADING and not self.question.blank
            return messages.search_waits() if waits else ""
        found = self.answer.found
        notes = [
            messages.mistake(self.answer.request.question.query, mistake) for mistake in self.answer.mistakes
        ]
        if isinstance(found, SearchResult):
            if found.blocked:
                return ""
            notes += map(told, found.notes)
            if self.rest and not found.likely:
                notes.append(messages.nothing_matches(found.query))
        if found.withheld:
            notes.append(messages.withheld(found.withheld))
        if self.progress is not None and self.progress.away:
            notes.append(messages.away(self.progress.away))
        if self.reading is Reading.STOPPED and self.answer.photos:
            notes.append(messages.index_stopped(self.progress))
        return "\n".join(note for note in notes if note)

    def status(self) -> str:
        """Returns how many photos there are and, after a search, how long it took, or nothing."""
        empty = self.empty()
        if self.answer is None or (empty is not None and not empty.offer_rest):
            return ""
        found = self.answer.found
        if not isinstance(found, SearchResult):
            return messages.photos(len(found.photos))
        picture = self.answer.request.question.picture
        if picture is not None:
            return messages.alike(picture.name, len(found.hits), self.answer.seconds)
        hidden = bool(self.hidden())
        return messages.status(found.likely, self._unlikely(), self.answer.seconds, hidden=hidden)
