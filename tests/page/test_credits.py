"""Who a line names: author, outlet, place; and what a page makes of such lines around a story."""

from __future__ import annotations

import pytest

from arabic_news_ner.page import read_page
from arabic_news_ner.page.fields.author import author_of
from arabic_news_ner.page.fields.byline import byline_of, credit_of, is_signature, names_author
from arabic_news_ner.page.fields.dateline import dateline_of
from arabic_news_ner.page.fields.source import is_outlet, source_beside_date

STORY = (
    "بلدية سبها تفتتح سوق الخضر بعد ترميمه",
    "افتتح عميد بلدية سبها أمس سوق الخضر بعد عام من أعمال الترميم.",
    "وقال العميد إن السوق يضم مئة محل، وإن الإيجار لن يرتفع هذا العام.",
)


def read(*lines: str):
    return read_page("\n".join(lines)).articles


@pytest.mark.parametrize(
    ("line", "byline", "source", "dateline"),
    [
        ("هسبريس - يونس الطاهري", "يونس الطاهري", "هسبريس", None),
        ("عبدالله الحازمي - سبق - الرياض", "عبدالله الحازمي", "سبق", "الرياض"),
        ("بغداد – واع – حسين الموسوي", "حسين الموسوي", None, "بغداد – واع"),
        ("الرياض - العربية", None, None, "الرياض - العربية"),
        ("سكاي نيوز عربية - أبوظبي", None, "سكاي نيوز عربية", None),
        ("ريم القلعي - القيروان", "ريم القلعي", None, "القيروان"),
        ("كتب: محمود العيسوي", "محمود العيسوي", None, None),
        ("دمشق-سانا", None, None, "دمشق-سانا"),
        ("| كتب طارق الجندي |", "طارق الجندي", None, None),
        ("كتب طارق الجندي |", "طارق الجندي", None, None),
        ("كتبت هدى السنوسي", "هدى السنوسي", None, None),
        ("بقلم: هدى السنوسي | الأحد 4 ماي 2025 - 09:31", "هدى السنوسي", None, None),
        ("بقلم: فرانس24", None, "فرانس24", None),
        ("تقرير: رويترز", None, "رويترز", None),
        ("الدمام - صحيفة الساحل: ناصر الحضرمي", "ناصر الحضرمي", None, "الدمام - صحيفة الساحل"),
        ("من يوهان كرامر", "يوهان كرامر", None, None),
        ("هدى السنوسي كاتبة", "هدى السنوسي", None, None),
        ("ناصر الحضرمي، مراسل الصحيفة في المكلا", "ناصر الحضرمي", None, None),
    ],
)
def test_credit(line, byline, source, dateline):
    found = credit_of(line)
    assert (found.byline, found.source, found.dateline) == (byline, source, dateline)


@pytest.mark.parametrize(
    "line", ["ماضي العجمي", "ب. نسيمة", "هيمن عبدالله", "سارة عبد الحميد", "خالد عثمان", "من خالد عثمان"]
)
def test_names_of_authors(line):
    assert names_author(line)


@pytest.mark.parametrize(
    "line",
    [
        "تفاصيل جديدة مثيرة",
        "وزارة الصحة توضح",
        "القمة العربية",
        "خطة طوارئ",
        "بسم الله الرحمن الرحيم",
        "ارتفاع أسعار الوقود",
        "من وراء الستار",
        "من بغداد إلى أربيل",
        "اعتقال ناشط صحفي",
        "أقرأ التالي",
    ],
)
def test_decks_are_no_names(line):
    assert not names_author(line)
    assert not is_signature(line)


def test_outlets():
    assert is_outlet("صحيفة السوداني")
    assert is_outlet("«اليوم السابع»")
    assert not is_outlet("قناة السويس تسجل إيرادات قياسية")
    assert source_beside_date("2025/10/26 رويترز") == "رويترز"
    assert source_beside_date("2025/10/26 محليات") is None


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("صحيفة السوداني", "source", "السوداني"),
        ("هيلانة الهندي", "byline", "هيلانة الهندي"),
        ("المصدر - الوطن", "source", "الوطن"),
    ],
)
def test_after_the_story(line, field, value):
    (article,) = read(*STORY, line)
    assert getattr(article, field) == value
    assert article.text.splitlines() == list(STORY[1:])


@pytest.mark.parametrize(
    ("lines", "caption"),
    [
        (("سوق الخضر بعد ترميمه (الجزيرة)",), "سوق الخضر بعد ترميمه (الجزيرة)"),
        (("سوق الخضر في سبها - أرشيفية",), "سوق الخضر في سبها - أرشيفية"),
        (
            ("سوق الخضر من الخارج", "صدر الصورة، Getty Images", "التعليق على الصورة، سوق الخضر من الخارج"),
            "سوق الخضر من الخارج",
        ),
        (("28 أبريل 2025", "سوق الخضر من الخارج", "تصوير : آخرون"), "سوق الخضر من الخارج"),
        (("عمال في سوق الخضر، نيسان/أبريل 2025. © أ ف ب",), "عمال في سوق الخضر، نيسان/أبريل 2025. © أ ف ب"),
    ],
)
def test_captions_between_headline_and_story(lines, caption):
    (article,) = read(STORY[0], *lines, *STORY[1:])
    assert article.captions == (caption,)
    assert article.text.splitlines() == list(STORY[1:])


def test_readers_comments_are_no_links_and_no_story():
    (article,) = read(
        *STORY, "التعليقات (2)", "ابن المنطقة", "الخميس 14 غشت 2025 - 10:02", "الله يجازيكم بالخير على هذا السوق."
    )
    assert article.related == ()
    assert article.text.splitlines() == list(STORY[1:])


def test_a_subhead_below_links_is_body():
    (article,) = read(*STORY[:2], "اقرأ أيضا:", "أمطار غزيرة على الجبل الأخضر", "محال بلا كهرباء", STORY[2])
    assert article.related == ("أمطار غزيرة على الجبل الأخضر",)
    assert article.text.splitlines() == [STORY[1], "محال بلا كهرباء", STORY[2]]


def test_a_source_glued_to_the_story_with_links_glued_to_it():
    (article,) = read(*STORY[:2], STORY[2] + "المصدر: الوطناقرأ أيضاًأمطار غزيرة على الجبل الأخضر")
    assert article.source == "الوطن"
    assert article.text.splitlines() == list(STORY[1:])
    assert article.related == ("أمطار غزيرة على الجبل الأخضر",)


def test_a_dateline_says_the_day():
    (article,) = read(STORY[0], "الدوحة في 28 أبريل 2025 /قنا/ " + STORY[1], STORY[2])
    assert (article.dateline, article.date) == ("الدوحة في 28 أبريل 2025 /قنا/", "2025-04-28")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("| كتب طارق الجندي |", "طارق الجندي"),
        ("بقلم: طارق الجندي | 3 مايو 2025 - 10:18", "طارق الجندي"),
        ("الرياض – سعد المطيري", "سعد المطيري"),
        ("كتب: 10:18", None),
    ],
)
def test_the_author_alone(line, author):
    assert byline_of(line) == author


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        (("الدمام - صحيفة الساحل: ناصر الحضرمي",), "ناصر الحضرمي"),
        (("من خالد عثمان",), "خالد عثمان"),
        (("لجين قباني كاتبة", "3 مايو 2025"), "لجين قباني"),
        (("هدى السنوسي مراسلة",), "هدى السنوسي"),
        (("| كتب طارق الجندي |",), "طارق الجندي"),
    ],
)
def test_authors_without_a_label_under_a_headline(lines, byline):
    (article,) = read(STORY[0], *lines, *STORY[1:])
    assert article.byline == byline
    assert article.text.splitlines() == list(STORY[1:])


def test_an_unknown_name_after_from_over_a_dateline():
    (article,) = read(STORY[0], "من يوهان كرامر", f"سبها 4 مايو أيار (رويترز) - {STORY[1]}", STORY[2])
    assert (article.byline, article.dateline) == ("يوهان كرامر", "سبها 4 مايو أيار (رويترز)")


def test_a_deck_with_from_is_no_byline():
    (article,) = read(STORY[0], "من وراء الستار", *STORY[1:])
    assert article.byline is None


def test_the_date_after_the_author():
    (article,) = read(STORY[0], "بقلم: هدى السنوسي | الأحد 4 ماي 2025 - 09:31", *STORY[1:])
    assert article.byline == "هدى السنوسي"
    assert article.date is not None
    assert article.date.startswith("2025-05-04")


@pytest.mark.parametrize(
    "mark", ["/العُمانية/", "/وكالة الساحل/", "(إعداد هناء فواز للنشرة العربية - تحرير ياسر كمال)", "(تحرير ياسر كمال)"]
)
def test_marks_of_the_desk_are_no_story(mark):
    (article,) = read(*STORY, mark)
    assert article.text.splitlines() == list(STORY[1:])


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("أثينا 4 مايو أيار (رويترز) - قال الوزير", "أثينا 4 مايو أيار (رويترز)"),
        ("أثينا 4 مايو/أيار 2025 (رويترز) - قال الوزير", "أثينا 4 مايو/أيار 2025 (رويترز)"),
        ("كسلا، 4 مايو 2025 (راديو الشرق) – قال الوالي", "كسلا، 4 مايو 2025 (راديو الشرق)"),
        ("في 4 مايو 2025 (الأحد) - وكان ممطرا - وصل الوفد", None),
    ],
)
def test_datelines_with_a_day(line, dateline):
    assert dateline_of(line) == dateline


def test_words_of_which_folding_leaves_nothing_are_no_name():
    assert author_of("ءء ءء") is None
