"""The holder pointer over an article: it gives each role to its holders, or to no named person.

The probability of a person is the sum over the mentions of that person; who cannot hold the role by construction
(``RolePlace.barred``) has none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.roles.holder_features import PersonPlace, RolePlace, pair_features
from arabic_news_ner.tagging.protocol import HolderScorer

#: A second person also holds the office from this probability on: ``نائبي الرئيس موسى الكوني وعبد الله اللافي``.
ALSO = 0.3

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
    features = pair_features(index, roles, people)
    spans = [[_tokens_of(tokens, x.start, x.end) for x in group] for group in (roles, people)]
    pairs, nobody = scorer.scores(spans[0], spans[1], features)
    barred = np.array([[x.entity in role.barred for x in people] for role in roles]).reshape(len(roles), len(people))
    pairs = np.where(barred, -np.inf, pairs)
    chances = _softmax(np.concatenate([pairs, nobody[:, None]], axis=1))
    names = list(dict.fromkeys(x.entity for x in people))
    by_entity = np.zeros((len(roles), len(names)))
    for n, x in enumerate(people):
        by_entity[:, names.index(x.entity)] += chances[:, n]
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
