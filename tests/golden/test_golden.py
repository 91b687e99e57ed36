"""The built-in model on the golden articles: accuracy over all of them, and what must hold in each of them.

The floors are the figures of ``benchmarks/eval_baseline.json``, which names the SHA-256 of the articles they were measured on;
``python -m benchmarks.eval_gate --update`` pins better ones.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from arabic_news_ner import Article
from arabic_news_ner.scoring.measures import score_mentions
from benchmarks import eval_gate

BASELINE = json.loads(eval_gate.BASELINE.read_text(encoding="utf-8"))
GOLDEN = BASELINE["sets"]["golden"]
#: F1 of the mentions of the weakest article, in points: ``g13``, headlines without a verb.
WEAKEST_ARTICLE = 75.0


@pytest.fixture(scope="module")
def sides(golden):
    """(the truth, the answers) of all golden articles."""
    return [g.gold.annotation for g in golden.values()], [g.answer for g in golden.values()]


def shortfalls(sides):
    return eval_gate.shortfalls(GOLDEN["figures"]["base"], eval_gate.figures_of(*sides), BASELINE["tolerance"])


def test_the_floors_were_measured_on_these_articles():
    paths = eval_gate.files_of("golden", GOLDEN, None)
    assert eval_gate.digest(paths) == GOLDEN["sha256"], "run: python -m benchmarks.eval_gate --update"


def test_no_figure_falls(sides):
    assert shortfalls(sides) == []


def test_every_floor_stops_answers_without_an_entity(sides):
    nothing = [replace(answer, entities=(), roles=()) for answer in sides[1]]
    assert len(shortfalls((sides[0], nothing))) == len(GOLDEN["figures"]["base"])


def test_each_article_is_read(one):
    assert 100 * score_mentions([one.gold.annotation], [one.answer])["all"].f1 >= WEAKEST_ARTICLE


def test_offsets_are_those_of_the_text_that_was_passed(one):
    article = one.article
    assert article.text == one.gold.annotation.text
    parts = [*article.tokens, *article.sentences, *article.roles]
    for entity in article.entities:
        assert entity.mentions
        parts += [*entity.mentions, *entity.roles]
    for part in parts:
        assert 0 <= part.start < part.end <= len(article.text)
        assert article.text[part.start : part.end] == part.text
        assert part.text == part.text.strip()


def test_mentions_stand_apart_and_in_order(one):
    mentions = [mention for mention, _ in one.article.mentions()]
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for entity in one.article.entities:
        assert list(entity.mentions) == sorted(entity.mentions, key=lambda m: m.start)


def test_no_mention_has_the_letters_attached_to_a_name(one):
    attached = [(p.where.token_start, p.where.start) for p in one.gold.mentions if p.where.token_start < p.where.start]
    wrong = [m.text for m, _ in one.article.mentions() if any(a <= m.start < b for a, b in attached)]
    assert wrong == []


def test_no_mention_begins_or_ends_with_a_sign(one):
    wrong = [m.text for m, _ in one.article.mentions() if m.text[0] in "«“\"'(،.-–:" or m.text[-1] in "»”\"'(،.-–:"]
    assert wrong == []


def test_entities_are_complete_and_of_one_label(one):
    article = one.article
    assert len({entity.id for entity in article.entities}) == len(article.entities)
    assert [*article.people, *article.organizations, *article.places] == sorted(
        article.entities, key=lambda e: ("PER", "ORG", "LOC").index(e.label)
    )
    salience = [entity.salience for entity in article.entities]
    assert salience == sorted(salience, reverse=True)
    assert all(0 <= value <= 1 for value in salience)
    ids = {entity.id for entity in article.entities}
    for entity in article.entities:
        assert all(role.holder == entity.id for role in entity.roles)
        assert all({role.organization, role.place} <= ids | {None} for role in entity.roles)
    assert all(role.holder is None for role in article.roles)


def test_one_entity_has_one_name_in_the_list(one):
    names = [(entity.label, entity.name) for entity in one.article.entities]
    assert len(names) == len(set(names))


def test_people_of_different_full_names_are_different_people(one):
    """``سالم الدوسري`` and ``ناصر الدوسري`` are two, however the article calls them later."""
    full_names = {entity.name for entity in one.gold.annotation.entities if entity.label == "PER"}
    for person in one.article.people:
        assert len(full_names & set(person.forms)) <= 1


def test_a_second_reading_gives_the_same(one, extractor):
    assert extractor.extract(one.article.text) == one.article


def test_json_and_back(one):
    assert Article.from_json(one.article.to_json()) == one.article
