"""Step 2: word vectors of the unlabelled news, product-quantized.

    python -m training.vectors --data DATA --output WORK/words.npz

Skip-gram vectors (word2vec, package gensim) of the folded words of all unlabelled news and of the annotated training articles.
They describe a rare name by its neighbours, and need only a small part of the time of masked-word training. Each vector
is scaled
to length one and turned at random, so that its parts carry equally much, and each part becomes the nearest of 256
prototypes (k-means). ``--model`` keeps the vectors of gensim, or takes them from an earlier run; ``--table`` makes a
smaller table of one that is there, for a smaller model that begins with the weights of a larger one.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from gensim.models import KeyedVectors, Word2Vec
from scipy.cluster.vq import kmeans2, vq

from arabic_news_ner.tagging.onnx.vectors import WordVectors, key_of
from arabic_news_ner.text.fold import fold
from arabic_news_ner.text.tokenize import spans
from training.data.corpora import read_jsonl

SAMPLE = 40_000


def lines(data: Path) -> Iterator[list[str]]:
    """The folded tokens of each line of the news."""
    for path in (data / "unlabelled" / "news.jsonl.xz", data / "news" / "train.articles.jsonl"):
        for record in read_jsonl(path):
            for line in record["text"].split("\n"):
                tokens = [fold(line[a:b]) or line[a:b] for a, b in spans(line)]
                if tokens:
                    yield tokens


def quantize(vectors: np.ndarray, parts: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Codes (words, parts) uint8 and prototypes (parts, 256, width / parts) of vectors (words, width)."""
    rng = np.random.default_rng(seed)
    sample = vectors[rng.choice(len(vectors), min(SAMPLE, len(vectors)), replace=False)]
    codes, prototypes = [], []
    for part in range(parts):
        size = vectors.shape[1] // parts
        columns = slice(part * size, (part + 1) * size)
        centres, _ = kmeans2(sample[:, columns], 256, iter=25, minit="points", seed=seed)
        centres = centres.astype(np.float16)
        codes.append(vq(vectors[:, columns], centres.astype(np.float32))[0].astype(np.uint8))
        prototypes.append(centres)
    return np.stack(codes, axis=1), np.stack(prototypes)


def turned_vectors(words: list[str], known: KeyedVectors, seed: int) -> np.ndarray:
    """Centred vectors of length one, turned at random, times the root of their width."""
    vectors = np.stack([known[w] for w in words])
    vectors = vectors - vectors.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    turn, _ = np.linalg.qr(np.random.default_rng(seed).standard_normal((vectors.shape[1],) * 2))
    out: np.ndarray = (vectors @ turn).astype(np.float32) * np.sqrt(vectors.shape[1]).astype(np.float32)
    return out


def gensim_vectors(args: argparse.Namespace) -> KeyedVectors:
    """The vectors of ``--model`` where it is there, or new ones, kept there."""
    if args.model and args.model.exists():
        return KeyedVectors.load(str(args.model))
    known = Word2Vec(
        list(lines(args.data)),
        vector_size=args.width,
        window=5,
        min_count=5,
        sg=1,
        negative=5,
        sample=1e-4,
        epochs=args.epochs,
        workers=args.threads,
        seed=args.seed,
    ).wv
    if args.model:
        known.save(str(args.model))
    return known


def frequent_words(data: Path, least: int) -> list[str]:
    """The folded words that stand in the news so often, the most frequent first."""
    counts = Counter(word for line in lines(data) for word in line)
    return [word for word, count in counts.most_common() if count >= least and any(map(str.isalpha, word))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="file of gensim's vectors")
    parser.add_argument("--table", type=Path, help="words.npz whose vectors are taken in the place of new ones")
    parser.add_argument("--width", type=int, default=100)
    parser.add_argument("--parts", type=int, default=20, help="bytes a word")
    parser.add_argument("--least", type=int, default=5, help="occurrences that a word needs")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    began = time.monotonic()
    if args.table:
        whole = WordVectors(args.table.read_bytes())
        words = [word for word in frequent_words(args.data, args.least) if whole.row_of_key(key_of(word))]
        turned = whole.vectors([whole.row_of_key(key_of(word)) for word in words])
    else:
        known = gensim_vectors(args)
        words = [
            w for w in known.index_to_key if known.get_vecattr(w, "count") >= args.least and any(map(str.isalpha, w))
        ]
        turned = turned_vectors(words, known, args.seed)
    codes, prototypes = quantize(turned, args.parts, args.seed)
    keys = np.array([key_of(w) for w in words], np.uint64)
    order = np.argsort(keys)
    args.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez(args.output, keys=keys[order], codes=codes[order], prototypes=prototypes)
    table = WordVectors(args.output.read_bytes())
    rows = np.array([table.row(w) for w in words])
    found, exact = table.vectors(rows[rows > 0]), turned[rows > 0]
    likeness = (found * exact).sum(1) / np.linalg.norm(found, axis=1) / np.linalg.norm(exact, axis=1)
    print(
        json.dumps(
            {
                "words": len(words),
                "bytes": args.output.stat().st_size,
                "cosine to the exact vector, mean": round(float(likeness.mean()), 4),
                "seconds": round(time.monotonic() - began),
            }
        )
    )


if __name__ == "__main__":
    main()
