"""All measures of annotated texts at once, as plain numbers and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from arabic_news_ner.scoring import clusters, measures
from arabic_news_ner.scoring.annotation import Annotation
from arabic_news_ner.scoring.measures import Score

Scores = dict[str, Score]
#: Percentages and counts by measure and kind, as :func:`as_dict` gives them.
Figures = dict[str, dict[str, dict[str, float]]]
#: The head of the lines of :func:`rows`.
COLUMNS = f"{'':38}{'precision':>10}{'recall':>10}{'F1':>10}{'found':>8}{'wanted':>8}"


def score_texts(gold: Sequence[Annotation], found: Sequence[Annotation]) -> dict[str, Scores]:
    """Every measure of annotated texts, by name and kind. As many answers as true texts, in the same order."""
    return {
        "mentions": measures.score_mentions(gold, found),
        "entity list": measures.score_entity_lists(gold, found),
        "entity list, any form": measures.score_entity_lists(gold, found, any_form=True),
        "subtypes of entities found": measures.score_subtypes(gold, found),
        "roles": {"spans": measures.score_roles(gold, found), "attached": measures.score_attached_roles(gold, found)},
        "clusters": clusters.score_clusters(gold, found),
    }


def as_dict(scores: Mapping[str, Scores]) -> Figures:
    """Percentages with two decimals, and the counts they were made from."""
    return {
        measure: {
            kind: {
                "precision": round(100 * s.precision, 2),
                "recall": round(100 * s.recall, 2),
                "f1": round(100 * s.f1, 2),
                "found": s.found,
                "wanted": s.wanted,
            }
            for kind, s in kinds.items()
        }
        for measure, kinds in scores.items()
    }


def rows(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterator[str]:
    """A line for each measure and kind, under :data:`COLUMNS`."""
    for measure, kinds in figures.items():
        for kind, s in kinds.items():
            name = f"{measure}, {kind}" if kind != "all" else measure
            yield f"{name:38}{s['precision']:10.2f}{s['recall']:10.2f}{s['f1']:10.2f}{s['found']:8}{s['wanted']:8}"
