"""Attach the roles of a tagger to their holders, and to the organization and place that the phrase names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.mentions.spans import MentionSpan, without_unmatched_signs
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.roles.holder_features import PersonPlace, RolePlace
from arabic_news_ner.roles.holder_scorer import Holder, point
from arabic_news_ner.roles.repeated_phrases import own_words, with_repeated
from arabic_news_ner.roles.rules import (
    Gap,
    adjoins_next,
    begins_item,
    counterpart_of_name,
    follows_name,
    given_to_previous,
    introduces_next,
    likeness,
    next_of_list,
    object_of_meeting,
    office_within,
    phrase_key,
    points_back,
    said_of_name,
    same_office,
    speaks_of_next,
)
from arabic_news_ner.roles.status import status_of
from arabic_news_ner.tagging.protocol import HolderScorer, TaggedRole
from arabic_news_ner.text.clitics import after_letters
from arabic_news_ner.text.words import fold_token
from arabic_news_ner.types import Role

#: The most words between a role and a name that can belong together by construction.
_WIDEST = 40
#: The most offices with the same first word that are looked at before a role, and after it.
_RECALLED = 40


@dataclass(frozen=True, slots=True)
class ResolvedMention:
    """A mention and the id of its entity."""

    mention: MentionSpan
    entity: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    role: TaggedRole
    key: tuple[str, ...]
    next: tuple[ResolvedMention, Gap] | None
    previous: tuple[ResolvedMention, Gap] | None
    #: The entities that the construction rules out.
    barred: frozenset[str] = frozenset()


def attach_roles(
    index: WordIndex,
    roles: Sequence[TaggedRole],
    resolved: Sequence[ResolvedMention],
    lexicon: Lexicon,
    tokens: Sequence[int] = (),
    scorer: HolderScorer | None = None,
) -> list[Role]:
    """The roles in text order, each with the id of its holder if the text or the tagger gives one. An office of several
    people occurs once for each of them.

    With a ``scorer`` the holder pointer decides (``holder_scorer.py``); the answers of the rules are among its
    features. Without a scorer the rules decide:

    A phrase next to a name belongs to this name. Any other phrase belongs to the person who has the same phrase
    elsewhere, then to the tagger's guess. Without a guess it belongs to the last person named before it, in the same
    sentence or in the one before.

    :param resolved: all mentions in text order, with the ids of their entities.
    :param tokens: where each token begins, for the scorer.
    """
    people = [o for o in resolved if o.mention.label == "PER"]
    others = [o for o in resolved if o.mention.label != "PER"]
    starts = [o.mention.start for o in others]
    spans = phrases(index, roles, lexicon)
    places = places_of(index, spans, people, lexicon)
    found: list[list[Holder]] = [[(place.ruled, None)] for place in places]
    if scorer is not None and places:
        found = point(index, tokens, places, [person_place(o) for o in people], scorer)
    return [
        _role(index, role, holder, score, others, starts, lexicon)
        for role, holders in zip(spans, found, strict=True)
        for holder, score in holders
    ]


def places_of(
    index: WordIndex, spans: Sequence[TaggedRole], people: Sequence[ResolvedMention], lexicon: Lexicon
) -> list[RolePlace]:
    """The roles with the answers of the rules. Both lists are in text order; ``people``: the mentions of people
    only."""
    candidates = [_without_barred(c) for c in _candidates(index, spans, people, lexicon)]
    nearest = [_near(c, lexicon) for c in candidates]
    holders = []
    known: dict[str, list[tuple[_Candidate, str]]] = {}
    for c, (near, sure) in zip(candidates, nearest, strict=True):
        holder = near
        if holder is not None and not sure:
            holder = None if _object_of_verb(c) else _guessed(c) or holder
        holders.append(holder)
        if holder is not None and c.key:
            known.setdefault(c.key[0], []).append((c, holder))
    out = []
    for c, holder, (near, sure) in zip(candidates, holders, nearest, strict=True):
        ruled = holder if holder is not None else _far(index, c, known, lexicon)
        first, last = index.words_of(c.role.start, c.role.end)
        place = (c.role.start, c.role.end, first, max(last, first + 1))
        out.append(RolePlace(*place, c.key, near, sure, ruled, c.role.holder, c.barred))
    return out


def person_place(resolved: ResolvedMention) -> PersonPlace:
    """A mention of a person as the holder pointer reads it."""
    m = resolved.mention
    return PersonPlace(m.start, m.end, m.first, m.last, resolved.entity)


def phrases(index: WordIndex, roles: Sequence[TaggedRole], lexicon: Lexicon) -> list[TaggedRole]:
    """The phrases of the tagger in text order, with their boundaries corrected, and the further places of the same phrases."""
    inside = (without_signs(index, r) for r in roles)
    whole = sorted((with_first_letter(index, r, lexicon) for r in inside), key=lambda r: (r.start, r.end))
    cut = [without_conjunction(index, r, lexicon) for r in whole]
    parts = with_qualifiers(index, cut, lexicon)
    for split in (split_offices, split_rank):
        parts = [part for role in parts for part in split(index, role, lexicon)]
    return with_repeated(index, parts, lexicon)


def without_signs(index: WordIndex, role: TaggedRole) -> TaggedRole:
    """The role without half a bracket or quote at its edges."""
    start, end = without_unmatched_signs(index.text, role.start, role.end)
    return replace(role, start=start, end=end)


def with_first_letter(index: WordIndex, role: TaggedRole, lexicon: Lexicon) -> TaggedRole:
    """``وكيل لجنة التضامن`` after a tagger cut the و off: the uncut word is known, and the cut one does not occur in
    the text."""
    first, last = index.words_of(role.start, role.end)
    if first >= last or role.start <= index.starts[first] or index.folded[first] not in lexicon["own_letter"]:
        return role
    cut = fold_token(index.text[role.start : index.ends[first]])
    return role if cut in index.folded else replace(role, start=index.starts[first])


def without_conjunction(index: WordIndex, role: TaggedRole, lexicon: Lexicon) -> TaggedRole:
    """``فالوزير السابق``, ``فسفير الكويت``: cut a ف that the tagger left on an office, if an office or the definite article
    is after it. ``فنان`` stays whole."""
    first, last = index.words_of(role.start, role.end)
    if first >= last or role.start != index.starts[first] or not index.folded[first].startswith("ف"):
        return role
    rest = index.folded[first][1:]
    if not (rest.startswith("ال") or rest in lexicon["office_of_another"] or rest in lexicon["superior"]):
        return role
    return replace(role, start=role.start + after_letters(index.text[role.start : index.ends[first]], 1))


def with_qualifiers(index: WordIndex, roles: Sequence[TaggedRole], lexicon: Lexicon) -> list[TaggedRole]:
    """``والي دارفور`` and ``المكلف`` right after it are one phrase: a qualifier is no office.

    :param roles: in text order.
    """
    out: list[TaggedRole] = []
    for role in roles:
        first, last = index.words_of(role.start, role.end)
        qualifies = first < last and all(word in lexicon["qualifies_office"] for word in index.folded[first:last])
        if qualifies and out and index.text[out[-1].end : role.start] == " ":
            out[-1] = replace(out[-1], end=role.end)
        else:
            out.append(role)
    return out


def split_offices(index: WordIndex, role: TaggedRole, lexicon: Lexicon) -> list[TaggedRole]:
    """``ولي العهد نائب رئيس مجلس الوزراء`` is two offices: the second begins with its noun right after a word with the definite
    article. Not ``ممثل صاحب السمو رئيس الدولة``. The annotated news has 409 such pairs apart."""
    first, last = index.words_of(role.start, role.end)
    cuts = [
        at
        for at in range(first + 1, last)
        if (index.folded[at] in lexicon["office_of_another"] or index.folded[at] in lexicon["deputy"])
        and not index.folded[at].startswith("ال")
        and index.folded[at - 1].startswith("ال")
        and index.folded[at - 1] not in lexicon["honours_office"]
    ]
    starts = [role.start, *(index.starts[at] for at in cuts)]
    ends = [*(index.ends[at - 1] for at in cuts), role.end]
    return [replace(role, start=start, end=end) for start, end in zip(starts, ends, strict=True)]


def split_rank(index: WordIndex, role: TaggedRole, lexicon: Lexicon) -> list[TaggedRole]:
    """``قائد الجيش العماد`` and ``وزير الدفاع الفريق أول ركن`` are an office and a rank. Only after a word with the definite
    article: not ``نائب العميد``, not ``مدير مكتب العقيد``."""
    first, last = index.words_of(role.start, role.end)
    at = last - 1
    while at > first and index.folded[at] in lexicon["qualifies_rank"]:
        at -= 1
    is_rank = index.folded[at] in lexicon["rank_after_office"]
    if at < last - 1:
        is_rank |= index.folded[at] in lexicon["rank_if_qualified"]
    if at <= first or not is_rank or not index.folded[at - 1].startswith("ال"):
        return [role]
    return [replace(role, end=index.ends[at - 1]), replace(role, start=index.starts[at])]


def _candidates(
    index: WordIndex, spans: Sequence[TaggedRole], people: Sequence[ResolvedMention], lexicon: Lexicon
) -> list[_Candidate]:
    starts = [o.mention.start for o in people]
    bounds = [index.words_of(r.start, r.end) for r in spans]
    in_role = {w for first, last in bounds for w in range(first, last)}
    out = []
    for number, (role, (first, last)) in enumerate(zip(spans, bounds, strict=True)):
        after = bisect_left(starts, role.end)
        before = bisect_right(starts, role.start) - 1
        while before >= 0 and people[before].mention.end > role.start:
            before -= 1
        following = people[after] if after < len(people) else None
        preceding = people[before] if before >= 0 else None
        key = phrase_key(own_words(index, role.start, first, last), lexicon)
        to_next = to_previous = None
        if following:
            to_next = _gap(index, last, following.mention.first, role.end, following.mention.start, in_role)
        if preceding:
            to_previous = _gap(index, preceding.mention.last, first, preceding.mention.end, role.start, in_role)
        candidate = _Candidate(
            role,
            key,
            (following, to_next) if following and to_next else None,
            (preceding, to_previous) if preceding and to_previous else None,
        )
        out.append(replace(candidate, barred=_barred(index, candidate, number, spans, bounds, lexicon)))
    return out


def _barred(
    index: WordIndex,
    c: _Candidate,
    number: int,
    spans: Sequence[TaggedRole],
    bounds: Sequence[tuple[int, int]],
    lexicon: Lexicon,
) -> frozenset[str]:
    """The people beside a role who cannot hold it by construction, whatever the pointer reads."""
    first, last = bounds[number]
    barred = set()
    if c.next and speaks_of_next(index, first, c.next[1], lexicon):
        barred.add(c.next[0].entity)
    if c.previous:
        who, gap = c.previous
        if counterpart_of_name(index.folded[first], gap, lexicon) or next_of_list(gap):
            barred.add(who.entity)
        subject = bounds[number - 1] if number and spans[number - 1].end <= who.mention.start else None
        if subject is not None and index.text[spans[number - 1].end : who.mention.start] == " ":
            more = number + 1 < len(spans) and not index.text[c.role.end : spans[number + 1].start].strip()
            after = index.folded[last] if last < len(index.folded) and index.joined[last] else ""
            if not more and object_of_meeting(index, subject, gap, after, lexicon):
                barred.add(who.entity)
    return frozenset(barred)


def _without_barred(c: _Candidate) -> _Candidate:
    """The candidate without the neighbours who cannot hold the role."""
    following = None if c.next and c.next[0].entity in c.barred else c.next
    preceding = None if c.previous and c.previous[0].entity in c.barred else c.previous
    return replace(c, next=following, previous=preceding)


def _gap(index: WordIndex, first: int, last: int, start: int, end: int, in_role: set[int]) -> Gap:
    """The gap between two spans, without the words of other roles in it."""
    sentences = max(index.sentence_of(max(first, last)) - index.sentence_of(max(min(first, last) - 1, 0)), 0)
    if last - first > _WIDEST:
        return Gap(("…",), "…", False, sentences)
    text, at = "", start
    words = []
    for i in range(first, last):
        if i in in_role:
            text += index.text[at : max(at, index.starts[i])]
            at = max(at, index.ends[i])
        else:
            words.append(index.folded[i])
    return Gap(tuple(words), text + index.text[min(at, end) : end], len(words) < last - first, sentences)


def _near(c: _Candidate, lexicon: Lexicon) -> tuple[str | None, bool]:
    """The holder by the words next to the phrase (the surest construction first), and whether it is sure."""
    after, before = c.next, c.previous
    if before and follows_name(before[1]) and office_within(c.key, lexicon) and not begins_item(before[1]):
        return before[0].entity, False
    if after and adjoins_next(after[1], lexicon):
        return after[0].entity, not (before and follows_name(before[1]))
    if after and before and begins_item(before[1]) and introduces_next(after[1], lexicon):
        return after[0].entity, False
    if before and follows_name(before[1]):
        return before[0].entity, False
    if after and introduces_next(after[1], lexicon):
        return after[0].entity, False
    if before and said_of_name(before[1], lexicon):
        return before[0].entity, False
    return None, False


def _object_of_verb(c: _Candidate) -> bool:
    """``استقبل المنفي سفير روسيا``: there is no comma after the name, and the tagger gives the office to another
    person."""
    return c.role.holder == "unnamed" and c.previous is not None and not c.previous[1].text.strip()


def _guessed(c: _Candidate) -> str | None:
    """The person to whom the tagger's guess points."""
    if c.role.holder == "next" and c.next:
        return c.next[0].entity
    if c.role.holder == "previous" and c.previous:
        return c.previous[0].entity
    return None


def _far(
    index: WordIndex, c: _Candidate, known: Mapping[str, Sequence[tuple[_Candidate, str]]], lexicon: Lexicon
) -> str | None:
    """The holder of a phrase that is not next to a name: the person with the same or a similar office elsewhere, then
    the tagger's guess, then (without a guess) the person named before."""
    others = known.get(c.key[0] if c.key else "", ())
    at = bisect_left(others, c.role.start, key=lambda pair: pair[0].role.start)
    rows = [(likeness(c.key, other.key), -abs(other.role.start - c.role.start), holder, other.key)
            for other, holder in others[max(0, at - _RECALLED) : at + _RECALLED] if holder not in c.barred]  # fmt: skip
    same = [row for row in rows if row[3] == c.key] or [row for row in rows if same_office(row[3], c.key)]
    if same:
        return max(same)[2]
    guess = _guessed(c)
    if guess is not None or c.role.holder == "unnamed":
        return guess
    like = max(rows, default=(0, 0, "", ()))
    if like[0]:
        return like[2]
    if c.role.holder is not None or c.previous is None or c.previous[1].sentences > 1:
        return None
    first = index.words_of(c.role.start, c.role.end)[0]
    written = index.text[c.role.start : c.role.end]
    before = index.folded[first - 1] if first else ""
    if points_back(written, tuple(index.folded[first : first + 1]), lexicon) or given_to_previous(
        index.text[max(0, c.role.start - 1) : c.role.start], before, written, lexicon
    ):
        return c.previous[0].entity
    return None


def _role(
    index: WordIndex,
    role: TaggedRole,
    holder: str | None,
    holder_score: float | None,
    others: Sequence[ResolvedMention],
    starts: list[int],
    lexicon: Lexicon,
) -> Role:
    """Add the first organization and the first place that the phrase names."""
    text = index.text[role.start : role.end]
    last = index.words_of(role.start, role.end)[1]
    beside = index.folded[last] if last < len(index.folded) and index.joined[last] else ""
    inside = others[bisect_left(starts, role.start) : bisect_left(starts, role.end)]
    return Role(
        start=role.start,
        end=role.end,
        text=text,
        holder=holder,
        organization=next((o.entity for o in inside if o.mention.label == "ORG"), None),
        place=next((o.entity for o in inside if o.mention.label == "LOC"), None),
        status=status_of(text, beside if beside.startswith("ال") else "", lexicon),
        score=role.score,
        holder_score=holder_score,
    )
