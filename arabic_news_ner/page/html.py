"""HTML to the text of its article, and to what its JSON-LD and meta tags state (extra ``[html]``, package trafilatura)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from arabic_news_ner.errors import MissingExtraError
from arabic_news_ner.page.dates import find_date

_TAGS = regex.compile(
    r"<!doctype\s+html|<(?:html|head|body|article|div|p|span|meta|script|h[1-6]|section|main)(?:\s[^<>]*)?/?>",
    regex.IGNORECASE,
)
_ARTICLE_TYPES = (
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "AnalysisNewsArticle",
)
#: How much of a page is looked at to tell HTML from text.
_HEAD = 20_000


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What HTML holds: ``text`` is headline and paragraphs, a line each; the rest is ``None`` or empty where not stated."""

    text: str
    headline: str | None = None
    byline: str | None = None
    source: str | None = None
    date: str | None = None
    keywords: tuple[str, ...] = ()
    url: str | None = None


def looks_like_html(raw: str) -> bool:
    """Is it markup? A doctype, or at least three tags of pages; not a text that mentions ``<p>`` once."""
    head = raw[:_HEAD]
    if regex.match(r"\s*(?:<!doctype\s+html|<html)", head, regex.IGNORECASE):
        return True
    return sum(1 for _, _ in zip(range(3), _TAGS.finditer(head), strict=False)) == 3 and "</" in head


def read_html(html: str) -> HtmlPage:
    """The main text of an HTML page and what its head states of it. Nothing is fetched.

    :raises MissingExtraError: without trafilatura.
    """
    try:
        import trafilatura
        from lxml import html as markup
    except ImportError as error:
        raise MissingExtraError.because(error, "reading HTML", "trafilatura", "html") from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = markup.fromstring(html.encode("utf-8", "replace"), parser=markup.HTMLParser(encoding="utf-8"))
    stated = _first_article(tree.xpath("//script[@type='application/ld+json']/text()"))
    meta = _meta(tree)
    text = (
        trafilatura.extract(html, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False)
        or ""
    )
    headline = _string(stated.get("headline")) or meta.get("og:title") or _string_of(tree.xpath("//h1//text()"))
    date = _string(stated.get("datePublished")) or meta.get("article:published_time") or meta.get("date") or ""
    return HtmlPage(
        text=_with_headline(text, headline),
        headline=headline,
        byline=_names(stated.get("author")) or meta.get("author"),
        source=_names(stated.get("publisher")) or meta.get("og:site_name"),
        date=find_date(date),
        keywords=_keywords(stated.get("keywords") or meta.get("keywords") or meta.get("article:tag")),
        url=_string(stated.get("url")) or meta.get("og:url"),
    )


def _with_headline(text: str, headline: str | None) -> str:
    """The text under its headline, which extractors leave out of the body."""
    if not headline or text.lstrip().startswith(headline):
        return text
    return f"{headline}\n{text}"


def _meta(tree: Any) -> dict[str, str]:
    out: dict[str, str] = {}
    for tag in tree.xpath("//meta[@content]"):
        name = (tag.get("property") or tag.get("name") or "").lower()
        content = " ".join(tag.get("content").split())
        if name and content:
            out.setdefault(name, content)
    return out


def _first_article(scripts: Sequence[str]) -> Mapping[str, Any]:
    """The first article of the page's JSON-LD; a script that is no JSON is passed over."""
    for script in scripts:
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            if any(kind in _ARTICLE_TYPES for kind in ([kinds] if isinstance(kinds, str) else kinds or ())):
                return node
    return {}


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item)
    elif isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph"))


def _string(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _string_of(parts: Sequence[str]) -> str | None:
    return " ".join(" ".join(parts).split()) or None


def _names(value: Any) -> str | None:
    """The names of an author or publisher: a string, an object with a name, or a list of these."""
    if isinstance(value, list):
        return "، ".join(filter(None, map(_names, value))) or None
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _keywords(value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else regex.split(r"[,،;؛]", value or "")
    return tuple(dict.fromkeys(word for part in parts if isinstance(part, str) and (word := " ".join(part.split()))))
