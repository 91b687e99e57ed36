"""The golden articles themselves: every record fits its text."""

from __future__ import annotations

from arabic_news_ner.types import SUBTYPES
from tests.golden.conftest import IDS, load


def test_eighteen_articles_of_eighteen_styles():
    articles = load("articles.jsonl")
    assert list(articles) == list(load("records.jsonl")) == IDS
    assert len({article["style"] for article in articles.values()}) == len(IDS)
    assert all(75 <= len(str(article["text"]).split()) <= 300 for article in articles.values())


def test_every_form_and_every_role_is_in_its_text(alignments):
    assert {name: gold.problems for name, (_, gold) in alignments.items() if gold.problems} == {}


def test_every_form_is_used(alignments):
    for name, (_, gold) in alignments.items():
        for entity in gold.annotation.entities:
            texts = {gold.annotation.text[a:b] for a, b in entity.spans}
            unused = {f for f in entity.forms if f not in texts and f.replace("ال", "ل", 1) not in texts}
            assert not unused, f"{name}: {entity.name}"


def test_subtypes_are_those_of_the_library(alignments):
    for name, (_, gold) in alignments.items():
        for entity in gold.annotation.entities:
            assert entity.subtype in (SUBTYPES[entity.label] or (None,)), f"{name}: {entity.name}"


def test_no_form_belongs_to_two_entities(alignments):
    for name, (_, gold) in alignments.items():
        forms = [form for entity in gold.annotation.entities for form in entity.forms]
        assert len(forms) == len(set(forms)), name
