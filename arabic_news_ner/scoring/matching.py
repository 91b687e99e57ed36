"""One-to-one matchings between two lists: the largest one, and the one of the greatest weight."""

from __future__ import annotations

from collections.abc import Sequence


def largest_matching(edges: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """As many pairs (left, right) as can be, no item in two of them (augmenting paths; Kuhn 1955).

    :param edges: for each item on the left the items on the right that it may go with, the best first.
    """
    taken: dict[int, int] = {}

    def place(left: int, seen: set[int]) -> bool:
        for right in edges[left]:
            if right not in seen:
                seen.add(right)
                if right not in taken or place(taken[right], seen):
                    taken[right] = left
                    return True
        return False

    for left in range(len(edges)):
        place(left, set())
    return sorted((left, right) for right, left in taken.items())


def greatest_weight(weights: Sequence[Sequence[float]]) -> float:
    """The greatest sum of weights of a one-to-one matching between rows and columns.

    The Hungarian method in its form with potentials, one row after another: O(rows^2 x columns). Weights are 0 or more.
    """
    if not weights or not weights[0]:
        return 0.0
    if len(weights) > len(weights[0]):
        weights = list(zip(*weights, strict=True))
    rows, columns = len(weights), len(weights[0])
    # Positions count from 1; row and column 0 stand for "none". Costs are negated weights.
    of_row = [0.0] * (rows + 1)
    of_column = [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        came_from = [0] * (columns + 1)
        slack = [float("inf")] * (columns + 1)
        used = [False] * (columns + 1)
        at = 0
        while owner[at]:
            used[at] = True
            current = owner[at]
            free = [j for j in range(1, columns + 1) if not used[j]]
            for j in free:
                reduced = -weights[current - 1][j - 1] - of_row[current] - of_column[j]
                if reduced < slack[j]:
                    slack[j], came_from[j] = reduced, at
            nearest = min(free, key=slack.__getitem__)
            delta = slack[nearest]
            for j in range(columns + 1):
                if used[j]:
                    of_row[owner[j]] += delta
                    of_column[j] -= delta
                else:
                    slack[j] -= delta
            at = nearest
        while at:
            owner[at] = owner[came_from[at]]
            at = came_from[at]
    return sum(weights[owner[j] - 1][j - 1] for j in range(1, columns + 1) if owner[j])
