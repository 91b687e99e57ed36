"""Every number of the linker, with its name and its reason. Unless a reason says otherwise, a number was set by hand
and checked on ``benchmarks/links/*.tsv`` (development data). Check each change with ``python -m benchmarks.links``.

Weights are logits: they are added, and the score of a link is the softmax over the candidates and NIL (none of them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PlaceWeights:
    """The weights for and against a place."""

    #: NIL: between a city of 100,000 people without other evidence and one whose country is named.
    nil: float = 4.5
    subtype_agrees: float = 2.0
    #: Subtypes that the tagger and the tables often confuse.
    subtype_differs: Mapping[frozenset[str], float] = field(
        default_factory=lambda: {
            frozenset(("city", "region")): -0.3,
            frozenset(("country", "region")): -0.3,
            frozenset(("nature", "region")): -0.3,
            frozenset(("country", "city")): -1.0,
            frozenset(("facility", "city")): -1.0,
            frozenset(("nature", "city")): -1.0,
            frozenset(("facility", "nature")): -0.5,
        }
    )
    #: Any other pair of subtypes.
    subtype_far: float = -2.5
    #: The subtype differs, and another candidate has the right one.
    subtype_has_rival: float = -1.5
    #: A longer form of the entity does not mean it.
    short_form_only: float = -1.5
    #: The prior of a place that is not a city; the prior of a city grows with its population.
    rank: Mapping[str, float] = field(
        default_factory=lambda: {"country": 7.0, "region": 4.0, "nature": 4.3, "facility": 4.3}
    )
    #: For each power of ten of the population.
    per_digit_of_population: float = 0.8
    #: The population of a place without one in GeoNames.
    unknown_population: int = 3000
    capital: float = 2.0
    #: A prominent place: it is in the hand-written table.
    prominent: float = 1.5
    #: The noun before the name gives its subtype: ``مدينة صور``.
    head_noun_agrees: float = 1.0
    country_named: float = 1.0
    #: Multiplied by the share of its country in the evidence for countries.
    country_share: float = 2.5
    country_absent: float = -1.0
    #: A place of the tables in the only main country of the article: ``طرابلس`` in an article on Lebanon.
    famous_there: float = 1.0
    #: The shares of the countries are smoothed with this weight.
    little_evidence: float = 2.0
    region_named: float = 1.5
    #: An adjective or a country is right next to a mention: ``زوارة الليبية``.
    beside: float = 2.5
    #: A spelling of GeoNames without a language.
    other_name: float = -1.2
    spelled_otherwise: float = -0.6
    per_letter: float = -0.5
    #: The weight of an adjective and of a place as evidence for a country, relative to the name of the country.
    adjective_as_evidence: float = 0.5
    place_as_evidence: float = 0.5
    #: Towns with fewer people are linked only if the article names their country.
    small: int = 50_000
    #: From this population on, the only place with a name of several words is linked without its country.
    smallest_sole: int = 10_000
    #: A place with this many times the population of a namesake is much better known (``جنيف``). The namesake then
    #: needs its country next to it, its division in the text, or its country (and not the other one) as the main
    #: country.
    outshines: int = 5
    #: The vowel signs of the text and of the name agree or differ: ``عمّان`` and ``عُمان``.
    signs_differ: float = -12.0
    #: A Latin name with fewer consonants is linked only if the article names its division or the country is next to it;
    #: a name with three consonants also if its country is the first one of the article.
    shortest_latin: int = 4


@dataclass(frozen=True, slots=True)
class PersonWeights:
    """The weights for and against a person. The weight of NIL is 0."""

    #: A full name of the tables, without other evidence.
    full_name: float = -0.5
    #: The row was written by hand: the news names this person often.
    by_hand: float = 3.5
    #: Each word of the name beyond two: two people seldom share three words.
    per_further_word: float = 1.2
    #: The name was shortened to given and family name, or its house left out.
    shortened: float = -1.2
    #: The article has only the family name.
    family_only: float = -5.0
    #: Multiplied by the logarithm (base 2) of 1 + 20 times the expected namesakes: ``محمد علي`` loses, ``رجب طيب
    #: أردوغان`` does not.
    per_doubling_of_namesakes: float = -0.5
    country_leads: float = 2.0
    country_named: float = 1.0
    #: The article mentions countries, but not the country of this person.
    country_absent: float = -2.5
    #: The same for people of the hand-written tables, who are named everywhere.
    country_absent_by_hand: float = -1.0
    #: The person held the office of the text in the country of the text.
    office_agrees: float = 4.0
    #: The same, if the text or the table gives no country.
    office_agrees_without_country: float = 2.0
    #: The office is the same, the country another.
    office_of_another_country: float = -4.0
    #: The text gives an office of state, and the person is not known to have held it.
    office_unknown: float = -1.0
    #: A role of the person names another country: ``النائب الفرنسي``.
    role_of_another_country: float = -3.0
    #: The text gives a profession that office holders seldom have: ``اللاعب``.
    other_profession: float = -6.0
    #: The date of the article is within the term.
    date_agrees: float = 0.5
    #: The article is older than the term by more than a year.
    before_term: float = -2.0
    #: A link needs this probability. Two equally good people do not reach it.
    least_probability: float = 0.6
    #: The weight of a linked person as evidence for a country.
    as_evidence: float = 0.5


@dataclass(frozen=True, slots=True)
class OrganizationWeights:
    """Organizations are chosen by agreement, not by weights: subtype, country beside the name, leading countries."""

    #: The weight of a linked organization as evidence for its country.
    as_evidence: float = 0.5
    #: A main country has at least this share of the evidence for the first one.
    leading_share: float = 0.5


PLACES = PlaceWeights()
PEOPLE = PersonWeights()
ORGANIZATIONS = OrganizationWeights()
