"""Find the places of an article in the knowledge base.

Twenty places can have one name. The evidence for one of them, each with a weight in ``settings.py``: its subtype, its
rank (country, capital, first-level division, population), the countries and divisions in the article, and the words
right next to the mention (``زوارة الليبية``, ``فاونتن بولاية كولورادو``). The weights are
logits: the score of a link is the softmax over the candidates and NIL (none of them).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.candidates import Candidate, candidates_of
from arabic_news_ner.linking.country_cues import ROUNDING, AdjacentCountries, CountryEvidence
from arabic_news_ner.linking.knowledge_base import Knowledge, Place, place_key, place_nouns
from arabic_news_ner.linking.settings import PLACES
from arabic_news_ner.linking.transliteration import in_arabic, transliteration_key
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Entity, Link


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for an entity and its probability."""

    place: Place
    score: float


def find_places(
    entities: Sequence[Entity],
    evidence: CountryEvidence,
    beside: Mapping[str, AdjacentCountries],
    knowledge: Knowledge,
    lexicon: Lexicon,
) -> dict[str, Choice]:
    """The place of each entity, by the id of the entity; the evidence of the places for countries is added.

    There are two rounds: first among places of some rank, then among all, each place with the evidence of the others.
    """
    places = [e for e in entities if e.label == "LOC" and not e.links]
    found = {e.id: candidates_of(e, knowledge) for e in places}
    first = _choose_all(places, found, evidence, beside, lexicon, _only_ranked)
    for entity in places:
        _count(evidence, entity, first.get(entity.id), 1)
    second = dict(first)
    for entity in places:
        _count(evidence, entity, first.get(entity.id), -1)
        second.pop(entity.id, None)
        choice = choose(entity, found[entity.id], evidence, beside.get(entity.id, AdjacentCountries()), lexicon)
        _count(evidence, entity, first.get(entity.id), 1)
        if choice is not None:
            second[entity.id] = choice
    return second


def _only_ranked(place: Place) -> bool:
    return place.subtype != "city" or place.prominent or place.capital or place.population >= 3 * PLACES.small


def _choose_all(
    places: Iterable[Entity],
    found: Mapping[str, Sequence[Candidate]],
    evidence: CountryEvidence,
    beside: Mapping[str, AdjacentCountries],
    lexicon: Lexicon,
    accept: Callable[[Place], bool],
) -> dict[str, Choice]:
    """A first choice for each entity, among places of some rank."""
    chosen = {}
    for entity in places:
        some = [c for c in found[entity.id] if accept(c.place)]
        choice = choose(entity, some, evidence, beside.get(entity.id, AdjacentCountries()), lexicon)
        if choice is not None:
            chosen[entity.id] = choice
    return chosen


def _count(evidence: CountryEvidence, entity: Entity, choice: Choice | None, sign: int) -> None:
    if choice is not None:
        weight = 1.0 if choice.place.subtype == "country" else PLACES.place_as_evidence * choice.score
        evidence.add(choice.place, sign * weight * len(entity.mentions))


@lru_cache(maxsize=4)
def common_names(lexicon: Lexicon) -> frozenset[str]:
    """The keys of places that are also everyday words or directions: ``الشرق``, ``السوق``."""
    return frozenset(place_key(tuple(name.split())) for name in lexicon["common_place"])


def choose(
    entity: Entity,
    found: Sequence[Candidate],
    evidence: CountryEvidence,
    beside: AdjacentCountries,
    lexicon: Lexicon,
) -> Choice | None:
    """The most probable candidate; ``None`` if there is none, or NIL is more probable."""
    common_keys = common_names(lexicon)
    common = all(place_key(split_words(form)) in common_keys for form in (entity.name, *entity.forms))
    rivals = any(c.place.subtype == entity.subtype for c in found)
    sole = _sole_bearer(entity, found, lexicon)
    shown = [c for c in found if not _outshone(c, found, evidence, beside)]
    rated = [
        (rate(c, entity.subtype, evidence, beside) + _rivalry(c, entity.subtype, rivals), c)
        for c in shown
        if (sole and not common) or not _needs_country(c, common) or _country_agrees(c, evidence, beside)
    ]
    if not rated:
        return None
    best, candidate = max(rated, key=lambda pair: (pair[0], -pair[1].place.row))
    total = math.exp(PLACES.nil - best) + sum(math.exp(rating - best) for rating, _ in rated)
    return Choice(candidate.place, round(1 / total, 4)) if best > PLACES.nil else None


def _outshone(
    candidate: Candidate, found: Sequence[Candidate], evidence: CountryEvidence, beside: AdjacentCountries
) -> bool:
    """Is another city of this name much better known, and does the text not name the country of this one?

    ``جنيف`` in a text with ``نظيره الأميركي`` is not a town in Illinois. An adjective is not enough: the text must have
    the country, another place of it, the division, or the adjective right next to the name.
    """
    place = candidate.place
    if place.subtype != "city" or place.capital or place.prominent or place.country in beside.countries:
        return False
    if (
        evidence.placed.get(place.country or "", 0.0) > ROUNDING
        or evidence.regions.get(place.region or "", 0.0) > ROUNDING
    ):
        return False
    return any(
        other.place.subtype == "city"
        and other.place.preferred_name
        and not other.edit_distance
        and other.place.population >= PLACES.small
        and other.place.population >= PLACES.outshines * max(place.population, PLACES.unknown_population)
        for other in found
    )


def _sole_bearer(entity: Entity, found: Sequence[Candidate], lexicon: Lexicon) -> bool:
    """Is this the only place with a preferred name of several words: ``ويست هوليوود``?

    Hamlets do not count: ``سوق الخميس`` is the name of many, and the sources have only one.
    """
    words = split_words(entity.name)
    one = found[0] if len(found) == 1 else None
    if one is None or one.edit_distance or len(words) == 1 or words[0] in place_nouns(lexicon):
        return False
    return one.place.preferred_name and one.place.population >= PLACES.smallest_sole


def _rivalry(candidate: Candidate, subtype: str | None, rivals: bool) -> float:
    other_subtype = rivals and candidate.place.subtype != subtype
    return PLACES.subtype_has_rival * other_subtype + PLACES.short_form_only * candidate.short


def _needs_country(candidate: Candidate, common: bool) -> bool:
    """A small town, another spelling and an everyday word are linked only if the article mentions the country."""
    place = candidate.place
    if place.subtype == "country":
        return False
    small = place.subtype == "city" and place.population < PLACES.small and not (place.prominent or place.capital)
    return (
        small
        or common
        or candidate.edit_distance > 1
        or (candidate.edit_distance > 0 and place.population < 4 * PLACES.small)
    )


def _country_agrees(candidate: Candidate, evidence: CountryEvidence, beside: AdjacentCountries) -> bool:
    place = candidate.place
    if place.country is None:
        return place.prominent
    consonants = transliteration_key(in_arabic(place.name)) if place.latin else ""
    if (
        candidate.edit_distance
        and evidence.placed.get(place.country, 0.0) <= ROUNDING
        and place.country not in beside.countries
    ):
        return False
    if place.latin and len(consonants) < PLACES.shortest_latin:
        near = place.country in beside.countries or evidence.regions.get(place.region or "", 0.0) > ROUNDING
        leads = len(consonants) == PLACES.shortest_latin - 1 and evidence.leading() == {place.country}
        return near or leads
    return evidence.of(place.country) > 0 or place.country in beside.countries


def rate(candidate: Candidate, subtype: str | None, evidence: CountryEvidence, beside: AdjacentCountries) -> float:
    """The rating of a candidate, in logits."""
    place = candidate.place
    population = place.population or PLACES.unknown_population
    rating = PLACES.rank.get(place.subtype, PLACES.per_digit_of_population * math.log10(population + 10))
    rating += (
        PLACES.capital * place.capital + PLACES.prominent * place.prominent + PLACES.head_noun_agrees * candidate.head
    )
    rating += 0.0 if place.preferred_name else PLACES.other_name
    if subtype is not None:
        pair = frozenset((subtype, place.subtype))
        rating += PLACES.subtype_agrees if len(pair) == 1 else PLACES.subtype_differs.get(pair, PLACES.subtype_far)
    rating += PLACES.signs_differ * candidate.signs_differ
    if candidate.edit_distance:
        rating += PLACES.spelled_otherwise + PLACES.per_letter * candidate.edit_distance
    rating += _country_rating(place, evidence, beside)
    if place.prominent and place.subtype != "country" and evidence.leading() == {place.country}:
        rating += PLACES.famous_there
    if place.subtype == "city" and place.region and evidence.regions.get(place.region, 0.0) > ROUNDING:
        rating += PLACES.region_named
    return rating


def _country_rating(place: Place, evidence: CountryEvidence, beside: AdjacentCountries) -> float:
    rating = PLACES.beside if place.country in beside.countries else 0.0
    if place.country is None:
        return rating
    total = sum(weight for weight in evidence.countries.values() if weight > 0)
    own = evidence.of(place.country)
    if own > 0:
        return (
            rating
            + PLACES.country_named * min(own, 1.0)
            + PLACES.country_share * min(own / (total + PLACES.little_evidence), 1.0)
        )
    return rating + (
        PLACES.country_absent * total / (total + PLACES.little_evidence) if place.subtype != "country" else 0.0
    )


def with_place(entity: Entity, choice: Choice, knowledge: Knowledge) -> Entity:
    """The entity with the links of a place."""
    links = links_of(choice.place, knowledge, choice.score)
    return replace(entity, links=links)


def links_of(place: Place, knowledge: Knowledge, score: float | None = None) -> tuple[Link, ...]:
    """The links of a place, the surest identifier first, each with the larger places around it."""
    parents = tuple(_identifiers(parent, None)[0] for parent in knowledge.parents(place))
    return tuple(replace(link, parents=parents) for link in _identifiers(place, score))


def _identifiers(place: Place, score: float | None) -> list[Link]:
    ids = []
    if place.subtype == "country" and place.country:
        ids.append(("iso3166", place.country))
    if place.geonames:
        ids.append(("geonames", str(place.geonames)))
    if place.wikidata:
        ids.append(("wikidata", place.wikidata))
    return [Link(kb, id_, place.name, place.lat, place.lon, score) for kb, id_ in ids or [("places", place.name)]]
