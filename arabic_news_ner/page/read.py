"""``read_page``: the one way in, for text and for HTML."""

from __future__ import annotations

from arabic_news_ner.page.document import Page
from arabic_news_ner.page.markup import looks_like_html, read_html
from arabic_news_ner.page.split import split_page, with_fields
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
    return with_fields(
        split_page(found.text),
        byline=found.byline,
        source=found.source,
        date=found.date,
        keywords=found.keywords,
    )
