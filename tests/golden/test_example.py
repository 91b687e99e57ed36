"""The article of the README's first command: what a new user sees first must be right."""

from __future__ import annotations

from pathlib import Path

import pytest

TEXT = (Path(__file__).resolve().parent.parent.parent / "examples" / "article.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def article(extractor):
    return extractor.extract(TEXT)


def test_each_office_has_its_holder(article):
    assert {person.name: [role.text for role in person.roles] for person in article.people} == {
        "عبد الحميد الدبيبة": ["رئيس حكومة الوحدة الوطنية"],
        "أنطونيو تاياني": ["وزير الخارجية الإيطالي"],
        "محمد المنفي": ["رئيس المجلس الرئاسي"],
        "خليفة حفتر": ["المشير"],
        "محمد تكالة": [],
    }


def test_an_office_without_a_name_has_no_holder(article):
    assert [role.text for role in article.roles] == ["سفير إيطاليا لدى ليبيا"]


def test_every_organization_and_place_is_one_that_the_text_names(article):
    assert {organization.name for organization in article.organizations} <= {
        "حكومة الوحدة الوطنية",
        "المؤسسة الوطنية للنفط",
        "إيني",
        "الاتحاد الأوروبي",
        "حرس السواحل",
        "المجلس الرئاسي",
        "بعثة الأمم المتحدة للدعم في ليبيا",
        "المجلس الأعلى للدولة",
        "مجلس النواب",
        "وكالة أنباء الساحل",
    }
    assert {place.name for place in article.places} <= {
        "طرابلس",
        "البحر المتوسط",
        "زوارة",
        "الخمس",
        "روما",
        "بنغازي",
        "إيطاليا",
        "ليبيا",
    }


def test_the_header_of_the_page(article):
    assert article.headline == "الدبيبة يبحث مع تاياني في طرابلس ملفي الهجرة والطاقة"
    assert article.source == "وكالة أنباء الساحل"
