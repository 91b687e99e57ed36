"""Records placed on texts: attached letters, vowel signs, longest names, exclusions, holders of roles."""

from __future__ import annotations

import pytest

from benchmarks.alignment import align, occurrences


def found(form, text):
    return [text[o.start : o.end] for o in occurrences(form, text)]


@pytest.mark.parametrize(
    ("form", "text", "names"),
    [
        ("طرابلس", "طرابلس وطرابلس بطرابلس لطرابلس كطرابلس فبطرابلس", ["طرابلس"] * 6),
        ("طرابلس", "الطرابلسي طرابلسي وطرابلسية", []),
        ("المجلس الرئاسي", "للمجلس الرئاسي والمجلس الرئاسي", ["لمجلس الرئاسي", "المجلس الرئاسي"]),
        ("اللجنة", "للجنة ولللجنة", ["لجنة", "للجنة"]),
        ("محمد", "مُحَمَّد ومحمـــد", ["مُحَمَّد", "محمـــد"]),
        ("بغداد", "بغداد وبغداد", ["بغداد", "بغداد"]),
        ("لبنان", "لبنان ولبنان بلبنان", ["لبنان"] * 3),
        ("عبد الله", "عبد\nالله", ["عبد\nالله"]),
        ("هسبريس", "لـهسبريس", ["هسبريس"]),
        ("أوبك+", "«أوبك+» وأوبك", ["أوبك+"]),
        ("لا أحد", "زيد", []),
    ],
)
def test_occurrences(form, text, names):
    assert found(form, text) == names


def test_token_start_is_before_the_attached_letters():
    (where,) = occurrences("المجلس", "قرار وللمجلس")
    assert (where.token_start, where.start, where.end) == (5, 7, 12)


TEXT = "زار رئيس جامعة القاهرة سامي حداد القاهرة، ثم التقى حداد رامي حداد. والحداد ثلاثة أيام، وبالقاهرة حداد"
RECORD = {
    "id": "x",
    "per": [["سامي حداد", "حداد"], ["رامي حداد"]],
    "org": [["education", "جامعة القاهرة"]],
    "loc": [["city", "القاهرة"]],
    "role": [["رئيس جامعة القاهرة", "سامي حداد"]],
    "not": [["حداد", 4]],
}


def test_the_longest_name_wins_and_exclusions_hold():
    result = align(TEXT, RECORD)
    assert result.problems == ()
    names = [[TEXT[a:b] for a, b in e.spans] for e in result.annotation.entities]
    # "حداد": 1 in سامي حداد, 2 alone, 3 in رامي حداد, 4 the mourning at the end
    assert names == [["سامي حداد", "حداد"], ["رامي حداد"], ["جامعة القاهرة"], ["القاهرة", "القاهرة"]]
    (role,) = result.annotation.roles
    assert (TEXT[role.start : role.end], role.holder) == ("رئيس جامعة القاهرة", 0)


def test_records_that_do_not_fit_are_reported():
    record = {
        **RECORD,
        "loc": [["city", "القاهرة"], ["city", "طنطا"]],
        "role": [["رئيس جامعة القاهرة", "زيد"]],
        "not": [],
    }
    problems = "\n".join(align(TEXT, record).problems)
    assert "not in the text: طنطا" in problems
    assert "no mention is left for طنطا" in problems
    assert "no such person: زيد" in problems


def test_a_role_of_several_people_goes_to_the_nearest():
    text = "الوزير سامي والوزير رامي، وليس وزير"
    record = {"id": "x", "per": [["سامي"], ["رامي"]], "role": [["الوزير", "سامي"], ["الوزير", "رامي"]]}
    assert [r.holder for r in align(text, record).annotation.roles] == [0, 1]


def test_a_longer_role_covers_a_shorter_one():
    text = "وزير الخارجية الروسي ووزير الخارجية"
    record = {"id": "x", "role": [["وزير الخارجية", None], ["وزير الخارجية الروسي", None]]}
    assert [text[r.start : r.end] for r in align(text, record).annotation.roles] == [
        "وزير الخارجية الروسي",
        "وزير الخارجية",
    ]
