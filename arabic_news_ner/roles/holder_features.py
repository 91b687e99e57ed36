"""The features of the holder pointer: the positions of a role and of a person's name, and the words between them.

Many pairs are computed at once, as arrays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.roles.rules import likeness, same_office

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: Signs between a role and a name that are counted, one feature each.
SIGNS = ("،,؛;", ":", "()[]", "\n", ".؟!?…", "-–—", "\"«»“”„'")
#: Folded words that open a clause of speech, words that open a relative clause, and prepositions.
CLAUSE = frozenset({"ان", "بان", "لان", "انه", "بانه", "وان", "انها", "بانها", "لكن", "حيث", "بينما", "فيما"})
RELATIVE = frozenset({"الذي", "التي", "الذين", "اللذين", "والذي", "والتي"})
PREPOSITIONS = frozenset({"في", "من", "الي", "عن", "مع", "علي", "لدي", "بين", "ضد", "خلال", "بعد", "قبل"})
WORD_CLASSES = (CLAUSE, RELATIVE, PREPOSITIONS)
#: Larger distances count as this one.
RANKS = 4


@dataclass(frozen=True, slots=True)
class RolePlace:
    """The position of a role, as the features need it.

    ``first`` and ``last`` number its words (half-open); ``key``: the stems of its words. ``near`` is the holder by the
    words next to the phrase (``sure``: the construction leaves no doubt); ``ruled`` is the holder by all rules
    together.
    """

    start: int
    end: int
    first: int
    last: int
    key: tuple[str, ...]
    near: str | None
    sure: bool
    ruled: str | None
    guess: str | None
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonPlace:
    """A mention of a person: its place in the text, its words (half-open) and the id of its entity."""

    start: int
    end: int
    first: int
    last: int
    entity: str


def pair_features(index: WordIndex, roles: Sequence[RolePlace], people: Sequence[PersonPlace]) -> Floats:
    """The features (roles, people, features) of every pair; both in text order."""
    return PairFeatures(index, roles, people).block(slice(len(roles)), slice(len(people)), slice(len(roles)))


class PairFeatures:
    """The features of one text. What concerns the whole text is computed once, the pairs a block at a time."""

    def __init__(self, index: WordIndex, roles: Sequence[RolePlace], people: Sequence[PersonPlace]) -> None:
        """Both lists in text order."""
        self._index, self._roles, self._people = index, roles, people
        flags = np.zeros(len(index.folded), np.bool_)
        for role in roles:
            flags[role.first : role.last] = True
        self._in_role = np.flatnonzero(flags)
        self._signs = _Counts(_sign_classes(index.text), len(SIGNS))
        self._classes = _Counts(
            np.fromiter((_WORD_CLASS.get(word, 0) for word in index.folded), np.uint8, len(index.folded)),
            len(WORD_CLASSES),
        )
        self._starts = np.array([x.start for x in roles], np.int64)
        counts = Counter(x.entity for x in people)
        self._count = np.array([counts[x.entity] for x in people], np.int64)
        firsts: dict[str, int] = {}
        for n, x in enumerate(people):
            firsts.setdefault(x.entity, n)
        self._seen_before = np.array([firsts[x.entity] < n for n, x in enumerate(people)], np.bool_)

    def block(self, roles: slice, people: slice, offices: slice) -> Floats:
        """The features (roles, people, features) of some roles with some people, both in text order.

        :param offices: the roles whose holders count as people with an office.
        """
        some, persons = self._roles[roles], self._people[people]
        if not some or not persons:
            return np.zeros((len(some), len(persons), FEATURES), np.float32)
        columns = self._columns(some, persons, people, self._roles[offices])
        out = np.empty((len(some), len(persons), len(columns)), np.float32)
        for number, column in enumerate(columns):
            out[..., number] = column
        return out

    def _columns(
        self,
        roles: Sequence[RolePlace],
        people: Sequence[PersonPlace],
        at: slice,
        others_with_office: Sequence[RolePlace],
    ) -> list[npt.NDArray[np.generic]]:
        index = self._index
        r = _array([(x.start, x.end, x.first, x.last) for x in roles])[:, None, :]
        p = _array([(x.start, x.end, x.first, x.last) for x in people])[None, :, :]
        after = p[..., 0] >= r[..., 1]
        before = p[..., 1] <= r[..., 0]
        inside = ~(after | before)
        gap_start, gap_end = np.where(after, r[..., 1], p[..., 1]), np.where(after, p[..., 0], r[..., 0])
        gap_end = np.maximum(gap_start, gap_end)
        word_start, word_end = np.where(after, r[..., 3], p[..., 3]), np.where(after, p[..., 2], r[..., 2])
        word_end = np.maximum(word_start, word_end)

        words = word_end - word_start
        free = words - _between(self._in_role, word_start, word_end)
        signs = self._signs.between(gap_start, gap_end)
        classes = self._classes.between(word_start, word_end)
        rank = _rank(r, p, after, before)
        others = np.searchsorted(self._starts, gap_end) - np.searchsorted(self._starts, gap_start)
        sentence = np.abs(_sentences(index, roles)[:, None] - _sentences(index, people)[None, :])
        and_name = np.array([_attached_and(index, x.start, x.first) for x in people])[None, :]
        and_role = np.array([_attached_and(index, x.start, x.first) for x in roles])[:, None]

        entities = [x.entity for x in people]
        near = _same([x.near for x in roles], entities)
        ruled = _same([x.ruled for x in roles], entities)
        sure = near & np.array([x.sure for x in roles])[:, None]
        ruled_named = np.array([x.ruled is not None for x in roles])[:, None]
        like, same, given = _offices(roles, entities, others_with_office)
        count, seen_before = self._count[at][None, :], self._seen_before[at][None, :]
        guess = {name: np.array([x.guess == name for x in roles])[:, None] for name in ("next", "previous", "unnamed")}
        first = index.text.find("\n")
        headline = first if first >= 0 else -1
        definite = np.array([index.folded[x.first][:2] == "ال" for x in roles])[:, None]
        clean = (free == 0) & (sum(signs) == 0)
        length = np.array([x.last - x.first for x in roles])[:, None]
        name_length = np.array([x.last - x.first for x in people])[None, :]
        return [
            after, before, inside,
            np.log1p(words), np.log1p(free), np.log1p(words) * after, np.log1p(free) * after,
            clean & after, clean & before, (free == 0) & after, (free == 0) & before,
            *(np.minimum(s, 3) for s in signs), *((s > 0) & after for s in signs[:3]),
            *(np.minimum(c, 3) for c in classes), (classes[0] > 0) & after,
            *((rank == n) & after for n in range(RANKS)), *((rank == n) & before for n in range(RANKS)), rank >= RANKS,
            np.minimum(others, 3), np.minimum(others, 3) * after,
            sentence == 0, sentence == 1, (sentence == 1) & before, np.log1p(sentence),
            and_name & after, and_role & before, and_role & after,
            near, sure, ruled, ruled & ~near, near & after, near & before, ruled_named,
            np.minimum(like, 3), same, np.minimum(given, 3), (given > 0) & ~near,
            np.log1p(count), seen_before, name_length == 1, np.minimum(name_length, 4),
            *(g & after & (rank == 0) for g in guess.values()), *(g & before & (rank == 0) for g in guess.values()),
            guess["next"], guess["previous"], guess["unnamed"],
            (p[..., 0] < headline), (r[..., 0] < headline), (r[..., 0] < headline) & (p[..., 0] < headline),
            definite, definite & before, length == 1, np.minimum(length, 6),
            (index_of_start(p) < 0.2 * len(index.folded)),
        ]  # fmt: skip


def index_of_start(places: Ints) -> Ints:
    """The number of the first word of each place."""
    return places[..., 2]


def _array(rows: Sequence[tuple[int, ...]]) -> Ints:
    return np.array(rows, np.int64)


def _between(places: Ints, start: Ints, end: Ints) -> Ints:
    """How many of the sorted places lie from ``start`` to ``end``, for each pair."""
    out: Ints = np.searchsorted(places, end) - np.searchsorted(places, start)
    return out


def _classes_of_signs() -> npt.NDArray[np.uint8]:
    """Code point -> the number of its group in :data:`SIGNS`, from 1; 0 for any other. Signs lie below the last code point."""
    table = np.zeros(0x2100, np.uint8)
    for number, group in enumerate(SIGNS, 1):
        table[[ord(c) for c in group]] = number
    return table


_SIGN_CLASS = _classes_of_signs()
_WORD_CLASS = {word: number for number, group in enumerate(WORD_CLASSES, 1) for word in group}


#: Characters whose classes are looked up at a time.
_PART = 1 << 16


def _sign_classes(text: str) -> npt.NDArray[np.uint8]:
    out = np.empty(len(text), np.uint8)
    for first in range(0, len(text), _PART):
        part = text[first : first + _PART]
        codes = np.frombuffer(part.encode("utf-32-le", "surrogatepass"), np.uint32)
        out[first : first + _PART] = _SIGN_CLASS[np.minimum(codes, len(_SIGN_CLASS) - 1)]
    return out


class _Counts:
    """How many members of each class (from 1) stand between two places."""

    def __init__(self, classes: npt.NDArray[np.uint8], groups: int) -> None:
        self._places = np.flatnonzero(classes)
        self._sums = np.zeros((groups, len(self._places) + 1), np.int32)
        for group in range(groups):
            np.cumsum(classes[self._places] == group + 1, out=self._sums[group, 1:])

    def between(self, start: Ints, end: Ints) -> list[Ints]:
        """For each class the counts from ``start`` to ``end``, for each pair."""
        counts = self._sums[:, np.searchsorted(self._places, end)] - self._sums[:, np.searchsorted(self._places, start)]
        return list(counts)


def _rank(r: Ints, p: Ints, after: Bools, before: Bools) -> Ints:
    """How many people are named between a role and a person."""
    starts, ends = p[0, :, 0], p[0, :, 1]
    place = np.arange(len(starts))[None, :]
    following = np.searchsorted(starts, r[..., 1])
    preceding = np.searchsorted(ends, r[..., 0], side="right") - 1
    out: Ints = np.where(after, place - following, np.where(before, preceding - place, 0))
    return np.minimum(np.maximum(out, 0), RANKS)


def _sentences(index: WordIndex, places: Sequence[RolePlace] | Sequence[PersonPlace]) -> Ints:
    return np.array([bisect_right(index.sentences, x.first) - 1 for x in places], np.int64)


def _attached_and(index: WordIndex, start: int, first: int) -> bool:
    """Is there a و before ``start``, attached or as a separate word?"""
    if start > index.starts[first]:
        return "و" in index.text[index.starts[first] : start]
    return first > 0 and index.folded[first - 1] == "و"


def _same(wanted: Sequence[str | None], entities: Sequence[str]) -> Bools:
    return np.array([[w == e for e in entities] for w in wanted], np.bool_).reshape(len(wanted), len(entities))


def _offices(
    roles: Sequence[RolePlace], entities: Sequence[str], others: Sequence[RolePlace]
) -> tuple[Ints, Bools, Ints]:
    """For each pair, about those of the offices ``others`` that stand next to the person's names: how similar they are,
    whether one is the same office, and how many there are beside the role itself."""
    order = {e: n for n, e in enumerate(dict.fromkeys(entities))}
    like = np.zeros((len(roles), len(order)), np.int64)
    same = np.zeros(like.shape, np.bool_)
    given = np.zeros(like.shape, np.int64)
    for n, role in enumerate(roles):
        for other in others:
            if other is role or other.near is None or other.near not in order:
                continue
            column = order[other.near]
            given[n, column] += 1
            like[n, column] = max(like[n, column], likeness(role.key, other.key))
            same[n, column] |= role.key == other.key or same_office(role.key, other.key)
    columns = [order[e] for e in entities]
    return like[:, columns], same[:, columns], given[:, columns]


#: How many features a pair has.
FEATURES = 75
