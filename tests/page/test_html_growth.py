"""Pages with very many elements, and markup that ends in the middle: nothing is read twice, and nothing of it is lost."""

from __future__ import annotations

import pytest

from arabic_news_ner.page import html
from arabic_news_ner.page.html_meta import read_meta

pytest.importorskip("lxml")
pytest.importorskip("trafilatura")

from lxml import etree

SENTENCE = "قال الوزير إن العمل بدأ."


@pytest.mark.parametrize(
    ("element", "number", "asked"), [("p", 100, True), ("p", 4_000, False), ("i", 4_000, True), ("i", 12_000, False)]
)
def test_a_page_with_very_many_elements_is_read_without_trafilatura(element, number, asked, monkeypatch):
    """Its time grows with the square of the elements. The words are read all the same."""
    calls = []
    monkeypatch.setattr(html, "_by_trafilatura", lambda page: calls.append(page) or [SENTENCE])
    page = f"<html><body><h1>خبر</h1>{f'<{element}> {SENTENCE} </{element}>' * number}</body></html>"
    lines = html.read_html(page).lines
    assert bool(calls) is asked
    assert "".join(lines).count(SENTENCE) == (1 if asked else number)


@pytest.mark.parametrize(("page", "date"), [
    ("<h1>خبر</h1><p>نص</p><time>2024-05-03</time>", "2024-05-03"),
    ("<time>2024-05-03</time><h1>خبر</h1><p>نص</p>", None),
    ("<h1>خبر <time>2024-05-03</time></h1><p>نص</p>", None),
    ("<h1>خبر</h1><ul><li><time>2024-05-03</time></li></ul><time>2024-05-04</time>", "2024-05-04"),
    ("<header><ul><li><time>2024-05-03</time></li></ul></header><h1>خبر</h1>", "2024-05-03"),
    ("<h1>خبر</h1><aside><time>2024-05-03</time></aside>", None),
])  # fmt: skip
def test_a_time_stands_in_a_header_or_after_the_headline(page, date):
    assert read_meta(etree.fromstring(f"<html><body>{page}</body></html>", etree.HTMLParser())).published == date


@pytest.mark.parametrize(("page", "date"), [
    ("<ul><li><span class='post-date'>3 مايو 2024</span></li></ul>", "2024-05-03"),
    ("<ul><li><a href='/x'>خبر</a><span class='post-date'>3 مايو 2024</span></li></ul>", None),
    ("<li><div><a>خبر</a></div><ul><li><b class='date'>x</b><span class='date'>3 مايو 2024</span></li></ul></li>", None),
])  # fmt: skip
def test_the_date_of_a_list_of_links_is_not_the_page_s(page, date):
    assert html._dated(etree.fromstring(f"<html><body>{page}</body></html>", etree.HTMLParser())) == date


@pytest.mark.parametrize("broken", ['{"a" /* x', '{"a": "x', '{"a": "x\\"y', '{"a": "x\\'])
def test_json_that_ends_inside_a_comment_or_a_string_is_no_json(broken):
    page = f"<html><head><script type='application/ld+json'>{broken}</script></head><body></body></html>"
    assert read_meta(etree.fromstring(page, etree.HTMLParser())).headlines == ()
