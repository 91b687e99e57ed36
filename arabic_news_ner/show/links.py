"""Addresses of the identifiers that an entity is linked to."""

from __future__ import annotations

from urllib.parse import quote

from arabic_news_ner.types import Link

#: The public page of an identifier, by knowledge base. The tables of the package have no pages.
_PAGES = {
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "geonames": "https://www.geonames.org/{}",
    "iso3166": "https://www.iso.org/obp/ui/#iso:code:3166:{}",
}


def address(link: Link) -> str | None:
    """The public page of an identifier; ``None`` if its knowledge base has none."""
    page = _PAGES.get(link.kb)
    return page.format(quote(link.id, safe="")) if page else None
