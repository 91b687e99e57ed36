"""BIO tags: the repair policy, tags to spans and back, and the best allowed sequence of scores.

The policy: an ``I-X`` that follows neither ``B-X`` nor ``I-X`` begins a mention, as the CoNLL scorers read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def repair(tags: Sequence[str]) -> list[str]:
    """The same tags with each stray ``I-X`` turned into ``B-X``.

    >>> repair(["I-LOC", "I-LOC", "O", "B-PER", "I-ORG"])
    ['B-LOC', 'I-LOC', 'O', 'B-PER', 'B-ORG']
    """
    out: list[str] = []
    before = "O"
    for tag in tags:
        if tag.startswith("I-") and before[2:] != tag[2:]:
            tag = "B-" + tag[2:]
        out.append(tag)
        before = tag
    return out


def spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """The (first, past the last, type) of each mention of repaired tags, in order.

    >>> spans(["O", "B-PER", "I-PER", "B-LOC"])
    [(1, 3, 'PER'), (3, 4, 'LOC')]
    """
    found: list[tuple[int, int, str]] = []
    start = -1
    for i, tag in enumerate([*repair(tags), "O"]):
        if start >= 0 and not tag.startswith("I-"):
            found.append((start, i, tags[start][2:]))
            start = -1
        if tag.startswith("B-"):
            start = i
    return found


def tags(found: Iterable[tuple[int, int, str]], length: int) -> list[str]:
    """BIO tags of ``length`` units from disjoint spans.

    >>> tags([(1, 3, 'PER')], 4)
    ['O', 'B-PER', 'I-PER', 'O']
    """
    out = ["O"] * length
    for start, end, kind in found:
        out[start] = "B-" + kind
        for i in range(start + 1, end):
            out[i] = "I-" + kind
    return out


def merged(unit_tags: Sequence[str], sizes: Sequence[int]) -> list[str]:
    """The tags of words from the tags of their parts, ``sizes[i]`` parts to word i: the first mention that touches a word is
    its own.

    >>> merged(["O", "B-LOC", "O", "O"], [3, 1])
    ['B-LOC', 'O']
    """
    word_of = [word for word, size in enumerate(sizes) for _ in range(size)]
    found: list[tuple[int, int, str]] = []
    free = 0
    for start, end, kind in spans(unit_tags):
        first, last = max(free, word_of[start]), word_of[end - 1] + 1
        if first < last:
            found.append((first, last, kind))
            free = last
    return tags(found, len(sizes))


def best_sequence(scores: Floats, labels: Sequence[str]) -> list[int]:
    """The allowed label sequence with the highest sum of scores.

    ``scores`` has a row a unit and a column a label; ``labels`` is ``O`` and pairs ``B-X``, ``I-X``. A sequence is
    allowed if :func:`repair` does not change it. If the best labels of the units are an allowed sequence, they are the
    answer. Otherwise Viterbi's algorithm runs over the stretches that can differ. Ties go to the label that comes
    first.
    """
    if len(scores) == 0:
        return []
    greedy: list[int] = scores.argmax(axis=1).tolist()
    opener = [labels.index("B-" + label[2:]) if label.startswith("I-") else -1 for label in labels]
    stray = [
        i
        for i, label in enumerate(greedy)
        if (needs := opener[label]) >= 0 and (i == 0 or greedy[i - 1] not in (needs, label))
    ]
    for start, end in _uncertain(scores, greedy, opener, stray):
        before = greedy[start - 1] if start else 0
        after = greedy[end] if end < len(greedy) else 0
        greedy[start:end] = _viterbi(scores[start:end], opener, before, after)
    return greedy


def _uncertain(
    scores: Floats, greedy: Sequence[int], opener: Sequence[int], stray: Sequence[int]
) -> list[tuple[int, int]]:
    """The stretches (first, past the last) in which the best allowed sequence may differ from the best labels.

    Turning every stray I-X into B-X is an allowed sequence; its score loss bounds the loss of the best allowed
    sequence. The best sequence differs only in runs that touch a stray label, so a run ends where its units would lose
    more than this bound. The ends of the runs come from the running sum of the least losses of the units, so the work
    is linear in the text.
    """
    if not stray:
        return []
    at = np.array(stray)
    labels = np.array([greedy[i] for i in stray])
    loss = float((scores[at, labels] - scores[at, np.array(opener)[labels]]).sum(dtype=np.float64))
    loss += 1e-9 * len(scores) * (1 + loss)  # sums of so many numbers are exact to less than that
    top = np.partition(scores, -2, axis=1)
    spent = np.concatenate([[0.0], np.cumsum(top[:, -1] - top[:, -2], dtype=np.float64)])
    # the run may hold the stray label itself or end right before it
    starts = np.searchsorted(spent, spent[at] - loss, side="left").tolist()
    ends = np.maximum(np.searchsorted(spent, spent[at] + loss, side="right") - 1, at + 1).tolist()
    out: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _viterbi(scores: Floats, opener: Sequence[int], before: int, after: int) -> list[int]:
    """The best allowed labels between the labels ``before`` and ``after``; ``opener[j]`` is the column of B-X where column j is
    I-X, -1 elsewhere."""
    forbidden = float("-inf")
    best = [
        s if needs < 0 or before in (needs, j) else forbidden
        for j, (needs, s) in enumerate(zip(opener, scores[0].tolist(), strict=True))
    ]
    back: list[list[int]] = []
    for row in scores[1:].tolist():
        top = max(range(len(best)), key=best.__getitem__)
        pointers: list[int] = []
        values: list[float] = []
        for j, needs in enumerate(opener):
            come = top if needs < 0 else needs if best[needs] >= best[j] else j
            pointers.append(come)
            values.append(best[come] + row[j])
        back.append(pointers)
        best = values
    last = range(len(best)) if opener[after] < 0 else (opener[after], after)
    at = max(last, key=best.__getitem__)
    path = [at]
    for pointers in reversed(back):
        at = pointers[at]
        path.append(at)
    path.reverse()
    return path
