"""The holder pointer of a pack: it finds the holder of a role, a person of the text or no named person.

Besides its scores, each token has four vectors: for the first and for the last token of a role, and for the first
and for the last token of a person's name. The vector of a span is the sum of the vectors of its first and last token. A
small network with one hidden layer reads the vectors of a role and of a name, their product, and the features of the
two positions; a second one reads the role alone and scores "nobody".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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


class KeptRows:
    """The vectors of some tokens: those that were kept in text order, and later ones."""

    def __init__(self) -> None:
        self._numbers: list[Ints] = []
        self._blocks: list[Floats] = []
        self._later: dict[int, Floats] = {}

    def keep(self, numbers: Ints, rows: Floats) -> None:
        """Keep the rows of some tokens, which come after all those before."""
        self._numbers.append(numbers)
        self._blocks.append(rows)

    def add(self, numbers: Sequence[int], rows: Floats) -> None:
        """Keep the rows of some tokens, wherever they are."""
        self._later.update(zip(numbers, rows, strict=True))

    def missing(self, tokens: Iterable[int]) -> list[int]:
        """Those of some tokens that have no row, in order."""
        wanted = np.array(sorted({*tokens} - self._later.keys()), np.int64)
        numbers, _ = self._kept()
        out: list[int] = wanted[~np.isin(wanted, numbers, assume_unique=True)].tolist()
        return out

    def rows(self, tokens: Ints) -> Floats:
        """The rows of some tokens, each of which has one."""
        numbers, kept = self._kept()
        at = np.minimum(np.searchsorted(numbers, tokens), max(0, len(numbers) - 1))
        out: Floats = kept[at] if len(numbers) else np.zeros((len(tokens), 0), np.float32)
        if self._later:
            rows = [self._later.get(token) for token in tokens.tolist()]
            out = np.array([old if new is None else new for old, new in zip(out, rows, strict=True)], np.float32)
        return out

    def _kept(self) -> tuple[Ints, Floats]:
        if len(self._numbers) != 1:
            self._numbers = [np.concatenate([*self._numbers, np.zeros(0, np.int64)])]
            self._blocks = [np.concatenate(self._blocks)] if self._blocks else [np.zeros((0, 0), np.float32)]
        return self._numbers[0], self._blocks[0]


class SomeVectors:
    """The vectors of those tokens of a long text that may be asked for: the first and last tokens of roles, and the likely
    tokens of people. Those of another token are computed when it is asked for."""

    def __init__(self, width: int, compute: Callable[[Sequence[int]], Floats]) -> None:
        """:param width: of one vector.
        :param compute: numbers of tokens, in order, to their vectors (tokens, 4 * width).
        """
        self._compute = compute
        #: For roles and for names: the columns, and the kept rows of these columns.
        self._tables = (slice(2 * width), KeptRows()), (slice(2 * width, 4 * width), KeptRows())

    def keep(self, first: int, vectors: Floats, roles: Ints, names: Ints) -> None:
        """Keep what roles and names need of the next rows.

        :param first: the number of the token of the first of ``vectors``, (tokens, 4 * width).
        :param roles: places in ``vectors``, in order; ``names``: the same.
        """
        for (columns, kept), places in zip(self._tables, (roles, names), strict=True):
            kept.keep(places + first, vectors[places, columns])

    def spans(self, spans: Ints, part: int) -> tuple[Floats, Floats]:
        """The vectors (spans, width) ``part`` of the first tokens and ``part + 1`` of the last tokens of some spans."""
        columns, kept = self._tables[part // 2]
        missing = kept.missing(spans.ravel().tolist())
        if missing:
            kept.add(missing, self._compute(missing)[:, columns])
        first, last = kept.rows(spans[:, 0]), kept.rows(spans[:, 1])
        width = first.shape[1] // 2
        return first[:, :width], last[:, width:]


@dataclass(frozen=True)
class TextHolders:
    """The pointer over one text: see :class:`arabic_news_ner.tagging.protocol.HolderScorer`."""

    network: HolderNetwork
    #: (tokens, 4 * width), or of a long text those that were kept.
    vectors: Floats | SomeVectors
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
        if isinstance(self.vectors, SomeVectors):
            first, last = self.vectors.spans(at, part)
        else:
            first = self.vectors[at[:, 0], part * width : (part + 1) * width]
            last = self.vectors[at[:, 1], (part + 1) * width : (part + 2) * width]
        out: Floats = np.tanh(first + last)
        return out
