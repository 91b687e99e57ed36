"""Letters attached to names: hand-made readings, and what holds for any word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner.text.clitics import SILENT, readings

CASES = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data/text/clitics.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("word", "expected"), CASES)
def test_case(word, expected):
    assert "|".join(f"{r.prefix or '-'}:{r.stem}" for r in readings(word)) == expected


@given(st.text(alphabet="وفبلكاجلنة\u064e\u0651ـ\u200f", max_size=12))
def test_prefix_and_rest_are_the_word(word):
    for reading in readings(word):
        rest = word[reading.start :]
        before = "".join(c for c in word[: reading.start] if c not in SILENT)
        assert before == reading.prefix
        assert reading.stem.endswith(rest)
        assert reading.stem[: len(reading.stem) - len(rest)] in ("", "ا", "ال")
