"""Step 4: label unlabelled news with a pack; ``training.finetune --pseudo`` learns from the labels.

    python -m training.selftrain --pack WORK/packs/a --data DATA --output WORK/pseudo --articles 12000

Several packs are one teacher: the mean of their probabilities, by ``--weights``.

A word that the teacher mostly takes for part of a name of one kind is pulled to that kind where the teacher is unsure: the
probabilities of its kinds are multiplied by their means over all its occurrences, to the power ``--consistency``.

Writes ``texts.jsonl`` and ``scores.npy``: float16 probabilities (tokens of all texts, columns of the heads below), so
that a student learns how sure the teacher is, not its decisions alone. Articles are drawn at random over all outlets and
cut to their first tokens, since the news says who and what it is about at its beginning.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from arabic_news_ner.tagging.onnx.decode import softmax
from arabic_news_ner.tagging.onnx.tagger import EmbeddedTagger
from arabic_news_ner.tagging.protocol import TokenizedText
from arabic_news_ner.text.tokenize import spans
from arabic_news_ner.types import Sentence, Token
from training.data.corpora import read_jsonl
from training.data.labels import NEWS, SOFT_HEADS

#: Occurrences that a word needs for its mean to count.
OCCURRENCES = 8
#: The kind (O, PER, ORG, LOC) of each column of the news head.
KINDS = np.array([0 if label == "O" else 1 + ["PER", "ORG", "LOC"].index(label[2:]) for label in NEWS])


def pull(words: list[str], probabilities: np.ndarray, power: float) -> np.ndarray:
    """The news probabilities (tokens, labels) with unsure occurrences pulled to what the word mostly is."""
    index: dict[str, int] = {}
    rows = np.array([index.setdefault(w, len(index)) for w in words])
    counts = np.bincount(rows)
    kinds = np.stack([probabilities[:, k == KINDS].sum(1) for k in range(4)], axis=1)
    means = np.stack([np.bincount(rows, kinds[:, k]) for k in range(4)], axis=1) / counts[:, None]
    sure = (counts >= OCCURRENCES) & (means[:, 0] < 0.5)
    factors = np.where(sure[:, None], np.maximum(means, 1e-3) ** power, 1.0)
    pulled = probabilities * factors[rows][:, KINDS]
    return pulled / pulled.sum(1, keepdims=True)


def probabilities(tagger: EmbeddedTagger, texts: list[TokenizedText]) -> Iterator[np.ndarray]:
    """For each text the probabilities (tokens, columns of :data:`SOFT_HEADS`)."""
    for scores in tagger.score_texts(texts):
        yield np.concatenate([softmax(scores[:, tagger.columns(head)]) for head in SOFT_HEADS], axis=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True, nargs="+")
    parser.add_argument("--weights", type=float, nargs="+", help="of the packs (default: all the same)")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=12_000)
    parser.add_argument("--tokens", type=int, default=300, help="tokens kept of each article")
    parser.add_argument("--consistency", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    if args.weights and len(args.weights) != len(args.pack):
        parser.error(f"{len(args.weights)} weights for {len(args.pack)} packs; give each pack its own")
    args.output.mkdir(parents=True, exist_ok=True)
    taggers = [EmbeddedTagger(pack, threads=args.threads) for pack in args.pack]
    weights = np.array(args.weights or [1.0] * len(taggers))
    weights /= weights.sum()
    records = [r["text"] for r in read_jsonl(args.data / "unlabelled" / "news.jsonl.xz") if len(r["text"]) > 200]
    random.Random(args.seed).shuffle(records)
    began = time.monotonic()
    rows: list[np.ndarray] = []
    words: list[str] = []
    with open(args.output / "texts.jsonl", "w", encoding="utf-8") as file:
        for start in range(0, args.articles, 64):
            texts = []
            for text in records[start : min(start + 64, args.articles)]:
                tokens = [Token(a, b, text[a:b]) for a, b in spans(text)[: args.tokens]]
                text = text[: tokens[-1].end]
                words += [token.text for token in tokens]
                texts.append(TokenizedText.of(text, tokens, (Sentence(0, len(text), text),)))
                file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
            for by_tagger in zip(*(probabilities(tagger, texts) for tagger in taggers), strict=True):
                rows.append(sum(w * p for w, p in zip(weights, by_tagger, strict=True)).astype(np.float16))
            if start % 1024 == 0:
                print(start, f"{time.monotonic() - began:.0f}s", flush=True)
    scores = np.concatenate(rows)
    before = scores[:, : len(NEWS)].argmax(1)
    scores[:, : len(NEWS)] = pull(words, scores[:, : len(NEWS)].astype(np.float32), args.consistency)
    print("labels changed by consistency:", int((scores[:, : len(NEWS)].argmax(1) != before).sum()))
    np.save(args.output / "scores.npy", scores)
    print(
        json.dumps({"articles": len(rows), "tokens": sum(map(len, rows)), "seconds": round(time.monotonic() - began)})
    )


if __name__ == "__main__":
    main()
