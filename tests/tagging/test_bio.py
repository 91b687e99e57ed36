"""BIO tags against hand-made cases, seqeval and an exhaustive search."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import get_entities

from arabic_news_ner.tagging import bio

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
sequences = st.lists(st.sampled_from(LABELS), max_size=12)


@pytest.mark.parametrize(
    ("tags", "repaired"),
    [
        ([], []),
        (["I-PER"], ["B-PER"]),
        (["B-PER", "I-LOC", "I-LOC"], ["B-PER", "B-LOC", "I-LOC"]),
        (["O", "I-LOC", "O", "I-LOC"], ["O", "B-LOC", "O", "B-LOC"]),
        (["B-PER", "I-PER", "B-PER"], ["B-PER", "I-PER", "B-PER"]),
    ],
)
def test_repair(tags, repaired):
    assert bio.repair(tags) == repaired


def test_spans_of_neighbours():
    assert bio.spans(["B-PER", "B-PER", "I-PER", "I-LOC"]) == [(0, 1, "PER"), (1, 3, "PER"), (3, 4, "LOC")]


@given(sequences)
def test_spans_are_those_of_seqeval(tags):
    assert bio.spans(tags) == [(a, b + 1, kind) for kind, a, b in get_entities(tags)]


@given(sequences)
def test_tags_and_spans_are_inverse(tags):
    assert bio.tags(bio.spans(tags), len(tags)) == bio.repair(tags)


@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_best_sequence_is_the_best_of_all_allowed(length, seed):
    scores = np.random.default_rng(seed).normal(size=(length, len(LABELS))).astype(np.float32)
    allowed = [
        choice
        for choice in product(range(len(LABELS)), repeat=length)
        if bio.repair([LABELS[i] for i in choice]) == [LABELS[i] for i in choice]
    ]
    best = max(allowed, key=lambda choice: sum(float(scores[i, c]) for i, c in enumerate(choice)))
    assert bio.best_sequence(scores, LABELS) == list(best)


@pytest.mark.parametrize(
    ("parts", "sizes", "words"),
    [
        (["O", "B-LOC", "O", "O"], [3, 1], ["B-LOC", "O"]),
        (["B-PER", "I-PER", "O"], [1, 2], ["B-PER", "I-PER"]),
        (["B-PER", "B-LOC"], [2], ["B-PER"]),
        (["B-PER", "B-LOC", "I-LOC"], [2, 1], ["B-PER", "B-LOC"]),
        ([], [], []),
    ],
)
def test_merged(parts, sizes, words):
    assert bio.merged(parts, sizes) == words


def test_best_sequence_of_nothing():
    assert bio.best_sequence(np.zeros((0, 5), np.float32), LABELS) == []
