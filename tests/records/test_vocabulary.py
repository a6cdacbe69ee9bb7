"""Vocabularies: a word is found however it is spelt, and near words are offered."""

import pytest

from tsunagite.records.load.vocabularies import NEEDED, built_in_vocabularies
from tsunagite.records.model.base.vocabulary import NAMES, Term, Vocabulary


@pytest.fixture
def fruit() -> Vocabulary:
    return Vocabulary.of(
        "fruit",
        [
            Term(id="apple", label="りんご", aliases=("林檎",)),
            Term(id="pear", label="なし"),
            Term(id="peach", label="もも", hidden=True),
            Term(id="plum", label="林檎"),
        ],
    )


@pytest.mark.parametrize("written", ["apple", "りんご", "リンゴ", "ﾘﾝｺﾞ", "林檎", "り ん ご"])
def test_a_term_is_found_by_id_label_and_alias_in_any_spelling(fruit, written):
    assert fruit.find(written) == "apple"


@pytest.mark.parametrize("written", ["", "みかん", "peach", "もも"])
def test_unknown_and_hidden_words_are_not_found(fruit, written):
    assert fruit.find(written) is None


def test_the_nearest_word_is_offered_by_its_label(fruit):
    assert fruit.nearest("りんこ") == "りんご"
    assert fruit.nearest("appel") == "りんご"
    assert fruit.nearest("青いりんごの木") == "りんご"
    assert fruit.nearest("自転車") is None


def test_terms_keep_their_order_without_the_hidden_ones(fruit):
    assert [term.id for term in fruit] == ["apple", "pear", "plum"]


def test_every_built_in_vocabulary_is_there_and_says_each_word_in_english():
    words = built_in_vocabularies()
    assert set(words) == set(NAMES)
    assert [
        term.id
        for vocabulary in words.values()
        for term in vocabulary
        if not term.label_en and vocabulary.name != "synonyms"
    ] == []


def test_every_group_of_synonyms_says_why_its_words_mean_the_same():
    assert [
        term.id
        for term in built_in_vocabularies()["synonyms"]
        if not term.id.startswith("accepted_") and (not term.definition or not term.aliases)  # a person accepted them
    ] == []


def test_every_kind_has_a_group_and_every_needed_term_exists():
    words = built_in_vocabularies()
    assert {kind.group for kind in words["kind"]} <= set(words["kind_group"].terms)
    assert [(name, term) for name, terms in NEEDED.items() for term in terms if term not in words[name].terms] == []


def test_no_two_words_of_a_vocabulary_are_spelt_alike():
    for vocabulary in built_in_vocabularies().values():
        if vocabulary.name == "synonyms":  # no record writes them, and a word may lead to several things
            continue
        for term in vocabulary:
            assert [vocabulary.find(word) for word in (term.label, *term.aliases)] == [term.id] * (
                1 + len(term.aliases)
            )
