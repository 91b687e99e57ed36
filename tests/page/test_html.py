"""HTML pages: the story and what the page states, on pages of many makes and on broken ones."""

from __future__ import annotations

import builtins
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner import MissingExtraError
from arabic_news_ner.page import read_page
from arabic_news_ner.page.fields.outlet import canonical

pytest.importorskip("lxml")
pytest.importorskip("trafilatura")

FOLDER = Path(__file__).parent / "html"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))
BODY = (
    "قال وزير المواصلات سالم بن عامر إن أعمال الصيانة في ميناء الخمس تبدأ الشهر المقبل بعد عام من التأجيل.",
    "وأضاف الوزير أن الشركة المنفذة تسلمت الموقع، وأن العمل يجري على مرحلتين تنتهي أولاهما في الخريف.",
)
HEADLINE = "صيانة ميناء الخمس تبدأ الشهر المقبل"


def html(*, head: str = "", body: str = "", top: str = "") -> str:
    story = "".join(f"<p>{line}</p>" for line in BODY)
    return (
        f"<!DOCTYPE html><html lang=ar><head>{head}</head><body>{top}<h1>{HEADLINE}</h1>{body}"
        f"<div class='entry-content'>{story}</div></body></html>"
    )


def ld(value: object, kind: str = "application/ld+json") -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f'<script type="{kind}">{text}</script>'


def one(raw: str):
    (article,) = read_page(raw).articles
    return article


@pytest.mark.parametrize("name", NAMES)
def test_page(name):
    truth = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    article = one((FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    assert article.headline == truth["headline"]
    optional = set(truth.get("optional", ()))
    assert [line for line in article.text.split("\n") if line not in optional] == truth["body"]
    assert article.byline == truth["byline"]
    assert (article.date or "")[:10] == truth["date"]
    assert article.source == canonical(truth["source"])
    assert article.agency in (truth["agency"], *truth.get("also", {}).get("agency", ()))
    if truth["keywords"]:
        assert list(article.keywords) == truth["keywords"]


def test_there_are_pages():
    assert len(NAMES) >= 16


NEWS = {"@type": "NewsArticle", "headline": HEADLINE}


@pytest.mark.parametrize(
    "script",
    [
        ld({**NEWS, "datePublished": "2025-04-28"}),
        ld({**NEWS, "datePublished": "2025-04-28"}, "application/ld+json;charset=UTF-8"),
        ld({"@graph": [{"@type": "WebSite"}, {**NEWS, "datePublished": "2025-04-28"}]}),
        ld([[{**NEWS, "datePublished": "2025-04-28"}]]),
        ld({"@type": "WebPage", "mainEntity": {**NEWS, "datePublished": "2025-04-28"}}),
        ld('<!-- {"@type": "NewsArticle", "datePublished": "2025-04-28"} -->'),
        ld('//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2025-04-28"}\n//]]>'),
        ld('{"@type": "NewsArticle", /* تاريخ النشر */ "datePublished": "2025-04-28",}'),
        ld('{"@type": "NewsArticle", "datePublished": "2025-04-28"};'),
        ld('{"@type": "NewsArticle", "description": "سطر\nثان", "datePublished": "2025-04-28"}'),
        ld("{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;datePublished&quot;: &quot;2025-04-28&quot;}"),
        ld('{"@type": "Organization"}{"@type": "NewsArticle", "datePublished": "2025-04-28"}'),
        ld({"@type": ["Thing", "http://schema.org/NewsArticle"], "datePublished": ["2025-04-28"]}),
        '<meta property="article:published_time" content="2025-04-28T10:00:00+00:00">',
        '<meta name="DC.date.issued" content="2025-04-28">',
        '<meta name="parsely-pub-date" content="2025-04-28T10:00:00Z">',
        '<meta name="sailthru.date" content="28 أبريل 2025">',
        '<meta itemprop="datePublished" content="2025-04-28">',
        '<meta name="pubdate" content="0000-00-00"><meta name="dc.date" content="2025-04-28">',
    ],
)
def test_date_of_the_head(script):
    modified = '<meta property="article:modified_time" content="2025-05-05">'
    assert (one(html(head=modified + script)).date or "")[:10] == "2025-04-28"


@pytest.mark.parametrize(
    ("markup", "date"),
    [
        ("<span class='date'>2 كانون الثاني 2025</span>", "2025-01-02"),
        ("<span class='date'>تاريخ النشر: 9 شباط/فبراير 2025</span>", "2025-02-09"),
        ("<div>12 كانون 2 2024</div>", "2024-01-12"),
        ("<time>28 أبـريل 2025</time>", "2025-04-28"),
        ("<time datetime='2025-04-28T10:00'>منذ ساعة</time>", "2025-04-28T10:00"),
        ("<p><b>نشر:</b> الخميس 15 غشت 2024 - 10:20 مساء</p>", "2024-08-15T22:20"),
        ("<p>نشر: الخميس 15 غشت 2024 - 10:20 مساء</p>", "2024-08-15T22:20"),
        ("<ul><li class='date'><a href=x>خبر آخر</a> 1/1/2020</li></ul>", None),
    ],
)
def test_date_of_the_text(markup, date):
    assert one(html(body=markup)).date == date


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        (ld({**NEWS, "author": {"@type": "Person", "name": "هبة عوض"}}), "هبة عوض"),
        (ld({**NEWS, "author": ["هبة عوض", {"name": "سالم النور"}]}), "هبة عوض، سالم النور"),
        (ld({**NEWS, "author": {"name": {"name": {"name": {"name": {"name": "هبة"}}}}}}), None),
        (ld([{**NEWS, "author": {"@id": "#p"}}, {"@id": "#p", "name": "هبة عوض"}]), "هبة عوض"),
        ('<meta name="author" content="كتبت: هبة عوض - القاهرة">', "هبة عوض"),
        ('<meta name="author" content="https://example.org/author/5">', None),
        ('<meta name="author" content="news@example.org">', None),
        ('<meta name="author" content="admin">', None),
        ('<meta name="author" content="اليوم السابع">', None),
        ('<meta name="author" content="موقع الجسر"><meta property="og:site_name" content="موقع الجسر">', None),
        ('<meta name="author" content="وكالات">', None),
    ],
)
def test_byline(head, byline):
    assert one(html(head=head)).byline == byline


@pytest.mark.parametrize("label", ["كتب: ", "كتبت ", "تحرير: ", "إعداد: ", "بقلم/ "])
def test_byline_beside_the_headline(label):
    assert one(html(body=f"<div>{label}هبة عوض</div>")).byline == "هبة عوض"


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ('<meta property="og:site_name" content="اليوم السابع">', "اليوم السابع"),
        ('<meta property="og:site_name" content="Youm7 | اليوم السابع">', "اليوم السابع"),
        ('<meta property="og:url" content="https://www.youm7.com/story/1">', "اليوم السابع"),
        ("<link rel='canonical' href='https://arabic.cnn.com/x'>", "سي إن إن بالعربية"),
        (f"<title>{HEADLINE} - موقع الجسر</title>", "موقع الجسر"),
        (ld({**NEWS, "publisher": {"name": "صحيفة الجسر"}}), "صحيفة الجسر"),
        ("", None),
    ],
)
def test_source(head, source):
    assert one(html(head=head)).source == source


def test_headline():
    site = '<meta property="og:site_name" content="صحيفة الجسر">'
    page = html(head=site, top="").replace(f"<h1>{HEADLINE}</h1>", "<h1>صحيفة الجسر</h1>")
    assert one(page.replace("<head>", f"<head><title>{HEADLINE} | صحيفة الجسر</title>")).headline == HEADLINE
    og = f'<meta property="og:title" content="صحيفة الجسر - {HEADLINE}">'
    assert one(page.replace("<head>", f"<head>{og}")).headline == HEADLINE
    quoted = "«الوزير»: &amp;quot;الصيانة تبدأ&amp;quot; في ميناء الخمس"
    assert one(html().replace(HEADLINE, quoted)).headline == '«الوزير»: "الصيانة تبدأ" في ميناء الخمس'
    assert one(html(top="<h1>تابعونا</h1>", head=f"<title>{HEADLINE}</title>")).headline == HEADLINE


def test_what_is_around_the_story_is_none_of_it():
    around = (
        "<figure><img><figcaption>رافعات في ميناء الخمس صباح أمس</figcaption></figure><h1>الأكثر قراءة</h1>"
        "<time>28 أبريل 2025</time><div class='share-bar'>شارك عبر <a>فيسبوك</a></div>"
    )
    comments = "<div id='comments'><p>نتمنى أن تنتهي الصيانة في موعدها هذا العام، فقد طال الانتظار.</p></div></body>"
    article = one(html().replace("<p>", around + "<p>", 1).replace("</body>", comments))
    assert article.text.split("\n") == list(BODY)
    assert article.captions == ("رافعات في ميناء الخمس صباح أمس",)


def test_a_first_paragraph_outside_the_paragraphs_is_kept():
    raw = html().replace(f"<p>{BODY[0]}</p>", f"<div class='lead'>{BODY[0]}</div>")
    assert one(raw).text.split("\n") == list(BODY)


@pytest.mark.parametrize("depth", [300, 1_000, 10_000])
def test_deeply_nested_markup_loses_nothing(depth):
    raw = html().replace("<body>", "<body>" + "<div>" * depth).replace("</body>", "</div>" * depth + "</body>")
    article = one(raw)
    assert (article.headline, article.text.split("\n")) == (HEADLINE, list(BODY))


def test_many_links_are_read_once():
    links = "".join(f"<li><a href=/{n}>{HEADLINE} {n}</a></li>" for n in range(10_000))
    assert one(html(top=f"<ul>{links}</ul>")).text.split("\n") == list(BODY)


@pytest.mark.parametrize(
    "raw",
    [
        "<!doctype html>",
        "<!DOCTYPE html>\n\n",
        "<html></html>",
        "<html><body><p></p></body></html>",
        "<html>" + ld({"@type": 5, "keywords": True, "author": {"a": [{}]}}),
        "<html>" + ld("[" * 100_000),
        "<html>" + ld('{"a":' * 5_000 + "1" + "}" * 5_000),
        "<html><head><meta content><meta property=og:title></head></html>",
        "<html>\x00\ud800</html>",
    ],
)
def test_pages_without_a_story_have_no_article(raw):
    assert read_page(raw).articles == ()


NAMES_OF_LD = ["@type", "@id", "@graph", "author", "name", "keywords", "headline", "datePublished"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES_OF_LD), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_any_json_ld_is_read(value):
    article = one(html(head=ld({**NEWS, "author": value, "keywords": value, "publisher": value, "@graph": value})))
    assert article.text.split("\n") == list(BODY)


def test_persian_pages_are_reported():
    raw = (
        "<!doctype html><html><body><h1>آغاز تعمیر بندر در ماه آینده</h1><p>وزیر راه گفت که تعمیر این بندر از ماه آینده آغاز "
        "می‌شود و برای آن قرارداد بسته شده است.</p><p>او گفت که این کار در دو مرحله است و "
        "با آن کار بندر بهتر می‌شود.</p></body></html>"
    )
    page = read_page(raw)
    assert (page.language, page.articles) == ("fa", ())
    assert read_page(page.text).language == "fa"
    assert read_page(html()).language == "ar"


@pytest.mark.parametrize("missing", ["lxml", "trafilatura"])
def test_an_import_that_fails_is_reported_as_what_it_is(monkeypatch, missing):
    real = builtins.__import__

    def broken(name, *args, **kwargs):
        if name.split(".")[0] == missing:
            raise ImportError(f"No module named 'lxml_html_clean' ({missing})", name="lxml_html_clean")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", broken)
    with pytest.raises(MissingExtraError, match="lxml_html_clean"):
        read_page("<!doctype html><html><body><p>سطر</p></body></html>")


def test_the_command_line_says_that_a_page_is_persian(tmp_path, capfd):
    from arabic_news_ner.cli.main import main

    path = tmp_path / "page.txt"
    path.write_text("وزیر راه گفت که این بندر از ماه آینده آغاز می‌شود و برای آن قرارداد است.\n", encoding="utf-8")
    main(["extract", "--model", "fast", str(path)])
    assert "no Arabic article found; the page is in Persian" in capfd.readouterr().err


PARTS_OF_MARKUP = [
    *"<p> </p> <div> </div> <br> </a> <!-- --> <script> </script> <h1> </h1> <table><tr><td> <![CDATA[ ]]> &amp; &#0;".split(),
    *"&#xD800; &nbsp <figure> <article> <?php <svg><title> <html> <body> </html> <p/> < >".split(),
    *("<a href=x>", "<time datetime='x'>", "<meta property='og:title' content='", "'>", "\x00", "\ud800", "\u202b"),
    *(BODY[0], HEADLINE),
]


@given(st.lists(st.sampled_from(PARTS_OF_MARKUP) | st.text(max_size=6), max_size=30))
def test_any_markup_is_read(parts):
    page = read_page("<!doctype html>" + "".join(parts))
    assert "".join(page.text[piece.start : piece.end] for piece in page.pieces()) == page.text
    for article in page.articles:
        assert article.headline is None or article.headline in page.text
        assert article.text == "\n".join(page.text[start:end] for start, end in article.body)
