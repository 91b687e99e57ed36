"""BIO scoring against cases worked out by hand and against seqeval, malformed tags included."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import precision_recall_fscore_support

from benchmarks.bio import bio_spans, score_tags

TAGS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ([], set()),
        (["O", "O"], set()),
        (["B-PER"], {(0, 1, "PER")}),
        (["B-PER", "I-PER", "O", "B-LOC"], {(0, 2, "PER"), (3, 4, "LOC")}),
        (["B-PER", "B-PER", "I-PER"], {(0, 1, "PER"), (1, 3, "PER")}),
        # I-X after O begins a mention
        (["O", "I-PER", "I-PER"], {(1, 3, "PER")}),
        (["I-LOC"], {(0, 1, "LOC")}),
        # I-Y after X ends the one and begins the other
        (["B-PER", "I-ORG", "I-ORG"], {(0, 1, "PER"), (1, 3, "ORG")}),
        (["I-PER", "I-LOC", "I-PER"], {(0, 1, "PER"), (1, 2, "LOC"), (2, 3, "PER")}),
        # I-X after I-X of a stray mention goes on with it
        (["I-PER", "B-PER", "I-PER"], {(0, 1, "PER"), (1, 3, "PER")}),
    ],
)
def test_spans_worked_out_by_hand(tags, spans):
    assert bio_spans(tags) == spans


def test_scores_worked_out_by_hand():
    gold = [["B-PER", "I-PER", "O", "B-LOC"], ["O", "B-ORG", "I-ORG"], ["B-LOC"]]
    found = [["B-PER", "I-PER", "O", "B-ORG"], ["B-ORG", "I-ORG", "I-ORG"], ["B-LOC"]]
    scores = score_tags(gold, found)
    # right: the PER of the first sentence, the LOC of the third; 4 wanted, 4 found
    assert (scores["all"].hits, scores["all"].found, scores["all"].wanted) == (2, 4, 4)
    assert scores["all"].f1 == pytest.approx(0.5)
    assert scores["PER"].f1 == 1
    assert (scores["LOC"].precision, scores["LOC"].recall) == (1, 0.5)
    assert scores["ORG"].f1 == 0


def test_nothing_wanted_and_nothing_found_is_zero_as_in_seqeval():
    assert score_tags([["O"]], [["O"]])["all"].f1 == 0


@pytest.mark.parametrize(("gold", "found"), [([["O"]], []), ([["O", "O"]], [["O"]])])
def test_unequal_lengths_are_refused(gold, found):
    with pytest.raises(ValueError, match=r"tags for a sentence|is shorter"):
        score_tags(gold, found)


@st.composite
def gold_and_found(draw):
    """Any tags on both sides, often equal ones: I-X stands wherever chance puts it."""
    tag = st.sampled_from(TAGS)
    sentences = draw(
        st.lists(st.lists(st.tuples(tag, tag, st.booleans()), min_size=1, max_size=9), min_size=1, max_size=5)
    )
    gold = [[g for g, _, _ in sentence] for sentence in sentences]
    found = [[g if same else f for g, f, same in sentence] for sentence in sentences]
    return gold, found


@given(gold_and_found())
def test_equals_seqeval(pair):
    gold, found = pair
    mine = score_tags(gold, found)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = precision_recall_fscore_support(gold, found, average="micro")
        by_type = precision_recall_fscore_support(gold, found, average=None)
    total = mine.pop("all")
    assert (total.precision, total.recall, total.f1) == pytest.approx(theirs[:3])
    for (_, score), *values in zip(sorted(mine.items()), *by_type, strict=True):
        assert [score.precision, score.recall, score.f1, score.wanted] == pytest.approx(values)
