"""Files and lines in, lines out: what the command line reads and writes."""

from __future__ import annotations

import codecs
import errno
import json
import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from arabic_news_ner.errors import InputError
from arabic_news_ner.tagging.conll import read_sentences
from arabic_news_ner.text.checks import check_text

STDIN = Path("-")
UTF_8 = "utf-8"
Report = Callable[[InputError], None]


def contents(files: Iterable[Path], report: Report | None = None) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file; of standard input if there is none, or for ``-``.

    :param report: gets the error of a file that cannot be read, and the rest is read; without it the error is raised.
    :raises InputError: if a file cannot be read.
    """
    for path in list(files) or [STDIN]:
        try:
            with _opened(path) as file:
                content = file.read()
        except OSError as error:
            _refuse(unreadable(error, path), report)
        else:
            yield ("standard input" if path == STDIN else str(path)), content


def lines(files: Iterable[Path], report: Report | None = None, encoding: str = UTF_8) -> Iterator[bytes]:
    """The lines of all files one after the other as UTF-8, without a byte order mark and without reading ahead.

    :param report: as for :func:`contents`.
    :param encoding: of the files; lines of UTF-8 are passed on as they are, so that a bad one is reported by itself.
    :raises InputError: if a file cannot be read, or is not in this encoding.
    """
    for path in list(files) or [STDIN]:
        try:
            with _opened(path) as file:
                first = True
                for line in file if encoding == UTF_8 else _recoded(file, encoding, str(path)):
                    yield line.removeprefix(codecs.BOM_UTF8) if first else line
                    first = False
        except OSError as error:
            _refuse(unreadable(error, path), report)


def _opened(path: Path) -> IO[bytes]:
    if path != STDIN:
        return open(path, "rb")
    if sys.stdin is None:
        raise InputError("standard input is closed; pass a file")
    return os.fdopen(os.dup(sys.stdin.fileno()), "rb")


def _recoded(file: IO[bytes], encoding: str, name: str) -> Iterator[bytes]:
    try:
        for line in codecs.getreader(encoding)(file):
            yield line.encode("utf-8", "surrogatepass")
    except UnicodeError as error:
        raise InputError(f"{name} is not in the encoding {encoding}: {error}") from error


def _refuse(error: InputError, report: Report | None) -> None:
    if report is None:
        raise error
    report(error)


def unreadable(error: OSError, path: Path | str | None = None) -> InputError:
    """What went wrong with a file, in words."""
    name = path if path is not None else error.filename
    if error.errno == errno.ENOENT and name and not Path(name).parent.exists():
        return InputError(f"{name}: there is no such file, nor its folder {str(Path(name).parent)!r}")
    said = {
        errno.ENOENT: "there is no such file",
        errno.EISDIR: "it is a directory; pass its files",
        errno.EACCES: "no permission",
        errno.ENOSPC: "the disk is full",
        errno.EROFS: "the disk is read-only",
    }.get(error.errno or 0, error.strerror or str(error))
    return InputError(f"{name}: {said}" if name is not None else said)


def decode(content: bytes, name: str, encoding: str = UTF_8) -> str:
    """Bytes as text, without a byte order mark.

    :raises InputError: if they are not in this encoding, with the place and the remedy.
    """
    if encoding == UTF_8 and _is_utf16(content):
        raise InputError(f"{name} is not UTF-8. {_advice(content)}")
    try:
        return content.decode("utf-8-sig" if encoding == UTF_8 else encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        seen = f"byte {content[error.start]:#04x} at {error.start}"
        if encoding != UTF_8:
            raise InputError(f"{name} is not in the encoding {encoding} ({seen}); pass another --encoding") from error
        raise InputError(f"{name} is not UTF-8 ({seen}). {_advice(content)}") from error


def _advice(content: bytes) -> str:
    """Which encoding bytes that are not UTF-8 may be in."""
    if _is_utf16(content):
        return "It looks like UTF-16, as Notepad saves it: --encoding utf-16, or iconv -f UTF-16 -t UTF-8"
    return "Old Arabic files are often Windows-1256: --encoding cp1256, or iconv -f WINDOWS-1256 -t UTF-8"


def _is_utf16(content: bytes) -> bool:
    """UTF-16 has a mark at its start, or, in Arabic, a 6 (a letter) or a 0 (a blank) in every other byte."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    head = content[:1000]
    return 3 * (head.count(0) + head.count(6)) > len(head) > 3


def read_words(text: str) -> list[list[str]]:
    """Sentences of a CoNLL text: the first column of each line, a blank line between sentences."""
    return [[columns[0] for _, columns in rows] for rows in read_sentences(text.split("\n"))]


def write_text(text: str) -> None:
    """Text to standard output as UTF-8, whatever the locale; half a surrogate pair becomes a question mark."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def line_of(record: dict[str, Any]) -> bytes:
    """A record as one line of JSON; half a surrogate pair is escaped."""
    try:
        return json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(record).encode("ascii") + b"\n"


def write_line(record: dict[str, Any]) -> None:
    """A record as one line to standard output, written at once."""
    sys.stdout.buffer.write(line_of(record))
    sys.stdout.buffer.flush()


def read_record(line: bytes, number: int, field: str = "text", *, pages: bool = False) -> dict[str, Any]:
    """The record of one line; its ``text`` is a str.

    :param field: the field of the line that holds the text.
    :param pages: take a record of a page, too: one with a list of ``articles`` in place of a text.
    :raises RecordError: if the line is not such a record; ``record`` holds the id if there is one.
    """
    if _is_utf16(line):
        raise RecordError(number, f"not UTF-8. {_advice(line)}")
    try:
        record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"), parse_constant=_no_json)
    except UnicodeDecodeError as error:
        where = f"byte {line[error.start]:#04x} at {error.start} of the line"
        raise RecordError(number, f"not UTF-8: {where}. {_advice(line)}") from error
    except ValueError as error:
        raise RecordError(number, f"not JSON: {error}") from error
    except RecursionError as error:
        raise RecordError(number, "not a record: JSON nested too deeply") from error
    if not isinstance(record, dict):
        raise RecordError(number, f"a JSON {type(record).__name__}, not an object with a text")
    identity = {"id": record["id"]} if "id" in record else {}
    if isinstance(identity.get("id"), float) and not math.isfinite(identity["id"]):
        raise RecordError(number, f"the id is {identity['id']}, which is no JSON number")
    if pages and isinstance(record.get("articles"), list) and field not in record:
        return record
    if field not in record:
        raise RecordError(number, f'no field "{field}"', identity)
    try:
        check_text(record[field], f'the field "{field}"')
    except InputError as error:
        raise RecordError(number, str(error), identity) from error
    return {**record, "text": record[field]}


def _no_json(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON value")


def records(
    source: Iterable[bytes], report: Callable[[InputError], None], field: str = "text"
) -> Iterator[dict[str, Any]]:
    """The records of JSON lines with their texts; a line that is none is reported and skipped."""
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            yield read_record(line, number, field)
        except InputError as error:
            report(error)


class RecordError(InputError):
    """A line of a ``--jsonl`` input that cannot be read."""

    def __init__(self, number: int, message: str, identity: dict[str, Any] | None = None) -> None:
        super().__init__(number, message, identity)
        self.record = {**(identity or {}), "error": {"line": number, "message": message}}

    def __str__(self) -> str:
        return f"line {self.args[0]}: {self.args[1]}"
