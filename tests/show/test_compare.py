"""Two readings of one text."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

import arabic_news_ner as ann
from arabic_news_ner.errors import InputError
from arabic_news_ner.types import Article
from tests.show.articles import ARTICLE, COMPANY, OTHER, TEXT
from tests.show.test_html import View


def test_equal_readings_do_not_differ():
    found = ann.compare(ARTICLE, ARTICLE)
    assert found.differences == ()
    assert found.same_mentions == sum(1 for _ in ARTICLE.mentions())
    assert found.same_roles == len(ARTICLE.all_roles)
    assert "No differences." in found.to_html()


def test_each_difference_is_named_once():
    found = ann.compare(ARTICLE, OTHER)
    seen = {
        (d.what, TEXT[slice(*d.a_span)] if d.a_span else None, TEXT[slice(*d.b_span)] if d.b_span else None, d.a, d.b)
        for d in found.differences
    }
    assert seen == {
        ("mention", "مُحَمَّدٌ الطَّرابُلسيّ", None, "PER", None),  # missing
        ("role", "وزير الثقافة", "وزير الثقافة", "محمد الطرابلسي", ""),  # another holder
        ("mention", "NP", None, "ORG", None),  # missing
        ("mention", None, "Zarqa", None, "LOC"),  # one more
        ("mention", "NATO", "NATO", "ORG", "LOC"),  # another label
        ("mention", "بنغازي", "مكتب ببنغازي", "LOC", "LOC"),  # other bounds
    }
    assert [d.start for d in found.differences] == sorted(d.start for d in found.differences)
    assert found.same_mentions == 4
    assert found.same_roles == 1


def test_holders_are_the_same_by_their_mentions_whatever_their_ids():
    renamed = dataclasses.replace(
        ARTICLE,
        entities=tuple(
            dataclasses.replace(
                e, id="z" + e.id, roles=tuple(dataclasses.replace(r, holder="z" + e.id) for r in e.roles)
            )
            for e in ARTICLE.entities
        ),
    )
    assert ann.compare(ARTICLE, renamed).differences == ()


def test_spans_of_an_annotation():
    spans = [(m.start, m.end, "org") for m in COMPANY.mentions]
    found = ann.compare(ARTICLE, spans, names=("model", "gold"))
    assert found.same_mentions == len(spans)
    assert {d.what for d in found.differences} == {"mention"}, "spans say nothing of roles"
    assert ann.compare(spans, ARTICLE).same_mentions == len(spans)


def test_the_page_outlines_what_differs():
    page = ann.compare(ARTICLE, OTHER).to_html()
    seen = View(page)
    assert seen.text == TEXT * 2
    outlined = [a for a in seen.all("a") if "ann-only" in (a.get("class") or "").split()]
    assert len(outlined) == 4 + 3


def test_overlapping_spans_find_their_partners():
    """Same bounds first, then the first that shares a letter; each span at most once."""
    text = Article("ابجد هوز حطي كلمن سعفص")
    a = [(0, 8, "PER"), (9, 12, "ORG"), (13, 22, "LOC")]
    b = [(0, 4, "PER"), (5, 8, "PER"), (9, 12, "LOC"), (11, 17, "ORG")]
    found = ann.compare(ann.compare(text, a).b, ann.compare(text, b).b)
    pairs = [(d.a_span, d.b_span) for d in found.differences if d.what == "mention"]
    assert pairs == [((0, 8), (0, 4)), (None, (5, 8)), ((9, 12), (9, 12)), ((13, 22), (11, 17))]
    assert found.same_mentions == 0


def test_repr_is_short_and_it_pickles():
    found = ann.compare(ARTICLE, OTHER, names=("base", "fast"))
    assert repr(found) == "<Comparison of base and fast: same mentions 4, same roles 1, differences 6>"
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    ("a", "b", "message"),
    [
        (ARTICLE, Article(TEXT[:9] + "x"), "the texts differ from code point 9 on"),
        (ARTICLE, Article(TEXT + "x"), rf"the texts differ from code point {len(TEXT)} on: '' and 'x'"),
        ([], [], "both readings are spans"),
        (ARTICLE, [(0, 3, "MISC")], "the label of span 0:3 is 'MISC'; it is one of PER, ORG, LOC"),
        (ARTICLE, [(3, 3, "PER")], "the span 3:3 is empty"),
        (ARTICLE, [(0, 10_000, "PER")], "leaves the text"),
        (ARTICLE, [(0, 3)], r"a span is \(0, 3\); it takes \(start, end, label\)"),
    ],
)
def test_what_cannot_be_compared_is_refused(a, b, message):
    with pytest.raises(InputError, match=message):
        ann.compare(a, b)
