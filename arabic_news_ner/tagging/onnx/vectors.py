"""Word vectors, learned from the neighbours of each word in a large archive of news: a further input of the tagger.

The table is product-quantized (Jégou et al. 2011): a vector is cut into equal parts, each part is one of 256 prototypes, and
a word takes one byte a part. Words are found by a hash of their folded letters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from arabic_news_ner.manifest import load_arrays
from arabic_news_ner.text.cache import LONGEST, BytesCache
from arabic_news_ner.text.clitics import readings
from arabic_news_ner.text.fold import fold_token

Floats = npt.NDArray[np.float32]

#: Bytes of the words that are kept with their rows, and of an entry but for its letters.
CACHE_BYTES = 24 << 20
_ENTRY, _LETTER = 200, 2


def key_of(folded: str) -> int:
    """The key of a folded word: 64 bits of BLAKE2b."""
    return int.from_bytes(hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), "little")


class WordVectors:
    """Words to rows of the table, rows to vectors. Row 0 is the zero vector: an unknown word.

    Safe to share between threads: the cache is only ever filled with equal values.
    """

    def __init__(self, content: bytes) -> None:
        """:param content: an npz file of ``keys`` (words) in rising order, uint64 or, of keys cut to their upper halves, uint32;
        ``codes`` (words, parts) uint8 and ``prototypes`` (parts, 256, width / parts) float16.
        :raises ValueError: if an array is missing or does not fit the others.
        """
        arrays = load_arrays(content, ("keys", "codes", "prototypes"))
        self._keys, codes, prototypes = (arrays[name] for name in ("keys", "codes", "prototypes"))
        if (self._keys.ndim, codes.ndim, prototypes.ndim) != (1, 2, 3):
            raise ValueError(f"shapes are {self._keys.shape}, {codes.shape}, {prototypes.shape}")
        if codes.shape != (len(self._keys), len(prototypes)) or prototypes.shape[1] != 256:
            raise ValueError(f"codes {codes.shape} do not fit {len(self._keys)} keys, prototypes {prototypes.shape}")
        if self._keys.dtype not in (np.uint32, np.uint64):
            raise ValueError(f"keys are {self._keys.dtype}, expected uint32 or uint64")
        if codes.dtype != np.uint8 or prototypes.dtype not in (np.float16, np.float32):
            raise ValueError(f"codes are {codes.dtype}, prototypes {prototypes.dtype}")
        if not np.isfinite(prototypes).all():
            raise ValueError("a prototype is no number")
        if (self._keys[1:] <= self._keys[:-1]).any():
            raise ValueError("keys do not rise")
        self._shift = 64 - 8 * self._keys.itemsize
        self._codes = np.concatenate([np.zeros((1, codes.shape[1]), np.uint8), codes])
        self._prototypes: Floats = prototypes.astype(np.float32)
        self._parts = np.arange(codes.shape[1])
        self._cache: BytesCache[str, int] = BytesCache(CACHE_BYTES)
        self.width = int(prototypes.shape[0] * prototypes.shape[2])

    def __len__(self) -> int:
        return len(self._codes)

    def row(self, word: str) -> int:
        """The row of a word, or of it without letters attached (``وبنغازي``: بنغازي); 0 if neither is known."""
        size = _ENTRY + _LETTER * len(word)
        row = self._cache.get(word, size)
        if row is None:
            folded = fold_token(word)
            row = next(filter(None, (self.row_of_key(key_of(r.stem)) for r in readings(folded))), 0) if folded else 0
            if len(word) <= LONGEST:
                self._cache.put(word, row, size)
        return row

    def row_of_key(self, key: int) -> int:
        """The row of a word by its key (:func:`key_of`); 0 if it is unknown."""
        key >>= self._shift
        at = int(np.searchsorted(self._keys, self._keys.dtype.type(key)))
        return at + 1 if at < len(self._keys) and self._keys[at] == key else 0

    def vectors(self, rows: Sequence[int] | npt.NDArray[np.int64]) -> Floats:
        """The vectors of rows, (rows, width)."""
        rows = np.asarray(rows, np.int64)
        out: Floats = self._prototypes[self._parts, self._codes[rows]].reshape(len(rows), self.width)
        out[rows == 0] = 0
        return out
