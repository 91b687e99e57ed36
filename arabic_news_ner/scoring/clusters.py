"""How well mentions are gathered into entities: B3 and the entity-based CEAF.

Bagga and Baldwin, Algorithms for scoring coreference chains (1998); Luo, On coreference resolution performance metrics
(2005). Clusters are sets of mentions of one text; no mention is in two clusters of one side.

A mention that only one side has gets nothing in B3 and lowers CEAF, so both hold the errors of the tagger, too.
:func:`common` leaves the mentions that both sides have, which shows the merging alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set
from typing import TypeVar

from arabic_news_ner.scoring.annotation import Annotation
from arabic_news_ner.scoring.matching import greatest_weight
from arabic_news_ner.scoring.measures import NOTHING, Score

Mention = TypeVar("Mention", bound=Hashable)


def b3(gold: Sequence[Set[Mention]], answer: Sequence[Set[Mention]]) -> Score:
    """B3 of one text: each mention gives the share of its cluster that is in its cluster on the other side.

    >>> score = b3([{1, 2, 3}], [{1, 2}, {3}])
    >>> score.precision, round(score.recall, 3)
    (1.0, 0.556)
    """
    return Score(_shares(answer, gold), sum(map(len, answer)), _shares(gold, answer), sum(map(len, gold)))


def _shares(mine: Sequence[Set[Mention]], theirs: Sequence[Set[Mention]]) -> float:
    return sum(len(a & b) ** 2 / len(a) for a in mine if a for b in theirs)


def ceaf_e(gold: Sequence[Set[Mention]], answer: Sequence[Set[Mention]]) -> Score:
    """CEAF of one text with Luo's similarity φ4 = 2|G ∩ A| / (|G| + |A|) under the best one-to-one alignment.

    >>> score = ceaf_e([{1, 2, 3}], [{1, 2}, {3}])
    >>> round(score.precision, 3), round(score.recall, 3)
    (0.4, 0.8)
    """
    similarity = greatest_weight([[_phi4(g, a) for a in answer] for g in gold])
    return Score.of(similarity, len(answer), len(gold))


def _phi4(one: Set[Mention], other: Set[Mention]) -> float:
    size = len(one) + len(other)
    return 2 * len(one & other) / size if size else 0.0


def common(
    gold: Sequence[Set[Mention]], answer: Sequence[Set[Mention]]
) -> tuple[list[Set[Mention]], list[Set[Mention]]]:
    """Both sides without the mentions that the other lacks, and without what is empty then."""
    both = {m for cluster in gold for m in cluster} & {m for cluster in answer for m in cluster}
    return [kept for c in gold if (kept := c & both)], [kept for c in answer if (kept := c & both)]


def score_clusters(gold: Sequence[Annotation], answers: Sequence[Annotation]) -> dict[str, Score]:
    """B3 and CEAF-e over all texts: over all mentions, and (``*_found``) over those that the answer has right."""
    scores = dict.fromkeys(("b3", "ceaf_e", "b3_found", "ceaf_e_found"), NOTHING)
    for truth, answer in zip(gold, answers, strict=True):
        true, mine = [e.mentions for e in truth.entities], [e.mentions for e in answer.entities]
        both = common(true, mine)
        for name, value in (
            ("b3", b3(true, mine)),
            ("ceaf_e", ceaf_e(true, mine)),
            ("b3_found", b3(*both)),
            ("ceaf_e_found", ceaf_e(*both)),
        ):
            scores[name] += value
    return scores
