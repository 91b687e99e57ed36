"""CoNLL scoring of BIO tags: a mention is right where its words and its type are.

A mention is read as the CoNLL-2003 scorer (conlleval) and seqeval in its default mode read it: B-X begins one, I-X goes
on with a mention of type X and begins one after anything else.
"""

from __future__ import annotations

from collections.abc import Sequence

from arabic_news_ner.scoring.measures import Score, tally
from arabic_news_ner.tagging import bio


def bio_spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """(first word, past the last word, type) of each mention.

    >>> sorted(bio_spans(["I-LOC", "B-LOC", "I-PER", "O"]))
    [(0, 1, 'LOC'), (1, 2, 'LOC'), (2, 3, 'PER')]
    """
    return set(bio.spans(tags))


def score_tags(gold: Sequence[Sequence[str]], answers: Sequence[Sequence[str]]) -> dict[str, Score]:
    """Mentions over all sentences, for ``"all"`` and each type.

    :raises ValueError: if the numbers of sentences or of tags in one differ.
    """
    pairs = []
    for true, answer in zip(gold, answers, strict=True):
        if len(true) != len(answer):
            raise ValueError(f"{len(answer)} tags for a sentence of {len(true)} words")
        pairs.append((bio_spans(true), bio_spans(answer)))
    return tally(pairs, lambda span: span[2])
