"""Places of an article found in the knowledge base.

A place may bear the name of twenty others. What speaks for one of them, each with its weight in ``settings.py``: its
kind, its rank (country, capital, first-level division, population), the countries and divisions that the article
names, and what stands right beside the mention (``زوارة الليبية``, ``فاونتن بولاية كولورادو``). The weights are
logits: the score of a link is the softmax over the candidates and the choice of none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.candidates import Candidate, candidates_of
from arabic_news_ner.linking.country_cues import ROUNDING, AdjacentCountries, CountryEvidence
from arabic_news_ner.linking.knowledge_base import PLACE_HEAD_NOUNS, Knowledge, Place, place_key
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
    """The places that the entities are, by the id of the entity; what they say of countries is added to the evidence.

    Twice: first among the places of some rank, then among all, each place judged by what the others say.
    """
    places = [e for e in entities if e.label == "LOC" and not e.links]
    found = {e.id: candidates_of(e, knowledge) for e in places}
    common = common_names(lexicon)
    first = _choose_all(places, found, evidence, beside, common, _only_ranked)
    for entity in places:
        _count(evidence, entity, first.get(entity.id), 1)
    second = dict(first)
    for entity in places:
        _count(evidence, entity, first.get(entity.id), -1)
        second.pop(entity.id, None)
        choice = choose(entity, found[entity.id], evidence, beside.get(entity.id, AdjacentCountries()), common)
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
    common: frozenset[str],
    accept: Callable[[Place], bool],
) -> dict[str, Choice]:
    """A first choice for each entity, from the places of some rank."""
    chosen = {}
    for entity in places:
        some = [c for c in found[entity.id] if accept(c.place)]
        choice = choose(entity, some, evidence, beside.get(entity.id, AdjacentCountries()), common)
        if choice is not None:
            chosen[entity.id] = choice
    return chosen


def _count(evidence: CountryEvidence, entity: Entity, choice: Choice | None, sign: int) -> None:
    if choice is not None:
        weight = 1.0 if choice.place.subtype == "country" else PLACES.place_as_evidence * choice.score
        evidence.add(choice.place, sign * weight * len(entity.mentions))


@lru_cache(maxsize=4)
def common_names(lexicon: Lexicon) -> frozenset[str]:
    """The keys of the places that are everyday words as well, or directions: ``الشرق``, ``السوق``."""
    return frozenset(place_key(tuple(name.split())) for name in lexicon["common_place"])


def choose(
    entity: Entity,
    found: Sequence[Candidate],
    evidence: CountryEvidence,
    beside: AdjacentCountries,
    common_keys: frozenset[str],
) -> Choice | None:
    """The likeliest of the candidates; ``None`` if there is none, or NIL is likelier."""
    common = all(place_key(split_words(form)) in common_keys for form in (entity.name, *entity.forms))
    rivals = any(c.place.subtype == entity.subtype for c in found)
    sole = _sole_bearer(entity, found)
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
    """The world's news knows another city of this name, and the text does not name the country of this one.

    ``جنيف`` beside ``نظيره الأميركي`` is no town in Illinois: an adjective is not enough, it takes the country, another of its
    places, the division, or the adjective right beside the name.
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


def _sole_bearer(entity: Entity, found: Sequence[Candidate]) -> bool:
    """A name of several words that only one place bears, by a source that vouches for it: ``ويست هوليوود``.

    Hamlets do not count: the ``سوق الخميس`` of the sources is one of many.
    """
    words = split_words(entity.name)
    one = found[0] if len(found) == 1 else None
    if one is None or one.edit_distance or len(words) == 1 or words[0] in PLACE_HEAD_NOUNS:
        return False
    return one.place.preferred_name and one.place.population >= PLACES.smallest_sole


def _rivalry(candidate: Candidate, subtype: str | None, rivals: bool) -> float:
    other_subtype = rivals and candidate.place.subtype != subtype
    return PLACES.subtype_has_rival * other_subtype + PLACES.short_form_only * candidate.short


def _needs_country(candidate: Candidate, common: bool) -> bool:
    """A small town, another spelling and a common word are linked only where the article speaks of the country."""
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
    """How much speaks for a candidate, in logits."""
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
    """The links of a place, the surest identifier first, each with the places in which it lies."""
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
