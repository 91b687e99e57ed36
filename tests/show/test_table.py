"""The table of a terminal."""

from __future__ import annotations

import dataclasses
import unicodedata

import pytest

from arabic_news_ner.show.table import table, width
from arabic_news_ner.types import Article, Entity, Mention
from tests.show.articles import ARTICLE

RLI, PDI = "\u2067", "\u2069"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("محمد", 4),
        ("مُحَمَّدٌ", 4),
        ("لا", 2),
        (f"{RLI}محمد{PDI}", 4),
        ("中国", 4),
        ("", 0),
        ("\u0600١٢", 3),
        ("NATO يعلن", 9),
    ],
)
def test_width_counts_what_is_seen(text, columns):
    assert width(text) == columns


def test_everything_is_there():
    shown = table(ARTICLE)
    for part in (
        ARTICLE.headline,
        ARTICLE.date,
        ARTICLE.source,
        *(e.name for e in ARTICLE.entities),
        "وزير الثقافة",
        "company",
        "4 mentions",
        "0.70",
        "OFFICES WITHOUT A NAME",
        "رئيسة شركة NovaPress الفرنسية",
    ):
        assert str(part) in shown


def test_columns_stand_one_under_the_other():
    """Counted in columns of the terminal, the second column starts at the same place in each row of a block."""
    names = ("سالم", "مُحَمَّدٌ الطَّرابُلسيّ", "NovaPress للنشر")
    entities = tuple(Entity(f"e{n}", "ORG", "company", name, (Mention(0, 1, "س"),)) for n, name in enumerate(names))
    rows = table(Article("س", entities=entities)).splitlines()[1:]
    assert {width(row[: row.index("company")]) for row in rows} == {width("NovaPress للنشر") + 4}


def test_each_arabic_cell_is_isolated():
    """So that a terminal that orders text by direction leaves the columns where they are."""
    for line in table(ARTICLE).splitlines():
        assert line.count(RLI) == line.count(PDI)
        outside, depth = "", 0
        for character in line:
            depth += (character == RLI) - (character == PDI)
            outside += character if depth == 0 and character != PDI else ""
        assert not [c for c in outside if unicodedata.bidirectional(c) in ("R", "AL")]


def test_a_name_cannot_steer_the_terminal():
    name = "سالم\x1b[2J\u202eبن\u2069 علي\nمحمد"
    article = Article("س", headline=name, entities=(Entity("e1", "PER", None, name, (Mention(0, 1, "س"),)),))
    shown = table(article)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert shown.count(RLI) == shown.count(PDI) == 2
    assert "سالم\ufffd[2Jبن علي محمد" in shown


def test_an_article_without_names():
    assert table(Article("نص")) == "No people, organizations or places found."
    assert table(dataclasses.replace(Article("نص"), headline="عنوان")) == f"{RLI}عنوان{PDI}"
