"""Pages taken apart: the pieces tile the page, every offset maps back, and small pages written for one thing each."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner import InputError, read_page
from arabic_news_ner.page.segment import SEAMS

FOLDER = Path(__file__).parent
LINES = [
    "والي الخرطوم يتفقد محطة مياه المقرن",
    "تفقد والي الخرطوم أحمد عثمان حمزة أمس محطة مياه المقرن ووقف على سير العمل.",
    "وقال حمزة إن المحطة ستعود إلى العمل خلال أسبوعين.",
    "المصدر: سونا",
    "المصدر:",
    "كلمات دلالية: الخرطوم، المقرن",
    "إقرأ أيضاً:",
    "أخبار ذات صلةأعلن الجيش السوداني استعادة بلدة في ولاية سنار بعد معارك استمرت يومين.",
    "الأربعاء 14 مايو 2025 - 10:42 ص",
    "شارك على فيسبوك",
    "جميع الحقوق محفوظة",
    "الصورة: رويترز",
    "كتب: محمود العيسوي",
    "Read more on our site",
    "",
    "   ",
    "- سؤال؟",
    "نعم",
]


@given(st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from(["\n", "\r\n", "\n\n", " "]))
def test_the_pieces_tile_the_page_and_offsets_map_back(lines, end):
    raw = end.join(lines)
    page = read_page(raw)
    assert page.text == raw
    at = 0
    for piece in page.pieces():
        assert piece.start == at < piece.end
        at = piece.end
    assert at == len(raw)
    taken = sorted(span for a in page.articles for span in a.story)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(taken))
    body = [(p.start, p.end) for p in page.pieces() if p.kind == "body"]
    assert sorted(span for a in page.articles for span in a.body) == body
    for article in page.articles:
        text = article.text
        for offset, character in enumerate(text):
            assert raw[article.to_raw(offset)] == character or character == "\n"
        with pytest.raises(InputError):
            article.to_raw(len(text) + 1)


@given(st.text(max_size=200))
def test_any_text_is_a_page(raw):
    page = read_page(raw)
    assert "".join(page.text[p.start : p.end] for p in page.pieces()) == page.text


@pytest.mark.parametrize("unit", ["ا", "المصدر: ", "أخبار ذات صلة", "1/", "\n", "قال. ", "(ا", "كلمات دلالية:"])
def test_a_long_hostile_page_is_read(unit):
    page = read_page(unit * (60_000 // len(unit)))
    assert sum(p.end - p.start for p in page.pieces()) == len(page.text)


@pytest.mark.parametrize("seam", SEAMS, ids=lambda seam: seam[0].__name__)
def test_a_seam_is_asked_of_every_line_that_it_cuts(seam):
    """A line without the strings that a seam needs has no cut of it: on every page of the tests, and on joined lines."""
    rule, signs = seam
    pages = [path.read_text(encoding="utf-8") for path in FOLDER.glob("*/*.txt")]
    lines = [line for page in pages for line in page.splitlines()]
    lines += [joint.join(page.split("\n")) for page in pages for joint in ("", " ")]
    cut = [line for line in lines if any(True for _ in rule(line))]
    assert cut, "no page has such a line"
    assert [line for line in cut if not any(sign in line for sign in signs)] == []


def one(raw):
    (article,) = read_page(raw).articles
    return article


def test_fields_of_a_clean_article():
    article = one(
        "والي الخرطوم يتفقد محطة مياه المقرن | النيلين\nالأربعاء 14 مايو 2025 - 10:42 ص\nكتب: محمود العيسوي\n"
        "الصورة: سونا\nالخرطوم (رويترز) - تفقد والي الخرطوم أمس محطة مياه المقرن.\nالمصدر: سونا\n"
        "كلمات دلالية: الخرطوم، المقرن\nاقرأ أيضاً: ارتفاع منسوب النيل في الخرطوم\n"
    )
    assert article.headline == "والي الخرطوم يتفقد محطة مياه المقرن"
    assert article.date == "2025-05-14T10:42"
    assert (article.byline, article.dateline) == ("محمود العيسوي", "الخرطوم (رويترز)")
    assert (article.source, article.agency) == ("النيلين", "سونا")
    assert article.keywords == ("الخرطوم", "المقرن")
    assert article.related == ("ارتفاع منسوب النيل في الخرطوم",)
    assert article.captions == ("سونا",)
    assert article.text == "الخرطوم (رويترز) - تفقد والي الخرطوم أمس محطة مياه المقرن."


def test_a_relative_date_is_no_date():
    assert one("عودة التيار إلى أحياء المدينة كلها\nمنذ 3 ساعات\nعاد التيار الكهربائي إلى المدينة.").date is None


@pytest.mark.parametrize("label", ["أقرأ التالي", "مواد متعلقة", "مواضيع إضافية"])
def test_labels_of_links(label):
    story = "عاد التيار الكهربائي إلى المدينة.\nوقالت الشركة إن العطل أصلح."
    article = one(
        f"عودة التيار إلى أحياء المدينة كلها\n{story}\nكلمات مفتاحية\nكهرباء\n{label}\nأمطار غزيرة على الساحل الغربي"
    )
    assert article.keywords == ("كهرباء",)
    assert article.related == ("أمطار غزيرة على الساحل الغربي",)
    assert article.byline is None
    assert article.text == story


def test_words_of_boilerplate_inside_a_story_stay():
    story = "وقال المصدر: إن الاجتماع تأجل.\nجميع الحقوق محفوظة لأصحابها، كما ينص القانون الذي أقره البرلمان أمس."
    assert one(f"البرلمان يقر قانون حماية الملكية الفكرية\n{story}").text == story


def test_an_interview_is_one_article():
    raw = (
        "مدرب المنتخب: جاهزون للبطولة\n* كيف ترى الفريق؟\n- الفريق في أفضل حالاته.\n* ومتى تسافرون؟\n- نسافر يوم الأحد."
    )
    assert len(one(raw).body) == 4


def test_no_arabic_no_article():
    assert read_page("Breaking news: nothing to see here.").articles == ()
    assert read_page("").articles == ()


def test_what_is_no_page_is_refused():
    with pytest.raises(InputError, match="the page is of type"):
        read_page(None)
