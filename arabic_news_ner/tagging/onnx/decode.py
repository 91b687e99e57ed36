"""From the scores of the heads to mentions (with bounds, subtype and probability) and roles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

from arabic_news_ner.tagging import bio
from arabic_news_ner.tagging.onnx.holders import HolderNetwork, SomeVectors, TextHolders
from arabic_news_ner.tagging.onnx.pack import Pack, calibrated
from arabic_news_ner.tagging.protocol import LABELS, Tagged, TaggedMention, TaggedRole, TokenizedText
from arabic_news_ner.text.clitics import readings
from arabic_news_ner.types import SUBTYPES, Label, Token

Floats = npt.NDArray[np.float32]
#: Numbers of tokens of a text, in order, to their scores (tokens, columns).
Compute = Callable[[Sequence[int]], Floats]

#: Tokens of a long text that are decoded at a time.
BLOCK = 16_384
#: Tokens that are seen after the place where the labels of a long text are cut: more than any name or sentence has.
TAIL = 512
#: Tokens of a long text with at least this probability of being part of a person keep their vectors. Another one is computed
#: again where it becomes a person's.
LIKELY = 0.1


class Decoder:
    """Reads the score columns of one pack."""

    def __init__(self, pack: Pack) -> None:
        self.heads = pack.heads
        self.calibration = pack.calibration
        self.slices: dict[str, slice] = {}
        at = 0
        for head, labels in pack.heads.items():
            self.slices[head] = slice(at, at + len(labels))
            at += len(labels)
        self.holders = HolderNetwork.read(pack.holders) if pack.holders is not None else None
        self.vectors = slice(at, at + (self.holders.columns if self.holders else 0))
        self.columns = self.vectors.stop
        #: The columns of the subtypes of organizations and of places.
        self._fitting = [
            [i for i, name in enumerate(self.heads.get("subtype", ())) if (name in SUBTYPES["LOC"]) is of_places]
            for of_places in (False, True)
        ]

    def words(self, scores: Floats, scheme: str) -> list[str]:
        """The BIO tag of each unit in the label set of one head."""
        return self.labels(scores, scheme)

    def text(self, text: TokenizedText, scores: Floats) -> Tagged:
        """Mentions and roles of a text from the scores of its tokens."""
        reader = TextDecoder(self, text)
        reader.feed(scores)
        return reader.close()

    def labels(self, scores: Floats, head: str) -> list[str]:
        """The best allowed sequence of a head's labels."""
        names = self.heads[head]
        return [names[i] for i in bio.best_sequence(scores[:, self.slices[head]], names)]

    def probabilities(self, scores: Floats, head: str) -> Floats | None:
        """The probabilities (tokens, labels) of a head; ``None`` if the pack does not have it."""
        if head not in self.slices:
            return None
        return softmax(scores[:, self.slices[head]])

    def prefixes(self, scores: Floats) -> list[int] | None:
        """How many letters are attached to each token; ``None`` if the pack does not say."""
        if "prefix" not in self.slices:
            return None
        return cast("list[int]", scores[:, self.slices["prefix"]].argmax(axis=1).tolist())

    def subtypes(self, scores: Floats) -> Callable[[int, int, str], str | None]:
        """A function that gives the likeliest subtype that goes with a label, over the tokens from ``a`` to ``b``."""
        kinds = self.probabilities(scores, "subtype")
        if kinds is None:
            return lambda a, b, label: None
        names = self.heads["subtype"]
        fitting = [kinds[:, columns] for columns in self._fitting]
        best = [columns.argmax(axis=1).tolist() if columns.size else [] for columns in fitting]

        def subtype(a: int, b: int, label: str) -> str | None:
            if label == "PER":
                return None
            group = label == "LOC"
            at = best[group][a] if b - a == 1 else int(np.add.reduce(fitting[group][a:b], axis=0).argmax())
            return names[self._fitting[group][at]]

        return subtype

    def spans(self, tags: Sequence[str], head: str, chances: Floats) -> list[tuple[int, int, str, float]]:
        """(first, past the last, type, raw probability) of each span of a head.

        The raw probability is the probability of all its tags, times the probability that the span ends there.

        :param chances: (tokens, labels), at least as many tokens as ``tags``: those after them may tell that a span ends.
        """
        labels = self.heads[head]
        out = []
        for a, b, kind in bio.spans(tags):
            opening, inner = labels.index("B-" + kind), labels.index("I-" + kind)
            chance = float(chances[a, opening])
            if b - a > 1:
                chance *= float(np.prod(chances[a + 1 : b, inner]))
            if b < len(chances):
                chance *= 1 - float(chances[b, inner])
            out.append((a, b, kind, chance))
        return out


class TextDecoder:
    """Reads the scores of one text, a part at a time: scores of a long text take more memory than all that is found in it.

    A text of at most :data:`BLOCK` tokens is read at once. A longer one is cut between two tokens that are in no name and
    in no role. The best labels on either side of a token ``O`` do not depend on the other side, so what is found stays the
    same, unless the scores of a later block would turn that token into a part of a name: they begin :data:`TAIL` tokens after
    it.
    """

    def __init__(self, decoder: Decoder, text: TokenizedText, compute: Compute | None = None) -> None:
        """:param compute: numbers of tokens to their scores, for a text that is read in parts."""
        self._decoder = decoder
        self._text = text
        self._compute = compute
        self._mentions: list[TaggedMention] = []
        self._roles: list[TaggedRole] = []
        self._waiting: list[Floats] = []
        self._first = 0  # the token of the first waiting row
        self._rows = 0
        self._wanted = BLOCK
        self._chances = np.empty((len(text.tokens), len(LABELS)), np.float32)
        self._vectors: SomeVectors | None = None

    def feed(self, scores: Floats) -> None:
        """The scores of the next tokens."""
        self._waiting.append(scores)
        self._rows += len(scores)
        if self._rows > self._wanted and self._compute is not None:
            self._read(last=False)

    def close(self) -> Tagged:
        """What was found, after all scores were given."""
        whole = self._read(last=True)
        decoder, pointer = self._decoder, None
        if decoder.holders is not None:
            vectors = whole[:, decoder.vectors] if self._vectors is None else self._vectors
            pointer = TextHolders(decoder.holders, vectors, decoder.calibration.get("HOLDER"))
        return Tagged(tuple(self._mentions), tuple(self._roles), self._chances, pointer)

    def _read(self, *, last: bool) -> Floats:
        """Decode what waits, up to a place where it can be cut. The rows that were decoded."""
        decoder = self._decoder
        scores = self._waiting[0] if len(self._waiting) == 1 else np.concatenate([*self._waiting, self._none()])
        names = decoder.labels(scores, "news")
        roles = decoder.labels(scores, "role") if "role" in decoder.slices else ["O"] * len(scores)
        cut = len(scores) if last else _cut(names, roles)
        if cut:
            self._decode(scores, names[:cut], roles[:cut], sparse=self._first > 0 or not last)
            self._wanted = BLOCK
        else:
            self._wanted *= 2  # one endless name: look again when there is twice as much, so that the work stays linear
        self._waiting = [scores[cut:].copy() if cut else scores]
        self._first += cut
        self._rows = len(scores) - cut
        return scores

    def _none(self) -> Floats:
        return np.zeros((0, self._decoder.columns), np.float32)

    def _decode(self, scores: Floats, names: Sequence[str], roles: Sequence[str], *, sparse: bool) -> None:
        decoder, tokens, first, calibration = self._decoder, self._text.tokens, self._first, self._decoder.calibration
        chances = decoder.probabilities(scores, "news")
        assert chances is not None
        self._chances[first : first + len(names)] = _of_labels(chances[: len(names)])
        some = scores[: len(names)]
        prefixes, subtypes = decoder.prefixes(some), decoder.subtypes(some)
        people = self._chances[first : first + len(names), LABELS.index("PER")] >= LIKELY
        for a, b, label, raw in decoder.spans(names, "news", chances):
            start = after_prefix(tokens[first + a], prefixes[a] if prefixes else 0)
            self._mentions.append(
                TaggedMention(
                    start=start,
                    end=tokens.ends[first + b - 1],
                    label=cast(Label, label),
                    subtype=subtypes(a, b, label),
                    score=calibrated(raw, calibration.get(label)),
                )
            )
            if label == "PER":
                people[[a, b - 1]] = True
        ends: list[int] = []
        holders = decoder.probabilities(some, "holder")
        role_chances = decoder.probabilities(scores, "role")
        for a, b, _, raw in decoder.spans(roles, "role", role_chances) if role_chances is not None else ():
            holder = None
            if holders is not None:
                mean = np.add.reduce(holders[a:b], axis=0) / np.float32(b - a)
                holder = decoder.heads["holder"][int(mean.argmax())]
            start = after_prefix(tokens[first + a], prefixes[a] if prefixes else 0)
            score = calibrated(raw, calibration.get("ROLE"))
            self._roles.append(TaggedRole(start, tokens.ends[first + b - 1], holder, score))
            ends += [a, b - 1]
        if sparse and decoder.holders is not None and self._compute is not None:
            compute, columns = self._compute, decoder.vectors
            if self._vectors is None:
                self._vectors = SomeVectors(decoder.holders.width, lambda tokens: compute(tokens)[:, columns])
            self._vectors.keep(first, some[:, columns], np.array(sorted({*ends}), np.int64), np.flatnonzero(people))


def _of_labels(chances: Floats) -> Floats:
    """The probabilities (tokens, 3) of LABELS from those of the tags O, B-PER, I-PER, B-ORG, ..."""
    return chances[:, 1::2] + chances[:, 2::2]


def _cut(names: Sequence[str], roles: Sequence[str]) -> int:
    """The last place where labels can be cut, some way before their end: between two tokens outside of all spans, else where
    one span follows another, else nowhere (0)."""
    between = 0
    for at in range(len(names) - TAIL, 0, -1):
        if names[at - 1] == names[at] == roles[at - 1] == roles[at] == "O":
            return at
        if not between and not names[at].startswith("I-") and not roles[at].startswith("I-"):
            between = at
    return between


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
