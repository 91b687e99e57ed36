"""The command line: ``arabic-news-ner extract``, ``tag``, ``index``, ``query``, ``show``, ``compare``,
``score``, ``serve``, ``mcp``, ``info``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from arabic_news_ner.cli import export, serve, show
from arabic_news_ner.errors import ArabicNewsNerError, InputError
from arabic_news_ner.version import __version__

if TYPE_CHECKING:
    from arabic_news_ner.extractor import Extractor

#: Exit statuses: all well; a line or file could not be read; the call itself was wrong.
OK, FAILED, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = _parser()
    args = parser.parse_args(arguments)
    try:
        status: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return 130
    except (ArabicNewsNerError, OSError) as error:
        print(f"arabic-news-ner: {error}", file=sys.stderr)
        return FAILED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="arabic-news-ner", description="People with their offices, organizations and places of Arabic news."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    extract = commands.add_parser(
        "extract",
        help="read articles",
        description="Read articles: a table on a terminal, JSON otherwise, a line for each article. A file is read as a "
        "scraped page: its articles are told apart. With --jsonl one JSON object a line, in and out.",
    )
    extract.add_argument("files", nargs="*", type=Path, metavar="FILE", help="UTF-8 text; none or -: standard input")
    extract.add_argument(
        "--jsonl", action="store_true", help='read {"id": ..., "text": ...} a line, write a line for each'
    )
    reading = extract.add_mutually_exclusive_group()
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
    extract.add_argument(
        "--format", choices=("table", "json", *export.FORMATS), help="the form of the output, whatever it goes to"
    )
    extract.add_argument(
        "--output", "-o", type=Path, metavar="PATH", help="write there in place of standard output; for brat a folder"
    )
    extract.add_argument(
        "--min-score", type=float, default=0.45, metavar="P", help="leave out what is less probable (default: 0.45)"
    )
    extract.add_argument("--batch-size", type=int, default=64, metavar="N", help="articles read at a time (--jsonl)")
    extract.add_argument("--processes", type=int, default=1, metavar="N", help="worker processes (--jsonl)")
    extract.add_argument("--progress", action="store_true", help="show a progress bar (--jsonl)")
    _model_options(extract)
    extract.set_defaults(run=_extract)

    tag = commands.add_parser(
        "tag",
        help="tag words that are split already",
        description="Read a word a line with a blank line between sentences (further columns are ignored), "
        "write `word tag` lines with BIO tags.",
    )
    tag.add_argument("files", nargs="*", type=Path, metavar="FILE", help="UTF-8 CoNLL file; none or -: standard input")
    tag.add_argument("--scheme", help="label set: news (PER, ORG, LOC) or anercorp (PERS, LOC, ORG, MISC)")
    _model_options(tag)
    tag.set_defaults(run=_tag)

    index = commands.add_parser(
        "index",
        help="add articles to an index of their entities",
        description="Read articles and add who and what they are about to an index, one SQLite file; an article of an id "
        "that is there already is replaced.",
    )
    query = commands.add_parser(
        "query", help="ask an index", description="The entities of an index: by name, or the most frequent ones."
    )
    _archive_options(index, query)
    _model_options(index)
    index.add_argument("--processes", type=int, default=1, metavar="N", help="worker processes")
    index.add_argument("--progress", action="store_true", help="show a progress bar")
    index.set_defaults(run=_index)
    query.set_defaults(run=_query)

    show.add_commands(commands)
    export.add_score(commands)
    serve.add_commands(commands)

    info = commands.add_parser("info", help="show versions and model packs")
    info.add_argument("--json", action="store_true", help="as JSON")
    info.set_defaults(run=_info)
    return parser


def _archive_options(index: argparse.ArgumentParser, query: argparse.ArgumentParser) -> None:
    """The arguments of ``index`` and ``query``."""
    index.add_argument("database", type=Path, help="the index: an SQLite file, made where it is not there")
    index.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help='{"id", "text", "date"?, "source"?, "url"?} lines; none or -: stdin',
    )
    index.add_argument(
        "--verify", action="store_true", help="add nothing: check the file and say what is wrong with it"
    )
    query.add_argument("database", type=Path, help="the index")
    query.add_argument(
        "name", nargs="?", help="words of a name, each possibly unfinished; without it: the most frequent"
    )
    query.add_argument("--label", choices=("PER", "ORG", "LOC"), help="people, organizations or places only")
    query.add_argument("--since", metavar="DATE", help="articles from this day on")
    query.add_argument("--until", metavar="DATE", help="articles to this day")
    query.add_argument("--top", type=int, default=20, metavar="N", help="entities to show (default: 20)")
    query.add_argument("--daily", action="store_true", help="articles and mentions a day of each")
    query.add_argument("--articles", action="store_true", help="the articles of each")
    query.add_argument("--together", action="store_true", help="who and what appears with each")
    query.add_argument("--json", action="store_true", help="a JSON object a line")


def _model_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", default="base", help="a built-in pack or the folder of one (default: base)")
    parser.add_argument("--threads", type=int, metavar="N", help="processor cores to use (default: all)")


def _load(args: argparse.Namespace) -> Extractor:
    from arabic_news_ner.extractor import Extractor

    return Extractor.load(args.model, threads=args.threads)


def _extract(args: argparse.Namespace) -> int:
    from arabic_news_ner.cli import io
    from arabic_news_ner.serialize import summary
    from arabic_news_ner.show.table import table

    if args.output is not None and args.format not in export.FORMATS:
        raise InputError(f"--output goes with --format {', '.join(export.FORMATS)}; else redirect: > {args.output}")
    extractor = _load(args)
    if args.format in export.FORMATS:
        return OK if export.write(extractor, args) else FAILED
    if args.jsonl:
        lines = io.lines(args.files)
        settings = {"batch_size": args.batch_size, "processes": args.processes, "progress": args.progress}
        if args.page:
            return io.run_pages(extractor, lines, io.write_line, min_score=args.min_score)
        return io.run_jsonl(extractor, lines, io.write_line, min_score=args.min_score, **settings)
    if args.feed or args.warc:
        return io.run_documents(extractor, args.files, "feed" if args.feed else "warc", min_score=args.min_score)
    as_table = args.format == "table" or (args.format is None and sys.stdout.isatty())
    status = OK
    for name, content in io.contents(args.files):
        try:
            text = io.decode(content, name)
            if args.article:
                articles = [extractor.extract(text, min_score=args.min_score)]
            else:
                articles = extractor.extract_page(text, min_score=args.min_score)
        except InputError as error:
            print(f"arabic-news-ner: {error}", file=sys.stderr)
            status = FAILED
            continue
        if not articles:
            print(f"arabic-news-ner: {name}: no Arabic article found", file=sys.stderr)
        if as_table:
            title = f"== {name} ==\n" if len(args.files) > 1 else ""
            io.write_text(title + "\n\n".join(f"{table(article)}\n" for article in articles))
        else:
            for article in articles:
                io.write_line({"file": name, **summary(article)} if len(args.files) > 1 else summary(article))
    return status


def _tag(args: argparse.Namespace) -> int:
    from arabic_news_ner.cli import io

    extractor = _load(args)
    for name, content in io.contents(args.files):
        sentences = io.read_words(io.decode(content, name))
        tags = extractor.tag(sentences, scheme=args.scheme)
        for words, row in zip(sentences, tags, strict=True):
            io.write_text("".join(f"{word} {tag}\n" for word, tag in zip(words, row, strict=True)) + "\n")
    return OK


def _index(args: argparse.Namespace) -> int:
    from arabic_news_ner.cli import io
    from arabic_news_ner.cli.archive import add_records, verify

    if args.verify:
        found = verify(args.database)
        for problem in found:
            print(f"arabic-news-ner: {args.database}: {problem}", file=sys.stderr)
        print(f"{args.database}: {len(found) or 'no'} {'problem' if len(found) == 1 else 'problems'}")
        return FAILED if found else OK
    extractor = _load(args)
    bad: list[InputError] = []
    records = io.records(io.lines(args.files), bad.append)
    count = add_records(
        args.database, records, lambda texts: extractor.pipe(texts, processes=args.processes, progress=args.progress)
    )
    for error in bad:
        print(f"arabic-news-ner: {error}", file=sys.stderr)
    print(f"{count} articles added to {args.database}")
    return FAILED if bad else OK


def _query(args: argparse.Namespace) -> int:
    from arabic_news_ner.cli import io
    from arabic_news_ner.cli.archive import answer

    for line in answer(args):
        io.write_text(line + "\n")
    return OK


def _info(args: argparse.Namespace) -> int:
    import platform
    from importlib.metadata import version

    from arabic_news_ner.tagging.onnx import pack

    packs = []
    for name in pack.built_in_packs():
        manifest = pack.load(name).manifest
        packs.append(
            {
                "name": name,
                "version": manifest["version"],
                "protocol": manifest["protocol"],
                "megabytes": round(sum(f["bytes"] for f in manifest["files"].values()) / 1e6, 1),
                "heads": [head["name"] for head in manifest["heads"]],
                "encoder": manifest["encoder"]["name"],
                "corpora": [c["name"] for c in manifest["corpora"]],
            }
        )
    record = {
        "arabic_news_ner": __version__,
        "python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "onnxruntime", "regex", "tokenizers")},
        "packs": packs,
    }
    if args.json:
        print(json.dumps(record, ensure_ascii=False))
        return OK
    for key, value in record.items():
        if key != "packs":
            print(f"{key:16} {value}")
    for p in packs:
        print(f"\npack {p['name']} {p['version']} (protocol {p['protocol']}, {p['megabytes']} MB)")
        print(f"  heads    {', '.join(p['heads'])}")
        print(f"  encoder  {p['encoder']}")
        print(f"  corpora  {'; '.join(p['corpora'])}")
    return OK


if __name__ == "__main__":
    sys.exit(main())
