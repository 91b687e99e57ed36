"""FollowTheMoney entities, for OpenAleph, OpenSanctions' tools and ``ftm`` (extra ``[ftm]``, package followthemoney).

An article gives an ``Article``; each person a ``Person``, each organization a ``PublicBody``, ``Company`` or
``Organization``, with a ``Mention`` that leads from the article to it; each role a ``Position`` and, where its holder is
named, an ``Occupancy``; each place an ``Address``.

Ids are stable: the same input gives the same ids on every machine. What is linked to a knowledge base has one id in all
articles; what is not has one for each article, since two articles may name two people alike. ``ftm aggregate`` joins
entities of one id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from arabic_news_ner.errors import InputError, MissingExtraError
from arabic_news_ner.export.jsonld import same_as
from arabic_news_ner.scoring.measures import fold_name
from arabic_news_ner.types import Article, Entity, Role

if TYPE_CHECKING:
    from followthemoney.proxy import EntityProxy

#: The schema of an organization by its subtype; ``Organization`` for the rest.
SCHEMATA = {"government": "PublicBody", "military": "PublicBody", "company": "Company"}
#: The first part of every hashed id.
_NAMESPACE = "arabic-news-ner"
#: Of several identifiers the first of these makes the id, so that a further one does not change it.
_KNOWLEDGE_BASES = ("wikidata", "geonames", "iso3166")
#: Which property of an Address a place fills.
_ADDRESS = {"city": "city", "region": "region", "nature": "remarks", "facility": "remarks"}
#: Longer texts are cut, at a blank, into several values of ``bodyText``, whose greatest length is 65,000 in the model.
_LONGEST_TEXT = 60_000


def entities(identifier: str, article: Article, *, url: str | None = None) -> list[dict[str, Any]]:
    """The FollowTheMoney entities of an article, the article first, each as :meth:`EntityProxy.to_dict` gives it.

    :param identifier: the id of the article, from which other ids are made.
    :param url: the address of the article, for ``sourceUrl``.
    :raises MissingExtraError: without the package followthemoney.
    :raises InputError: if ``identifier`` is empty.
    """
    if not identifier:
        raise InputError("FollowTheMoney needs an id of the article, from which the ids of its entities are made")
    joined: dict[str, EntityProxy] = {}
    for proxy in _Writer(identifier, article, url).proxies():
        key = str(proxy.id)
        joined[key] = joined[key].merge(proxy) if key in joined else proxy
    return [_plain(proxy) for proxy in joined.values()]


def dumps(articles: Iterable[tuple[str, Article]]) -> str:
    """The entities of articles as JSON lines, which ``ftm validate`` and ``ftm aggregate`` read."""
    return "".join(
        json.dumps(entity, ensure_ascii=False) + "\n"
        for identifier, article in articles
        for entity in entities(identifier, article)
    )


def _plain(proxy: EntityProxy) -> dict[str, Any]:
    """The values of each property in a fixed order: a proxy keeps them as a set."""
    data = proxy.to_dict()
    properties = {name: sorted(values) for name, values in sorted(data["properties"].items())}
    return {"id": data["id"], "schema": data["schema"], "properties": properties}


class _Writer:
    """The entities of one article."""

    def __init__(self, identifier: str, article: Article, url: str | None) -> None:
        try:
            from followthemoney import model
        except ImportError as error:
            raise MissingExtraError("export to FollowTheMoney", "followthemoney", "ftm") from error
        self._model = model
        self._key = identifier
        self._article = article
        self._url = url or (identifier if identifier.startswith(("http://", "https://")) else None)
        self._ids: dict[str, str] = {}
        self._known = {e.id: e for e in article.entities}

    def proxies(self) -> Iterator[EntityProxy]:
        """All entities, those that others refer to first. What the article has twice (two entities of one link, a role that is
        said again) comes twice under one id."""
        document = self._document()
        things = [self._thing(entity, document) for entity in self._article.entities]
        for entity, thing in zip(self._article.entities, things, strict=True):
            self._ids[entity.id] = str(thing.id)
        if self._article.entities:
            document.add("addressEntity", [str(t.id) for t in things if t.schema.name == "Address"])
        yield document
        yield from things
        for entity, thing in zip(self._article.entities, things, strict=True):
            if thing.schema.name != "Address":
                yield self._mention(entity, thing, document)
        for role, holder in self._roles():
            yield from self._office(role, holder, document)

    def _make(self, schema: str, *parts: str | None) -> EntityProxy:
        proxy = self._model.make_entity(schema)
        proxy.make_id(_NAMESPACE, schema, *parts)
        return proxy

    def _document(self) -> EntityProxy:
        article = self._article
        proxy = self._make("Article", self._key)
        proxy.add("title", article.headline)
        proxy.add("fileName", self._key)
        proxy.add("publishedAt", _local(article.date))
        proxy.add("publisher", article.source)
        proxy.add("author", article.byline)
        proxy.add("sourceUrl", self._url)
        proxy.add("language", "ara")
        proxy.add("keywords", list(article.keywords))
        proxy.add("country", [c.iso2.lower() for c in article.countries if c.how == "named"])
        for part in _parts(article.text):
            proxy.add("bodyText", part)
        return proxy

    def _identity(self, entity: Entity) -> tuple[str, ...]:
        """What makes an entity the same one: its identifier in a knowledge base, or its name in this article."""
        if entity.links:
            order = {kb: number for number, kb in enumerate(_KNOWLEDGE_BASES)}
            link = min(entity.links, key=lambda k: order.get(k.kb, len(order)))
            return (link.kb, link.id)
        return (self._key, entity.label, fold_name(entity.name), entity.id)

    def _thing(self, entity: Entity, document: EntityProxy) -> EntityProxy:
        if entity.label == "LOC":
            return self._address(entity, document)
        schema = "Person" if entity.label == "PER" else SCHEMATA.get(entity.subtype or "", "Organization")
        proxy = self._make(schema, *self._identity(entity))
        proxy.add("name", entity.name)
        proxy.add("alias", [form for form in entity.forms if form != entity.name and " " in form])
        proxy.add("weakAlias", [form for form in entity.forms if form != entity.name and " " not in form])
        proxy.add("proof", document)
        if entity.label == "PER":
            proxy.add("position", [_phrase(role) for role in entity.roles])
        self._links(proxy, entity)
        return proxy

    def _address(self, entity: Entity, document: EntityProxy) -> EntityProxy:
        proxy = self._make("Address", *self._identity(entity))
        proxy.add("full", entity.name)
        proxy.add("name", entity.name)
        if entity.subtype in _ADDRESS:
            proxy.add(_ADDRESS[entity.subtype], entity.name)
        spot = next((k for k in entity.links if k.lat is not None and k.lon is not None), None)
        if spot is not None:
            proxy.add("latitude", str(spot.lat))
            proxy.add("longitude", str(spot.lon))
        proxy.add("proof", document)
        self._links(proxy, entity)
        return proxy

    def _links(self, proxy: EntityProxy, entity: Entity) -> None:
        proxy.add("sourceUrl", [address for address in same_as(entity.links) if "wikidata" not in address])
        proxy.add("wikidataId", [link.id for link in entity.links if link.kb == "wikidata"])
        proxy.add("country", [link.id.lower() for link in entity.links if link.kb == "iso3166"])

    def _mention(self, entity: Entity, thing: EntityProxy, document: EntityProxy) -> EntityProxy:
        proxy = self._make("Mention", self._key, str(thing.id))
        proxy.add("document", document)
        proxy.add("resolved", thing)
        proxy.add("name", [entity.name, *entity.forms])
        proxy.add("detectedSchema", thing.schema.name)
        return proxy

    def _roles(self) -> Iterator[tuple[Role, str | None]]:
        for entity in self._article.entities:
            for role in entity.roles:
                yield role, entity.id
        for role in self._article.roles:
            yield role, None

    def _office(self, role: Role, holder: str | None, document: EntityProxy) -> Iterator[EntityProxy]:
        organization = self._known.get(role.organization or "")
        place = self._known.get(role.place or "")
        # An office is the same one in two articles where what it names is linked; by its words alone it is not.
        about = [e for e in (organization, place) if e is not None and e.links]
        scope = [part for e in about for part in self._identity(e)] or [role.country or self._key]
        post = self._make("Position", fold_name(role.text), *scope)
        post.add("name", _phrase(role))
        if organization is not None and organization.label == "ORG":
            post.add("organization", self._ids[organization.id])
        post.add("alias", role.title)
        post.add("country", [k.id.lower() for e in about for k in e.links if k.kb == "iso3166"])
        post.add("country", role.country.lower() if role.country else None)
        post.add("proof", document)
        yield post
        if holder is None:
            return
        proxy = self._make("Occupancy", self._key, self._ids[holder], str(post.id))
        proxy.add("holder", self._ids[holder])
        proxy.add("post", post)
        proxy.add("date", _local(self._article.date))
        if {"former", "late"} & set(role.status):
            proxy.add("status", "ended")
        proxy.add("proof", document)
        yield proxy


def _local(date: str | None) -> str | None:
    """A date as the text gives it, in the time of its place: FollowTheMoney has no time zones, and would change none.

    >>> _local("2025-04-28T01:30+03:00")
    '2025-04-28T01:30'
    """
    return None if date is None else re.sub(r"(?:Z|[+-]\d\d:\d\d)$", "", date) if "T" in date else date


def _phrase(role: Role) -> str:
    return " ".join(role.text.split())


def _parts(text: str) -> Iterator[str]:
    """The text in pieces of at most :data:`_LONGEST_TEXT` characters, cut at blanks where there are some."""
    at = 0
    while len(text) - at > _LONGEST_TEXT:
        cut = max(text.rfind(" ", at, at + _LONGEST_TEXT), text.rfind("\n", at, at + _LONGEST_TEXT))
        cut = cut if cut > at else at + _LONGEST_TEXT
        yield text[at:cut]
        at = cut
    if text[at:].strip():
        yield text[at:]
