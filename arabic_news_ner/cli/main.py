# PYTHON_ARGCOMPLETE_OK
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

from arabic_news_ner.cli import export, extract, io, serve, show
from arabic_news_ner.errors import ArabicNewsNerError, InputError
from arabic_news_ner.version import __version__

if TYPE_CHECKING:
    from arabic_news_ner.extractor import Extractor

#: Exit statuses: all well; a line or file could not be read; the call itself was wrong.
OK, FAILED, USAGE = 0, 1, 2
#: Ended by Ctrl-C and by SIGTERM: 128 and the number of the signal, as shells count.
INTERRUPTED, TERMINATED = 130, 143


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = _parser()
    _complete(parser)
    args = parser.parse_args(arguments)
    if sys.stdout is None:
        print("arabic-news-ner: standard output is closed; the result has nowhere to go", file=sys.stderr)
        return FAILED
    try:
        status: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt as stop:
        return TERMINATED if isinstance(stop, extract.Stopped) else INTERRUPTED
    except OSError as error:
        print(f"arabic-news-ner: {io.unreadable(error)}", file=sys.stderr)
        return FAILED
    except ArabicNewsNerError as error:
        print(f"arabic-news-ner: {error}", file=sys.stderr)
        return FAILED
    return status


def _complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell's question for completions and end; do nothing in a usual call."""
    if "_ARGCOMPLETE" in os.environ:
        try:
            import argcomplete
        except ImportError:  # the shell was set up for it, and the package was taken off since
            return
        argcomplete.autocomplete(parser)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="arabic-news-ner",
        description="People with their offices, organizations and places of Arabic news.",
        epilog="arabic-news-ner COMMAND --help shows the options of a command, with examples.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    reader = extract.add_command(commands)
    _model_options(reader)
    _names_option(reader)
    reader.set_defaults(run=_extract)

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
    _names_option(index)
    index.add_argument("--processes", type=extract.whole_number, default=1, metavar="N", help="worker processes")
    index.add_argument("--progress", action="store_true", help="show a progress bar")
    index.set_defaults(run=_index)
    query.set_defaults(run=_query)

    show.add_commands(commands)
    export.add_score(commands)
    serve.add_commands(commands)

    info = commands.add_parser(
        "info",
        help="show versions, extras, model packs and licences",
        description="Versions, extras that are installed, model packs and tables with their sources and licences.",
    )
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
    parser.add_argument(
        "--threads", type=extract.whole_number, metavar="N", help="processor cores to use (default: all)"
    )


def _names_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--names",
        type=Path,
        metavar="FILE",
        help="your own names, .tsv or .jsonl: id, label, names (parted by |), subtype, country, kb",
    )


def _load(args: argparse.Namespace) -> Extractor:
    from arabic_news_ner.extractor import Extractor

    return Extractor.load(args.model, threads=args.threads, names=getattr(args, "names", None))


def _extract(args: argparse.Namespace) -> int:
    from arabic_news_ner.extractor import DEFAULT_MIN_SCORE

    if args.min_score is None:
        args.min_score = DEFAULT_MIN_SCORE
    return OK if extract.run(_load(args), args) else FAILED


def _tag(args: argparse.Namespace) -> int:
    extractor = _load(args)
    bad: list[InputError] = []
    for name, content in io.contents(args.files, bad.append):
        try:
            sentences = io.read_words(io.decode(content, name))
        except InputError as error:
            bad.append(error)
            continue
        tags = extractor.tag(sentences, scheme=args.scheme)
        for words, row in zip(sentences, tags, strict=True):
            io.write_text("".join(f"{word} {tag}\n" for word, tag in zip(words, row, strict=True)) + "\n")
    for refused in bad:
        print(f"arabic-news-ner: {refused}", file=sys.stderr)
    return FAILED if bad else OK


def _index(args: argparse.Namespace) -> int:
    from arabic_news_ner.cli.archive import add_records, verify

    if args.verify:
        found = verify(args.database)
        for problem in found:
            print(f"arabic-news-ner: {args.database}: {problem}", file=sys.stderr)
        print(f"{args.database}: {len(found) or 'no'} {'problem' if len(found) == 1 else 'problems'}")
        return FAILED if found else OK
    extractor = _load(args)
    bad: list[InputError] = []
    records = io.records(io.lines(args.files, bad.append), bad.append)
    count = add_records(
        args.database, records, lambda texts: extractor.pipe(texts, processes=args.processes, progress=args.progress)
    )
    for error in bad:
        print(f"arabic-news-ner: {error}", file=sys.stderr)
    print(f"{count} {'article' if count == 1 else 'articles'} added to {args.database}")
    return FAILED if bad else OK


def _query(args: argparse.Namespace) -> int:
    from arabic_news_ner.cli.archive import answer

    for line in answer(args):
        io.write_text(line + "\n")
    return OK


def _info(args: argparse.Namespace) -> int:
    from arabic_news_ner.cli import info

    record = info.record()
    text = json.dumps(record, ensure_ascii=False) if args.json else "\n".join(info.lines(record))
    io.write_text(text + "\n")
    return OK


if __name__ == "__main__":
    sys.exit(main())
