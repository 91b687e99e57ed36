"""What an article states of itself: headline, date, source, agency, author, keywords."""

from __future__ import annotations

from dataclasses import dataclass

from arabic_news_ner.page.document import PageArticle, Span
from arabic_news_ner.page.reader import split_page


@dataclass(frozen=True, slots=True)
class Header:
    """What an article states of itself; ``None`` and empty where it states nothing."""

    headline: Span | None = None
    date: str | None = None
    source: str | None = None
    agency: str | None = None
    byline: str | None = None
    keywords: tuple[str, ...] = ()

    @classmethod
    def of(cls, article: PageArticle) -> Header:
        """What an article of a page states."""
        return cls(
            article.headline_span, article.date, article.source, byline=article.byline, keywords=article.keywords
        )


def read_header(text: str) -> Header:
    """What a plain text states of itself."""
    articles = split_page(text).articles
    return Header.of(articles[0]) if articles else Header()
