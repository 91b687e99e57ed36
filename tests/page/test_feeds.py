"""Feeds and web archives, made here: RSS, Atom, WARC and WET."""

from __future__ import annotations

import gzip
import json
from io import BytesIO

import pytest

from arabic_news_ner import InputError, read_feed, read_warc
from arabic_news_ner.page.feeds import decode_page

pytest.importorskip("lxml")
warcio = pytest.importorskip("warcio")

HEADLINE = "صيانة ميناء الخمس تبدأ الشهر المقبل"
BODY = (
    "قال وزير المواصلات سالم بن عامر إن أعمال الصيانة في ميناء الخمس تبدأ الشهر المقبل بعد عام من التأجيل.",
    "وأضاف الوزير أن الشركة المنفذة تسلمت الموقع، وأن العمل يجري على مرحلتين تنتهي أولاهما في الخريف.",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>بوابة الوسط</title><link>https://alwasat.example/</link>
<item><title>{HEADLINE}</title><link>https://alwasat.example/1</link><guid>wasat-1</guid>
<pubDate>Mon, 28 Apr 2025 10:00:00 +0300</pubDate><dc:creator>هبة عوض</dc:creator><category>موانئ</category>
<category>صيانة</category>
<description>موجز</description><content:encoded><![CDATA[{PARAGRAPHS}]]></content:encoded></item>
<item><title>خبر ثان من الميناء</title><description>{BODY[1]}</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>صحيفة الجسر</title>
<entry><id>urn:1</id><title>{HEADLINE}</title><link rel="self" href="https://jisr.example/feed"/>
<link rel="alternate" href="https://jisr.example/1"/><published>2025-04-28T10:00:00Z</published><updated>2025-05-01T10:00:00Z</updated>
<author><name>هبة عوض</name></author><category term="موانئ"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{PARAGRAPHS}</div></content></entry></feed>"""


def test_rss():
    first, second = read_feed(RSS.encode())
    assert (first.id, first.url) == ("wasat-1", "https://alwasat.example/1")
    (article,) = first.page.articles
    assert (article.headline, article.text.split("\n")) == (HEADLINE, list(BODY))
    assert (article.date, article.byline, article.source) == ("2025-04-28T10:00+03:00", "هبة عوض", "بوابة الوسط")
    assert article.keywords == ("موانئ", "صيانة")
    assert second.page.articles[0].text == BODY[1]


def test_atom(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(ATOM, encoding="utf-8")
    (document,) = read_feed(path)
    assert (document.id, document.url) == ("urn:1", "https://jisr.example/1")
    (article,) = document.page.articles
    assert (article.headline, article.text.split("\n")) == (HEADLINE, list(BODY))
    assert (article.date, article.byline, article.source) == ("2025-04-28T10:00Z", "هبة عوض", "صحيفة الجسر")


def test_entities_of_a_feed_are_inert(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("سر", encoding="utf-8")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    raw = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY a0 "ها">{bomb}]>'
        f"<rss><channel><item><title>{HEADLINE}</title><description>&x;&a8;{BODY[0]}</description></item></channel></rss>"
    )
    (document,) = read_feed(raw.encode())
    assert "سر" not in document.page.text.split("\n")
    assert len(document.page.text) < 1_000


@pytest.mark.parametrize("data", [b"", b"no feed", b"<html><body/></html>", b"\x00\x01"])
def test_what_is_no_feed_is_refused(data):
    with pytest.raises(InputError, match="no RSS or Atom feed"):
        list(read_feed(data))


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(InputError, match="cannot read"):
        list(read_feed(tmp_path / "missing.xml"))


def warc(*records, gzipped: bool = True) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    for kind, url, payload, content_type in records:
        headers = StatusAndHeaders("200 OK", [("Content-Type", content_type)], protocol="HTTP/1.0")
        http = headers if kind == "response" else None
        writer.write_record(
            writer.create_warc_record(
                url, kind, payload=BytesIO(payload), http_headers=http, warc_content_type=None if http else content_type
            )
        )
    return out.getvalue()


PAGE = f"<!doctype html><html><body><h1>{HEADLINE}</h1><div class='entry-content'>{PARAGRAPHS}</div></body></html>"


@pytest.mark.parametrize("gzipped", [True, False])
def test_warc(gzipped):
    data = warc(
        ("response", "https://jisr.example/1", PAGE.encode(), "text/html; charset=utf-8"),
        ("response", "https://jisr.example/2", PAGE.encode("cp1256"), "text/html; charset=windows-1256"),
        ("response", "https://jisr.example/3.png", b"\x89PNG", "image/png"),
        ("metadata", "https://jisr.example/1", b"a: b", "application/warc-fields"),
        gzipped=gzipped,
    )
    documents = list(read_warc(data))
    assert [d.url for d in documents] == ["https://jisr.example/1", "https://jisr.example/2"]
    for document in documents:
        assert document.id.startswith("<urn:uuid:")
        assert document.page.articles[0].text.split("\n") == list(BODY)


def test_wet():
    text = "\n".join(["الرئيسية", "رياضة", HEADLINE, "28 أبريل 2025", *BODY, "أخبار ذات صلة", "جميع الحقوق محفوظة"])
    (document,) = read_warc(warc(("conversion", "https://jisr.example/1", text.encode(), "text/plain")))
    (article,) = document.page.articles
    assert (article.headline, article.date, article.text.split("\n")) == (HEADLINE, "2025-04-28", list(BODY))
    assert document.page.text == text


@pytest.mark.parametrize(
    "data", [b"no archive at all\n" * 20, gzip.compress(b"no archive\n" * 20, mtime=0)], ids=["plain", "gzip"]
)
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(InputError, match="no WARC file"):
        list(read_warc(data))


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (HEADLINE.encode(), None),
        (HEADLINE.encode("utf-8-sig"), "windows-1256"),
        (HEADLINE.encode("cp1256"), "windows-1256"),
        (HEADLINE.encode("cp1256"), None),
        (HEADLINE.encode("utf-16"), None),
        (HEADLINE.encode("iso-8859-6"), "iso-8859-6"),
        (HEADLINE.encode(), "no-such-encoding"),
    ],
)
def test_encodings(data, declared):
    assert decode_page(data, declared) == HEADLINE


def test_the_command_line_reads_feeds_and_archives(tmp_path, capfdbinary):
    from arabic_news_ner.cli.main import main

    feed, archive = tmp_path / "feed.xml", tmp_path / "pages.warc.gz"
    feed.write_text(RSS, encoding="utf-8")
    archive.write_bytes(warc(("response", "https://jisr.example/1", PAGE.encode(), "text/html")))
    assert main(["extract", "--model", "fast", "--feed", str(feed)]) == 0
    entries = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [entry["id"] for entry in entries] == ["wasat-1", None]
    assert entries[0]["articles"][0]["source"] == "بوابة الوسط"
    assert main(["extract", "--model", "fast", "--warc", str(archive), str(feed)]) == 1
    out = capfdbinary.readouterr()
    (page,) = [json.loads(line) for line in out.out.splitlines()]
    assert page["url"] == "https://jisr.example/1"
    assert [e["name"] for e in page["articles"][0]["entities"] if e["label"] == "PER"] == ["سالم بن عامر"]
    assert b"no WARC file" in out.err
