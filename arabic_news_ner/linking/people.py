"""Find the people of an article in the table of people.

Many people have the same name. The evidence for one of them, each with a weight in ``settings.py``: how full the name
is, how many namesakes it has, the office in the text, the countries of the article, and its date. NIL (no person of the
table) is a candidate: it wins without evidence, and if two people are equally good. A family name alone is linked only
if the text gives an office of this person (``وزير الخارجية الأردني الصفدي``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.country_cues import ROUNDING, CountryEvidence
from arabic_news_ner.linking.knowledge_base import Knowledge, Person, Term, family_name, full_name_keys
from arabic_news_ner.linking.settings import PEOPLE
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Entity, Link, Role

#: Professions that office holders seldom have: they are evidence for a namesake.
_OTHER_PROFESSIONS = frozenset(
    "لاعب مدرب حكم عداء ملاكم سباح ممثل مطرب مخرج منتج ملحن رسام مصمم طالب مراسل مصور معلم تاجر شاعر روائي ناقد جندي".split()
) | {"عارضة أزياء", "رائد فضاء"}
#: Offices of state. The tables should know their holders, so a candidate without this office in the tables is doubtful.
_OF_STATE = (
    "وزير",
    "رئيس الوزراء",
    "الرئيس",
    "الملك",
    "الأمير",
    "السلطان",
    "ولي العهد",
    "رئيس البرلمان",
    "رئيس الأركان",
    "نائب الرئيس",
)
#: Titles of a single noun: an agreement in them is weak evidence.
_BARE_TITLES = frozenset(
    {"وزير", "عضو", "رئيس", "مدير", "قائد", "أمين", "نائب", "سفير", "مستشار", "مساعد", "زعيم", "محافظ", "المتحدث"}
)


@dataclass(frozen=True, slots=True)
class PersonCandidate:
    """A person that an entity can be: how many ``words`` of the name agree, and whether it is shortened or only the
    family name."""

    person: Person
    words: int
    shortened: bool = False
    family_only: bool = False


@dataclass(frozen=True, slots=True)
class ChosenPerson:
    """The person chosen for an entity and its probability."""

    person: Person
    score: float


def find_people(
    entities: Sequence[Entity], evidence: CountryEvidence, date: str | None, knowledge: Knowledge, lexicon: Lexicon
) -> dict[str, ChosenPerson]:
    """The person of each entity, by the id of the entity.

    There are two rounds: the people of the first round are evidence for their countries in the second.

    :param date: the date of the article in ISO 8601, if it is known.
    """
    people = [e for e in entities if e.label == "PER" and not e.links]
    found = {e.id: person_candidates(e, knowledge, lexicon) for e in people}
    chosen = _choose_all(people, found, evidence, date)
    wider = evidence.copy()
    for choice in chosen.values():
        if choice.person.country:
            wider.add_country(choice.person.country, PEOPLE.as_evidence * choice.score)
    rest = [e for e in people if e.id not in chosen]
    return {**chosen, **_choose_all(rest, found, wider, date)}


def _choose_all(
    people: Sequence[Entity],
    found: Mapping[str, Sequence[PersonCandidate]],
    evidence: CountryEvidence,
    date: str | None,
) -> dict[str, ChosenPerson]:
    choices = {e.id: choose_person(e.roles, found[e.id], evidence, date) for e in people}
    return {id_: choice for id_, choice in choices.items() if choice is not None}


def person_candidates(entity: Entity, knowledge: Knowledge, lexicon: Lexicon) -> list[PersonCandidate]:
    """The people with the name of an entity, each once, by the fullest form that the table has; otherwise by family
    name."""
    forms = sorted({split_words(form) for form in (entity.name, *entity.forms)}, key=lambda words: (-len(words), words))
    if not forms or not forms[0]:
        return []
    if len(forms[0]) == 1:
        return [PersonCandidate(p, 1, family_only=True) for p in knowledge.people.of_family(forms[0])]
    out: dict[str, PersonCandidate] = {}
    for words in forms:
        if len(words) == 1:
            continue
        for shortened, key in enumerate(full_name_keys(words, lexicon)):
            for person in knowledge.people.named((key,)):
                own = split_words(person.name)
                short = bool(shortened) or (
                    len(own) > len(words) and (own[: len(words)] != words or len(own) > len(words) + 2)
                )
                out.setdefault(person.id, PersonCandidate(person, len(words), shortened=short))
        if out:
            break
    if not out and len(forms[0]) <= 3 and family_name(forms[0], lexicon) == forms[0]:
        return [PersonCandidate(p, 1, family_only=True) for p in knowledge.people.of_family(forms[0])]
    return list(out.values())


def choose_person(
    roles: Sequence[Role], found: Sequence[PersonCandidate], evidence: CountryEvidence, date: str | None
) -> ChosenPerson | None:
    """The most probable candidate; ``None`` if NIL is more probable, or two are equally good."""
    rated = [(rate_person(c, roles, evidence, date), c.person) for c in found]
    if not rated:
        return None
    best, person = max(rated, key=lambda pair: (pair[0], pair[1].id))
    total = math.exp(-best) + sum(math.exp(rating - best) for rating, _ in rated)
    score = round(1 / total, 4)
    return ChosenPerson(person, score) if score >= PEOPLE.least_probability else None


def rate_person(
    candidate: PersonCandidate, roles: Sequence[Role], evidence: CountryEvidence, date: str | None
) -> float:
    """The rating of a candidate, in logits against NIL."""
    person = candidate.person
    office = _office_rating(person, roles, date)
    if candidate.family_only:
        rating = PEOPLE.family_only
    else:
        rating = PEOPLE.full_name + PEOPLE.per_further_word * max(candidate.words - 2, 0)
        rating += PEOPLE.shortened * candidate.shortened
        rating += PEOPLE.per_doubling_of_namesakes * math.log2(1 + 20 * person.namesakes)
    if person.by_hand:
        rating += PEOPLE.by_hand
    if candidate.family_only and office < PEOPLE.office_agrees_without_country:
        return min(rating, PEOPLE.family_only)
    return rating + office + _country_rating(person, evidence)


def _country_rating(person: Person, evidence: CountryEvidence) -> float:
    if person.country is None or all(weight <= ROUNDING for weight in evidence.countries.values()):
        return 0.0
    if person.country in evidence.leading():
        return PEOPLE.country_leads
    if evidence.of(person.country) > ROUNDING:
        return PEOPLE.country_named
    return PEOPLE.country_absent_by_hand if person.by_hand else PEOPLE.country_absent


def _office_rating(person: Person, roles: Sequence[Role], date: str | None) -> float:
    """The rating by the roles of the text: the highest one for the person, otherwise the lowest one against."""
    said = [_rate_role(person, role, date) for role in roles]
    return max(said, default=0.0) if any(value > 0 for value in said) else min(said, default=0.0)


def _rate_role(person: Person, role: Role, date: str | None) -> float:
    if role.title is None:
        return 0.0 if role.country in (None, person.country) else PEOPLE.role_of_another_country
    terms = [term for term in person.terms if term.title == role.title]
    if not terms:
        if role.title in _OTHER_PROFESSIONS and person.terms:
            return PEOPLE.other_profession
        if role.country not in (None, person.country) and not any(t.country == role.country for t in person.terms):
            return PEOPLE.role_of_another_country
        return PEOPLE.office_unknown if role.title.startswith(_OF_STATE) and person.terms else 0.0
    same = [term for term in terms if role.country is not None and term.country == role.country]
    unknown = [term for term in terms if role.country is None or term.country is None]
    if not same and not unknown:
        return PEOPLE.office_of_another_country
    weight = PEOPLE.office_agrees if same else PEOPLE.office_agrees_without_country
    if role.title in _BARE_TITLES:
        weight /= 2
    return weight + _date_rating(same or unknown, role, date)


def _date_rating(terms: Sequence[Term], role: Role, date: str | None) -> float:
    """The rating by the article's date: within a term, or before all of them."""
    if date is None:
        return 0.0
    day = date[:10]
    if any((t.start or "0000") <= day <= (t.end or "9999") for t in terms if t.start):
        return PEOPLE.date_agrees
    if all(t.start and int(day[:4]) < int(t.start[:4]) - 1 for t in terms) and "elect" not in role.status:
        return PEOPLE.before_term
    return 0.0


def with_person(entity: Entity, choice: ChosenPerson) -> Entity:
    """Add the links of a person; the roles take the country in which the person held the office."""
    person = choice.person
    links = []
    if person.id != person.wikidata:
        links.append(Link("people", person.id, person.name, score=choice.score))
    if person.wikidata:
        links.append(Link("wikidata", person.wikidata, person.name, score=choice.score))
    return replace(entity, links=tuple(links), roles=tuple(_with_country(role, person) for role in entity.roles))


def _with_country(role: Role, person: Person) -> Role:
    if role.country is not None or role.title is None:
        return role
    held = {term.country for term in person.terms if term.title == role.title}
    return replace(role, country=held.pop()) if len(held) == 1 else role
