"""Step 3: fine-tune the encoder on several corpora at once, one head a corpus.

    python -m training.finetune --encoder WORK/encoder --data DATA --output WORK/a [--epochs 6] [--resume]

With ``--pseudo`` the unlabelled texts that ``training.selftrain`` labelled are learned from as well, a part of them in each
epoch: from a teacher's probabilities, with a share of the words masked, and from guessing these words. ``--init`` begins with
the weights of another run.

Writes ``checkpoint.pt`` (to resume from), ``best.pt`` (averaged weights, best on the news development set) and
``log.jsonl`` (a line an evaluation: step, seconds, loss a head, scores).
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from arabic_news_ner.tagging.onnx.pieces import PieceEncoder
from arabic_news_ner.tagging.onnx.vectors import WordVectors
from arabic_news_ner.text.tokenize import spans
from training.batches import Window, collate, group, windows
from training.corpora import read_jsonl
from training.documents import (
    IGNORE,
    Document,
    NamePool,
    conll_documents,
    fine_classes,
    news_document,
    noisy,
    pseudo_document,
)
from training.evaluate import evaluate
from training.labels import ANERCORP, HOLDER, NEWS, PREFIX, ROLE, SUBTYPE
from training.model import Tagger, autocast, layers_in, load_encoder
from training.restore import begin, load
from training.selftrain import SOFT_HEADS

WEIGHTS = {"news": 1.0, "subtype": 0.5, "role": 0.7, "holder": 0.3, "prefix": 0.3, "anercorp": 1.0, "newsfane": 0.4}


def epoch_windows(
    news: list[Document],
    conll: list[Document],
    pool: NamePool,
    encoder: PieceEncoder,
    rng: random.Random,
    swap: float,
    noise: float,
    table: WordVectors | None,
    slots: int,
) -> list[Window]:
    out: list[Window] = []
    for document in news:
        if rng.random() < swap:
            document = pool.swap(document, rng, 0.4)
        document = noisy(document, rng, noise)
        out += windows(document.units, encoder, rng.choice((128, 200, 300, 400)), "news", table=table, slots=slots)
    at = 0
    while at < len(conll):  # sentences follow each other: windows of one to many of them
        many = rng.choice((1, 1, 3, 6, 10))
        units = [u for d in conll[at : at + many] for u in d.units]
        out += windows(units, encoder, 300, "anercorp", table=table, slots=slots)
        at += many
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


def soft_loss(scores: torch.Tensor, wanted: torch.Tensor, columns: dict[str, slice], heat: float = 1.0) -> torch.Tensor:
    """Cross entropy to a teacher's probabilities (units, columns of :data:`SOFT_HEADS`), summed over units, each head where
    the teacher sees something for it to say. ``heat``: the temperature of the student's probabilities, as of the teacher's.
    """
    at = 0
    total = torch.zeros(())
    parts: dict[str, torch.Tensor] = {}
    for head in SOFT_HEADS:
        size = columns[head].stop - columns[head].start
        parts[head] = wanted[:, at : at + size]
        at += size
    outside, role = parts["news"][:, 0], 1 - parts["role"][:, 0]
    opens = parts["news"][:, 1] + parts["news"][:, 3] + parts["news"][:, 5] + parts["role"][:, 1]
    where = {
        "subtype": 1 - outside - parts["news"][:, 1] - parts["news"][:, 2],
        "holder": role,
        "prefix": opens.clamp(max=1),
    }
    for head, probabilities in parts.items():
        each = -(probabilities * F.log_softmax(scores[:, columns[head]] / heat, dim=1)).sum(1)
        if head in where:
            each = each * where[head]
        total = total + WEIGHTS[head] * each.sum()
    return total * heat**2


def hard_loss(
    scores: torch.Tensor, labels: dict[str, torch.Tensor], columns: dict[str, slice]
) -> dict[str, torch.Tensor]:
    """Cross entropy to the labels of each head that has some here, over the number of units."""
    return {
        head: F.cross_entropy(scores[:, columns[head]], wanted, ignore_index=IGNORE, reduction="sum") / len(wanted)
        for head, wanted in labels.items()
        if (wanted != IGNORE).any()
    }


def sentence_windows(
    conll: list[Document], encoder: PieceEncoder, many: int, table: WordVectors | None, slots: int = 0
) -> list[Window]:
    out: list[Window] = []
    for at in range(0, len(conll), many):
        units = [u for d in conll[at : at + many] for u in d.units]
        out += windows(units, encoder, 500, "anercorp", table=table, slots=slots)
    return out


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


def worth(report: dict[str, float]) -> float:
    """What the best weights of a run are chosen by."""
    return report["news"] + 0.2 * report["role"] + 0.1 * report["anercorp"]


def head_sizes(fine: list[str]) -> dict[str, int]:
    """The heads of a tagger while it is trained, ``fine`` the classes of NewsFANE, with their numbers of labels."""
    return {
        "news": len(NEWS),
        "subtype": len(SUBTYPE),
        "role": len(ROLE),
        "holder": len(HOLDER),
        "prefix": len(PREFIX),
        "anercorp": len(ANERCORP),
        "newsfane": len(fine),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--pieces", type=int, default=2000, help="pieces a batch, padding included")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--decay", type=float, default=0.95, help="learning rate of a layer to that of the layer above")
    parser.add_argument(
        "--swap", type=float, default=0.4, help="share of the articles whose names are swapped in an epoch"
    )
    parser.add_argument("--noise", type=float, default=0.25)
    parser.add_argument("--average", type=float, default=0.995, help="decay of the averaged weights, a step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--init", type=Path, help="best.pt of another run, or the folder of a pack, to begin with")
    parser.add_argument("--vectors", type=Path, help="words.npz that training.vectors wrote: a further input")
    parser.add_argument("--layers", type=int, default=0, help="keep so many layers of the encoder (default: all)")
    parser.add_argument("--inner", type=int, default=0, help="keep so many inner units of each layer (default: all)")
    parser.add_argument(
        "--slots", type=int, default=0, help="read whole tokens, with so many of their pieces (default: pieces)"
    )
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--drop-words", type=float, default=0.0, help="share of the words masked in annotated texts")
    parser.add_argument("--more", type=Path, help="file that training.annotated wrote: further annotated news")
    parser.add_argument("--more-times", type=int, default=1, help="how often an epoch has each of these texts")
    parser.add_argument("--pseudo", type=Path, help="folder that training.selftrain wrote")
    parser.add_argument("--hidden", type=float, default=0.15, help="share of the words masked in unlabelled texts")
    parser.add_argument("--guess", type=float, default=0.1, help="weight of guessing the masked pieces")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps (a trial)")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.output.mkdir(parents=True, exist_ok=True)
    pieces = PieceEncoder(Tokenizer.from_file(str(args.encoder / "tokenizer.json")), 3)
    table = WordVectors(args.vectors.read_bytes()) if args.vectors else None
    lookup = torch.from_numpy(table.vectors(range(len(table)))) if table else None
    records = list(read_jsonl(args.data / "news" / "train.spans.jsonl"))
    further = list(read_jsonl(args.more)) if args.more else []
    news = [news_document(r) for r in [*records, *further * args.more_times]]
    records += further
    pool = NamePool(records)
    fine = fine_classes(args.data)
    conll, conll_dev = conll_documents(args.data, fine)
    development = Development(args.data, conll_dev, pieces, table, args.slots)
    heads = head_sizes(fine)
    encoder = load_encoder(args.encoder / "encoder.npz", dropout=args.dropout, slots=args.slots)
    tagger = Tagger(
        encoder,
        heads,
        dropout=args.dropout,
        masked_words=args.pseudo is not None,
        vectors=table.width if table else 0,
    )
    weights = load(args.init) if args.init else None
    thinned = weights is not None and layers_in(weights[0]) == args.layers
    if weights and not thinned:
        begin(tagger, weights)
    if args.layers:
        tagger.thin(args.layers)
    if args.inner:
        tagger.narrow(args.inner)
    if weights and thinned:
        begin(tagger, weights)
    layers = len(tagger.encoder.layers)
    vocabulary = tagger.encoder.word.num_embeddings
    columns = {head: tagger.columns(head) for head in heads}
    averaged = copy.deepcopy(tagger)
    groups = []
    for name, parameter in tagger.named_parameters():
        depth = 0
        if name.startswith("encoder.layers."):
            depth = layers - int(name.split(".")[2]) - 1
        elif name.startswith("encoder."):
            depth = layers
        rate = args.rate * args.decay**depth if name.startswith("encoder.") else 5 * args.rate
        groups.append(
            {"params": [parameter], "lr": rate, "base": rate, "weight_decay": 0.01 if parameter.ndim > 1 else 0.0}
        )
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)

    def plan(epoch: int) -> list[list[Window]]:
        rng = random.Random(1000 * args.seed + epoch)
        items = epoch_windows(news, conll, pool, pieces, rng, args.swap, args.noise, table, args.slots)
        if args.pseudo:
            for document in pseudo_documents(args.pseudo, epoch % args.epochs, args.epochs):
                units = noisy(document, rng, args.noise).units
                items += windows(units, pieces, 400, "pseudo", table=table, slots=args.slots)
        return group(items, args.pieces, rng)

    total = len(plan(0)) * args.epochs
    step, best, elapsed, start_epoch, start_index = 0, 0.0, 0.0, 0, 0
    if args.resume and (args.output / "checkpoint.pt").exists():
        c = torch.load(args.output / "checkpoint.pt", weights_only=True)
        tagger.load_state_dict(c["model"])
        averaged.load_state_dict(c["averaged"])
        optimizer.load_state_dict(c["optimizer"])
        step, best, elapsed, start_epoch, start_index = c["step"], c["best"], c["elapsed"], c["epoch"], c["index"]
    log = open(args.output / "log.jsonl", "a", encoding="utf-8")  # noqa: SIM115
    log.write(
        json.dumps(
            {
                "arguments": {k: str(v) for k, v in vars(args).items()},
                "steps": total,
                "news": len(news),
                "anercorp": len(conll),
                "heads": heads,
            }
        )
        + "\n"
    )
    began = time.monotonic() - elapsed
    tagger.train()
    sums: dict[str, float] = {}
    seen = 0
    for epoch in range(start_epoch, args.epochs):
        batches = plan(epoch)
        for index, batch in enumerate(batches):
            if epoch == start_epoch and index < start_index:
                continue
            rng = random.Random(f"{args.seed} {epoch} {index}")
            b = collate(batch, list(heads), rng, args.hidden, vocabulary, args.drop_words)
            progress = step / total
            scale = min(1.0, step / (0.06 * total)) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))
            for g in optimizer.param_groups:
                g["lr"] = g["base"] * scale
            with autocast():
                hidden = tagger.hidden(b.ids, b.mask, lookup[b.words] if lookup is not None else None)
                scores = tagger.scores(hidden, b.first, b.last)
                guesses = tagger.guesses(hidden[b.masked_at]) if b.masked_at is not None else None
            scores = scores.float()
            loss = torch.zeros(())
            for head, part in hard_loss(scores, b.labels, columns).items():
                loss = loss + WEIGHTS[head] * part
                sums[head] = sums.get(head, 0.0) + part.item()
            if b.soft is not None:
                part = soft_loss(scores[b.soft_rows], b.soft, columns) / len(scores)
                loss = loss + part
                sums["soft"] = sums.get("soft", 0.0) + part.item()
            if guesses is not None:
                part = F.cross_entropy(guesses.float(), b.masked)
                loss = loss + args.guess * part
                sums["guess"] = sums.get("guess", 0.0) + part.item()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimizer.step()
            step += 1
            seen += b.words.numel()
            keep = min(args.average, (step + 1) / (step + 20))
            with torch.no_grad():
                torch._foreach_lerp_(list(averaged.parameters()), list(tagger.parameters()), 1 - keep)
            if step % 50 == 0:
                print(
                    f"{step}/{total} {time.monotonic() - began:.0f}s "
                    + " ".join(f"{k} {v / 50:.4f}" for k, v in sums.items()),
                    flush=True,
                )
                sums = {}
            last = index == len(batches) - 1
            if last or step % 400 == 0:
                report = development.report(averaged, lookup)
                row = {
                    "step": step,
                    "epoch": epoch,
                    "seconds": round(time.monotonic() - began),
                    "pieces": seen,
                    **report,
                }
                print(json.dumps(row), flush=True)
                log.write(json.dumps(row) + "\n")
                log.flush()
                value = worth(report)
                if value >= best:
                    best = value
                    torch.save(
                        {"model": averaged.state_dict(), "heads": heads, "fine": fine, "report": row},
                        args.output / "best.pt",
                    )
                temporary = args.output / "checkpoint.tmp"
                torch.save(
                    {
                        "model": tagger.state_dict(),
                        "averaged": averaged.state_dict(),
                        "optimizer": optimizer.state_dict(),
                        "step": step,
                        "best": best,
                        "elapsed": time.monotonic() - began,
                        "epoch": epoch + last,
                        "index": 0 if last else index + 1,
                    },
                    temporary,
                )
                temporary.replace(args.output / "checkpoint.pt")
            if args.steps and step >= args.steps:
                return


if __name__ == "__main__":
    main()
