"""Files and lines in, lines out: what the command line reads and writes."""

from __future__ import annotations

import json
import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arabic_news_ner.errors import InputError
from arabic_news_ner.serialize import summary
from arabic_news_ner.text.checks import check_text

if TYPE_CHECKING:
    from arabic_news_ner.extractor import Extractor

STDIN = Path("-")
#: Columns stand apart by blanks and tabs; other blanks of Unicode may be part of a word.
_COLUMN_GAP = re.compile(r"[ \t]+")


def contents(files: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file; of standard input where there is none, or for ``-``."""
    for path in list(files) or [STDIN]:
        if path == STDIN:
            yield "standard input", sys.stdin.buffer.read()
        else:
            yield str(path), path.read_bytes()


def lines(files: Iterable[Path]) -> Iterator[bytes]:
    """The lines of all files one after the other, without reading ahead."""
    for path in list(files) or [STDIN]:
        if path == STDIN:
            yield from sys.stdin.buffer
        else:
            with open(path, "rb") as file:
                yield from file


def decode(content: bytes, name: str) -> str:
    """UTF-8 bytes (with or without a byte order mark) as text.

    :raises InputError: where they are none, with the place and the remedy.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not UTF-8 (byte {content[error.start]:#04x} at {error.start}). "
            "Convert it first; old Arabic files are often Windows-1256: iconv -f WINDOWS-1256 -t UTF-8"
        ) from error


def read_words(text: str) -> list[list[str]]:
    """Sentences of a CoNLL text: the first column of each line, a blank line between sentences."""
    sentences: list[list[str]] = [[]]
    for line in text.split("\n"):
        word, *_ = _COLUMN_GAP.split(line.strip(" \t\r"), maxsplit=1)
        if word:
            sentences[-1].append(word)
        elif sentences[-1]:
            sentences.append([])
    return sentences if sentences[-1] else sentences[:-1]


def write_text(text: str) -> None:
    """Text to standard output as UTF-8, whatever the locale; half a surrogate pair becomes a question mark."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def write_line(record: dict[str, Any]) -> None:
    """A record as one line of JSON, written at once; half a surrogate pair is escaped."""
    text = json.dumps(record, ensure_ascii=False)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        data = json.dumps(record).encode("ascii")
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.buffer.flush()


def read_record(line: bytes, number: int) -> dict[str, Any]:
    """The record of one line; its ``text`` is a str.

    :raises RecordError: where the line is no such record; ``record`` holds the id where there is one.
    """
    try:
        record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError(number, f"not UTF-8: byte {line[error.start]:#04x} at {error.start} of the line") from error
    except ValueError as error:
        raise RecordError(number, f"not JSON: {error}") from error
    except RecursionError as error:
        raise RecordError(number, "not a record: JSON nested too deeply") from error
    if not isinstance(record, dict):
        raise RecordError(number, f"a JSON {type(record).__name__}, not an object with a text")
    identity = {"id": record["id"]} if "id" in record else {}
    if "text" not in record:
        raise RecordError(number, 'no field "text"', identity)
    try:
        check_text(record["text"], 'the field "text"')
    except InputError as error:
        raise RecordError(number, str(error), identity) from error
    return record


def records(source: Iterable[bytes], report: Callable[[InputError], None]) -> Iterator[dict[str, Any]]:
    """The records of JSON lines with their texts; a line that is none is reported and passed over."""
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            yield read_record(line, number)
        except InputError as error:
            report(error)


class RecordError(InputError):
    """A line of a ``--jsonl`` input that cannot be read."""

    def __init__(self, number: int, message: str, identity: dict[str, Any] | None = None) -> None:
        super().__init__(number, message, identity)
        self.record = {**(identity or {}), "error": {"line": number, "message": message}}

    def __str__(self) -> str:
        return f"line {self.args[0]}: {self.args[1]}"


def run_pages(
    extractor: Extractor, source: Iterable[bytes], write: Callable[[dict[str, Any]], None], *, min_score: float
) -> int:
    """As :func:`run_jsonl`, each text read as a page: ``{"id": ..., "articles": [...]}`` for each line."""
    status = 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            record = read_record(line, number)
        except RecordError as error:
            write(error.record)
            status = 1
        else:
            articles = extractor.extract_page(record["text"], min_score=min_score)
            write({"id": record.get("id"), "articles": [summary(article) for article in articles]})
    return status


def run_documents(extractor: Extractor, files: Iterable[Path], kind: str, *, min_score: float) -> int:
    """``{"id", "url", "articles": [...]}`` for each entry of feeds or each page of archives; what cannot be read is said."""
    from arabic_news_ner.page.feeds import read_feed, read_warc

    status = 0
    for path in list(files) or [STDIN]:
        source = sys.stdin.buffer if path == STDIN else path
        try:
            for document in (read_feed if kind == "feed" else read_warc)(source):
                articles = extractor.extract_page(document.page, min_score=min_score)
                record = {"id": document.id, "url": document.url, "articles": [summary(a) for a in articles]}
                write_line(record)
        except InputError as error:
            print(f"arabic-news-ner: {path}: {error}", file=sys.stderr)
            status = 1
    return status


def run_jsonl(
    extractor: Extractor,
    source: Iterable[bytes],
    write: Callable[[dict[str, Any]], None],
    *,
    min_score: float,
    batch_size: int = 64,
    processes: int = 1,
    progress: bool = False,
) -> int:
    """A result for each line of ``source``, in order; blank lines are passed over.

    A line that cannot be read gives its error in its place, and the rest goes on. Returns the exit status: 1 where there
    was such a line.
    """
    waiting: deque[dict[str, Any] | RecordError] = deque()
    failed = False

    def flush() -> None:
        nonlocal failed
        while waiting and isinstance(head := waiting[0], RecordError):
            waiting.popleft()
            write(head.record)
            failed = True

    def texts() -> Iterator[str]:
        for number, line in enumerate(source, 1):
            if not line.strip():
                continue
            try:
                record = read_record(line, number)
            except RecordError as error:
                waiting.append(error)
                flush()
            else:
                waiting.append({"id": record.get("id")})
                yield record["text"]

    settings: dict[str, Any] = {"batch_size": batch_size, "processes": processes, "progress": progress}
    for article in extractor.pipe(texts(), min_score=min_score, **settings):
        flush()
        identity = waiting.popleft()
        assert isinstance(identity, dict)
        write({**identity, **summary(article)})
    flush()
    return 1 if failed else 0
