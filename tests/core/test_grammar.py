"""The grammar of queries: examples that people type, and what holds for everything that can be typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from imgsearch_gui.core.query.grammar import NAMES, parse
from imgsearch_gui.core.types.query import Filter, FilterKind, ParsedQuery, Term

F = FilterKind
UNDERSTOOD = {
    "": ParsedQuery(()),
    "  ": ParsedQuery(()),
    "a dog on the beach": ParsedQuery((Term("a dog on the beach"),)),
    "-snow dog": ParsedQuery((Term("dog"), Term("snow", away=True))),
    'a lake -"deep  snow"': ParsedQuery((Term("a lake"), Term("deep snow", away=True))),
    "2:beach dog": ParsedQuery((Term("dog"), Term("beach", 2))),
    "-0,5:«красная лодка»": ParsedQuery((Term("красная лодка", 0.5, away=True),)),
    "“red boat” lake": ParsedQuery((Term("lake"), Term("red boat"))),
    "„rote Katze“ „czerwona łódź” -„alt“ See": ParsedQuery(
        (Term("See"), Term("rote Katze"), Term("czerwona łódź"), Term("alt", away=True))
    ),
    "2：狗 -folder：海边 name：«a b»": ParsedQuery(
        (Term("狗", 2),), (Filter(F.FOLDER, "海边", away=True), Filter(F.NAME, "a b"))
    ),
    "a well-known dog - asleep": ParsedQuery((Term("a well-known dog - asleep"),)),
    "the 10:30 train": ParsedQuery((Term("the 10:30 train"),)),
    "https://dogs": ParsedQuery((Term("https://dogs"),)),
    "²:dog m²:cat 二〇:狗": ParsedQuery((Term("²:dog m²:cat 二〇:狗"),)),
    "sport: skiing": ParsedQuery((Term("sport: skiing"),)),
    "dog folder:italy": ParsedQuery((Term("dog"),), (Filter(F.FOLDER, "italy"),)),
    'FOLDER:"my photos" -name:copy': ParsedQuery(
        (), (Filter(F.FOLDER, "my photos"), Filter(F.NAME, "copy", away=True))
    ),
    "папка:дача имя:img": ParsedQuery((), (Filter(F.FOLDER, "дача"), Filter(F.NAME, "img"))),
    "after:2023 before:2024-5-7": ParsedQuery(
        (), (Filter(F.AFTER, date(2023, 1, 1)), Filter(F.BEFORE, date(2024, 5, 7)))
    ),
    "после:2023-02": ParsedQuery((), (Filter(F.AFTER, date(2023, 2, 1)),)),
    "rated:yes": ParsedQuery((), (Filter(F.RATED, 0.0),)),
    "оценка:нет": ParsedQuery((), (Filter(F.UNRATED),)),
    "rated:3": ParsedQuery((), (Filter(F.RATED, 3.0),)),
    "score>0.6 dog": ParsedQuery((Term("dog"),), (Filter(F.SCORE, 0.6, ">"),)),
    "балл≤,5 -снег": ParsedQuery((Term("снег", away=True),), (Filter(F.SCORE, 0.5, "<="),)),
}
# What is typed, what is understood of it all the same, which part is at fault, and a word of the reason.
MISTAKES = {
    '"red boat': (ParsedQuery((Term("red boat"),)), '"red boat', "not closed"),
    "dog after:soon": (ParsedQuery((Term("dog"),)), "after:soon", "2024-05-17"),
    "dog after:2024-13": (ParsedQuery((Term("dog"),)), "after:2024-13", "2024-05-17"),
    "dog before:٢٠٢٤": (ParsedQuery((Term("dog"),)), "before:٢٠٢٤", "2024-05-17"),
    "score>6 dog": (ParsedQuery((Term("dog"),)), "score>6", "0 to 1"),
    "score>": (ParsedQuery(()), "score>", "0 to 1"),
    "rated:5": (ParsedQuery(()), "rated:5", "rated:4"),
    "folder: dog": (ParsedQuery((Term("dog"),)), "folder:", "Nothing follows"),
    "foldr:italy dog": (ParsedQuery((Term("dog"),)), "foldr:italy", "did you mean “folder:”"),
    "-after:2024 dog": (ParsedQuery((Term("dog"),)), "-after:2024", "“-” goes with"),
    "2: dog": (ParsedQuery((Term("dog"),)), "2:", "Nothing follows"),
    "0:beach dog": (ParsedQuery((Term("dog"),)), "0:beach", "above 0"),
    "score>0.5 folder:a": (ParsedQuery((), (Filter(F.FOLDER, "a"),)), "score>0.5", "no words"),
    "-score>0.5 dog": (ParsedQuery((Term("dog"),)), "-score>0.5", "not with a score"),
    "2:-cat dog": (ParsedQuery((Term("dog"),)), "2:-cat", "before the weight"),
    "-x " * 13: (ParsedQuery((Term("x", away=True),) * 12), "-x", "at most 12"),
    '-"" dog': (ParsedQuery((Term("dog"),)), '-""', "Nothing follows"),
}


@pytest.mark.parametrize("typed", UNDERSTOOD)
def test_what_people_type_is_understood(typed: str) -> None:
    assert parse(typed) == UNDERSTOOD[typed]


@pytest.mark.parametrize("typed", MISTAKES)
def test_a_mistake_has_its_place_and_the_rest_holds(typed: str) -> None:
    understood, at_fault, reason = MISTAKES[typed]
    parsed = parse(typed)
    assert (parsed.terms, parsed.filters) == (understood.terms, understood.filters)
    (mistake,) = parsed.mistakes
    assert typed[mistake.start : mistake.end] == at_fault
    assert reason in mistake.reason


QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}


def written(query: ParsedQuery) -> str:
    """Writes a query so that :func:`parse` reads it as it is; its mistakes are left out."""
    parts = []
    for place, term in enumerate(query.terms):
        is_plain = place == 0 and term == Term(term.text) and parse(term.text) == ParsedQuery((term,))
        weight = "" if term.weight == 1 else f"{term.weight:g}:"
        parts.append(term.text if is_plain else f"{'-' * term.away}{weight}{quoted(term.text)}")
    for each in query.filters:
        sign = "-" if each.away else ""
        if each.kind is FilterKind.SCORE:
            parts.append(f"score{each.operator}{each.value:g}")
        elif each.kind is FilterKind.UNRATED:
            parts.append("rated:no")
        elif each.kind is FilterKind.RATED:
            parts.append(f"rated:{each.value:g}" if each.value else "rated:yes")
        elif isinstance(each.value, date):
            parts.append(f"{each.kind}:{each.value.isoformat()}")
        else:
            parts.append(f"{sign}{each.kind}:{quoted(str(each.value))}")
    return " ".join(parts)


def quoted(text: str) -> str:
    """Puts a text in quotation marks that it does not hold itself."""
    for opening, closing in QUOTES.items():
        if opening not in text and closing not in text:
            return f"{opening}{text}{closing}"
    return f'"{text.replace(chr(34), "")}"'


PIECES = st.sampled_from(
    ["-", '"', "“", "”", "«", "»", ":", " ", "2", "2:", ".", ">", "<=", "score", "dog", "пёс", *NAMES]
)
QUERIES = st.one_of(st.text(), st.lists(PIECES).map("".join))


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(QUERIES)
@example("-")
@example('2:"')
def test_nothing_that_is_typed_is_refused(typed: str) -> None:
    parsed = parse(typed)
    for mistake in parsed.mistakes:
        assert 0 <= mistake.start < mistake.end <= len(typed)
        assert mistake.reason.endswith((".", "?"))
    for term in parsed.terms:
        assert term.text.strip() == term.text != ""
        assert term.weight > 0


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(QUERIES)
def test_what_was_understood_can_be_written_and_read_again(typed: str) -> None:
    parsed = parse(typed)
    texts = [term.text for term in parsed.terms] + [str(each.value) for each in parsed.filters]
    assume(not set('"“”„«»') & set("".join(texts)))  # no text can hold every quotation mark
    assert parse(written(parsed)) == ParsedQuery(parsed.terms, parsed.filters)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(st.from_regex(r"[a-zа-я]{1,12}", fullmatch=True), min_size=1))
def test_plain_words_are_one_sentence_in_their_order(words: list[str]) -> None:
    assert parse("  ".join(words)) == ParsedQuery((Term(" ".join(words)),))


@pytest.mark.parametrize(
    "query", ["a  dog", ' on\t-"the  deep snow" 2:beach', "-0,5:„rote Katze“ x name:y после:2023 z", '"open']
)
def test_terms_know_where_their_words_stand(query: str) -> None:
    for term in parse(query).terms:
        assert [query[start:].split()[0].rstrip('"“') for start in term.starts] == term.text.split()


def test_beside_a_picture_scores_need_no_words() -> None:
    assert parse("score>0.5").filters == ()
    asked = parse("score>0.5", beside_picture=True)
    assert (asked.filters, asked.mistakes) == ((Filter(F.SCORE, 0.5, ">"),), ())
