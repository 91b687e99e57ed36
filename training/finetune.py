"""Step 3: fine-tune the encoder on several corpora at once, one head a corpus.

    python -m training.finetune --encoder WORK/encoder --data DATA --output WORK/a [--epochs 6] [--resume]

With ``--pseudo`` the unlabelled texts that ``training.selftrain`` labelled are learned from as well, a part of them in each
epoch: from a teacher's probabilities, with a share of the words masked, and from guessing these words. ``--init`` begins with
the weights of another run.

Writes ``checkpoint.pt`` (to resume from), ``best.pt`` (averaged weights, best on the news development set),
``last.pt`` (the last ones) and ``log.jsonl`` (a line an evaluation: step, seconds, loss a head, scores).
"""

from __future__ import annotations

import argparse
import gc
import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from arabic_news_ner.tagging.onnx.pieces import PieceEncoder
from arabic_news_ner.tagging.onnx.tagger import UNKNOWN_PIECE
from arabic_news_ner.tagging.onnx.vectors import WordVectors
from training.data.batches import Batch, Window, collate, group, windows
from training.data.corpora import read_jsonl
from training.data.documents import NamePool, conll_documents, fine_classes, news_document, noisy
from training.data.epochs import SIZES, Corpora, epoch_windows, pseudo_documents
from training.data.labels import head_sizes
from training.evaluate import Development
from training.losses import WEIGHTS, hard_loss, soft_loss
from training.model.restore import check_pieces, init_from, load
from training.model.tagger import Encoder, Tagger, autocast, heads_in, layers_in, load_encoder
from training.model.watch import watched
from training.trainer import Settings, Trainer, add_arguments


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser, rate=1.5e-4, average=0.995)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--pieces", type=int, default=2000, help="pieces a batch, padding included")
    parser.add_argument("--decay", type=float, default=0.95, help="learning rate of a layer to that of the layer above")
    parser.add_argument(
        "--swap", type=float, default=0.4, help="share of the articles whose names are swapped in an epoch"
    )
    parser.add_argument("--noise", type=float, default=0.25)
    parser.add_argument("--init", type=Path, help="best.pt of another run, or the folder of a pack, to begin with")
    parser.add_argument("--vectors", type=Path, help="words.npz that training.vectors wrote: a further input")
    parser.add_argument("--layers", type=int, default=0, help="keep so many layers of the encoder (default: all)")
    parser.add_argument("--inner", type=int, default=0, help="keep so many inner units of each layer (default: all)")
    parser.add_argument(
        "--heads", type=int, default=0, help="keep so many heads of attention of each layer (default: all)"
    )
    parser.add_argument(
        "--slots", type=int, default=0, help="read whole tokens, with so many of their pieces (default: pieces)"
    )
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--drop-words", type=float, default=0.0, help="share of the words masked in annotated texts")
    parser.add_argument("--more-times", type=int, default=1, help="how often an epoch has each of these texts")
    parser.add_argument("--pseudo", type=Path, help="folder that training.selftrain wrote")
    parser.add_argument("--mask-units", type=float, default=0.15, help="share of the words masked in unlabelled texts")
    parser.add_argument("--guess", type=float, default=0.1, help="weight of guessing the masked pieces")
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        default=SIZES,
        help="positions of a window, one of them for each annotated article",
    )
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps (a trial)")
    return parser.parse_args()


def parameter_groups(tagger: Tagger, rate: float, decay: float) -> list[dict[str, Any]]:
    """Groups of an optimizer: the rate falls with the depth of a layer, heads and inputs that are new take five times as much."""
    layers = len(tagger.encoder.layers)
    groups = []
    for name, parameter in tagger.named_parameters():
        depth = 0
        if name.startswith("encoder.layers."):
            depth = layers - int(name.split(".")[2]) - 1
        elif name.startswith("encoder."):
            depth = layers
        base = rate * decay**depth if name.startswith("encoder.") else 5 * rate
        weight_decay = 0.01 if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": base, "base": base, "weight_decay": weight_decay})
    return groups


def init_tagger(args: argparse.Namespace, heads: dict[str, int], vectors: int) -> Tagger:
    """The tagger that a run begins with: the encoder or other weights, with layers and inner units left out as asked."""
    options = {"dropout": args.dropout, "slots": args.slots}
    weights = None
    if args.init:
        check_pieces(args.init, args.encoder)
        weights = load(args.init)
        state = weights[0]
        encoder = Encoder(
            len(state["encoder.word.weight"]),
            layers=layers_in(state),
            heads=heads_in(state),
            inner=len(state["encoder.layers.0.up.weight"]),
            **options,
        )
    else:
        encoder = load_encoder(args.encoder / "encoder.npz", **options)
    tagger = Tagger(encoder, heads, dropout=args.dropout, masked_words=args.pseudo is not None, vectors=vectors)
    if weights:
        init_from(tagger, weights)
    if args.layers:
        tagger.prune_layers(args.layers)
    if args.inner:
        tagger.prune_ffn(args.inner)
    return tagger


def given_by_heads(tagger: Tagger, items: Sequence[Window], lookup: torch.Tensor | None) -> list[torch.Tensor]:
    """For each layer what its heads of attention give on windows, (units, heads * width of a head)."""
    seen: list[list[torch.Tensor]] = [[] for _ in tagger.encoder.layers]
    modules = {place: layer.out for place, layer in enumerate(tagger.encoder.stack)}
    with watched(modules, lambda place, given: seen[place].append(given)):
        for window in items:
            batch = collate([window], [])
            tagger.hidden(batch.ids, None, lookup[batch.words] if lookup is not None else None)
    return [torch.cat(parts) for parts in seen]


def losses_of(
    tagger: Tagger, batch: Batch, lookup: torch.Tensor | None, columns: dict[str, slice], guess: float
) -> dict[str, torch.Tensor]:
    """The losses of one batch, by name: each head's, the teacher's, that of guessing masked pieces."""
    with autocast():
        hidden = tagger.hidden(batch.ids, batch.mask, lookup[batch.words] if lookup is not None else None)
        scores = tagger.scores(hidden, batch.first, batch.last)
        guesses = tagger.guesses(hidden[batch.masked_at]) if batch.masked_at is not None else None
    scores = scores.float()
    losses = {head: WEIGHTS[head] * part for head, part in hard_loss(scores, batch.labels, columns).items()}
    if batch.soft is not None:
        losses["soft"] = soft_loss(scores[batch.soft_rows], batch.soft, columns) / len(scores)
    if guesses is not None and batch.masked is not None:
        losses["guess"] = guess * F.cross_entropy(guesses.float(), batch.masked)
    return losses


def main() -> None:
    args = parse_arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    pieces = PieceEncoder(Tokenizer.from_file(str(args.encoder / "tokenizer.json")), UNKNOWN_PIECE)
    table = WordVectors(args.vectors.read_bytes()) if args.vectors else None
    lookup = torch.from_numpy(table.vectors(range(len(table)))) if table else None
    records = list(read_jsonl(args.data / "news" / "train.spans.jsonl"))
    further = list(read_jsonl(args.more)) if args.more else []
    news = [news_document(r) for r in [*records, *further * args.more_times]]
    fine = fine_classes(args.data)
    conll, conll_dev = conll_documents(args.data, fine)
    corpora = Corpora(news, conll, NamePool([*records, *further]), pieces, table, args.slots)
    development = Development(args.data, conll_dev, pieces, table, args.slots)
    heads = head_sizes(fine)
    tagger = init_tagger(args, heads, table.width if table else 0)
    if args.heads:
        sample = [w for d in news[::60] for w in windows(d.units, pieces, 400, "news", table=table, slots=args.slots)]
        tagger.prune_heads(args.heads, given_by_heads(tagger.eval(), sample, lookup))
    columns = {head: tagger.columns(head) for head in heads}
    optimizer = torch.optim.AdamW(
        parameter_groups(tagger, args.rate, args.decay), betas=(0.9, 0.98), eps=1e-6, fused=True
    )

    def plan(epoch: int) -> list[list[Window]]:
        rng = random.Random(1000 * args.seed + epoch)
        items = epoch_windows(corpora, rng, args.swap, args.noise, args.sizes)
        if args.pseudo:
            for document in pseudo_documents(args.pseudo, epoch % args.epochs, args.epochs):
                units = noisy(document, rng, args.noise).units
                items += windows(units, pieces, 400, "pseudo", table=table, slots=args.slots)
        out = group(items, args.pieces, rng)
        gc.freeze()  # millions of units live until the end: the collector need not walk through them again and again
        return out

    batches = plan(0)
    total = min(args.steps or math.inf, len(batches) * args.epochs)
    settings = Settings(args.output, int(total), args.minutes, args.average)
    trainer = Trainer(
        tagger, optimizer, settings, lambda t: development.report(t, lookup), {"heads": heads, "fine": fine}
    )
    place = trainer.resume() if args.resume else {}
    trainer.log({"arguments": {k: str(v) for k, v in vars(args).items()}, "steps": settings.steps, "news": len(news)})
    tagger.train()
    epoch, at = place.get("epoch", 0), place.get("at", 0)
    while trainer.progress < 1:
        if epoch:
            batches = plan(epoch)
        for number in range(at, len(batches)):
            rng = random.Random(f"{args.seed} {epoch} {number}")
            batch = collate(
                batches[number], list(heads), rng, args.mask_units, tagger.encoder.word.num_embeddings, args.drop_words
            )
            trainer.step(losses_of(tagger, batch, lookup, columns, args.guess))
            last = number == len(batches) - 1
            if last or trainer.progress >= 1 or trainer.step_number % 400 == 0:
                trainer.evaluate({"epoch": epoch + last, "at": 0 if last else number + 1})
            if trainer.progress >= 1:
                return
        epoch, at = epoch + 1, 0


if __name__ == "__main__":
    main()
