"""From the scores of the heads to mentions (with bounds, subtype and probability) and roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
import numpy.typing as npt

from arabic_news_ner.tagging import bio
from arabic_news_ner.tagging.onnx.holders import HolderNetwork, TextHolders
from arabic_news_ner.tagging.onnx.pack import Pack, calibrated
from arabic_news_ner.tagging.protocol import Tagged, TaggedMention, TaggedRole, TokenizedText
from arabic_news_ner.text.clitics import readings
from arabic_news_ner.types import SUBTYPES, Label, Token

Floats = npt.NDArray[np.float32]


class Decoder:
    """Reads the score columns of one pack."""

    def __init__(self, pack: Pack) -> None:
        self._heads = pack.heads
        self._calibration = pack.calibration
        self.slices: dict[str, slice] = {}
        at = 0
        for head, labels in pack.heads.items():
            self.slices[head] = slice(at, at + len(labels))
            at += len(labels)
        self._holders = HolderNetwork.read(pack.holders) if pack.holders is not None else None
        self._vectors = slice(at, at + (self._holders.columns if self._holders else 0))
        self.columns = self._vectors.stop
        #: The columns of the subtypes of organizations and of places.
        self._fitting = [
            [i for i, name in enumerate(self._heads.get("subtype", ())) if (name in SUBTYPES["LOC"]) is of_places]
            for of_places in (False, True)
        ]

    def words(self, scores: Floats, scheme: str) -> list[str]:
        """The BIO tag of each unit in the label set of one head."""
        labels = self._heads[scheme]
        return [labels[i] for i in bio.best_sequence(scores[:, self.slices[scheme]], labels)]

    def text(self, text: TokenizedText, scores: Floats) -> Tagged:
        """Mentions and roles of a text from the scores of its tokens."""
        tokens = text.tokens
        prefixes = self._prefixes(scores)
        mentions = []
        chances = self._probabilities(scores, "news")
        subtypes = self._subtypes(scores)
        for a, b, label, raw in self._spans(scores, "news", chances):
            start = after_prefix(tokens[a], prefixes[a] if prefixes else 0)
            mentions.append(
                TaggedMention(
                    start=start,
                    end=tokens[b - 1].end,
                    label=cast(Label, label),
                    subtype=subtypes(a, b, label),
                    score=calibrated(raw, self._calibration.get(label)),
                )
            )
        roles = []
        holders = self._probabilities(scores, "holder")
        if "role" in self._heads:
            for a, b, _, raw in self._spans(scores, "role", None):
                holder = None
                if holders is not None:
                    mean = np.add.reduce(holders[a:b], axis=0) / np.float32(b - a)
                    holder = self._heads["holder"][int(mean.argmax())]
                start = after_prefix(tokens[a], prefixes[a] if prefixes else 0)
                roles.append(
                    TaggedRole(start, tokens[b - 1].end, holder, calibrated(raw, self._calibration.get("ROLE")))
                )
        pointer = None
        if self._holders is not None:
            pointer = TextHolders(self._holders, scores[:, self._vectors], self._calibration.get("HOLDER"))
        return Tagged(tuple(mentions), tuple(roles), chances, pointer)

    def _probabilities(self, scores: Floats, head: str) -> Floats | None:
        if head not in self.slices:
            return None
        return softmax(scores[:, self.slices[head]])

    def _prefixes(self, scores: Floats) -> list[int] | None:
        if "prefix" not in self.slices:
            return None
        return cast("list[int]", scores[:, self.slices["prefix"]].argmax(axis=1).tolist())

    def _subtypes(self, scores: Floats) -> Callable[[int, int, str], str | None]:
        """A function that gives the likeliest subtype that goes with a label, over the tokens from ``a`` to ``b``."""
        kinds = self._probabilities(scores, "subtype")
        if kinds is None:
            return lambda a, b, label: None
        names = self._heads["subtype"]
        fitting = [kinds[:, columns] for columns in self._fitting]
        best = [columns.argmax(axis=1).tolist() if columns.size else [] for columns in fitting]

        def subtype(a: int, b: int, label: str) -> str | None:
            if label == "PER":
                return None
            group = label == "LOC"
            at = best[group][a] if b - a == 1 else int(np.add.reduce(fitting[group][a:b], axis=0).argmax())
            return names[self._fitting[group][at]]

        return subtype

    def _spans(self, scores: Floats, head: str, chances: Floats | None) -> list[tuple[int, int, str, float]]:
        """(first, past the last, type, raw probability) of each span of a head.

        The raw probability is the probability of all its tags, times the probability that the span ends there.
        """
        labels = self._heads[head]
        columns = scores[:, self.slices[head]]
        tags = [labels[i] for i in bio.best_sequence(columns, labels)]
        found = bio.spans(tags)
        if not found:
            return []
        chances = softmax(columns) if chances is None else chances
        out = []
        for a, b, kind in found:
            opening, inner = labels.index("B-" + kind), labels.index("I-" + kind)
            chance = float(chances[a, opening])
            if b - a > 1:
                chance *= float(np.prod(chances[a + 1 : b, inner]))
            if b < len(tags):
                chance *= 1 - float(chances[b, inner])
            out.append((a, b, kind, chance))
        return out


def softmax(scores: Floats) -> Floats:
    """Each row as probabilities."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    result: Floats = powers / powers.sum(axis=1, keepdims=True)
    return result


def after_prefix(token: Token, letters: int) -> int:
    """Where a name begins in its first token when at most ``letters`` attached letters stand before it.

    وَطرابلس with one letter begins at ط: the vowel sign belongs to the letter before it. The part that is cut off is a
    conjunction, a preposition or both. At most one letter is cut from للمجلس, because لل is not a prefix. At least two
    letters of the name always remain.
    """
    return token.start + max(r.start for r in readings(token.text) if len(r.prefix) <= letters)
