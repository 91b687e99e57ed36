"""What stands right beside the mentions of a place and tells its country."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from arabic_news_ner.linking.country_cues import Adjective
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Entity, Token

_COMMA = frozenset("،,(")


@dataclass(frozen=True, slots=True)
class Beside:
    """The countries that stand beside the mentions of an entity."""

    countries: frozenset[str] = field(default_factory=frozenset)


def read_neighbours(
    entities: Sequence[Entity], tokens: Sequence[Token], adjectives: Iterable[Adjective], knowledge: Knowledge
) -> dict[str, Beside]:
    """For each place, the countries of the adjectives beside it, and of the country named after a comma.

    ``زوارة الليبية``, ``العاصمة الأردنية عمان``, ``دبي، الإمارات``. An adjective right after the place counts unless another
    place stands between; one right before it counts too. For a body only the one right after it: ``الهلال السوداني``.
    """
    starts = [token.start for token in tokens]
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
            out[entity.id] = Beside(frozenset(near))
    return out


def _named_countries(entities: Sequence[Entity], starts: Sequence[int], knowledge: Knowledge) -> dict[int, str]:
    """The countries that the article names, by the token at which the mention starts."""
    named = {}
    for entity in entities:
        if entity.label != "LOC":
            continue
        country = next((p.country for p in knowledge.places_of(split_words(entity.name)) if p.kind == "country"), None)
        if country is not None:
            named.update({bisect_left(starts, mention.start): country for mention in entity.mentions})
    return named
