"""The entities of an archive: one entry for the same person, organization or place over many articles.

In: articles with their ids, dates and sources. Out: an SQLite file that answers who, when and with whom.
"""

from __future__ import annotations

from arabic_news_ner.archive.index import EntityIndex
from arabic_news_ner.archive.records import Day, IndexedArticle, IndexedEntity, IndexedRole, IndexInfo

__all__ = ["Day", "EntityIndex", "IndexInfo", "IndexedArticle", "IndexedEntity", "IndexedRole"]
