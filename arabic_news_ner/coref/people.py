"""Forms of people to persons: a short form joins the fuller form that it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from arabic_news_ner.coref.clusters import Clusters, nearest_before
from arabic_news_ner.coref.person_match import Match, MatchKind, match
from arabic_news_ner.coref.spelling_variants import consonant_skeleton
from arabic_news_ner.mentions.person_names import NamePart, parse_words
from arabic_news_ner.mentions.surface_forms import SurfaceForm
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.text.words import word_set

#: Titles with which rulers go by their given name: الملك سلمان, الأمير تميم.
_RULER = word_set("""
    الملك الملكه الامير الاميره السلطان الشيخ الشيخه للملك للامير للسلطان للشيخ والملك والامير والسلطان بالملك
    بالامير
    """)


def join_people(joins: Clusters, groups: Iterable[SurfaceForm], index: WordIndex) -> None:
    """Join the forms of each person, the longest form first; a form that fits nobody is a person of its own."""
    parts = {g.number: parse_words(g.words) for g in groups}
    by_key: dict[str, dict[int, SurfaceForm]] = defaultdict(dict)
    for group in sorted(groups, key=lambda g: (-len(parts[g.number]), g.number)):
        own = parts[group.number]
        found = _fuller_forms(group, own, by_key, parts)
        if found:
            target, reason = _choose(group, own, found, joins, index)
            if target is not None:
                joins.join(group.number, target.number, reason)
        for part in own:
            by_key[consonant_skeleton(part.core)][group.number] = group


def _fuller_forms(
    group: SurfaceForm,
    own: tuple[NamePart, ...],
    by_key: dict[str, dict[int, SurfaceForm]],
    parts: dict[int, tuple[NamePart, ...]],
) -> list[tuple[SurfaceForm, Match]]:
    """The forms with as many parts or more that may name the same person. Looks only at forms that share the rarest
    of the parts, so that the time stays near linear in the number of forms."""
    keys = [consonant_skeleton(u.core) for u in own if u.kind != "initial"]
    if not keys:
        return []
    candidates = min((by_key.get(key, {}) for key in keys), key=len)
    matches = ((other, match(own, parts[other.number])) for other in candidates.values())
    return [(other, matched) for other, matched in matches if matched is not None]


def _choose(
    group: SurfaceForm,
    own: tuple[NamePart, ...],
    found: list[tuple[SurfaceForm, Match]],
    joins: Clusters,
    index: WordIndex,
) -> tuple[SurfaceForm | None, str]:
    """The person whom a form means, of those it may mean: the best match, then the one named last before it."""
    best: dict[int, tuple[float, SurfaceForm, str]] = {}
    for other, matched in found:
        kind = float(matched.kind)
        if matched.kind == MatchKind.FIRST_PART and ruler_by_given_name(group, index):
            kind = MatchKind.MAIN_PART + 0.5
        root = joins.root(other.number)
        if root not in best or best[root][0] < kind:
            best[root] = (kind, other, matched.reason)
    top = max(kind for kind, _, _ in best.values())
    rivals = [(other, reason) for kind, other, reason in best.values() if kind == top]
    if len(rivals) == 1:
        return rivals[0]
    if top <= MatchKind.INNER_PART:
        return None, ""
    chosen = nearest_before(group, [joins.members(other.number) for other, _ in rivals])
    return rivals[chosen]


def ruler_by_given_name(group: SurfaceForm, index: WordIndex) -> bool:
    """Does a title of rulers stand before the form (``الملك سلمان``)? Then it is a given name, no family name."""
    return any(m.first and index.folded[m.first - 1] in _RULER for m in group.mentions)
