"""The expected calibration error, worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.calibration import equal_count, equal_width, expected_error

ITEMS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


def test_equal_width_worked_out_by_hand():
    items = [(0.05, False), (0.92, True), (0.98, True), (0.94, False), (1.0, True), (0.55, True)]
    bins = equal_width(items)
    assert [b.count for b in bins] == [1, 1, 4]
    assert [b.score for b in bins] == pytest.approx([0.05, 0.55, 0.96])
    assert [b.right for b in bins] == pytest.approx([0, 1, 0.75])
    assert expected_error(bins) == pytest.approx((1 * 0.05 + 1 * 0.45 + 4 * 0.21) / 6)


def test_equal_count_worked_out_by_hand():
    items = [(0.9, True), (0.2, False), (0.4, True), (0.7, True)]
    bins = equal_count(items, bins=2)
    assert [b.count for b in bins] == [2, 2]
    assert [b.score for b in bins] == pytest.approx([0.3, 0.8])
    assert expected_error(bins) == pytest.approx((2 * 0.2 + 2 * 0.2) / 4)


def test_equal_scores_stay_in_one_bin_whatever_their_order():
    items = [(0.8, True)] * 8 + [(0.8, False)] * 2
    for order in (items, items[::-1]):
        bins = equal_count(order)
        assert [b.count for b in bins] == [10]
        assert expected_error(bins) == pytest.approx(0)


def test_honest_scores_have_no_error_and_boasts_have_all():
    assert expected_error(equal_width([(0.75, True)] * 3 + [(0.75, False)])) == pytest.approx(0)
    assert expected_error(equal_width([(1.0, False)] * 3)) == 1
    assert expected_error(equal_width([])) == 0


@pytest.mark.parametrize("cut", [equal_width, equal_count])
@given(items=ITEMS)
def test_every_item_is_in_one_bin(cut, items):
    bins = cut(items)
    assert sum(b.count for b in bins) == len(items)
    assert len(bins) <= 10
    assert sum(b.count * b.right for b in bins) == pytest.approx(sum(right for _, right in items))
    assert 0 <= expected_error(bins) <= 1
