"""``arabic-news-ner show`` and ``arabic-news-ner compare``: pages of HTML to look at."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arabic_news_ner.cli import io
from arabic_news_ner.cli.extract import encoding, probability, whole_number
from arabic_news_ner.errors import InputError
from arabic_news_ner.types import Article

if TYPE_CHECKING:
    from arabic_news_ner.extractor import Extractor

OK, FAILED = 0, 1
_STDOUT = Path("-")
_EPILOG_SHOW = """examples:
  arabic-news-ner show page.html -o page.view.html
  arabic-news-ner show day1.txt day2.txt archive.jsonl -o view.html --language ar
  arabic-news-ner extract --format json --with-text article.txt | arabic-news-ner show -o view.html
"""
_EPILOG_COMPARE = """examples:
  arabic-news-ner compare article.txt -o view.html                     (base and fast)
  arabic-news-ner compare article.txt --models base ./my-pack -o view.html
  arabic-news-ner compare gold.jsonl --gold -o view.html               (the annotation and base)
"""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``show`` and ``compare`` to the command line."""
    show = commands.add_parser(
        "show",
        help="articles as a page of HTML",
        description="Write one page of HTML that shows articles with their names in colour; with several, a list and a search. "
        "A file is text or HTML and read as a scraped page, or its name ends in .jsonl: then each line is a record with a "
        '"text" to read, or one of to_dict or extract with its text, which is shown as it is.',
        epilog=_EPILOG_SHOW,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    show.add_argument("files", nargs="*", type=Path, metavar="FILE", help="none or -: standard input")
    _common(show)
    show.add_argument("--article", action="store_true", help="read each file as one article, not as a scraped page")
    show.add_argument("--model", default="base", help="a built-in pack or the folder of one (default: base)")
    show.set_defaults(run=_show)

    compare = commands.add_parser(
        "compare",
        help="two readings side by side, as a page of HTML",
        description="Write one page of HTML with two readings of each article side by side and a list of what differs: of two "
        "models, or of an annotation and a model.",
        epilog=_EPILOG_COMPARE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    compare.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="text, or .jsonl with a text a line; none or -: standard input",
    )
    _common(compare)
    compare.add_argument("--models", nargs=2, metavar="MODEL", help="the two to compare (default: base fast)")
    compare.add_argument(
        "--gold",
        action="store_true",
        help='compare the annotation in the records, {"text", "spans": [[start, end, label], ...]}, with one model (--model)',
    )
    compare.add_argument("--model", default="base", help="with --gold: the model (default: base)")
    compare.set_defaults(run=_compare)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT.html", help="the page to write; -: standard output"
    )
    parser.add_argument("--title", help="the title of the page")
    parser.add_argument(
        "--language", choices=("en", "ar"), default="en", help="of the words around the texts (default: en)"
    )
    parser.add_argument("--encoding", type=encoding, default=io.UTF_8, help="of the files (default: utf-8)")
    parser.add_argument("--field", default="text", help="the field of .jsonl that holds the text (default: text)")
    parser.add_argument(
        "--min-score", type=probability, metavar="P", help="leave out what is less probable (default: 0.45)"
    )
    parser.add_argument("--threads", type=whole_number, metavar="N", help="processor cores to use (default: all)")


def _load(model: str, args: argparse.Namespace) -> Extractor:
    from arabic_news_ner.extractor import Extractor

    return Extractor.load(model, threads=args.threads)


def _settings(args: argparse.Namespace) -> dict[str, Any]:
    return {} if args.min_score is None else {"min_score": args.min_score}


def _show(args: argparse.Namespace) -> int:
    from arabic_news_ner.show.html import document
    from arabic_news_ner.show.view import articles_page

    failures = _Failures()
    articles = list(_articles(args, failures))
    if not articles:
        raise InputError("no Arabic article found in the input; nothing is written")
    if len(articles) == 1 and not args.title:
        page = document(articles[0][1], language=args.language)
    else:
        page = articles_page(articles, title=args.title, language=args.language)
    _write(args.output, page)
    return failures.status


class _Failures:
    """Reports what cannot be read, and remembers that there was something."""

    status = OK

    def __call__(self, error: Exception) -> None:
        print(f"arabic-news-ner: {error}", file=sys.stderr)
        self.status = FAILED


def _articles(args: argparse.Namespace, report: _Failures) -> Iterator[tuple[str, Article]]:
    """The articles of the files with names to call them by. The model is loaded at the first text that it must read."""
    loaded: list[Extractor] = []

    def extractor() -> Extractor:
        if not loaded:
            loaded.append(_load(args.model, args))
        return loaded[0]

    for name, content in io.contents(args.files, report):
        if _is_jsonl(name, content):
            yield from _from_records(name, content, extractor, args, report)
            continue
        try:
            text = io.decode(content, name, args.encoding)
            if args.article:
                articles = [extractor().extract(text, **_settings(args))]
            else:
                articles = extractor().extract_page(text, **_settings(args))
        except InputError as error:
            report(error)
            continue
        if not articles:
            print(f"arabic-news-ner: {name}: no Arabic article found", file=sys.stderr)
        for number, article in enumerate(articles, 1):
            yield (name if len(articles) == 1 else f"{name} {number}"), article


def _is_jsonl(name: str, content: bytes) -> bool:
    """JSON lines by the name, or from standard input by the first sign."""
    return name.endswith((".jsonl", ".ndjson")) or (not Path(name).suffix and content.lstrip()[:1] == b"{")


def _records(
    name: str, content: bytes, args: argparse.Namespace, report: io.Report, *, pages: bool = False
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records of JSON lines with the names to call them by."""
    if args.encoding != io.UTF_8:
        content = io.decode(content, name, args.encoding).encode("utf-8", "surrogatepass")
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            try:
                record = io.read_record(line, number, args.field, pages=pages)
            except InputError as error:
                report(InputError(f"{name}: {error}"))
                continue
            identity = record.get("id")
            yield (str(identity) if isinstance(identity, (str, int)) else f"{name} {number}"), record


def _from_records(
    name: str, content: bytes, extractor: Callable[[], Extractor], args: argparse.Namespace, report: _Failures
) -> Iterator[tuple[str, Article]]:
    for identity, record in _records(name, content, args, report, pages=True):
        try:
            if "articles" in record and "text" not in record:  # a page: what ``extract --page --jsonl`` wrote
                yield from _of_page(identity, record["articles"])
            elif "schema" in record:
                yield identity, Article.from_dict(record)
            else:
                yield identity, extractor().extract(record["text"], **_settings(args))
        except InputError as error:
            report(InputError(f"{identity}: {error}"))


def _of_page(identity: str, parts: Sequence[Any]) -> Iterator[tuple[str, Article]]:
    if not parts:
        print(f"arabic-news-ner: {identity}: no Arabic article found", file=sys.stderr)
    for number, part in enumerate(parts, 1):
        yield (identity if len(parts) == 1 else f"{identity} {number}"), Article.from_dict(part)


def _compare(args: argparse.Namespace) -> int:
    from arabic_news_ner.show.compare import compare, comparisons_page

    if args.gold and args.models:
        raise InputError("--gold compares with one model; pass --model instead of --models")
    failures = _Failures()
    names = ("gold", args.model) if args.gold else tuple(args.models or ("base", "fast"))
    second = _load(names[1], args)
    first = None if args.gold else _load(names[0], args)
    found = []
    for identity, record in _texts(args, failures):
        try:
            b = second.extract(record["text"], **_settings(args))
            a = first.extract(record["text"], **_settings(args)) if first else _gold(record)
            found.append(compare(a, b, names=(names[0], names[1])))
        except InputError as error:
            failures(InputError(f"{identity}: {error}"))
    if not found:
        raise InputError("no text found in the input; nothing is written")
    _write(args.output, comparisons_page(found, args.title or " / ".join(names), language=args.language))
    same = sum(c.same_mentions for c in found)
    texts = "1 text" if len(found) == 1 else f"{len(found)} texts"
    print(
        f"{texts}: {same} mentions the same, {sum(len(c.differences) for c in found)} differences",
        file=sys.stderr,
    )
    return failures.status


def _texts(args: argparse.Namespace, report: _Failures) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, content in io.contents(args.files, report):
        if _is_jsonl(name, content):
            yield from _records(name, content, args, report)
            continue
        try:
            yield name, {"text": io.decode(content, name, args.encoding)}
        except InputError as error:
            report(error)


def _gold(record: dict[str, Any]) -> Any:
    """The annotation of a record: an article of to_dict, or spans."""
    if "schema" in record:
        return Article.from_dict(record)
    spans = record.get("spans")
    if not isinstance(spans, list):
        seen = ", ".join(record)
        raise InputError(f'no annotation: a record has "spans": [[start, end, label], ...]; this one has {seen}')
    return [tuple(span[:3]) if isinstance(span, list) else span for span in spans]


def _write(path: Path, page: str) -> None:
    """Write a page: whole or not at all."""
    if path == _STDOUT:
        io.write_text(page)
        return
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_text(page, encoding="utf-8", newline="\n")
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
