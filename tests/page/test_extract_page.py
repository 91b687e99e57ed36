"""``extract_page`` as a call of Python: each article with its own entities, at their places in the page's text."""

from __future__ import annotations

import pytest

import arabic_news_ner as ann
from arabic_news_ner import Extractor, InputError

FIRST = (
    "عميد بلدية سبها يفتتح سوق الخضر بعد ترميمه",
    "الاثنين 28 أبريل 2025",
    "افتتح عميد بلدية سبها سالم الزوي أمس سوق الخضر بعد عام من أعمال الترميم في ليبيا.",
    "وقال الزوي إن السوق يضم مئة محل.",
    "المصدر: صحيفة الساعة 24",
    "كلمات دلالية: سبها، سالم الزوي",
)
SECOND = (
    "وزير النقل التونسي يزور ميناء رادس",
    "زار وزير النقل التونسي رشيد العامري أمس ميناء رادس في تونس.",
    "وقال العامري إن العمل يسير كما خطط له.",
)
PAGE = "\n".join(("الرئيسية » أخبار محلية", *FIRST, "أخبار ذات صلة", "شارك", *SECOND))


@pytest.fixture(scope="module")
def fast() -> Extractor:
    return Extractor.load("fast")


def test_each_article_has_its_own_entities(fast):
    first, second = fast.extract_page(PAGE)
    assert [person.name for person in first.people] == ["سالم الزوي"]
    assert [person.name for person in second.people] == ["رشيد العامري"]
    assert "ليبيا" in {place.name for place in first.places}
    assert "ليبيا" not in {place.name for place in second.places}
    assert (first.headline, first.date, first.source) == (FIRST[0], "2025-04-28", "الساعة 24")
    assert (second.headline, second.date, second.source) == (SECOND[0], None, None)
    assert "الساعة 24" not in {organization.name for organization in first.organizations}


def test_offsets_are_those_of_the_page(fast):
    for article in fast.extract_page(PAGE):
        assert article.text == PAGE
        for mention, _ in article.mentions():
            assert PAGE[mention.start : mention.end] == mention.text
        for sentence in article.sentences:
            assert PAGE[sentence.start : sentence.end] == sentence.text


def test_keywords_name_their_entities(fast):
    first, _ = fast.extract_page(PAGE)
    assert first.keywords == ("سبها", "سالم الزوي")
    assert first[first.keyword_entities[1]].name == "سالم الزوي"


def test_a_page_that_was_read_before_gives_the_same(fast):
    assert fast.extract_page(ann.read_page(PAGE)) == fast.extract_page(PAGE)


def test_html(fast):
    pytest.importorskip("lxml")
    body = "".join(f"<p>{line}</p>" for line in FIRST[2:4])
    html = (
        f"<!doctype html><html><head><title>{FIRST[0]} - النيلين</title></head><body><ul><li>رياضة</li></ul><h1>{FIRST[0]}</h1>"
        f"<div class='date'>28 أبريل 2025</div><div class='entry-content'>{body}</div></body></html>"
    )
    (article,) = fast.extract_page(html)
    assert article.text == "\n".join((FIRST[0], *FIRST[2:4]))
    assert (article.headline, article.date, article.source) == (FIRST[0], "2025-04-28", "النيلين")
    assert [person.name for person in article.people] == ["سالم الزوي"]


@pytest.mark.parametrize("raw", ["", "   \n", "Only English here.", "الرئيسية\nرياضة\nاقتصاد"])
def test_pages_without_an_article(fast, raw):
    assert [a.headline for a in fast.extract_page(raw) if a.people] == []


def test_the_built_in_model_reads_a_page():
    first, _ = ann.extract_page(PAGE)
    assert [person.name for person in first.people] == ["سالم الزوي"]


@pytest.mark.parametrize("raw", [None, b"page", 5])
def test_what_is_no_page_is_refused(fast, raw):
    with pytest.raises(InputError, match="not str"):
        fast.extract_page(raw)


def test_a_higher_score_leaves_out_what_is_less_sure(fast):
    (many, _), (few, _) = fast.extract_page(PAGE, min_score=0.0), fast.extract_page(PAGE, min_score=0.99)
    assert sum(1 for _ in few.mentions()) < sum(1 for _ in many.mentions())
    assert all(mention.score is None or mention.score >= 0.99 for mention, _ in few.mentions())
