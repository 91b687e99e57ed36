"""People who bear one name: sixty invented articles, each with who must be linked, or nobody.

The people of the tables are real, the articles are not. ``-``: two fit, or nothing speaks for anybody.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.country_cues import CountryEvidence
from arabic_news_ner.linking.knowledge_base import Knowledge, Person, Term, family_name, full_name_keys
from arabic_news_ner.linking.people import PersonCandidate, choose_person, rate_person
from arabic_news_ner.page.header import Header
from arabic_news_ner.pipeline import Resources, run
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Role
from tests.entities.markup import read

LEXICON = Lexicon.load()


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]


CASES = read_rows(Path(__file__).parent.parent / "data" / "linking" / "homonyms.tsv")


@pytest.fixture(scope="module")
def resources():
    return Resources(Knowledge.load(), Lexicon.load())


def linked(marked, resources, date=None):
    case = read(marked)
    header = replace(Header(), date=date)
    return {e.name: e for e in run(case.text, case.tagged, header, resources).entities}


def test_there_are_sixty_cases():
    assert len(CASES) >= 60


@pytest.mark.parametrize(("case", "marked", "name", "wanted"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)])
def test_homonyms(case, marked, name, wanted, resources):
    entity = linked(marked, resources)[name]
    assert (f"{entity.links[0].kb}:{entity.links[0].id}" if entity.links else "-") == wanted


def person(id_, *terms, country="LY", namesakes=0.0):
    return Person(id_, "سالم القماطي", country, None, "exact", namesakes, False, tuple(Term(*t) for t in terms))


def choose(*people, roles=(), countries=None, date=None):
    found = [PersonCandidate(p, 2) for p in people]
    choice = choose_person(roles, found, CountryEvidence(dict(countries or {})), date)
    return choice.person.id if choice else None


MINISTER = Role(0, 5, "وزير", title="وزير النفط", kind="office", country="LY")


def test_of_two_equally_good_people_neither_is_chosen():
    one, two = person("one", ("وزير النفط", "LY", "2012", None)), person("two", ("وزير النفط", "LY", "2014", None))
    assert choose(one, roles=[MINISTER]) == "one"
    assert choose(one, two, roles=[MINISTER]) is None


def test_the_office_tells_two_apart():
    one, two = person("one", ("وزير النفط", "LY", "2012", None)), person("two", ("وزير الصحة", "LY", "2012", None))
    assert choose(one, two, roles=[MINISTER]) == "one"


def test_the_country_tells_two_apart():
    one, two = person("one", country="LY"), person("two", country="JO")
    assert choose(one, two, countries={"LY": 3.0}) == "one"
    assert choose(one, two, countries={"JO": 3.0}) == "two"
    assert choose(one, two, countries={"JP": 3.0}) is None


def test_an_article_older_than_the_term_speaks_against():
    late = person("late", ("وزير النفط", "LY", "2019-05", None))
    early = rate_person(PersonCandidate(late, 2), [MINISTER], CountryEvidence(), "2012-03-01")
    within = rate_person(PersonCandidate(late, 2), [MINISTER], CountryEvidence(), "2020-03-01")
    assert within - early == pytest.approx(2.5)


def test_namesakes_weigh_against():
    rare, common = person("rare"), person("common", namesakes=4.0)
    rates = [rate_person(PersonCandidate(p, 2), (), CountryEvidence(), None) for p in (rare, common)]
    assert rates[0] > rates[1]


def test_the_score_is_a_probability(resources):
    entity = linked("وصل {وزير الخارجية الأردني} [PER أيمن الصفدي] أمس.", resources)["أيمن الصفدي"]
    assert all(link.score is not None and 0.6 <= link.score <= 1 for link in entity.links)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("أيمن الصفدي", "الصفدي"),
        ("محمد بن سلمان", "بن سلمان"),
        ("نبيل أبو ردينة", "ابو ردينه"),
        ("أحمد داود أوغلو", "داود اوغلو"),
        ("سعد عبد الله", "عبد الله"),
        ("أحمد جاب الله", "جاب الله"),
        ("الصفدي", "الصفدي"),
    ],
)
def test_family_names(name, family):
    assert " ".join(family_name(split_words(name), LEXICON)) == family


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("فيصل عاكف الفايز", ["فيصلعاكفالفايز", "فيصلالفايز"]),
        ("تميم بن حمد آل ثاني", ["تميمبنحمدالثاني", "تميمبنحمد"]),
        ("فيصل بن خالد بن عبدالعزيز", ["فيصلبنخالدبنعبدالعزيز", "فيصلبنخالد"]),
        ("أيمن الصفدي", ["ايمنالصفدي"]),
    ],
)
def test_keys_of_full_names(name, keys):
    assert list(full_name_keys(split_words(name), LEXICON)) == keys
