"""Articles written for the project, annotated by hand: what the formats of other tools must carry there and back."""

from __future__ import annotations

import pytest

from arabic_news_ner.export.build import NameSpan, OfficeSpan, build_article
from arabic_news_ner.scoring.annotation import from_article

#: An emoji before every name (offsets in UTF-16 differ from here on), a name inside a word, a role inside a role.
TEXT = (
    "🇱🇾 وزير الصناعة سالم الورفلي: نائب رئيس شركة الواحة كامل بن حسين زار سرت\n"
    "وأكد الورفلي لرويترز أن سرت وسالم الشريف ينتظران. وقال سالم آخر إن متحدثا باسم البلدية غاب"
)


def place(form, occurrence=1, text=TEXT):
    start = -1
    for _ in range(occurrence):
        start = text.index(form, start + 1)
    return start, start + len(form)


@pytest.fixture
def gold():
    names = [
        NameSpan(*place("سالم الورفلي"), "PER", "e1", None, "سالم عمر الورفلي"),  # the canonical name is no form
        NameSpan(*place("الورفلي", 2), "PER", "e1"),
        NameSpan(*place("كامل بن حسين"), "PER", "e2"),
        NameSpan(*place("شركة الواحة"), "ORG", "e3", "company"),
        NameSpan(*place("سرت"), "LOC", "e4", "city"),
        NameSpan(*place("سرت", 2), "LOC", "e4", "city"),
        NameSpan(*place("رويترز"), "ORG", "e5", "media"),  # ل stands before it in one word
        NameSpan(*place("سالم", 2), "PER", "e6"),  # two people of one form
        NameSpan(*place("سالم", 3), "PER", "e7"),
    ]
    roles = [
        OfficeSpan(*place("وزير الصناعة"), 0),
        OfficeSpan(*place("نائب رئيس شركة الواحة"), 2),
        OfficeSpan(*place("رئيس شركة الواحة"), None),  # inside the other
        OfficeSpan(*place("متحدثا باسم البلدية"), None),
    ]
    return build_article(TEXT, names, roles, where="gold")


def same(one, other):
    """Equal in everything that an annotation says: text, entities with label, subtype, name and bounds, roles, holders."""
    a, b = from_article("x", one), from_article("x", other)
    return (
        a.text == b.text
        and sorted((e.label, e.subtype or "", e.name, e.spans) for e in a.entities)
        == sorted((e.label, e.subtype or "", e.name, e.spans) for e in b.entities)
        and held(one) == held(other)
    )


def held(article):
    """(start, end, bounds of the holder's mentions) of each role."""
    spans = {e.id: tuple((m.start, m.end) for m in e.mentions) for e in article.entities}
    found = [(r.start, r.end, spans[e.id]) for e in article.entities for r in e.roles]
    return sorted([*found, *((r.start, r.end, ()) for r in article.roles)])
