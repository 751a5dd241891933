"""The file of the content rule: from TOML to checked word lists."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from imgsearch_gui.core.content_rule.word_forms import INVISIBLE, WORD, fold
from imgsearch_gui.errors import PolicyError
from imgsearch_gui.sentences import located, sentence

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 1_000_000  # the bundled file has some 10,000
LEMMA_LANGUAGES = ("en", "ru")

_KEYS = ("words", "accented", "ambiguous", "exceptions")
_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


class Match(StrEnum):
    """How the words of a list are found in a text; the file's header explains each."""

    LEMMA = "lemma"
    WORD = "word"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class WordList:
    """One language's section of the file; its header explains the attributes.

    Attributes:
        language: ISO 639-1.
        match: how the words are found.
        words: as they stand in the file, as are the other three.
        accented: words that count with their accents only.
        ambiguous: words that count in a text of this language only.
        exceptions: what is never hit.
    """

    language: str
    match: Match
    words: tuple[str, ...]
    accented: tuple[str, ...]
    ambiguous: tuple[str, ...]
    exceptions: tuple[str, ...]


def read_word_lists(file: Path) -> tuple[WordList, ...]:
    """Reads the file of a content rule.

    Raises:
        PolicyError: it cannot be read or understood, or it holds no word; with its line.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise PolicyError(
            located(
                sentence("The content rule cannot be read: {reason}.", reason=error.strerror or error), file
            )
        ) from error
    if len(data) > MAX_BYTES:
        raise PolicyError(
            located(sentence("The content rule is larger than {most:,} bytes.", most=MAX_BYTES), file)
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PolicyError(
            located(sentence("The content rule is not UTF-8 text; save it as UTF-8."), file, line)
        ) from None
    return parse_word_lists(text, file)


def parse_word_lists(text: str, file: Path) -> tuple[WordList, ...]:
    """Understands a text as the file of a content rule.

    Raises:
        PolicyError: as for a file; it names ``file``.
    """
    return _Sections(file, text).word_lists()


class _Sections:
    """The sections of one file, and where each of their keys stands."""

    def __init__(self, file: Path, text: str) -> None:
        self._file, self._text = file, text

    def word_lists(self) -> tuple[WordList, ...]:
        try:
            sections = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            place = _LINE.search(str(error))
            line = int(place[1]) if place and place[1] else self._text.count("\n") + 1
            reason = _LINE.sub("", str(error)).strip()
            raise PolicyError(
                located(
                    sentence("The content rule is not valid TOML: {reason}.", reason=reason), self._file, line
                )
            ) from None
        except ValueError:  # of Python itself, for a number of thousands of digits
            raise PolicyError(
                located(sentence("The content rule is not valid TOML: a number is too long."), self._file)
            ) from None
        except RecursionError:
            raise PolicyError(
                located(sentence("The content rule is not valid TOML: it is nested too deep."), self._file)
            ) from None
        lists = tuple(self._word_list(name, section) for name, section in sections.items())
        if not any(one.words or one.accented or one.ambiguous for one in lists):
            raise PolicyError(
                located(
                    sentence("The content rule holds no word; to switch it off, use its setting."), self._file
                )
            )
        return lists

    def _word_list(self, language: str, section: object) -> WordList:
        if not isinstance(section, dict) or not re.fullmatch("[a-z]{2}", language):
            raise self._error(
                language, None, sentence("is not a section named by a two-letter language code")
            )
        for key in section:
            if key != "match" and key not in _KEYS:
                raise self._error(language, key, sentence("is none of match, {keys}", keys=", ".join(_KEYS)))
        try:
            match = Match(section.get("match", ""))
        except ValueError:
            raise self._error(language, "match", sentence('must be "lemma", "word" or "anywhere"')) from None
        if match is Match.LEMMA and language not in LEMMA_LANGUAGES:
            reason = sentence('can be "lemma" for {languages} only', languages=" and ".join(LEMMA_LANGUAGES))
            raise self._error(language, "match", reason)
        entries = {key: self._entries(language, key, section.get(key, []), match) for key in _KEYS}
        return WordList(language, match, **entries)

    def _entries(self, language: str, key: str, value: object, match: Match) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self._error(language, key, sentence("must be a list of words in quotation marks"))
        for entry in value:
            folded = fold(INVISIBLE.sub("", entry))
            starred = match is Match.WORD and key != "accented" and folded.endswith("*")
            words = WORD.findall(folded)
            if match is Match.ANYWHERE:
                fine, wanted = bool(words), sentence("letters")
            elif key == "exceptions":
                fine, wanted = bool(words), sentence("words")
            else:
                fine = words == [folded.removesuffix("*") if starred else folded]
                wanted = (
                    sentence("one word, of letters only and a star")
                    if match is Match.WORD
                    else sentence("one word, of letters only")
                )
            if not fine:
                reason = sentence(
                    "has the entry {entry!r}, which must be {wanted}", entry=entry, wanted=wanted
                )
                raise self._error(language, key, reason)
        return tuple(value)

    def _error(self, language: str, key: str | None, reason: str) -> PolicyError:
        line, section = 1, ""
        for number, text in enumerate(self._text.splitlines(), start=1):
            header = re.match(r"\s*\[+\s*([^\]]*?)\s*\]", text)
            if header:
                section = header[1].strip("\"'")
                line = number if section == language else line
            is_key = re.match(rf"\s*[\"']?{re.escape(key or language)}[\"']?\s*=", text)
            if is_key and section == (language if key else ""):
                line = number
                break
        what = sentence("'{key}' in [{section}]", key=key, section=language) if key else f"'{language}'"
        return PolicyError(located(sentence("{what} {reason}.", what=what, reason=reason), self._file, line))
