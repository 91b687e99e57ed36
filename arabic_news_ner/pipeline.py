"""The pipeline: it turns the output of a tagger into an article, in named stages. Each stage runs once, in order.

A stage is a pure function. It takes the state and the resources, and returns the state with its own fields filled in.
:data:`STAGES` at the end of this file is the whole order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from arabic_news_ner.coref.apposition import merge_appositives
from arabic_news_ner.coref.canonical import canonical_name
from arabic_news_ner.coref.clusters import Clusters
from arabic_news_ner.coref.known_aliases import merge_aliases, merge_known_names
from arabic_news_ner.coref.own_names import merge_own_names
from arabic_news_ner.coref.resolve import merge_short_forms, organization_rules, person_rules
from arabic_news_ner.keywords import match_keywords
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.country_cues import Adjective, countries, find_adjectives
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.linking.link import link_people, link_places_and_organizations, split_by_signs
from arabic_news_ner.linking.offices import read_offices, with_roles
from arabic_news_ner.linking.own_names import OwnNames, link_own_names
from arabic_news_ner.mentions.boundaries import extend_spans
from arabic_news_ner.mentions.label_consistency import unify_form_labels
from arabic_news_ner.mentions.normalize import normalize_spans
from arabic_news_ner.mentions.own_names import find_own_names
from arabic_news_ner.mentions.rescan import TagProbabilities, find_further_mentions
from arabic_news_ner.mentions.spans import MentionSpan
from arabic_news_ner.mentions.surface_forms import SurfaceForm, surface_forms
from arabic_news_ner.mentions.triggers import (
    add_acronyms,
    add_known_people,
    add_latin_names,
    add_places,
    add_unmistakable,
    apply_triggers,
    drop_impossible,
    people_among_places,
    places_among_people,
)
from arabic_news_ner.mentions.words import WordIndex, index_words
from arabic_news_ner.page.header import Header
from arabic_news_ner.roles.attachment import ResolvedMention, attach_roles
from arabic_news_ner.salience import layout_of, salience
from arabic_news_ner.subtypes import correct_by_link, decide_subtype
from arabic_news_ner.tagging.protocol import Tagged, TokenizedText, check_tagged
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Article, Country, Entity, Mention, Role, Subtype


@dataclass(frozen=True, slots=True)
class Resources:
    """The knowledge base, the lexicon and the caller's names. Nothing in it changes after loading."""

    knowledge: Knowledge
    lexicon: Lexicon
    #: The caller's own list.
    names: OwnNames | None = None

    @classmethod
    def load(cls, names: OwnNames | None = None) -> Resources:
        """The tables that the package carries. :raises ModelError: if one is missing or damaged."""
        return cls(Knowledge.load(), Lexicon.load(), names)


@dataclass(frozen=True, slots=True)
class Cluster:
    """All forms of one real-world person, organization or place. ``merges`` gives the reason for each further form."""

    id: str
    forms: tuple[SurfaceForm, ...]
    name: str
    merges: tuple[tuple[str, str], ...]

    @property
    def mentions(self) -> list[MentionSpan]:
        """The mentions of all forms, in text order."""
        return sorted((mention for form in self.forms for mention in form.mentions), key=lambda m: m.start)


@dataclass(frozen=True, slots=True)
class State:
    """One article in the pipeline: the input and the results of the stages so far."""

    text: TokenizedText
    tagged: Tagged
    header: Header
    index: WordIndex
    #: What stages find with a lower probability is left out; what has none stays.
    min_score: float = 0.0
    mentions: tuple[MentionSpan, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    roles: tuple[Role, ...] = ()
    entities: tuple[Entity, ...] = ()
    adjectives: tuple[Adjective, ...] = ()
    countries: tuple[Country, ...] = ()
    keyword_entities: tuple[str | None, ...] = ()


Stage = Callable[[State, Resources], State]


def above(tagged: Tagged, min_score: float) -> Tagged:
    """The mentions and roles with at least this probability, and those that have none."""
    mentions = tuple(m for m in tagged.mentions if _sure_enough(m.score, min_score))
    return replace(tagged, mentions=mentions, roles=tuple(r for r in tagged.roles if _sure_enough(r.score, min_score)))


def _sure_enough(score: float | None, min_score: float) -> bool:
    return score is None or score >= min_score


def normalize_mentions(state: State, resources: Resources) -> State:
    """Turn the tagger's spans into mentions: cut attached clitics off, drop bare nouns."""
    found = normalize_spans(state.index, state.tagged.mentions, resources.knowledge, resources.lexicon)
    tagged = replace(state.tagged, mentions=())  # each is a mention now; a long text has many
    return replace(state, tagged=tagged, mentions=tuple(drop_impossible(state.index, found, resources.lexicon)))


def extend_boundaries(state: State, resources: Resources) -> State:
    """Extend each mention by the parts of its name that the tagger missed: ``مطار أبها``."""
    found = extend_spans(state.index, state.mentions, resources.knowledge, resources.lexicon)
    return replace(state, mentions=tuple(found))


def read_triggers(state: State, resources: Resources) -> State:
    """Apply trigger nouns: they decide the label of the next name, and find names in Latin letters after ``شركة``. Add
    the unambiguous names of the lexicon."""
    found = add_latin_names(state.index, state.mentions, resources.lexicon)
    found = apply_triggers(state.index, add_unmistakable(state.index, found, resources.lexicon), resources.lexicon)
    for rule in (people_among_places, places_among_people, add_places, add_acronyms, add_known_people):
        found = rule(state.index, found, resources.knowledge, resources.lexicon)
    return replace(state, mentions=tuple(found))


def rescan(state: State, resources: Resources) -> State:
    """Find further mentions of the forms found so far."""
    chances = state.tagged.chances
    evidence = None if chances is None else TagProbabilities(state.text.tokens.starts, chances)
    forms = surface_forms(state.mentions)
    found = find_further_mentions(state.index, state.mentions, forms, resources.knowledge, resources.lexicon, evidence)
    return replace(state, mentions=tuple(found))


def unify_labels(state: State, resources: Resources) -> State:
    """Give each form one label."""
    return replace(state, mentions=tuple(unify_form_labels(state.mentions, resources.lexicon)))


def leave_out_unsure(state: State, _resources: Resources) -> State:
    """Leave out mentions that the stages before found with too low a probability."""
    return replace(state, mentions=tuple(m for m in state.mentions if _sure_enough(m.score, state.min_score)))


def find_listed_names(state: State, resources: Resources) -> State:
    """Find the names of the caller's own list."""
    chances = state.tagged.chances
    tagged = replace(state.tagged, chances=None)  # nothing later asks for them
    if resources.names is None:
        return replace(state, tagged=tagged)
    evidence = None if chances is None else TagProbabilities(state.text.tokens.starts, chances)
    found = find_own_names(state.index, state.mentions, resources.names, evidence)
    return replace(state, tagged=tagged, mentions=tuple(found))


def resolve_coreference(state: State, resources: Resources) -> State:
    """Group the mentions into clusters: numbered ``e1``, ``e2``, ... by first mention, each with its canonical name."""
    forms = surface_forms(state.mentions)
    lexicon, merged = resources.lexicon, Clusters(forms)
    merge_short_forms(merged, (f for f in forms if f.label == "PER"), person_rules(state.index, lexicon))
    for label in ("ORG", "LOC"):
        merge_short_forms(merged, (f for f in forms if f.label == label), organization_rules(forms, lexicon))
    by_key = {(f.label, f.words): f for f in forms}
    neighbours = [(m, by_key[m.label, m.form.words]) for m in state.mentions]
    nicknames = merge_known_names(merged, forms, resources.knowledge)
    nicknames |= merge_appositives(merged, neighbours, state.text.text) | merge_aliases(merged, forms, lexicon)
    if resources.names is not None:
        merge_own_names(merged, forms, resources.names)
    clusters = (
        Cluster(
            id=f"e{number}",
            forms=tuple(same),
            name=canonical_name(same, frozenset(nicknames), lexicon),
            merges=tuple((f.surface, merged.reasons[f.number]) for f in same if f.number in merged.reasons),
        )
        for number, same in enumerate(merged.entities(), 1)
    )
    return replace(state, clusters=tuple(clusters), mentions=())  # the clusters have them


def assign_roles(state: State, resources: Resources) -> State:
    """Attach each role to its holder."""
    resolved = [ResolvedMention(mention, cluster.id) for cluster in state.clusters for mention in cluster.mentions]
    resolved.sort(key=lambda o: o.mention.start)
    tokens = state.text.tokens.starts
    roles = attach_roles(state.index, state.tagged.roles, resolved, resources.lexicon, tokens, state.tagged.holders)
    return replace(state, tagged=Tagged(()), roles=tuple(r for r in roles if _sure_enough(r.score, state.min_score)))


def build_entities(state: State, resources: Resources) -> State:
    """Make an entity of each cluster, with subtype and salience. Sorted by salience, then by first mention."""
    layout = layout_of(state.text, state.header.headline)
    names = {cluster.id: cluster.name for cluster in state.clusters}
    all_roles = tuple(_with_names(role, names) for role in state.roles)
    held: dict[str, list[Role]] = {}
    for role in all_roles:
        if role.holder is not None:
            held.setdefault(role.holder, []).append(role)
    entities = []
    once: dict[str, str] = {}
    for cluster in state.clusters:
        mentions, roles = cluster.mentions, held.get(cluster.id, [])
        entities.append(
            Entity(
                id=cluster.id,
                label=cluster.forms[0].label,
                subtype=cast(
                    "Subtype | None",
                    decide_subtype(cluster.forms, split_words(cluster.name), state.index, resources.lexicon),
                ),
                name=cluster.name,
                mentions=tuple(
                    Mention(m.start, m.end, once.setdefault(written, written), m.score)
                    for m in mentions
                    for written in (state.text.text[m.start : m.end],)
                ),
                roles=tuple(roles),
                salience=salience(layout, mentions, len(roles)),
                merges=cluster.merges,
            )
        )
    entities.sort(key=lambda e: (-e.salience, e.mentions[0].start))
    return replace(state, roles=all_roles, entities=tuple(entities))


def _with_names(role: Role, names: Mapping[str, str]) -> Role:
    """Add the names of the holder, organization and place to a role that has their ids."""
    holder, organization, place = (
        names[i] if i is not None else None for i in (role.holder, role.organization, role.place)
    )
    return replace(role, holder_name=holder, organization_name=organization, place_name=place)


def link_entities(state: State, resources: Resources) -> State:
    """Link places and organizations to the knowledge base."""
    entities = split_by_signs(state.entities, resources.knowledge)
    adjectives = find_adjectives(entities, state.text.tokens, resources.knowledge, resources.lexicon)
    linked = link_places_and_organizations(
        entities, state.text.tokens, adjectives, resources.knowledge, resources.lexicon
    )
    return replace(state, adjectives=tuple(adjectives), entities=linked)


def describe_roles(state: State, resources: Resources) -> State:
    """Add the standard title, the kind and the country of the office to each role."""
    knowledge, lexicon = resources.knowledge, resources.lexicon
    roles = read_offices(state.roles, state.entities, state.adjectives, state.text.tokens, knowledge, lexicon)
    return replace(state, roles=roles, entities=with_roles(state.entities, roles))


def identify_people(state: State, resources: Resources) -> State:
    """Link people to the knowledge base."""
    linked = link_people(
        state.entities,
        state.text.tokens,
        state.adjectives,
        state.header.date,
        resources.knowledge,
        resources.lexicon,
    )
    return replace(state, entities=linked)


def correct_subtypes(state: State, resources: Resources) -> State:
    """Correct subtypes by the linked place or organization, if that is surer."""
    forms = {cluster.id: cluster.forms for cluster in state.clusters}
    entities = (
        correct_by_link(e, forms.get(e.id, ()), state.index, resources.knowledge, resources.lexicon)
        for e in state.entities
    )
    return replace(state, entities=tuple(entities), clusters=())  # the entities have all that is left of them


def link_listed_names(state: State, resources: Resources) -> State:
    """Link entities to the caller's own list."""
    if resources.names is None:
        return state
    linked = link_own_names(state.entities, state.adjectives, resources.names, resources.knowledge)
    return replace(state, entities=linked)


def count_countries(state: State, resources: Resources) -> State:
    """Count the countries of the article."""
    return replace(state, countries=countries(state.entities, state.adjectives, resources.knowledge))


def resolve_keywords(state: State, resources: Resources) -> State:
    """Find the entity of each keyword."""
    return replace(state, keyword_entities=match_keywords(state.header.keywords, state.entities, resources.lexicon))


#: The stages in order, by name. A mapping keeps its order.
STAGES: Mapping[str, Stage] = {
    "normalize mentions": normalize_mentions,
    "extend boundaries": extend_boundaries,
    "read triggers": read_triggers,
    "rescan": rescan,
    "unify labels": unify_labels,
    "leave out unsure": leave_out_unsure,
    "find listed names": find_listed_names,
    "resolve coreference": resolve_coreference,
    "assign roles": assign_roles,
    "build entities": build_entities,
    "link entities": link_entities,
    "correct subtypes": correct_subtypes,
    "describe roles": describe_roles,
    "identify people": identify_people,
    "link listed names": link_listed_names,
    "count countries": count_countries,
    "resolve keywords": resolve_keywords,
}


def run(text: TokenizedText, tagged: Tagged, header: Header, resources: Resources, min_score: float = 0.0) -> State:
    """Run all stages over one text, without what has a lower probability than ``min_score``.

    Every mention of a known form stays a mention, and untagged occurrences of the form are added. All mentions of an entity
    have one label.

    :raises InputError: if what the tagger found is outside the text, or has an unknown label, subtype, guess or score.
    """
    check_tagged(tagged, len(text.text))
    state = State(text, above(tagged, min_score), header, index_words(text), min_score)
    del tagged  # what a stage leaves out of the state is freed
    for stage in STAGES.values():
        state = stage(state, resources)
    return state


def to_article(state: State) -> Article:
    """The article that the caller gets."""
    text, header = state.text, state.header
    return Article(
        text=text.text,
        headline=None if header.headline is None else text.text[slice(*header.headline)],
        date=header.date,
        source=header.source,
        agency=header.agency,
        byline=header.byline,
        keywords=header.keywords,
        keyword_entities=state.keyword_entities,
        tokens=text.tokens,
        sentences=text.sentences,
        entities=state.entities,
        roles=tuple(role for role in state.roles if role.holder is None),
        countries=state.countries,
    )
