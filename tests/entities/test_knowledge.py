"""The knowledge base and the links to it: its tables, hand-made sentences with the link that must come out, damaged files."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter

import pytest

from arabic_news_ner import ModelError
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import FOLDER, Knowledge
from arabic_news_ner.linking.link import link_places_and_organizations
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import SUBTYPES, Entity, Link, Mention
from tests.entities.markup import assemble, read, rows

#: Words that the news uses all the time and that some organization is called as well.
COMMON = """
الاتحاد الوحدة النصر الهلال الشباب الأهلي التعاون الاتفاق الفتح الرائد العربي القادسية السلام الوطن المدينة
اليوم الحياة البيان الخبر الأخبار الأنباء النهار الصباح الشرق الغرب الراية الرأي الجريدة السياسة الدستور
السفير الشروق الجمهورية الجزيرة العربية الخليج الرياض الحدث الحرة المنار المسيرة العالم القوات الجيش الشرطة
الحكومة البرلمان المجلس النهضة الإصلاح العدالة الحركة الحزب الجبهة التيار المستقبل الأمة الدعوة الإخوان
القاعدة الدولة المقاومة التحالف تداول اتصالات طلبات إعمار معادن مصدر وفاء بناء قناة نور نون زين كريم المشرق
المراعي فيصل صفا معا شهاب مهر فارس سبق أرقام نزاهة تقدم تواصل الكرامة الأنصار العهد الرجاء الوداد المريخ السد
الوصل العين
""".split()


@pytest.fixture(scope="module")
def knowledge():
    return Knowledge.load()


def links(marked):
    """The links of a marked text by the name of the entity."""
    case = read(marked)
    return {e.name: e for e in assemble(case.text, case.tagged).entities}


def link(entities, tokens):
    return link_places_and_organizations(entities, tokens, [], Knowledge.load(), Lexicon.load())


def read_all(knowledge):
    return knowledge.organizations, knowledge.people, knowledge.offices


def first(entity):
    return f"{entity.links[0].kb}:{entity.links[0].id}" if entity.links else "-"


def entries(knowledge):
    return [*knowledge.organizations, *knowledge.people]


def test_ids_are_unique(knowledge):
    counts = Counter(entry.id for entry in entries(knowledge))
    assert [i for i, n in counts.items() if n > 1] == []
    assert [i for i in counts if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*|Q[1-9]\d*", i)] == []


def test_enough_organizations_and_people(knowledge):
    assert len(knowledge.organizations) >= 4_000
    assert len(knowledge.people) >= 6_000


def test_subtypes_and_countries_are_known(knowledge):
    for entry in entries(knowledge):
        assert entry.subtype in (SUBTYPES["ORG"] if entry.label == "ORG" else (None,)), entry
        assert entry.country in (None, "UN") or entry.country in knowledge.countries, entry


def test_every_subtype_is_there(knowledge):
    counts = Counter(organization.subtype for organization in knowledge.organizations)
    assert set(counts) == set(SUBTYPES["ORG"])
    assert min(counts.values()) >= 50


def test_wikidata_ids_are_given_once(knowledge):
    given = Counter(entry.wikidata for entry in entries(knowledge) if entry.wikidata)
    assert [i for i, n in given.items() if n > 1] == []
    assert all(re.fullmatch(r"Q[1-9]\d*", i) for i in given)


@pytest.mark.parametrize(
    ("id_", "wikidata"),
    [
        ("united-nations", "Q1065"),
        ("nato", "Q7184"),
        ("european-union", "Q458"),
        ("world-health-organization", "Q7817"),
        ("barack-obama", "Q76"),
        ("vladimir-putin", "Q7747"),
    ],
)
def test_wikidata_ids_that_are_certain(knowledge, id_, wikidata):
    assert [entry.wikidata for entry in entries(knowledge) if entry.id == id_] == [wikidata]


@pytest.mark.parametrize("word", COMMON)
def test_no_common_word_is_a_sure_name(knowledge, word):
    assert [a.entry.id for a in knowledge.aliases(split_words(word), "ORG") if not a.requires_subtype] == []


def test_names_of_several_organizations_need_their_country_or_subtype(knowledge):
    for organization in knowledge.organizations:
        aliases = knowledge.aliases(split_words(organization.name), "ORG")
        if len(aliases) > 1:
            assert all(a.requires_subtype for a in aliases), organization.name
            by_subtype = Counter(a.entry.subtype for a in aliases if not a.requires_country)
            assert max(by_subtype.values(), default=0) <= 1, organization.name


def test_names_that_several_people_bear_need_their_country(knowledge):
    shared = [a for p in knowledge.people for a in [knowledge.aliases(split_words(p.name), "PER")] if len(a) > 1]
    assert len(shared) > 20
    assert all(alias.requires_country for aliases in shared for alias in aliases)


def test_names_have_letters_that_fold_away_nothing(knowledge):
    for entry in entries(knowledge):
        assert entry.name == entry.name.strip()
        assert "".join(split_words(entry.name)), entry.name
        assert not set(entry.name) & set("|~\u200c\u200f\u200eپکی"), entry.name


@pytest.mark.parametrize(
    ("rule", "marked", "name", "wanted"), rows("links.tsv"), ids=lambda v: v if len(v) < 60 else ""
)
def test_links_of_places(rule, marked, name, wanted):
    assert first(links(marked)[name]) == wanted


@pytest.mark.parametrize(
    ("rule", "marked", "name", "wanted"), rows("known_bodies.tsv"), ids=lambda v: v if len(v) < 60 else ""
)
def test_links_of_organizations_and_people(rule, marked, name, wanted):
    assert first(links(marked)[name]) == wanted


def test_wikidata_stands_after_the_id_of_the_table():
    entity = links("حذرت [ORG:international منظمة الصحة العالمية] من ذلك.")["منظمة الصحة العالمية"]
    assert entity.links == (
        Link("organizations", "world-health-organization", "منظمة الصحة العالمية"),
        Link("wikidata", "Q7817", "منظمة الصحة العالمية"),
    )


@pytest.mark.parametrize(
    ("marked", "name", "subtype"),
    [
        ("قال [ORG:military حزب الله] ذلك.", "حزب الله", "party"),
        ("قال [ORG:party الحوثيون] ذلك.", "الحوثيون", "military"),
        ("خفض [ORG:company البنك المركزي التركي] الفائدة.", "البنك المركزي التركي", "government"),
        ("قرر [ORG:international فيفا] ذلك.", "فيفا", "sports"),
        ("هبطت [ORG:government بورصة قطر] أمس.", "بورصة قطر", "company"),
        ("قالت [ORG الأونروا] ذلك.", "الأونروا", "international"),
        ("قالت [ORG:company جمعية النوارس الزرقاء] ذلك.", "جمعية النوارس الزرقاء", "company"),
    ],
)
def test_the_table_corrects_the_subtype(marked, name, subtype):
    assert links(marked)[name].subtype == subtype


def entity(name, forms, label="ORG", subtype=None):
    return Entity("e1", label, subtype, name, tuple(Mention(0, len(f), f) for f in (name, *forms)))


@pytest.mark.parametrize(
    ("name", "forms", "wanted"),
    [
        ("الاتحاد الدولي لكرة القدم", ["فيفا"], "organizations:fifa"),
        ("حركة المقاومة الإسلامية حماس", ["حماس"], "organizations:hamas"),
        ("كتلة حماس", ["حماس"], "-"),
        ("مجلس جامعة القاهرة", ["جامعة القاهرة"], "-"),
    ],
)
def test_a_form_inside_a_longer_name_is_not_the_organization(name, forms, wanted):
    (linked,) = link([entity(name, forms)], tokenize(name))
    assert first(linked) == wanted


def test_links_that_are_there_stay():
    own = Link("mine", "7", "حماس")
    given = Entity("e1", "ORG", "other", "حماس", (Mention(0, 4, "حماس"),), links=(own,))
    assert link([given], tokenize("حماس")) == (given,)


def test_no_place_belongs_to_the_link_of_an_organization(knowledge):
    assert knowledge.place_of(Link("organizations", "hamas", "حماس")) is None
    assert knowledge.place_of(Link("people", "barack-obama", "باراك أوباما")) is None


@pytest.mark.parametrize("name", ["organizations.npz", "people.npz", "offices.json", "countries.json", "places.npz"])
def test_a_damaged_file_is_refused(tmp_path, name):
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder)
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"is damaged: {re.escape(name)} has SHA-256"):
        read_all(Knowledge(folder, Lexicon.load()))


def test_a_missing_file_is_refused(tmp_path):
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder)
    (folder / "people.npz").unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        read_all(Knowledge(folder, Lexicon.load()))


def test_another_protocol_is_refused(tmp_path):
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "protocol": 1}), encoding="utf-8")
    with pytest.raises(ModelError, match="has protocol 1"):
        Knowledge(folder, Lexicon.load())


def test_the_folder_is_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 4_000_000
