"""Articles as tables: the columns, their types and the values, for every data frame and for Excel.

Each cell is one string, number or truth value, so a table can be stored as Parquet, CSV and Excel. Several forms, links
or roles of an entity are in one cell, separated by ``"; "``; the tables ``roles`` and ``mentions`` have a row for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from arabic_news_ner.errors import InputError
from arabic_news_ner.types import Article, Entity, Role

SEPARATOR: Final = "; "

_ENTITY = {"entity": "text", "name": "text", "mentions": "int", "salience": "float", "forms": "text", "links": "text"}
#: Columns of each table and their types. ``entity``, ``holder``, ``organization`` and ``place`` are ids of entities of the
#: article, ``start`` and ``end`` code points of its text. Text and float columns may hold missing values, the others do not.
COLUMNS: Final[dict[str, dict[str, str]]] = {
    "people": {**_ENTITY, "roles": "text", "official": "bool"},
    "organizations": {**_ENTITY, "subtype": "text"},
    "places": {**_ENTITY, "subtype": "text", "lat": "float", "lon": "float"},
    "roles": {
        "role": "text",
        "start": "int",
        "end": "int",
        "title": "text",
        "kind": "text",
        "country": "text",
        "status": "text",
        "score": "float",
        "holder": "text",
        "holder_name": "text",
        "holder_score": "float",
        "organization": "text",
        "organization_name": "text",
        "place": "text",
        "place_name": "text",
    },
    "mentions": {
        "text": "text",
        "start": "int",
        "end": "int",
        "score": "float",
        "entity": "text",
        "label": "text",
        "subtype": "text",
        "name": "text",
    },
    "articles": {
        "headline": "text",
        "date": "text",
        "source": "text",
        "keywords": "text",
        "people": "text",
        "organizations": "text",
        "places": "text",
        "roles": "text",
        "countries": "text",
    },
}


def columns(table: str) -> dict[str, str]:
    """The columns of a table and their types (``"text"``, ``"int"``, ``"float"``, ``"bool"``).

    :raises InputError: for an unknown table.
    """
    if table not in COLUMNS:
        raise InputError(f"there is no table {table!r}; there are {', '.join(COLUMNS)}")
    return COLUMNS[table]


def rows(article: Article, table: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table, in the order of :func:`columns`: entities by salience, roles and mentions in text order.

    :raises InputError: for an unknown table.
    """
    names = columns(table)
    if table == "articles":
        yield _article(article)
    elif table == "roles":
        entities = {entity.id: entity for entity in article.entities}
        yield from (_role(role, entities) for role in article.all_roles)
    elif table == "mentions":
        for mention, e in article.mentions():
            yield (mention.text, mention.start, mention.end, mention.score, e.id, e.label, e.subtype, e.name)
    else:
        found = {"people": article.people, "organizations": article.organizations, "places": article.places}[table]
        for entity in found:
            values = _entity(entity)
            yield tuple(values[name] for name in names)


def _entity(entity: Entity) -> dict[str, Any]:
    spot = next(((k.lat, k.lon) for k in entity.links if k.lat is not None and k.lon is not None), (None, None))
    return {
        "entity": entity.id,
        "name": entity.name,
        "subtype": entity.subtype,
        "mentions": len(entity.mentions),
        "salience": entity.salience,
        "forms": SEPARATOR.join(entity.forms),
        "links": SEPARATOR.join(f"{link.kb}:{link.id}" for link in entity.links),
        "roles": SEPARATOR.join(_phrases(entity)),
        "official": entity.is_official,
        "lat": spot[0],
        "lon": spot[1],
    }


def _phrases(entity: Entity) -> list[str]:
    return list(dict.fromkeys(_phrase(role.text) for role in entity.roles))


def _phrase(text: str) -> str:
    return " ".join(text.split())


def _role(role: Role, entities: dict[str, Entity]) -> tuple[Any, ...]:
    def named(entity_id: str | None) -> tuple[str | None, str | None]:
        entity = entities.get(entity_id) if entity_id is not None else None
        return entity_id, entity.name if entity else None

    return (
        _phrase(role.text),
        role.start,
        role.end,
        role.title,
        role.kind,
        role.country,
        SEPARATOR.join(role.status),
        role.score,
        *named(role.holder),
        role.holder_score,
        *named(role.organization),
        *named(role.place),
    )


def _article(article: Article) -> tuple[str | None, ...]:
    def names(entities: tuple[Entity, ...]) -> str:
        return SEPARATOR.join(entity.name for entity in entities)

    held = [f"{entity.name}: {phrase}" for entity in article.people for phrase in _phrases(entity)]
    return (
        article.headline,
        article.date,
        article.source,
        SEPARATOR.join(article.keywords),
        names(article.people),
        names(article.organizations),
        names(article.places),
        SEPARATOR.join(held),
        SEPARATOR.join(country.iso2 for country in article.countries),
    )
