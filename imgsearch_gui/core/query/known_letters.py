"""Whether the text encoders know what a query is written in: its letters, and its language.

A text encoder makes a vector of anything. Of letters that it was never taught it is always the same one, so
that the hits would be nonsense, and nobody would say so.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from imgsearch_gui.core.encoders.language import sure_language
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Collection

    from imgsearch_gui.sentences import Sentence

# By the first word of a letter's Unicode name; every language that is not here is written in Latin letters.
_SCRIPTS = {
    "ar": {"ARABIC"},
    "ja": {"CJK", "HIRAGANA", "KATAKANA"},
    "ko": {"HANGUL", "CJK"},
    "ru": {"CYRILLIC"},
    "th": {"THAI"},
    "zh": {"CJK"},
}


def language_notes(text: str, languages: Collection[str]) -> tuple[Sentence, ...]:
    """Says what of a query's letters and language is not known; nothing when all is.

    Args:
        text: the query's words.
        languages: those that the text encoders know, ISO 639-1.
    """
    known = {script for language in languages for script in _SCRIPTS.get(language, {"LATIN"})}
    names = _script_names()
    found = dict.fromkeys(
        unicodedata.name(sign, "").partition(" ")[0]
        for sign in unicodedata.normalize("NFKC", text)
        if sign.isalpha()
    )
    unknown = dict.fromkeys(names[script] for script in found if script in names and script not in known)
    if unknown:
        return tuple(
            sentence("The search does not know {letters}: what it finds for them means little.", letters=each)
            for each in unknown
        )
    language = sure_language(text)
    if language is None or language in languages:
        return ()
    name = _language_names()[language]
    return (sentence("The search does not know {language}: what it finds means little.", language=name),)


def _script_names() -> dict[str, Sentence]:
    """The scripts that a query may be in, by the first word of their letters' Unicode names."""
    return {
        "ARABIC": sentence("Arabic letters"),
        "ARMENIAN": sentence("Armenian letters"),
        "BENGALI": sentence("Bengali letters"),
        "CJK": sentence("Chinese letters"),
        "CYRILLIC": sentence("Cyrillic letters"),
        "DEVANAGARI": sentence("Devanagari letters"),
        "ETHIOPIC": sentence("Ethiopic letters"),
        "GEORGIAN": sentence("Georgian letters"),
        "GREEK": sentence("Greek letters"),
        "GUJARATI": sentence("Gujarati letters"),
        "GURMUKHI": sentence("Gurmukhi letters"),
        "HANGUL": sentence("Korean letters"),
        "HEBREW": sentence("Hebrew letters"),
        "HIRAGANA": sentence("Japanese letters"),
        "KANNADA": sentence("Kannada letters"),
        "KATAKANA": sentence("Japanese letters"),
        "KHMER": sentence("Khmer letters"),
        "LAO": sentence("Lao letters"),
        "LATIN": sentence("Latin letters"),
        "MALAYALAM": sentence("Malayalam letters"),
        "MONGOLIAN": sentence("Mongolian letters"),
        "MYANMAR": sentence("Burmese letters"),
        "SINHALA": sentence("Sinhala letters"),
        "TAMIL": sentence("Tamil letters"),
        "TELUGU": sentence("Telugu letters"),
        "THAI": sentence("Thai letters"),
        "TIBETAN": sentence("Tibetan letters"),
    }


def _language_names() -> dict[str, Sentence]:
    """The languages that the program tells apart."""
    return {
        "ar": sentence("Arabic"),
        "de": sentence("German"),
        "en": sentence("English"),
        "es": sentence("Spanish"),
        "fr": sentence("French"),
        "it": sentence("Italian"),
        "ja": sentence("Japanese"),
        "ko": sentence("Korean"),
        "nl": sentence("Dutch"),
        "pl": sentence("Polish"),
        "pt": sentence("Portuguese"),
        "ru": sentence("Russian"),
        "th": sentence("Thai"),
        "tr": sentence("Turkish"),
        "zh": sentence("Chinese"),
    }
