"""``arabic-news-ner index`` and ``arabic-news-ner query``."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from arabic_news_ner.archive.index import EntityIndex
from arabic_news_ner.archive.records import IndexedEntity
from arabic_news_ner.errors import InputError
from arabic_news_ner.types import Article

#: Reads texts one after the other, as ``Extractor.pipe`` does.
Pipe = Callable[[Iterable[str]], Iterator[Article]]


def add_records(database: Path, records: Iterable[dict[str, Any]], pipe: Pipe) -> int:
    """Read the texts of records and add them to an index, as they come. Returns how many there were.

    :raises InputError: if a record has no id; the records before it are added.
    """
    waiting: deque[dict[str, Any]] = deque()
    wrong: list[InputError] = []

    def texts() -> Iterator[str]:
        for number, record in enumerate(records, 1):
            if not _is_id(record.get("id")):
                seen = repr(record["id"]) if "id" in record else "none"
                wrong.append(
                    InputError(
                        f'record {number} has {seen} as its id; a record of an index needs an "id", a str or a whole number, '
                        "by which it can be replaced. The records before it are added."
                    )
                )
                return
            waiting.append(record)
            yield record["text"]

    def named() -> Iterator[tuple[str, Article, dict[str, str | None]]]:
        for article in pipe(texts()):
            record = waiting.popleft()
            given = {k: record[k] for k in ("date", "source", "url") if isinstance(record.get(k), str) and record[k]}
            yield str(record["id"]), article, given

    with EntityIndex.open(database) as index:
        count = index.add_many(named())
    if wrong:
        raise wrong[0]
    return count


def _is_id(value: object) -> bool:
    return (isinstance(value, str) and value != "") or (isinstance(value, int) and not isinstance(value, bool))


def verify(database: Path) -> list[str]:
    """What is wrong with an index, a sentence for each finding.

    :raises InputError: if the index is not there.
    """
    _check_there(database)
    with EntityIndex.open(database) as index:
        return index.verify()


def _check_there(database: Path) -> None:
    if not database.exists():
        raise InputError(f"no index {str(database)!r}; make it with: arabic-news-ner index {database} articles.jsonl")


def answer(args: argparse.Namespace) -> Iterator[str]:
    """The lines that a query prints.

    :raises InputError: if the index is not there, or has nothing that was asked for.
    """
    _check_there(args.database)
    with EntityIndex.open(args.database) as index:
        if args.name is not None:
            found = index.search(args.name, args.label, limit=args.top)
        else:
            found = index.entities(args.label, since=args.since, until=args.until, limit=args.top)
        if not found and args.top:
            raise InputError(_nothing(args))
        for entity in found:
            more = _more(index, entity, args)
            if args.json:
                yield json.dumps({**dataclasses.asdict(entity), **more}, ensure_ascii=False)
            else:
                yield from _lines(entity, more)


def _nothing(args: argparse.Namespace) -> str:
    kind = {"PER": "person", "ORG": "organization", "LOC": "place", None: "entity"}[args.label]
    if args.name is not None:
        return f"no {kind} of {args.database} has a name with the words {args.name!r}, in any spelling"
    days = "".join(f" {word} {day}" for word, day in (("since", args.since), ("until", args.until)) if day)
    return f"{args.database} has no {kind}{days}"


def _more(index: EntityIndex, entity: IndexedEntity, args: argparse.Namespace) -> dict[str, Any]:
    out: dict[str, Any] = {"roles": [role.text for role in index.roles(entity.id)[:5]]}
    if args.daily:
        out["daily"] = [dataclasses.asdict(day) for day in index.daily(entity.id, since=args.since, until=args.until)]
    if args.articles:
        out["in"] = [dataclasses.asdict(article) for article in index.articles(entity.id)]
    if args.together:
        out["together"] = [
            {"name": e.name, "label": e.label, "articles": e.articles} for e in index.together(entity.id)
        ]
    return out


def _lines(entity: IndexedEntity, more: dict[str, Any]) -> Iterator[str]:
    roles = f"  ({'، '.join(more['roles'])})" if more["roles"] else ""
    kind = entity.label + (f" {entity.subtype}" if entity.subtype else "")
    yield f"{entity.articles:6} articles {entity.mentions:6} mentions  {kind:18} \u2067{entity.name}{roles}\u2069"
    for day in more.get("daily", ()):
        yield f"         {day['date'] or 'no date':10} {day['articles']:6} articles {day['mentions']:6} mentions"
    for article in more.get("in", ()):
        yield f"         {article['date'] or '':16} {article['id']}  \u2067{article['headline'] or ''}\u2069"
    for other in more.get("together", ()):
        yield f"         {other['articles']:6} articles  {other['label']} \u2067{other['name']}\u2069"
