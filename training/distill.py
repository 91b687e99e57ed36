"""Step 6: a small tagger that learns from a large one what it sees, layer by layer.

    python -m training.distill --teacher WORK/d/best.pt --teacher-vectors WORK/words.npz --student WORK/fast.pt \\
        --vectors WORK/words_fast.npz --encoder WORK/encoder --data DATA --output WORK/fast [--resume]

The student reads whole tokens and has fewer and narrower layers, cut out of the teacher: the layers evenly spread, and in
each the inner units that add most to what it gives on training articles. It learns three things of each text: the labels where
there are any, the teacher's probabilities (Hinton et al. 2015, temperature 2), and the teacher's hidden states of each
token after each of its layers (Jiao et al. 2020, "TinyBERT"), which say much more of a text than its few names do.

The texts are the annotated articles with names swapped and noise, ANERcorp, and unlabelled news. They are taken in lots: the
teacher reads a lot once, the student three times, with other words masked.

Writes ``checkpoint.pt``, ``best.pt`` and ``log.jsonl`` as ``training.finetune`` does.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from arabic_news_ner.tagging.onnx.pieces import PieceEncoder
from arabic_news_ner.tagging.onnx.vectors import WordVectors
from arabic_news_ner.text.tokenize import spans
from training.batches import Batch, Window, collate, group, windows
from training.corpora import read_jsonl
from training.documents import Document, NamePool, Unit, conll_documents, fine_classes, news_document
from training.finetune import WEIGHTS, Development, epoch_windows, hard_loss, head_sizes, soft_loss, worth
from training.model import Encoder, Layer, Tagger, autocast, evenly
from training.pack import load_tagger
from training.restore import load
from training.selftrain import SOFT_HEADS

#: The temperature of both models' probabilities.
HEAT = 2.0
#: Positions of a student's window: more than any of the teacher's windows has tokens.
STUDENT_SIZE = 512


@dataclass
class Reader:
    """A tagger with the table of the word vectors that it was trained with."""

    tagger: Tagger
    table: WordVectors

    def __post_init__(self) -> None:
        self.lookup = torch.from_numpy(self.table.vectors(range(len(self.table))))

    def layers(self, batch: Batch) -> list[torch.Tensor]:
        """What each layer gives, (batch, length, width)."""
        assert self.tagger.vectors is not None
        return self.tagger.encoder.outputs(batch.ids, batch.mask, self.tagger.vectors(self.lookup[batch.words]))


def sources(layers: int, of: int) -> list[int]:
    """After which of the teacher's layers each layer of the student should have come: just before the layer that the student's
    next one was cut out of.

    >>> sources(6, 12)
    [1, 3, 6, 8, 10, 11]
    """
    return [at - 1 for at in evenly(layers, of)[1:]] + [of - 1]


def at_units(layers: Sequence[torch.Tensor], batch: Batch) -> torch.Tensor:
    """Hidden states of the units, (units, layers, width): the mean of their first and last position."""
    return torch.stack([(x[batch.first] + x[batch.last]) / 2 for x in (layer.flatten(0, 1) for layer in layers)], dim=1)


@dataclass
class Lesson:
    """What the teacher says of one window: hidden states (units, layers, width) and probabilities (units, columns), float16."""

    states: torch.Tensor
    probabilities: torch.Tensor


def teach(teacher: Reader, items: list[Window], layers: int) -> list[Lesson]:
    """The teacher's lesson on each window."""
    tagger = teacher.tagger
    picked = sources(layers, len(tagger.encoder.layers))
    found: dict[int, Lesson] = {}
    with torch.inference_mode(), autocast():
        for batch in group(items, 2048, None):
            b = collate(batch, [])
            outputs = teacher.layers(b)
            states = at_units([outputs[i] for i in picked], b).half()
            scores = tagger.scores(outputs[-1].flatten(0, 1), b.first, b.last).float()
            soft = torch.cat([F.softmax(scores[:, tagger.columns(h)] / HEAT, dim=1) for h in SOFT_HEADS], dim=1).half()
            at = 0
            for window in batch:
                to = at + len(window.units)
                found[id(window)] = Lesson(states[at:to].clone(), soft[at:to].clone())
                at = to
    return [found[id(window)] for window in items]


def inner_units(teacher: Reader, items: list[Window]) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """For each layer the mean and the root of the mean square (inner,) of its inner units over windows."""
    sums: list[list[torch.Tensor]] = []
    hooks = []

    def watch(place: int, layer: Layer) -> None:
        sums.append([torch.zeros(layer.up.out_features), torch.zeros(layer.up.out_features), torch.zeros(())])

        def hook(_: object, inputs: tuple[torch.Tensor, ...]) -> None:
            x = inputs[0].flatten(0, -2).float()
            sums[place][0] += x.sum(0)
            sums[place][1] += x.square().sum(0)
            sums[place][2] += len(x)

        hooks.append(layer.down.register_forward_pre_hook(hook))

    for place, layer in enumerate(teacher.tagger.encoder.layers):
        assert isinstance(layer, Layer)
        watch(place, layer)
    with torch.inference_mode():
        for window in items:
            teacher.layers(collate([window], []))
    for h in hooks:
        h.remove()
    return [(total / count, (squares / count).sqrt()) for total, squares, count in sums]


def cut(teacher: Reader, items: list[Window], layers: int, inner: int, slots: int, dropout: float) -> Tagger:
    """A student cut out of the teacher; ``items``: windows that say which inner units are strong."""
    source = teacher.tagger
    seen = inner_units(teacher, items)
    small = copy.deepcopy(source)
    small.thin(layers)
    small.narrow(inner, [seen[i] for i in evenly(layers, len(source.encoder.layers))])
    words = source.encoder.word.num_embeddings
    encoder = Encoder(words, layers=layers, inner=inner, slots=slots, dropout=dropout)
    student = Tagger(encoder, source.sizes, dropout=dropout, vectors=teacher.table.width)
    state = student.state_dict()
    student.load_state_dict({**state, **{n: v for n, v in small.state_dict().items() if n in state}})
    return student


def take_embeddings(student: Tagger, source: Path) -> None:
    """Give a student what an earlier one (``best.pt`` or a pack) has before its layers: it read whole tokens already.

    :raises SystemExit: where the earlier one has other slots or vectors.
    """
    own = student.state_dict()
    for name, value in load(source)[0].items():
        if name.startswith(("encoder.", "vectors.")) and ".layers." not in name:
            rows = len(value) if "position" in name else None  # a pack has those of its windows
            if name not in own or own[name][:rows].shape != value.shape:
                raise SystemExit(f"{source}: {name} does not fit; it needs the same slots and vectors")
            own[name][:rows] = value


def unlabelled(texts: Sequence[str], tokens: int) -> list[Document]:
    """Documents of the first tokens of texts, without labels."""
    out = []
    for number, text in enumerate(texts):
        units, end = [], -1
        for a, b in spans(text)[:tokens]:
            units.append(Unit([text[a:b]], [a != end], {}, "\n" in (text[end:a] if end >= 0 else "\n"), a, b))
            end = b
        out.append(Document(f"unlabelled{number}", "unlabelled", units))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", type=Path, required=True, help="best.pt of the large model")
    parser.add_argument("--teacher-vectors", type=Path, required=True, help="words.npz that it was trained with")
    parser.add_argument(
        "--vectors", type=Path, required=True, help="words.npz of the student: a smaller table of the same"
    )
    parser.add_argument(
        "--embeddings", type=Path, help="best.pt or pack of an earlier student: its embeddings to begin with"
    )
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--more", type=Path, help="file that training.annotated wrote: further annotated news")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--inner", type=int, default=480)
    parser.add_argument("--slots", type=int, default=4)
    parser.add_argument("--steps", type=int, default=4500)
    parser.add_argument("--tokens", type=int, default=2000, help="tokens a batch, padding included")
    parser.add_argument("--lot", type=int, default=60, help="batches that the teacher reads at once")
    parser.add_argument("--times", type=int, default=3, help="how often the student reads a lot")
    parser.add_argument(
        "--articles", type=int, default=2500, help="unlabelled articles with each round of the annotated"
    )
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--match", type=float, default=1.0, help="weight of the hidden states")
    parser.add_argument("--dropout", type=float, default=0.05)
    parser.add_argument("--drop-words", type=float, default=0.05, help="share of the words masked for the student")
    parser.add_argument("--average", type=float, default=0.998, help="decay of the averaged weights, a step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.output.mkdir(parents=True, exist_ok=True)
    pieces = PieceEncoder(Tokenizer.from_file(str(args.encoder / "tokenizer.json")), 3)
    teacher = Reader(load_tagger(args.teacher), WordVectors(args.teacher_vectors.read_bytes()))
    table = WordVectors(args.vectors.read_bytes())
    records = list(read_jsonl(args.data / "news" / "train.spans.jsonl"))
    records += list(read_jsonl(args.more)) if args.more else []
    news = [news_document(r) for r in records]
    pool = NamePool(records)
    fine = fine_classes(args.data)
    conll, conll_dev = conll_documents(args.data, fine)
    texts = [r["text"] for r in read_jsonl(args.data / "unlabelled" / "news.jsonl.xz") if len(r["text"]) > 200]
    random.Random(args.seed).shuffle(texts)
    development = Development(args.data, conll_dev, pieces, table, args.slots)
    heads = head_sizes(fine)
    columns = {head: teacher.tagger.columns(head) for head in heads}

    def plan(turn: int) -> tuple[list[list[Window]], dict[int, Window]]:
        """The student's batches of one round, and the teacher's window of each of the student's."""
        rng = random.Random(1000 * args.seed + turn)
        items = epoch_windows(news, conll, pool, pieces, rng, 0.4, 0.25, teacher.table, 0)
        start = turn * args.articles % len(texts)
        for document in unlabelled(texts[start : start + args.articles], 300):
            items += windows(document.units, pieces, 400, "unlabelled", table=teacher.table)
        mine: list[Window] = []
        theirs: dict[int, Window] = {}
        for item in items:
            (window,) = windows(item.units, pieces, STUDENT_SIZE, item.corpus, table=table, slots=args.slots)
            mine.append(window)
            theirs[id(window)] = item
        return group(mine, args.tokens, rng), theirs

    student = Reader(
        cut(
            teacher,
            [w for document in news[::60] for w in windows(document.units, pieces, 400, "news", table=teacher.table)],
            args.layers,
            args.inner,
            args.slots,
            args.dropout,
        ),
        table,
    )
    if args.embeddings:
        take_embeddings(student.tagger, args.embeddings)
    averaged = copy.deepcopy(student.tagger)
    optimizer = torch.optim.AdamW(
        [
            {
                "params": [p for p in student.tagger.parameters() if (p.ndim > 1) == decays],
                "weight_decay": 0.01 * decays,
            }
            for decays in (True, False)
        ],
        lr=args.rate,
        betas=(0.9, 0.98),
        eps=1e-6,
        fused=True,
    )
    step, best, elapsed, turn, at = 0, 0.0, 0.0, 0, 0
    spread = torch.zeros(0)
    if args.resume and (args.output / "checkpoint.pt").exists():
        c = torch.load(args.output / "checkpoint.pt", weights_only=True)
        student.tagger.load_state_dict(c["model"])
        averaged.load_state_dict(c["averaged"])
        optimizer.load_state_dict(c["optimizer"])
        step, best, elapsed, turn, at, spread = (c[k] for k in ("step", "best", "elapsed", "turn", "at", "spread"))
    log = open(args.output / "log.jsonl", "a", encoding="utf-8")  # noqa: SIM115
    log.write(json.dumps({"arguments": {k: str(v) for k, v in vars(args).items()}, "news": len(news)}) + "\n")
    began = time.monotonic() - elapsed
    sums: dict[str, float] = {}
    batches, theirs = plan(turn)
    while step < args.steps:
        if at >= len(batches):
            turn, at = turn + 1, 0
            batches, theirs = plan(turn)
        lot = batches[at : at + args.lot]
        at += len(lot)
        mine = [window for batch in lot for window in batch]
        taught = teach(teacher, [theirs[id(w)] for w in mine], args.layers)
        lessons = dict(zip(map(id, mine), taught, strict=True))
        if not len(spread):
            spread = torch.cat([lesson.states for lesson in taught]).float().var(0)
        print(f"lot of {len(mine)} windows read by the teacher, {time.monotonic() - began:.0f}s", flush=True)
        student.tagger.train()
        for time_read in range(args.times):
            rng = random.Random(f"{args.seed} {turn} {at} {time_read}")
            for batch in rng.sample(lot, len(lot)):
                if step >= args.steps:
                    break
                b = collate(
                    batch, list(heads), rng, vocabulary=len(averaged.encoder.word.weight), dropped=args.drop_words
                )
                rate = min(1.0, step / (0.04 * args.steps)) * (
                    0.02 + 0.49 * (1 + math.cos(math.pi * step / args.steps))
                )
                for g in optimizer.param_groups:
                    g["lr"] = args.rate * rate
                with autocast():
                    outputs = student.layers(b)
                    hidden = student.tagger.dropout(outputs[-1]).flatten(0, 1)
                    scores = student.tagger.scores(hidden, b.first, b.last)
                    states = at_units(outputs, b)
                scores = scores.float()
                parts = {head: WEIGHTS[head] * part for head, part in hard_loss(scores, b.labels, columns).items()}
                soft = torch.cat([lessons[id(w)].probabilities for w in batch]).float()
                parts["soft"] = soft_loss(scores, soft, columns, HEAT) / len(scores)
                wanted = torch.cat([lessons[id(w)].states for w in batch]).float()
                parts["match"] = args.match * ((states.float() - wanted).square() / spread).mean()
                loss = torch.stack(list(parts.values())).sum()
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(student.tagger.parameters(), 1.0)
                optimizer.step()
                step += 1
                keep = min(args.average, (step + 1) / (step + 20))
                with torch.no_grad():
                    torch._foreach_lerp_(list(averaged.parameters()), list(student.tagger.parameters()), 1 - keep)
                for name, part in parts.items():
                    sums[name] = sums.get(name, 0.0) + part.item()
                if step % 50 == 0:
                    means = " ".join(f"{k} {v / 50:.4f}" for k, v in sums.items())
                    print(f"{step}/{args.steps} {time.monotonic() - began:.0f}s {means}", flush=True)
                    sums = {}
        report = development.report(averaged, student.lookup)
        row = {"step": step, "round": turn, "seconds": round(time.monotonic() - began), **report}
        print(json.dumps(row), flush=True)
        log.write(json.dumps(row) + "\n")
        log.flush()
        if worth(report) >= best:
            best = worth(report)
            torch.save(
                {"model": averaged.state_dict(), "heads": heads, "fine": fine, "report": row}, args.output / "best.pt"
            )
        temporary = args.output / "checkpoint.tmp"
        torch.save(
            {
                "model": student.tagger.state_dict(),
                "averaged": averaged.state_dict(),
                "optimizer": optimizer.state_dict(),
                "step": step,
                "best": best,
                "elapsed": time.monotonic() - began,
                "turn": turn,
                "at": at,
                "spread": spread,
            },
            temporary,
        )
        temporary.replace(args.output / "checkpoint.pt")


if __name__ == "__main__":
    main()
