"""Missed places: which of them the knowledge base knows, and what else it would find."""

from __future__ import annotations

from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.scoring.annotation import Annotation, NamedEntity
from benchmarks.missed_places import further_names, missed_places, report

TEXT = "وصل سامي حداد إلى القاهرة ثم زار عزبة الكمنجاتي وبغداد"
KNOWLEDGE = Knowledge.load()


def note(*rows):
    entities = []
    for label, form in rows:
        start = TEXT.index(form)
        entities.append(NamedEntity(label, None, form, ((start, start + len(form)),), frozenset({form})))
    return Annotation("a", TEXT, tuple(entities))


TRUTH = note(("PER", "سامي حداد"), ("LOC", "القاهرة"), ("LOC", "عزبة الكمنجاتي"), ("LOC", "بغداد"))


def test_a_place_found_with_other_bounds_or_label_is_missed():
    answer = note(("LOC", "القاهرة ثم"), ("ORG", "بغداد"), ("LOC", "عزبة الكمنجاتي"))
    assert [(m.form, bool(m.known_as)) for m in missed_places(TRUTH, answer, KNOWLEDGE)] == [
        ("القاهرة", True),
        ("بغداد", True),
    ]


def test_an_invented_place_is_not_known():
    (missed,) = missed_places(TRUTH, note(("LOC", "القاهرة"), ("LOC", "بغداد")), KNOWLEDGE)
    assert (missed.form, missed.known_as) == ("عزبة الكمنجاتي", ())


def test_further_names_stand_outside_all_mentions():
    assert further_names(TRUTH, TRUTH, KNOWLEDGE) == []
    assert "القاهرة" in further_names(note(), note(("LOC", "بغداد")), KNOWLEDGE)


def test_the_report_counts():
    missed = [*missed_places(TRUTH, note(), KNOWLEDGE)]
    assert report(missed, ["السلام", "السلام"], 3).splitlines() == [
        "3 places annotated, 3 missed (3 forms)",
        "2 of the missed (66.7 %, 2 forms) are names of the knowledge base",
        "2 other stretches of words (1 forms) are such names, too, and no places in the text",
    ]
