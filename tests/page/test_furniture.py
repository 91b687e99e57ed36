"""What stands around a story without a label: tags, boxes, promotions, the way to the page, the publisher's signature."""

from __future__ import annotations

import pytest

from arabic_news_ner.page import read_page
from arabic_news_ner.page.fields.outlet import self_named, signature_of
from arabic_news_ner.page.line_kinds import _alternatives, rules
from arabic_news_ner.page.segment import split_lines

HEADLINE = "بلدية سبها تفتتح سوق الخضر بعد ترميمه"
STORY = (
    "افتتح عميد بلدية سبها أمس سوق الخضر بعد عام من أعمال الترميم.",
    "وقال العميد سالم الزوي إن السوق يضم مئة محل، وإن الإيجار لن يرتفع هذا العام.",
)


@pytest.mark.parametrize(
    "lines",
    [
        [HEADLINE, *STORY, "سبها سوق الخضر الترميم", "جميع الحقوق محفوظة"],
        [HEADLINE, STORY[0], "تقارير عربية", "ارتفاع أسعار البطاطا في أسواق الجملة بمصراتة", STORY[1]],
        [f"الرئيسية أخبار محلية {HEADLINE}", HEADLINE, *STORY],
        [HEADLINE, STORY[0], "تخطى نشرة وواصل القراءة", "نشرة", "كل ما يهمك كل صباح في بريدك.", "نشرة نهاية", STORY[1]],
        [HEADLINE, "سبها", "12 مايو 2025", *STORY],
        [HEADLINE, "12 مايو 2025", "alsharq", "عميد البلدية خلال افتتاح السوق", *STORY],
        [HEADLINE, *STORY, "هذا المقال متاح للمشتركين فقط"],
    ],
    ids=["tags", "box", "breadcrumbs", "promotion", "place over a date", "caption", "paywall"],
)
def test_it_is_no_part_of_the_story(lines):
    (article,) = read_page("\n".join(lines)).articles
    assert article.headline == HEADLINE
    assert article.text.split("\n") == list(STORY)


@pytest.mark.parametrize("last", ["سوق الخضر في سبها مفتوح كل يوم من الفجر حتى المغرب.", "- وصل أول البائعين"])
def test_the_last_line_of_a_story_stays_with_it(last):
    (article,) = read_page("\n".join([HEADLINE, *STORY, last])).articles
    assert article.text.split("\n") == [*STORY, last]


def test_a_poem_stays_whole():
    verses = ["يا نجد فارسك البطل عاد إلى الديار", "وعاد بعد غيبة طويلة إلى الصغار"] * 3
    (article,) = read_page("\n".join([HEADLINE, STORY[0], *verses])).articles
    assert article.text.split("\n") == [STORY[0], *verses]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["جميع الحقوق محفوظة لصحيفة المرفأ © 2025"], "صحيفة المرفأ"),
        (["© المرفأ 2003-2025"], "المرفأ"),
        (["جميع الحقوق محفوظة"], None),
        (["© المرفأ", "© الساحل"], None),
        (["© 2024 Al Marfa"], None),
        (["لا يجوز نسخ المواد كلها أو بعضها © 2025"], None),
    ],
)
def test_the_publisher_that_signs_the_page(lines, name):
    assert signature_of(lines) == name


def test_an_outlet_that_the_page_names_as_one():
    assert self_named("المنارة", None, "وقال لجريدة المنارة الإلكترونية إن السوق جاهز") == "المنارة"
    assert self_named("المنارة", None, "وقال في حي المنارة إن السوق جاهز") is None
    assert self_named("المرفأ (سبها)", "المرفأ", "") == "المرفأ"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (
            "سبها - بوابة الساحل: سالم الزرقاني | الاثنين 10 نوفمبر 2025",
            "سبها - بوابة الساحل: سالم الزرقاني| |الاثنين 10 نوفمبر 2025",
        ),
        ("هاجر التارقي أرسل بريدا إلكترونيا 20 سبتمبر، 2025", "هاجر التارقي |أرسل بريدا إلكترونيا| 20 سبتمبر، 2025"),
        ("قال سالم الزرقاني: الموعد قريب | تابعونا", "قال سالم الزرقاني: الموعد قريب | تابعونا"),
    ],
)
def test_seams_of_credits(text, marked):
    parts = [part.strip() for part in marked.split("|") if part.strip()]
    assert [line.text for line in split_lines(text) if line.text != "|"] == (parts if text != marked else [text])


def test_alternatives_of_a_pattern():
    assert _alternatives(r"^a(?:b|c)|^[|d]\||e") == [r"^a(?:b|c)", r"^[|d]\|", "e"]


def test_what_a_rule_needs_stands_in_its_example():
    from arabic_news_ner.page.tables import folded

    needing = [rule for rule in rules() if rule.has]
    assert len(needing) > 15
    assert [rule.name for rule in needing if not any(sign in folded(rule.example) for sign in rule.has)] == []
