"""The measures of annotated texts, worked out by hand on one short article."""

from __future__ import annotations

import pytest

from arabic_news_ner.scoring.annotation import Annotation, MentionKey, NamedEntity, RoleSpan
from arabic_news_ner.scoring.measures import (
    fold_name,
    match_entities,
    score_attached_roles,
    score_entity_lists,
    score_mentions,
    score_roles,
    score_subtypes,
    scored_holders,
    scored_mentions,
    spellings,
)

TEXT = "قال وزير النقل سامي حداد إن رئيس المجلس البلدي رامي حداد زار طرابلس. وأكد سامي أن للمجلس البلدي خطة"


def entity(label, subtype, *forms, spans):
    return NamedEntity(label, subtype, forms[0], tuple(spans), frozenset(forms))


def at(form, occurrence=1):
    start = -1
    for _ in range(occurrence):
        start = TEXT.index(form, start + 1)
    return start, start + len(form)


SAMI, RAMI, COUNCIL, TRIPOLI = range(4)
GOLD = Annotation(
    "a",
    TEXT,
    (
        entity("PER", None, "سامي حداد", "سامي", spans=[at("سامي حداد"), at("سامي", 2)]),
        entity("PER", None, "رامي حداد", spans=[at("رامي حداد")]),
        entity("ORG", "government", "المجلس البلدي", spans=[at("المجلس البلدي"), at("لمجلس البلدي", 2)]),
        entity("LOC", "city", "طرابلس", spans=[at("طرابلس")]),
    ),
    (RoleSpan(*at("وزير النقل"), SAMI), RoleSpan(*at("رئيس المجلس البلدي"), RAMI)),
)


def answer(entities, roles=(), scores=None):
    return Annotation("a", TEXT, tuple(entities), tuple(roles), scores or {})


def test_the_truth_scores_one_on_everything():
    for scores in (score_mentions, score_entity_lists, score_subtypes):
        assert {s.f1 for s in scores([GOLD], [GOLD]).values()} == {1.0}
    assert score_roles([GOLD], [GOLD]).f1 == score_attached_roles([GOLD], [GOLD]).f1 == 1


def test_an_empty_answer_scores_zero():
    empty = answer([])
    for scores in (score_mentions, score_entity_lists):
        assert scores([GOLD], [empty])["all"].f1 == 0
    assert score_roles([GOLD], [empty]).recall == 0


def test_mentions_need_both_bounds_and_the_label():
    start, end = at("طرابلس")
    found = answer(
        [
            GOLD.entities[SAMI],  # 2 right
            entity("ORG", None, "رامي حداد", spans=[at("رامي حداد")]),  # wrong label
            entity("LOC", None, "طرابل", spans=[(start, end - 1)]),  # wrong end
        ]
    )
    scores = score_mentions([GOLD], [found])
    assert (scores["all"].hits, scores["all"].found, scores["all"].wanted) == (2, 4, 6)
    assert scores["all"].f1 == pytest.approx(2 * 2 / (4 + 6))
    assert (scores["PER"].precision, scores["PER"].recall) == (1, pytest.approx(2 / 3))
    assert scores["LOC"].f1 == 0


def test_scores_are_summed_before_they_are_divided():
    scores = score_mentions([GOLD, GOLD], [GOLD, answer([])])
    assert (scores["all"].precision, scores["all"].recall) == (1, 0.5)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("عبد الله", "عبدالله", True),
        ("المجلس  الرئاسي", "المجلس الرئاسي", True),
        ("مُحَمَّد", "محمد", True),
        ("الجـــزيرة", "الجزيرة", True),
        ("علي\u200f", "علي", True),
        ("أحمد", "احمد", False),
        ("علي", "على", False),
        ("طرابلس", "وطرابلس", False),
    ],
)
def test_folding_takes_away_what_is_not_seen_and_nothing_else(one, other, same):
    assert (fold_name(one) == fold_name(other)) is same


def test_a_name_after_an_attached_lam_is_the_same_name():
    assert "لمجلسالبلدي" in spellings("المجلس البلدي")
    assert spellings("طرابلس") == {"طرابلس"}
    found = answer([entity("ORG", "government", "لمجلس البلدي", spans=[at("لمجلس البلدي", 2)])])
    assert score_entity_lists([GOLD], [found])["ORG"].f1 == 1


def test_entity_list_wants_the_canonical_name_or_any_form():
    found = answer(
        [
            entity("PER", None, "سامي", spans=[at("سامي", 2)]),  # a form, not the canonical name
            entity("PER", None, "رامي حداد", spans=[at("رامي حداد")]),
            entity("LOC", "city", "النقل", spans=[at("النقل")]),  # no entity
        ]
    )
    strict = score_entity_lists([GOLD], [found])
    lenient = score_entity_lists([GOLD], [found], any_form=True)
    assert (strict["all"].hits, strict["all"].found, strict["all"].wanted) == (1, 3, 4)
    assert (lenient["all"].hits, lenient["all"].found, lenient["all"].wanted) == (2, 3, 4)
    assert strict["PER"].f1 == 0.5
    assert lenient["PER"].f1 == 1


def test_one_true_entity_is_not_found_twice():
    twice = [entity("LOC", "city", "طرابلس", spans=[at("طرابلس")])] * 2
    scores = score_entity_lists([GOLD], [answer(twice)])["LOC"]
    assert (scores.hits, scores.found, scores.wanted) == (1, 2, 1)


def test_entities_pair_so_that_most_are_found():
    # "حداد" is a form of both; the answer that can only be the first must not be robbed of it.
    gold = [
        entity("PER", None, "سامي حداد", "حداد", spans=[]),
        entity("PER", None, "رامي حداد", "حداد", spans=[]),
    ]
    found = [entity("PER", None, "حداد", spans=[]), entity("PER", None, "سامي حداد", spans=[])]
    assert match_entities(gold, found, any_form=True) == [(0, 1), (1, 0)]
    assert match_entities(gold, found) == [(0, 1)]


def test_the_label_must_be_right_in_the_entity_list():
    found = answer([entity("ORG", "government", "طرابلس", spans=[at("طرابلس")])])
    assert score_entity_lists([GOLD], [found])["all"].hits == 0


def test_subtypes_are_asked_of_entities_found():
    found = answer(
        [
            entity("ORG", "company", "المجلس البلدي", spans=[at("المجلس البلدي")]),
            entity("LOC", "city", "طرابلس", spans=[at("طرابلس")]),
            entity("PER", None, "رامي حداد", spans=[at("رامي حداد")]),
        ]
    )
    scores = score_subtypes([GOLD], [found])
    assert (scores["all"].hits, scores["all"].wanted) == (1, 2)
    assert (scores["ORG"].precision, scores["LOC"].precision) == (0, 1)
    assert "PER" not in scores


def test_roles_need_both_bounds_and_attached_ones_the_holder():
    minister, mayor = GOLD.roles
    people = GOLD.entities[:2]
    swapped = answer(people, [RoleSpan(minister.start, minister.end, RAMI), RoleSpan(mayor.start, mayor.end, RAMI)])
    assert score_roles([GOLD], [swapped]).f1 == 1
    assert score_attached_roles([GOLD], [swapped]).f1 == 0.5
    short = answer(people, [RoleSpan(minister.start, minister.end - 1, SAMI)])
    assert score_roles([GOLD], [short]).f1 == 0
    nobody = answer(people, [RoleSpan(minister.start, minister.end, None)])
    assert score_roles([GOLD], [nobody]).precision == 1
    assert score_attached_roles([GOLD], [nobody]).hits == 0


def test_a_holder_who_is_not_named_is_a_holder_like_another():
    unnamed = Annotation("a", TEXT, GOLD.entities, (RoleSpan(*at("وزير النقل"), None),))
    right = answer(GOLD.entities, [RoleSpan(*at("وزير النقل"), None)])
    wrong = answer(GOLD.entities, [RoleSpan(*at("وزير النقل"), SAMI)])
    assert score_attached_roles([unnamed], [right]).f1 == 1
    assert score_attached_roles([unnamed], [wrong]).f1 == 0


def test_the_holder_is_the_person_who_shares_most_mentions():
    minister = GOLD.roles[0]
    # Both people run together: most mentions are Sami's, so the entity stands for Sami.
    merged = entity("PER", None, "سامي حداد", spans=[at("سامي حداد"), at("سامي", 2), at("رامي حداد")])
    assert score_attached_roles([GOLD], [answer([merged], [RoleSpan(minister.start, minister.end, 0)])]).hits == 1
    # A person who is none of the truth holds nothing rightly.
    stranger = entity("PER", None, "وزير", spans=[at("وزير")])
    assert score_attached_roles([GOLD], [answer([stranger], [RoleSpan(minister.start, minister.end, 0)])]).hits == 0


def test_scored_mentions_say_which_are_right():
    right, wrong = MentionKey(*at("طرابلس"), "LOC"), MentionKey(*at("النقل"), "ORG")
    found = answer(
        [entity("LOC", None, "طرابلس", spans=[at("طرابلس")]), entity("ORG", None, "النقل", spans=[at("النقل")])],
        scores={right: 0.9, wrong: 0.4},
    )
    assert sorted(scored_mentions([GOLD], [found])) == [(0.4, False), (0.9, True)]


def test_scored_holders_say_which_are_right():
    people = [
        entity("PER", None, "سامي حداد", spans=[at("سامي حداد")]),
        entity("LOC", None, "طرابلس", spans=[at("طرابلس")]),
    ]
    minister, head = at("وزير النقل"), at("رئيس المجلس البلدي")
    roles = [RoleSpan(*minister, 0, 0.9), RoleSpan(*head, None, 0.6), RoleSpan(*head, 0), RoleSpan(*at("وزير"), 0, 0.8)]
    # the cut phrase and the holder without a score do not count
    assert sorted(scored_holders([GOLD], [answer(people, roles)])) == [(0.6, False), (0.9, True)]
    unnamed = Annotation("a", TEXT, GOLD.entities, (RoleSpan(*head, None),))
    assert scored_holders([unnamed], [answer(people, roles)]) == [(0.6, True)]


def test_unequal_numbers_of_texts_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        score_mentions([GOLD, GOLD], [GOLD])
