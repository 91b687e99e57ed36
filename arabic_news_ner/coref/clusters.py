"""The distinct forms of an article, and their grouping into entities, each join with its reason."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from arabic_news_ner.mentions.spans import Found
from arabic_news_ner.types import Label


@dataclass(slots=True)
class Group:
    """All mentions of one label that read the same when folded; ``number`` by first appearance."""

    number: int
    label: Label
    words: tuple[str, ...]
    mentions: list[Found] = field(default_factory=list)

    @property
    def first(self) -> int:
        """Where the form first appears."""
        return self.mentions[0].start

    @property
    def surface(self) -> str:
        """The spelling with the fewest marks, then the most frequent, then the one with more hamzas, then the first."""
        counts = Counter(m.form.surface for m in self.mentions)
        if len(counts) == 1:
            return self.mentions[0].form.surface
        return min(counts, key=lambda s: (sum(not c.isalnum() for c in s), -counts[s], -sum(map(s.count, "أإآؤئ"))))

    @property
    def subtype(self) -> str | None:
        """The subtype that most of the mentions have, weighed by their scores."""
        return heaviest((m.subtype, 1.0 if m.score is None else m.score) for m in self.mentions)


def heaviest(votes: Iterable[tuple[str | None, float]]) -> str | None:
    """The value with the highest sum of weights, the earliest of equals; ``None`` does not vote."""
    sums: dict[str, float] = {}
    for value, weight in votes:
        if value is not None:
            sums[value] = sums.get(value, 0.0) + weight
    return max(sums, key=sums.__getitem__, default=None)


def group_forms(found: Sequence[Found]) -> list[Group]:
    """One group for each form and label, in order of first appearance. ``found`` is in text order."""
    groups: dict[tuple[str, tuple[str, ...]], Group] = {}
    for mention in found:
        key = (mention.label, mention.form.words)
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group(len(groups), mention.label, mention.form.words)
        group.mentions.append(mention)
    return list(groups.values())


class Joins:
    """Which groups are one entity: a union-find that remembers why each group joined."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = groups
        self._parent = list(range(len(groups)))
        self._members: list[list[int]] = [[i] for i in range(len(groups))]
        self.reasons: dict[int, str] = {}

    def root(self, number: int) -> int:
        """The group that stands for the entity of a group."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, number: int, to: int, reason: str) -> bool:
        """Put the entity of ``number`` into that of ``to``; false where they are one already or have two labels."""
        a, b = self.root(number), self.root(to)
        if a == b or self.groups[a].label != self.groups[b].label:
            return False
        self._parent[a] = b
        self._members[b] += self._members[a]
        self.reasons.setdefault(number, f"{reason}: {self.groups[to].surface}")
        return True

    def members(self, number: int) -> list[Group]:
        """All groups of the entity of a group."""
        return [self.groups[i] for i in self._members[self.root(number)]]

    def entities(self) -> list[list[Group]]:
        """The groups of each entity, in order of first appearance."""
        return [
            sorted((self.groups[i] for i in self._members[n]), key=lambda g: g.number)
            for n in sorted(
                (n for n in range(len(self.groups)) if self._parent[n] == n), key=lambda n: min(self._members[n])
            )
        ]


def nearest_before(short: Group, candidates: Sequence[Sequence[Group]]) -> int:
    """Which of several entities a short form means: the place in ``candidates`` of the one that most of its
    occurrences follow most closely; of equals, the one with more mentions, then the earlier.

    In an article with two people of one family name, اللافي is the one whose full name stood last before it.
    """
    rows = sorted((m.start, i) for i, groups in enumerate(candidates) for g in groups for m in g.mentions)
    starts = [start for start, _ in rows]
    votes: Counter[int] = Counter()
    for mention in short.mentions:
        at = bisect_right(starts, mention.start) - 1
        votes[rows[max(at, 0)][1]] += 1
    sizes = [sum(len(g.mentions) for g in groups) for groups in candidates]
    return max(range(len(candidates)), key=lambda i: (votes[i], sizes[i], -i))
