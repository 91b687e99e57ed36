"""What an article says of countries and of their divisions, as weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arabic_news_ner.linking.knowledge_base import Place
from arabic_news_ner.linking.settings import ORGANIZATIONS

#: Countries that the news names when it writes about places in another: Israel for the Palestinian territories.
_SPOKEN_OF: Mapping[str, tuple[str, ...]] = {"PS": ("IL",), "EH": ("MA",), "HK": ("CN",), "MO": ("CN",)}
#: Evidence below this is what adding and taking back leaves.
ROUNDING = 1e-6


@dataclass(slots=True)
class Evidence:
    """What an article says of countries and of first-level divisions, by weight."""

    countries: dict[str, float] = field(default_factory=dict)
    regions: dict[str, float] = field(default_factory=dict)
    #: What the countries and places that the article names weigh, without the adjectives.
    placed: dict[str, float] = field(default_factory=dict)

    def copy(self) -> Evidence:
        """The same evidence, to be added to apart."""
        return Evidence(dict(self.countries), dict(self.regions), dict(self.placed))

    def of(self, country: str) -> float:
        """What speaks for a country, or for the one that is spoken of where this is meant; 0 where nothing does."""
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
        if place.kind == "region" and place.region:
            self.regions[place.region] = self.regions.get(place.region, 0.0) + weight

    def leading(self) -> frozenset[str]:
        """The countries of which the article mostly speaks: the first one, and any with at least half of its weight."""
        top = max(self.countries.values(), default=0.0)
        return frozenset(
            c
            for c, weight in self.countries.items()
            if weight > ROUNDING and weight >= ORGANIZATIONS.leading_share * top
        )
