"""The words of a query that say something of themselves."""

from __future__ import annotations

import re
from functools import lru_cache

from imgsearch_gui.core.content_rule.word_forms import bare, fold, lemmas

_WORD = re.compile(r"[^\W\d_]+")
# Articles, conjunctions, prepositions, pronouns and forms of "to be", in the window's languages, as
# `plain` returns them. "Without" and "under" are not among them: they change what is looked for.
_EMPTY = frozenset(
    _WORD.findall(
        "a an the and or of in on at to by for from with into onto as is are was were be been being am "
        "it its he she his her him they their them this that these those there some while who which what "
        "и а но или в во на с со у о об к ко по за из от до для при как это этот эта эти что кто он она "
        "оно они его ее их ее него нее них там тут же ли бы есть был была было были"
    )
)


def plain(word: str) -> str:
    """Returns a word as it is compared: without case and accents."""
    return bare(fold(word))


def says_something(word: str) -> bool:
    """Whether a part of a query, as blanks part it, is more than articles, prepositions and signs."""
    return any(plain(each) not in _EMPTY for each in _WORD.findall(word)) or any(map(str.isdecimal, word))


@lru_cache(maxsize=20_000)
def forms(word: str) -> frozenset[str]:
    """Returns a plain word and the dictionary forms that it may have in English or Russian."""
    return frozenset(lemmas("en", word)) | frozenset(lemmas("ru", word))
