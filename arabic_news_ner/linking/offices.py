"""The office of a role: its standard title, its kind and its country, from the tables of offices and portfolios."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.country_cues import Adjective
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Entity, Role, RoleKind, Tokens

#: A head noun alone -> its title before the name of a state (head of state), and its title otherwise.
_HEADS_OF_STATE = {"رييس": ("الرئيس", "رئيس"), "رييسه": ("الرئيس", "رئيس"), "امير": ("الأمير", "أمير")}
#: Titles that end with the field of a ministry.
_WITH_PORTFOLIO = frozenset({"وزير", "وكيل وزارة"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The title and kind of the office in a phrase."""

    title: str
    kind: RoleKind


@cached(4096)
def read_title(phrase: str, knowledge: Knowledge, lexicon: Lexicon) -> Reading | None:
    """The office of a phrase; ``None`` if the tables do not have its head noun.

    ``وزيرة الخارجية الألمانية السابقة`` -> ``وزير الخارجية``; ``نائب رئيس مجلس الوزراء`` -> ``نائب رئيس الوزراء``;
    ``رئيس تونس`` -> ``الرئيس``, ``رئيس شركة النوارس`` -> ``رئيس``.
    """
    words = [word for word in split_words(phrase) if word not in lexicon["qualifies_office"]]
    return _read(tuple(words), knowledge, lexicon)


def _read(words: tuple[str, ...], knowledge: Knowledge, lexicon: Lexicon) -> Reading | None:
    plain = tuple(word for n, word in enumerate(words) if not n or word not in knowledge.adjectives)
    found = knowledge.offices.title(plain)
    if found is None:
        return None
    rest = plain[found.words :]
    alone = found.words == 1 and bool(rest)
    if alone and plain[0] in lexicon["deputy"]:
        superior = _read(rest, knowledge, lexicon)
        if superior is not None and superior.kind == "office" and superior.title != found.title:
            return Reading(f"{found.title} {superior.title}", "office")
    if found.title in _WITH_PORTFOLIO:
        portfolio = knowledge.offices.portfolio(rest)
        return Reading(f"{found.title} {portfolio[0]}" if portfolio else found.title, found.kind)
    titles = _HEADS_OF_STATE.get(plain[0].removeprefix("ال"))
    if alone and titles is not None:
        of_state = any(place.subtype == "country" for place in knowledge.places_of(rest))
        return Reading(titles[0] if of_state else titles[1], found.kind)
    return Reading(found.title, found.kind)


def read_offices(
    roles: Sequence[Role],
    entities: Sequence[Entity],
    adjectives: Sequence[Adjective],
    tokens: Tokens,
    knowledge: Knowledge,
    lexicon: Lexicon,
) -> tuple[Role, ...]:
    """Add title, kind and country to the roles. They stay the same in number and order.

    The country is the first one in the phrase: by an adjective (``الوزير الأردني``), or by a linked place or
    organization. The country of an ambassador is the sending one: ``سفير روسيا لدى ليبيا``.
    """
    starts = tokens.starts
    at = [starts[adjective.first] for adjective in adjectives]
    by_id = {entity.id: entity for entity in entities}
    out = []
    before: Reading | None = None
    for role in roles:
        first = split_words(role.text)[:1]
        reading = before if first and first[0] in lexicon["counterpart"] else read_title(role.text, knowledge, lexicon)
        before = reading if reading is not None and reading.kind == "office" else before
        inside = adjectives[bisect_left(at, role.start) : bisect_left(at, role.end)]
        named = _named_country(role, by_id, knowledge)
        cues = [(starts[a.first], a.iso2) for a in inside] + ([named] if named else [])
        country = min(cues)[1] if cues else None
        if reading is not None:
            role = replace(role, title=reading.title, kind=reading.kind, country=country or role.country)
        elif country:
            role = replace(role, country=country)
        out.append(role)
    return tuple(out)


def _named_country(role: Role, by_id: Mapping[str, Entity], knowledge: Knowledge) -> tuple[int, str] | None:
    """The country of the place or organization of a role, and its position."""
    found = []
    for entity_id in (role.place, role.organization):
        entity = by_id.get(entity_id or "")
        country = country_of(entity, knowledge) if entity is not None else None
        if entity is not None and country is not None:
            start = next((m.start for m in entity.mentions if role.start <= m.start < role.end), role.end)
            found.append((start, country))
    return min(found, default=None)


def country_of(entity: Entity, knowledge: Knowledge) -> str | None:
    """The country of a linked place, organization or person."""
    for link in entity.links:
        if entity.label == "LOC":
            place = knowledge.place_of(link)
            if place is not None:
                return place.country
        elif entity.label == "ORG":
            organization = knowledge.organizations.of_link(link)
            if organization is not None:
                return organization.country
        else:
            person = knowledge.people.of_link(link)
            if person is not None:
                return person.country
    return None


def with_roles(entities: Sequence[Entity], roles: Sequence[Role]) -> tuple[Entity, ...]:
    """The entities with these roles in place of their own."""
    held: dict[str, list[Role]] = {}
    for role in roles:
        if role.holder is not None:
            held.setdefault(role.holder, []).append(role)
    return tuple(replace(e, roles=tuple(held.get(e.id, ()))) if e.roles else e for e in entities)
