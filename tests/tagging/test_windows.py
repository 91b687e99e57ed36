"""Windows: every unit in one core, nothing dropped, no window too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner.tagging.onnx.windows import BEGIN, END, LONGEST_UNIT, PAD, clip, plan, slot_row

units = st.lists(st.tuples(st.integers(1, 70), st.booleans(), st.booleans()), max_size=120)
tokens = st.lists(st.tuples(st.integers(1, 7), st.booleans(), st.booleans()), min_size=30, max_size=90)


def build(rows):
    """Units of distinct pieces, numbered from 10 upward."""
    pieces, at = [], 10
    for count, _, _ in rows:
        pieces.append(tuple(range(at, at + count)))
        at += count
    return pieces, [b for _, b, _ in rows], [e for _, _, e in rows]


@given(units, st.integers(120, 200), st.integers(0, 30))
def test_cores_tile_the_units_and_windows_fit(rows, size, context):
    pieces, breaks, ends = build(rows)
    windows = plan(pieces, breaks, ends, size=size, context=context)
    covered = [unit for w in windows for unit in range(w.start, w.end)]
    assert covered == list(range(len(pieces)))
    for w in windows:
        assert len(w.ids) <= size
        assert w.ids[0] == BEGIN
        assert w.ids[-1] == END
        for unit, a, b in zip(range(w.start, w.end), w.first, w.last, strict=True):
            assert tuple(w.ids[a : b + 1]) == clip(pieces[unit])


@given(units)
def test_context_is_the_text_around_the_core(rows):
    pieces, breaks, ends = build(rows)
    flat = [piece for p in pieces for piece in clip(p)]
    for w in plan(pieces, breaks, ends, size=150, context=20):
        inside = [i for i in w.ids.tolist() if i >= 10]
        at = flat.index(inside[0])
        assert inside == flat[at : at + len(inside)]


def test_a_text_that_fits_is_one_window_with_line_ends_between():
    (window,) = plan([(10, 11), (12,), (13,)], [False, False, True], [False] * 3, size=9, context=2)
    assert window.ids.tolist() == [BEGIN, 10, 11, 12, END, 13, END]
    assert window.first.tolist() == [1, 3, 5]
    assert window.last.tolist() == [2, 3, 5]


def test_a_long_text_is_cut_at_a_line():
    pieces = [(10 + i,) for i in range(30)]
    breaks = [i == 12 for i in range(30)]
    windows = plan(pieces, breaks, [False] * 30, size=24, context=3)
    assert windows[0].end == 12


def test_a_sentence_end_serves_where_there_is_no_line():
    pieces = [(10 + i,) for i in range(30)]
    windows = plan(pieces, [False] * 30, [i == 13 for i in range(30)], size=24, context=3)
    assert windows[0].end == 14


def test_an_endless_word_keeps_both_ends():
    pieces = tuple(range(1000))
    assert clip(pieces) == pieces[: LONGEST_UNIT // 2] + pieces[-LONGEST_UNIT // 2 :]


def test_no_units():
    assert plan([], [], [], size=100, context=10) == []


@pytest.mark.parametrize(
    ("pieces", "row"),
    [((), (PAD,) * 3), ((7,), (7, PAD, PAD)), ((7, 8, 9), (7, 8, 9)), ((7, 8, 9, 10), (7, 8, 10))],
)
def test_a_token_is_a_row_of_its_pieces(pieces, row):
    assert slot_row(pieces, 3) == row


def test_windows_of_whole_tokens_hold_rows():
    units = [(slot_row((10 + i, 50 + i), 3),) for i in range(5)]
    (window,) = plan(units, [i == 2 for i in range(5)], [False] * 5, size=20, context=2, slots=3)
    assert window.ids.shape == (8, 3)
    assert window.ids[0].tolist() == [BEGIN, PAD, PAD]
    assert window.ids[3].tolist() == window.ids[-1].tolist() == [END, PAD, PAD]
    assert window.first.tolist() == window.last.tolist() == [1, 2, 4, 5, 6]
    assert window.ids[1].tolist() == [10, 50, PAD]


@given(tokens, st.integers(20, 40), st.integers(0, 8), st.integers(1, 5))
def test_windows_of_whole_tokens_hold_each_token_once(rows, size, context, slots):
    pieces, breaks, ends = build(rows)
    windows = plan([(slot_row(p, slots),) for p in pieces], breaks, ends, size=size, context=context, slots=slots)
    seen = []
    for w in windows:
        assert w.ids.shape == (len(w.words), slots)
        assert len(w.ids) <= size
        assert w.first.tolist() == w.last.tolist()
        seen += w.ids[w.first].tolist()
    kept = [p if len(p) <= slots else p[: slots - 1] + p[-1:] for p in pieces]
    assert [[i for i in row if i != PAD] for row in seen] == [list(p) for p in kept]
