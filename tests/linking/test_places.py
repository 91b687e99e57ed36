"""Places: namesakes that the world's news knows, vowel signs, likeness of letters, the places in which a place lies."""

from __future__ import annotations

import pytest

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.linking.name_table import Lines, NameTable, pack_lines, pack_table
from arabic_news_ner.linking.vowel_signs import has_signs, signs_conflict
from arabic_news_ner.page.header import Header
from arabic_news_ner.pipeline import Resources, run
from tests.entities.markup import read


def place(marked, name):
    case = read(marked)
    state = run(case.text, case.tagged, Header(), Resources(Knowledge.load(), Lexicon.load()))
    return {e.name: e for e in state.entities}[name]


def first(entity):
    return f"{entity.links[0].kb}:{entity.links[0].id}" if entity.links else "-"


@pytest.mark.parametrize(
    ("marked", "name", "wanted"),
    [
        ("وصل الوزير إلى [LOC:city جنيف] للقاء نظيره الأميركي", "جنيف", "geonames:2660646"),
        ("وصل الوزير إلى [LOC:city روما] للقاء نظيره الأميركي.", "روما", "geonames:3169070"),
        ("وصل الوزير إلى [LOC:city باريس] للقاء نظيره الأميركي.", "باريس", "geonames:2988507"),
        ("وصل الوزير إلى [LOC:city موسكو] للقاء نظيره الأميركي.", "موسكو", "geonames:524901"),
        ("زار الوفد الأميركي [LOC:city برمنغهام] البريطانية.", "برمنغهام", "geonames:2655603"),
        (
            "اعتقلت الشرطة رجلا في [LOC:city الإسكندرية] بولاية [LOC:region فيرجينيا] الأمريكية.",
            "الإسكندرية",
            "geonames:4744091",
        ),
        ("قصف الطيران [LOC:city طرابلس] في [LOC:country لبنان].", "طرابلس", "geonames:266826"),
    ],
)
def test_a_namesake_needs_its_country_named(marked, name, wanted):
    assert first(place(marked, name)) == wanted


@pytest.mark.parametrize(
    ("marked", "name", "wanted"),
    [
        ("وزير الخارجية الأردني في [LOC عمّان].", "عمّان", "geonames:250441"),
        ("وصل الوفد إلى [LOC عَمّان].", "عَمّان", "geonames:250441"),
        ("وصل الوفد إلى [LOC عُمان].", "عُمان", "iso3166:OM"),
        ("وصل الوفد الأردني إلى [LOC:country عُمان].", "عُمان", "iso3166:OM"),
    ],
)
def test_vowel_signs_decide(marked, name, wanted):
    assert first(place(marked, name)) == wanted


def test_two_places_of_one_spelling_but_for_the_signs_are_two():
    case = read("وصل الوزير إلى [LOC عَمّان] ثم إلى [LOC عُمان] وعاد إلى [LOC عَمّان].")
    state = run(case.text, case.tagged, Header(), Resources(Knowledge.load(), Lexicon.load()))
    found = {e.name: (first(e), len(e.mentions), e.id) for e in state.entities}
    assert found == {"عَمّان": ("geonames:250441", 2, "e1"), "عُمان": ("iso3166:OM", 1, "e2")}


def test_ambiguous_signs_separate_nothing():
    case = read("وصل إلى [LOC حَلب] وغادر [LOC حُلب].")
    state = run(case.text, case.tagged, Header(), Resources(Knowledge.load(), Lexicon.load()))
    assert len(state.entities) == 1


@pytest.mark.parametrize(
    ("written", "name", "conflict"),
    [
        ("عَمّان", "عمّان", False),
        ("عمّان", "عُمان", True),
        ("عُمان", "عمّان", True),
        ("عُمان", "عُمان", False),
        ("عَمان", "عُمان", True),
        ("قطّر", "قطر", True),
        ("قطرِ", "قطر", False),
        ("مِصر", "مصرية", False),
    ],
)
def test_signs(written, name, conflict):
    assert signs_conflict(written, name) is conflict


def test_a_plain_name_has_no_signs():
    assert has_signs("عمّان")
    assert not has_signs("عمان")


@pytest.mark.parametrize(
    ("marked", "name", "wanted"),
    [
        (
            "زار السفير [LOC:city بكركي] والتقى الوفد الأميركي في [LOC:country الولايات المتحدة].",
            "بكركي",
            "places:بكركي",
        ),
        ("زار الوفد الأميركي [LOC:city زبركلي] أمس.", "زبركلي", "-"),
        ("زار الوفد التركي [LOC:city قرنفلية] أمس.", "قرنفلية", "-"),
    ],
)
def test_similar_letters_are_not_a_place(marked, name, wanted):
    assert first(place(marked, name)) == wanted


def test_the_places_in_which_a_city_lies():
    city = place("وصل الوفد إلى [LOC:city الموصل] في [LOC:country العراق].", "الموصل")
    assert [(link.kb, link.id) for link in city.links[0].parents][-1] == ("iso3166", "IQ")
    assert [parent.name for parent in city.links[0].parents] == ["محافظة نينوى", "العراق"]


def test_a_country_lies_in_none():
    assert place("قالت [LOC:country العراق] ذلك.", "العراق").links[0].parents == ()


@pytest.mark.parametrize(
    ("marked", "name", "subtype"),
    [
        ("توجه الوفد إلى [LOC:city مطروح] في [LOC:country مصر].", "مطروح", "region"),
        ("قصف الطيران [LOC:region جباليا] شمال [LOC:region قطاع غزة] في [LOC:country فلسطين].", "جباليا", "city"),
    ],
)
def test_a_linked_place_corrects_its_subtype(marked, name, subtype):
    assert place(marked, name).subtype == subtype


def test_organizations_and_their_states():
    def organization(marked, name):
        return first(place(marked, name))

    assert (
        organization("قالت [ORG:government وزارة الصحة] في [LOC:country تونس] ذلك.", "وزارة الصحة")
        == "organizations:tunisian-health-ministry"
    )
    assert organization("قالت [ORG:government وزارة الصحة] ذلك.", "وزارة الصحة") == "-"
    assert (
        organization("أعلنت [ORG:military كتائب حزب الله] ذلك.", "كتائب حزب الله") == "organizations:kataib-hezbollah"
    )
    assert organization("أعلن [ORG:party حزب الله] ذلك.", "حزب الله") == "organizations:hezbollah"
    jordan = "قال [ORG:military الأمن العام] ذلك في [LOC:country الأردن]."
    assert organization(jordan, "الأمن العام") == "organizations:jordanian-public-security"
    lebanon = "قال [ORG:military الأمن العام] ذلك في [LOC:country لبنان]."
    assert organization(lebanon, "الأمن العام") == "organizations:lebanese-general-security"


def test_a_known_person_tells_the_state_of_an_organization():
    marked = "قال {وزير العدل} [PER عبد اللطيف وهبي] إن [ORG:government النيابة العامة] تحقق."
    assert first(place(marked, "النيابة العامة")) == "organizations:ma-public-prosecution"


def test_a_table_of_names_gives_back_what_was_filed():
    filed = {f"اسم{n}": [n, n + 1] for n in range(500)}
    table = NameTable(pack_table("t", filed), "t")
    assert len(table) == 500
    assert all(table[key] == tuple(values) for key, values in filed.items())
    assert table["لا أحد"] == ()


def test_buckets_are_small():
    """A look-up reads one bucket: two keys on average, few at most."""
    arrays = pack_table("t", {f"اسم{n}": [n] for n in range(10_000)})
    assert arrays["t_buckets"].mean() <= 2
    assert arrays["t_buckets"].max() <= 12


def test_lines_may_be_empty():
    lines = Lines(pack_lines("x", ["أ", "", "بت"]), "x")
    assert list(lines) == ["أ", "", "بت"]
