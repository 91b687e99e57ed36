"""What the formats of annotation tools share: spans to an article, and an article to words that respect its spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from arabic_news_ner.errors import InputError
from arabic_news_ner.scoring.measures import fold_name
from arabic_news_ner.text.sentences import sentences as split_sentences
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.types import SUBTYPES, Article, Entity, Label, Mention, Role, Sentence, Subtype, Token

#: The label of a role where a format has one list of spans for names and roles.
ROLE = "ROLE"
#: The name of the relation from a role to the person who holds it.
HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in a text, as an annotation tool gives it.

    ``entity`` says which spans are one entity, and is its id; ``None``: the one of the same label that has the same form.
    ``name`` is the canonical name of the entity; ``None``: the longest form.
    """

    start: int
    end: int
    label: str
    entity: str | None = None
    subtype: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeSpan:
    """A role in a text; ``holder`` is the position of a mention of the holder in the list of names."""

    start: int
    end: int
    holder: int | None = None


def names_of(article: Article) -> list[tuple[Mention, Entity]]:
    """Each mention with its entity, in text order."""
    pairs = [(m, e) for e in article.entities for m in e.mentions]
    return sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end))


def roles_of(article: Article) -> list[tuple[Role, str | None]]:
    """Each role with the id of its holder, in text order."""
    held = [(role, entity.id) for entity in article.entities for role in entity.roles]
    return sorted([*held, *((role, None) for role in article.roles)], key=lambda pair: (pair[0].start, pair[0].end))


def nearest_mention(role: Role, holder: str, names: Sequence[tuple[Mention, Entity]]) -> int:
    """The position in ``names`` of the holder's mention that is nearest to the role; at equal distance the one after it."""
    distances = [
        (m.start - role.end if m.start >= role.end else role.start - m.end + 1, number)
        for number, (m, e) in enumerate(names)
        if e.id == holder
    ]
    return min(distances)[1]


def words_of(article: Article) -> list[list[Token]]:
    """The tokens of each sentence, cut where a mention or a role begins or ends inside one.

    ``وليبيا`` is cut to ``و`` and ``ليبيا`` where the second is a mention: a tool that tags whole words keeps its bounds.
    """
    tokens = article.tokens or tokenize(article.text)
    sentences = article.sentences or split_sentences(article.text, tokens)
    cuts = sorted({at for span in _spans(article) for at in span})
    words = [word for token in tokens for word in _cut(token, cuts, article.text)]
    words += _uncovered(words, _spans(article), article.text)
    words.sort(key=lambda t: t.start)
    return _by_sentence(words, sentences)


def covering(words: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[int | None]:
    """For each word the position of the span that it lies in. Words and spans are in order, and no two spans overlap."""
    out: list[int | None] = []
    at = 0
    for word in words:
        while at < len(spans) and spans[at][1] <= word.start:
            at += 1
        out.append(at if at < len(spans) and spans[at][0] <= word.start else None)
    return out


def _spans(article: Article) -> list[tuple[int, int]]:
    out = [(m.start, m.end) for m, _ in names_of(article)]
    return out + [(r.start, r.end) for r, _ in roles_of(article)]


def _cut(token: Token, cuts: Sequence[int], text: str) -> list[Token]:
    inner = cuts[bisect_right(cuts, token.start) : bisect_left(cuts, token.end)]
    bounds = [token.start, *inner, token.end]
    return [Token(a, b, text[a:b]) for a, b in pairwise(bounds)]


def _uncovered(words: Sequence[Token], spans: Iterable[tuple[int, int]], text: str) -> list[Token]:
    """A word of its own for a span that begins or ends at no word: invisible signs that somebody annotated."""
    starts, ends = {w.start for w in words}, {w.end for w in words}
    out = []
    for start, end in spans:
        if start in starts and end in ends:
            continue
        inside = [w for w in words if start <= w.start and w.end <= end]
        if start not in starts:
            out.append((start, min([w.start for w in inside], default=end)))
        if end not in ends:
            out.append((max([w.end for w in inside], default=start), end))
    return [Token(a, b, text[a:b]) for a, b in sorted(set(out)) if a < b]


def _by_sentence(words: Sequence[Token], sentences: Sequence[Sentence]) -> list[list[Token]]:
    out: list[list[Token]] = [[]]
    ends = [s.end for s in sentences]
    at = 0
    for word in words:
        if at < len(ends) and word.start >= ends[at]:
            while at < len(ends) and word.start >= ends[at]:
                at += 1
            if out[-1]:
                out.append([])
        out[-1].append(word)
    return out if out[-1] else out[:-1]


def build_article(text: str, names: Sequence[NameSpan], roles: Sequence[OfficeSpan], *, where: str) -> Article:
    """An article from annotated spans. Entities stand in the order of their first mentions; salience is 0.

    :param where: what messages of errors name, such as ``gold.json, task 3``.
    :raises InputError: if a span is outside the text, a label or subtype is unknown, an entity has two labels, or
        the holder of a role is not a person.
    """
    _check(text, names, roles, where)
    keys = _keys(text, names)
    members: dict[str, list[NameSpan]] = {}
    for key, span in sorted(zip(keys, names, strict=True), key=lambda pair: (pair[1].start, pair[1].end)):
        members.setdefault(key, []).append(span)
    ids = _ids(list(members), {span.entity for span in names})
    held: dict[str | None, list[Role]] = {}
    for office in sorted(roles, key=lambda r: (r.start, r.end)):
        holder = None if office.holder is None else ids[keys[office.holder]]
        held.setdefault(holder, []).append(Role(office.start, office.end, text[office.start : office.end], holder))
    entities = tuple(_entity(text, ids[key], spans, held, where) for key, spans in members.items())
    tokens = tokenize(text)
    return Article(
        text=text,
        tokens=tokens,
        sentences=split_sentences(text, tokens),
        entities=entities,
        roles=tuple(held.get(None, ())),
    )


def _check(text: str, names: Sequence[NameSpan], roles: Sequence[OfficeSpan], where: str) -> None:
    spans: list[NameSpan | OfficeSpan] = [*names, *roles]
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise InputError(
                f"{where}: a span from {span.start} to {span.end} does not lie in its text of {len(text)} characters"
            )
    for name in names:
        if name.label not in SUBTYPES:
            raise InputError(f"{where}: label {name.label!r} is none of {', '.join(SUBTYPES)}, {ROLE}")
        if name.subtype is not None and name.subtype not in SUBTYPES[name.label]:
            known = ", ".join(SUBTYPES[name.label]) or "none"
            raise InputError(f"{where}: subtype {name.subtype!r} of a {name.label}; there are: {known}")
    for role in roles:
        if role.holder is not None and names[role.holder].label != "PER":
            given = names[role.holder]
            raise InputError(
                f"{where}: the role {text[role.start : role.end]!r} is held by {text[given.start : given.end]!r}, "
                f"a {given.label}; only a person (PER) holds a role"
            )


def _keys(text: str, names: Sequence[NameSpan]) -> list[str]:
    """For each span a key of its entity: its own, else that of a span of the same label and form, else the form."""
    known: dict[tuple[str, str], str] = {}
    forms = [(n.label, fold_name(text[n.start : n.end])) for n in names]
    for name, form in zip(names, forms, strict=True):
        if name.entity is not None:
            known.setdefault(form, name.entity)
    return [
        name.entity if name.entity is not None else known.get(form, f"\0{form[0]}\0{form[1]}")
        for name, form in zip(names, forms, strict=True)
    ]


def _ids(keys: Sequence[str], given: set[str | None]) -> dict[str, str]:
    """The id of each key: itself where it was given, else the next free ``e1``, ``e2``, ..."""
    free = (f"e{n}" for n in range(1, 2 * len(keys) + 2) if f"e{n}" not in given)
    return {key: key if key in given else next(free) for key in keys}


def _entity(
    text: str, identifier: str, spans: Sequence[NameSpan], held: dict[str | None, list[Role]], where: str
) -> Entity:
    labels = sorted({s.label for s in spans})
    subtypes = list(dict.fromkeys(s.subtype for s in spans if s.subtype is not None))
    if len(labels) > 1 or len(subtypes) > 1:
        forms = "، ".join(dict.fromkeys(text[s.start : s.end] for s in spans))
        raise InputError(
            f"{where}: the entity {identifier!r} ({forms}) is {' and '.join([*labels, *subtypes])}; "
            "give its mentions one label and one subtype, or make them two entities"
        )
    given = next((s.name for s in spans if s.name), None)
    longest = max((text[s.start : s.end] for s in spans), key=len)
    unique = {(s.start, s.end): Mention(s.start, s.end, text[s.start : s.end]) for s in spans}
    return Entity(
        id=identifier,
        label=cast(Label, labels[0]),
        subtype=cast(Subtype, subtypes[0]) if subtypes else None,
        name=given or " ".join(longest.split()),
        mentions=tuple(unique.values()),
        roles=tuple(held.get(identifier, ())),
    )
