"""``read_page``: the one way in, for text and for HTML."""

from __future__ import annotations

from dataclasses import replace

from arabic_news_ner.page.document import Page
from arabic_news_ner.page.html import looks_like_html, read_html
from arabic_news_ner.page.reader import split_page
from arabic_news_ner.text.checks import check_text


def read_page(raw: str) -> Page:
    """The articles of a scraped page, in page order.

    Of HTML the main text is taken first (package trafilatura), with headline, author, date, source and keywords from JSON-LD
    and meta tags where they are there; offsets then refer to ``Page.text``, the text that was found. Otherwise ``Page.text``
    is ``raw``.
    A page without any Arabic text has no article.

    :raises InputError: where ``raw`` is no str.
    :raises MissingExtraError: for HTML without trafilatura (``pip install 'arabic-news-ner[html]'``).
    """
    check_text(raw, "the page")
    if not looks_like_html(raw):
        return split_page(raw)
    found = read_html(raw)
    return _with_fields(
        split_page(found.text),
        byline=found.byline,
        source=found.source,
        date=found.date,
        keywords=found.keywords,
    )


def _with_fields(page: Page, **fields: object) -> Page:
    """The page with fields of its first article replaced where they are given (HTML states them apart from the text)."""
    if not page.articles:
        return page
    given = {name: value for name, value in fields.items() if value}
    first = replace(page.articles[0], **given)  # type: ignore[arg-type]
    return replace(page, articles=(first, *page.articles[1:]))
