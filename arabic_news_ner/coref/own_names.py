"""Forms with one id in the caller's own list are one entity."""

from __future__ import annotations

from collections.abc import Sequence

from arabic_news_ner.coref.clusters import Clusters
from arabic_news_ner.linking.own_names import OwnNames
from arabic_news_ner.mentions.surface_forms import SurfaceForm


def merge_own_names(clusters: Clusters, forms: Sequence[SurfaceForm], names: OwnNames) -> None:
    """Join the names of one row. A name of several rows joins nothing."""
    first: dict[str, int] = {}
    for form in forms:
        rows = [row for row in names.named(form.words) if row.label == form.label]
        if len(rows) == 1:
            key = f"{rows[0].kb}\t{rows[0].id}"
            if key in first:
                clusters.join(form.number, first[key], "in your list another name of")
            else:
                first[key] = form.number
