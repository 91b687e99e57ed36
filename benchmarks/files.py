"""Annotated files: articles with records, span files, CoNLL files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arabic_news_ner.scoring.annotation import Annotation, from_spans
from arabic_news_ner.tagging.conll import DOCUMENT_MARK, read_sentences
from benchmarks.alignment import align


class DataError(Exception):
    """A file does not hold what its name promises."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence of a CoNLL file; ``document`` counts the documents of the file from 0."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    document: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """The content of one file: texts with spans, or tagged sentences."""

    path: Path
    texts: tuple[Annotation, ...] = ()
    sentences: tuple[Tagged, ...] = ()


def read(path: Path) -> Dataset:
    """Read a file by its name: ``*articles.jsonl`` (with its ``*records.jsonl``), ``*.jsonl`` with spans, else CoNLL.

    :raises DataError: if it cannot be read, with the line.
    """
    try:
        if path.name.endswith("articles.jsonl"):
            return Dataset(path, texts=tuple(_articles(path)))
        if path.suffix == ".jsonl":
            return Dataset(path, texts=tuple(_spans(path)))
        return Dataset(path, sentences=tuple(_conll(path)))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    value = json.loads(line)
                except ValueError as error:
                    raise DataError(f"{path}, line {number}: not JSON: {error}") from error
                if not isinstance(value, dict):
                    raise DataError(f"{path}, line {number}: not a JSON object")
                yield number, value


def _articles(path: Path) -> Iterator[Annotation]:
    records_path = path.with_name(path.name.removesuffix("articles.jsonl") + "records.jsonl")
    records = {record.get("id"): record for _, record in _objects(records_path)}
    for number, article in _objects(path):
        record = records.get(article.get("id"))
        if record is None or "text" not in article:
            raise DataError(f"{path}, line {number}: no text, or no record of its id in {records_path.name}")
        aligned = align(article["text"], record)
        if aligned.problems:
            raise DataError(f"{records_path}, {record['id']}: {'; '.join(aligned.problems)}")
        yield aligned.annotation


def _spans(path: Path) -> Iterator[Annotation]:
    for number, value in _objects(path):
        try:
            yield from_spans(value)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise DataError(f"{path}, line {number}: not a record of spans: {error!r}") from error


def _conll(path: Path) -> Iterator[Tagged]:
    """First column the word, last column the tag, a blank line between sentences."""
    document = 0
    with path.open(encoding="utf-8-sig") as lines:
        for rows in read_sentences(lines):
            if rows[0][1][0] == DOCUMENT_MARK:
                document += 1
                continue
            for number, columns in rows:
                if len(columns) < 2 or not (columns[-1] == "O" or columns[-1][:2] in ("B-", "I-")):
                    seen = " ".join(columns)
                    raise DataError(
                        f"{path}, line {number}: expected 'word tag' with a tag O, B-X or I-X, got {seen!r}"
                    )
            yield Tagged(tuple(c[0] for _, c in rows), tuple(c[-1] for _, c in rows), document)
