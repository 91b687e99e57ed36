"""The windows of one epoch: annotated news with names swapped and noise, ANERcorp, unlabelled news."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from arabic_news_ner.tagging.onnx.pieces import PieceEncoder
from arabic_news_ner.tagging.onnx.vectors import WordVectors
from arabic_news_ner.text.tokenize import spans
from training.data.batches import Window, windows
from training.data.corpora import read_jsonl
from training.data.documents import Document, LabelledUnit, NamePool, noisy, pseudo_document

#: Positions of a window.
SIZES = (128, 200, 300, 400)


@dataclass(frozen=True)
class Corpora:
    """The annotated documents, and how they are read: the pieces, the table of word vectors, the slots of a token."""

    news: Sequence[Document]
    conll: Sequence[Document]
    pool: NamePool
    pieces: PieceEncoder
    table: WordVectors | None
    slots: int


def epoch_windows(
    corpora: Corpora,
    rng: random.Random,
    swap: float = 0.4,
    noise: float = 0.25,
    sizes: Sequence[int] = SIZES,
) -> list[Window]:
    """The windows of one epoch. ``swap``: share of the articles whose names are swapped; ``noise``: share that is respelled;
    ``sizes``: positions of a window, one of them for each article."""
    news, conll, pool, encoder = corpora.news, corpora.conll, corpora.pool, corpora.pieces
    table, slots = corpora.table, corpora.slots
    out: list[Window] = []
    for document in news:
        if rng.random() < swap:
            document = pool.swap(document, rng, 0.4)
        document = noisy(document, rng, noise)
        out += windows(document.units, encoder, rng.choice(sizes), "news", table=table, slots=slots)
    at = 0
    while at < len(conll):  # sentences follow each other: windows of one to many of them
        many = rng.choice((1, 1, 3, 6, 10))
        units = [u for d in conll[at : at + many] for u in d.units]
        out += windows(units, encoder, 300, "anercorp", table=table, slots=slots)
        at += many
    return out


def sentence_windows(
    conll: list[Document], encoder: PieceEncoder, many: int, table: WordVectors | None, slots: int = 0
) -> list[Window]:
    out: list[Window] = []
    for at in range(0, len(conll), many):
        units = [u for d in conll[at : at + many] for u in d.units]
        out += windows(units, encoder, 500, "anercorp", table=table, slots=slots)
    return out


def pseudo_documents(folder: Path, part: int, parts: int) -> Iterator[Document]:
    """One of ``parts`` equal parts of the texts that ``training.selftrain`` labelled."""
    scores = np.load(folder / "scores.npy", mmap_mode="r")
    at = 0
    for number, record in enumerate(read_jsonl(folder / "texts.jsonl")):
        size = len(spans(record["text"]))
        if number % parts == part:
            yield pseudo_document(number, record["text"], np.array(scores[at : at + size]))
        at += size


def unlabelled(texts: Sequence[str], tokens: int) -> list[Document]:
    """Documents of the first tokens of texts, without labels."""
    out = []
    for number, text in enumerate(texts):
        units, end = [], -1
        for a, b in spans(text)[:tokens]:
            units.append(LabelledUnit([text[a:b]], [a != end], {}, "\n" in (text[end:a] if end >= 0 else "\n"), a, b))
            end = b
        out.append(Document(f"unlabelled{number}", "unlabelled", units))
    return out
