"""Where a name begins in its first token."""

from __future__ import annotations

import pytest

from arabic_news_ner.tagging.onnx.decode import after_prefix
from arabic_news_ner.types import Token


@pytest.mark.parametrize(
    ("word", "letters", "name"),
    [
        ("وطرابلس", 1, "طرابلس"),
        ("وَطرابلس", 1, "طرابلس"),
        ("وبطرابلس", 2, "طرابلس"),
        ("للمجلس", 2, "لمجلس"),  # لل is no prefix: one letter
        ("وللمجلس", 3, "لمجلس"),
        ("طرابلس", 1, "طرابلس"),
        ("ولي", 2, "لي"),  # a name keeps two letters
        ("وليد", 0, "وليد"),
        ("بولندا", 2, "ولندا"),  # بو is no prefix: ب alone is
        ("سرت", 2, "سرت"),
        ("لـلمجلس", 1, "لمجلس"),
    ],
)
def test_the_prefix_is_cut_where_it_is_one(word, letters, name):
    token = Token(7, 7 + len(word), word)
    assert word[after_prefix(token, letters) - 7 :] == name
