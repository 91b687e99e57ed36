"""Bodies and leaders of an article found in the tables of the knowledge base by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from arabic_news_ner.linking.adjacent_countries import Beside
from arabic_news_ner.linking.country_weights import Evidence
from arabic_news_ner.linking.knowledge_base import Bearer, Body, Knowledge
from arabic_news_ner.text.words import split_words, word_set
from arabic_news_ner.types import Entity, Link

#: Nouns before the name of a body that are no part of it, and the subtype that they announce.
_HEADS: Mapping[str, str | None] = {
    **dict.fromkeys(word_set("نادي النادي فريق"), "sports"),
    **dict.fromkeys(word_set("صحيفه جريده مجله قناه شبكه موقع بوابه اذاعه وكاله"), "media"),
    **dict.fromkeys(word_set("شركه مجموعه بنك مصرف منصه تطبيق"), "company"),
    **dict.fromkeys(word_set("حركه جماعه تنظيم ميليشيا مليشيا ميليشيات مليشيات منظمه حلف"), None),
}
#: Bodies of these subtypes, and leaders, speak for their country. Media and companies are named everywhere.
_SPEAK_FOR_COUNTRY = frozenset({"government", "military", "party", "sports", None})
_WEIGHT = 0.5


def find_bodies(
    entities: Sequence[Entity], evidence: Evidence, beside: Mapping[str, Beside], knowledge: Knowledge
) -> dict[str, Body]:
    """The bodies and leaders that the entities are, by the id of the entity.

    First those whose name says it all; they speak for their countries, too (``الزمالك`` for Egypt). Then those whose name
    is borne by others, which the country decides (``الأهلي``).
    """
    evidence = Evidence(dict(evidence.countries))
    some = [e for e in entities if e.label != "LOC" and not e.links]
    found: dict[str, Body] = {}
    for sure in (True, False):
        leading = evidence.leading()
        for entity in some:
            if entity.id in found:
                continue
            body = body_of(entity, leading, beside.get(entity.id, Beside()).countries, knowledge, sure=sure)
            if body is not None:
                found[entity.id] = body
                if sure and body.country and body.subtype in _SPEAK_FOR_COUNTRY:
                    evidence.add_country(body.country, _WEIGHT)
    return found


def body_of(
    entity: Entity, leading: frozenset[str], beside: frozenset[str], knowledge: Knowledge, *, sure: bool = False
) -> Body | None:
    """The body or leader that bears one of the forms of an entity, its name first.

    :param leading: the countries of which the article mostly speaks.
    :param beside: the countries of the adjectives right after a mention.
    :param sure: only by a name that needs neither kind nor country.
    """
    name = split_words(entity.name)
    forms = sorted((split_words(form) for form in entity.forms), key=len, reverse=True)
    for words in dict.fromkeys((name, *forms)):
        if not words or (entity.label == "PER" and len(words) < 2):
            continue
        bearers, kind = _bearers(words, entity, knowledge)
        body = _chosen([b for b in bearers if not (sure and b.needs_kind)], kind, leading, beside)
        if body is not None and (words == name or not _name_goes_on(words, name, body, entity, knowledge)):
            return body
    return None


def _bearers(words: tuple[str, ...], entity: Entity, knowledge: Knowledge) -> tuple[Sequence[Bearer], str | None]:
    """Who bears a name, and the subtype that it must have; ``نادي الهلال`` is found as ``الهلال``, a club."""
    found = knowledge.bearers(words, entity.label)
    if found or len(words) == 1 or words[0] not in _HEADS or entity.label != "ORG":
        return found, entity.subtype
    told = _HEADS[words[0]]
    rest = knowledge.bearers(words[1:], entity.label)
    return [b for b in rest if told in (None, b.body.subtype)], told or entity.subtype


def _chosen(
    bearers: Sequence[Bearer], kind: str | None, leading: frozenset[str], beside: frozenset[str]
) -> Body | None:
    """The one bearer of a name that agrees with the kind and the country; ``None`` where none or several do.

    ``الهلال`` is the Saudi club in an article that mostly speaks of Saudi Arabia, the Sudanese one in an article on Sudan,
    and neither in an article on both, unless the adjective stands behind it (``الهلال السوداني``).
    """
    some = [b for b in bearers if not b.needs_kind or kind in (None, b.body.subtype)]
    near = [b.body for b in some if b.body.country in beside]
    if len(near) == 1:
        return near[0]
    left = [b.body for b in some if not b.needs_country or (not beside and b.body.country in leading)]
    if len(left) > 1:
        left = [body for body in left if body.country in leading]
    return left[0] if len(left) == 1 else None


def _name_goes_on(
    form: tuple[str, ...], name: tuple[str, ...], body: Body, entity: Entity, knowledge: Knowledge
) -> bool:
    """The form is a piece of a longer name that is not that of the body: ``الاتحاد الأوروبي`` of ``الاتحاد الأوروبي للسباحة``.

    ``حماس`` of ``حركة المقاومة الإسلامية حماس`` is none, since the rest is a name of the body, too.
    """
    at = next((i for i in range(len(name) - len(form) + 1) if name[i : i + len(form)] == form), None)
    if at is None:
        return False
    rest = name[:at] + name[at + len(form) :]
    return not (
        all(word in _HEADS for word in rest) or any(b.body == body for b in _bearers(rest, entity, knowledge)[0])
    )


def with_body(entity: Entity, body: Body) -> Entity:
    """The entity with the links of a body or leader, and with its subtype."""
    kb = "bodies" if body.label == "ORG" else "leaders"
    links = [Link(kb, body.id, body.name)]
    if body.wikidata:
        links.append(Link("wikidata", body.wikidata, body.name))
    return replace(entity, links=tuple(links), subtype=body.subtype)
