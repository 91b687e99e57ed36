"""The countries of an article: named, implied by a place that lies in them, or by an adjective such as ``الليبي``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.text.clitics import without_conjunction
from arabic_news_ner.text.words import fold_token, word_set
from arabic_news_ner.types import Country, Entity, Label, Token

How = Literal["named", "city", "adjective"]
#: From the surest to the least sure.
_HOWS: tuple[How, ...] = ("named", "city", "adjective")

#: Before the name of a language: ``باللغة الإنجليزية``.
_LANGUAGE = word_set("لغه اللغه باللغه واللغه للغه بلغه")
#: The right hand, not the Yemeni, where it ends in an alef: ``اليد اليمنى``.
_RIGHT_HAND = word_set("يمني اليمني")
#: First letters of words that may begin with something attached.
_MAY_BE_ATTACHED = frozenset("وفل")


@dataclass(frozen=True, slots=True)
class Adjective:
    """An adjective or the name of a people in the text, ``tokens[first:last]``, and its country."""

    first: int
    last: int
    iso2: str


def countries(entities: Sequence[Entity], adjectives: Iterable[Adjective], knowledge: Knowledge) -> tuple[Country, ...]:
    """The countries of an article, most often spoken of first.

    A place counts for the country in which it lies (``how`` is ``"city"``, whatever its kind), an adjective for its own,
    except inside the names of people and of places (``عبد الله المصري``, ``المحيط الهندي``).

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
    return place.country, "named" if place.kind == "country" else "city"


def find_adjectives(entities: Iterable[Entity], tokens: Sequence[Token], knowledge: Knowledge) -> list[Adjective]:
    """The adjectives of nationality of a text, in order: ``الوزير القطري``, ``الأتراك``, ``الكورية الشمالية``.

    Names of languages count for no country (``باللغة الفرنسية``).
    """
    taken = _covered(entities, ("PER", "LOC"), tokens)
    words = [fold_token(token.text) for token in tokens]
    found = []
    free = 0
    for at, word in enumerate(words):
        if at < free or at in taken or not _known_readings(word, knowledge):
            continue
        hit = _adjective_at(words, tokens, at, knowledge)
        if hit is not None:
            free = hit.last
            if not at or words[at - 1] not in _LANGUAGE:
                found.append(hit)
    return found


def _adjective_at(words: list[str], tokens: Sequence[Token], at: int, knowledge: Knowledge) -> Adjective | None:
    """The adjective that starts at a token; ``وللأردنيين`` is one as well as ``أردنيين``."""
    table = knowledge.adjectives
    for word in _known_readings(words[at], knowledge):
        if at + 1 < len(words) and (iso2 := table.get(f"{word} {words[at + 1]}")):
            return Adjective(at, at + 2, iso2)
        iso2 = table.get(word)
        if iso2 and not (word in _RIGHT_HAND and tokens[at].text.endswith("ى")):
            return Adjective(at, at + 1, iso2)
    return None


def _known_readings(word: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The readings of a folded word that are an adjective or begin one of two words; none for nearly every word."""
    if word[:1] not in _MAY_BE_ATTACHED and word not in knowledge.adjectives and word not in knowledge.first_of_two:
        return ()
    return tuple(r for r in without_conjunction(word) if r in knowledge.adjectives or r in knowledge.first_of_two)


def _covered(entities: Iterable[Entity], labels: tuple[Label, ...], tokens: Sequence[Token]) -> set[int]:
    """The numbers of the tokens inside mentions of these labels."""
    starts = [token.start for token in tokens]
    covered: set[int] = set()
    for entity in entities:
        if entity.label in labels:
            for mention in entity.mentions:
                first = max(bisect_right(starts, mention.start) - 1, 0)
                for at in range(first, len(tokens)):
                    if tokens[at].start >= mention.end:
                        break
                    covered.add(at)
    return covered
