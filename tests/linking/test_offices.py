"""Offices of roles: standard title, kind and country."""

from __future__ import annotations

import pytest

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.linking.offices import read_title
from arabic_news_ner.page.header import Header
from arabic_news_ner.pipeline import Resources, run
from tests.entities.markup import read

KNOWLEDGE = Knowledge.load()
LEXICON = Lexicon.load()


@pytest.mark.parametrize(
    ("phrase", "title", "kind"),
    [
        ("وزير الدفاع", "وزير الدفاع", "office"),
        ("وزيرة الخارجية الألمانية السابقة", "وزير الخارجية", "office"),
        ("وزير الشؤون الخارجية والتعاون الأفريقي", "وزير الخارجية", "office"),
        ("وزير سابق للداخلية", "وزير الداخلية", "office"),
        ("الوزير", "وزير", "office"),
        ("رئيس مجلس الوزراء", "رئيس الوزراء", "office"),
        ("الوزير الأول", "رئيس الوزراء", "office"),
        ("نائب رئيس مجلس الوزراء", "نائب رئيس الوزراء", "office"),
        ("نائب وزير الخارجية الروسي", "نائب وزير الخارجية", "office"),
        ("مساعد وزير الخارجية الأمريكي", "مساعد وزير الخارجية", "office"),
        ("وكيل وزارة الصحة", "وكيل وزارة الصحة", "office"),
        ("رئيس الجمهورية", "الرئيس", "office"),
        ("الرئيس الأمريكي السابق", "الرئيس", "office"),
        ("رئيس تونس", "الرئيس", "office"),
        ("رئيس شركة النوارس", "رئيس", "office"),
        ("الرئيس التنفيذي لشركة النوارس", "الرئيس التنفيذي", "office"),
        ("أمير قطر", "الأمير", "office"),
        ("أمير منطقة الرياض", "أمير منطقة", "office"),
        ("محافظ البنك المركزي المصري", "محافظ البنك المركزي", "office"),
        ("محافظ البصرة", "محافظ", "office"),
        ("السفير الروسي لدى ليبيا", "سفير", "office"),
        ("النائب البرلماني", "نائب", "office"),
        ("المتحدث باسم وزارة الدفاع", "المتحدث", "office"),
        ("اللواء الركن", "لواء", "rank"),
        ("العقيد", "عقيد", "rank"),
        ("مدرب الفريق", "مدرب", "profession"),
        ("الكاتبة اللبنانية", "كاتب", "profession"),
        ("سفيرة النوايا الحسنة", "سفير النوايا الحسنة", "honorary"),
        ("الرئيس الفخري للنادي", "الرئيس الفخري", "honorary"),
    ],
)
def test_titles(phrase, title, kind):
    reading = read_title(phrase, KNOWLEDGE, LEXICON)
    assert reading is not None
    assert (reading.title, reading.kind) == (title, kind)


@pytest.mark.parametrize("phrase", ["صاحب المكتبة الزرقاء", "جاره", "خادم القصر", ""])
def test_no_title(phrase):
    assert read_title(phrase, KNOWLEDGE, LEXICON) is None


@pytest.mark.parametrize(
    ("marked", "country"),
    [
        ("قال {وزير الدفاع التركي} [PER سامي القرنفلي] ذلك.", "TR"),
        ("قال {وزير دفاع [LOC:country تركيا]} [PER سامي القرنفلي] ذلك.", "TR"),
        ("قال {سفير [LOC:country روسيا] لدى [LOC:country ليبيا]} [PER سامي القرنفلي] ذلك.", "RU"),
        ("قال {السفير الروسي لدى [LOC:country ليبيا]} [PER سامي القرنفلي] ذلك.", "RU"),
        ("قال {محافظ [LOC:city البصرة]} [PER سامي القرنفلي] ذلك في العراق.", "IQ"),
        ("قال {رئيس [ORG:sports الزمالك]} [PER سامي القرنفلي] ذلك.", "EG"),
        ("قال {وزير الدفاع} [PER سامي القرنفلي] ذلك.", None),
        ("قال {المدير} [PER سامي القرنفلي] ذلك في [LOC:country تركيا].", None),
    ],
)
def test_countries(marked, country):
    case = read(marked)
    state = run(case.text, case.tagged, Header(), Resources(KNOWLEDGE, LEXICON))
    (role,) = state.roles
    assert role.country == country
    (person,) = [e for e in state.entities if e.label == "PER"]
    assert [r.country for r in person.roles] == [country]


def test_the_office_of_a_linked_person_gets_their_country():
    case = read("قال {وزير الخارجية} [PER أيمن الصفدي] ذلك.")
    state = run(case.text, case.tagged, Header(), Resources(KNOWLEDGE, LEXICON))
    assert [(r.title, r.country) for r in state.entities[0].roles] == [("وزير الخارجية", "JO")]


def test_a_counterpart_holds_the_office_named_before():
    case = read("التقى {وزير الدفاع التركي} [PER سامي القرنفلي] {نظيره العراقي} [PER هيثم الزيزفوني].")
    state = run(case.text, case.tagged, Header(), Resources(KNOWLEDGE, LEXICON))
    assert [(r.title, r.kind, r.country) for r in state.roles] == [
        ("وزير الدفاع", "office", "TR"),
        ("وزير الدفاع", "office", "IQ"),
    ]
