"""A scraped page: its articles, and the type of every stretch of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from arabic_news_ner.errors import InputError
from arabic_news_ner.page.language import Language
from arabic_news_ner.page.tables import known_outlet
from arabic_news_ner.types import Link

#: The types of a stretch of a page. ``other``: text in another language, blanks, text outside every article.
Kind = Literal[
    "headline", "body", "byline", "date", "source", "keywords", "related", "caption", "boilerplate", "other",
]  # fmt: skip
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of a page, half-open, in code points of ``Page.text``."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class PageArticle:
    """One article of a page. Fields that the page does not state are ``None`` or empty.

    ``body`` holds the story's pieces as (start, end) offsets into the page's text, in order, without the headline, and
    ``text`` is these pieces joined by newlines. ``source`` is the publisher that the page names, ``agency`` the news
    agency that it also quotes, both by their best-known names. ``date`` is ISO 8601 (``2025-04-28``,
    ``2025-04-28T14:30+03:00``); ``dateline`` the place and agency that open the story (``طرابلس (رويترز)``), which stay part
    of its body.
    """

    raw: str = field(repr=False)
    body: tuple[Span, ...]
    headline_span: Span | None = None
    byline: str | None = None
    source: str | None = None
    agency: str | None = None
    dateline: str | None = None
    date: str | None = None
    keywords: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()

    @property
    def headline(self) -> str | None:
        """The headline as the page writes it."""
        return None if self.headline_span is None else self.raw[slice(*self.headline_span)]

    @property
    def source_link(self) -> Link | None:
        """The source in the knowledge base (``Link("organizations", ...)``), if it has one."""
        outlet = known_outlet(self.source or "")
        return None if outlet is None or outlet.id is None else Link("organizations", outlet.id, outlet.name)

    @property
    def text(self) -> str:
        """The pieces of the body, joined by newlines."""
        return "\n".join(self.raw[start:end] for start, end in self.body)

    @property
    def story(self) -> tuple[Span, ...]:
        """Headline and body, in page order: what the article's entities are read from."""
        return self.body if self.headline_span is None else tuple(sorted((self.headline_span, *self.body)))

    def to_raw(self, offset: int) -> int:
        """The offset in the page's text of the character of ``text`` at an offset.

        A newline between two pieces maps to the end of the first one; so does the end of ``text``.

        :raises InputError: for an offset outside the text.
        """
        starts = list(accumulate((end - start + 1 for start, end in self.body), initial=0))
        if not self.body or not 0 <= offset <= starts[-1] - 1:
            raise InputError(f"offset {offset} lies outside a text of {max(starts[-1] - 1, 0)} characters")
        at = min(bisect_right(starts, offset) - 1, len(self.body) - 1)
        return self.body[at][0] + offset - starts[at]


@dataclass(frozen=True, slots=True)
class Page:
    """A scraped page: ``text`` as it was passed (of HTML: the text that was found in it), and its articles in page order."""

    text: str
    articles: tuple[PageArticle, ...]
    parts: tuple[Piece, ...]
    #: ``"ar"``, ``"fa"`` (Persian), ``"ur"``, ``"ckb"`` (Kurdish); ``None`` if too few words tell.
    language: Language | None = None

    def pieces(self) -> tuple[Piece, ...]:
        """Every stretch of the page with its type, in order. They cover the text without gaps."""
        return self.parts
