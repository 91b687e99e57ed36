"""Sentences that users reported, and others of the same kind: all entities that the built-in model gives, with their links."""

from __future__ import annotations

import csv
import re

import pytest

from tests.entities.markup import DATA

ENTITY = re.compile(r"(PER|ORG|LOC) ([^;(]+?)(?: \((\S+)\))?(?:; |$)")


OPEN = pytest.mark.xfail(reason="see docs/known-faults.md", strict=True)


def cases():
    with open(DATA / "reported.tsv", encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            pytest.param(*row, marks=[OPEN] if row[0].startswith("open") else [])
            for row in rows
            if row and not row[0].startswith("#")
        ]


@pytest.mark.parametrize(("kind", "text", "wanted"), cases())
def test_all_entities_of_a_reported_sentence(extractor, kind, text, wanted):
    expected = ENTITY.findall(wanted)
    found = sorted(extractor.extract(text).entities, key=lambda e: e.mentions[0].start)
    assert [(e.label, e.name) for e in found] == [(label, name) for label, name, _ in expected], kind
    for entity, (_, _, link) in zip(found, expected, strict=True):
        if link:
            first = entity.links[0]
            assert f"{first.kb}:{first.id}" == link


def test_vowel_signs_decide_the_subtype(extractor):
    article = extractor.extract("وصل الوفد إلى عَمّان ثم سافر إلى عُمان.")
    assert {place.name: place.subtype for place in article.places} == {"عَمّان": "city", "عُمان": "country"}
