"""The holder pointer over an article: it gives each role to its holders, or to no named person.

The probability of a person is the sum over the mentions of that person; who cannot hold the role by construction
(``RolePlace.barred``) has none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.roles.holder_features import PairFeatures, PersonPlace, RolePlace
from arabic_news_ner.tagging.protocol import HolderScorer

#: A second person also holds the office from this probability on: ``نائبي الرئيس موسى الكوني وعبد الله اللافي``.
ALSO = 0.3
#: Roles that are scored at a time.
BLOCK = 64
#: So many mentions of people and so many other roles, before and after those of a block, are looked at: work and memory
#: grow with the length of a text, not with its square. Articles have fewer.
FARTHEST = 250

#: Pairs of a role and a person that are computed at a time: some 20 MB.
PAIRS = 8192

#: A holder (``None``: no named person) and the calibrated probability that it is right, if there is one.
Holder = tuple[str | None, float | None]


def point(
    index: WordIndex,
    tokens: Sequence[int],
    roles: Sequence[RolePlace],
    people: Sequence[PersonPlace],
    scorer: HolderScorer,
) -> list[list[Holder]]:
    """The holders of each role, at least one.

    :param tokens: where each token of the text begins, in order.
    """
    features = PairFeatures(index, roles, people)
    starts = [x.start for x in people]
    out: list[list[Holder]] = []
    for block in _blocks([bisect_left(starts, x.start) for x in roles]):
        some = roles[block]
        near = slice(
            max(0, bisect_left(starts, some[0].start) - FARTHEST), bisect_left(starts, some[-1].start) + FARTHEST
        )
        offices = slice(max(0, block.start - FARTHEST), block.stop + FARTHEST)
        step = max(1, PAIRS // max(1, len(people[near])))
        for first in range(block.start, block.stop, step):
            rows = slice(first, min(first + step, block.stop))
            out += _point(tokens, roles[rows], people[near], scorer, features.block(rows, near, offices))
    return out


def _blocks(people_before: Sequence[int]) -> Iterator[slice]:
    """The roles in blocks of at most :data:`BLOCK`, in each of which at most :data:`FARTHEST` people are named.

    :param people_before: for each role, in text order, how many mentions of people begin before it.
    """
    first = 0
    for n, before in enumerate(people_before):
        if n - first == BLOCK or before - people_before[first] > FARTHEST:
            yield slice(first, n)
            first = n
    if first < len(people_before):
        yield slice(first, len(people_before))


def _point(
    tokens: Sequence[int],
    roles: Sequence[RolePlace],
    people: Sequence[PersonPlace],
    scorer: HolderScorer,
    features: npt.NDArray[np.float32],
) -> list[list[Holder]]:
    spans = [[_tokens_of(tokens, x.start, x.end) for x in group] for group in (roles, people)]
    pairs, nobody = scorer.scores(spans[0], spans[1], features)
    barred = np.array([[x.entity in role.barred for x in people] for role in roles]).reshape(len(roles), len(people))
    pairs = np.where(barred, -np.inf, pairs)
    chances = _softmax(np.concatenate([pairs, nobody[:, None]], axis=1))
    names = list(dict.fromkeys(x.entity for x in people))
    columns = {name: n for n, name in enumerate(names)}
    by_entity = np.zeros((len(roles), len(names)))
    for n, x in enumerate(people):
        by_entity[:, columns[x.entity]] += chances[:, n]
    out: list[list[Holder]] = []
    for row, none in zip(by_entity, chances[:, -1], strict=True):
        order = np.argsort(-row, kind="stable")
        if not len(order) or row[order[0]] < none:
            out.append([(None, scorer.calibrated(float(none)))])
            continue
        chosen = [n for k, n in enumerate(order) if not k or row[n] >= ALSO]
        total = float(row[chosen].sum())
        out.append([(names[n], scorer.calibrated(total if len(chosen) > 1 else float(row[n]))) for n in chosen])
    return out


def _tokens_of(starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The first and the last token that a span touches."""
    return max(0, bisect_right(starts, start) - 1), max(0, bisect_left(starts, end) - 1)


def _softmax(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    powers = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    out: npt.NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return out
