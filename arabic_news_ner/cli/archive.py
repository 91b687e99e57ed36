"""``arabic-news-ner index`` and ``arabic-news-ner query``."""

from __future__ import annotations

import argparse
import dataclasses
import json
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

    :raises InputError: where a record has no id.
    """
    waiting: list[dict[str, Any]] = []

    def texts() -> Iterator[str]:
        for record in records:
            if not isinstance(record.get("id"), (str, int)) or record["id"] == "":
                raise InputError('a record of an index needs an "id": a str or a number, by which it can be replaced')
            waiting.append(record)
            yield record["text"]

    def named() -> Iterator[tuple[str, Article]]:
        for article in pipe(texts()):
            record = waiting.pop(0)
            given = {k: record[k] for k in ("date", "source") if isinstance(record.get(k), str) and record[k]}
            yield str(record["id"]), dataclasses.replace(article, **given)

    with EntityIndex.open(database) as index:
        return index.add_many(named())


def answer(args: argparse.Namespace) -> Iterator[str]:
    """The lines that a query prints.

    :raises InputError: where the index is not there.
    """
    if not args.database.exists():
        raise InputError(
            f"no index {str(args.database)!r}; make it with: arabic-news-ner index {args.database} articles.jsonl"
        )
    with EntityIndex.open(args.database) as index:
        if args.name:
            found = index.search(args.name, args.label, limit=args.top)
        else:
            found = index.entities(args.label, since=args.since, until=args.until, limit=args.top)
        for entity in found:
            more = _more(index, entity, args)
            if args.json:
                yield json.dumps({**dataclasses.asdict(entity), **more}, ensure_ascii=False)
            else:
                yield from _lines(entity, more)


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
