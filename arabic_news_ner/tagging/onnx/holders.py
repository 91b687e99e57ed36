"""The holder pointer of a pack: it finds the holder of a role, a person of the text or no named person.

Besides its scores, each token has four vectors: for the first and for the last token of a role, and for the first
and for the last token of a person's name. The vector of a span is the sum of the vectors of its first and last token. A
small network with one hidden layer reads the vectors of a role and of a name, their product, and the features of the
two positions; a second one reads the role alone and scores "nobody".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from arabic_news_ner.manifest import load_arrays
from arabic_news_ner.tagging.onnx.pack import Calibration, calibrated

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

#: Arrays of ``holders.npz``: weights (inputs, outputs) and biases of both networks.
ARRAYS = ("pair.w", "pair.b", "pair.out", "nobody.w", "nobody.b", "nobody.out", "nobody.offset")


@dataclass(frozen=True)
class HolderNetwork:
    """The weights of both networks."""

    width: int
    features: int
    arrays: dict[str, Floats]

    @classmethod
    def read(cls, content: bytes) -> HolderNetwork:
        """The network of ``holders.npz``. :raises ValueError: if an array is missing or does not fit the others."""
        arrays = {name: array.astype(np.float32) for name, array in load_arrays(content, ARRAYS).items()}
        if wrong := [name for name, array in arrays.items() if not np.isfinite(array).all()]:
            raise ValueError(f"{wrong[0]} holds what is no number")
        width = len(arrays["nobody.w"])
        features = len(arrays["pair.w"]) - 3 * width
        if features < 0 or arrays["pair.w"].shape[1:] != arrays["pair.b"].shape:
            raise ValueError(f"pair.w {arrays['pair.w'].shape} does not fit vectors of width {width}")
        return cls(width, features, arrays)

    @property
    def columns(self) -> int:
        """The columns of the graph that belong to the pointer."""
        return 4 * self.width


@dataclass(frozen=True)
class TextHolders:
    """The pointer over one text: see :class:`arabic_news_ner.tagging.protocol.HolderScorer`."""

    network: HolderNetwork
    #: (tokens, 4 * width)
    vectors: Floats
    calibration: Calibration | None

    def scores(
        self, roles: Sequence[tuple[int, int]], people: Sequence[tuple[int, int]], features: Floats
    ) -> tuple[Floats, Floats]:
        """Log-odds (roles, people) and (roles,) of nobody.

        :raises ValueError: if the features are not those that the network was trained with.
        """
        a, width = self.network.arrays, self.network.width
        if features.shape != (len(roles), len(people), self.network.features):
            raise ValueError(f"features {features.shape}, expected {(len(roles), len(people), self.network.features)}")
        role = self._spans(roles, 0)
        nobody = np.maximum(role @ a["nobody.w"] + a["nobody.b"], 0) @ a["nobody.out"] + a["nobody.offset"]
        if not len(people):
            return np.zeros((len(roles), 0), np.float32), nobody
        person = self._spans(people, 2)
        w = a["pair.w"]
        hidden = (role @ w[:width])[:, None] + (person @ w[width : 2 * width])[None] + features @ w[3 * width :]
        hidden += (role[:, None] * person[None]) @ w[2 * width : 3 * width] + a["pair.b"]
        pairs: Floats = np.maximum(hidden, 0) @ a["pair.out"]
        return pairs, nobody

    def calibrated(self, probability: float) -> float:
        """The probability that a chosen holder is right."""
        return calibrated(probability, self.calibration)

    def _spans(self, spans: Sequence[tuple[int, int]], part: int) -> Floats:
        """The vectors (spans, width) of spans: columns ``part`` of the first token and ``part + 1`` of the last."""
        width = self.network.width
        at: Ints = np.array(spans, np.int64).reshape(-1, 2)
        first = self.vectors[at[:, 0], part * width : (part + 1) * width]
        last = self.vectors[at[:, 1], (part + 1) * width : (part + 2) * width]
        out: Floats = np.tanh(first + last)
        return out
