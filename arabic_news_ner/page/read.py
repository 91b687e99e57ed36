"""``read_page``: the entry point for text and HTML."""

from __future__ import annotations

from dataclasses import replace

from arabic_news_ner.page.document import Page, PageArticle
from arabic_news_ner.page.fields.dateline import lone_dateline_of
from arabic_news_ner.page.fields.outlet import in_dateline, settle
from arabic_news_ner.page.html import HtmlPage, looks_like_html, read_html
from arabic_news_ner.page.language import language_of
from arabic_news_ner.page.reader import split_page
from arabic_news_ner.text.checks import check_text


def read_page(raw: str) -> Page:
    """The articles of a scraped page, in page order.

    From HTML the story is extracted first, with headline, author, date, outlet and keywords by the metadata; offsets
    then refer to ``Page.text``, the extracted text. Otherwise ``Page.text`` is ``raw``.
    A page without any Arabic text has no article, nor has one in Persian, Urdu or Kurdish: ``Page.language`` says so.

    :raises InputError: if ``raw`` is not a str.
    :raises MissingExtraError: for HTML without lxml and trafilatura (``pip install 'arabic-news-ner[html]'``).
    """
    check_text(raw, "the page")
    if not looks_like_html(raw):
        return _of_language(split_page(raw))
    found = read_html(raw)
    return _of_language(_with_statements(split_page(found.text), found))


def _of_language(page: Page) -> Page:
    """The page with its language; a page in another language that is written in Arabic letters has no article."""
    language = language_of(page.text)
    articles = page.articles if language in ("ar", None) else ()
    return replace(page, language=language, articles=articles)


def _with_statements(page: Page, found: HtmlPage) -> Page:
    """The page with the metadata of its markup in its first article."""
    if not page.articles:
        return page
    first = page.articles[0]
    source, agency = settle(_publishers(first, found))
    return replace(
        page,
        articles=(
            replace(
                first,
                byline=found.byline or first.byline,
                source=source,
                agency=agency,
                date=found.date or first.date,
                keywords=found.keywords or first.keywords,
                captions=tuple(dict.fromkeys((*found.captions, *first.captions))),
                related=tuple(dict.fromkeys((*first.related, *found.related))),
            ),
            *page.articles[1:],
        ),
    )


def _publishers(article: PageArticle, found: HtmlPage) -> list[str | None]:
    notes = [name for note in found.notes if lone_dateline_of(note) is not None for name in in_dateline(note)]
    return [article.source, found.site, article.agency, *notes]
