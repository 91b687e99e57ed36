"""A list of texts in, a list of records out: what every integration calls.

A process loads each model once. A child made by fork loads its own: the threads of a loaded model live in the parent only.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from arabic_news_ner.errors import InputError
from arabic_news_ner.extractor import DEFAULT_MIN_SCORE, DEFAULT_MODEL, Extractor
from arabic_news_ner.serialize import entities_to_dict
from arabic_news_ner.types import Article

#: Texts that are read at a time where the caller hands over more. More bring nothing, and take memory.
BATCH = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """How texts are read. Small, hashable and picklable: it travels to the workers, and the model does not.

    :param model: a built-in pack or the path of a pack's folder, the same on every machine.
    :param threads: processor cores of one extractor; 1 where the framework itself keeps all cores busy, ``None`` for all.
    :param min_score: mentions and roles with a lower probability are left out (0 to 1).
    :param page: read each text as a scraped page, text or HTML, of one or more articles.
    :param names: the path of a list of your own names (``.tsv``, ``.jsonl``), the same on every machine.
    """

    model: str = DEFAULT_MODEL
    threads: int | None = 1
    min_score: float = DEFAULT_MIN_SCORE
    page: bool = False
    names: str | None = None

    @classmethod
    def of(cls, **values: Any) -> Settings:
        """Settings by name. :raises InputError: for a name that is none of them."""
        known = [f.name for f in fields(cls)]
        for name in values:
            if name not in known:
                raise InputError(f"unknown setting {name!r}; there are {', '.join(known)}")
        return cls(**values)


_extractors: dict[tuple[int, str, int | None, str | None], Extractor] = {}
_lock = threading.Lock()
_lock_owner = os.getpid()


def extractor_of(settings: Settings) -> Extractor:
    """The extractor of this process for these settings, loaded at the first call.

    :raises ModelError: if the model is missing, damaged or made for another version.
    """
    global _lock, _lock_owner
    process = os.getpid()
    if process != _lock_owner:  # after a fork: a thread of the parent may have held the lock, and it holds it forever
        _lock, _lock_owner = threading.Lock(), process
        _extractors.clear()
    key = (process, settings.model, settings.threads, settings.names)
    if key not in _extractors:
        with _lock:
            if key not in _extractors:
                _extractors[key] = Extractor.load(settings.model, threads=settings.threads, names=settings.names)
    return _extractors[key]


def is_missing(value: object) -> bool:
    """Whether a cell of a table is empty: ``None``, NaN, ``pandas.NA``; an empty str is a text.

    >>> [is_missing(value) for value in (None, float("nan"), "", "nan")]
    [True, True, False, False]
    """
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and value != value


def read_texts(texts: Sequence[object], settings: Settings) -> list[list[Article] | None]:
    """The articles of each text: one, or with ``settings.page`` those of the page; ``None`` for a missing text.

    :raises InputError: if a text is not a str, named by its position.
    """
    present = [number for number, text in enumerate(texts) if not is_missing(text)]
    for number in present:
        if not isinstance(texts[number], str):
            value = texts[number]
            raise InputError(
                f"text {number} of the batch is a {type(value).__name__}: {value!r:.80}; a text is a str, or missing"
            )
    extractor = extractor_of(settings)
    given = [str(texts[number]) for number in present]
    out: list[list[Article] | None] = [None] * len(texts)
    for number, articles in zip(present, _articles(extractor, given, settings), strict=True):
        out[number] = articles
    return out


def _articles(extractor: Extractor, texts: list[str], settings: Settings) -> Iterator[list[Article]]:
    if settings.page:
        for text in texts:
            yield extractor.extract_page(text, min_score=settings.min_score)
    else:
        for article in extractor.pipe(texts, batch_size=BATCH, min_score=settings.min_score):
            yield [article]


def read_records(texts: Sequence[object], settings: Settings) -> list[Any]:
    """The record of each text (:func:`arabic_news_ner.serialize.entities_to_dict`); ``None`` for a missing text.

    With ``settings.page`` a list of records with their texts, since the offsets of a page count in the text found in it.
    """
    out: list[Any] = []
    for articles in read_texts(texts, settings):
        if articles is None:
            out.append(None)
        elif settings.page:
            out.append([entities_to_dict(article, text=True) for article in articles])
        else:
            out.append(entities_to_dict(articles[0]))
    return out
