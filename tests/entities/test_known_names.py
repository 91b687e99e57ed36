"""Which names of an article are names of one organization of the knowledge base."""

from __future__ import annotations

import pytest

from arabic_news_ner.coref.clusters import Clusters
from arabic_news_ner.coref.known_aliases import merge_known_names
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.mentions.normalize import normalize_spans
from arabic_news_ner.mentions.surface_forms import surface_forms
from arabic_news_ner.mentions.words import index_words
from tests.entities.markup import read


def joined(*names, label="ORG"):
    """The names that are one entity, as sets of two and more; and the names that are no title of theirs."""
    case = read("، ".join(f"[{label} {name}]" for name in names))
    groups = surface_forms(
        normalize_spans(index_words(case.text), case.tagged.mentions, Knowledge.load(), Lexicon.load())
    )
    joins = Clusters(groups)
    lesser = merge_known_names(joins, groups, Knowledge.load())
    sets: dict[int, set[str]] = {}
    for n, name in enumerate(names):
        sets.setdefault(joins.root(n), set()).add(name)
    return [s for s in sets.values() if len(s) > 1], {names[n] for n in lesser}


@pytest.mark.parametrize(
    "names",
    [
        ("المركزي البريطاني", "بنك إنجلترا"),
        ("البنك المركزي الصيني", "المركزي الصيني", "بنك الشعب الصيني"),
        ("سنتكوم", "القيادة المركزية الأميركية"),
    ],
)
def test_names_of_one_organization_are_joined(names):
    assert joined(*names)[0] == [set(names)]


@pytest.mark.parametrize(
    "names",
    [
        ("المركزي البريطاني", "المركزي الأوروبي", "بنك اليابان"),
        ("الأهلي", "الأهلي المصري"),  # whose الأهلي, the country must say
        ("مؤسسة النقد", "البنك المركزي السعودي"),
        ("بنك النوارس", "مصرف النوارس"),
    ],
)
def test_names_of_several_organizations_or_of_none_stay_apart(names):
    assert joined(*names) == ([], set())


def test_a_place_is_not_an_organization():
    assert joined("المركزي البريطاني", "بنك إنجلترا", label="LOC") == ([], set())


@pytest.mark.parametrize(
    ("names", "lesser"),
    [
        (("المركزي البريطاني", "بنك إنجلترا"), {"المركزي البريطاني"}),
        (("البنك المركزي البريطاني", "بنك إنجلترا"), set()),  # longer than the main name
        (("المركزي البريطاني", "البنك المركزي البريطاني"), set()),  # the main name is not there
        (("المركزي الصيني", "بنك الشعب الصيني"), set()),  # a word in common
        (("سنتكوم", "القيادة المركزية الأمريكية"), set()),  # one word, as acronyms are
    ],
)
def test_a_form_without_a_word_of_the_main_name_is_not_canonical(names, lesser):
    assert joined(*names) == ([set(names)], lesser)
