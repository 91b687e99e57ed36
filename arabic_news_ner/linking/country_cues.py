"""The countries of an article: by their names, by a place in the country, or by an adjective such as ``الليبي``.

Three parts: the adjectives and the countries of an article; the countries right next to a mention
(:func:`collect_country_cues`); the weight of all of it as evidence for a choice (:class:`CountryEvidence`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge, Place
from arabic_news_ner.linking.settings import ORGANIZATIONS
from arabic_news_ner.text.clitics import without_conjunction
from arabic_news_ner.text.words import fold_token, split_words, word_set
from arabic_news_ner.types import Country, Entity, Label, Tokens

How = Literal["named", "city", "adjective"]
#: From the surest to the least sure.
_HOWS: tuple[How, ...] = ("named", "city", "adjective")

#: ``اليمنى`` (right-hand) and ``اليمني`` (Yemeni) fold to one word: excluded when spelled with a final ى.
_RIGHT_HAND = word_set("يمني اليمني")
#: First letters of words that can begin with an attached letter.
_MAY_BE_ATTACHED = frozenset("وفل")


@dataclass(frozen=True, slots=True)
class Adjective:
    """An adjective of nationality or the name of a people in the text, ``tokens[first:last]``, and its country."""

    first: int
    last: int
    iso2: str


def countries(entities: Sequence[Entity], adjectives: Iterable[Adjective], knowledge: Knowledge) -> tuple[Country, ...]:
    """The countries of an article, the most frequent first.

    A place counts for its country (``how`` is ``"city"``, whatever its subtype), and an adjective counts for its
    country, except inside names of people and places (``عبد الله المصري``, ``المحيط الهندي``).

    :param entities: linked entities, see :func:`arabic_news_ner.linking.places.link`.
    :param adjectives: see :func:`find_adjectives`.
    """
    seen: dict[str, dict[How, int]] = {}
    for entity in entities:
        found = _country_of(entity, knowledge)
        if found is not None:
            counts = seen.setdefault(found[0], {})
            counts[found[1]] = counts.get(found[1], 0) + len(entity.mentions)
    for adjective in adjectives:
        counts = seen.setdefault(adjective.iso2, {})
        counts["adjective"] = counts.get("adjective", 0) + 1
    hits = [
        Country(iso2, knowledge.countries[iso2].name, min(counts, key=_HOWS.index), sum(counts.values()))
        for iso2, counts in seen.items()
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.count, _HOWS.index(hit.how), hit.iso2)))


def _country_of(entity: Entity, knowledge: Knowledge) -> tuple[str, How] | None:
    if entity.label != "LOC" or not entity.links:
        return None
    place = knowledge.place_of(entity.links[0])
    if place is None or place.country is None:
        return None
    return place.country, "named" if place.subtype == "country" else "city"


def find_adjectives(
    entities: Iterable[Entity], tokens: Tokens, knowledge: Knowledge, lexicon: Lexicon
) -> list[Adjective]:
    """The adjectives of nationality of a text, in order: ``الوزير القطري``, ``الأتراك``, ``الكورية الشمالية``.

    Names of languages do not count (``باللغة الفرنسية``).
    """
    taken = _covered(entities, ("PER", "LOC"), tokens)
    found = []
    free = 0
    for at, word in enumerate(map(fold_token, tokens.texts())):
        if word[:1] not in _MAY_BE_ATTACHED and word not in knowledge.opens_adjective:
            continue  # nearly every word
        if at < free or taken[at] or not _known_readings(word, knowledge):
            continue
        hit = _adjective_at(word, tokens, at, knowledge)
        if hit is not None:
            free = hit.last
            if not at or lexicon["language"].stem(fold_token(tokens[at - 1].text)) is None:
                found.append(hit)
    return found


def _adjective_at(folded: str, tokens: Tokens, at: int, knowledge: Knowledge) -> Adjective | None:
    """The adjective that starts at a token, with or without attached letters: ``وللأردنيين``, ``أردنيين``."""
    table = knowledge.adjectives
    for word in _known_readings(folded, knowledge):
        if at + 1 < len(tokens) and (iso2 := table.get(f"{word} {fold_token(tokens[at + 1].text)}")):
            return Adjective(at, at + 2, iso2)
        iso2 = table.get(word)
        if iso2 and not (word in _RIGHT_HAND and tokens[at].text.endswith("ى")):
            return Adjective(at, at + 1, iso2)
    return None


def _known_readings(word: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The readings of a folded word that are an adjective or the first word of one."""
    return tuple([reading for reading in without_conjunction(word) if reading in knowledge.opens_adjective])


def _covered(entities: Iterable[Entity], labels: tuple[Label, ...], tokens: Tokens) -> bytearray:
    """For each token: is it inside a mention of these labels?"""
    starts = tokens.starts
    covered = bytearray(len(tokens))
    for entity in entities:
        if entity.label in labels:
            for mention in entity.mentions:
                first = max(bisect_right(starts, mention.start) - 1, 0)
                for at in range(first, len(tokens)):
                    if starts[at] >= mention.end:
                        break
                    covered[at] = True
    return covered


_COMMA = frozenset("،,(")


@dataclass(frozen=True, slots=True)
class AdjacentCountries:
    """The countries right next to the mentions of an entity."""

    countries: frozenset[str] = field(default_factory=frozenset)


def collect_country_cues(
    entities: Sequence[Entity], tokens: Tokens, adjectives: Iterable[Adjective], knowledge: Knowledge
) -> dict[str, AdjacentCountries]:
    """For each place: the countries of the adjectives next to it, and the country after a comma.

    ``زوارة الليبية``, ``العاصمة الأردنية عمان``, ``دبي، الإمارات``. An adjective right after the place counts, unless
    another place is between them. An adjective right before the place counts, too. For an organization only the
    adjective right after it counts: ``الهلال السوداني``.
    """
    starts = tokens.starts
    by_first: dict[int, str] = {}
    by_last: dict[int, str] = {}
    for adjective in adjectives:
        by_first[adjective.first] = adjective.iso2
        by_last[adjective.last] = adjective.iso2
    named = _named_countries(entities, starts, knowledge)
    out = {}
    for entity in entities:
        if entity.label == "PER":
            continue
        near: set[str] = set()
        for mention in entity.mentions:
            first, last = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
            after = by_first.get(last)
            before = by_last.get(first) if entity.label == "LOC" else None
            if entity.label == "LOC" and after is None and last < len(tokens) and tokens[last].text in _COMMA:
                after = named.get(last + 1)
            near |= {iso2 for iso2 in (after, before) if iso2}
        if near:
            out[entity.id] = AdjacentCountries(frozenset(near))
    return out


def _named_countries(entities: Sequence[Entity], starts: Sequence[int], knowledge: Knowledge) -> dict[int, str]:
    """The countries that the article names, by the first token of the mention."""
    named = {}
    for entity in entities:
        if entity.label != "LOC":
            continue
        country = next(
            (p.country for p in knowledge.places_of(split_words(entity.name)) if p.subtype == "country"), None
        )
        if country is not None:
            named.update({bisect_left(starts, mention.start): country for mention in entity.mentions})
    return named


#: Countries that the news names when it writes about places of another one: Israel for the Palestinian territories.
_SPOKEN_OF: Mapping[str, tuple[str, ...]] = {"PS": ("IL",), "EH": ("MA",), "HK": ("CN",), "MO": ("CN",)}
#: A weight below this is floating-point residue.
ROUNDING = 1e-6


@dataclass(slots=True)
class CountryEvidence:
    """The evidence of an article for countries and first-level divisions, as weights."""

    countries: dict[str, float] = field(default_factory=dict)
    regions: dict[str, float] = field(default_factory=dict)
    #: The weights of the named countries and places alone, without the adjectives.
    placed: dict[str, float] = field(default_factory=dict)

    def copy(self) -> CountryEvidence:
        """A copy that can be changed independently."""
        return CountryEvidence(dict(self.countries), dict(self.regions), dict(self.placed))

    def of(self, country: str) -> float:
        """The weight of a country, or of the country that the news names in its place; 0 without evidence."""
        weights = (self.countries.get(code, 0.0) for code in (country, *_SPOKEN_OF.get(country, ())))
        return sum(weight for weight in weights if weight > ROUNDING)

    def add_country(self, country: str, weight: float) -> None:
        """Count a country; a negative weight takes it back."""
        self.countries[country] = self.countries.get(country, 0.0) + weight

    def add(self, place: Place, weight: float) -> None:
        """Count a place; a negative weight takes it back."""
        if place.country:
            self.add_country(place.country, weight)
            self.placed[place.country] = self.placed.get(place.country, 0.0) + weight
        if place.subtype == "region" and place.region:
            self.regions[place.region] = self.regions.get(place.region, 0.0) + weight

    def leading(self) -> frozenset[str]:
        """The main countries of the article: the first one, and each with at least half of its weight."""
        top = max(self.countries.values(), default=0.0)
        return frozenset(
            c
            for c, weight in self.countries.items()
            if weight > ROUNDING and weight >= ORGANIZATIONS.leading_share * top
        )
