"""Every number of the linker, with its name and its reason. Numbers without another word were set by hand and held against
``benchmarks/links/*.tsv`` (development data); a change is an edit here that ``python -m benchmarks.links`` must bear out.

Weights are logits: they add up, and the score of a link is the softmax over the candidates and NIL, the choice of none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PlaceWeights:
    """What speaks for and against a place."""

    #: NIL: between a city of 100,000 people that nothing else speaks for and one whose country is named.
    nil: float = 4.5
    subtype_agrees: float = 2.0
    #: Subtypes that the tagger and the tables take for one another.
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
    #: The subtype differs, and another candidate is of the right one.
    subtype_has_rival: float = -1.5
    #: A longer form of the entity does not mean it.
    short_form_only: float = -1.5
    #: Prior of what is no city; a city's grows with its population.
    rank: Mapping[str, float] = field(
        default_factory=lambda: {"country": 7.0, "region": 4.0, "nature": 4.3, "facility": 4.3}
    )
    #: For each power of ten of the population.
    per_digit_of_population: float = 0.8
    #: Stands in where GeoNames has no population.
    unknown_population: int = 3000
    capital: float = 2.0
    #: A place of the hand-written table: the world's news knows it.
    prominent: float = 1.5
    #: The noun before the name tells its subtype: ``مدينة صور``.
    head_noun_agrees: float = 1.0
    country_named: float = 1.0
    #: Times the share of its country in what the article says of countries.
    country_share: float = 2.5
    country_absent: float = -1.0
    #: A place of the tables in the one country of which the article mostly speaks: ``طرابلس`` in an article on Lebanon.
    famous_there: float = 1.0
    #: The shares of the countries are damped by this weight of evidence.
    little_evidence: float = 2.0
    region_named: float = 1.5
    #: An adjective or a country stands right beside a mention: ``زوارة الليبية``.
    beside: float = 2.5
    #: A spelling that GeoNames has without a language.
    other_name: float = -1.2
    spelled_otherwise: float = -0.6
    per_letter: float = -0.5
    #: What an adjective and a place weigh as evidence of a country, against the name of the country.
    adjective_as_evidence: float = 0.5
    place_as_evidence: float = 0.5
    #: Towns below this population are linked only where the article names their country.
    small: int = 50_000
    #: A place that alone bears a name of several words is linked without its country from this population on.
    smallest_sole: int = 10_000
    #: So many times a namesake's population makes a place the one that the world's news knows (``جنيف``): the namesake needs its
    #: country beside it, its division named, or the article's mostly speaking of its country and not of the other's.
    outshines: int = 5
    #: Vowel signs of the text and of the name agree or do not: ``عمّان`` and ``عُمان``.
    signs_differ: float = -12.0
    #: A Latin name of fewer consonants is believed only where the article names its division or the country stands beside it;
    #: one of three also where the article speaks of its country above all.
    shortest_latin: int = 4


@dataclass(frozen=True, slots=True)
class PersonWeights:
    """What speaks for and against a person. NIL weighs nothing."""

    #: A full name of the tables, before anything else is known.
    full_name: float = -0.5
    #: The row was written by hand, for people whom the news names often.
    by_hand: float = 3.5
    #: Each word of the name beyond two: three words are seldom borne by two people.
    per_further_word: float = 1.2
    #: The name was shortened to given and family name, or its house left out.
    shortened: float = -1.2
    #: Only the family name stands in the article.
    family_only: float = -5.0
    #: Times the logarithm (base 2) of 1 + 20 times the expected namesakes: ``محمد علي`` loses, ``رجب طيب أردوغان`` does not.
    per_doubling_of_namesakes: float = -0.5
    country_leads: float = 2.0
    country_named: float = 1.0
    #: The article speaks of countries, and not of this person's.
    country_absent: float = -2.5
    #: So for people of the hand-written tables, who are named everywhere.
    country_absent_by_hand: float = -1.0
    #: The person held the office that the text gives, in the country that it gives.
    office_agrees: float = 4.0
    #: The same, where the text or the table gives no country.
    office_agrees_without_country: float = 2.0
    #: The office is the same, the country another.
    office_of_another_country: float = -4.0
    #: The text gives an office of state, and the person is not known to have held it.
    office_unknown: float = -1.0
    #: A role of the person names another country: ``النائب الفرنسي``.
    role_of_another_country: float = -3.0
    #: The text gives a profession that office holders seldom have: ``اللاعب``.
    other_profession: float = -6.0
    #: The article's date lies within the term.
    date_agrees: float = 0.5
    #: The article is older than the term by more than a year.
    before_term: float = -2.0
    #: A link needs this probability: of two people who fit alike neither has it.
    least_probability: float = 0.6
    #: What a linked person weighs as evidence of a country.
    as_evidence: float = 0.5


@dataclass(frozen=True, slots=True)
class OrganizationWeights:
    """Organizations are chosen by agreement, not by weights: subtype, country beside the name, leading countries."""

    #: What a linked organization weighs as evidence of its country.
    as_evidence: float = 0.5
    #: The leading countries of an article have this share of the evidence for the first one.
    leading_share: float = 0.5


PLACES = PlaceWeights()
PEOPLE = PersonWeights()
ORGANIZATIONS = OrganizationWeights()
