"""Documents to windows of pieces, windows to batches."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from arabic_news_ner.tagging.onnx.pieces import PieceEncoder
from arabic_news_ner.tagging.onnx.vectors import WordVectors
from arabic_news_ner.tagging.onnx.windows import PAD, STOPS, Piece, plan, positions
from training.data.documents import IGNORE, LabelledUnit

MASK = 4
SPECIAL = 5
BLOCKED = -10_000.0
#: Share of the words that lose their vector in training.
UNKNOWN = 0.1


@dataclass
class Window:
    ids: list[Piece]  # pieces, or rows of them
    words: list[int]  # for each piece the row of its word's vector
    first: list[int]
    last: list[int]
    units: list[LabelledUnit]
    corpus: str
    document: str = ""


def windows(
    units: Sequence[LabelledUnit],
    encoder: PieceEncoder,
    size: int,
    corpus: str,
    document: str = "",
    table: WordVectors | None = None,
    slots: int = 0,
) -> list[Window]:
    """Cut a document into windows of at most ``size`` positions as the tagger does (``tagging/onnx/windows.py``), but for the
    context at their sides. ``slots``: a position is a token, with so many of its pieces."""
    encoded: list[tuple[Piece, ...]] = []
    rows: list[tuple[int, ...]] = []
    for unit in units:
        pieces = [positions(piece, slots) for piece in encoder.encode(unit.tokens, unit.blank)]
        encoded.append(tuple(p for piece in pieces for p in piece))
        known = [table.row(token) if table else 0 for token in unit.tokens]
        rows.append(tuple(row for row, piece in zip(known, pieces, strict=True) for _ in piece))
    breaks = [unit.breaks for unit in units]
    ends = [unit.tokens[-1] in STOPS for unit in units]
    return [
        Window(
            [tuple(row) for row in w.ids.tolist()] if slots else w.ids.tolist(),
            w.words.tolist(),
            w.first.tolist(),
            w.last.tolist(),
            list(units[w.start : w.end]),
            corpus,
            document,
        )
        for w in plan(encoded, breaks, ends, size=size, context=0, words=rows, slots=slots)
    ]


def group_places(items: Sequence[Window], pieces: int, rng: random.Random | None) -> list[list[int]]:
    """Batches of about ``pieces`` pieces with padding, of windows of like length, as places in ``items``; shuffled where
    ``rng`` is given."""
    noise = [rng.uniform(0, 24) if rng else 0.0 for _ in items]
    out: list[list[int]] = []
    batch: list[int] = []
    longest = 0
    for place in sorted(range(len(items)), key=lambda i: len(items[i].ids) + noise[i]):
        longest = max(longest, len(items[place].ids))
        if batch and longest * (len(batch) + 1) > pieces:
            out.append(batch)
            batch, longest = [], len(items[place].ids)
        batch.append(place)
    if batch:
        out.append(batch)
    if rng:
        rng.shuffle(out)
    return out


def group(items: Sequence[Window], pieces: int, rng: random.Random | None) -> list[list[Window]]:
    """:func:`group_places`, the windows themselves."""
    return [[items[i] for i in batch] for batch in group_places(items, pieces, rng)]


@dataclass
class Batch:
    ids: torch.Tensor
    mask: torch.Tensor
    first: torch.Tensor
    last: torch.Tensor
    labels: dict[str, torch.Tensor]
    words: torch.Tensor  # the row of the word vector of each piece, as ids
    soft_rows: torch.Tensor | None = None  # units that have a teacher's probabilities
    soft: torch.Tensor | None = None
    masked_at: torch.Tensor | None = None  # flattened places of masked pieces
    masked: torch.Tensor | None = None  # what stood there


def mask_units(window: Window, rng: random.Random, share: float, vocabulary: int) -> tuple[list[Piece], list[int]]:
    """The ids with whole units masked (8 in 10), replaced (1) or kept (1), and the places of these units' pieces."""
    ids: list[Piece] = list(window.ids)
    places: list[int] = []
    slots = len(ids[0]) if isinstance(ids[0], tuple) else 0
    for a, b in zip(window.first, window.last, strict=True):
        if rng.random() < share:
            how = rng.random()
            for i in range(a, b + 1):
                places.append(i)
                if how < 0.9:
                    other = MASK if how < 0.8 else rng.randrange(SPECIAL, vocabulary)
                    (ids[i],) = positions((other,), slots)
    return ids, places


def drop_vectors(window: Window, rng: random.Random, share: float) -> list[int]:
    """The rows of word vectors with a share of the units unknown, as rare words are."""
    words = list(window.words)
    for a, b in zip(window.first, window.last, strict=True):
        if rng.random() < share:
            words[a : b + 1] = [0] * (b + 1 - a)
    return words


def collate(
    batch: list[Window],
    heads: Sequence[str],
    rng: random.Random | None = None,
    hidden: float = 0.0,
    vocabulary: int = 0,
    dropped: float = 0.0,
) -> Batch:
    """One batch; where ``rng`` is given, shares of the units are masked: ``hidden`` of unlabelled windows, whose pieces are
    then to be guessed without their words' vectors, and ``dropped`` of annotated ones, which keep them; and one word in ten
    loses its vector."""
    longest = max(len(w.ids) for w in batch)
    sample = batch[0].ids[0]
    shape = (len(batch), longest, len(sample)) if isinstance(sample, tuple) else (len(batch), longest)
    ids = np.full(shape, PAD, np.int64)
    words = np.zeros((len(batch), longest), np.int64)
    masked_at: list[int] = []
    masked: list[Piece] = []
    for row, w in enumerate(batch):
        seen = w.ids
        known = drop_vectors(w, rng, UNKNOWN) if rng else list(w.words)
        if rng and hidden and w.corpus == "pseudo":
            seen, places = mask_units(w, rng, hidden, vocabulary)
            masked_at += [row * longest + i for i in places]
            masked += [w.ids[i] for i in places]
            for i in places:
                known[i] = 0
        elif rng and dropped:
            seen, _ = mask_units(w, rng, dropped, vocabulary)
        ids[row, : len(w.ids)] = seen
        words[row, : len(w.ids)] = known
    first = [row * longest + i for row, w in enumerate(batch) for i in w.first]
    last = [row * longest + i for row, w in enumerate(batch) for i in w.last]
    labels = {head: torch.tensor([u.labels.get(head, IGNORE) for w in batch for u in w.units]) for head in heads}
    mask = torch.zeros(len(batch), 1, 1, longest)
    mask[:, 0, 0][torch.from_numpy((ids if ids.ndim == 2 else ids[..., 0]) == PAD)] = BLOCKED
    units = [u for w in batch for u in w.units]
    rows = [i for i, u in enumerate(units) if u.soft is not None]
    return Batch(
        torch.from_numpy(ids),
        mask,
        torch.tensor(first),
        torch.tensor(last),
        labels,
        torch.from_numpy(words),
        torch.tensor(rows) if rows else None,
        torch.from_numpy(np.stack([units[i].soft for i in rows]).astype(np.float32)) if rows else None,
        torch.tensor(masked_at) if masked and ids.ndim == 2 else None,
        torch.tensor(masked) if masked and ids.ndim == 2 else None,
    )
