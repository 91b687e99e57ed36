"""Normalization: golden cases, idempotence, alignment both ways."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner import InputError, normalize
from arabic_news_ner.text.characters import compose
from arabic_news_ner.text.normalize import PROFILES

GOLDEN = [
    ("مُحَمَّدٌ", "محمد", "محمد"),
    ("العـــراق", "العراق", "العراق"),
    ("ﻻ ﷲ", "لا الله", "لا الله"),
    ("ﻣﺼﺮ", "مصر", "مصر"),
    ("المجلس الرئاسی", "المجلس الرئاسي", "المجلس الرياسي"),
    ("مبارک", "مبارك", "مبارك"),
    ("ا\u0654حمد", "أحمد", "احمد"),
    ("إسراء آمنة", "إسراء آمنة", "اسرا امنه"),
    ("٢٠٢٤ و۱۹", "2024 و19", "2024 و19"),
    ("مصطفى\u00a0مسؤول\u2009رئيس", "مصطفى مسؤول رئيس", "مصطفي مسوول رييس"),
    ("\u200fلبنان\u200e\ufeff", "لبنان", "لبنان"),
    ("سطر\u2028سطر", "سطر\nسطر", "سطر\nسطر"),
    ("ＣＮＮ", "CNN", "cnn"),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "news", "search"), GOLDEN)
def test_golden(text, news, search):
    assert normalize(text).text == news
    assert normalize(text, profile="search").text == search
    assert normalize(text, profile="none").text == text


texts = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "ابتةىيأإآؤئءلمنهوكـ\u064b\u064e\u0651\u0653\u0654\u0655\u0670\u200f\u200c\ufeff\u00a0\ufefb\ufdf2ی ٣۴A"
        ),
        st.characters(),
    ),
    max_size=40,
)


@given(texts, st.sampled_from(sorted(PROFILES)))
def test_twice_is_once(text, profile):
    once = normalize(text, profile=profile).text
    assert normalize(once, profile=profile).text == once


@given(texts, st.sampled_from(sorted(PROFILES)))
def test_alignment_is_ordered_and_lies_in_the_original(text, profile):
    n = normalize(text, profile=profile)
    assert len(n.starts) == len(n.ends) == len(n.text)
    for (a, b), (c, d) in itertools.pairwise(zip(n.starts, n.ends, strict=True)):
        assert a <= c
        assert b <= d
    assert all(0 <= a < b <= len(text) for a, b in zip(n.starts, n.ends, strict=True))


@given(texts, st.data())
def test_a_range_goes_there_and_back(text, data):
    n = normalize(text)
    start = data.draw(st.integers(0, len(n.text)))
    end = data.draw(st.integers(start, len(n.text)))
    a, b = n.to_original(start, end)
    if start < end:
        first, last = n.from_original(a, b)
        assert first <= start
        assert end <= last
        assert normalize(text[a:b]).text.find(n.text[start:end]) >= 0 or any(
            c in text[b:] for c in "\u0653\u0654\u0655"
        )
    else:
        assert a == b


def test_a_name_is_found_where_it_stands():
    text = "قال الرئيـــس مُحَمَّد بن سلمان"
    n = normalize(text)
    at = n.text.index("محمد بن")
    a, b = n.to_original(at, at + len("محمد بن"))
    assert text[a:b] == "مُحَمَّد بن"
    assert n.from_original(a, b) == (at, at + len("محمد بن"))


def test_an_unknown_profile_lists_the_known():
    with pytest.raises(InputError, match="profile 'madamira' is unknown; there are news, search, none"):
        normalize("نص", profile="madamira")


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1), (0, 99)])
def test_a_range_outside_is_refused(start, end):
    n = normalize("نص")
    with pytest.raises(InputError, match="does not lie in"):
        n.to_original(start, end)
    with pytest.raises(InputError, match="does not lie in"):
        n.from_original(start, end)


def test_what_is_no_text_is_refused():
    with pytest.raises(InputError, match="of type bytes"):
        normalize(b"\xd9")


@given(
    st.lists(
        st.sampled_from("اوييه\u0653\u0654\u0655\u064e\u0650\u0301\u0316\u0344\ufefbé\uac00\u1100"),
        min_size=25,
        max_size=90,
    )
)
def test_compose_is_nfkc_however_many_marks_stand_on_a_letter(characters):
    text = "".join(characters)
    assert compose(text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("profile", [*PROFILES, "camel", "pyarabic", "arabert-like"])
@pytest.mark.parametrize("unit", ["\u0654\u0655", "\u064e\u0650\u0316\u0301", "ا\u0653\u0654\u0655", "\u0653"])
def test_a_letter_with_a_hundred_thousand_marks_is_read_in_linear_steps(unit, profile):
    """Sorted by insertion these marks take minutes."""
    text = "ب" + unit * (200_000 // len(unit))
    assert len(normalize(text, profile).original) == len(text)
