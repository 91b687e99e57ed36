"""BIO tags against hand-made cases, seqeval, an exhaustive search and a plain Viterbi of the whole text."""

from __future__ import annotations

from itertools import pairwise, product

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


def plain_viterbi(scores):
    """The best allowed labels of a whole text, by the textbook: every label after every label that may stand before it."""
    count = len(LABELS)
    barred = np.array([[b.startswith("I-") and a[2:] != b[2:] for b in LABELS] for a in LABELS])
    best = np.where([label.startswith("I-") for label in LABELS], -np.inf, scores[0].astype(float))
    back = []
    for row in scores[1:]:
        ways = np.where(barred, -np.inf, best[:, None])
        back.append(ways.argmax(axis=0))
        best = ways[back[-1], np.arange(count)] + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


@pytest.mark.parametrize("stray", [0.5, 3.0, 8.0])
@pytest.mark.parametrize("seed", range(20))
def test_best_sequence_of_a_long_text_is_that_of_plain_viterbi(seed, stray):
    """Uncertain spots between long certain stretches, some of them of one mention that a stray label breaks."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(300, len(LABELS))).astype(np.float32)
    for at in range(0, 300, 50):
        scores[at + 10 : at + 45, rng.choice([0, 2, 4])] += 9.0
        scores[at + 25, rng.choice([2, 4])] += 9.0 + stray
    assert bio.best_sequence(scores, LABELS) == plain_viterbi(scores)


@pytest.mark.parametrize("seed", range(300))
def test_best_sequence_of_sure_and_unsure_units_is_that_of_plain_viterbi(seed):
    """Many stray labels, and inner ones that are sure right behind them."""
    rng = np.random.default_rng(seed)
    length = int(rng.integers(2, 14))
    scores = (rng.normal(size=(length, 5)) * rng.choice([0.2, 1, 4], size=(length, 1))).astype(np.float32)
    scores[:, [2, 4]] += rng.choice([0, 1, 2])
    assert bio.best_sequence(scores, LABELS) == plain_viterbi(scores)


def test_a_label_far_from_the_stray_one_changes_where_that_is_best():
    """The whole weakly labelled place becomes a person for the sake of its last label."""
    scores = np.zeros((12, 5), np.float32)
    scores[:, 0] = scores[1:, 1] = -5.0  # a person may begin at the first place only
    scores[0, 3] = scores[1:11, 4] = 0.1  # B-LOC I-LOC ...: 1.1 more than B-PER I-PER ...
    scores[11] = [-5.0, -5.0, 5.0, -5.0, -5.0]
    assert bio.best_sequence(scores, LABELS) == plain_viterbi(scores) == [1] + [2] * 11


@pytest.mark.parametrize("kind", ["noise", "stray labels", "even"])
def test_the_work_of_the_best_sequence_grows_with_the_text(kind, monkeypatch):
    rows = []
    viterbi = bio._viterbi
    monkeypatch.setattr(bio, "_viterbi", lambda scores, *rest: rows.append(len(scores)) or viterbi(scores, *rest))
    counts = []
    for length in (1_000, 2_000, 4_000, 8_000):
        rng = np.random.default_rng(7)
        scores = rng.normal(size=(length, len(LABELS))).astype(np.float32)
        if kind == "stray labels":
            scores[::3, 2] += 20
        if kind == "even":
            scores[:] = 0
            scores[::2, 4] = 1e-3
        rows.clear()
        bio.best_sequence(scores, LABELS)
        counts.append(sum(rows))
        assert counts[-1] <= length
        assert len(rows) <= length
    assert all(more <= 2.2 * max(less, 1) for less, more in pairwise(counts))
