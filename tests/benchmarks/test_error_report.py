"""Each error in its group."""

from __future__ import annotations

import pytest

from arabic_news_ner.scoring.annotation import Annotation, NamedEntity, RoleSpan
from benchmarks.error_report import context, find_errors, report

TEXT = "زار وزير النقل سامي حداد وأخوه رامي مدينة صور الساحلية"


def at(form):
    return TEXT.index(form), TEXT.index(form) + len(form)


def entity(label, subtype, *forms):
    return NamedEntity(label, subtype, forms[0], tuple(map(at, forms)), frozenset(forms))


def note(*entities, roles=()):
    return Annotation("a", TEXT, entities, tuple(roles))


SAMI, RAMI, TYRE = entity("PER", None, "سامي حداد"), entity("PER", None, "رامي"), entity("LOC", "city", "صور")


@pytest.mark.parametrize(
    ("truth", "answer", "groups"),
    [
        (note(SAMI), note(SAMI), []),
        (note(SAMI), note(), ["missed"]),
        (note(), note(SAMI), ["spurious"]),
        (note(TYRE), note(entity("ORG", None, "صور")), ["wrong type"]),
        (note(SAMI), note(entity("PER", None, "سامي")), ["wrong bounds"]),
        (note(SAMI), note(entity("ORG", None, "سامي")), ["wrong type and bounds"]),
        (note(SAMI), note(entity("PER", None, "سامي"), entity("PER", None, "حداد")), ["spurious", "wrong bounds"]),
        (note(TYRE), note(entity("LOC", "region", "صور")), ["wrong subtype"]),
        (note(entity("PER", None, "سامي حداد", "رامي")), note(SAMI, RAMI), ["one entity taken apart"]),
        (note(SAMI, RAMI), note(entity("PER", None, "سامي حداد", "رامي")), ["several entities taken for one"]),
    ],
)
def test_groups(truth, answer, groups):
    assert [e.group for e in find_errors(truth, answer)] == groups


def test_another_canonical_name():
    truth, answer = entity("PER", None, "سامي حداد", "رامي"), entity("PER", None, "رامي", "سامي حداد")
    (error,) = find_errors(note(truth), note(answer))
    assert (error.group, error.detail) == ("other canonical name", "سامي حداد → رامي")


def test_roles():
    minister, short = RoleSpan(*at("وزير النقل"), 0), RoleSpan(*at("وزير"), 0)
    people = (SAMI, RAMI)

    def groups(wanted, found):
        return [(e.group, e.detail) for e in find_errors(note(*people, roles=wanted), note(*people, roles=found))]

    assert groups([minister], [minister]) == []
    assert groups([minister], []) == [("role missed", "role")]
    assert groups([], [minister]) == [("role spurious", "role")]
    assert groups([minister], [short]) == [("role with wrong bounds", "role → role: وزير")]
    for holder, name in ((1, "رامي"), (None, "not named")):
        other = RoleSpan(minister.start, minister.end, holder)
        assert groups([minister], [other]) == [("role with wrong holder", f"سامي حداد → {name}")]


def test_the_report_counts_and_shows():
    lines = report([note(SAMI, TYRE)], [note(SAMI)]).splitlines()
    assert "== missed: 1 ==" in lines
    assert "== spurious: 0 ==" in lines
    assert "a\tLOC\tر وزير النقل سامي حداد وأخوه رامي مدينة ⟦صور⟧ الساحلية" in lines


def test_context_is_one_line_of_forty_characters_each_way():
    text = "أ" * 50 + "\nبغداد\t" + "ب" * 50
    assert context(text, 51, 56) == "أ" * 39 + " ⏎ ⟦بغداد⟧ " + "ب" * 39
