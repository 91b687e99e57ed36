"""schema.org JSON-LD: a ``NewsArticle`` with what it ``mentions``, for a page's ``<script type="application/ld+json">``.

Identifiers that are web pages stand in ``sameAs``, others (ISO 3166, the caller's own) in ``identifier``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from arabic_news_ner.types import Article, Entity, Link

#: schema.org types (https://schema.org/docs/full.html) by label and subtype.
TYPES = {
    ("PER", None): "Person",
    ("ORG", "government"): "GovernmentOrganization",
    ("ORG", "military"): "Organization",
    ("ORG", "party"): "PoliticalParty",
    ("ORG", "company"): "Corporation",
    ("ORG", "media"): "NewsMediaOrganization",
    ("ORG", "sports"): "SportsOrganization",
    ("ORG", "education"): "Organization",
    ("ORG", "international"): "Organization",
    ("LOC", "country"): "Country",
    ("LOC", "city"): "City",
    ("LOC", "region"): "AdministrativeArea",
    ("LOC", "facility"): "CivicStructure",
    ("LOC", "nature"): "Landform",
}
_GENERAL = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}
#: The web address of an identifier, by knowledge base.
PAGES = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "geonames": "https://sws.geonames.org/{}/",
}


def same_as(links: Iterable[Link]) -> list[str]:
    """The web addresses of those links that have one.

    >>> same_as([Link("geonames", "2210247", "طرابلس"), Link("iso3166", "LY", "ليبيا")])
    ['https://sws.geonames.org/2210247/']
    """
    return [PAGES[link.kb].format(link.id) for link in links if link.kb in PAGES]


def to_jsonld(article: Article, *, url: str | None = None) -> dict[str, Any]:
    """The article as a schema.org ``NewsArticle``; fields that the article does not have are left out.

    :param url: the address of the article: its ``@id`` and ``url``.
    """
    out: dict[str, Any] = {"@context": "https://schema.org", "@type": "NewsArticle"}
    if url:
        out |= {"@id": url, "url": url}
    out["inLanguage"] = "ar"
    for name, value in (
        ("headline", article.headline),
        ("datePublished", article.date),
        ("author", {"@type": "Person", "name": article.byline} if article.byline else None),
        ("publisher", {"@type": "NewsMediaOrganization", "name": article.source} if article.source else None),
        ("keywords", list(article.keywords)),
        ("mentions", [_thing(entity, article) for entity in article.entities]),
    ):
        if value:
            out[name] = value
    return out


def dumps(articles: Iterable[tuple[str, Article]], *, url: str | None = None) -> str:
    """Articles as JSON-LD, one object a line; an id that is a web address is the article's ``url``.

    :param url: the address, for a single article.
    """
    lines = []
    for identifier, article in articles:
        is_address = identifier.startswith(("http://", "https://"))
        address = url or (identifier if is_address else None)
        more = {} if is_address else {"identifier": identifier}
        lines.append(json.dumps({**to_jsonld(article, url=address), **more}, ensure_ascii=False) + "\n")
    return "".join(lines)


def _thing(entity: Entity, article: Article) -> dict[str, Any]:
    out: dict[str, Any] = {"@type": schema_type(entity), "name": entity.name}
    others = [form for form in entity.forms if form != entity.name]
    titles = list(dict.fromkeys(" ".join(role.text.split()) for role in entity.roles))
    addresses = same_as(entity.links)
    identifiers = [
        {"@type": "PropertyValue", "propertyID": link.kb, "value": link.id}
        for link in entity.links
        if link.kb not in PAGES
    ]
    spot = next((k for k in entity.links if k.lat is not None and k.lon is not None), None)
    place = None
    if entity.label == "LOC" and spot is not None:
        place = {"@type": "GeoCoordinates", "latitude": spot.lat, "longitude": spot.lon}
    for name, value in (
        ("alternateName", others),
        ("sameAs", addresses),
        ("identifier", identifiers),
        ("jobTitle", titles),
        ("worksFor", _employers(entity, article)),
        ("geo", place),
    ):
        if value:
            out[name] = value
    return out


def _employers(entity: Entity, article: Article) -> list[dict[str, Any]]:
    """The organizations that the person's roles name, without those of former roles."""
    known = {e.id: e for e in article.entities}
    ids = dict.fromkeys(role.organization for role in entity.roles if "former" not in role.status)
    found = [known[i] for i in ids if i is not None and i in known]
    return [{"@type": schema_type(e), "name": e.name} for e in found]


def schema_type(entity: Entity) -> str:
    """The schema.org type of an entity."""
    return TYPES.get((entity.label, entity.subtype), _GENERAL[entity.label])
