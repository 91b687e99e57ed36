"""The knowledge base and the links to it: its tables, hand-made sentences with the link that must come out, damaged files."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter

import pytest

from arabic_news_ner import ModelError
from arabic_news_ner.linking.knowledge_base import FOLDER, Knowledge
from arabic_news_ner.linking.places import link
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import SUBTYPES, Entity, Link, Mention
from tests.entities.markup import assemble, read, rows

#: Words that the news uses all the time and that some body is called as well.
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


def table():
    return json.loads((FOLDER / "bodies.json").read_text(encoding="utf-8"))


def links(marked):
    """The links of a marked text by the name of the entity."""
    case = read(marked)
    return {e.name: e for e in assemble(case.text, case.tagged).entities}


def first(entity):
    return f"{entity.links[0].kb}:{entity.links[0].id}" if entity.links else "-"


def test_ids_are_unique_slugs(knowledge):
    counts = Counter(body.id for body in knowledge.bodies)
    assert [i for i, n in counts.items() if n > 1] == []
    assert [i for i in counts if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i)] == []


def test_enough_bodies_and_leaders(knowledge):
    labels = Counter(body.label for body in knowledge.bodies)
    assert labels["ORG"] >= 400
    assert labels["PER"] >= 200
    assert set(labels) == {"ORG", "PER"}


def test_subtypes_and_countries_are_known(knowledge):
    for body in knowledge.bodies:
        assert body.subtype in (SUBTYPES["ORG"] if body.label == "ORG" else (None,)), body
        assert body.country is None or body.country in knowledge.countries, body


def test_every_subtype_is_there(knowledge):
    counts = Counter(body.subtype for body in knowledge.bodies if body.label == "ORG")
    assert set(counts) == set(SUBTYPES["ORG"])
    assert min(counts.values()) >= 50


def test_wikidata_ids_are_given_once(knowledge):
    given = Counter(body.wikidata for body in knowledge.bodies if body.wikidata)
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
    assert [body.wikidata for body in knowledge.bodies if body.id == id_] == [wikidata]


@pytest.mark.parametrize("word", COMMON)
def test_no_common_word_is_a_sure_name(knowledge, word):
    assert [b.body.id for b in knowledge.bearers(split_words(word), "ORG") if not b.needs_kind] == []


def test_names_of_several_bodies_need_their_country_or_kind(knowledge):
    for *_, label, _, _, _, sure, by_kind, by_country in table():
        for name in (*sure, *by_kind, *by_country):
            bearers = knowledge.bearers(split_words(name), label)
            if len(bearers) > 1:
                assert all(b.needs_kind for b in bearers), name
                by_subtype = Counter(b.body.subtype for b in bearers if not b.needs_country)
                assert max(by_subtype.values(), default=0) <= 1, name


def test_leaders_have_names_of_two_words():
    for *_, label, _, _, _, sure, by_kind, by_country in table():
        for name in (*sure, *by_kind, *by_country):
            assert label == "ORG" or len(split_words(name)) > 1, name


def test_names_have_letters_that_fold_away_nothing():
    for *_, sure, by_kind, by_country in table():
        for name in (*sure, *by_kind, *by_country):
            assert name == name.strip()
            assert "".join(split_words(name)), name
            assert not set(name) & set("|~\u200c\u200f\u200eپکی"), name


@pytest.mark.parametrize(
    ("rule", "marked", "name", "wanted"), rows("links.tsv"), ids=lambda v: v if len(v) < 60 else ""
)
def test_links_of_places(rule, marked, name, wanted):
    assert first(links(marked)[name]) == wanted


@pytest.mark.parametrize(
    ("rule", "marked", "name", "wanted"), rows("known_bodies.tsv"), ids=lambda v: v if len(v) < 60 else ""
)
def test_links_of_bodies_and_leaders(rule, marked, name, wanted):
    assert first(links(marked)[name]) == wanted


def test_wikidata_stands_after_the_id_of_the_table():
    entity = links("حذرت [ORG:international منظمة الصحة العالمية] من ذلك.")["منظمة الصحة العالمية"]
    assert entity.links == (
        Link("bodies", "world-health-organization", "منظمة الصحة العالمية"),
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
        ("الاتحاد الدولي لكرة القدم", ["فيفا"], "bodies:fifa"),
        ("حركة المقاومة الإسلامية حماس", ["حماس"], "bodies:hamas"),
        ("كتلة حماس", ["حماس"], "-"),
        ("مجلس جامعة القاهرة", ["جامعة القاهرة"], "-"),
    ],
)
def test_a_form_inside_a_longer_name_is_not_the_body(name, forms, wanted):
    (linked,) = link([entity(name, forms)], tokenize(name), [], Knowledge.load())
    assert first(linked) == wanted


def test_links_that_are_there_stay():
    own = Link("mine", "7", "حماس")
    given = Entity("e1", "ORG", "other", "حماس", (Mention(0, 4, "حماس"),), links=(own,))
    assert link([given], tokenize("حماس"), [], Knowledge.load()) == (given,)


def test_no_place_belongs_to_the_link_of_a_body(knowledge):
    assert knowledge.place_of(Link("bodies", "hamas", "حماس")) is None
    assert knowledge.place_of(Link("leaders", "barack-obama", "باراك أوباما")) is None


@pytest.mark.parametrize("name", ["bodies.json", "countries.json", "places.npz"])
def test_a_damaged_file_is_refused(tmp_path, name):
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder)
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"is damaged: {re.escape(name)} has SHA-256"):
        Knowledge(folder)


def test_a_missing_file_is_refused(tmp_path):
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder)
    (folder / "bodies.json").unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        Knowledge(folder)


def test_another_protocol_is_refused(tmp_path):
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "protocol": 1}), encoding="utf-8")
    with pytest.raises(ModelError, match="has protocol 1"):
        Knowledge(folder)


def test_the_folder_is_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 6_000_000
