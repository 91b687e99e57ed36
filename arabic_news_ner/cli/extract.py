"""``arabic-news-ner extract``: files or JSON lines in; a table, JSON, CSV or TSV out."""

from __future__ import annotations

import argparse
import codecs
import csv
import io as texts_io
import json
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING, Any

from arabic_news_ner.cli import export, io
from arabic_news_ner.errors import InputError
from arabic_news_ner.serialize import entities_to_dict
from arabic_news_ner.types import Article, Entity

if TYPE_CHECKING:
    from arabic_news_ner.extractor import Extractor

#: The columns of CSV and TSV: a row an entity. Several values of a cell stand apart by `` | ``.
COLUMNS = ("article", "entity", "label", "subtype", "name", "mentions", "salience", "roles", "links")
TABLES = {"csv": ",", "tsv": "\t"}
#: Languages in Arabic letters whose pages have no article, as `Page.language` names them.
LANGUAGES = {"fa": "Persian", "ur": "Urdu", "ckb": "Kurdish"}

EXAMPLES = """
examples:
  arabic-news-ner extract page.html                        a table of who and what is in it
  arabic-news-ner extract --format csv *.txt > people.csv  a row an entity
  arabic-news-ner extract --article --encoding cp1256 old.txt
  arabic-news-ner extract --jsonl --field body < articles.jsonl > entities.jsonl
  arabic-news-ner extract --jsonl --processes 4 --progress -o entities.jsonl articles.jsonl
  arabic-news-ner extract --jsonl --resume -o entities.jsonl articles.jsonl
                                                           go on where the last run was stopped
"""


class Stopped(KeyboardInterrupt):
    """SIGTERM: the program ends as it does after Ctrl-C."""


def whole_number(value: str) -> int:
    """A whole number from 1, of an option. :raises argparse.ArgumentTypeError: if it is none."""
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number from 1")
    return int(value)


def probability(value: str) -> float:
    """A number from 0 to 1, of an option. :raises argparse.ArgumentTypeError: if it is none."""
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number from 0 to 1")
    return number


def encoding(value: str) -> str:
    """The name of an encoding that Python knows. :raises argparse.ArgumentTypeError: if it knows none."""
    try:
        return codecs.lookup(value).name
    except LookupError as error:
        raise argparse.ArgumentTypeError(f"{value!r} is no encoding; try utf-8, cp1256 or utf-16") from error


def add_command(commands: Any) -> argparse.ArgumentParser:
    """The parser of ``extract``, without the options of the model."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "extract",
        help="read articles",
        description="Read articles: a table on a terminal, JSON otherwise, a line for each article. A file is read as a "
        "scraped page: its articles are told apart. With --jsonl one JSON object a line, in and out.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("files", nargs="*", type=Path, metavar="FILE", help="text or HTML; none or -: standard input")
    add("--jsonl", action="store_true", help='read {"id": ..., "text": ...} a line, write a line for each')
    reading = parser.add_mutually_exclusive_group()
    reading.add_argument(
        "--page",
        action="store_true",
        help="read the input as a scraped page of one or more articles (default for files)",
    )
    reading.add_argument(
        "--article", action="store_true", help="read the whole input as one article (default for --jsonl)"
    )
    reading.add_argument("--feed", action="store_true", help="read RSS or Atom: a JSON line for each entry")
    reading.add_argument(
        "--warc", action="store_true", help="read WARC or WET (Common Crawl), gzipped or not: a JSON line for each page"
    )
    forms = ("table", "json", *TABLES, *export.FORMATS)
    add("--format", choices=forms, metavar="FORM", help=f"the form of the output: {', '.join(forms)}")
    add("--output", "-o", type=Path, metavar="PATH", help="write there in place of standard output; for brat a folder")
    add("--with-text", action="store_true", help="write the text into each JSON record, too")
    add("--encoding", type=encoding, default=io.UTF_8, metavar="NAME", help="of the input (default: utf-8)")
    add("--field", default="text", metavar="NAME", help="the field that holds the text (--jsonl; default: text)")
    add("--resume", action="store_true", help="go on after the last whole line of --output (--jsonl)")
    add(
        "--min-score",
        type=probability,
        default=None,
        metavar="P",
        help="leave out what is less probable (default: 0.45)",
    )
    add("--batch-size", type=whole_number, default=64, metavar="N", help="articles read at a time (--jsonl)")
    add("--processes", type=whole_number, default=1, metavar="N", help="worker processes (--jsonl)")
    add("--progress", action="store_true", help="show a progress bar (--jsonl)")
    return parser


def run(extractor: Extractor, args: argparse.Namespace) -> bool:
    """Read the input of ``extract`` and write the result. Returns whether all of it could be read.

    :raises InputError: if options do not go together, or the output cannot be written.
    """
    if args.format in export.FORMATS:
        return export.write(extractor, args)
    failures, interrupts = _Failures(), _Interrupts()
    with interrupts.caught(), _destination(args) as out:
        if args.feed or args.warc:
            _run_documents(extractor, args, out, failures, interrupts)
        elif args.jsonl:
            _run_lines(extractor, args, out, failures, interrupts)
        else:
            _run_files(extractor, args, out, failures, interrupts)
    return not failures.seen


class _Failures:
    """Reports what cannot be read, and remembers that there was such a thing."""

    def __init__(self) -> None:
        self.seen = False

    def __call__(self, error: InputError) -> None:
        self.seen = True
        print(f"arabic-news-ner: {error}", file=sys.stderr)


class _Interrupts:
    """SIGINT and SIGTERM end the program at once, or after the line at hand where Python swallows the exception: it
    ignores one that is raised in a ``__del__``, and ``regex`` runs many of them when it compiles a pattern.
    """

    def __init__(self) -> None:
        self._seen: KeyboardInterrupt | None = None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self._seen = Stopped() if number == signal.SIGTERM else KeyboardInterrupt()
        raise self._seen

    def check(self) -> None:
        """Raise the interrupt that came, if one did."""
        if self._seen is not None:
            raise self._seen

    @contextmanager
    def caught(self) -> Iterator[None]:
        """The signals come here; one that the caller of the program ignores (``nohup``) stays ignored."""
        before: dict[signal.Signals, Any] = {}
        if threading.current_thread() is threading.main_thread():  # signals belong to the main thread
            numbers = (signal.SIGINT, signal.SIGTERM)
            before = {n: old for n in numbers if (old := signal.getsignal(n)) is not signal.SIG_IGN}
        try:
            for number in before:
                signal.signal(number, self)
            yield
        finally:
            for number, old in before.items():
                signal.signal(number, old)


@contextmanager
def _destination(args: argparse.Namespace) -> Iterator[IO[bytes]]:
    """Where the output goes."""
    if args.resume and not (args.jsonl and args.output):
        raise InputError("--resume goes with --jsonl and --output: the file that the stopped run wrote")
    if args.resume and args.format not in (None, "json"):
        raise InputError("--resume goes with JSON lines, not with --format " + args.format)
    if args.output is None:
        yield sys.stdout.buffer
        return
    with open(args.output, "r+b" if args.resume and args.output.exists() else "w+b") as file:
        yield file


def _language_of(text: str) -> str:
    """What a page without an article is written in, where it is another language in Arabic letters."""
    from arabic_news_ner.page import read_page

    language = read_page(text).language
    return f"; the page is in {LANGUAGES[language]}" if language in LANGUAGES else ""


def _run_files(
    extractor: Extractor, args: argparse.Namespace, out: IO[bytes], failures: _Failures, interrupts: _Interrupts
) -> None:
    rows = _Rows(args.format, out) if args.format in TABLES else None
    as_table = args.format == "table" or (args.format is None and args.output is None and sys.stdout.isatty())
    several = len(args.files) > 1
    for name, content in io.contents(args.files, failures):
        try:
            text = io.decode(content, name, args.encoding)
            articles = _articles(extractor, text, args)
        except InputError as error:
            failures(error)
            continue
        if not articles:
            print(f"arabic-news-ner: {name}: no Arabic article found{_language_of(text)}", file=sys.stderr)
        if rows is not None:
            for number, article in enumerate(articles, 1):
                rows.write(name if number == 1 else f"{name}#{number}", article)
        elif as_table:
            from arabic_news_ner.show.table import table

            title = f"== {name} ==\n" if several else ""
            out.write((title + "\n\n".join(f"{table(article)}\n" for article in articles)).encode("utf-8", "replace"))
        else:
            for article in articles:
                out.write(
                    io.line_of(
                        {**({"file": name} if several else {}), **entities_to_dict(article, text=args.with_text)}
                    )
                )
        out.flush()
        interrupts.check()


def _run_documents(
    extractor: Extractor, args: argparse.Namespace, out: IO[bytes], failures: _Failures, interrupts: _Interrupts
) -> None:
    """``{"id", "url", "articles": [...]}`` for each entry of feeds or each page of archives."""
    from arabic_news_ner.page.feeds import read_feed, read_warc

    for path in args.files or [io.STDIN]:
        source = sys.stdin.buffer if path == io.STDIN else path
        try:
            for document in (read_feed if args.feed else read_warc)(source):
                articles = extractor.extract_page(document.page, min_score=args.min_score)
                parts = [entities_to_dict(article, text=args.with_text) for article in articles]
                out.write(io.line_of({"id": document.id, "url": document.url, "articles": parts}))
                out.flush()
                interrupts.check()
        except InputError as error:
            failures(InputError(f"{path}: {error}"))


def _articles(extractor: Extractor, text: str, args: argparse.Namespace) -> list[Article]:
    if args.article:
        from arabic_news_ner.page.html import looks_like_html

        if looks_like_html(text):
            print(
                "arabic-news-ner: this looks like HTML, and --article reads its tags as text; leave it out",
                file=sys.stderr,
            )
        return [extractor.extract(text, min_score=args.min_score)]
    return extractor.extract_page(text, min_score=args.min_score)


def _run_lines(
    extractor: Extractor, args: argparse.Namespace, out: IO[bytes], failures: _Failures, interrupts: _Interrupts
) -> None:
    """A result for each line that is not blank, in order; one that cannot be read gives its error in its place."""
    total = _count_lines(args.files) if args.progress else None
    source = (
        (number, line) for number, line in enumerate(io.lines(args.files, failures, args.encoding), 1) if line.strip()
    )
    done = _go_on(out, source) if args.resume else 0
    rows = _Rows(args.format, out) if args.format in TABLES else None
    written = 0
    try:
        for number, record in _results(extractor, source, args, total and total - done):
            if "error" in record:
                failures.seen = True
            if rows is None:
                out.write(io.line_of(record if not isinstance(record.get("article"), Article) else _json(record, args)))
            elif "error" in record:
                print(f"arabic-news-ner: line {number}: {record['error']['message']}", file=sys.stderr)
            else:
                rows.write(str(record.get("id", number)), record["article"])
            out.flush()
            written += 1
            interrupts.check()
    except KeyboardInterrupt:
        remedy = "; go on with --resume" if args.output and rows is None else ""
        print(f"\narabic-news-ner: stopped after {done + written} lines{remedy}", file=sys.stderr)
        raise


def _json(record: dict[str, Any], args: argparse.Namespace) -> dict[str, Any]:
    return {"id": record.get("id"), **entities_to_dict(record["article"], text=args.with_text)}


def _results(
    extractor: Extractor, source: Iterable[tuple[int, bytes]], args: argparse.Namespace, total: int | None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """For each line its number and what becomes of it: a record with an error, one of a page, or one with its ``article``."""
    if args.page:
        for number, line in source:
            try:
                record = io.read_record(line, number, args.field)
                articles = extractor.extract_page(record["text"], min_score=args.min_score)
            except InputError as error:
                yield number, _failed(number, error)
            else:
                parts = [entities_to_dict(article, text=args.with_text) for article in articles]
                yield number, {"id": record.get("id"), "articles": parts}
        return
    waiting: deque[tuple[int, dict[str, Any]]] = deque()

    def pairs() -> Iterator[tuple[tuple[int, Any], str | None]]:
        for number, line in source:
            try:
                record = io.read_record(line, number, args.field)
            except io.RecordError as error:
                waiting.append((number, error.record))
                yield (number, None), None
            else:
                yield (number, record.get("id")), record["text"]

    results = extractor.pipe(
        _Sized(pairs(), total),
        as_tuples=True,
        errors="return",
        batch_size=args.batch_size,
        processes=args.processes,
        progress=args.progress,
        min_score=args.min_score,
    )
    for (number, identifier), outcome in results:
        if waiting and waiting[0][0] == number:
            yield waiting.popleft()
        elif isinstance(outcome, Exception):
            yield number, {"id": identifier, **_failed(number, outcome)}
        else:
            yield number, {"id": identifier, "article": outcome}


def _failed(number: int, error: Exception) -> dict[str, Any]:
    if isinstance(error, io.RecordError):
        return error.record
    return {"error": {"line": number, "message": str(error)}}


class _Sized:
    """A stream whose length a progress bar can ask for, where it is known."""

    def __init__(self, stream: Iterator[Any], total: int | None) -> None:
        self._stream = stream
        self._total = total

    def __iter__(self) -> Iterator[Any]:
        return self._stream

    def __length_hint__(self) -> int:
        return self._total if self._total is not None else NotImplemented


def _count_lines(files: list[Path]) -> int | None:
    """How many lines that are not blank the files have; ``None`` for standard input, which can be read once only."""
    if not files or io.STDIN in files:
        return None
    return sum(bool(line.strip()) for line in io.lines(files, lambda error: None))


def _go_on(out: IO[bytes], source: Iterator[tuple[int, bytes]]) -> int:
    """Skip the lines whose results a stopped run has written. A last line that it did not finish is cut off.

    :raises InputError: if the output is not that of this input.
    """
    done = 0
    end = 0
    for line in out:
        if not line.endswith(b"\n"):
            break
        given = next(source, None)
        if given is None or _id_of(given[1]) != _id_of(line):
            raise InputError(
                f"line {done + 1} of the output is not of this input; --resume goes on with the same input and options"
            )
        done += 1
        end += len(line)
    out.seek(end)
    out.truncate()
    return done


def _id_of(line: bytes) -> Any:
    """The id of a line; ``None`` if it has none or is not a record."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record.get("id") if isinstance(record, dict) else None


class _Rows:
    """Rows of CSV or TSV, under a line of headings."""

    def __init__(self, form: str, out: IO[bytes]) -> None:
        self._out = out
        self._form = form
        self._write(COLUMNS)

    def write(self, name: str, article: Article) -> None:
        """A row for each entity of an article."""
        for entity in article:
            self._write(self._cells(name, entity))

    @staticmethod
    def _cells(name: str, entity: Entity) -> tuple[Any, ...]:
        roles = " | ".join(dict.fromkeys(role.text for role in entity.roles))
        links = " | ".join(f"{link.kb}:{link.id}" for link in entity.links)
        subtype, mentions = entity.subtype or "", len(entity.mentions)
        return name, entity.id, entity.label, subtype, entity.name, mentions, entity.salience, roles, links

    def _write(self, cells: Iterable[Any]) -> None:
        """One row; a TSV has no quotes, so a tab or a line end inside a cell becomes a blank there."""
        row = texts_io.StringIO()
        if self._form == "tsv":
            row.write("\t".join(" ".join(str(cell).split()) for cell in cells) + "\n")
        else:
            csv.writer(row, lineterminator="\n").writerow(" ".join(str(cell).split()) for cell in cells)
        self._out.write(row.getvalue().encode("utf-8", "replace"))
