"""Forms of people to persons: a short form joins the fuller form that it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from arabic_news_ner.coref.clusters import Joins, nearest_before
from arabic_news_ner.coref.person_match import Match, Strength, match
from arabic_news_ner.coref.spelling_variants import skeleton
from arabic_news_ner.mentions.person_names import Unit, parse_words
from arabic_news_ner.mentions.surface_forms import SurfaceForm
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.text.words import word_set

#: Titles with which rulers go by their given name: الملك سلمان, الأمير تميم.
_RULER = word_set("""
    الملك الملكه الامير الاميره السلطان الشيخ الشيخه للملك للامير للسلطان للشيخ والملك والامير والسلطان بالملك
    بالامير
    """)


def join_people(joins: Joins, groups: Iterable[SurfaceForm], index: WordIndex) -> None:
    """Join the forms of each person, the longest form first; a form that fits nobody is a person of its own."""
    units = {g.number: parse_words(g.words) for g in groups}
    by_key: dict[str, dict[int, SurfaceForm]] = defaultdict(dict)
    for group in sorted(groups, key=lambda g: (-len(units[g.number]), g.number)):
        own = units[group.number]
        found = _fuller_forms(group, own, by_key, units)
        if found:
            target, reason = _choose(group, own, found, joins, index)
            if target is not None:
                joins.join(group.number, target.number, reason)
        for unit in own:
            by_key[skeleton(unit.core)][group.number] = group


def _fuller_forms(
    group: SurfaceForm,
    own: tuple[Unit, ...],
    by_key: dict[str, dict[int, SurfaceForm]],
    units: dict[int, tuple[Unit, ...]],
) -> list[tuple[SurfaceForm, Match]]:
    """The forms with as many units or more that may name the same person. Looks only at forms that share the rarest
    of the units, so that the time stays near linear in the number of forms."""
    keys = [skeleton(u.core) for u in own if u.kind != "initial"]
    if not keys:
        return []
    candidates = min((by_key.get(key, {}) for key in keys), key=len)
    matches = ((other, match(own, units[other.number])) for other in candidates.values())
    return [(other, matched) for other, matched in matches if matched is not None]


def _choose(
    group: SurfaceForm, own: tuple[Unit, ...], found: list[tuple[SurfaceForm, Match]], joins: Joins, index: WordIndex
) -> tuple[SurfaceForm | None, str]:
    """The person whom a form means, of those it may mean: the best match, then the one named last before it."""
    best: dict[int, tuple[float, SurfaceForm, str]] = {}
    for other, matched in found:
        strength = float(matched.strength)
        if matched.strength == Strength.GIVEN and ruler_by_given_name(group, index):
            strength = Strength.FAMILY + 0.5
        root = joins.root(other.number)
        if root not in best or best[root][0] < strength:
            best[root] = (strength, other, matched.reason)
    top = max(strength for strength, _, _ in best.values())
    rivals = [(other, reason) for strength, other, reason in best.values() if strength == top]
    if len(rivals) == 1:
        return rivals[0]
    if top <= Strength.MIDDLE:
        return None, ""
    chosen = nearest_before(group, [joins.members(other.number) for other, _ in rivals])
    return rivals[chosen]


def ruler_by_given_name(group: SurfaceForm, index: WordIndex) -> bool:
    """Does a title of rulers stand before the form (``الملك سلمان``)? Then it is a given name, no family name."""
    return any(m.first and index.folded[m.first - 1] in _RULER for m in group.mentions)
