"""Clusters: the forms of an article that are one entity, with the reason for each join."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from arabic_news_ner.mentions.surface_forms import SurfaceForm


class Clusters:
    """Clusters of the forms of one entity: a union-find that keeps the reason for each join."""

    def __init__(self, forms: Sequence[SurfaceForm]) -> None:
        self.forms = forms
        self._parent = list(range(len(forms)))
        self._members: list[list[int]] = [[i] for i in range(len(forms))]
        self.reasons: dict[int, str] = {}

    def root(self, number: int) -> int:
        """The root form of the cluster of a form."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, number: int, to: int, reason: str) -> bool:
        """Join the cluster of ``number`` to that of ``to``. False if they are one already or have two labels."""
        a, b = self.root(number), self.root(to)
        if a == b or self.forms[a].label != self.forms[b].label:
            return False
        self._parent[a] = b
        self._members[b] += self._members[a]
        self.reasons.setdefault(number, f"{reason}: {self.forms[to].surface}")
        return True

    def members(self, number: int) -> list[SurfaceForm]:
        """All forms of the entity of a form."""
        return [self.forms[i] for i in self._members[self.root(number)]]

    def entities(self) -> list[list[SurfaceForm]]:
        """The forms of each entity, in order of first appearance."""
        return [
            sorted((self.forms[i] for i in self._members[n]), key=lambda g: g.number)
            for n in sorted(
                (n for n in range(len(self.forms)) if self._parent[n] == n), key=lambda n: min(self._members[n])
            )
        ]


def nearest_before(short: SurfaceForm, candidates: Sequence[Sequence[SurfaceForm]]) -> int:
    """Which of several entities a short form means: an index into ``candidates``. Most occurrences of the form follow
    this entity most closely. Ties go to the entity with more mentions, then to the earlier one.

    In an article with two people of one family name, اللافي is the one whose full name is the last before it.
    """
    rows = sorted((m.start, i) for i, forms in enumerate(candidates) for f in forms for m in f.mentions)
    starts = [start for start, _ in rows]
    votes: Counter[int] = Counter()
    for mention in short.mentions:
        at = bisect_right(starts, mention.start) - 1
        votes[rows[max(at, 0)][1]] += 1
    sizes = [sum(len(f.mentions) for f in forms) for forms in candidates]
    return max(range(len(candidates)), key=lambda i: (votes[i], sizes[i], -i))
