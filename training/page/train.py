"""Train the line model of the page reader: a linear-chain CRF on pages made around real stories.

    python -m training.page.train NEWS.jsonl.xz -o arabic_news_ner/data/page/lines --pages 2400

Every manner of ``manners.tsv`` gives as many pages; the pages of ``tests/page/pages`` are added several times, those of
``tests/page/held_out`` never. Stories of the check are none of the training. The trainer is L-BFGS on the exact
likelihood with an L2 prior; features seen fewer than :data:`LEAST` times are left out, weights are rounded to thousandths.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize

from arabic_news_ner.page.document import Kind
from arabic_news_ner.page.line_features import features_of
from arabic_news_ner.page.line_kinds import classify
from arabic_news_ner.page.line_model import LABELS, PROTOCOL, forward_backward
from arabic_news_ner.page.reader import read_lines
from benchmarks.pages import load_page
from training.page.generate import Line, pages, stories_of

LEAST, SCALE = 12, 1000
PRIOR = 1.0
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """A page: the features of its lines, and their labels."""

    features: list[list[str]]
    labels: list[int]


def sample_of(lines: Sequence[Line]) -> Sample:
    """A made page as the model sees it. A seam may cut a line; its parts have its label."""
    text, starts, at = "\n".join(line for line, _ in lines), [], 0
    for line, _ in lines:
        starts.append(at)
        at += len(line) + 1
    return _sample(text, starts, [kind for _, kind in lines])


def _sample(text: str, starts: Sequence[int], kinds: Sequence[Kind]) -> Sample:
    items = classify(text)
    _, read = read_lines(text, items)
    at = np.searchsorted(np.array(starts), [item.line.start for item in items], side="right") - 1
    return Sample(features_of(items, read), [LABELS.index(kinds[n]) for n in at])


def test_page(path: Path) -> Sample:
    """A page of the tests: the lines of its bodies are body; of the others, those that the rules do not count to a story are what
    the rules say, and the rest what the truth lists them under."""
    page = load_page(path)
    items = classify(page.raw)
    _, kinds = read_lines(page.raw, items)
    bodies = [span for article in page.articles for span in (*article.body, *article.optional)]
    stated: list[tuple[str, Kind]] = []
    for article in page.articles:
        stated += [(value, "keywords") for value in article.listed["keywords"]]
        stated += [(value, "caption") for value in article.listed["captions"]]
        stated += [(value, "related") for value in article.listed["related"]]
        stated += [(article.single["byline"] or "", "byline"), (article.single["headline"] or "", "headline")]
    labels = []
    for item, kind in zip(items, kinds, strict=True):
        if any(start <= item.line.start < end for start, end in bodies):
            kind = "body"
        elif kind in ("body", "headline"):
            named = (label for value, label in stated if value and (value in item.text or item.text == value))
            kind = next(named, "boilerplate")
        labels.append(LABELS.index(kind))
    return Sample(features_of(items, kinds), labels)


class Trainer:
    """The likelihood of samples and its gradient, over the weights of one vector."""

    def __init__(self, samples: Sequence[Sample], names: Sequence[str]) -> None:
        index = {name: n for n, name in enumerate(names)}
        self.names, self.count = names, len(LABELS)
        rows: list[int] = []
        columns: list[int] = []
        at = 0
        for sample in samples:
            for features in sample.features:
                found = {index[name] for name in features if name in index}
                rows += [at] * len(found)
                columns += found
                at += 1
        self.matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(at, len(names)))
        self.labels = np.concatenate([sample.labels for sample in samples])
        lengths = [len(sample.labels) for sample in samples]
        self.first = np.cumsum([0, *lengths[:-1]])
        self.lengths = np.array(lengths)
        inside = np.ones(at, dtype=bool)
        inside[self.first] = False
        after = np.flatnonzero(inside)
        self.pairs = np.zeros((self.count, self.count))
        np.add.at(self.pairs, (self.labels[after - 1], self.labels[after]), 1.0)
        truth = sparse.csr_matrix((np.ones(at), (np.arange(at), self.labels)), shape=(at, self.count))
        self.seen = np.asarray((self.matrix.T @ truth).todense())

    def loss(self, weights: Floats) -> tuple[float, Floats]:
        """Minus the log-likelihood with the prior, and its gradient."""
        emit = weights[: self.seen.size].reshape(self.seen.shape)
        step = weights[self.seen.size :].reshape(self.pairs.shape)
        scores = self.matrix @ emit
        total, expected, moved = self._chain(scores, step)
        truth = scores[np.arange(len(self.labels)), self.labels].sum() + (self.pairs * step).sum()
        gradient = np.concatenate([((self.matrix.T @ expected) - self.seen).ravel(), (moved - self.pairs).ravel()])
        return total - truth + PRIOR / 2 * float(weights @ weights), gradient + PRIOR * weights

    def _chain(self, scores: Floats, step: Floats) -> tuple[float, Floats, Floats]:
        """Log of the sums over all label sequences, marginals, and expected steps: all pages at once, line by line."""
        order = np.argsort(-self.lengths, kind="stable")
        first, lengths = self.first[order], self.lengths[order]
        top = scores.max(axis=1, keepdims=True)
        emit, move = np.exp(scores - top), np.exp(step)
        ahead, norm = np.empty_like(emit), np.empty(len(emit))
        active = [int(np.searchsorted(-lengths, -n, side="right")) for n in range(1, int(lengths[0]) + 1)]
        for n, pages_here in enumerate(active):
            at = first[:pages_here] + n
            row = emit[at] * (ahead[at - 1] @ move) if n else emit[at]
            norm[at] = row.sum(axis=1)
            ahead[at] = row / norm[at][:, None]
        back, moved = np.ones_like(emit), np.zeros_like(step)
        for n in range(len(active) - 1, 0, -1):
            at = first[: active[n]] + n
            carried = emit[at] * back[at] / norm[at][:, None]
            back[at - 1] = carried @ move.T
            moved += move * (ahead[at - 1].T @ carried)
        return float(np.log(norm).sum() + top.sum()), ahead * back, moved


def train(samples: Sequence[Sample], steps: int) -> tuple[dict[str, Floats], Floats]:
    """The weights of each feature, and of the steps."""
    counts = Counter(name for sample in samples for features in sample.features for name in features)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    trainer = Trainer(samples, names)
    start = np.zeros(trainer.seen.size + trainer.pairs.size)
    found = minimize(trainer.loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    emit = found.x[: trainer.seen.size].reshape(trainer.seen.shape)
    return dict(zip(names, emit, strict=True)), found.x[trainer.seen.size :].reshape(trainer.pairs.shape)


def check(samples: Iterable[Sample], emit: dict[str, Floats], step: Floats) -> dict[str, Any]:
    """Precision and recall of each label, and how often the model is right where it is sure."""
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for sample in samples:
        scores = np.array(
            [sum((emit[name] for name in row if name in emit), np.zeros(len(LABELS))) for row in sample.features]
        )
        for label, truth in zip(forward_backward(scores, step).argmax(axis=1), sample.labels, strict=True):
            found[LABELS[label]] += 1
            wanted[LABELS[truth]] += 1
            right[LABELS[label]] += label == truth
    return {
        label: [
            round(100 * right[label] / max(found[label], 1), 1),
            round(100 * right[label] / max(wanted[label], 1), 1),
        ]
        for label in LABELS
    }


def write(folder: Path, emit: dict[str, Floats], step: Floats, made: dict[str, Any]) -> None:
    """The model as JSON with its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    rounded = {name: [round(SCALE * float(w)) for w in row] for name, row in emit.items()}
    content = {
        "labels": list(LABELS),
        "scale": SCALE,
        "step": [[round(SCALE * float(w)) for w in row] for row in step],
        "emit": {name: row for name, row in rounded.items() if any(map(abs, row))},
    }
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    (folder / "lines.json").write_bytes(data)
    files = {"lines.json": {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}}
    manifest = {"protocol": PROTOCOL, "files": files, "licence": "Apache-2.0", **made}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("news", type=Path, help="stories, {'text': ...} a line, xz")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=4_000)
    parser.add_argument("--steps", type=int, default=160)
    parser.add_argument("--tests", type=Path, default=Path("tests/page/pages"))
    options = parser.parse_args()
    stories = stories_of(options.news, 5_000, seed=1)
    apart = len(stories) // 10
    samples = [sample_of(lines) for lines in pages(stories[apart:], options.pages, seed=2)]
    own = [test_page(path) for path in sorted(options.tests.glob("*.json"))]
    emit, step = train([*samples, *own * 8], options.steps)
    figures = check((sample_of(lines) for lines in pages(stories[:apart], 400, seed=3)), emit, step)
    print(json.dumps(figures, indent=1))
    made = {"made_by": "python -m training.page.train", "pages": options.pages, "precision_and_recall": figures}
    write(options.output, emit, step, made)


if __name__ == "__main__":
    main()
