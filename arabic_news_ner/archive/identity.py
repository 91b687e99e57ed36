"""Is an entity of this article one that the archive knows? Keys to look under, and which of those found it is.

An identifier of the knowledge base settles it: of places, of the tables of bodies and leaders, of Wikidata. A name that bodies of
several countries bear (``الأهلي``) and that an article leaves open is never taken for one of them. Otherwise:

- a **person** with a full name is looked for under the family name, and is the one whose name is the same, another spelling,
  or the same with names left out, where only one such person is known. A single name (``اللافي``) never becomes a fuller
  one: it is the same single name of another article.
- an **organization** is looked for under the stems of its words. Bodies of a state whose name says nothing of the state (``وزارة
  الخارجية``) are told apart by the country that the article is mostly about.
- a **place** without a link is looked for under its name and that country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arabic_news_ner.coref.organization_match import stems
from arabic_news_ner.coref.person_match import MatchKind, compatible, family_of
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.mentions.person_names import parse
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Article, Entity

#: Kinds of bodies of which every state has one of the same name.
_OF_STATES = frozenset({"government", "military", "education"})
_SINGLE = "1 "


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the archive that has one of the keys."""

    id: int
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """The entity that it is, and why; ``None`` for a new one."""

    id: int | None
    reason: str


def country_of(entity: Entity, article: Article) -> str | None:
    """The country that tells an entity from others of its name, where one does: ISO 3166-1, two letters."""
    if entity.label == "PER" or (entity.label == "ORG" and entity.subtype not in _OF_STATES):
        return None
    return article.countries[0].iso2 if article.countries else None


def key_of(entity: Entity) -> str:
    """The key under which the entity is kept and looked for."""
    words = split_words(entity.name)
    if entity.label == "LOC":
        return " ".join(words)
    if entity.label == "ORG":
        return " ".join(stems(words, Lexicon.load()))
    parts = parse(entity.name, Lexicon.load())
    if not parts:
        return _SINGLE + " ".join(words)
    return (_SINGLE if len(parts) == 1 else "") + family_of(parts).core


def is_shared(entity: Entity) -> bool:
    """The name means a body or leader only with its country: ``الأهلي``, ``حزب العدالة والتنمية``."""
    entries = Knowledge.load().aliases(split_words(entity.name), entity.label)
    return any(entry.needs_country for entry in entries)


def recognize(entity: Entity, country: str | None, known: Sequence[Known]) -> Identity:
    """Which of the known entities with the same label and key it is."""
    if entity.label == "PER":
        return _person(entity, known)
    same = [k for k in known if k.country == country or k.country is None or country is None]
    exact = [k for k in same if k.country == country] or same
    if len(exact) == 1 or (exact and entity.label == "LOC"):
        return Identity(exact[0].id, "same name" if country is None else f"same name and country ({country})")
    return Identity(None, "new")


def _person(entity: Entity, known: Sequence[Known]) -> Identity:
    best: list[tuple[MatchKind, Known, str]] = []
    for other in known:
        match = compatible(entity.name, other.name, Lexicon.load())
        if match is not None and match.kind >= MatchKind.SEVERAL_PARTS:
            best.append((match.kind, other, match.reason))
    if not best:
        return Identity(None, "new")
    top = max(kind for kind, _, _ in best)
    likeliest = [row for row in best if row[0] == top]
    if top < MatchKind.SPELLING and len(likeliest) > 1:
        return Identity(None, "new")
    _, other, reason = likeliest[0]
    return Identity(other.id, reason)
