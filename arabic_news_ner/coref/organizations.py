"""Forms of organizations and places to entities: a short form joins the fuller form that it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from arabic_news_ner.coref.clusters import Clusters, nearest_before
from arabic_news_ner.coref.organization_match import match_organizations, stem
from arabic_news_ner.coref.person_match import Match, MatchKind
from arabic_news_ner.coref.spelling_variants import consonant_skeleton
from arabic_news_ner.mentions.surface_forms import SurfaceForm


def join_bodies(joins: Clusters, groups: Sequence[SurfaceForm]) -> None:
    """Join the forms of each organization or place, the longest first. All groups have one label."""
    by_key: dict[str, dict[int, SurfaceForm]] = defaultdict(dict)
    kinds = {g.number: g.subtype for g in groups}
    for group in sorted(groups, key=lambda g: (-len(g.words), g.number)):
        found = _fuller_forms(group, by_key, kinds)
        if found:
            target, reason = _choose(group, found, joins)
            joins.join(group.number, target.number, reason)
        for key in _keys(group.words):
            by_key[key][group.number] = group


def _keys(words: tuple[str, ...]) -> set[str]:
    """Under what a form is found: the stem and the consonant_skeleton of each word, and all its letters (``فيس بوك``)."""
    keys = {key for word in words for key in (stem(word), consonant_skeleton(word))}
    keys |= {stem(word[1:]) for word in words if word.startswith("ل") and len(word) > 5}
    return keys | {"".join(words)}


def _fuller_forms(
    group: SurfaceForm, by_key: dict[str, dict[int, SurfaceForm]], kinds: dict[int, str | None]
) -> list[tuple[SurfaceForm, Match]]:
    """The forms as long or longer that may name the same, among those that share the rarest word."""
    joined = "".join(group.words)
    spaced = next((g for g in by_key.get(joined, {}).values() if "".join(g.words) == joined), None)
    if spaced is not None:
        return [(spaced, Match(MatchKind.SPELLING, "other spacing"))]
    candidates: dict[int, SurfaceForm] | None = None
    for word in group.words:
        if word == "و":
            continue
        sharing = {**by_key.get(stem(word), {}), **by_key.get(consonant_skeleton(word), {})}
        if candidates is None or len(sharing) < len(candidates):
            candidates = sharing
    out = []
    for other in (candidates or {}).values():
        matched = match_organizations(group.words, other.words, group.label, (kinds[group.number], kinds[other.number]))
        if matched is not None:
            out.append((other, matched))
    return out


def _choose(group: SurfaceForm, found: list[tuple[SurfaceForm, Match]], joins: Clusters) -> tuple[SurfaceForm, str]:
    """The best match; of several entities as good, the one named last before the form."""
    best: dict[int, tuple[SurfaceForm, Match]] = {}
    for other, matched in found:
        root = joins.root(other.number)
        if root not in best or best[root][1].kind < matched.kind:
            best[root] = (other, matched)
    top = max(m.kind for _, m in best.values())
    rivals = [(other, m.reason) for other, m in best.values() if m.kind == top]
    if len(rivals) == 1:
        return rivals[0]
    return rivals[nearest_before(group, [joins.members(other.number) for other, _ in rivals])]
