"""Link entities to the knowledge base: places and organizations first, then people, with the help of their offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.country_cues import Adjective, CountryEvidence, collect_country_cues
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.linking.offices import country_of
from arabic_news_ner.linking.organizations import find_organizations, with_organization
from arabic_news_ner.linking.people import find_people, with_person
from arabic_news_ner.linking.places import find_places, with_place
from arabic_news_ner.linking.settings import ORGANIZATIONS, PEOPLE, PLACES
from arabic_news_ner.linking.vowel_signs import has_signs, signs_conflict
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Entity, Tokens


def link_places_and_organizations(
    entities: Sequence[Entity],
    tokens: Tokens,
    adjectives: Sequence[Adjective],
    knowledge: Knowledge,
    lexicon: Lexicon,
) -> tuple[Entity, ...]:
    """Add links to places and organizations. The entities stay the same in number and order.

    Countries get an ISO 3166-1 and a GeoNames link, other places a GeoNames one (a Wikidata link, or one to the table
    ``places`` of the package, where GeoNames has none), organizations one to the table ``organizations`` of the
    package, to Wikidata or to the Research Organization Registry (``ror``). ``subtypes.py``
    corrects their subtypes. An entity that already has links keeps them.

    :param tokens: the tokens of the article, with offsets into the same text as the mentions.
    :param adjectives: its adjectives of nationality, see :func:`arabic_news_ner.linking.country_cues.find_adjectives`.
    """
    beside = collect_country_cues(entities, tokens, adjectives, knowledge)
    evidence = _adjectives_as_evidence(adjectives)
    places = find_places(entities, evidence, beside, knowledge, lexicon)
    organizations = find_organizations(entities, evidence, beside, knowledge, lexicon)
    out = []
    for entity in entities:
        if entity.id in places:
            entity = with_place(entity, places[entity.id], knowledge)
        elif entity.id in organizations:
            entity = with_organization(entity, organizations[entity.id])
        out.append(entity)
    return tuple(out)


def split_by_signs(entities: Sequence[Entity], knowledge: Knowledge) -> tuple[Entity, ...]:
    """Split a place whose mentions have the vowel signs of two names: ``عَمّان`` and ``عُمان`` in one article.

    Mentions without signs stay with the first name. The new place gets the next free number.
    """
    free = 1 + max((int(entity.id[1:]) for entity in entities), default=0)
    out = []
    for entity in entities:
        signed = [m for m in entity.mentions if has_signs(m.text)] if entity.label == "LOC" else []
        other = [m for m in signed if signs_conflict(m.text, signed[0].text)]
        known = knowledge.places_of(split_words(entity.name)) if other else ()
        if not any(knowledge.signs_differ(m.text, place) for m in other for place in known):
            out.append(entity)
            continue
        kept = tuple(m for m in entity.mentions if m not in other)
        out.append(replace(entity, name=signed[0].text, mentions=kept))
        out.append(replace(entity, id=f"e{free}", name=other[0].text, mentions=tuple(other), merges=()))
        free += 1
    return tuple(out)


def link_people(
    entities: Sequence[Entity],
    tokens: Tokens,
    adjectives: Sequence[Adjective],
    date: str | None,
    knowledge: Knowledge,
    lexicon: Lexicon,
) -> tuple[Entity, ...]:
    """Add links to people. The entities stay the same in number and order.

    A person gets a link to the table ``people`` of the package where the row was written by hand, and a Wikidata link where the
    table has the id; both with the score of the choice. People are evidence for their countries, too: organizations
    without a link are tried again (``النيابة العامة`` in an article that names the Moroccan minister of justice).

    :param entities: with linked places and organizations, and roles with title and country.
    :param date: the date of the article in ISO 8601, if it is known.
    """
    if not any(entity.label == "PER" and not entity.links for entity in entities):
        return tuple(entities)
    evidence = _adjectives_as_evidence(adjectives)
    for entity in entities:
        country = country_of(entity, knowledge)
        if country is not None:
            evidence.add_country(country, _weight(entity) * len(entity.mentions))
    chosen = find_people(entities, evidence, date, knowledge, lexicon)
    for choice in chosen.values():
        if choice.person.country:
            evidence.add_country(choice.person.country, PEOPLE.as_evidence * choice.score)
    beside = collect_country_cues(entities, tokens, adjectives, knowledge)
    organizations = find_organizations(entities, evidence, beside, knowledge, lexicon) if chosen else {}
    out = []
    for entity in entities:
        if entity.id in chosen:
            entity = with_person(entity, chosen[entity.id])
        elif entity.id in organizations:
            entity = with_organization(entity, organizations[entity.id])
        out.append(entity)
    return tuple(out)


def _weight(entity: Entity) -> float:
    if entity.label == "LOC":
        return 1.0 if entity.subtype == "country" else PLACES.place_as_evidence
    return ORGANIZATIONS.as_evidence if entity.label == "ORG" else PEOPLE.as_evidence


def _adjectives_as_evidence(adjectives: Sequence[Adjective]) -> CountryEvidence:
    evidence = CountryEvidence()
    for adjective in adjectives:
        evidence.add_country(adjective.iso2, PLACES.adjective_as_evidence)
    return evidence
