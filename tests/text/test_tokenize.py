"""Tokens: marked cases of each rule, and what holds for any text."""

from __future__ import annotations

import itertools
import pickle
import unicodedata
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner import InputError, tokenize
from arabic_news_ner.text.characters import INVISIBLE
from arabic_news_ner.text.tokenize import RULES

CASES = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data/text/tokens.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("rule", "text", "marked"), CASES)
def test_case(rule, text, marked):
    assert "|".join(token.text for token in tokenize(text)) == marked


def test_every_rule_has_cases():
    assert {case[0] for case in CASES} == set(RULES)


@given(
    st.one_of(st.text(max_size=80), st.text(alphabet="ابتلوةىـًّ٣5a.-،@/: #\u200f\u200c\ufeff\n🇱👍\u200d", max_size=60))
)
def test_tokens_are_ordered_disjoint_and_leave_out_no_visible_character(text):
    tokens = tokenize(text)
    for token in tokens:
        assert text[token.start : token.end] == token.text != ""
        assert not token.text[0].isspace()
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
    covered = {i for token in tokens for i in range(token.start, token.end)}
    for i, character in enumerate(text):
        if i not in covered:
            assert character.isspace() or character in INVISIBLE or unicodedata.category(character) == "Mn"


@pytest.mark.parametrize(
    "unit",
    [
        "ا",
        ".",
        "\u064e",
        "@",
        "a@a",
        "http://",
        "👍\u200d",
        "\ud800",
        "\x00",
        "1.",
        "ـ",
        "a.",
        "ا\u200f",
        "_-",
        "🇱",
        "🇱🇾",
    ],
)
def test_a_long_hostile_text_is_read_in_linear_steps(unit):
    text = unit * (200_000 // len(unit))
    assert sum(len(token.text) for token in tokenize(text)) <= len(text)


@given(st.text(alphabet="🇱🇾a\u0301\ufe0f\u200d \u064e👍", max_size=30))
def test_flags_are_what_unicode_calls_a_grapheme(text):
    graphemes = [g for g in regex.findall(r"\X", text) if g[0] in "🇱🇾"]
    assert [t.text for t in tokenize(text) if t.text[0] in "🇱🇾"] == graphemes


def test_what_is_no_text_is_refused():
    with pytest.raises(InputError, match="of type NoneType"):
        tokenize(None)


def test_tokens_are_a_sequence_equal_to_a_tuple_of_them():
    tokens = tokenize("زار سمير حداد بيروت.")
    as_tuple = tuple(tokens)
    assert tokens == as_tuple
    assert as_tuple == tokens
    assert hash(tokens) == hash(as_tuple)
    assert tokens != as_tuple[:-1]
    assert tokens[1:3] == as_tuple[1:3]
    assert tokens[-1] == as_tuple[-1]
    assert as_tuple[2] in tokens
    assert list(tokens.texts(1, 3)) == ["سمير", "حداد"]
    assert repr(tokens) == repr(as_tuple)
    assert pickle.loads(pickle.dumps(tokens)) == tokens
    with pytest.raises(IndexError):
        tokens[5]
