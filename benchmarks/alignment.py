"""An annotation record (the forms of each entity of an article) placed on the text of the article.

A record lists, for each entity, the forms under which the article names it; every occurrence of a form is a mention of
the entity unless a longer name covers it or the record excludes it. Letters that are attached to a name (و ف ب ل ك)
are not part of it: in للمجلس the name begins at the second ل.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from arabic_news_ner.scoring.annotation import Annotation, NamedEntity, RoleSpan

#: Vowel signs and the like, which a form may leave out inside a word.
MARKS = "\u064b-\u0652\u0670"
TATWEEL = "\u0640"
BETWEEN_LETTERS = f"[{MARKS}{TATWEEL}]*"
#: One letter that joins (و ف), one that governs (ب ل ك), or both.
ATTACHED = f"(?:[وف]?[بلك]{TATWEEL}?|[وف]{TATWEEL}?)?"
ATTACHED_LAM = "[وف]?ل"
WORD_SIGN = rf"[\w{MARKS}]"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A form in a text. ``token_start`` is where its first word begins, ``start`` where the name does."""

    token_start: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention of the entity at position ``entity`` of the record."""

    where: Occurrence
    entity: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a record says about a text, and what of it does not fit."""

    annotation: Annotation
    mentions: tuple[Placed, ...]
    problems: tuple[str, ...]


def occurrences(form: str, text: str) -> list[Occurrence]:
    """Where a form occurs in a text as a whole word or words, with or without attached letters.

    >>> [o.start for o in occurrences("طرابلس", "من طرابلس وبطرابلس")]
    [3, 12]
    """
    return [Occurrence(m.start(), m.start("name"), m.end()) for m in _merged(form, text)]


def _merged(form: str, text: str) -> Iterator[re.Match[str]]:
    """The matches of all spellings of a form, left to right, the plain one first where two begin together."""
    found = [m for spelling in _spellings(form) for m in spelling.finditer(text)]
    end = -1
    for match in sorted(found, key=lambda m: m.start()):
        if match.start() >= end:
            end = match.end()
            yield match


def _spellings(form: str) -> Iterator[re.Pattern[str]]:
    words = form.split()
    yield _compiled(ATTACHED, words)
    if words and words[0].startswith("ال"):
        yield _compiled(ATTACHED_LAM, ["ل" + words[0][2:], *words[1:]])
        if words[0].startswith("الل"):
            yield _compiled(ATTACHED_LAM, [words[0][2:], *words[1:]])


def _compiled(attached: str, words: list[str]) -> re.Pattern[str]:
    name = r"\s+".join(BETWEEN_LETTERS.join(map(re.escape, word)) for word in words)
    return re.compile(f"(?<!{WORD_SIGN}){attached}(?P<name>{name})(?!{WORD_SIGN})")


def align(text: str, record: Mapping[str, Any]) -> Alignment:
    """Place a record on its text."""
    problems: list[str] = []
    rows = list(_rows(record))
    excluded = {(form, ordinal) for form, ordinal in record.get("not", ())}
    candidates = [
        Placed(where, number)
        for number, (_, _, forms) in enumerate(rows)
        for form in forms
        for where in _kept(form, text, excluded, problems)
    ]
    placed = _longest(candidates)
    entities = tuple(
        NamedEntity(label, subtype, forms[0], _bounds(p for p in placed if p.entity == number), frozenset(forms))
        for number, (label, subtype, forms) in enumerate(rows)
    )
    problems += [f"{e.label}: no mention is left for {e.name}" for e in entities if not e.spans]
    roles = tuple(_roles(text, record, entities, excluded, problems))
    return Alignment(Annotation(record["id"], text, entities, roles), tuple(placed), tuple(problems))


def _rows(record: Mapping[str, Any]) -> Iterator[tuple[str, str | None, list[str]]]:
    """(label, subtype, forms) of each entity, in the order people, organizations, places."""
    for forms in record.get("per", ()):
        yield "PER", None, list(forms)
    for kind in ("org", "loc"):
        for subtype, *forms in record.get(kind, ()):
            yield kind.upper(), subtype, forms


def _kept(form: str, text: str, excluded: set[tuple[str, int]], problems: list[str]) -> list[Occurrence]:
    found = occurrences(form, text)
    if not found:
        problems.append(f"not in the text: {form}")
    return [where for ordinal, where in enumerate(found, 1) if (form, ordinal) not in excluded]


def _longest(candidates: list[Placed]) -> list[Placed]:
    """The candidates that no longer one overlaps, in text order; of equal ones the first listed."""
    chosen: list[Placed] = []
    for candidate in sorted(candidates, key=lambda c: (c.where.start - c.where.end, c.where.start)):
        where = candidate.where
        if all(where.end <= c.where.token_start or where.token_start >= c.where.end for c in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.where.start)


def _bounds(placed: Iterable[Placed]) -> tuple[tuple[int, int], ...]:
    return tuple((p.where.start, p.where.end) for p in placed)


def _roles(
    text: str,
    record: Mapping[str, Any],
    entities: tuple[NamedEntity, ...],
    excluded: set[tuple[str, int]],
    problems: list[str],
) -> list[RoleSpan]:
    """Each occurrence of each role phrase that no longer phrase covers, with the nearest of its holders."""
    people = {entity.name: number for number, entity in enumerate(entities) if entity.label == "PER"}
    holders: dict[str, list[int | None]] = {}
    for phrase, person in record.get("role", ()):
        if person is not None and person not in people:
            problems.append(f"no such person: {person}")
        holders.setdefault(phrase, []).append(people.get(person))
    roles: list[RoleSpan] = []
    for phrase in sorted(holders, key=len, reverse=True):
        longer = list(roles)
        for where in _kept(phrase, text, excluded, problems):
            if all(where.end <= r.start or where.start >= r.end for r in longer):
                holder = _nearest(where, holders[phrase], entities)
                roles.append(RoleSpan(where.start, where.end, holder))
    return sorted(roles, key=lambda r: (r.start, r.end))


def _nearest(where: Occurrence, listed: list[int | None], entities: tuple[NamedEntity, ...]) -> int | None:
    """The only holder listed, or the one named closest to the phrase; after it beats before it at equal distance."""
    if len(listed) == 1:
        return listed[0]
    distances = [
        (start - where.end if start >= where.end else where.start - end + 1, person)
        for person in listed
        if person is not None
        for start, end in entities[person].spans
    ]
    return min(distances)[1] if distances else None
