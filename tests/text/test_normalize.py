"""Normal forms: two spellings of one name meet, and what is shown is never touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.text import normalize


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＮＰＯ法人 さくら", "NPO法人さくら"),
        ("サロン", "さろん"),
        ("ｻﾛﾝ", "サロン"),
        ("１丁目", "1丁目"),
        ("Cafe", "CAFE"),
        ("桜　町", "桜町"),
    ],
)
def test_spellings_of_one_name_are_equal(one, other):
    assert normalize.compare_key(one) == normalize.compare_key(other)


def test_different_names_stay_different():
    assert normalize.compare_key("髙橋") != normalize.compare_key("高橋")
    assert normalize.compare_key("かき") != normalize.compare_key("がき")


@pytest.mark.parametrize("hyphen", "‐‑‒–—―−－")
def test_every_hyphen_becomes_the_plain_one(hyphen):
    assert normalize.plain_hyphens(f"9{hyphen}12") == "9-12"


def test_the_long_vowel_mark_stays():
    assert normalize.plain_hyphens("コーヒー") == "コーヒー"


@given(st.text())
def test_a_normal_form_is_its_own_normal_form(text):
    assert normalize.nfkc(normalize.nfkc(text)) == normalize.nfkc(text)
    assert normalize.compare_key(normalize.compare_key(text)) == normalize.compare_key(text)
