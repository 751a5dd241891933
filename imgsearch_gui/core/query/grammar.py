"""The grammar of queries.

What is typed is taken apart at blanks; a phrase in quotation marks counts as one word::

    a dog on the beach        plain words make one sentence
    "red boat" lake           a phrase is a sentence of its own
    -snow  -"deep snow"       takes photos away that match it
    2:beach dog               counts the next word or phrase twice; also with -
    folder:italy name:img_2   parts of a path or name; with -, photos that have them are taken away
    after:2023  before:2024-05-17
    rated:yes  rated:no  rated:3
    score>0.6                 also >=, < and <=

Filters have Russian names too. There is no query that is refused: what is not understood is a
mistake with its place and a sentence, and the rest holds. A word with a colon that is near no filter's
name is a plain word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.query import Filter, FilterKind, Mistake, ParsedQuery, Term
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = {
    "folder": FilterKind.FOLDER,
    "name": FilterKind.NAME,
    "after": FilterKind.AFTER,
    "before": FilterKind.BEFORE,
    "rated": FilterKind.RATED,
    "score": FilterKind.SCORE,
    "папка": FilterKind.FOLDER,
    "имя": FilterKind.NAME,
    "после": FilterKind.AFTER,
    "до": FilterKind.BEFORE,
    "оценка": FilterKind.RATED,
    "балл": FilterKind.SCORE,
}
MOST_WEIGHT = 10.0
MOST_TERMS = 12  # beside the plain words: each is a search of its own
_YES, _NO = {"yes", "да"}, {"no", "нет"}
_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»"}  # Germans end with “, Poles with ”
_LIKENESS = 0.8  # of a mistyped filter's name, by difflib

_WEIGHT = re.compile(r"([0-9]{1,2}(?:[.,][0-9]{1,3})?)[:：](?![0-9])")
_FIELD = re.compile(r"([^\W\d_]+)[:：](?!//)")  # Chinese and Japanese keyboards have a wide colon
_SCORE = re.compile(r"([^\W\d_]+)(>=|<=|>|<|≥|≤)(.*)", re.DOTALL)
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
_PLAIN = re.compile(r"\S+")
_NUMBER = re.compile(r"[0-9]*[.,]?[0-9]+")
_SIGNS = {"≥": ">=", "≤": "<="}


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a query: what stands before a phrase or a plain word, and that itself."""

    start: int
    end: int
    away: bool
    prefix: str  # of "2:", "folder:" or nothing
    text: str
    starts: tuple[int, ...]  # of the text's words
    quoted: bool


class _MistakeError(Exception):
    """A word is not understood: one sentence."""


def parse(query: str, *, beside_picture: bool = False) -> ParsedQuery:
    """Takes a query apart; never raises.

    Args:
        query: what was typed.
        beside_picture: whether a picture is searched by too, so that there are scores without words.
    """
    plain: list[_Word] = []
    terms: list[Term] = []
    filters: list[Filter] = []
    mistakes: list[Mistake] = []
    scores: list[_Word] = []
    for word in _words(query, mistakes):
        try:
            found = _filter(word)
            if found is not None:
                filters.append(replace(found, place=(word.start, word.end)))
                scores += [word] if found.kind is FilterKind.SCORE else []
            elif word.away or word.prefix or word.quoted:
                terms.append(replace(_term(word, len(terms)), place=(word.start, word.end)))
            else:
                plain.append(word)
        except _MistakeError as mistake:
            mistakes.append(Mistake(word.start, word.end, mistake.args[0]))
    whole = []
    if plain:
        text = " ".join(word.text for word in plain)
        whole = [Term(text, starts=tuple(start for word in plain for start in word.starts))]
    if not plain and not terms and not beside_picture:
        filters = [each for each in filters if each.kind is not FilterKind.SCORE]
        mistakes += [
            Mistake(word.start, word.end, sentence("There are no words to score photos by."))
            for word in scores
        ]
    return ParsedQuery((*whole, *terms), tuple(filters), tuple(sorted(mistakes, key=lambda m: m.start)))


def _words(query: str, mistakes: list[Mistake]) -> Iterator[_Word]:
    at = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        start = at
        away = query[at] == "-" and at + 1 < len(query) and not query[at + 1].isspace()
        at += away
        match = _WEIGHT.match(query, at) or _FIELD.match(query, at)
        prefix = match[0] if match is not None and _is_prefix(match[0]) else ""
        at += len(prefix)
        closing = _QUOTES.get(query[at : at + 1])
        if closing is not None:
            ends = [place for sign in closing if (place := query.find(sign, at + 1)) >= 0]
            end = min(ends, default=len(query))
            if not ends:
                mistakes.append(Mistake(at, end, sentence("The quotation mark is not closed.")))
            begin, at, is_quoted = at + 1, min(end + 1, len(query)), True
        else:
            end = at
            while end < len(query) and not query[end].isspace():
                end += 1
            begin, at, is_quoted = at, end, False
        words = list(_PLAIN.finditer(query, begin, end))
        text = " ".join(found[0] for found in words)
        if text or prefix or is_quoted:
            starts = tuple(found.start() for found in words)
            yield _Word(start, at, away, prefix, text, starts, is_quoted)


def _is_prefix(text: str) -> bool:
    """Whether a number or word with a colon means something; else it is a word like any other."""
    name = text[:-1].casefold()
    return _WEIGHT.fullmatch(text) is not None or name in NAMES or _near(name) is not None


def _near(name: str) -> str | None:
    """Returns the filter's name that was probably meant, or nothing."""
    found = get_close_matches(name, NAMES, 1, _LIKENESS) if len(name) > 2 else []
    return found[0] if found else None


def _term(word: _Word, before: int) -> Term:
    if before == MOST_TERMS:
        raise _MistakeError(
            sentence("A query holds at most {most} phrases, weights and minus signs.", most=MOST_TERMS)
        )
    if not word.text:
        raise _MistakeError(sentence("Nothing follows the sign, weight or quotation mark."))
    if word.prefix and not word.quoted and word.text.startswith("-"):
        raise _MistakeError(sentence("“-” stands before the weight, as in “-2:cat”."))
    weight = float(word.prefix[:-1].replace(",", ".")) if word.prefix else 1.0
    if not 0 < weight <= MOST_WEIGHT:
        raise _MistakeError(sentence("A weight is above 0 and at most {most:g}.", most=MOST_WEIGHT))
    return Term(word.text, weight, word.away, word.starts)


def _filter(word: _Word) -> Filter | None:
    """Returns the filter that a word is, or nothing when it is none."""
    score = _SCORE.fullmatch(word.text) if not (word.quoted or word.prefix) else None
    if score is not None and NAMES.get(score[1].casefold()) is FilterKind.SCORE:
        if word.away:
            raise _MistakeError(
                sentence("“-” goes with words, phrases, “folder:” and “name:”, not with a score.")
            )
        return Filter(FilterKind.SCORE, _share(score[3]), _SIGNS.get(score[2], score[2]))
    name = word.prefix[:-1].casefold()
    if not name or _WEIGHT.fullmatch(word.prefix):
        return None
    kind = NAMES.get(name)
    if kind is None:
        raise _MistakeError(
            sentence("There is no filter “{name}:”; did you mean “{meant}:”?", name=name, meant=_near(name))
        )
    if not word.text:
        raise _MistakeError(sentence("Nothing follows “{name}:”.", name=name))
    if kind in (FilterKind.FOLDER, FilterKind.NAME):
        return Filter(kind, word.text, away=word.away)
    if word.away:
        raise _MistakeError(
            sentence("“-” goes with words, phrases, “folder:” and “name:”, not with “{name}:”.", name=name)
        )
    if kind is FilterKind.SCORE:
        return Filter(kind, _share(word.text), ">=")
    return _rated(word.text) if kind is FilterKind.RATED else Filter(kind, _day(word.text))


def _share(text: str) -> float:
    if not _NUMBER.fullmatch(text) or not 0 <= float(text.replace(",", ".")) <= 1:
        raise _MistakeError(sentence("A score is a number from 0 to 1, as in “score>0.6”."))
    return float(text.replace(",", "."))


def _rated(text: str) -> Filter:
    if text.casefold() in _NO:
        return Filter(FilterKind.UNRATED)
    if text.casefold() in _YES:
        return Filter(FilterKind.RATED, 0.0)
    if text in {"1", "2", "3", "4"}:
        return Filter(FilterKind.RATED, float(text))
    raise _MistakeError(
        sentence("Write “rated:yes”, “rated:no”, or the least rating, from “rated:1” to “rated:4”.")
    )


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        if found is not None and text.isascii():
            return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        pass
    raise _MistakeError(sentence("Write a day as 2024-05-17, 2024-05 or 2024."))
