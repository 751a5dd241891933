"""The content rule: which texts it hits, by which word, and which images it withholds.

The rule reads words, not pictures. Its word lists are ``resources/content_rule.toml``, which
explains them, or the user's own copy of that file.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from imgsearch_gui import paths
from imgsearch_gui.core.content_rule.policy_file import Match, WordList, read_word_lists
from imgsearch_gui.core.content_rule.word_forms import INVISIBLE, WORD, bare, fold, lemmas
from imgsearch_gui.core.datasets.own_captions import caption_tables, own_captions, table_places
from imgsearch_gui.core.types.content_rule import RuleMatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

# Distinct words whose answers are kept; the captions of Flickr8k have some 9,000.
_KEPT_ANSWERS = 100_000

_STAR = "*"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One word of the file, and whether it counts in texts of its own language only."""

    term: str
    language: str
    ambiguous: bool


class ContentRule:
    """Knows the words that must not be searched for, and finds them in texts.

    Args:
        lists: the words.
        language: gives the language (ISO 639-1) of a text; asked only when a text has an ambiguous
            word. None: the program's own detector.
    """

    def __init__(self, lists: Iterable[WordList], language: Callable[[str], str] | None = None) -> None:
        self._language = language or _detected_language
        # Keys: the way of comparing ("bare", "accented" or a language's lemmas), and the word.
        self._words: dict[tuple[str, str], list[_Entry]] = {}
        self._beginnings: list[tuple[str, _Entry]] = []
        self._lemma_languages: list[str] = []
        self._excepted_phrases: dict[str, list[list[str]]] = {}
        self._excepted_beginnings: list[str] = []
        self._parts: dict[str, _Entry | None] = {}  # found anywhere in a text; None: an exception
        for words in lists:
            self._add(words)
        longest_first = sorted(self._parts, key=len, reverse=True)
        self._part = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
        self._answers: dict[str, list[_Entry]] = {}

    @classmethod
    def load(cls, file: Path | None = None, *, language: Callable[[str], str] | None = None) -> ContentRule:
        """Loads a rule from its file.

        Args:
            file: None: the user's own file where there is one, else the one that comes with the program.
            language: see the class.

        Raises:
            PolicyError: the file cannot be read or understood, or holds no word; with its line.
        """
        if file is None:
            own = paths.user_content_rule()
            file = own if own.exists() else paths.resource("content_rule.toml")
        return cls(read_word_lists(file), language)

    def check(self, text: str) -> RuleMatch | None:
        """Returns the first word of a text that the rule hits, or None.

        Words of languages that put no spaces between them are looked for after the others.
        """
        folded = fold(INVISIBLE.sub("", text))
        words = WORD.findall(folded)
        candidates = [(word, entry) for word in self._unexcepted(words) for entry in self._entries(word)]
        if self._part is not None:
            parts = ((found[0], self._parts[found[0]]) for found in self._part.finditer(folded))
            candidates += [(part, entry) for part, entry in parts if entry is not None]
        language = None
        for word, entry in candidates:
            if entry.ambiguous:
                language = language or self._language(text)
            if not entry.ambiguous or language == entry.language:
                return RuleMatch(_as_written(text, word), entry.term, entry.language)
        return None

    def check_many(self, texts: Iterable[str]) -> list[RuleMatch | None]:
        """Returns what :meth:`check` returns for each text; each distinct word is analysed once."""
        return [self.check(text) for text in texts]

    def _add(self, words: WordList) -> None:
        key = "bare"
        if words.match is Match.LEMMA:
            key = words.language
            self._lemma_languages.append(key)
        for group in (words.words, words.accented, words.ambiguous):
            for term in group:
                entry = _Entry(term, words.language, group is words.ambiguous)
                folded = fold(INVISIBLE.sub("", term))
                if words.match is Match.ANYWHERE:
                    self._parts.setdefault(folded, entry)
                elif folded.endswith(_STAR):
                    self._beginnings.append((bare(folded.removesuffix(_STAR)), entry))
                elif group is words.accented:
                    self._words.setdefault(("accented", folded), []).append(entry)
                else:
                    self._words.setdefault((key, bare(folded)), []).append(entry)
        for phrase in words.exceptions:
            folded = fold(INVISIBLE.sub("", phrase))
            if words.match is Match.ANYWHERE:
                self._parts[folded] = None
            elif folded.endswith(_STAR):
                self._excepted_beginnings.append(bare(folded.removesuffix(_STAR)))
            else:
                first, *others = WORD.findall(bare(folded))
                self._excepted_phrases.setdefault(first, []).append([first, *others])

    def _unexcepted(self, words: list[str]) -> list[str]:
        """Returns the words that are not part of an exception."""
        plain = [bare(word) for word in words]
        kept, place = [], 0
        while place < len(words):
            phrases = self._excepted_phrases.get(plain[place], ())
            lengths = [len(phrase) for phrase in phrases if plain[place : place + len(phrase)] == phrase]
            if lengths:
                place += max(lengths)
                continue
            if not plain[place].startswith(tuple(self._excepted_beginnings)):
                kept.append(words[place])
            place += 1
        return kept

    def _entries(self, word: str) -> list[_Entry]:
        """Returns the entries that a folded word belongs to."""
        answer = self._answers.get(word)
        if answer is None:
            plain = bare(word)
            keys = [
                (language, lemma) for language in self._lemma_languages for lemma in lemmas(language, plain)
            ]
            keys += [("bare", plain), ("accented", word)]
            answer = [entry for key in keys for entry in self._words.get(key, ())]
            answer += [entry for beginning, entry in self._beginnings if plain.startswith(beginning)]
            if len(self._answers) == _KEPT_ANSWERS:
                self._answers.clear()
            self._answers[word] = answer
        return answer


def images_hit(rule: ContentRule, own_captions: Mapping[str, Sequence[str]]) -> set[str]:
    """Returns the images that have a caption of their own which the rule hits.

    Args:
        rule: the content rule.
        own_captions: the texts that describe each image, by its name.
    """
    return {image for image, texts in own_captions.items() if any(rule.check(text) for text in texts)}


class Withheld:
    """Knows which image files must never be shown, because a caption of their own is hit.

    What a directory's dataset folder says is kept until ``refresh`` finds one of its tables changed.

    Args:
        rule: the content rule.
    """

    def __init__(self, rule: ContentRule) -> None:
        self._rule = rule
        self._folders: dict[Path, _Captioned] = {}

    def __contains__(self, file: Path) -> bool:
        """Whether an image file is withheld.

        Raises:
            DatasetError: the captions of its dataset folder cannot be read, so that nobody knows.
        """
        # A link shows what it leads to. And not every file system tells "A.jpg" from "a.jpg".
        places = {file, Path(os.path.realpath(file))}
        return any(fold(place.name) in self._hit(place.parent) for place in places)

    def any_in(self, folder: Path) -> bool:
        """Whether a file of a directory may be withheld by its name; raises what ``in`` raises."""
        return bool(self._hit(folder))

    def refresh(self) -> bool:
        """Looks again at the tables of every directory seen so far; returns whether one has changed."""
        exists = cache(os.path.lexists)  # many directories share a parent
        changed = [
            folder
            for folder, known in self._folders.items()
            if (known.tables or any(map(exists, known.places))) and caption_tables(folder) != known.tables
        ]
        for folder in changed:
            del self._folders[folder]
        return bool(changed)

    def _hit(self, folder: Path) -> frozenset[str]:
        known = self._folders.get(folder)
        if known is None:
            tables = caption_tables(folder)
            captions = own_captions(folder) if tables else {}
            names = frozenset(fold(name) for name in images_hit(self._rule, captions))
            known = self._folders[folder] = _Captioned(table_places(folder), tables, names)
        return known.names


@dataclass(frozen=True, slots=True)
class _Captioned:
    """What is known of a directory: where its tables may stand, those there are, and the images they hit."""

    places: tuple[str, ...]
    tables: tuple[object, ...]
    names: frozenset[str]


def _as_written(text: str, word: str) -> str:
    """Returns a folded word as it stands in the text."""
    for chunk in text.split():
        folded = fold(INVISIBLE.sub("", chunk))
        if word in WORD.findall(folded):
            pieces = re.findall(r"[^\W\d_]+", chunk)
            return next((piece for piece in pieces if fold(piece) == word), chunk)
    return word


def _detected_language(text: str) -> str:
    from imgsearch_gui.core.encoders.language import detect_language

    return detect_language(text)
