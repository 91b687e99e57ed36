"""Sentences: marked cases of each rule, and what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner import InputError, sentences, tokenize
from arabic_news_ner.text.sentences import KEEPERS, LONGEST

CASES = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data/text/sentences.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("rule", "text", "marked"), CASES)
def test_case(rule, text, marked):
    assert "|".join(s.text for s in sentences(text.replace("⏎", "\n"))) == marked


def test_every_rule_has_a_case_that_it_fixes_and_one_that_it_leaves():
    for rule in KEEPERS:
        results = [marked.count("|") for name, _, marked in CASES if name == rule.__name__]
        assert 0 in results
        assert max(results) > 0


@given(st.text(alphabet='ابتلو .؟!…،"»)د\n\u200f1a', max_size=120))
def test_every_token_is_in_one_sentence_and_no_sentence_has_blanks_around_it(text):
    tokens = tokenize(text)
    found = sentences(text, tokens)
    for sentence in found:
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert "\n" not in sentence.text
    for token in tokens:
        assert sum(s.start <= token.start and token.end <= s.end for s in found) == 1


def test_a_text_without_stops_is_cut_at_commas():
    clause = "وصل الوفد إلى المدينة في ساعة متأخرة من مساء أمس" + "، "
    found = sentences(clause * 60)
    assert max(len(tokenize(s.text)) for s in found) <= LONGEST
    assert all(s.text.endswith("،") for s in found)


def test_what_is_no_text_is_refused():
    with pytest.raises(InputError, match="of type int"):
        sentences(5)
