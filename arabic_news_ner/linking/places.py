"""Entities linked to the knowledge base.

A place may bear the name of twenty others. What speaks for one of them, each with its weight below: its kind, its rank
(country, capital, first-level division, population), the countries and divisions that the article names, and what stands
right beside the mention (``زوارة الليبية``, ``فاونتن بولاية كولورادو``). The weights are logits: the score of a link is the
softmax over the candidates and the choice of none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from arabic_news_ner.linking.adjacent_countries import Beside, read_neighbours
from arabic_news_ner.linking.candidates import Candidate, candidates_of
from arabic_news_ner.linking.country_cues import Adjective
from arabic_news_ner.linking.country_weights import ROUNDING, Evidence
from arabic_news_ner.linking.knowledge_base import HEADS, Body, Knowledge, Place, place_key
from arabic_news_ner.linking.organizations import find_bodies, with_body
from arabic_news_ner.linking.transliteration import in_arabic, skeleton
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Entity, Link, Token

#: The choice of no place at all.
_NONE = 4.5
_KIND_AGREES = 2.0
_KIND_DIFFERS: Mapping[frozenset[str], float] = {
    frozenset(("city", "region")): -0.3,
    frozenset(("country", "region")): -0.3,
    frozenset(("nature", "region")): -0.3,
    frozenset(("country", "city")): -1.0,
    frozenset(("facility", "city")): -1.0,
    frozenset(("nature", "city")): -1.0,
    frozenset(("facility", "nature")): -0.5,
}
_KIND_FAR = -2.5
#: The kind differs, and another candidate is of the right one.
_KIND_HAS_RIVAL = -1.5
_SHORT_FORM_ONLY = -1.5
_RANK = {"country": 7.0, "region": 4.0, "nature": 4.3, "facility": 4.3}
_PER_DIGIT_OF_POPULATION = 0.8
_UNKNOWN_POPULATION = 3000
_CAPITAL = 2.0
_FAMOUS = 1.5
_HEAD_SAYS_SO = 1.0
_COUNTRY_NAMED = 1.0
_COUNTRY_SHARE = 2.5
_COUNTRY_ABSENT = -1.0
#: A place of the tables in the one country of which the article mostly speaks: طرابلس in an article on Lebanon.
_FAMOUS_THERE = 1.0
#: The shares of the countries are damped by this weight of evidence.
_LITTLE_EVIDENCE = 2.0
_REGION_NAMED = 1.5
_BESIDE = 2.5
_UNTRUSTED = -1.2
_SPELLED_OTHERWISE = -0.6
_PER_LETTER = -0.5
#: What an adjective and a place weigh as evidence of a country, against the name of the country.
_ADJECTIVE_WEIGHT = 0.5
_PLACE_WEIGHT = 0.5
#: Towns below this population are linked only where the article names their country.
_SMALL = 50_000
#: A place that alone bears a name of several words is linked without its country from this population on.
_SMALLEST_SOLE = 10_000
#: A Latin name of fewer consonants is believed only where the article names its division or the country stands beside it;
#: one of three also where the article speaks of its country above all.
_SHORTEST_LATIN = 4

#: Names of places that are common words as well, or directions.
_COMMON = frozenset(
    place_key(split_words(name))
    for name in (
        *"""
        الشرق الغرب الشمال الجنوب الوسط المدينة القرية البلدة العاصمة المركز الميناء المطار السوق الوادي الجبل البحر النهر
        الجزيرة الساحل الحدود المنطقة القطاع السلام النصر الحرية النور الأمل الرحمة الصفا المروة المرج السهل الكرم القلعة
        القصر البيضاء الخضراء الزهراء المنصورة العقبة البلد الدولة الحرم الهلال الشرقية الغربية الشمالية الجنوبية الوسطى
        الواحات البحيرات المعهد الحرة بحري سليمان بدر ليلى ربيع سعيدة القصبة
        """.split(),
        *(f"المنطقة {side}" for side in "الشرقية الغربية الشمالية الجنوبية الوسطى".split()),
        *(f"المحافظة {side}" for side in "الشمالية الجنوبية".split()),
        "محافظة العاصمة",
        "الحدود الشمالية",
        "الساحل الغربي",
        "الساحل الشرقي",
    )
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for an entity and its probability."""

    place: Place
    score: float


def link(
    entities: Sequence[Entity], tokens: Sequence[Token], adjectives: Sequence[Adjective], knowledge: Knowledge
) -> tuple[Entity, ...]:
    """The entities with their links: as many, in the same order.

    Countries get an ISO 3166-1 and a GeoNames link, other places a GeoNames one (a Wikidata link, or one to the table
    ``places`` of the package, where GeoNames has none), bodies and leaders one to the tables ``bodies`` and ``leaders`` of
    the package, and a Wikidata link where it is known. A body that is found takes its subtype from the table. An entity
    that has links already keeps them.

    :param tokens: the tokens of the article, with offsets into the same text as the mentions.
    :param adjectives: its adjectives of nationality, see :func:`arabic_news_ner.linking.country_cues.find_adjectives`.
    """
    beside = read_neighbours(entities, tokens, adjectives, knowledge)
    evidence = Evidence()
    for adjective in adjectives:
        evidence.add_country(adjective.iso2, _ADJECTIVE_WEIGHT)
    places = [e for e in entities if e.label == "LOC" and not e.links]
    found = {e.id: candidates_of(e, knowledge) for e in places}
    first = _choose_all(places, found, evidence, beside, _only_ranked)
    for entity in places:
        _count(evidence, entity, first.get(entity.id), 1)
    second = dict(first)
    for entity in places:
        _count(evidence, entity, first.get(entity.id), -1)
        second.pop(entity.id, None)
        choice = choose(entity, found[entity.id], evidence, beside.get(entity.id, Beside()))
        _count(evidence, entity, first.get(entity.id), 1)
        if choice is not None:
            second[entity.id] = choice
    bodies = find_bodies(entities, evidence, beside, knowledge)
    return tuple(_linked(entity, second.get(entity.id), bodies.get(entity.id)) for entity in entities)


def _only_ranked(place: Place) -> bool:
    return place.kind != "city" or place.famous or place.capital or place.population >= 3 * _SMALL


def _choose_all(
    places: Iterable[Entity],
    found: Mapping[str, Sequence[Candidate]],
    evidence: Evidence,
    beside: Mapping[str, Beside],
    accept: Callable[[Place], bool],
) -> dict[str, Choice]:
    """A first choice for each entity, from the places of some rank."""
    chosen = {}
    for entity in places:
        some = [c for c in found[entity.id] if accept(c.place)]
        choice = choose(entity, some, evidence, beside.get(entity.id, Beside()))
        if choice is not None:
            chosen[entity.id] = choice
    return chosen


def _count(evidence: Evidence, entity: Entity, choice: Choice | None, sign: int) -> None:
    if choice is not None:
        weight = 1.0 if choice.place.kind == "country" else _PLACE_WEIGHT * choice.score
        evidence.add(choice.place, sign * weight * len(entity.mentions))


def choose(entity: Entity, found: Sequence[Candidate], evidence: Evidence, beside: Beside) -> Choice | None:
    """The likeliest of the candidates; ``None`` where there is none, or none is likelier than no place."""
    common = all(place_key(split_words(form)) in _COMMON for form in (entity.name, *entity.forms))
    rivals = any(c.place.kind == entity.subtype for c in found)
    sole = _sole_bearer(entity, found)
    rated = [
        (rate(c, entity.subtype, evidence, beside) + _rivalry(c, entity.subtype, rivals), c)
        for c in found
        if (sole and not common) or not _needs_country(c, common) or _country_agrees(c.place, evidence, beside)
    ]
    if not rated:
        return None
    best, candidate = max(rated, key=lambda pair: (pair[0], -pair[1].place.row))
    total = math.exp(_NONE - best) + sum(math.exp(rating - best) for rating, _ in rated)
    return Choice(candidate.place, round(1 / total, 4)) if best > _NONE else None


def _sole_bearer(entity: Entity, found: Sequence[Candidate]) -> bool:
    """A name of several words that only one place bears, by a source that vouches for it: ``ويست هوليوود``.

    Hamlets do not count: the ``سوق الخميس`` of the sources is one of many.
    """
    words = split_words(entity.name)
    one = found[0] if len(found) == 1 else None
    if one is None or one.letters or len(words) == 1 or words[0] in HEADS:
        return False
    return one.place.trusted and one.place.population >= _SMALLEST_SOLE


def _rivalry(candidate: Candidate, subtype: str | None, rivals: bool) -> float:
    other_kind = rivals and candidate.place.kind != subtype
    return _KIND_HAS_RIVAL * other_kind + _SHORT_FORM_ONLY * candidate.short


def _needs_country(candidate: Candidate, common: bool) -> bool:
    """A small town, another spelling and a common word are linked only where the article speaks of the country."""
    place = candidate.place
    if place.kind == "country":
        return False
    small = place.kind == "city" and place.population < _SMALL and not (place.famous or place.capital)
    return small or common or candidate.letters > 1 or (candidate.letters > 0 and place.population < 4 * _SMALL)


def _country_agrees(place: Place, evidence: Evidence, beside: Beside) -> bool:
    if place.country is None:
        return place.famous
    consonants = skeleton(in_arabic(place.name)) if place.latin else ""
    if place.latin and len(consonants) < _SHORTEST_LATIN:
        near = place.country in beside.countries or evidence.regions.get(place.region or "", 0.0) > ROUNDING
        leads = len(consonants) == _SHORTEST_LATIN - 1 and evidence.leading() == {place.country}
        return near or leads
    return evidence.of(place.country) > 0 or place.country in beside.countries


def rate(candidate: Candidate, subtype: str | None, evidence: Evidence, beside: Beside) -> float:
    """How much speaks for a candidate, in logits."""
    place = candidate.place
    population = place.population or _UNKNOWN_POPULATION
    rating = _RANK.get(place.kind, _PER_DIGIT_OF_POPULATION * math.log10(population + 10))
    rating += _CAPITAL * place.capital + _FAMOUS * place.famous + _HEAD_SAYS_SO * candidate.head
    rating += 0.0 if place.trusted else _UNTRUSTED
    if subtype is not None:
        pair = frozenset((subtype, place.kind))
        rating += _KIND_AGREES if len(pair) == 1 else _KIND_DIFFERS.get(pair, _KIND_FAR)
    if candidate.letters:
        rating += _SPELLED_OTHERWISE + _PER_LETTER * candidate.letters
    rating += _country_rating(place, evidence, beside)
    if place.famous and place.kind != "country" and evidence.leading() == {place.country}:
        rating += _FAMOUS_THERE
    if place.kind == "city" and place.region and evidence.regions.get(place.region, 0.0) > ROUNDING:
        rating += _REGION_NAMED
    return rating


def _country_rating(place: Place, evidence: Evidence, beside: Beside) -> float:
    rating = _BESIDE if place.country in beside.countries else 0.0
    if place.country is None:
        return rating
    total = sum(weight for weight in evidence.countries.values() if weight > 0)
    own = evidence.of(place.country)
    if own > 0:
        return rating + _COUNTRY_NAMED * min(own, 1.0) + _COUNTRY_SHARE * min(own / (total + _LITTLE_EVIDENCE), 1.0)
    return rating + (_COUNTRY_ABSENT * total / (total + _LITTLE_EVIDENCE) if place.kind != "country" else 0.0)


def _linked(entity: Entity, choice: Choice | None, body: Body | None) -> Entity:
    if choice is not None:
        return replace(entity, links=links_of(choice.place, choice.score))
    return entity if body is None else with_body(entity, body)


def links_of(place: Place, score: float | None = None) -> tuple[Link, ...]:
    """The links of a place, the surest identifier first."""
    ids = []
    if place.kind == "country" and place.country:
        ids.append(("iso3166", place.country))
    if place.geonames:
        ids.append(("geonames", str(place.geonames)))
    if place.wikidata:
        ids.append(("wikidata", place.wikidata))
    return tuple(Link(kb, id_, place.name, place.lat, place.lon, score) for kb, id_ in ids or [("places", place.name)])
