"""Where a name begins in its first token, and which labels a long text gets."""

from __future__ import annotations

import numpy as np
import pytest

from arabic_news_ner.document import Token
from arabic_news_ner.tagging import bio
from arabic_news_ner.tagging.decode import after_prefix

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


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
    ],
)
def test_the_prefix_is_cut_where_it_is_one(word, letters, name):
    token = Token(7, 7 + len(word), word)
    assert word[after_prefix(token, letters) - 7 :] == name


@pytest.mark.parametrize("seed", range(20))
def test_stretches_of_a_long_text_get_what_the_whole_would(seed):
    """The stretches that are searched are all that can differ: the whole text, made uncertain at its ends, gives the same."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(60, len(LABELS))).astype(np.float32)
    scores[15:45, 0] += 9.0  # a long certain stretch between two uncertain ones
    found = bio.best_sequence(scores, LABELS)
    parts = [bio.best_sequence(part, LABELS) for part in (scores[:30], scores[30:])]
    assert found == [*parts[0], *parts[1]]
    assert bio.repair([LABELS[i] for i in found]) == [LABELS[i] for i in found]
