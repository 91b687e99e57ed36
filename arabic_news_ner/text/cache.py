"""Caches with a limit in bytes. They do not keep long words, because an endless stream has ever new ones."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, Generic, ParamSpec, TypeVar, cast

#: The most characters of a cached text: names and words of news are shorter. Longer texts are computed each time.
LONGEST = 64

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def cached(maxsize: int, texts: int = 1) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """``functools.lru_cache`` for functions whose first ``texts`` arguments are texts; long texts are not kept.

    The cache of a function of one text alone forgets everything when it is full: faster than to keep the order of use.

    A text is a str or a tuple of words. With :data:`LONGEST` characters of at most four bytes the cache takes at most
    ``maxsize`` times some hundred bytes.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        kept = cast("Callable[P, R]", lru_cache(maxsize)(function))

        if texts == 1 and function.__code__.co_argcount == 1:
            table: dict[Any, R] = {}

            @wraps(function)
            def only(text: Any) -> R:  # called a thousand times an article: what is known costs one look into a dict
                try:
                    return table[text]
                except KeyError:
                    value = function(text)  # type: ignore[call-arg]
                size = len(text) if type(text) is str else sum(map(len, text))
                if size <= LONGEST:
                    if len(table) >= maxsize:
                        table.clear()
                    table[text] = value
                return value

            return cast("Callable[P, R]", only)

        if texts == 1:

            @wraps(function)
            def one(*args: P.args, **kwargs: P.kwargs) -> R:
                text = args[0]
                size = len(text) if type(text) is str else sum(map(len, text))  # type: ignore[call-overload]
                return kept(*args, **kwargs) if size <= LONGEST else function(*args, **kwargs)

            return one

        @wraps(function)
        def several(*args: P.args, **kwargs: P.kwargs) -> R:
            if sum(map(len, args[:texts])) > LONGEST:  # type: ignore[arg-type]
                return function(*args, **kwargs)
            return kept(*args, **kwargs)

        return several

    return decorate


class BytesCache(Generic[K, V]):
    """A mapping of at most ``largest`` bytes, as counted by the caller. Recently used entries are kept longest.

    It has two halves. New entries go to the young half. When that is full, it becomes the old half, and the previous
    old half is dropped. A used entry of the old half moves to the young half. Safe to share between threads if equal
    keys have equal values.
    """

    def __init__(self, largest: int) -> None:
        self._half = largest // 2
        self._young: dict[K, V] = {}
        self._old: dict[K, V] = {}
        self._bytes = 0
        self._old_bytes = 0

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    @property
    def bytes(self) -> int:
        """The bytes of all kept entries, as counted by the caller."""
        return self._bytes + self._old_bytes

    def get(self, key: K, size: int) -> V | None:
        """The value of a key, ``None`` if it is not kept. ``size``: as given to :meth:`put`."""
        value = self._young.get(key)
        if value is None and (value := self._old.get(key)) is not None:
            self.put(key, value, size)
        return value

    def put(self, key: K, value: V, size: int) -> None:
        """Keep a value that takes ``size`` bytes with its key, unless it needs a sixteenth of the room or more."""
        if size * 8 > self._half:
            return
        if self._bytes + size > self._half:
            self._old, self._old_bytes = self._young, self._bytes
            self._young, self._bytes = {}, 0
        self._young[key] = value
        self._bytes += size
