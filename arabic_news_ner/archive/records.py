"""The results of queries on an index."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexedEntity:
    """One person, organization or place of the archive, with the number of its articles and mentions."""

    id: int
    label: str
    subtype: str | None
    name: str
    country: str | None
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """An article in which an entity appears."""

    id: str
    date: str | None
    source: str | None
    headline: str | None
    url: str | None
    mentions: int
    salience: float


@dataclass(frozen=True, slots=True)
class Day:
    """How often an entity appears on a day; ``date`` is ``None`` for articles without one."""

    date: str | None
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class IndexedRole:
    """A role that articles give an entity: how often, and between which dates."""

    text: str
    articles: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """The size of an index, and the dates of its articles."""

    articles: int
    entities: int
    mentions: int
    first: str | None
    last: str | None
