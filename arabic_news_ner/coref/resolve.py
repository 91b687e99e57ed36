"""From forms to entities: a short form joins the fuller form that it means. One algorithm serves people, organizations
and places.

Forms are processed from the longest to the shortest. Each is compared only with the earlier forms that share its rarest
word: the time is nearly linear in the number of forms. :class:`MatchRules` says what can match.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from arabic_news_ner.coref.clusters import Clusters, nearest_before
from arabic_news_ner.coref.organization_match import match_organizations, stem
from arabic_news_ner.coref.person_match import Match, MatchKind, match
from arabic_news_ner.coref.spelling_variants import consonant_skeleton
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.mentions.person_names import parse_words
from arabic_news_ner.mentions.surface_forms import SurfaceForm
from arabic_news_ner.mentions.words import WordIndex


@dataclass(frozen=True, slots=True)
class MatchRules:
    """How the forms of one label are compared.

    :param size: how long a form is, in words or in parts of a name.
    :param keys: the keys of a form in the index. :param lookups: for each of its words, the keys to look up.
    :param match: can the first form (not longer than the second) name the same entity?
    :param undecided: if a form matches two entities and neither match is stronger than this, it joins neither.
    """

    size: Callable[[SurfaceForm], int]
    keys: Callable[[SurfaceForm], set[str]]
    lookups: Callable[[SurfaceForm], list[tuple[str, ...]]]
    match: Callable[[SurfaceForm, SurfaceForm], Match | None]
    undecided: int = 0


def merge_short_forms(clusters: Clusters, forms: Iterable[SurfaceForm], rules: MatchRules) -> None:
    """Join each form to the fuller form that it means; a form that fits none is an entity of its own."""
    by_key: dict[str, dict[int, SurfaceForm]] = defaultdict(dict)
    for form in sorted(forms, key=lambda f: (-rules.size(f), f.number)):
        target = _choose(form, _fuller_forms(form, by_key, rules), clusters, rules)
        if target is not None:
            clusters.join(form.number, target[0].number, target[1].reason)
        for key in rules.keys(form):
            by_key[key][form.number] = form


def _fuller_forms(
    form: SurfaceForm, by_key: dict[str, dict[int, SurfaceForm]], rules: MatchRules
) -> list[tuple[SurfaceForm, Match]]:
    """The forms that are at least as long, share the rarest word, and can name the same entity."""
    joined = "".join(form.words)
    if joined in by_key:
        spaced = next((f for f in by_key[joined].values() if "".join(f.words) == joined), None)
        if spaced is not None:
            return [(spaced, Match(MatchKind.SPELLING, "other spacing"))]
    candidates = _rarest([[by_key[key] for key in keys if key in by_key] for keys in rules.lookups(form)])
    matches = ((other, rules.match(form, other)) for other in candidates.values())
    return [(other, matched) for other, matched in matches if matched is not None]


def _rarest(lookups: Sequence[Sequence[dict[int, SurfaceForm]]]) -> dict[int, SurfaceForm]:
    """The smallest set of forms, the first of equals. A word of thousands of forms (``محمد``) is not searched if a
    rarer word exists."""
    best: dict[int, SurfaceForm] | None = None
    if not any(lookups):
        return {}
    least = [max(map(len, forms), default=0) for forms in lookups]
    chosen = -1
    for at in sorted(range(len(lookups)), key=least.__getitem__):
        if best is not None and (least[at], at) >= (len(best), chosen):
            continue
        union = {n: f for forms in lookups[at] for n, f in forms.items()}
        if best is None or (len(union), at) < (len(best), chosen):
            best, chosen = union, at
    return best or {}


def _choose(
    form: SurfaceForm, found: Sequence[tuple[SurfaceForm, Match]], clusters: Clusters, rules: MatchRules
) -> tuple[SurfaceForm, Match] | None:
    """The best match; of equally good entities the last one named before the form."""
    best: dict[int, tuple[SurfaceForm, Match]] = {}
    for other, matched in found:
        root = clusters.root(other.number)
        if root not in best or best[root][1].kind < matched.kind:
            best[root] = (other, matched)
    top = max((matched.kind for _, matched in best.values()), default=0)
    rivals = [row for row in best.values() if row[1].kind == top]
    if len(rivals) < 2:
        return rivals[0] if rivals else None
    if top <= rules.undecided:
        return None
    return rivals[nearest_before(form, [clusters.members(other.number) for other, _ in rivals])]


def person_rules(index: WordIndex, lexicon: Lexicon) -> MatchRules:
    """People: forms are compared part by part. A single middle name of two people means neither."""

    def matched(short: SurfaceForm, long: SurfaceForm) -> Match | None:
        found = match(parse_words(short.words, lexicon), parse_words(long.words, lexicon))
        if found is not None and found.kind == MatchKind.FIRST_PART and ruler_by_given_name(short, index, lexicon):
            return Match(MatchKind.RULER_NAME, found.reason)
        return found

    def lookups(form: SurfaceForm) -> list[tuple[str, ...]]:
        parts = parse_words(form.words, lexicon)
        return [(consonant_skeleton(part.core),) for part in parts if part.kind != "initial"]

    return MatchRules(
        size=lambda form: len(parse_words(form.words, lexicon)),
        keys=lambda form: {consonant_skeleton(part.core) for part in parse_words(form.words, lexicon)},
        lookups=lookups,
        match=matched,
        undecided=MatchKind.INNER_PART,
    )


def organization_rules(forms: Iterable[SurfaceForm], lexicon: Lexicon) -> MatchRules:
    """Organizations and places: forms are compared by the stems of their words, and with all their letters in one word
    (``فيس بوك``)."""
    subtypes = {form.number: form.subtype for form in forms}

    def keys(form: SurfaceForm) -> set[str]:
        out = {key for word in form.words for key in (stem(word, lexicon), consonant_skeleton(word))}
        out |= {stem(word[1:], lexicon) for word in form.words if word.startswith("ل") and len(word) > 5}
        return out | {"".join(form.words)}

    def matched(short: SurfaceForm, long: SurfaceForm) -> Match | None:
        subtypes_of_both = (subtypes[short.number], subtypes[long.number])
        return match_organizations(short.words, long.words, short.label, subtypes_of_both, lexicon)

    return MatchRules(
        size=lambda form: len(form.words),
        keys=keys,
        lookups=lambda form: [(stem(w, lexicon), consonant_skeleton(w)) for w in form.words if w != "و"],
        match=matched,
    )


def ruler_by_given_name(form: SurfaceForm, index: WordIndex, lexicon: Lexicon) -> bool:
    """Is there a ruler's title before the form (``الملك سلمان``)? Then it is a given name, not a family name."""
    return any(m.first and lexicon["ruler"].stem(index.folded[m.first - 1]) is not None for m in form.mentions)
