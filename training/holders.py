"""Step 7: the holder pointer, learned on the frozen vectors of a trained tagger.

    python -m training.holders --checkpoint WORK/base/best.pt --vectors WORK/words.npz --encoder WORK/encoder --data DATA \\
        --more WORK/more.spans.jsonl --output WORK/base/holders.npz

For each role of the annotated news the people of the article and "nobody" are candidates: a softmax over the mentions of people
and nobody, whose loss is that of the probability of all mentions of the holder together (several holders: their mean).
Two networks with one hidden layer read a projection of the encoder's vectors at both ends of the role and of the name, and the
features of ``arabic_news_ner/roles/holder_features.py``, among them what the rules say.

Writes the networks (``holders.npz`` of a pack) with the projection (``projection.first``, ``projection.last`` (inputs, columns),
``projection.bias``), which ``training.pack`` puts into the graph, and prints how many holders are right on the development sets,
with the spans of the annotators, beside what the rules get right there.
"""

from __future__ import annotations

import argparse
import json
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.mentions.spans import Form, MentionSpan
from arabic_news_ner.mentions.words import index_words
from arabic_news_ner.roles.attachment import ResolvedMention, person_place, places_of
from arabic_news_ner.roles.holder_features import FEATURES, pair_features
from arabic_news_ner.tagging.onnx.pieces import PieceEncoder
from arabic_news_ner.tagging.onnx.tagger import UNKNOWN_PIECE
from arabic_news_ner.tagging.onnx.vectors import WordVectors
from arabic_news_ner.tagging.protocol import TaggedRole, TokenizedText
from arabic_news_ner.text.sentences import sentences
from arabic_news_ner.text.tokenize import tokenize
from training.data.batches import collate, group_places, windows
from training.data.constructions import constructions
from training.data.corpora import read_jsonl
from training.data.documents import Document, news_document
from training.data.labels import HOLDER
from training.model.tagger import Tagger, autocast
from training.pack import load_tagger

#: Width of each of the four projections, hidden units of the network of pairs and of that of "nobody".
WIDTH, HIDDEN, HIDDEN_NOBODY = 32, 64, 32


@dataclass
class Example:
    """One article: hidden states (spans, 2, 2 * width) at both ends of its roles and of its people, first and last position
    of each token side by side; features (roles, people, features); the entity of each person mention; the holders of
    each role, empty for nobody; whom the rules give each role to (-1: nobody)."""

    roles: Tensor
    people: Tensor
    features: Tensor
    entities: Tensor
    holders: list[set[int]]
    ruled: list[int]


def _states(
    tagger: Tagger,
    documents: Sequence[Document],
    pieces: PieceEncoder,
    table: WordVectors | None,
    lookup: Tensor | None,
) -> list[tuple[Tensor, Tensor]]:
    per_document = [
        windows(d.units, pieces, 400, "news", table=table, slots=tagger.encoder.slot_count) for d in documents
    ]
    every = [w for rows in per_document for w in rows]
    found: dict[int, tuple[Tensor, Tensor]] = {}
    with torch.inference_mode(), autocast():
        for places in group_places(every, 2048, None):
            b = collate([every[i] for i in places], [])
            hidden = tagger.hidden(b.ids, b.mask, lookup[b.words] if lookup is not None else None)
            states = torch.cat([hidden[b.first], hidden[b.last]], dim=1).half()
            scores = tagger.scores(hidden, b.first, b.last).float()
            sizes = [len(every[i].units) for i in places]
            found.update(zip(places, zip(states.split(sizes), scores.split(sizes), strict=True), strict=True))
    parts = iter([found[i] for i in range(len(every))])
    out = []
    for rows in per_document:
        own = [next(parts) for _ in rows]
        out.append((torch.cat([s for s, _ in own]), torch.cat([s for _, s in own])))
    return out


def example(
    record: dict[str, Any], states: Tensor, scores: Tensor, holder_columns: slice, lexicon: Lexicon
) -> Example | None:
    """The example of an annotated article; ``None`` if it has no roles."""
    text = record["text"]
    tokens = tokenize(text)
    starts = [t.start for t in tokens]
    index = index_words(TokenizedText(text, tokens, sentences(text, tokens)))
    people: list[ResolvedMention] = []
    for s, e, label, _, entity, _ in record["spans"]:
        first, last = index.words_of(s, e)
        if label == "per" and first < last:
            words = tuple(index.folded[first:last])
            people.append(
                ResolvedMention(MentionSpan(s, e, first, last, "PER", None, None, Form(text[s:e], words)), str(entity))
            )
    holders: dict[tuple[int, int], set[int]] = {}
    for s, e, holder in record["roles"]:
        holders.setdefault((s, e), set()).update(() if holder is None else (holder,))
    roles = []
    for s, e in sorted(holders):
        first, last = ends_of(starts, s, e)
        guess = HOLDER[int(scores[first : last + 1, holder_columns].softmax(1).mean(0).argmax())]
        roles.append(TaggedRole(s, e, guess))
    if not roles:
        return None
    places = places_of(index, roles, people, lexicon)
    named = [person_place(p) for p in people]
    rows = torch.tensor([ends_of(starts, p.start, p.end) for p in places], dtype=torch.long)
    columns = torch.tensor([ends_of(starts, p.start, p.end) for p in named], dtype=torch.long).reshape(-1, 2)
    return Example(
        states[rows],
        states[columns],
        torch.from_numpy(pair_features(index, places, named)),
        torch.tensor([int(p.entity) for p in named], dtype=torch.long),
        [holders[s, e] & {int(p.entity) for p in named} for s, e in sorted(holders)],
        [-1 if p.ruled is None else int(p.ruled) for p in places],
    )


def ends_of(starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The first and the last token that a span touches."""
    return bisect_right(starts, start) - 1, bisect_left(starts, end) - 1


def examples(
    tagger: Tagger, records: Iterable[dict[str, Any]], pieces: PieceEncoder, table: WordVectors | None
) -> list[Example]:
    """The examples of articles, read by the tagger in portions."""
    lookup = torch.from_numpy(table.vectors(range(len(table)))) if table else None
    column = tagger.columns("holder")
    lexicon = Lexicon.load()
    every = [r for r in records if r["roles"]]
    out = []
    for at in range(0, len(every), 64):
        part = every[at : at + 64]
        states = _states(tagger, [news_document(r) for r in part], pieces, table, lookup)
        made = (example(r, s, scores, column, lexicon) for r, (s, scores) in zip(part, states, strict=True))
        out += [e for e in made if e is not None]
    return out


class Pointer(nn.Module):
    """The projection and both networks."""

    def __init__(
        self, inputs: int, width: int = WIDTH, hidden: int = HIDDEN, hidden_nobody: int = HIDDEN_NOBODY
    ) -> None:
        super().__init__()
        self.width = width
        self.projection = nn.Linear(inputs, 4 * width)
        self.pair = nn.Linear(3 * width + FEATURES, hidden)
        self.pair_out = nn.Linear(hidden, 1, bias=False)
        self.nobody = nn.Linear(width, hidden_nobody)
        self.nobody_out = nn.Linear(hidden_nobody, 1)
        self.dropout = nn.Dropout(0.2)
        nn.init.normal_(self.projection.weight, std=0.02)

    def spans(self, states: Tensor, part: int) -> Tensor:
        """Vectors (spans, width) from states (spans, 2, inputs)."""
        w = self.width
        first = F.linear(
            states[:, 0],
            self.projection.weight[part * w : (part + 1) * w],
            self.projection.bias[part * w : (part + 1) * w],
        )
        last = F.linear(
            states[:, 1],
            self.projection.weight[(part + 1) * w : (part + 2) * w],
            self.projection.bias[(part + 1) * w : (part + 2) * w],
        )
        return torch.tanh(first + last)

    def forward(self, e: Example) -> Tensor:
        """Log-odds (roles, people + 1), nobody last."""
        role = self.dropout(self.spans(e.roles.float(), 0))
        nobody = self.nobody_out(self.nobody(role).relu())
        if not len(e.people):
            return nobody
        person = self.dropout(self.spans(e.people.float(), 2))
        r, p = len(role), len(person)
        inputs = torch.cat(
            [role[:, None].expand(r, p, -1), person[None].expand(r, p, -1), role[:, None] * person[None], e.features],
            dim=2,
        )
        pairs = self.pair_out(self.dropout(self.pair(inputs).relu()))[..., 0]
        return torch.cat([pairs, nobody], dim=1)

    def arrays(self) -> dict[str, np.ndarray]:
        """What a pack stores."""
        half = self.projection.in_features // 2
        weight = self.projection.weight.detach().numpy().T
        return {
            "projection.first": weight[:half],
            "projection.last": weight[half:],
            "projection.bias": self.projection.bias.detach().numpy(),
            "pair.w": self.pair.weight.detach().numpy().T,
            "pair.b": self.pair.bias.detach().numpy(),
            "pair.out": self.pair_out.weight.detach().numpy()[0],
            "nobody.w": self.nobody.weight.detach().numpy().T,
            "nobody.b": self.nobody.bias.detach().numpy(),
            "nobody.out": self.nobody_out.weight.detach().numpy()[0],
            "nobody.offset": self.nobody_out.bias.detach().numpy(),
        }


def loss_of(e: Example, scores: Tensor) -> Tensor:
    """The loss of each role (roles,)."""
    chances = scores.log_softmax(1)
    out = []
    for row, holders in zip(chances, e.holders, strict=True):
        if not holders:
            out.append(-row[-1])
            continue
        parts = [row[:-1][e.entities == holder].logsumexp(0) for holder in holders]
        out.append(-torch.stack(parts).mean())
    return torch.stack(out)


def answers(e: Example, scores: Tensor) -> list[int]:
    """The entity with the greatest probability for each role, -1 for nobody."""
    chances = scores.softmax(1)
    out = []
    for row in chances:
        by_entity = {-1: float(row[-1])}
        for chance, entity in zip(row[:-1].tolist(), e.entities.tolist(), strict=True):
            by_entity[entity] = by_entity.get(entity, 0.0) + chance
        out.append(max(by_entity, key=lambda k: by_entity[k]))
    return out


def right(found: Sequence[int], e: Example) -> int:
    return sum(f in h if h else f == -1 for f, h in zip(found, e.holders, strict=True))


def train(
    items: list[Example], held: dict[str, list[Example]], width: int, epochs: int, rate: float, seed: int
) -> Pointer:
    """The pointer with averaged weights; the accuracy on ``held`` is printed as it goes on."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Pointer(items[0].roles.shape[2], width)
    averaged = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995)
    )
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    steps = epochs * (len(items) // 16 + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        model.train()
        rng.shuffle(items)
        total = 0.0
        for at in range(0, len(items), 16):
            part = items[at : at + 16]
            losses = torch.cat([loss_of(e, model(e)) for e in part])
            loss = losses.mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averaged.update_parameters(model)
            total += float(losses.sum().detach())
        averaged.eval()
        row: dict[str, float] = {"epoch": epoch, "loss": round(total / sum(len(e.holders) for e in items), 4)}
        with torch.inference_mode():
            for name, rows in held.items():
                row[name] = round(
                    100 * sum(right(answers(e, averaged(e)), e) for e in rows) / sum(len(e.holders) for e in rows), 2
                )
        print(json.dumps(row), flush=True)
    out = averaged.module
    assert isinstance(out, Pointer)
    return out.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, help="words.npz, where the checkpoint was trained with it")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--more", type=Path, help="file that training.data.annotated wrote: further annotated news")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--width", type=int, default=WIDTH, help="of each of the four projections")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument(
        "--constructions", type=int, default=150, help="short articles of written sentences beside them"
    )
    parser.add_argument("--limit", type=int, default=0, help="articles to learn from at most (0: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    tagger = load_tagger(args.checkpoint)
    table = WordVectors(args.vectors.read_bytes()) if args.vectors else None
    pieces = PieceEncoder(Tokenizer.from_file(str(args.encoder / "tokenizer.json")), UNKNOWN_PIECE)
    news = args.data / "news"
    records = [*read_jsonl(news / "train.spans.jsonl"), *(read_jsonl(args.more) if args.more else ())]
    random.Random(args.seed).shuffle(records)
    records = [*records[: args.limit or None], *constructions(args.constructions, args.seed)]
    items = examples(tagger, records, pieces, table)
    held = {name: examples(tagger, read_jsonl(news / f"{name}.spans.jsonl"), pieces, table) for name in ("dev", "dev2")}
    for name, rows in held.items():
        count = sum(len(e.holders) for e in rows)
        print(
            json.dumps(
                {"set": name, "roles": count, "by rules": round(100 * sum(right(e.ruled, e) for e in rows) / count, 2)}
            )
        )
    pointer = train(items, held, args.width, args.epochs, args.rate, args.seed)
    args.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez(args.output, allow_pickle=False, **pointer.arrays())


if __name__ == "__main__":
    main()
