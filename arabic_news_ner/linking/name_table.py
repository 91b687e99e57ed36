"""A hash table of names that works on the arrays of its file: nothing is built at loading, and a lookup reads one
bucket."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from arabic_news_ner.text.cache import LONGEST

#: Keys whose numbers are kept once they are read, none among them: the news asks for the same names again and again.
KEYS_KEPT = 4096

Arrays = Mapping[str, npt.NDArray[np.generic]]


def starts_of(lengths: npt.NDArray[np.generic]) -> memoryview:
    """The start of each part and the end of the last one, from their lengths (which compress better)."""
    starts = np.zeros(len(lengths) + 1, dtype=np.uint32)
    np.cumsum(lengths, out=starts[1:])
    return starts.data


class Lines:
    """Strings in one UTF-8 blob; each is decoded when it is read."""

    __slots__ = ("_blob", "_starts")

    def __init__(self, arrays: Arrays, name: str) -> None:
        """:param arrays: those that :func:`pack_lines` made under this name."""
        self._blob = arrays[name].tobytes()
        self._starts = starts_of(arrays[f"{name}_lengths"])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        return self.raw(number).decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def raw(self, number: int) -> bytes:
        """The bytes of one string."""
        return self._blob[self._starts[number] : self._starts[number + 1]]


class NameTable:
    """From a key to its numbers. Keys are in the order of their buckets."""

    __slots__ = ("_buckets", "_keys", "_mask", "_read", "_starts", "_values")

    def __init__(self, arrays: Arrays, name: str) -> None:
        """:param arrays: those that :func:`pack_table` made under this name."""
        self._keys = Lines(arrays, f"{name}_keys")
        self._buckets = starts_of(arrays[f"{name}_buckets"])
        self._starts = starts_of(arrays[f"{name}_counts"])
        self._values = np.ascontiguousarray(arrays[f"{name}_values"]).data
        self._mask = len(self._buckets) - 2
        self._read: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, key: str) -> tuple[int, ...]:
        """The numbers of a key, in the order in which they were stored; empty for an unknown key."""
        found = self._read.get(key)
        if found is None:
            found = self._look_up(key)
            if len(key) <= LONGEST:
                if len(self._read) >= KEYS_KEPT:
                    self._read = {}
                self._read[key] = found
        return found

    def _look_up(self, key: str) -> tuple[int, ...]:
        data = key.encode("utf-8")
        bucket = zlib.crc32(data) & self._mask
        for number in range(self._buckets[bucket], self._buckets[bucket + 1]):
            if self._keys.raw(number) == data:
                return tuple(self._values[self._starts[number] : self._starts[number + 1]])
        return ()


def pack_lines(name: str, lines: Iterable[str]) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays ``NAME`` and ``NAME_lengths`` of :class:`Lines`."""
    data = [line.encode("utf-8") for line in lines]
    lengths = np.array([len(line) for line in data], dtype=np.uint16)
    return {name: np.frombuffer(b"".join(data), dtype=np.uint8), f"{name}_lengths": lengths}


def pack_table(name: str, filed: Mapping[str, Sequence[int]]) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of a :class:`NameTable`: at most two keys a bucket on average."""
    size = 1
    while size * 2 < len(filed):
        size *= 2
    buckets: list[list[str]] = [[] for _ in range(size)]
    for key in sorted(filed):
        buckets[zlib.crc32(key.encode("utf-8")) & (size - 1)].append(key)
    keys = [key for bucket in buckets for key in bucket]
    return {
        **pack_lines(f"{name}_keys", keys),
        f"{name}_buckets": np.array([len(bucket) for bucket in buckets], dtype=np.uint8),
        f"{name}_counts": np.array([len(filed[key]) for key in keys], dtype=np.uint16),
        f"{name}_values": np.array([value for key in keys for value in filed[key]], dtype=np.uint32),
    }
