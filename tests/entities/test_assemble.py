"""Mentions to entities and roles to holders: hand-marked texts with the entities that must come out."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner import InputError
from arabic_news_ner.keywords import match_keywords
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.page.header import read_header
from arabic_news_ner.pipeline import Resources, run
from arabic_news_ner.tagging.protocol import Tagged, TaggedMention, TaggedRole
from tests.entities.markup import assemble, prepare, read, rows


def listed(assembled):
    """``LABEL name = form + form`` for each entity, in the order of first mentions."""
    ordered = sorted(assembled.entities, key=lambda e: e.mentions[0].start)
    return "; ".join(f"{e.label} {e.name} = {' + '.join(m.text for m in e.mentions)}" for e in ordered)


@pytest.mark.parametrize(("rule", "marked", "wanted"), rows("articles.tsv"), ids=lambda v: v if len(v) < 40 else "")
def test_entities(rule, marked, wanted):
    case = read(marked)
    article = assemble(case.text, case.tagged)
    assert listed(article) == wanted
    spans = {(m.start, m.end) for e in article.entities for m in e.mentions}
    assert spans >= set(case.expected)
    given = {(m.start, m.end) for m in case.tagged.mentions}
    added = {span for span in spans if not any(a < span[1] and span[0] < b for a, b in given)}
    if case.expected:
        assert added == set(case.expected), "the second look must add these mentions and no others"


@pytest.mark.parametrize(("rule", "marked", "wanted"), rows("roles.tsv"), ids=lambda v: v if len(v) < 40 else "")
def test_holders(rule, marked, wanted):
    case = read(marked)
    found = assemble(case.text, case.tagged)
    names = {e.id: e.name for e in found.entities}
    roles = found.roles
    assert "; ".join(f"{r.text} => {names.get(r.holder, '-')}" for r in roles) == wanted


def test_organization_and_place_of_a_role():
    case = read(
        "قال {عضو [ORG المجلس الرئاسي]} [PER عبد الله اللافي] و{سفير [LOC روسيا] لدى [LOC ليبيا]} [PER إيفان بيتروف] ذلك."
    )
    found = assemble(case.text, case.tagged)
    by_name = {e.name: e for e in found.entities}
    (member,) = by_name["عبد الله اللافي"].roles
    (ambassador,) = by_name["إيفان بيتروف"].roles
    assert (member.organization, member.place) == (by_name["المجلس الرئاسي"].id, None)
    assert (ambassador.organization, ambassador.place) == (None, by_name["روسيا"].id)
    assert by_name["إيفان بيتروف"].is_official
    assert not by_name["روسيا"].is_official


def test_every_merge_says_why():
    case = read("قالت [ORG منظمة الصحة العالمية] ([ORG WHO]) ذلك لـ[PER سمير حداد]. وشكرها [PER حداد].")
    found = assemble(case.text, case.tagged)
    for entity in found.entities:
        others = {m.text for m in entity.mentions} - {entity.name}
        assert {form for form, _ in entity.merges} == others
        for form, reason in entity.merges:
            assert f"{form}: {reason}" in entity.explain()


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("أعلنت [ORG:party وزارة الصحة] ذلك.", "government"),
        ("هبط في [LOC:city مطار معيتيقة] أمس.", "facility"),
        ("زار ولاية [LOC:city سنار] أمس.", "region"),
        ("نشرت صحيفة [ORG:company الصباح] الخبر.", "media"),
        ("أعلنت [ORG:company سابك] أرباحها.", "company"),
    ],
)
def test_subtypes_come_from_name_and_noun_and_else_from_the_tagger(marked, kind):
    case = read(marked)
    (entity,) = assemble(case.text, case.tagged).entities
    assert entity.subtype == kind


def test_salience_follows_headline_opening_frequency_and_office():
    plain = (
        "[PER كمال سعيد] يصل إلى [LOC تونس]\nوصل {وزير الثقافة} [PER كمال سعيد] اليوم.\nوذكر أحدهم [PER علي عمر] مرة."
    )
    found = {e.name: e.salience for e in assemble(*_parts(plain)).entities}
    assert found["كمال سعيد"] > found["تونس"] > found["علي عمر"] > 0
    # 0.35 headline + 0.15 opening + 0.40 (1 - 0.75 ** 2) + 0.10 (1 - 0.5)
    assert found["كمال سعيد"] == pytest.approx(0.35 + 0.15 + 0.4 * (1 - 0.75**2) + 0.05, abs=1e-4)


def _parts(marked):
    case = read(marked)
    return case.text, case.tagged


@given(st.integers(1, 6), st.integers(0, 3))
def test_salience_never_falls_with_a_further_mention_or_role(mentions, roles):
    def value(m, r):
        text = (
            "بدأ اليوم عمل جديد.\n" + " ثم عاد [PER سمير حداد] إلى العمل." * m + " قال {وزير} [PER سمير حداد] نعم." * r
        )
        return assemble(*_parts(text)).entities[0].salience

    assert 0 <= value(mentions, roles) <= value(mentions + 1, roles) <= 1
    assert value(mentions, roles) <= value(mentions, roles + 1) <= 1


@pytest.mark.parametrize("tagged", [
    Tagged((TaggedMention(0, 99, "PER"),)),
    Tagged((TaggedMention(3, 3, "PER"),)),
    Tagged((), (TaggedRole(-1, 2),)),
])  # fmt: skip
def test_bounds_outside_the_text_are_refused(tagged):
    with pytest.raises(InputError, match="does not lie in a text of"):
        assemble(prepare("نص قصير"), tagged)


@pytest.mark.parametrize(("found", "message"), [
    (TaggedMention(0, 2, "GPE"), "label 'GPE' is none of PER, ORG, LOC"),
    (TaggedMention(0, 2, "ORG", "city"), "subtype 'city'; ORG has government, military"),
    (TaggedMention(0, 2, "PER", "company"), "subtype 'company'; PER has none"),
    (TaggedMention(0, 2, "LOC", "city", 1.5), "score 1.5 is no probability"),
    (TaggedMention(0, 2, "LOC", "city", float("nan")), "score nan is no probability"),
    (TaggedRole(0, 2, "last"), "holder 'last' is none of next, previous"),
    (TaggedRole(0, 2, "next", -0.1), "score -0.1 is no probability"),
])  # fmt: skip
def test_unknown_values_are_refused(found, message):
    tagged = Tagged((found,)) if isinstance(found, TaggedMention) else Tagged((), (found,))
    with pytest.raises(InputError, match=message):
        assemble(prepare("نص قصير"), tagged)


WORDS = ["زار", "محمد", "الحداد", "وطرابلس", "بطرابلس", "للمجلس", "المجلس", "،", ".", "\n", "قال", "علي", "مجلس النواب"]


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.data())
def test_whatever_a_tagger_says_mentions_are_apart_and_read_from_the_text(words, data):
    text = prepare(" ".join(words))
    size = len(text.tokens)
    mentions = []
    for _ in range(data.draw(st.integers(0, 6)) if size else 0):
        a = data.draw(st.integers(0, size - 1))
        b = min(size, a + data.draw(st.integers(1, 3)))
        label = data.draw(st.sampled_from(["PER", "ORG", "LOC"]))
        mentions.append(TaggedMention(text.tokens[a].start, text.tokens[b - 1].end, label, None, 0.8))
    found = assemble(text, Tagged(tuple(mentions)))
    spans = sorted((m.start, m.end) for e in found.entities for m in e.mentions)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert len({e.id for e in found.entities}) == len(found.entities)
    for entity in found.entities:
        assert entity.name
        for mention in entity.mentions:
            assert text.text[mention.start : mention.end] == mention.text
    if len({m.start for m in mentions}) == len(mentions):  # of two that begin at one place the first given wins
        again = assemble(text, Tagged(tuple(reversed(mentions))))
        assert {(e.label, e.name) for e in again.entities} == {(e.label, e.name) for e in found.entities}


def test_keywords_are_matched_to_entities():
    case = read(
        "التقى [PER محمد المنفي] و[PER عبد الله اللافي] وفد [ORG المجلس الرئاسي الليبي] في [LOC طرابلس]. وقال [PER اللافي] نعم."
    )
    entities = assemble(case.text, case.tagged).entities
    ids = {e.name: e.id for e in entities}
    wanted = {
        "طرابلس": "طرابلس",
        "عبدالله اللافي": "عبد الله اللافي",
        "اللافي": "عبد الله اللافي",
        "محمد يونس المنفي": "محمد المنفي",
        "المجلس الرئاسي": "المجلس الرئاسي الليبي",
        "بنغازي": None,
        "محمد": None,
        "": None,
    }
    assert match_keywords(wanted, entities, Lexicon.load()) == tuple(ids.get(name) for name in wanted.values())


@pytest.mark.parametrize(("least", "names", "phrases"), [(0.0, 2, 2), (0.95, 1, 1)])
def test_what_the_rules_add_keeps_to_the_least_score(least, names, phrases):
    """``بغداد`` and the first office are given with 0.97; the listed organization gets 0.9, the repeated office less."""
    text = "قال مدير الميناء في بغداد إن المنظمة الدولية للهجرة وصلت، وأكد مدير الميناء ذلك."
    office, place = "مدير الميناء", "بغداد"
    tagged = Tagged(
        (TaggedMention(text.index(place), text.index(place) + len(place), "LOC", None, 0.97),),
        (TaggedRole(text.index(office), text.index(office) + len(office), None, 0.97),),
    )
    state = run(prepare(text), tagged, read_header(text), Resources.load(), least)
    assert (len(state.entities), len(state.roles)) == (names, phrases)
