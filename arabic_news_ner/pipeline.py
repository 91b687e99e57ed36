"""Mentions and roles of one text to its entities: the stages of this package, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arabic_news_ner.coref.apposition import join_said
from arabic_news_ner.coref.canonical import canonical_name
from arabic_news_ner.coref.clusters import Joins
from arabic_news_ner.coref.known_aliases import join_aliases, join_known
from arabic_news_ner.coref.organizations import join_bodies
from arabic_news_ner.coref.people import join_people
from arabic_news_ner.mentions.boundaries import whole_names
from arabic_news_ner.mentions.label_consistency import settle_labels
from arabic_news_ner.mentions.normalize import read_mentions
from arabic_news_ner.mentions.rescan import propagate
from arabic_news_ner.mentions.spans import Found
from arabic_news_ner.mentions.surface_forms import SurfaceForm, group_forms
from arabic_news_ner.mentions.triggers import latin_names, relabelled, without_nouns
from arabic_news_ner.mentions.words import WordIndex, index_words
from arabic_news_ner.roles.attachment import Owned, attach_roles
from arabic_news_ner.salience import layout_of, salience
from arabic_news_ner.subtypes import kind_of
from arabic_news_ner.tagging.protocol import Tagged, TokenizedText
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Entity, Mention, Role


@dataclass(frozen=True, slots=True)
class Assembled:
    """The entities of a text, by salience and then by first mention, and the roles whose holder is not named."""

    entities: tuple[Entity, ...]
    roles: tuple[Role, ...]


def assemble(text: TokenizedText, tagged: Tagged) -> Assembled:
    """The entities of a text from what a tagger found in it.

    Entities are numbered ``e1``, ``e2``, ... in the order of their first mentions. Every mention of a form stays a
    mention; further ones are added where a form stands untagged. No entity has mentions of two labels.

    :raises InputError: where a mention or a role does not lie in the text.
    """
    if not tagged.mentions and not tagged.roles:
        return Assembled((), ())
    index = index_words(text)
    found = latin_names(index, whole_names(index, without_nouns(read_mentions(index, tagged.mentions))))
    found = settle_labels(relabelled(index, found))
    found = settle_labels(whole_names(index, propagate(index, found, group_forms(found))))
    groups = group_forms(found)
    joins, aside = _join(groups, found, index)
    entities = joins.entities()
    owned = sorted(
        (Owned(m, f"e{n}") for n, forms in enumerate(entities, 1) for g in forms for m in g.mentions),
        key=lambda o: o.mention.start,
    )
    roles = attach_roles(index, tagged.roles, owned)
    held: dict[str, list[Role]] = {}
    for role in roles:
        if role.holder is not None:
            held.setdefault(role.holder, []).append(role)
    layout = layout_of(text)
    out = []
    for n, forms in enumerate(entities, 1):
        mentions = sorted((m for g in forms for m in g.mentions), key=lambda m: m.start)
        own = held.get(f"e{n}", [])
        name = canonical_name(forms, aside)
        out.append(
            Entity(
                id=f"e{n}",
                label=forms[0].label,
                subtype=kind_of(forms, split_words(name), index),
                name=name,
                mentions=tuple(Mention(m.start, m.end, text.text[m.start : m.end], m.score) for m in mentions),
                roles=tuple(own),
                salience=salience(layout, mentions, len(own)),
                merges=tuple((g.surface, joins.reasons[g.number]) for g in forms if g.number in joins.reasons),
            )
        )
    out.sort(key=lambda e: (-e.salience, e.mentions[0].start))
    return Assembled(tuple(out), tuple(r for r in roles if r.holder is None))


def _join(groups: Sequence[SurfaceForm], found: Sequence[Found], index: WordIndex) -> tuple[Joins, frozenset[int]]:
    """The groups joined to entities, and the numbers of those that are nicknames or abbreviations."""
    joins = Joins(groups)
    join_people(joins, [g for g in groups if g.label == "PER"], index)
    join_bodies(joins, [g for g in groups if g.label == "ORG"])
    join_bodies(joins, [g for g in groups if g.label == "LOC"])
    by_form = {(g.label, g.words): g for g in groups}
    neighbours = [(m, by_form[m.label, m.form.words]) for m in found]
    known = join_known(joins, groups)
    return joins, frozenset(known | join_said(joins, neighbours, index.text) | join_aliases(joins, groups))
