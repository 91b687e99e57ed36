"""From a scraped page to its articles: headline, date, source, keywords, and the pieces of the story.

In: HTML, plain text, a feed or a WARC file. Out: documents and articles whose pieces have offsets into the plain text.
"""

from __future__ import annotations

from arabic_news_ner.page.document import Page, PageArticle, Piece
from arabic_news_ner.page.feeds import Document, read_feed, read_warc
from arabic_news_ner.page.read import read_page

__all__ = ["Document", "Page", "PageArticle", "Piece", "read_feed", "read_page", "read_warc"]
