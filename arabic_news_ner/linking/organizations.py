"""Find the organizations of an article in the knowledge base, by name, subtype and country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.country_cues import AdjacentCountries, CountryEvidence
from arabic_news_ner.linking.knowledge_base import AliasEntry, Knowledge, Organization
from arabic_news_ner.linking.settings import ORGANIZATIONS
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Entity, Link

#: Organizations of these subtypes are evidence for their country. Media, companies and universities are not: the news
#: names them everywhere.
_SPEAK_FOR_COUNTRY = frozenset({"government", "military", "party", "sports"})


def find_organizations(
    entities: Sequence[Entity],
    evidence: CountryEvidence,
    beside: Mapping[str, AdjacentCountries],
    knowledge: Knowledge,
    lexicon: Lexicon,
) -> dict[str, Organization]:
    """The organization of each entity, by the id of the entity.

    First the organizations with an unambiguous name; they are evidence for their countries (``الزمالك`` for Egypt).
    Then the names of several organizations, by country (``الأهلي``, ``وزارة الصحة``).
    """
    evidence = evidence.copy()
    some = [e for e in entities if e.label == "ORG" and not e.links]
    found: dict[str, Organization] = {}
    for sure in (True, False):
        leading = evidence.leading()
        for entity in some:
            if entity.id in found:
                continue
            near = beside.get(entity.id, AdjacentCountries()).countries
            organization = organization_of(entity, leading, near, knowledge, lexicon, sure=sure)
            if organization is not None:
                found[entity.id] = organization
                if sure and organization.country and organization.subtype in _SPEAK_FOR_COUNTRY:
                    evidence.add_country(organization.country, ORGANIZATIONS.as_evidence)
    return found


def organization_of(
    entity: Entity,
    leading: frozenset[str],
    beside: frozenset[str],
    knowledge: Knowledge,
    lexicon: Lexicon,
    *,
    sure: bool = False,
) -> Organization | None:
    """The organization with one of the forms of an entity, its canonical name first.

    :param leading: the main countries of the article.
    :param beside: the countries of the adjectives right after a mention.
    :param sure: only by a name that requires neither subtype nor country.
    """
    name = split_words(entity.name)
    forms = sorted((split_words(form) for form in entity.forms), key=len, reverse=True)
    for words in dict.fromkeys((name, *forms)):
        if not words:
            continue
        candidates, subtype = _candidates(words, entity.subtype, knowledge, lexicon)
        chosen = _chosen([c for c in candidates if not (sure and c.requires_subtype)], subtype, leading, beside)
        if chosen is not None and (words == name or not _name_goes_on(words, name, chosen, entity, knowledge, lexicon)):
            return chosen
    return None


def _candidates(
    words: tuple[str, ...], subtype: str | None, knowledge: Knowledge, lexicon: Lexicon
) -> tuple[Sequence[AliasEntry], str | None]:
    """The candidates for a name, and the subtype that they must have; ``نادي الهلال`` is found as ``الهلال``, a
    club."""
    found = knowledge.organizations.aliases(words)
    if found or len(words) == 1:
        return found, subtype
    allowed = _lookup(words[0], lexicon)
    rest = knowledge.organizations.aliases(words[1:]) if allowed else ()
    given = None if "any" in allowed else next(iter(allowed), None)
    return [a for a in rest if given in (None, a.entry.subtype)], given or subtype


def _lookup(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The subtypes for the lookup of a name without this first word; ``("any",)`` for all, empty for none."""
    noun = lexicon.head_noun("ORG", word)
    return () if noun is None else noun.lookup


def _chosen(
    candidates: Sequence[AliasEntry], subtype: str | None, leading: frozenset[str], beside: frozenset[str]
) -> Organization | None:
    """The only candidate that agrees with subtype and country; ``None`` if none or several agree.

    ``الهلال`` is the Saudi club in an article that is mostly about Saudi Arabia, the Sudanese one in an article on
    Sudan, and neither in an article on both, unless the adjective follows it (``الهلال السوداني``).
    """
    some = [c for c in candidates if not c.requires_subtype or subtype in (None, c.entry.subtype)]
    near = [c.entry for c in some if c.entry.country in beside]
    if len(near) == 1:
        return _organization(near[0])
    left = [c.entry for c in some if not c.requires_country or (not beside and c.entry.country in leading)]
    if len(left) > 1:
        left = [entry for entry in left if entry.country in leading]
    return _organization(left[0]) if len(left) == 1 else None


def _organization(entry: object) -> Organization | None:
    return entry if isinstance(entry, Organization) else None


def _name_goes_on(
    form: tuple[str, ...],
    name: tuple[str, ...],
    organization: Organization,
    entity: Entity,
    knowledge: Knowledge,
    lexicon: Lexicon,
) -> bool:
    """Is the form only a part of the longer name of something else? ``الاتحاد الأوروبي`` of ``الاتحاد الأوروبي
    للسباحة``.

    ``حماس`` of ``حركة المقاومة الإسلامية حماس`` is not, because the rest is also a name of the organization.
    """
    at = next((i for i in range(len(name) - len(form) + 1) if name[i : i + len(form)] == form), None)
    if at is None:
        return False
    rest = name[:at] + name[at + len(form) :]
    if all(_lookup(word, lexicon) for word in rest):
        return False
    others = _candidates(rest, entity.subtype, knowledge, lexicon)[0] if rest else ()
    return all(other.entry != organization for other in others)


def with_organization(entity: Entity, organization: Organization) -> Entity:
    """The entity with the links of an organization."""
    links = []
    if organization.id not in (organization.wikidata, organization.ror):
        links.append(Link("organizations", organization.id, organization.name))
    if organization.wikidata:
        links.append(Link("wikidata", organization.wikidata, organization.name))
    if organization.ror:
        links.append(Link("ror", organization.ror, organization.name))
    return replace(entity, links=tuple(links))
