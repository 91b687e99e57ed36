"""Whom a page names as its publisher, and which agency it quotes."""

from __future__ import annotations

import pytest

from arabic_news_ner.page import read_page
from arabic_news_ner.page.fields.headline import site_cut
from arabic_news_ner.page.fields.outlet import canonical, in_dateline, settle, wire_after

HEADLINE = "افتتاح سوق السمك الجديد في المرسى بعد ترميمه"
STORY = (
    "بلدية سبها تفتتح سوق الخضر بعد ترميمه",
    "افتتح عميد بلدية سبها أمس سوق الخضر بعد عام من أعمال الترميم.",
    "وقال العميد سالم الزوي إن السوق يضم مئة محل، وإن الإيجار لن يرتفع هذا العام.",
)


def read(*lines: str):
    (article,) = read_page("\n".join(lines)).articles
    return article


@pytest.mark.parametrize(
    ("lines", "source", "agency"),
    [
        ((*STORY, "المصدر: النيلين"), "النيلين", None),
        ((*STORY, "المصدر : صحيفة سبق الإلكترونية"), "سبق", None),
        ((f"{STORY[0]} - اليوم السابع", *STORY[1:]), "اليوم السابع", None),
        ((f"الخبر : {STORY[0]}", *STORY[1:]), "الخبر", None),
        ((f"{STORY[0]} | شفق نيوز", STORY[1], STORY[2]), "شفق نيوز", None),
        ((STORY[0], f"سبها - وال: {STORY[1]}", STORY[2]), "وال", None),
        ((STORY[0], "الرياض - واس", *STORY[1:]), "واس", None),
        ((STORY[0], f"دبي (CNN) - {STORY[1]}", STORY[2]), "سي إن إن بالعربية", None),
        ((STORY[0], "خاص - الأقباط متحدون", *STORY[1:]), "الأقباط متحدون", None),
        ((STORY[0], "يمن مونيتور/ سبها/ خاص", *STORY[1:]), "يمن مونيتور", None),
        ((*STORY, "النيلين"), "النيلين", None),
        ((STORY[0], f"سبها (رويترز) - {STORY[1]}", STORY[2], "المصدر: النيلين"), "النيلين", "رويترز"),
        ((f"{STORY[0]} - مصراوي", STORY[1], STORY[2], "(أ ف ب)"), "مصراوي", "فرانس برس"),
        ((f"{STORY[0]} - مصراوي", STORY[1], f"{STORY[2]} (بترا)"), "مصراوي", "بترا"),
        ((*STORY, "المصدر: وكالات"), None, None),
        ((*STORY, "المصدر: مجلة الواحة"), "مجلة الواحة", None),
        (STORY, None, None),
    ],
)
def test_source_and_agency(lines, source, agency):
    article = read(*lines)
    assert (article.source, article.agency) == (source, agency)


def test_the_name_of_the_site_is_no_part_of_the_headline():
    assert read(f"الخبر : {STORY[0]}", *STORY[1:]).headline == STORY[0]
    assert read(f"{STORY[0]} - اليوم السابع", *STORY[1:]).headline == STORY[0]


@pytest.mark.parametrize(
    "headline",
    [
        "رويترز: ميناء الخمس يستقبل أول سفينة منذ عام",
        "قطار دمشق - حلب يعود بعد عقد",
        "مباراة الأهلي - الزمالك تنتهي بالتعادل",
        "حوار - وزير النقل: القطار يعود",
        "طريق الرياض - الدمام يفتح غدا",
    ],
)
def test_a_headline_that_names_an_outlet_or_has_a_dash_is_whole(headline):
    assert site_cut(headline) == (0, len(headline), None)
    article = read(headline, *STORY[1:])
    assert article.headline == headline
    assert article.byline is None


def test_the_source_is_linked_where_the_knowledge_base_has_it():
    link = read(*STORY, "المصدر: صحيفة اليوم السابع").source_link
    assert (link.kb, link.id, link.name) == ("organizations", "youm7", "اليوم السابع")
    assert read(*STORY, "المصدر: مجلة الواحة").source_link is None


@pytest.mark.parametrize(
    ("dateline", "names"),
    [
        ("أخبار الآن | بغداد – العراق – (رويترز)", ["أخبار الآن", "رويترز"]),
        ("بريدة 28 أبريل 2025 م واس", ["واس"]),
        ("غزة / يحيى السوالمة / الأناضول", ["الأناضول"]),
        ("لندن ـ «الجسر»", ["الجسر"]),
        ("الأبيض: سودان هورايزن", ["سودان هورايزن"]),
        ("طرابلس", []),
        ("الخرطوم - خاص", []),
    ],
)
def test_outlets_of_a_dateline(dateline, names):
    assert in_dateline(dateline) == names


def test_names_of_outlets():
    assert canonical("أ.ف.ب") == "فرانس برس"
    assert canonical("«مجلة الواحة»") == "مجلة الواحة"
    assert canonical(None) is None
    assert settle(["فرانس24/ أ ف ب"]) == ("فرانس 24", "فرانس برس")
    assert settle([None, "وكالات"]) == (None, None)
    assert wire_after("وانتهى الاجتماع بلا بيان. (رويترز، أ ف ب)") == "رويترز، أ ف ب"
    assert wire_after("وانتهى الاجتماع بلا بيان (صور)") is None


@pytest.mark.parametrize(
    ("under", "byline", "source", "agency"),
    [
        ("كتب - سالم النور :", "سالم النور", None, None),
        ("تحقيق ماري خوري", "ماري خوري", None, None),
        ("سمير فوزي\nنشر في المصريون يوم 12 - 06 - 2012", "سمير فوزي", "المصريون", None),
        ("أحمد حمزة\navata\nأحمد حمزة\n10 اغسطس 2016\n+ الخط -", "أحمد حمزة", None, None),
        ("أخبار الآن | سبها – (رويترز)", None, "أخبار الآن", "رويترز"),
        ("صورة الخبر", None, None, None),
        ("(تصوير: نبيل حسن)", None, None, None),
    ],
)
def test_what_stands_between_headline_and_story(under, byline, source, agency):
    article = read(STORY[0], *under.split("\n"), *STORY[1:])
    assert (article.byline, article.source, article.agency) == (byline, source, agency)
    assert article.text.split("\n")[-2:] == list(STORY[1:])
    assert not {"+ الخط -", "صورة الخبر", "أحمد حمزة", "تحقيق ماري خوري"} & set(article.text.split("\n"))


BRIEFS = (
    "يقول نائب من كتلة كبيرة إن الموازنة لن تقر قبل نهاية الشهر المقبل.",
    "لاحظ مراقبون أن وزيرا سابقا زار مرجعا روحيا مرتين في أسبوع واحد.",
    "همس دبلوماسي أوروبي بأن المؤتمر المقرر في الخريف قد ينقل إلى عاصمة أخرى.",
)


def test_a_page_of_briefs_gives_its_pieces():
    article = read("أسرار", *BRIEFS)
    assert (article.headline, article.text.split("\n")) == ("أسرار", list(BRIEFS))
    assert len(article.body) == 3


def test_a_dateline_belongs_to_the_body():
    article = read(STORY[0], f"ليبيا - رويترز: {STORY[1]}", STORY[2])
    assert article.text.startswith("ليبيا - رويترز: ")
    assert (article.dateline, article.source) == ("ليبيا - رويترز", "رويترز")


@pytest.mark.parametrize(
    ("first", "byline", "source"),
    [
        ("أخبارنا المغربية - حنان سلامة", "حنان سلامة", None),
        ("ليبيا – السابعة الإخبارية", None, "السابعة الإخبارية"),
        ("سبها - وال", None, "وال"),
    ],
)
def test_a_credit_on_the_first_line_is_no_headline(first, byline, source):
    article = read(first, *STORY[1:])
    assert (article.headline, article.byline, article.source) == (None, byline, source)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("تونس - وكالة أنباء المرسى", "وكالة أنباء المرسى"),
        ("عمان - شبكة الخليج الإخبارية", "شبكة الخليج الإخبارية"),
        ("بغداد – قناة الرافدين", "قناة الرافدين"),
        ("الرباط - جريدة الضفة", "جريدة الضفة"),
        ("صنعاء ـ إذاعة الجنوب", "إذاعة الجنوب"),
        ("القيروان - راديو الزيتونة", "راديو الزيتونة"),
        ("دمشق - تلفزيون الغوطة", "تلفزيون الغوطة"),
        ("الدوحة - مجلة المرفأ", "مجلة المرفأ"),
        ("المكلا - صحيفة الساحل", "صحيفة الساحل"),
        ("صحيفة المرفأ الدولية - خاص", "صحيفة المرفأ الدولية"),
    ],
)
@pytest.mark.parametrize("glued", [False, True], ids=["above", "in the story"])
def test_a_name_with_the_head_noun_of_an_outlet_is_no_author(line, name, glued):
    above = [f"{line} - {STORY[0]}"] if glued else [line, STORY[0]]
    (article,) = read_page("\n".join([HEADLINE, *above, *STORY[1:]])).articles
    assert (article.byline, article.source) == (None, name)
    assert article.text.endswith(STORY[-1])


def test_an_author_beside_such_a_name_stays_the_author():
    for line in ("رنا الصباغ - موقع المرفأ", "الدمام - صحيفة المرفأ: رنا الصباغ", "صحيفة المرفأ - رنا الصباغ"):
        (article,) = read_page("\n".join([HEADLINE, line, *STORY])).articles
        assert article.byline == "رنا الصباغ"
        assert article.source in ("موقع المرفأ", "صحيفة المرفأ")
