"""Calibration of probabilities: of the mentions with a score of 0.8, eight of ten should be right.

The expected calibration error (Naeini and others, Obtaining well calibrated probabilities using Bayesian binning, 2015)
is the mean distance, over the mentions, between the mean score of a bin and the share of it that is right. It is 0
where scores are honest and at most 1. Bins are of equal width (0 to 0.1, ... 0.9 to 1) or of equal count; mentions of
one score are never parted, so bins of equal count may be larger, and fewer, than asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The mentions of one bin: how many, their mean score, the share of them that is right."""

    count: int
    score: float
    right: float


def equal_width(items: Sequence[tuple[float, bool]], bins: int = BINS) -> list[Bin]:
    """Bins ``[i / bins, (i + 1) / bins)``, the last one with its end; empty ones are left out.

    :param items: (score from 0 to 1, whether it is right).
    """
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for item in items:
        groups[min(int(item[0] * bins), bins - 1)].append(item)
    return [_bin(group) for group in groups if group]


def equal_count(items: Sequence[tuple[float, bool]], bins: int = BINS) -> list[Bin]:
    """The items in order of their scores, cut into ``bins`` parts as equal as the scores allow."""
    ordered = sorted(items, key=lambda item: item[0])
    cuts = [0]
    for i in range(1, bins + 1):
        cut = max(round(len(ordered) * i / bins), cuts[-1])
        while 0 < cut < len(ordered) and ordered[cut][0] == ordered[cut - 1][0]:
            cut += 1
        cuts.append(cut)
    return [_bin(ordered[a:b]) for a, b in pairwise(cuts) if b > a]


def expected_error(bins: Sequence[Bin]) -> float:
    """The mean of ``|score - right|`` over the items of all bins; 0 if there are none."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.score - b.right) for b in bins) / total if total else 0.0


def _bin(group: Sequence[tuple[float, bool]]) -> Bin:
    return Bin(len(group), sum(s for s, _ in group) / len(group), sum(r for _, r in group) / len(group))
