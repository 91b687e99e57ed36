"""Each linguistic rule has a case that only it saves and one that it must leave alone: switching a rule off fails its case.

The cases are in ``tests/data/rules/cases.tsv``, with invented names so that no table saves them too.
"""

from __future__ import annotations

import csv
import importlib
import pkgutil
import sys
from collections import Counter
from pathlib import Path

import pytest

import arabic_news_ner
from arabic_news_ner.coref import organization_match, person_match
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.roles import rules as role_rules
from arabic_news_ner.roles.status import status_of
from arabic_news_ner.text.words import fold, split_words
from tests.entities.markup import assemble, read

CASES = Path(__file__).resolve().parent.parent / "data" / "rules" / "cases.tsv"
PARTS = ("text", "lexicon", "mentions", "coref", "roles")
LEXICON = Lexicon.load()


def nothing(*_args, **_kwargs):
    return None


def never(*_args, **_kwargs):
    return False


def zero(*_args, **_kwargs):
    return 0


def empty(*_args, **_kwargs):
    return set()


def second(_index, found, *_args, **_kwargs):
    """A rule over all mentions that changes none."""
    return list(found)


def whole(_index, role, *_args, **_kwargs):
    """A rule that cuts a role cuts nothing."""
    return role


def alone(_index, role, *_args, **_kwargs):
    """A rule that splits a role splits none."""
    return [role]


def same(value, *_args, **_kwargs):
    return value


#: Module -> rule -> what stands for it where it is switched off. Every rule of the package is here.
RULES = {
    "mentions.rescan_filters": dict.fromkeys(
        ("unmatched_quotes", "preposition", "in_hashtag", "common_with_prefix", "accusative_adjective",
         "adjective_of_country", "field_of_office", "named_after"), never),
    "mentions.normalize": {
        "after_noun": never,
        **dict.fromkeys(
            ("form_of_article", "uncut_in_article", "own_first_letter", "l_before_given_name", "letters_left"), nothing),
    },
    "mentions.triggers": {
        **dict.fromkeys(("bare_noun", "single_letter", "adjective", "_ends_in_pronoun"), never),
        **dict.fromkeys(("apply_triggers", "add_latin_names", "people_among_places",
                         "places_among_people", "add_places", "add_acronyms", "add_known_people", "add_unmistakable"), second),
    },
    "mentions.boundaries": dict.fromkeys(
        ("extend_ends", "trim_ends", "add_first_parts", "join_halves", "split_towns", "add_head_nouns"), second),
    "mentions.rescan": {"head_alone": never, "family_name": nothing},
    "mentions.label_consistency": {"_sure": never},
    "mentions.person_names": {"without_titles": same, "servant_of": never, "glued_son": nothing, "glued_kunya": nothing},
    "coref.apposition": dict.fromkeys(("in_brackets", "in_other_script", "in_quotes", "is_called"), nothing),
    "coref.spelling_variants": dict.fromkeys(("variant_letters", "long_vowels", "accusative"), never),
    "coref.known_aliases": {"merge_aliases": empty, "merge_known_names": empty},
    "coref.person_match": {"son_left_out": nothing, "given_name_differs": never, "father_differs": never},
    "coref.organization_match": {
        **dict.fromkeys(("other_head", "same_people", "head_left_out", "same_head_words_left_out", "epithet_left_out"), never),
        "one_word_of": nothing,
    },
    "coref.resolve": {"ruler_by_given_name": never},
    "coref.canonical": {"oblique": never, "unquoted": same},
    "roles.rules": {
        **dict.fromkeys(("adjoins_next", "introduces_next", "follows_name", "begins_item", "said_of_name", "office_within",
                         "points_back", "given_to_previous", "same_office", "object_of_meeting", "counterpart_of_name",
                         "next_of_list", "speaks_of_next"), never),
        "likeness": zero,
    },
    "roles.attachment": {"with_first_letter": second, "without_conjunction": whole, "with_qualifiers": second,
                         "split_rank": alone, "split_offices": alone, "_object_of_verb": never},
    "roles.repeated_phrases": {"with_repeated": second, "part_of_more": never},
    "roles.status": dict.fromkeys(("is_former", "is_acting", "is_deputy", "is_elect", "is_late"), never),
    "subtypes": {"subtype_of_first_word": nothing, "subtype_of_noun_before": nothing,
                 "correct_by_link": same},
}  # fmt: skip
ALL = [(module, rule) for module, rules in RULES.items() for rule in rules]


def cases():
    with open(CASES, encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [tuple(row) for row in rows if row and not row[0].startswith("#")]


def answer(what: str, given: str) -> str:
    """What the package makes of a case, as the table writes it."""
    if what in ("entities", "subtypes", "roles"):
        case = read(given)
        article = assemble(case.text, case.tagged)
        names = {e.id: e.name for e in article.entities}
        if what == "roles":
            return "; ".join(f"{r.text} => {names.get(r.holder, '-')}" for r in article.roles)
        ordered = sorted(article.entities, key=lambda e: e.mentions[0].start)
        if what == "subtypes":
            return "; ".join(f"{e.name} {e.subtype}" for e in ordered)
        return "; ".join(f"{e.label} {e.name} = {' + '.join(m.text for m in e.mentions)}" for e in ordered)
    a, b = given.split(" | ")
    if what == "status":
        return " ".join(status_of(a, fold(b.strip("-")), LEXICON)) or "-"
    if what == "offices":
        return (
            "same"
            if role_rules.same_office(*(role_rules.phrase_key(split_words(x), LEXICON) for x in (a, b)))
            else "other"
        )
    if what == "people":
        found = person_match.compatible(a, b, LEXICON)
    else:
        short, long = sorted((split_words(a), split_words(b)), key=len)
        found = organization_match.match_organizations(short, long, what, (None, None), LEXICON)
    return "other" if found is None else found.reason


def modules():
    for part in PARTS:
        package = importlib.import_module(f"arabic_news_ner.{part}")
        for found in pkgutil.iter_modules(package.__path__):
            yield importlib.import_module(f"arabic_news_ner.{part}.{found.name}")
    for name in ("subtypes", "pipeline", "keywords", "salience"):
        yield importlib.import_module(f"arabic_news_ner.{name}")


def forget():
    """Empty the small caches of the rules."""
    for module in modules():
        for value in vars(module).values():
            if hasattr(value, "cache_clear") and "load" not in value.__name__:
                value.cache_clear()


def is_kept(value):
    """Is it a function that ``text.cache`` keeps the answers of?"""
    return getattr(value, "__wrapped__", None) is not None and not hasattr(value, "cache_clear") and callable(value)


@pytest.fixture
def switch_off(monkeypatch):
    def off(module: str, rule: str) -> None:
        for place in (*modules(), sys.modules[__name__]):
            for name, value in list(vars(place).items()):
                if is_kept(value):
                    monkeypatch.setattr(place, name, value.__wrapped__)
        original = getattr(importlib.import_module(f"{arabic_news_ner.__name__}.{module}"), rule)
        instead = RULES[module][rule]
        if rule == "with_first_letter":
            instead = lambda _index, role, *_: role
        for place in modules():
            for name, value in list(vars(place).items()):
                if value is original:
                    monkeypatch.setattr(place, name, instead)
                elif isinstance(value, tuple) and original in value:
                    monkeypatch.setattr(place, name, tuple(instead if v is original else v for v in value))
                elif isinstance(value, tuple) and any(isinstance(v, tuple) and original in v for v in value):
                    rows = (tuple(instead if v is original else v for v in row) for row in value)
                    monkeypatch.setattr(place, name, tuple(rows))
        forget()

    forget()
    yield off
    forget()


@pytest.mark.parametrize(("rule", "kind", "what", "given", "wanted"), cases())
def test_each_case(rule, kind, what, given, wanted):
    assert answer(what, given) == wanted


@pytest.mark.parametrize(("module", "rule"), ALL)
def test_only_the_rule_saves_its_case(module, rule, switch_off):
    mine = [(what, given, wanted) for name, kind, what, given, wanted in cases() if (name, kind) == (rule, "saves")]
    assert mine, f"no case is saved by {rule}"
    switch_off(module, rule)
    assert any(answer(what, given) != wanted for what, given, wanted in mine), f"{rule} can be switched off unseen"


def test_each_rule_has_a_case_of_both_kinds_and_each_case_a_rule():
    counts = Counter((row[0], row[1]) for row in cases())
    for _, rule in ALL:
        assert counts[rule, "saves"], rule
        assert counts[rule, "keeps"], rule
    assert {row[0] for row in cases()} == {rule for _, rule in ALL}
