"""``arabic-news-ner extract --format ...`` for the formats of other tools, and ``arabic-news-ner score``."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arabic_news_ner.errors import InputError
from arabic_news_ner.export import READABLE
from arabic_news_ner.types import Article

if TYPE_CHECKING:
    from arabic_news_ner.extractor import Extractor
    from arabic_news_ner.scoring.annotation import Annotation

#: The formats of ``extract --format`` beside table and json.
FORMATS = ("brat", "conll", "ftm", "jsonld", "label-studio", "prodigy")
#: An article with its id and its web address.
Named = tuple[str, Article, str | None]


def write(extractor: Extractor, args: argparse.Namespace) -> bool:
    """Read the input of ``extract`` and write it in ``args.format``. Returns whether all of it could be read."""
    from arabic_news_ner.cli import io

    failed: list[InputError] = []

    def report(error: InputError) -> None:
        print(f"arabic-news-ner: {error}", file=sys.stderr)
        failed.append(error)

    if args.feed or args.warc:
        named = _from_documents(extractor, args, report)
    elif args.jsonl:
        named = _from_lines(extractor, args, report)
    else:
        named = _from_files(extractor, args, report)
    if args.format == "brat":
        from arabic_news_ner.export import brat

        if args.output is None:
            raise InputError("the format brat is a folder of files; say where: --format brat --output FOLDER")
        brat.save(((identifier, article) for identifier, article, _ in named), args.output)
    elif args.output is not None:
        with args.output.open("w", encoding="utf-8", newline="\n", errors="replace") as file:
            for part in _parts(args.format, named):
                file.write(part)
    else:
        for part in _parts(args.format, named):
            io.write_text(part)
    return not failed


def _parts(form: str, named: Iterable[Named]) -> Iterator[str]:
    """The output, a part for each article as it comes; of Label Studio, whose file is one list, all at once."""
    from arabic_news_ner.export import conll, ftm, jsonld, label_studio, prodigy

    if form == "label-studio":
        yield label_studio.dumps((identifier, article) for identifier, article, _ in named)
        return
    for identifier, article, url in named:
        if form == "ftm":
            for entity in ftm.entities(identifier, article, url=url):
                yield json.dumps(entity, ensure_ascii=False) + "\n"
        elif form == "jsonld":
            yield jsonld.dumps([(identifier, article)], url=url)
        else:
            yield (conll if form == "conll" else prodigy).dumps([(identifier, article)])


def _from_files(
    extractor: Extractor, args: argparse.Namespace, report: Callable[[InputError], None]
) -> Iterator[Named]:
    from arabic_news_ner.cli import io

    for name, content in io.contents(args.files, report):
        try:
            text = io.decode(content, name, args.encoding)
            if args.article:
                articles = [extractor.extract(text, min_score=args.min_score)]
            else:
                articles = extractor.extract_page(text, min_score=args.min_score)
        except InputError as error:
            report(error)
            continue
        for number, article in enumerate(articles, 1):
            yield (name if number == 1 else f"{name}#{number}"), article, None


def _from_documents(
    extractor: Extractor, args: argparse.Namespace, report: Callable[[InputError], None]
) -> Iterator[Named]:
    """The articles of feeds or web archives, by the id of the entry, else its address, else its number."""
    from arabic_news_ner.cli import io
    from arabic_news_ner.page.feeds import read_feed, read_warc

    for path in args.files or [io.STDIN]:
        source = sys.stdin.buffer if path == io.STDIN else path
        try:
            for number, document in enumerate((read_feed if args.feed else read_warc)(source), 1):
                articles = extractor.extract_page(document.page, min_score=args.min_score)
                identifier = document.id or document.url or f"{path}#{number}"
                for count, article in enumerate(articles, 1):
                    yield (identifier if count == 1 else f"{identifier}#{count}"), article, document.url
        except InputError as error:
            report(InputError(f"{path}: {error}"))


def _from_lines(
    extractor: Extractor, args: argparse.Namespace, report: Callable[[InputError], None]
) -> Iterator[Named]:
    """The articles of JSON lines; ``date``, ``source`` and ``url`` of a line stand over what the text states."""
    from arabic_news_ner.cli import io

    waiting: deque[tuple[int, dict[str, Any]]] = deque()

    def texts() -> Iterator[str]:
        for number, record in enumerate(io.records(io.lines(args.files, report, args.encoding), report, args.field), 1):
            waiting.append((number, record))
            yield record["text"]

    if args.page:
        found: Iterable[list[Article]] = (extractor.extract_page(t, min_score=args.min_score) for t in texts())
    else:
        settings = {"batch_size": args.batch_size, "processes": args.processes, "progress": args.progress}
        found = ([a] for a in extractor.pipe(texts(), min_score=args.min_score, **settings))
    for articles in found:
        number, record = waiting.popleft()
        given = {k: record[k] for k in ("date", "source") if isinstance(record.get(k), str) and record[k]}
        identifier, url = str(record.get("id", number)), record.get("url")
        for count, article in enumerate(articles, 1):
            name = identifier if count == 1 else f"{identifier}#{count}"
            yield name, dataclasses.replace(article, **given), url if isinstance(url, str) else None


def add_score(commands: Any) -> None:
    """The command ``score``."""
    score = commands.add_parser(
        "score",
        help="score an annotation, or a model, against a gold annotation",
        description="Compare FILE with GOLD, text by text of the same id: mentions, entity lists, roles and their holders. "
        "Without FILE the model reads the texts of GOLD.",
        epilog="Formats, each known by name and content: " + "; ".join(f"{k}: {v}" for k, v in READABLE.items()) + ".",
    )
    score.add_argument("gold", type=Path, help="what is right: a file or folder of any format below")
    score.add_argument("file", type=Path, nargs="?", help="what is scored (default: what the model says)")
    score.add_argument("--gold-format", choices=sorted(READABLE), help="the format of GOLD, where it is not seen")
    score.add_argument("--file-format", choices=sorted(READABLE), help="the format of FILE, where it is not seen")
    score.add_argument("--model", default="base", help="the model that reads, without FILE (default: base)")
    score.add_argument("--threads", type=int, metavar="N", help="processor cores to use (default: all)")
    score.add_argument("--json", action="store_true", help="as JSON")
    score.set_defaults(run=run_score)


def run_score(args: argparse.Namespace) -> int:
    """Print the figures. :raises InputError: if a file cannot be read or the two do not hold the same texts."""
    from arabic_news_ner.export.files import read_annotations
    from arabic_news_ner.scoring.report import COLUMNS, as_dict, rows, score_texts

    gold = read_annotations(args.gold, args.gold_format)
    if not gold:
        raise InputError(f"{str(args.gold)!r} holds no annotated text")
    if args.file is None:
        answers = _answers(gold, args)
    else:
        answers = paired(gold, read_annotations(args.file, args.file_format), str(args.file))
    figures = as_dict(score_texts(gold, answers))
    counts = {
        "articles": len(gold),
        "mentions": sum(len(text.mentions) for text in gold),
        "entities": sum(len(text.entities) for text in gold),
        "roles": sum(len(text.roles) for text in gold),
    }
    if args.json:
        print(json.dumps({"counts": counts, "scores": figures}))
    else:
        print(f"{args.gold}: {', '.join(f'{number:,} {name}' for name, number in counts.items())}\n")
        print("\n".join([COLUMNS, *rows(figures)]))
    return 0


def _answers(gold: list[Annotation], args: argparse.Namespace) -> list[Annotation]:
    from arabic_news_ner.extractor import Extractor
    from arabic_news_ner.scoring.annotation import from_article

    articles = Extractor.load(args.model, threads=args.threads).pipe([text.text for text in gold])
    return [from_article(text.id, article) for text, article in zip(gold, articles, strict=True)]


def paired(gold: list[Annotation], answers: list[Annotation], name: str) -> list[Annotation]:
    """The answers in the order of the gold texts.

    :raises InputError: if the ids are not the same, or one is there twice, or a text differs.
    """
    known = {answer.id: answer for answer in answers}
    for texts, where in ((gold, "the gold annotation"), (answers, repr(name))):
        if len({text.id for text in texts}) < len(texts):
            twice = sorted({t.id for t in texts if sum(o.id == t.id for o in texts) > 1})
            raise InputError(f"{where} has the id {twice[0]!r} twice; an id names one text")
    missing = [text.id for text in gold if text.id not in known]
    extra = sorted(known.keys() - {text.id for text in gold})
    if missing or extra:
        seen = "; ".join(
            f"{what} {', '.join(map(repr, ids[:5]))}{' ...' if len(ids) > 5 else ''}"
            for what, ids in (("it lacks", missing), ("only it has", extra))
            if ids
        )
        raise InputError(f"{name!r} does not hold the texts of the gold annotation: {seen}. Texts are matched by id.")
    for text in gold:
        if known[text.id].text != text.text:
            at = next((i for i, (a, b) in enumerate(zip(text.text, known[text.id].text, strict=False)) if a != b), None)
            where = f"from character {at} on" if at is not None else "at the end"
            raise InputError(
                f"the text {text.id!r} of {name!r} is another one than that of the gold annotation ({where})"
            )
    return [known[text.id] for text in gold]
