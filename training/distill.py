"""Step 6: distillation. A small tagger (student) learns from a large one (teacher), layer by layer.

    python -m training.distill --teacher WORK/d/best.pt --teacher-vectors WORK/words.npz \\
        --vectors WORK/words_fast.npz --encoder WORK/encoder --data DATA --output WORK/fast [--resume]

The student reads whole tokens and has fewer and narrower layers, taken from the teacher: evenly spread layers, and in
each layer the inner units with the largest contribution on training articles. It learns three things from each text:
the labels where
there are any, the teacher's probabilities (Hinton et al. 2015, temperature 2), and the teacher's hidden states of each
token after each of its layers (Jiao et al. 2020, "TinyBERT"), which carry much more information than the few names of a
text.

The texts are the annotated articles with names swapped and noise, ANERcorp, and unlabelled news. They are taken in chunks: the
teacher reads a chunk once, the student three times, with other words masked.

Writes ``checkpoint.pt``, ``best.pt``, ``last.pt`` and ``log.jsonl`` as ``training.finetune`` does.
"""

from __future__ import annotations

import argparse
import copy
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from arabic_news_ner.tagging.onnx.pieces import PieceEncoder
from arabic_news_ner.tagging.onnx.tagger import UNKNOWN_PIECE
from arabic_news_ner.tagging.onnx.vectors import WordVectors
from training.data.batches import Batch, Window, collate, group_places, windows
from training.data.corpora import read_jsonl
from training.data.documents import NamePool, conll_documents, fine_classes, news_document
from training.data.epochs import Corpora, epoch_windows, unlabelled
from training.data.labels import SOFT_HEADS, head_sizes
from training.evaluate import Development
from training.losses import WEIGHTS, hard_loss, soft_loss
from training.model.restore import check_pieces, init_from, load
from training.model.tagger import Encoder, Tagger, autocast, evenly
from training.model.watch import watched
from training.pack import load_tagger
from training.trainer import Settings, Trainer, add_arguments

#: The temperature of both models' probabilities.
TEMPERATURE = 2.0
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
    """For each layer of the student, the layer of the teacher whose output it learns: the layer before the source of
    the student's next layer.

    >>> sources(6, 12)
    [1, 3, 6, 8, 10, 11]
    """
    return [at - 1 for at in evenly(layers, of)[1:]] + [of - 1]


def at_units(layers: Sequence[torch.Tensor], batch: Batch) -> torch.Tensor:
    """Hidden states of the units, (units, layers, width): the mean of their first and last position."""
    return torch.stack([(x[batch.first] + x[batch.last]) / 2 for x in (layer.flatten(0, 1) for layer in layers)], dim=1)


@dataclass
class Lesson:
    """The output of the teacher for one window: hidden states (units, layers, width) and probabilities (units,
    columns), float16."""

    states: torch.Tensor
    probabilities: torch.Tensor


def teach(teacher: Reader, items: Sequence[Window], layers: int) -> list[Lesson]:
    """The teacher's lesson on each window."""
    tagger = teacher.tagger
    picked = sources(layers, len(tagger.encoder.layers))
    found: dict[int, Lesson] = {}
    with torch.inference_mode(), autocast():
        for places in group_places(items, 2048, None):
            b = collate([items[i] for i in places], [])
            outputs = teacher.layers(b)
            states = at_units([outputs[i] for i in picked], b).half()
            scores = tagger.scores(outputs[-1].flatten(0, 1), b.first, b.last).float()
            soft = torch.cat([F.softmax(scores[:, tagger.columns(h)] / TEMPERATURE, dim=1) for h in SOFT_HEADS], dim=1)
            at = 0
            for place in places:
                to = at + len(items[place].units)
                found[place] = Lesson(states[at:to].clone(), soft[at:to].half())
                at = to
    return [found[i] for i in range(len(items))]


def inner_units(teacher: Reader, items: list[Window]) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """For each layer the mean and the root of the mean square (inner,) of its inner units over windows."""
    modules = [layer.down for layer in teacher.tagger.encoder.stack]
    sums = [torch.zeros(2, module.in_features) for module in modules]
    counts = [0] * len(modules)

    def see(place: int, given: torch.Tensor) -> None:
        given = given.float()
        sums[place] += torch.stack([given.sum(0), given.square().sum(0)])
        counts[place] += len(given)

    with watched(dict(enumerate(modules)), see):
        for window in items:
            teacher.layers(collate([window], []))
    means = [both / count for both, count in zip(sums, counts, strict=True)]
    return [(mean, squares.sqrt()) for mean, squares in means]


def cut(teacher: Reader, items: list[Window], layers: int, inner: int, slots: int, dropout: float) -> Tagger:
    """A student cut out of the teacher; ``items``: windows that say which inner units are strong."""
    source = teacher.tagger
    seen = inner_units(teacher, items)
    small = copy.deepcopy(source)
    small.prune_layers(layers)
    small.prune_ffn(inner, [seen[i] for i in evenly(layers, len(source.encoder.layers))])
    words = source.encoder.word.num_embeddings
    encoder = Encoder(words, layers=layers, inner=inner, slots=slots, dropout=dropout)
    student = Tagger(encoder, source.sizes, dropout=dropout, vectors=teacher.table.width)
    state = student.state_dict()
    student.load_state_dict({**state, **{n: v for n, v in small.state_dict().items() if n in state}})
    return student


def take_embeddings(student: Tagger, source: Path) -> None:
    """Give a student what an earlier one (``best.pt`` or a pack) has before its layers: it read whole tokens already.

    :raises SystemExit: if the earlier one has other slots or vectors.
    """
    own = student.state_dict()
    for name, value in load(source)[0].items():
        if name.startswith(("encoder.", "vectors.")) and ".layers." not in name:
            rows = len(value) if "position" in name else None  # a pack has those of its windows
            if name not in own or own[name][:rows].shape != value.shape:
                raise SystemExit(f"{source}: {name} does not fit; it needs the same slots and vectors")
            own[name][:rows] = value


@dataclass
class Round:
    """What the student reads in one round, the teacher's window of each of its windows, and the batches as places in both."""

    mine: list[Window]
    theirs: list[Window]
    batches: list[list[int]]


class Rounds:
    """The rounds of a run: the annotated texts, and with each round other unlabelled ones."""

    def __init__(
        self, corpora: Corpora, texts: Sequence[str], teacher_table: WordVectors, args: argparse.Namespace
    ) -> None:
        self._corpora, self._texts, self._args = corpora, texts, args
        self._teacher_corpora = replace(corpora, table=teacher_table, slots=0)

    def round(self, turn: int) -> Round:
        """Round number ``turn``, the same at each call."""
        args, pieces = self._args, self._corpora.pieces
        rng = random.Random(1000 * args.seed + turn)
        theirs = epoch_windows(self._teacher_corpora, rng)
        start = turn * args.articles % len(self._texts)
        for document in unlabelled(self._texts[start : start + args.articles], 300):
            theirs += windows(document.units, pieces, 400, "unlabelled", table=self._teacher_corpora.table)
        mine = [self.of_student(window) for window in theirs]
        return Round(mine, theirs, group_places(mine, args.tokens, rng))

    def of_student(self, window: Window) -> Window:
        """The units of a teacher's window as the student reads them, in one window."""
        c = self._corpora
        (own,) = windows(window.units, c.pieces, STUDENT_SIZE, window.corpus, table=c.table, slots=c.slots)
        return own


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser, rate=5e-4, average=0.998)
    parser.add_argument("--teacher", type=Path, required=True, help="best.pt of the large model")
    parser.add_argument("--teacher-vectors", type=Path, required=True, help="words.npz that it was trained with")
    parser.add_argument(
        "--vectors", type=Path, required=True, help="words.npz of the student: the same, or a smaller table of the same"
    )
    parser.add_argument("--init", type=Path, help="best.pt or pack of an earlier student: its weights to begin with")
    parser.add_argument(
        "--embeddings", type=Path, help="best.pt or pack of an earlier student: its embeddings to begin with"
    )
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--inner", type=int, default=480)
    parser.add_argument("--slots", type=int, default=4)
    parser.add_argument("--steps", type=int, default=4500)
    parser.add_argument("--tokens", type=int, default=2000, help="tokens a batch, padding included")
    parser.add_argument("--chunk", type=int, default=60, help="batches that the teacher reads at once")
    parser.add_argument("--times", type=int, default=3, help="how often the student reads a chunk")
    parser.add_argument(
        "--articles", type=int, default=2500, help="unlabelled articles with each round of the annotated"
    )
    parser.add_argument("--match", type=float, default=1.0, help="weight of the hidden states")
    parser.add_argument("--dropout", type=float, default=0.05)
    parser.add_argument("--drop-words", type=float, default=0.05, help="share of the words masked for the student")
    return parser.parse_args()


def optimizer_of(tagger: Tagger, rate: float) -> torch.optim.Optimizer:
    """One rate for all weights; only matrices decay."""
    groups = [
        {
            "params": [p for p in tagger.parameters() if (p.ndim > 1) == decays],
            "weight_decay": 0.01 * decays,
            "base": rate,
        }
        for decays in (True, False)
    ]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), eps=1e-6, fused=True)


def losses_of(
    student: Reader,
    batch: Batch,
    lessons: Sequence[Lesson],
    columns: dict[str, slice],
    spread: torch.Tensor,
    match: float,
) -> dict[str, torch.Tensor]:
    """The losses of one batch: of its labels, of the teacher's probabilities and of its hidden states."""
    with autocast():
        outputs = student.layers(batch)
        hidden = student.tagger.dropout(outputs[-1]).flatten(0, 1)
        scores = student.tagger.scores(hidden, batch.first, batch.last)
        states = at_units(outputs, batch)
    scores = scores.float()
    losses = {head: WEIGHTS[head] * part for head, part in hard_loss(scores, batch.labels, columns).items()}
    soft = torch.cat([lesson.probabilities for lesson in lessons]).float()
    losses["soft"] = soft_loss(scores, soft, columns, TEMPERATURE) / len(scores)
    wanted = torch.cat([lesson.states for lesson in lessons]).float()
    losses["match"] = match * ((states.float() - wanted).square() / spread).mean()
    return losses


def main() -> None:
    args = parse_arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    pieces = PieceEncoder(Tokenizer.from_file(str(args.encoder / "tokenizer.json")), UNKNOWN_PIECE)
    teacher = Reader(load_tagger(args.teacher), WordVectors(args.teacher_vectors.read_bytes()))
    table = WordVectors(args.vectors.read_bytes())
    records = list(read_jsonl(args.data / "news" / "train.spans.jsonl"))
    records += list(read_jsonl(args.more)) if args.more else []
    news = [news_document(r) for r in records]
    fine = fine_classes(args.data)
    conll, conll_dev = conll_documents(args.data, fine)
    texts = [r["text"] for r in read_jsonl(args.data / "unlabelled" / "news.jsonl.xz") if len(r["text"]) > 200]
    random.Random(args.seed).shuffle(texts)
    corpora = Corpora(news, conll, NamePool(records), pieces, table, args.slots)
    rounds = Rounds(corpora, texts, teacher.table, args)
    development = Development(args.data, conll_dev, pieces, table, args.slots)
    heads = head_sizes(fine)
    columns = {head: teacher.tagger.columns(head) for head in heads}
    sample = [w for document in news[::60] for w in windows(document.units, pieces, 400, "news", table=teacher.table)]
    student = Reader(cut(teacher, sample, args.layers, args.inner, args.slots, args.dropout), table)
    for source in filter(None, (args.init, args.embeddings)):
        check_pieces(source, args.encoder)
    if args.init:
        init_from(student.tagger, load(args.init))
    if args.embeddings:
        take_embeddings(student.tagger, args.embeddings)
    settings = Settings(args.output, args.steps, args.minutes, args.average, warmup=0.04)
    trainer = Trainer(
        student.tagger,
        optimizer_of(student.tagger, args.rate),
        settings,
        lambda t: development.report(t, student.lookup),
        {"heads": heads, "fine": fine},
    )
    place = trainer.resume() if args.resume else {}
    trainer.log({"arguments": {k: str(v) for k, v in vars(args).items()}, "steps": args.steps, "news": len(news)})
    turn, at, spread = place.get("turn", 0), place.get("at", 0), place.get("spread")
    reading = rounds.round(turn)
    while trainer.progress < 1:
        if at >= len(reading.batches):
            turn, at = turn + 1, 0
            reading = rounds.round(turn)
        chunk = reading.batches[at : at + args.chunk]
        at += len(chunk)
        places = [i for batch in chunk for i in batch]
        lessons = dict(zip(places, teach(teacher, [reading.theirs[i] for i in places], args.layers), strict=True))
        if spread is None:
            spread = torch.cat([lesson.states for lesson in lessons.values()]).float().var(0)
        print(f"{len(places)} windows read by the teacher, {trainer.seconds:.0f}s", flush=True)
        student.tagger.train()
        for time_read in range(args.times):
            rng = random.Random(f"{args.seed} {turn} {at} {time_read}")
            for batch_places in rng.sample(chunk, len(chunk)):
                if trainer.progress >= 1:
                    break
                windows_read = [reading.mine[i] for i in batch_places]
                vocabulary = student.tagger.encoder.word.num_embeddings
                batch = collate(windows_read, list(heads), rng, vocabulary=vocabulary, dropped=args.drop_words)
                taught = [lessons[i] for i in batch_places]
                trainer.step(losses_of(student, batch, taught, columns, spread, args.match))
        trainer.evaluate({"turn": turn, "at": at, "spread": spread})


if __name__ == "__main__":
    main()
