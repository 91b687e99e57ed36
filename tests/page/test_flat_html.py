"""The text of HTML without a tree: what is markup, what is text, and that no letter is read twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner.page import flat_html, read_page
from arabic_news_ner.page.flat_html import flat_lines


@pytest.mark.parametrize(("html", "lines"), [
    ("<p>خبر أول</p><p>خبر  ثان</p>", ["خبر أول", "خبر ثان"]),
    ("سطر<br>ثان<br/>ثالث<BR >رابع", ["سطر", "ثان", "ثالث", "رابع"]),
    ("<div>قال <b>الو</b>زير</div>بعده", ["قال الوزير", "بعده"]),
    ("<title>عنوان</title><script>if (a<b) x='<p>'</script><style>p{}</style>نص", ["نص"]),
    ("<SCRIPT src=x>var a = '</p>'</Script >نص", ["نص"]),
    ("<script/>نص <noscript>فعّل</noscript>هنا <template><p>لا</p></template>", ["نص هنا"]),
    ("قبل<script>بلا نهاية", ["قبل"]),
    ("<!-- <p>تعليق</p> -->نص<!-->ثم<!-- بلا نهاية <p>", ["نصثم"]),
    ("<!DOCTYPE html><?xml version='1.0'?>نص</ >ثم</>", ["نصثم"]),
    ("<![if !IE]>نص<![endif]> <![CDATA[ a > b ]]>ثم", ["نص ثم"]),
    ('<a title="أكبر > من" href=\'x>y\'>رابط</a>', ["رابط"]),
    ("<a title=it's>رابط</a> و<a href=x>ثان</a> it's", ["رابط وثان it's"]),
    ('<a title="بلا نهاية>رابط <p>نص', ["رابط", "نص"]),
    ("3 < 5 وأيضا <٣ & &amp; &lt;p&gt; &#x628;", ["3 < 5 وأيضا <٣ & & <p> ب"]),
    ("<h1\nclass=x\n>عنوان</h1\n>نص <p", ["عنوان", "نص"]),
    ("<section-x>نص</section-x>ثم\0هنا", ["نصثم هنا"]),
    ("", []),
])  # fmt: skip
def test_lines(html, lines):
    assert flat_lines(html) == lines


def test_a_marked_section_of_an_unknown_kind_is_no_text():
    page = "<!DOCTYPE html><html><body><article><p>قال الوزير إن العمل بدأ في المدينة.</p><![foo[ x ]]></article></body></html>"
    assert flat_lines(page) == ["قال الوزير إن العمل بدأ في المدينة."]
    assert "قال الوزير إن العمل بدأ في المدينة." in read_page(page).text


SIGNS = [
    "<",
    ">",
    "/",
    "!",
    "--",
    "[",
    "]]",
    "=",
    '"',
    "'",
    "p",
    "br",
    "script",
    "title",
    "CDATA",
    " ",
    "\n",
    "خبر",
    "&amp;",
    "\0",
]


@given(st.lists(st.sampled_from(SIGNS), max_size=60).map("".join))
def test_what_is_read_goes_on_without_a_step_back(html):
    at = 0
    while (found := flat_html._MARKUP.search(html, at)) is not None:
        assert found.start() >= at
        assert found.end() > found.start()
        at = found.end()
    assert all(line == " ".join(line.split()) and line for line in flat_lines(html))
