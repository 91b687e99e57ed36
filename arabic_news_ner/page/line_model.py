"""The learned line model: a linear-chain CRF over the lines of a page, with the rules' answers among its features.

The rules decide first. If the model contradicts them and is nearly sure, the lines are read once more with its answers.
The model is a table of weights, feature by label and label by label (``data/page/lines``), made by ``training/page``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from arabic_news_ner.manifest import CARRIED, read_manifest
from arabic_news_ner.page.dates import find_date
from arabic_news_ner.page.document import Kind
from arabic_news_ner.page.fields.byline import Credit, credit_of
from arabic_news_ner.page.line_features import features_of
from arabic_news_ner.page.line_kinds import Item
from arabic_news_ner.page.settings import FEWEST_SENTENCES, NEAR_SENTENCE, SURE_BODY, SURE_NO_BODY

PROTOCOL: Final = 1
#: The labels of the model: the types of the pieces of a page.
LABELS: Final[tuple[Kind, ...]] = (
    "headline", "body", "byline", "date", "source", "keywords", "related", "caption", "boilerplate", "other",
)  # fmt: skip

#: Rules that the model never overrules: too rare in its pages to be learned, and sure by their words.
_SURE_RULES: Final = frozenset({"link to the outlet", "separator"})
#: Lines after which the sums of a chain are scaled: one step changes them by at most some orders of magnitude.
RESCALED: Final = 8
Floats = npt.NDArray[np.float64]


class _Rows(dict[str, int]):
    """The row of a feature; row 0 is that of one that the model does not know."""

    def __missing__(self, name: str) -> int:
        return 0


@dataclass(frozen=True)
class LineModel:
    """Weights: ``emit`` a row of labels for each feature, ``rows`` the row of a feature, ``step`` from a line's label to that of
    the next line."""

    rows: Mapping[str, int]
    emit: Floats
    step: Floats

    def marginals(self, features: Sequence[Sequence[str]]) -> Floats:
        """The probability of each label for each line, (lines, labels), by the forward-backward algorithm."""
        ids: list[int] = []
        starts = []
        row_of = self.rows.__getitem__
        for names in features:
            starts.append(len(ids))
            ids += map(row_of, names)
        return forward_backward(np.add.reduceat(self.emit[ids], starts, axis=0), self.step)


def _pass(lines: Sequence[Floats], out: Sequence[Floats], move: Floats) -> None:
    """The forward sums of a chain into ``out``, rescaled now and then, so that they stay in range."""
    np.divide(lines[0], lines[0].sum(), out=out[0])
    for n in range(1, len(lines)):
        np.dot(out[n - 1], move, out=out[n])
        np.multiply(out[n], lines[n], out=out[n])
        if not n % RESCALED:
            np.divide(out[n], out[n].sum(), out=out[n])


def forward_backward(scores: Floats, step: Floats) -> Floats:
    """Marginal probabilities of a chain: ``scores`` (lines, labels) in logits, ``step`` (label, next label)."""
    emit = np.exp(scores - scores.max(axis=1, keepdims=True))
    ahead, back = np.empty_like(emit), np.ones_like(emit)
    lines, ahead_of, back_of = list(emit), list(ahead), list(back)  # rows: to take one from a list is faster
    _pass(lines, ahead_of, np.exp(step))
    carried = [*lines[:0:-1]]  # what comes from the next line: its label's score by its own chain
    last = back_of[-1]
    move = np.ascontiguousarray(np.exp(step).T)
    both_of = np.empty_like(last)
    for n, (row, out) in enumerate(zip(carried, back_of[-2::-1], strict=True), 1):
        np.multiply(row, last, out=both_of)
        np.dot(both_of, move, out=out)
        if not n % RESCALED:
            out /= out.sum()
        last = out
    both = ahead * back
    return np.asarray(both / both.sum(axis=1, keepdims=True))


def load(folder: Path = CARRIED / "page" / "lines") -> LineModel:
    """The line model of a folder.

    :raises ModelError: if it is missing or damaged.
    """
    manifest = read_manifest(folder, "the line model", (PROTOCOL,))
    content = json.loads(manifest.read("lines.json"))
    if content.get("labels") != list(LABELS):
        manifest.damaged("lines.json has other labels than this version of arabic_news_ner")
    rows = _Rows({name: n for n, name in enumerate(content["emit"], 1)})
    emit = np.array([[0] * len(LABELS), *content["emit"].values()]) / content["scale"]
    return LineModel(rows, emit, np.array(content["step"]) / content["scale"])


@lru_cache(maxsize=1)
def embedded() -> LineModel:
    """The model inside the package, loaded once."""
    return load()


def revise(items: Sequence[Item], kinds: Sequence[Kind], model: LineModel) -> tuple[Item, ...] | None:
    """The lines with the labels of the model, or ``None`` if it does not contradict the rules.

    :param kinds: the kinds of the lines by the rules.
    """
    if not any(item.sentence for item, kind in zip(items, kinds, strict=True) if kind == "body"):
        return None  # no running text: verses, a list of results
    sure = model.marginals(features_of(items, kinds))
    out = list(items)
    story, body = (sure[:, 0] + sure[:, 1]).tolist(), sure[:, 1].tolist()
    for n, (item, kind) in enumerate(zip(items, kinds, strict=True)):
        if kind == "headline" and not _another_below(items, sure, story, n):
            continue  # a headline gives way to another one alone
        if kind in ("headline", "body") and item.kind is None and 1 - story[n] >= SURE_NO_BODY:
            out[n] = replace(item, kind=_kind(item, LABELS[int(sure[n].argmax())]), sentence=False)
        elif kind == "boilerplate" and item.rule_name not in _SURE_RULES and item.kind and body[n] >= SURE_BODY:
            out[n] = replace(item, kind=None, rule=None, sentence=True)
    bodies = [item for item, kind in zip(out, kinds, strict=True) if kind == "body"]
    kept = [item for item in bodies if item.kind is None]
    verses = 2 * len(kept) < len(bodies) and sum(item.sentence for item in kept) < FEWEST_SENTENCES
    if out == list(items) or (bodies and not kept) or verses:
        return None  # as the rules say, or no story left
    return tuple(out)


def _another_below(items: Sequence[Item], sure: Floats, story: Sequence[float], number: int) -> bool:
    """Does the model see another headline between a line and the first sentence of its story?"""
    for n in range(number + 1, min(number + 1 + NEAR_SENTENCE, len(items))):
        if sure[n, 0] >= 0.5:
            return True
        if items[n].sentence and story[n] >= 0.5:
            return False
    return False


def _kind(item: Item, label: Kind) -> Kind:
    """The kind of a line outside the story: the answer of the model, if the words of the line give a value for it."""
    if label in ("caption", "related"):
        return label
    if label in ("byline", "source") and credit_of(item.text) != Credit():
        return "byline"
    return "date" if label == "date" and find_date(item.text) is not None else "boilerplate"
