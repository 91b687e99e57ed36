"""A text cut at the bounds of its mentions and roles: lines of pieces that join to the same text again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from arabic_news_ner.errors import InputError


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text that a view marks: the entity or role ``key`` from ``start`` to ``end`` (half-open)."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text with no bound inside. ``mention`` and ``role`` are the keys of the spans over it."""

    start: int
    end: int
    mention: str | None
    role: str | None


def cut(text: str, mentions: Sequence[Span], roles: Sequence[Span]) -> list[list[Piece]]:
    """The pieces of each line; a line keeps its ``\\n``. Where spans of one sort overlap, the shorter one is shown.

    :raises InputError: for a span that is empty or leaves the text.
    """
    for span in (*mentions, *roles):
        if not 0 <= span.start < span.end <= len(text):
            raise InputError(f"the span {span.start}:{span.end} is empty or leaves the text of {len(text)} code points")
    newlines = [place + 1 for place, sign in enumerate(text) if sign == "\n"]
    bounds = sorted({0, len(text), *newlines, *(b for s in (*mentions, *roles) for b in (s.start, s.end))})
    mention_at, role_at = _covering(bounds, mentions), _covering(bounds, roles)
    ends = set(newlines)
    lines: list[list[Piece]] = [[]]
    for number, (start, end) in enumerate(pairwise(bounds)):
        lines[-1].append(Piece(start, end, mention_at[number], role_at[number]))
        if end in ends:
            lines.append([])
    return [line for line in lines if line]


def _covering(bounds: Sequence[int], spans: Iterable[Span]) -> list[str | None]:
    """For each stretch between two bounds the key of the shortest span over it."""
    place = {bound: number for number, bound in enumerate(bounds)}
    keys: list[str | None] = [None] * max(len(bounds) - 1, 0)
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        for number in range(place[span.start], place[span.end]):
            keys[number] = span.key
    return keys
