"""The tagger over a model pack, run by ONNX Runtime on the CPU.

Each window is one run of the graph, so a result does not depend on other texts of the call. Windows are spread over
threads, because ONNX Runtime releases the interpreter's lock.
"""

from __future__ import annotations

import os
import threading
import weakref
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from arabic_news_ner.errors import InputError, ModelError
from arabic_news_ner.tagging import bio
from arabic_news_ner.tagging.onnx import pack, windows
from arabic_news_ner.tagging.onnx.decode import BLOCK, Decoder, Floats, TextDecoder
from arabic_news_ner.tagging.onnx.pieces import PieceEncoder
from arabic_news_ner.tagging.onnx.vectors import WordVectors
from arabic_news_ner.tagging.protocol import Tagged, TokenizedText
from arabic_news_ner.text.tokenize import spans

if TYPE_CHECKING:
    import onnxruntime

#: The pieces of a unit and, for each, the row of its word's vector.
TokenPieces = tuple[tuple[windows.Piece, ...], tuple[int, ...]]

UNKNOWN_PIECE = 3


#: The taggers of this process. A fork copies them without their threads.
_STARTED: weakref.WeakSet[EmbeddedTagger] = weakref.WeakSet()
#: Objects of the parent that a forked process must not touch.
_ABANDONED: list[object] = []


class EmbeddedTagger:
    """A pack ready to tag. Thread-safe; pickles as its folder and settings, and is loaded again when it is
    unpickled."""

    def __init__(self, model: str | Path = "base", *, threads: int | None = None) -> None:
        """:param model: a built-in pack or the folder of one.
        :param threads: windows tagged at a time; by default one for each processor this process may use.
        :raises ModelError: if the pack is missing, damaged or of another protocol.
        :raises InputError: if ``threads`` is not a positive number.
        """
        if threads is not None and (not isinstance(threads, int) or threads < 1):
            raise InputError(f"threads is {threads!r}; it takes a whole number from 1, or None for every processor")
        self._model = model
        self._threads = threads
        self._start()

    def _start(self) -> None:
        from tokenizers import Tokenizer

        loaded = pack.load(self._model)
        self.pack = loaded
        try:
            tokenizer = Tokenizer.from_str(loaded.tokenizer.decode("utf-8"))
            self._session: onnxruntime.InferenceSession | None = _session(loaded.model)
            self._words = WordVectors(loaded.words) if loaded.words is not None else None
            self._decoder = Decoder(loaded)
            width = self._words.width if self._words is not None else None
            _check_graph(self._session, slots=loaded.slots, width=width, columns=self._decoder.columns)
        except Exception as error:  # neither library has an error class of its own that it keeps to
            raise ModelError(
                f"the model pack in {loaded.folder} passed its checks but cannot be loaded ({error}). "
                "Update onnxruntime and tokenizers: pip install -U onnxruntime tokenizers."
            ) from error
        self._pieces = PieceEncoder(tokenizer, UNKNOWN_PIECE)
        self._workers = self._threads or _processors()
        self._pool: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()
        _STARTED.add(self)

    def forget_parent(self) -> None:
        """In a forked process: the threads of the parent do not exist, and a lock of its session may be held forever.
        Both are made again when they are needed. The old ones are never touched, not even to free them."""
        _ABANDONED.extend((self._session, self._pool, self._lock))
        self._session, self._pool, self._lock = None, None, threading.Lock()

    def limit_threads(self, threads: int) -> None:
        """Limit the number of windows at a time. For worker processes with one processor each."""
        with self._lock:
            pool, self._pool, self._workers = self._pool, None, threads
        if pool is not None:
            pool.shutdown(wait=False)

    def _open_session(self) -> onnxruntime.InferenceSession:
        with self._lock:
            if self._session is None:
                self._session = _session(self.pack.model)
            return self._session

    def _open_pool(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._workers, "arabic-news-ner")
            return self._pool

    def __getstate__(self) -> dict[str, Any]:
        return {"_model": self._model, "_threads": self._threads}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._start()

    def __repr__(self) -> str:
        return f"EmbeddedTagger({self.pack.name!r}, version {self.pack.version}, threads={self._workers})"

    @property
    def name(self) -> str:
        """The name of the pack."""
        return self.pack.name

    @property
    def schemes(self) -> tuple[str, ...]:
        """The label sets that :meth:`tag_words` can answer in, the default first."""
        return tuple(head for head in ("news", "anercorp") if head in self.pack.heads)

    def tag_texts(self, texts: Sequence[TokenizedText]) -> list[Tagged]:
        """Mentions and roles of each text. Of long texts only a part of the scores is held at a time."""
        plans = [_Bounds() for _ in texts]
        readers = [
            TextDecoder(self._decoder, text, partial(self._scores_of, text, plan))
            for text, plan in zip(texts, plans, strict=True)
        ]
        for some in _rounds((n, window) for n, text in enumerate(texts) for window in self._windows(text)):
            for (n, window), scores in zip(some, self._run_all([window for _, window in some]), strict=True):
                plans[n].add(window)
                readers[n].feed(scores)
        return [reader.close() for reader in readers]

    def decode(self, text: TokenizedText, scores: Floats) -> Tagged:
        """Mentions and roles of a text from its scores: what :meth:`tag_texts` does with those of :meth:`score_texts`."""
        return self._decoder.text(text, scores)

    def score_texts(self, texts: Sequence[TokenizedText]) -> list[Floats]:
        """The raw scores of each text, (tokens, columns of all heads): see :meth:`columns`."""
        return self._scores([list(self._windows(text)) for text in texts])

    def columns(self, head: str) -> slice:
        """The columns of one head in the scores."""
        return self._decoder.slices[head]

    def tag_words(self, sentences: Sequence[Sequence[str]], scheme: str = "news") -> list[list[str]]:
        """BIO tags of pre-tokenized sentences, which are read as the consecutive sentences of one text.

        :raises InputError: if the pack has no head of this scheme.
        """
        if scheme not in self.schemes:
            raise InputError(f"scheme {scheme!r} is not in the pack {self.name!r}; it has {', '.join(self.schemes)}")
        by_token = scheme == "news"  # this head was trained on tokens, the others on the words of their corpora
        words = [self._tokens(word) if by_token else [self._word(word)] for sentence in sentences for word in sentence]
        units = [pieces for word in words for pieces, _ in word]
        rows = [rows for word in words for _, rows in word]
        starts: list[bool] = []
        ends: list[bool] = []
        at = 0
        for sentence in sentences:
            counts = sum(len(word) for word in words[at : at + len(sentence)])
            starts += [i == 0 for i in range(counts)]
            ends += [i == counts - 1 for i in range(counts)]
            at += len(sentence)
        plan = self._plan(units, rows, starts, ends)
        (scores,) = self._scores([plan])
        bounds = np.cumsum([0, *map(len, words)]).tolist()
        out: list[list[str]] = []
        at = 0
        for sentence in sentences:
            first, last = bounds[at], bounds[at + len(sentence)]
            tags = self._decoder.words(scores[first:last], scheme)
            sizes = [len(word) for word in words[at : at + len(sentence)]]
            out.append(bio.merged(tags, sizes))
            at += len(sentence)
        return out

    def _tokens(self, word: str) -> list[TokenPieces]:
        """Each token of a word: a bracket or stop that sticks to it is its own."""
        tokens = [word[a:b] for a, b in spans(word)] or [word]
        pieces = self._positions(tokens, [i == 0 for i in range(len(tokens))])
        return list(zip(pieces, self._rows(tokens, pieces), strict=True))

    def _word(self, word: str) -> TokenPieces:
        tokens = self._tokens(word)
        return tuple(p for pieces, _ in tokens for p in pieces), tuple(r for _, rows in tokens for r in rows)

    def _positions(self, words: Sequence[str], blank: Sequence[bool]) -> list[tuple[windows.Piece, ...]]:
        return [windows.positions(pieces, self.pack.slots) for pieces in self._pieces.encode(words, blank)]

    def _rows(self, words: Sequence[str], pieces: Sequence[tuple[windows.Piece, ...]]) -> list[tuple[int, ...]]:
        """For each position of each word the row of the word's vector."""
        table = self._words
        if table is None:
            return [(0,) * len(p) for p in pieces]
        return [(table.row(word),) * len(p) for word, p in zip(words, pieces, strict=True)]

    def _windows(self, text: TokenizedText) -> Iterator[windows.Window]:
        """The windows of a text, made as they are asked for."""
        blocks = (self._units(text, first, first + BLOCK) for first in range(0, len(text.tokens), BLOCK))
        return windows.stream(blocks, size=self.pack.window, context=self.pack.context, slots=self.pack.slots)

    def _units(self, text: TokenizedText, first: int, last: int) -> windows.Units:
        """The tokens of a text from number ``first`` to ``last`` (exclusive) as the encoder reads them."""
        words = list(text.tokens.texts(first, last))
        blank: list[bool] = []
        breaks: list[bool] = []
        end = text.tokens.ends[first - 1] if first else -1
        for start, following in zip(text.tokens.starts[first:last], text.tokens.ends[first:last], strict=True):
            blank.append(start != end)
            breaks.append(end >= 0 and start - end > 0 and "\n" in text.text[end:start])
            end = following
        pieces = self._positions(words, blank)
        units = windows.Units()
        units.add(pieces, self._rows(words, pieces), breaks, [word in windows.STOPS for word in words])
        return units

    def _scores_of(self, text: TokenizedText, bounds: _Bounds, tokens: Sequence[int]) -> Floats:
        """The scores of some tokens, (tokens, columns), from the windows that :meth:`tag_texts` read."""
        out = np.empty((len(tokens), self._decoder.columns), np.float32)
        for number, places in groupby(range(len(tokens)), key=lambda n: bounds.window_of(tokens[n])):
            left, start, end, right = bounds.of(number)
            units = self._units(text, left, right)
            window = windows.window(units, (0, right - left), (start - left, end - left), self.pack.slots, left)
            scores = self._run(window)
            for n in places:
                out[n] = scores[tokens[n] - start]
        return out

    def _plan(
        self,
        pieces: Sequence[tuple[windows.Piece, ...]],
        rows: Sequence[tuple[int, ...]],
        breaks: Sequence[bool],
        ends: Sequence[bool],
    ) -> list[windows.Window]:
        p = self.pack
        return windows.plan(pieces, breaks, ends, size=p.window, context=p.context, words=rows, slots=p.slots)

    def _scores(self, plans: Sequence[Sequence[windows.Window]]) -> list[Floats]:
        """For each plan the scores (units, columns), put together from the cores of its windows."""
        out = [np.empty((sum(len(w.first) for w in plan), self._decoder.columns), np.float32) for plan in plans]
        for some in _rounds((n, window) for n, plan in enumerate(plans) for window in plan):
            for (n, window), scores in zip(some, self._run_all([window for _, window in some]), strict=True):
                out[n][window.start : window.end] = scores
        return out

    def _run_all(self, some: Sequence[windows.Window]) -> list[Floats]:
        """The scores of some windows, in their order, several at a time."""
        mapped: Callable[..., Any] = self._open_pool().map if self._workers > 1 and len(some) > 1 else map
        order = sorted(range(len(some)), key=lambda i: -len(some[i].ids))  # the longest first: threads end together
        found = dict(zip(order, mapped(self._run, [some[i] for i in order]), strict=True))
        return [found[i] for i in range(len(some))]

    def _run(self, window: windows.Window) -> Floats:
        inputs: dict[str, Any] = {"ids": window.ids[None]}
        if self._words is not None:
            inputs["vectors"] = self._words.vectors(window.words)[None]
        session = self._session or self._open_session()
        first, last = session.run(None, inputs)
        scores: Floats = first[window.first] + last[window.last]
        return scores


class _Bounds:
    """Where the windows of one text begin and end, in tokens."""

    def __init__(self) -> None:
        self._numbers = array("Q")
        self._starts = array("Q")

    def add(self, window: windows.Window) -> None:
        """The next window."""
        self._numbers.extend((window.left, window.start, window.end, window.right))
        self._starts.append(window.start)

    def window_of(self, token: int) -> int:
        """The number of the window in whose core a token is."""
        return bisect_right(self._starts, token) - 1

    def of(self, number: int) -> tuple[int, int, int, int]:
        """Left end, first and past the last of the core, right end of a window."""
        left, start, end, right = self._numbers[4 * number : 4 * number + 4]
        return left, start, end, right


def _rounds(given: Iterable[tuple[int, windows.Window]]) -> Iterator[list[tuple[int, windows.Window]]]:
    """Windows in groups of about :data:`BLOCK` units, whose scores are held together."""
    some: list[tuple[int, windows.Window]] = []
    units = 0
    for number, window in given:
        some.append((number, window))
        units += len(window.first)
        if units >= BLOCK:
            yield some
            some, units = [], 0
    if some:
        yield some


def _session(model: bytes) -> onnxruntime.InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = True
    # Fused with the addition before it, layer normalization takes several times as long on the CPU (onnxruntime 1.2x).
    fused = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"], disabled_optimizers=fused)


def _check_graph(session: onnxruntime.InferenceSession, *, slots: int, width: int | None, columns: int) -> None:
    """Does the graph read and give what the manifest says? :raises ValueError: with what it reads or gives."""
    reads = {"ids": ["tensor(int64)", 2 + bool(slots), slots or None]}
    if width is not None:
        reads["vectors"] = ["tensor(float)", 3, width]
    gives = {name: ["tensor(float)", 2, columns] for name in ("first", "last")}
    for what, wanted, nodes in (("reads", reads, session.get_inputs()), ("gives", gives, session.get_outputs())):
        seen = {
            node.name: [node.type, len(node.shape), node.shape[-1] if isinstance(node.shape[-1], int) else None]
            for node in nodes
            if node.shape
        }
        if seen != wanted:
            raise ValueError(f"the graph {what} {seen} (type, dimensions, last dimension), expected {wanted}")


def _processors() -> int:
    """Processors that this process may use: what a container or taskset allows, not what the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _forget_parents() -> None:
    for tagger in list(_STARTED):
        tagger.forget_parent()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_parents)
