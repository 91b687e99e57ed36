"""Brackets and quotes at the edges of a span whose other half is outside."""

from __future__ import annotations

import pytest

from arabic_news_ner.mentions.spans import without_unmatched_signs
from tests.entities.markup import assemble, read


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ('الأحواز"', "الأحواز"),
        ('"الأحواز', "الأحواز"),
        ('"الأحواز"', '"الأحواز"'),
        ('حزب "القوات"', 'حزب "القوات"'),
        ("رواق “لاتوليي 21″", "رواق “لاتوليي 21″"),
        ("رئيس تحرير صحيفة النهر)", "رئيس تحرير صحيفة النهر"),
        ("المنظمة (", "المنظمة"),
        ("(المدى", "المدى"),
        ("شركة النهر (المحدودة)", "شركة النهر (المحدودة)"),
        ("«النهر» و«البحر", "«النهر» و«البحر"),
        ("»النهر«", "النهر"),
        ('"', '"'),
    ],
)
def test_edges(given, kept):
    text = f"قال {given} ذلك"
    start, end = without_unmatched_signs(text, 4, 4 + len(given))
    assert text[start:end] == kept


def test_a_mention_and_a_role_lose_them():
    case = read('قال {مدير الميناء)} [PER كريم الدهمان] إن تنظيم "[ORG الجبهة السمراء"] فعلها.')
    article = assemble(case.text, case.tagged)
    assert [role.text for role in article.roles] == ["مدير الميناء"]
    assert [m.text for e in article.entities if e.label == "ORG" for m in e.mentions] == ["الجبهة السمراء"]
