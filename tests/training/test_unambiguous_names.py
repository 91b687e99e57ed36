"""Which names of annotated articles count as names wherever they stand."""

from __future__ import annotations

import pytest

from training.unambiguous_names import ARTICLES, count, rows


def article(text, *mentions):
    """A record whose mentions are (label, form), each marked where the form first stands."""
    return {
        "text": text,
        "spans": [[text.index(form), text.index(form) + len(form), label, "", 0, 0] for label, form in mentions],
    }


NAMED = [article(f"زار الوفد ميناء رأس البر يوم {day} أيار.", ("loc", "رأس البر")) for day in range(ARTICLES)]


def names(records):
    return [line.split("\t")[:3] for line in rows(count(records))]


def test_a_name_that_is_one_in_each_article():
    assert names(NAMED) == [["LOC", "رأس البر", "5/5"]]


def test_too_few_articles():
    assert names(NAMED[1:]) == []


@pytest.mark.parametrize("text", ["جلس قرب رأس البر كله.", "اشترى ورأس البر ثوبا."], ids=["as it is", "behind letters"])
def test_an_occurrence_that_is_no_name_rules_it_out(text):
    assert names([*NAMED, article(text)]) == []


def test_part_of_a_longer_name_counts_neither_way():
    longer = article("فاز نادي رأس البر أمس.", ("org", "نادي رأس البر"))
    assert names([*NAMED, longer]) == [["LOC", "رأس البر", "5/6"]]
    assert names([*NAMED, *[longer] * (ARTICLES + 1)]) == [["ORG", "نادي رأس البر", "6/6"]]


def test_another_label_rules_it_out():
    assert names([*NAMED, article("فاز رأس البر أمس.", ("org", "رأس البر"))]) == []


def test_people_and_short_names_are_left_out():
    assert names([article("قال سامي النجار ذلك في قم.", ("per", "سامي النجار"), ("loc", "قم"))] * ARTICLES) == []


def test_over_a_line_end_it_is_not_the_name():
    assert names([*NAMED, article("رفع رأس\nالبر كله")]) == [["LOC", "رأس البر", "5/5"]]
