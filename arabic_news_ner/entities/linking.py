"""Entities linked to the knowledge base.

A place may bear the name of twenty others. What speaks for one of them, each with its weight below: its kind, its rank
(country, capital, first-level division, population), the countries and divisions that the article names, and what stands
right beside the mention (``زوارة الليبية``, ``فاونتن بولاية كولورادو``). The weights are logits: the score of a link is the
softmax over the candidates and the choice of none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from arabic_news_ner.document import Entity, Link, Token
from arabic_news_ner.entities.countries import find_adjectives
from arabic_news_ner.entities.fold import split_words
from arabic_news_ner.entities.knowledge import HEADS, Knowledge, Place, place_key
from arabic_news_ner.entities.neighbours import Beside, read_neighbours
from arabic_news_ner.entities.spelling import edit_distance, in_arabic, skeleton

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
#: Countries that the news names when it writes about places in another: Israel for the Palestinian territories.
_SPOKEN_OF: Mapping[str, tuple[str, ...]] = {"PS": ("IL",), "EH": ("MA",), "HK": ("CN",), "MO": ("CN",)}
#: Evidence below this is what adding and taking back leaves.
_ROUNDING = 1e-6
#: Towns below this population are linked only where the article names their country.
_SMALL = 50_000
#: Places below this population are not looked for under another spelling.
_SMALLEST_RESPELLED = 2_000
#: Spellings may differ by this share of their letters.
_LARGEST_DISTANCE = 0.34
#: So may an Arabic form and the letters of a Latin name, whose short vowels Arabic does not write.
_LARGEST_DISTANCE_OF_LATIN = 0.5
#: A Latin name of fewer consonants is believed only where the article names its division or the country stands beside it.
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


@dataclass(slots=True)
class Evidence:
    """What an article says of countries and of first-level divisions, by weight."""

    countries: dict[str, float] = field(default_factory=dict)
    regions: dict[str, float] = field(default_factory=dict)

    def of(self, country: str) -> float:
        """What speaks for a country, or for the one that is spoken of where this is meant; 0 where nothing does."""
        weights = (self.countries.get(code, 0.0) for code in (country, *_SPOKEN_OF.get(country, ())))
        return sum(weight for weight in weights if weight > _ROUNDING)

    def add(self, place: Place, weight: float) -> None:
        """Count a place; a negative weight takes it back."""
        if place.country:
            self.countries[place.country] = self.countries.get(place.country, 0.0) + weight
        if place.kind == "region" and place.region:
            self.regions[place.region] = self.regions.get(place.region, 0.0) + weight


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a form of an entity may mean.

    ``head``: the noun before the name tells its kind; ``short``: a longer form of the entity does not mean it;
    ``letters``: by how many its name differs from the form.
    """

    place: Place
    head: bool = False
    short: bool = False
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for an entity and its probability."""

    place: Place
    score: float


def link(entities: Sequence[Entity], tokens: Sequence[Token]) -> tuple[Entity, ...]:
    """The entities with their links: as many, in the same order.

    Countries get an ISO 3166-1 and a GeoNames link, other places a GeoNames one (a Wikidata link, or one to the table
    ``places`` of the package, where GeoNames has none), bodies and leaders a Wikidata link where it is known. An entity
    that has links already keeps them.

    :param tokens: the tokens of the article, with offsets into the same text as the mentions.
    """
    knowledge = Knowledge.load()
    beside = read_neighbours(entities, tokens)
    evidence = Evidence()
    for adjective in find_adjectives(entities, tokens):
        evidence.countries[adjective.iso2] = evidence.countries.get(adjective.iso2, 0.0) + _ADJECTIVE_WEIGHT
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
    return tuple(_linked(entity, second.get(entity.id), knowledge) for entity in entities)


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


def candidates_of(entity: Entity, knowledge: Knowledge) -> list[Candidate]:
    """The places that the forms of an entity may mean, each once; other spellings only where no form is known."""
    out: dict[int, Candidate] = {}
    forms = [split_words(form) for form in dict.fromkeys((entity.name, *entity.forms))]
    for words in sorted(forms, key=len, reverse=True):
        kinds = HEADS.get(words[0], ()) if len(words) > 1 else ()
        short = bool(out)
        for place in knowledge.places_of(words):
            head = place.kind in kinds
            if place.row not in out or head > out[place.row].head:
                out[place.row] = Candidate(place, head, short and place.row not in out)
    if out:
        return list(out.values())
    for words in forms:
        for place in knowledge.similar(words):
            letters = _distance(words, place)
            if letters is not None and (place.row not in out or letters < out[place.row].letters):
                out[place.row] = Candidate(place, letters=letters)
    return list(out.values())


def _distance(words: Sequence[str], place: Place) -> int | None:
    """By how many letters a form differs from the name of a place; ``None`` where by too many."""
    form = place_key(words[1:] if len(words) > 1 and words[0] in HEADS else words)
    if place.latin:
        key = in_arabic(place.name)
        distance = edit_distance(form, key)
        return (distance + 1) // 2 if distance <= _LARGEST_DISTANCE_OF_LATIN * max(len(form), len(key)) else None
    if place.population < _SMALLEST_RESPELLED:
        return None
    name = split_words(place.name)
    key = place_key(name[1:] if len(name) > 1 and name[0] in HEADS else name)
    distance = edit_distance(form, key)
    return distance if distance <= _LARGEST_DISTANCE * max(len(form), len(key)) else None


def choose(entity: Entity, found: Sequence[Candidate], evidence: Evidence, beside: Beside) -> Choice | None:
    """The likeliest of the candidates; ``None`` where there is none, or none is likelier than no place."""
    common = all(place_key(split_words(form)) in _COMMON for form in (entity.name, *entity.forms))
    rivals = any(c.place.kind == entity.subtype for c in found)
    rated = [
        (rate(c, entity.subtype, evidence, beside) + _rivalry(c, entity.subtype, rivals), c)
        for c in found
        if not _needs_country(c, common) or _country_agrees(c.place, evidence, beside)
    ]
    if not rated:
        return None
    best, candidate = max(rated, key=lambda pair: (pair[0], -pair[1].place.row))
    total = math.exp(_NONE - best) + sum(math.exp(rating - best) for rating, _ in rated)
    return Choice(candidate.place, round(1 / total, 4)) if best > _NONE else None


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
    if place.latin and len(skeleton(in_arabic(place.name))) < _SHORTEST_LATIN:
        return place.country in beside.countries or evidence.regions.get(place.region or "", 0.0) > _ROUNDING
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
    if place.kind == "city" and place.region and evidence.regions.get(place.region, 0.0) > _ROUNDING:
        rating += _REGION_NAMED
    return rating


def _country_rating(place: Place, evidence: Evidence, beside: Beside) -> float:
    rating = _BESIDE if place.country in beside.countries else 0.0
    if place.country is None:
        return rating
    total = sum(weight for weight in evidence.countries.values() if weight > 0)
    own = evidence.of(place.country)
    if own > 0:
        return rating + _COUNTRY_NAMED + _COUNTRY_SHARE * min(own / (total + _LITTLE_EVIDENCE), 1.0)
    return rating + (_COUNTRY_ABSENT * total / (total + _LITTLE_EVIDENCE) if place.kind != "country" else 0.0)


def _linked(entity: Entity, choice: Choice | None, knowledge: Knowledge) -> Entity:
    if entity.links:
        return entity
    if entity.label == "LOC":
        return entity if choice is None else replace(entity, links=links_of(choice.place, choice.score))
    for form in dict.fromkeys((entity.name, *entity.forms)):
        body = knowledge.body(form, entity.label) if entity.label == "ORG" or len(split_words(form)) > 1 else None
        if body is not None:
            return replace(entity, links=(Link("wikidata", body.wikidata, body.name),)) if body.wikidata else entity
    return entity


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
