"""B3 and CEAF-e against worked examples, against slow references that follow the definitions, and by their laws."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner.scoring.clusters import b3, ceaf_e, common
from arabic_news_ner.scoring.matching import greatest_weight, largest_matching


def test_b3_worked_example():
    # Bagga and Baldwin 1998, their first response: two of three true clusters run together.
    gold = [{1, 2, 3, 4, 5}, {6, 7}, {8, 9, 10, 11, 12}]
    answer = [{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10, 11, 12}]
    score = b3(gold, answer)
    assert score.precision == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)
    assert score.precision == pytest.approx(0.762, abs=0.001)
    assert score.recall == 1


def test_b3_second_worked_example():
    # Their second response: the two large clusters run together costs more.
    gold = [{1, 2, 3, 4, 5}, {6, 7}, {8, 9, 10, 11, 12}]
    answer = [{1, 2, 3, 4, 5, 8, 9, 10, 11, 12}, {6, 7}]
    score = b3(gold, answer)
    assert score.precision == pytest.approx(7 / 12)
    assert score.recall == 1


def test_mentions_of_one_side_only_get_nothing_in_b3():
    score = b3([{1, 2}, {3}], [{1, 2}, {4}])
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx(2 / 3)


def test_ceaf_worked_example():
    # φ4: {1,2,3} with {1,2} is 4/5, {4,5} with {3,4,5} is 4/5; {6} stays alone.
    score = ceaf_e([{1, 2, 3}, {4, 5}], [{1, 2}, {3, 4, 5}, {6}])
    assert score.precision == pytest.approx(1.6 / 3)
    assert score.recall == pytest.approx(1.6 / 2)


def test_ceaf_takes_the_best_alignment_not_the_first():
    # {1,2,3} is most like {1,2,3,4,5} (6/8), but leaving that to {4,5} and taking {1} gives more: 4/7 + 2/4.
    score = ceaf_e([{1, 2, 3}, {4, 5}], [{1, 2, 3, 4, 5}, {1}])
    assert score.hits == pytest.approx(4 / 7 + 2 / 4)


def test_common_drops_what_one_side_lacks():
    assert common([{1, 2}, {3}], [{1}, {2, 4}, {5}]) == ([{1, 2}], [{1}, {2}])


@pytest.mark.parametrize("measure", [b3, ceaf_e])
def test_empty_sides(measure):
    assert measure([], []).f1 == 0
    assert measure([{1}], []).f1 == 0
    assert measure([], [{1}]).f1 == 0


@st.composite
def partitions(draw, universe):
    """Clusters over some of the mentions of a universe."""
    labels = draw(st.lists(st.integers(0, 4), min_size=len(universe), max_size=len(universe)))
    clusters = {}
    for mention, label in zip(universe, labels, strict=True):
        clusters.setdefault(label, set()).add(mention)
    clusters.pop(4, None)
    return list(clusters.values())


both_sides = st.tuples(partitions(range(8)), partitions(range(8)))


def slow_b3(mine, theirs):
    """The mean, over the mentions of one side, of the share of its cluster that is in its cluster on the other side."""
    values = []
    for cluster in mine:
        for mention in cluster:
            other = next((c for c in theirs if mention in c), set())
            values.append(sum(m in other for m in cluster) / len(cluster))
    return sum(values) / len(values) if values else 0


def slow_ceaf(gold, answer):
    """The best of all alignments."""
    few, many = sorted((gold, answer), key=len)
    return max(
        sum(2 * len(a & b) / (len(a) + len(b)) for a, b in zip(few, order, strict=True))
        for order in permutations(many, len(few))
    )


@given(both_sides)
def test_b3_equals_the_slow_reference(sides):
    gold, answer = sides
    score = b3(gold, answer)
    assert score.precision == pytest.approx(slow_b3(answer, gold))
    assert score.recall == pytest.approx(slow_b3(gold, answer))


@given(both_sides)
def test_ceaf_equals_the_slow_reference(sides):
    gold, answer = sides
    score = ceaf_e(gold, answer)
    assert score.hits == pytest.approx(slow_ceaf(gold, answer))
    assert (score.found, score.wanted) == (len(answer), len(gold))


@given(partitions(range(8)))
def test_a_perfect_answer_scores_one(clusters):
    wanted = 1 if clusters else 0
    assert b3(clusters, clusters[::-1]).f1 == pytest.approx(wanted)
    assert ceaf_e(clusters, clusters[::-1]).f1 == pytest.approx(wanted)


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), max_size=5)
    )
)
def test_greatest_weight_equals_trying_all(weights):
    rows, columns = len(weights), len(weights[0]) if weights else 0
    if rows <= columns:
        sums = [sum(weights[i][j] for i, j in enumerate(p)) for p in permutations(range(columns), rows)]
    else:
        sums = [sum(weights[i][j] for j, i in enumerate(p)) for p in permutations(range(rows), columns)]
    assert greatest_weight(weights) == max(sums, default=0)


@given(st.lists(st.lists(st.integers(0, 4), unique=True), max_size=5))
def test_largest_matching_equals_trying_all(edges):
    pairs = largest_matching(edges)
    assert all(right in edges[left] for left, right in pairs)
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)

    def most(left, taken):
        if left == len(edges):
            return 0
        options = [1 + most(left + 1, taken | {right}) for right in edges[left] if right not in taken]
        return max([most(left + 1, taken), *options])

    assert len(pairs) == most(0, frozenset())
