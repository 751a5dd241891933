"""Which language a query is in.

Queries are short, and short texts mislead statistical detectors: of two-word English queries one in
four is taken for another language. So the detector's answer stands only when it is sure, or when
the text holds a word that an English dictionary does not know.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
# Chosen on hand-written queries: below it, words that are all English outvote the detector.
_SURE = 0.6
_VERY_SURE = 0.95  # to say so
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """Returns the language of a text, ISO 639-1, one of LANGUAGES.

    A text without letters counts as English. Thread-safe; the first call loads the
    detector (about half a second), later ones take well under a millisecond.
    """
    return _detected(text)[0]


def sure_language(text: str) -> str | None:
    """Returns the language of a text, one of LANGUAGES, or nothing where the detector is not sure of it."""
    language, probability = _detected(text)
    return language if probability >= _VERY_SURE else None


def _detected(text: str) -> tuple[str, float]:
    """Returns the language of a text, and how probable it is."""
    from simplemma import is_known

    words = _WORD.findall(text)
    if not words:
        return "en", 0.0
    probabilities = {language: float(p) for language, p in _detector().rank(text)}
    best: str = max(probabilities, key=probabilities.__getitem__)
    if best != "en" and probabilities[best] < _SURE and all(is_known(w.lower(), lang="en") for w in words):
        best = "en"
    return best, probabilities[best]


@cache
def _detector() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    detector.set_languages(list(LANGUAGES))
    # One that was never told of other languages: the first keeps their 20 MB, for nobody.
    return LanguageIdentifier(
        detector.nb_ptc,
        detector.nb_pc,
        detector.nb_classes,
        detector.tk_nextmove,
        detector.tk_output,
        norm_probs=True,
        tk_row=detector.tk_row,
    )
