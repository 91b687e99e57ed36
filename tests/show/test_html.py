"""The view as HTML, read back with the standard library's parser: it knows nothing of how the view is made."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from base64 import b64encode
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arabic_news_ner as ann
from arabic_news_ner.errors import InputError
from arabic_news_ner.show import html, view
from arabic_news_ner.show.pieces import Span, cut
from arabic_news_ner.types import Article, Entity, Mention, Sentence
from tests.show.articles import ALLIANCE, ARTICLE, CITY, COMPANY, MINISTER, OTHER, TEXT

VOID = {"meta", "br", "input", "link", "img", "hr"}


class View(HTMLParser):
    """Text of the lines, marks with their code points, and every element with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.marks: list[tuple[int, int, str]] = []
        self.roles: list[tuple[int, int]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.directions: list[str | None] = []
        self._open: list[tuple[str, dict[str, str | None], int]] = []
        self.feed(page)
        self.close()
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        self.elements.append((tag, fields))
        if "ann-line" in (fields.get("class") or "").split():
            self.directions.append(fields.get("dir"))
        if tag not in VOID:
            self._open.append((tag, fields, len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        opened, fields, start = self._open.pop()
        assert opened == tag
        classes = (fields.get("class") or "").split()
        if self._in_line() and "ann-m" in classes:
            self.marks.append((start, len(self.text), classes[1]))
        if self._in_line() and "ann-r" in classes:
            self.roles.append((start, len(self.text)))

    def handle_data(self, data: str) -> None:
        if self._in_line():
            self.text += data

    def _in_line(self) -> bool:
        return any("ann-line" in (fields.get("class") or "").split() for _, fields, _ in self._open)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [fields for name, fields in self.elements if name == tag]


def marks_of(article: Article) -> list[tuple[int, int, str]]:
    return sorted((m.start, m.end, f"ann-{e.label.lower()}") for m, e in article.mentions())


@pytest.mark.parametrize("page", [ARTICLE.to_html(), ARTICLE._repr_html_(), ARTICLE.to_html(language="ar")])
def test_the_text_and_every_offset_come_back(page):
    seen = View(page)
    assert seen.text == TEXT
    assert sorted(seen.marks) == marks_of(ARTICLE)
    covered = {n for start, end in seen.roles for n in range(start, end)}
    assert covered == {n for r in ARTICLE.all_roles for n in range(r.start, r.end)}


def test_markup_of_the_text_is_text():
    page = dataclasses.replace(
        ARTICLE, headline='<img src=x onerror="alert(1)">', source="<script>alert(2)</script>"
    ).to_html()
    seen = View(page)
    assert seen.all("img") == []
    assert seen.all("b") == []
    assert seen.all("script") == []
    assert "<b>غدا</b>" in seen.text


def test_an_attribute_cannot_be_left():
    evil = '"><script>alert(1)</script>'
    entity = Entity(evil, "PER", None, evil, (Mention(0, 4, "سالم"),), links=(ann.Link("wikidata", evil, evil),))
    article = Article("سالم هنا", entities=(entity,))
    for page in (
        article.to_html(),
        view.articles_page({evil: article}, title=evil),
        ann.compare(article, []).to_html(),
    ):
        scripts = page.count("<script")
        assert scripts == (1 if "page-search" in page and "<form" in page else 0)
        View(page)


def test_lines_run_from_right_to_left_but_for_latin_ones():
    assert View(ARTICLE.to_html()).directions == ["rtl", "rtl", "rtl", "ltr", "rtl"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("أ\r\nب\rج", "أ\r\nب\rج"),
        ("أ\x00ب\ud800ج\x1f", "أ\ufffdب\ufffdج\ufffd"),
        ("أ\u2028ب\tج\u200fد", "أ\u2028ب\tج\u200fد"),
    ],
)
def test_signs_that_html_cannot_hold_keep_their_place(text, shown):
    seen = View(Article(text).to_html())
    assert seen.text == shown
    assert len(seen.text) == len(text)


def test_the_policy_allows_what_is_on_the_page_and_nothing_else():
    for page in (ARTICLE.to_html(), view.articles_page([ARTICLE, OTHER]), ann.compare(ARTICLE, OTHER).to_html()):
        policies = [m["content"] for m in View(page).all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1
        directives = dict(part.split(" ", 1) for part in (policies[0] or "").split("; "))
        assert directives.pop("default-src") == "'none'"
        assert directives.pop("base-uri") == "'none'"
        assert directives.pop("form-action") == "'none'"
        for name, tag in (("style-src", "style"), ("script-src", "script")):
            blocks = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
            hashes = [f"'sha256-{b64encode(hashlib.sha256(b.encode()).digest()).decode()}'" for b in blocks]
            assert directives.pop(name, "").split() == hashes
        assert directives == {}
        assert " style=" not in page
        assert not re.search(r"<[^>]* on[a-z]+=", page)


def test_nothing_is_loaded_from_outside():
    page = view.articles_page([ARTICLE, OTHER])
    seen = View(page)
    assert not {tag for tag, _ in seen.elements} & {"link", "img", "iframe", "object", "embed", "video", "audio"}
    assert all("src" not in fields for _, fields in seen.elements)
    assert "url(" not in page
    assert "@import" not in page


def test_every_mark_leads_to_its_entry():
    for page in (ARTICLE.to_html(), view.articles_page([ARTICLE, ARTICLE]), ann.compare(ARTICLE, OTHER).to_html()):
        seen = View(page)
        ids = [fields["id"] for _, fields in seen.elements if "id" in fields]
        assert len(ids) == len(set(ids))
        targets = [a["href"] for a in seen.all("a") if (a.get("href") or "").startswith("#")]
        assert targets
        assert {t[1:] for t in targets if t} <= set(ids)


def test_a_mark_says_name_type_role_and_link():
    notes = [a["data-ann"] for a in View(ARTICLE.to_html()).all("a") if "data-ann" in a]
    assert "محمد الطرابلسي\nPerson\nوزير الثقافة\nwikidata: Q1" in notes
    assert "بنغازي\nPlace, city\ngeonames: 88319" in notes
    arabic = [a["data-ann"] for a in View(ARTICLE.to_html(language="ar")).all("a") if "data-ann" in a]
    assert "بنغازي\nمكان، مدينة\ngeonames: 88319" in arabic


def test_links_lead_to_the_public_page_of_the_identifier():
    hrefs = [a["href"] for a in View(ARTICLE.to_html()).all("a")]
    assert "https://www.wikidata.org/wiki/Q1" in hrefs
    assert "https://www.geonames.org/88319" in hrefs


def test_headline_date_and_source_stand_above_the_text():
    page = ARTICLE.to_html()
    before = page[: page.index('class="ann-text"')]
    for part in (html.escape(ARTICLE.headline or ""), "2026-05-14", "صحيفة الوادي", "ليبيا", "ثقافة"):
        assert part in before


def test_an_article_without_names_says_so():
    page = Article("لا أسماء هنا").to_html()
    assert "No people, organizations or places found." in page
    assert View(page).text == "لا أسماء هنا"
    assert View(Article("").to_html()).text == ""


def test_lines_of_a_page_outside_the_article_are_folded_away_but_there():
    text = "القائمة الرئيسية\nافتتح سالم المعرض.\nأخبار أخرى\nحقوق النشر"
    start = text.index("افتتح")
    article = Article(text, sentences=(Sentence(start, start + 18, text[start : start + 18]),))
    page = article.to_html()
    assert View(page).text == text
    folded = "".join(re.findall(r"<details.*?</details>", page, re.DOTALL))
    assert "القائمة" in folded
    assert "حقوق" in folded
    assert "افتتح" not in folded


def test_equal_articles_give_equal_html():
    assert ARTICLE._repr_html_() == dataclasses.replace(ARTICLE)._repr_html_()


def test_another_language_is_refused():
    with pytest.raises(InputError, match="language is 'fr'"):
        ARTICLE.to_html(language="fr")


def test_a_mention_outside_the_text_is_refused():
    wrong = dataclasses.replace(ARTICLE, text=TEXT[:40])
    with pytest.raises(InputError, match="leaves the text of 40 code points"):
        wrong.to_html()


def test_many_articles_have_a_list_and_a_search():
    page = view.articles_page([("n-1", ARTICLE), ("n-2", OTHER)], title="أخبار اليوم")
    seen = View(page)
    assert [fields["id"] for fields in seen.all("article")] == ["article-0", "article-1"]
    assert [a["href"] for a in seen.all("a") if (a.get("href") or "").startswith("#article")] == [
        "#article-0",
        "#article-1",
    ]
    assert seen.text == TEXT * 2
    assert "n-2" in page
    assert [i["type"] for i in seen.all("input")] == ["search"]


@given(st.data())
def test_pieces_join_to_the_text_and_keep_every_span(data):
    text = data.draw(st.text(alphabet="أبپx \n\u064e😀", max_size=30))
    bounds = st.integers(0, len(text))
    pairs = st.tuples(bounds, bounds).filter(lambda p: p[0] < p[1])
    drawn = data.draw(st.lists(pairs, max_size=6)) if text else []
    spans = [Span(start, end, str(number)) for number, (start, end) in enumerate(drawn)]
    lines = cut(text, spans, spans)
    pieces = [piece for line in lines for piece in line]
    assert "".join(text[p.start : p.end] for p in pieces) == text
    for line in lines:
        assert "\n" not in text[line[0].start : line[-1].end - 1]
    for place in range(len(text)):
        over = [s for s in spans if s.start <= place < s.end]
        piece = next(p for p in pieces if p.start <= place < p.end)
        shortest = min((s.end - s.start for s in over), default=None)
        shown = next((s for s in spans if s.key == piece.mention), None)
        assert (shown.end - shown.start if shown else None) == shortest
        assert piece.mention == piece.role


# Colours: the marks must differ for people who do not tell some colours apart, and letters must be legible on them.

#: Machado, Oliveira, Fernandes 2009, severity 1, for linear RGB.
MACHADO = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> list[float]:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def seen_by(colour: str, vision: str) -> list[float]:
    rgb = linear(colour)
    return [min(max(sum(m * c for m, c in zip(row, rgb, strict=True)), 0), 1) for row in MACHADO[vision]]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of linear sRGB."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    x, y, z = (sum(m * c for m, c in zip(row, rgb, strict=True)) for row in rows)
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x / 0.9505, y, z / 1.089)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palette() -> dict[str, tuple[str, str]]:
    found = re.findall(r"--ann-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", html.asset("view.css"))
    return {name: (light, dark) for name, light, dark in found}


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("vision", list(MACHADO))
def test_the_colours_of_the_three_types_differ_for_everybody(vision, mode):
    """A difference of 2.3 in CIELAB is just noticeable (Mahy and others 1994)."""
    colours: Any = {name: pair[mode] for name, pair in palette().items()}
    for kind, least in (("", 20), ("-bg", 10)):
        points = [lab(seen_by(colours[label + kind], vision)) for label in ("per", "org", "loc")]
        for one, two in ((0, 1), (0, 2), (1, 2)):
            distance = sum((a - b) ** 2 for a, b in zip(points[one], points[two], strict=True)) ** 0.5
            assert distance >= least, (kind, one, two, distance)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_letters_are_legible(mode):
    colours = {name: pair[mode] for name, pair in palette().items()}
    for ground in ("bg", "per-bg", "org-bg", "loc-bg"):
        assert contrast(colours["fg"], colours[ground]) >= 7, ground
    for name in ("soft", "link"):
        assert contrast(colours[name], colours["bg"]) >= 4.5, name
    for label in ("per", "org", "loc"):  # lines that carry meaning: WCAG 2.2, 1.4.11
        assert contrast(colours[label], colours["bg"]) >= 3, label
        assert contrast(colours[label], colours[f"{label}-bg"]) >= 3, label


def test_each_type_has_a_line_of_its_own_kind():
    styles = {
        label: re.search(rf"\.ann-{label} {{[^}}]*?px (\w+) ", html.asset("view.css"))
        for label in ("per", "org", "loc")
    }
    assert {label: found[1] for label, found in styles.items() if found} == {
        "per": "solid",
        "org": "double",
        "loc": "dotted",
    }


def test_fixtures_are_what_they_say():
    for entity in (MINISTER, COMPANY, ALLIANCE, CITY):
        for m in entity.mentions:
            assert TEXT[m.start : m.end] == m.text
