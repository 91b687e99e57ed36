"""Where a name begins that a tagger gave with a letter attached to it."""

from __future__ import annotations

import pytest

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.mentions.normalize import before_head


@pytest.mark.parametrize(
    ("cut", "word", "label", "wanted"),
    [
        ("و", "لجهاز", "ORG", True),
        ("ف", "بوزاره", "ORG", True),
        ("و", "لمجلس", "ORG", True),
        ("و", "بمدينه", "LOC", True),
        ("ل", "لمجلس", "ORG", False),  # للمجلس: the second ل is that of the article
        ("ول", "لمجلس", "ORG", False),
        ("", "لجهاز", "ORG", False),  # nothing was cut: other rules say what is attached
        ("و", "لجنه", "ORG", False),  # جنه is no head: the ل is the name's own
        ("و", "جهاز", "ORG", False),
        ("و", "لجهاز", "PER", False),
    ],
)
def test_a_preposition_before_a_head(cut, word, label, wanted):
    assert before_head(cut, word, label, Lexicon.load()) is wanted
