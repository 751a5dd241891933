"""What the content rule does, and what it has hit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RuleMode(StrEnum):
    """What the content rule does with what it hits."""

    BLOCK = "block"
    WARN = "warn"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A word that the content rule hit.

    Attributes:
        word: the word as it stands in the text (``"toddlers"``).
        term: the entry of the rule's word list that it belongs to (``"toddler"``).
        language: the list's language, ISO 639-1.
    """

    word: str
    term: str
    language: str
