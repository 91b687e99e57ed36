"""A scraped page to its articles: headline, date, source, keywords, and the pieces of the story."""

from __future__ import annotations

from arabic_news_ner.page.document import Page, PageArticle, Piece
from arabic_news_ner.page.read import read_page

__all__ = ["Page", "PageArticle", "Piece", "read_page"]
