"""The language of short queries."""

import pytest

from imgsearch_gui.core.encoders.language import detect_language

QUERIES = {
    "en": [
        "dog",
        "sunset",
        "water",
        "food",
        "horses",
        "kind man",
        "old car",
        "a cup of coffee",
        "cat on sofa",
    ],
    "de": ["Hund am Strand", "Kind", "Frau mit Hut", "Sonnenuntergang", "Katze", "Blumen"],
    "fr": ["chien sur la plage", "voiture rouge", "coucher de soleil", "fleurs", "montagne enneigée"],
    "es": ["perro en la playa", "coche rojo", "puesta de sol", "mujer", "montaña nevada"],
    "ru": ["собака на пляже", "кот"],
    "ja": ["浜辺の犬"],
    "zh": ["海滩上的狗"],
    "ko": ["해변의 개"],
    "ar": ["كلب على الشاطئ"],
    "th": ["สุนัขบนชายหาด"],
}


@pytest.mark.parametrize(
    ("language", "query"), [(lang, q) for lang, queries in QUERIES.items() for q in queries]
)
def test_short_queries_are_told_apart(language: str, query: str) -> None:
    assert detect_language(query) == language


@pytest.mark.parametrize("query", ["", "  ", "123", "!?", "🐶"])
def test_no_letters_is_english(query: str) -> None:
    assert detect_language(query) == "en"
