"""Why a photo has its score: what becomes of it when one word of the query is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imgsearch_gui.core.encoders.language import detect_language
from imgsearch_gui.core.query.words import says_something
from imgsearch_gui.core.retrieval.ranking import ranking
from imgsearch_gui.core.types.explanation import WordEffect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.types.query import Term

MOST_WORDS = 20


def word_effects(
    terms: Sequence[Term],
    latents: Callable[[Sequence[str], str], Sequence[FloatArray]],
    calibrated: Callable[[FloatArray], FloatArray],
    likeness: FloatArray | None,
) -> tuple[float, tuple[WordEffect, ...], float | None]:
    """Scores a photo with the query, and without each of its words.

    Args:
        terms: of the query.
        latents: returns the photo's latent values, float32 [1], for texts that are all in a language.
        calibrated: from latent values to scores.
        likeness: of the photo to the picture that is searched by, float32 [1].

    Returns:
        The score; what the first twenty words do to it, but for those that say nothing of themselves, where
        there are others; and what the picture does.
    """

    def score(
        some: Sequence[Term], values: Sequence[FloatArray], like: FloatArray | None = likeness
    ) -> float:
        ranked = ranking(some, values, calibrated, like)
        return float(ranked.scores(ranked.values)[0])

    places = [(at, word) for at, term in enumerate(terms) for word in range(len(term.starts))]
    telling = [(at, word) for at, word in places if says_something(terms[at].text.split()[word])]
    places = (telling or places)[:MOST_WORDS]
    whole: list[FloatArray] = []
    without: dict[tuple[int, int], FloatArray] = {}
    for at, term in enumerate(terms):
        words = term.text.split()
        left_out = [(at, word) for of, word in places if of == at and len(words) > 1]
        texts = [" ".join(words[:word] + words[word + 1 :]) for _, word in left_out]
        # In the language of the whole, which a word less can make uncertain.
        first, *others = latents([term.text, *texts], detect_language(term.text))
        whole.append(first)
        without.update(zip(left_out, others, strict=True))
    result = score(terms, whole)
    effects = []
    for at, word in places:
        some, values = list(terms), list(whole)
        if (at, word) in without:
            values[at] = without[at, word]
        else:
            del some[at], values[at]
            if not some and likeness is None:
                continue  # nothing is left to compare with
        text, start = terms[at].text.split()[word], terms[at].starts[word]
        effects.append(WordEffect(text, start, start + len(text), result - score(some, values)))
    picture = None if likeness is None or not terms else result - score(terms, whole, None)
    return result, tuple(sorted(effects, key=lambda effect: effect.start)), picture
