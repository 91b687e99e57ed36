"""Decoding and scores while training: quick, on the development sets."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from arabic_news_ner.tagging.bio import best_sequence, spans
from arabic_news_ner.tagging.onnx.pieces import PieceEncoder
from arabic_news_ner.tagging.onnx.vectors import WordVectors
from training.data.batches import Window, collate, group_places, windows
from training.data.corpora import read_jsonl
from training.data.documents import Document, news_document
from training.data.epochs import sentence_windows
from training.data.labels import ANERCORP, NEWS
from training.model.tagger import Tagger, autocast


def predict(tagger: Tagger, items: Sequence[Window], lookup: torch.Tensor | None = None) -> list[np.ndarray]:
    """The scores (units, all heads) of each window."""
    tagger.eval()
    found: dict[int, np.ndarray] = {}
    with torch.inference_mode(), autocast():
        for places in group_places(items, 2048, None):
            b = collate([items[i] for i in places], [])
            vectors = lookup[b.words] if lookup is not None else None
            scores = tagger(b.ids, b.mask, b.first, b.last, vectors).float().numpy()
            ends = np.cumsum([len(items[i].units) for i in places])[:-1]
            found.update(zip(places, np.split(scores, ends), strict=True))
    tagger.train()
    return [found[i] for i in range(len(items))]


def f1(hits: int, found: int, wanted: int) -> float:
    return 200 * hits / max(1, found + wanted)


def evaluate(
    tagger: Tagger,
    news: list[Window],
    gold: dict[str, set[tuple[int, int, str]]],
    anercorp: list[Window],
    lookup: torch.Tensor | None = None,
) -> dict[str, float]:
    scores = predict(tagger, [*news, *anercorp], lookup)
    kinds = ("PER", "ORG", "LOC")
    hits, found, wanted = (dict.fromkeys(kinds, 0) for _ in range(3))
    answers: dict[str, set[tuple[int, int, str]]] = {}
    rights = {"subtype": [0, 0], "prefix": [0, 0], "holder": [0, 0]}
    roles = [0, 0, 0]
    for window, s in zip(news, scores[: len(news)], strict=True):
        tags = [NEWS[i] for i in best_sequence(s[:, tagger.columns("news")], NEWS)]
        for head, count in rights.items():
            wanted_labels = np.array([u.labels.get(head, -100) for u in window.units])
            at = wanted_labels >= 0
            count[0] += int((s[at, tagger.columns(head)].argmax(1) == wanted_labels[at]).sum())
            count[1] += int(at.sum())
        names = ["O", "B-ROLE", "I-ROLE"]
        mine = set(spans([names[i] for i in best_sequence(s[:, tagger.columns("role")], names)]))
        theirs = set(spans([names[u.labels["role"]] for u in window.units]))
        roles = [roles[0] + len(mine & theirs), roles[1] + len(mine), roles[2] + len(theirs)]
        prefix = s[:, tagger.columns("prefix")].argmax(1)
        for a, b, kind in spans(tags):
            start = window.units[a].start + int(prefix[a])
            answers.setdefault(window.document, set()).add((start, window.units[b - 1].end, kind))
    for document, wanted_spans in gold.items():
        mine = answers.get(document, set())
        for kind in kinds:
            g = {x for x in wanted_spans if x[2] == kind}
            m = {x for x in mine if x[2] == kind}
            hits[kind] += len(g & m)
            found[kind] += len(m)
            wanted[kind] += len(g)
    report = {f"news {k}": f1(hits[k], found[k], wanted[k]) for k in kinds}
    report["news"] = f1(sum(hits.values()), sum(found.values()), sum(wanted.values()))
    report["role"] = f1(*roles)
    for head, (right, total) in rights.items():
        report[head] = 100 * right / max(1, total)
    counts = [0, 0, 0]
    for window, s in zip(anercorp, scores[len(news) :], strict=True):
        tags = [ANERCORP[i] for i in best_sequence(s[:, tagger.columns("anercorp")], ANERCORP)]
        bounds = [i for i, u in enumerate(window.units) if u.breaks] + [len(window.units)]
        if bounds[0]:
            bounds.insert(0, 0)
        for start, end in itertools.pairwise(bounds):
            mine = set(spans(tags[start:end]))
            theirs = set(spans([ANERCORP[u.labels["anercorp"]] for u in window.units[start:end]]))
            counts = [counts[0] + len(mine & theirs), counts[1] + len(mine), counts[2] + len(theirs)]
    report["anercorp"] = f1(*counts)
    return {k: round(v, 2) for k, v in report.items()}


class Development:
    """What a run is watched on: the development articles and ANERcorp's last sentences."""

    def __init__(
        self, data: Path, conll: list[Document], encoder: PieceEncoder, table: WordVectors | None, slots: int
    ) -> None:
        self.news: list[Window] = []
        self.gold: dict[str, set[tuple[int, int, str]]] = {}
        for record in read_jsonl(data / "news" / "dev.spans.jsonl"):
            document = news_document(record)
            self.news += windows(document.units, encoder, 320, "news", document.id, table, slots)
            self.gold[document.id] = {(s, e, kind.upper()) for s, e, kind, *_ in record["spans"]}
        self.conll = sentence_windows(conll, encoder, 8, table, slots)

    def report(self, tagger: Tagger, lookup: torch.Tensor | None) -> dict[str, float]:
        return evaluate(tagger, self.news, self.gold, self.conll, lookup)
