"""``EntityIndex``: one entry for the same entity over an archive of articles, in one SQLite file."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from arabic_news_ner.archive import identity, schema
from arabic_news_ner.archive.records import Day, IndexedArticle, IndexedEntity, IndexedRole, IndexInfo
from arabic_news_ner.errors import InputError
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Article, Entity

_COUNTED = """
SELECT e.id, e.label, e.subtype, e.name, e.country, count(*) AS articles, sum(a.mentions) AS mentions
FROM entities e JOIN appearances a ON a.entity = e.id JOIN articles t ON t.id = a.article
"""
#: Known entities that are compared with a new one of the same key, the earliest first.
_MOST_COMPARED = 200


class EntityIndex:
    """An archive of articles by their entities. Not safe to share between threads; open it once in each.

    ``with EntityIndex.open("news.sqlite") as index: index.add(article, id="2025-0001")``
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use :meth:`open`."""
        self._db = connection

    @classmethod
    def open(cls, path: str | Path) -> EntityIndex:
        """Open an index, or make it where there is none; ``":memory:"`` for one that is not kept.

        :raises InputError: where the file is something else or an index of another version.
        """
        db = sqlite3.connect(path)
        try:
            db.execute("PRAGMA foreign_keys = ON")
            version, application = (db.execute(f"PRAGMA {p}").fetchone()[0] for p in ("user_version", "application_id"))
            empty = not db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            if empty:
                db.executescript(schema.TABLES)
                db.execute(f"PRAGMA application_id = {schema.APPLICATION}")
                db.execute(f"PRAGMA user_version = {schema.VERSION}")
                db.commit()
        except sqlite3.DatabaseError as error:
            db.close()
            raise InputError(
                f"{str(path)!r} is no index: {error}. Pass the path of an index or of a new file."
            ) from error
        if not empty and application != schema.APPLICATION:
            db.close()
            raise InputError(
                f"{str(path)!r} is a database of another program. Pass the path of an index or of a new file."
            )
        if not empty and version != schema.VERSION:
            db.close()
            raise InputError(
                f"the index {str(path)!r} has version {version}, this version of arabic_news_ner reads {schema.VERSION}. "
                "Make it again from the articles."
            )
        return cls(db)

    def close(self) -> None:
        """Close the file. What was added is kept already."""
        self._db.close()

    def __enter__(self) -> EntityIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The database, for SQL of one's own; docs/archive.md has the tables."""
        return self._db

    def add(
        self, article: Article, *, id: str, date: str | None = None, source: str | None = None, url: str | None = None
    ) -> None:
        """Add one article, or replace the one of this id. Date and source are the article's own where none is passed.

        :raises InputError: where ``id`` is no str or is empty.
        """
        with self._db:
            self._add(article, id, date, source, url)

    def add_many(self, articles: Iterable[tuple[str, Article]], *, batch_size: int = 500) -> int:
        """Add ``(id, article)`` pairs, a transaction for every ``batch_size`` of them, and return how many there were."""
        count = 0
        pending = False
        try:
            for identifier, article in articles:
                self._add(article, identifier, None, None, None)
                count, pending = count + 1, True
                if count % batch_size == 0:
                    self._db.commit()
                    pending = False
        finally:
            if pending:
                self._db.commit()
        return count

    def remove(self, id: str) -> bool:
        """Take an article out, and entities that no other article has. ``False`` where there was none of this id."""
        with self._db:
            return self._remove(id)

    def _add(self, article: Article, id: str, date: str | None, source: str | None, url: str | None) -> None:
        if not isinstance(id, str) or not id:
            raise InputError(f"the id of an article is {id!r}; it takes a str that is not empty")
        self._remove(id)
        row = (id, date or article.date, source or article.source, article.headline, url)
        self._db.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", row)
        found: dict[int, list[Entity]] = {}
        for entity in article.entities:
            found.setdefault(self._entity(entity, article), []).append(entity)
        for number, group in found.items():
            mentions = [m for e in group for m in e.mentions]
            salience = max(e.salience for e in group)
            self._db.execute("INSERT INTO appearances VALUES (?, ?, ?, ?)", (id, number, len(mentions), salience))
            self._db.executemany(
                "INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?, ?)",
                [(id, number, m.start, m.end, m.text, m.score) for m in mentions],
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO roles VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (id, number, r.start, r.end, " ".join(r.text.split()), " ".join(r.status))
                    for e in group
                    for r in e.roles
                ],
            )

    def _remove(self, id: str) -> bool:
        numbers = [n for (n,) in self._db.execute("SELECT entity FROM appearances WHERE article = ?", (id,))]
        removed = self._db.execute("DELETE FROM articles WHERE id = ?", (id,)).rowcount > 0
        for number in numbers:
            if not self._db.execute("SELECT 1 FROM appearances WHERE entity = ? LIMIT 1", (number,)).fetchone():
                forms = self._db.execute("SELECT id FROM forms WHERE entity = ?", (number,)).fetchall()
                self._db.executemany("DELETE FROM names WHERE rowid = ?", forms)
                self._db.execute("DELETE FROM entities WHERE id = ?", (number,))
        return removed

    def _entity(self, entity: Entity, article: Article) -> int:
        """The number of an entity in the index, a new one where it is not known."""
        country = identity.country_of(entity, article)
        key = identity.key_of(entity)
        found = self._linked(entity)
        if found.id is None:
            shared = identity.is_shared(entity)
            known = [
                identity.Known(*row)
                for row in self._db.execute(
                    "SELECT e.id, e.name, e.country FROM keys k JOIN entities e ON e.id = k.entity "
                    "WHERE k.label = ? AND k.key = ? ORDER BY e.id LIMIT ?",
                    (entity.label, key, _MOST_COMPARED),
                )
                if not self._other_link(entity, row[0], shared)
            ]
            found = identity.recognize(entity, country, known)
        number = found.id
        if number is None:
            number = self._db.execute(
                "INSERT INTO entities (label, subtype, name, country) VALUES (?, ?, ?, ?)",
                (entity.label, entity.subtype, entity.name, country),
            ).lastrowid
            assert number is not None
        self._db.execute("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", (entity.label, key, number))
        self._name(number, entity, found.reason)
        self._db.executemany(
            "INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?, ?, ?)",
            [(number, link.kb, link.id, link.name, link.lat, link.lon) for link in entity.links],
        )
        return number

    def _linked(self, entity: Entity) -> identity.Identity:
        for link in entity.links:
            row = self._db.execute(
                "SELECT l.entity FROM links l JOIN entities e ON e.id = l.entity "
                "WHERE l.kb = ? AND l.id = ? AND e.label = ? ORDER BY l.entity",
                (link.kb, link.id, entity.label),
            ).fetchone()
            if row:
                return identity.Identity(row[0], f"same identifier ({link.kb} {link.id})")
        return identity.Identity(None, "new")

    def _other_link(self, entity: Entity, number: int, shared: bool) -> bool:
        """Is the known entity linked to something else in the same knowledge base? Under a name that several bodies bear, a link
        on one side only is enough to tell them apart."""
        own = {link.kb for link in entity.links}
        rows = self._db.execute("SELECT kb FROM links WHERE entity = ?", (number,)).fetchall()
        return any(kb in own for (kb,) in rows) or (shared and bool(own) != bool(rows))

    def _name(self, number: int, entity: Entity, reason: str) -> None:
        """Keep the forms of an entity, and the longest name of all articles as its own."""
        reasons = dict(entity.merges)
        for form in dict.fromkeys((entity.name, *entity.forms)):
            folded = " ".join(split_words(form))
            why = reason if form == entity.name else reasons.get(form, "form of one article")
            added = self._db.execute(
                "INSERT OR IGNORE INTO forms VALUES (NULL, ?, ?, ?, ?)", (number, form, folded, why)
            )
            if added.rowcount:
                row = (added.lastrowid, _searched(folded.split()), number)
                self._db.execute("INSERT INTO names (rowid, folded, entity) VALUES (?, ?, ?)", row)
        if entity.label == "PER":
            self._db.execute(
                "UPDATE entities SET name = ? WHERE id = ? AND length(name) < length(?)",
                (entity.name, number, entity.name),
            )

    def entities(
        self,
        label: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        limit: int = 100,
        order: Literal["articles", "mentions"] = "articles",
    ) -> list[IndexedEntity]:
        """The entities of the archive, those of most articles (or mentions) first.

        :param since: and ``until``: only articles of these days (ISO dates, both included).
        :raises InputError: for an unknown order.
        """
        if order not in ("articles", "mentions"):
            raise InputError(f"order is {order!r}; it is 'articles' or 'mentions'")
        where, values = _filters(label, since, until)
        sql = f"{_COUNTED} {where} GROUP BY e.id ORDER BY {order} DESC, mentions DESC, e.id LIMIT ?"
        return [IndexedEntity(*row) for row in self._db.execute(sql, (*values, limit))]

    def search(self, name: str, label: str | None = None, *, limit: int = 20) -> list[IndexedEntity]:
        """Entities that have a form with all words of ``name``, each word possibly unfinished, whatever the spelling of hamza,
        ta marbuta and the like; those of most articles first."""
        words = split_words(name)
        if not words:
            return []
        query = " ".join(f'"{word}"*' for word in words)
        where, values = _filters(label, None, None)
        where += (" AND" if where else " WHERE") + " e.id IN (SELECT entity FROM names WHERE names MATCH ?)"
        sql = f"{_COUNTED} {where} GROUP BY e.id ORDER BY articles DESC, mentions DESC, e.id LIMIT ?"
        return [IndexedEntity(*row) for row in self._db.execute(sql, (*values, query, limit))]

    def get(self, entity_id: int) -> IndexedEntity:
        """One entity. :raises KeyError: where there is none of this id."""
        row = self._db.execute(f"{_COUNTED} WHERE e.id = ? GROUP BY e.id", (entity_id,)).fetchone()
        if row is None:
            raise KeyError(entity_id)
        return IndexedEntity(*row)

    def articles(self, entity_id: int, *, limit: int = 100) -> list[IndexedArticle]:
        """The articles in which an entity appears, the newest first."""
        sql = """SELECT t.id, t.date, t.source, t.headline, t.url, a.mentions, a.salience FROM appearances a
                 JOIN articles t ON t.id = a.article WHERE a.entity = ? ORDER BY t.date DESC, t.id LIMIT ?"""
        return [IndexedArticle(*row) for row in self._db.execute(sql, (entity_id, limit))]

    def daily(self, entity_id: int, *, since: str | None = None, until: str | None = None) -> list[Day]:
        """Articles and mentions of an entity a day, in order of time; articles without a date come first."""
        where, values = _filters(None, since, until)
        where += (" AND" if where else " WHERE") + " e.id = ?"
        sql = f"""SELECT substr(t.date, 1, 10), count(*), sum(a.mentions) FROM entities e
                  JOIN appearances a ON a.entity = e.id JOIN articles t ON t.id = a.article
                  {where} GROUP BY 1 ORDER BY 1"""
        return [Day(*row) for row in self._db.execute(sql, (*values, entity_id))]

    def together(self, entity_id: int, *, limit: int = 20) -> list[IndexedEntity]:
        """The entities that appear in the same articles, with the number of these articles and their mentions there."""
        sql = f"""{_COUNTED} WHERE a.article IN (SELECT article FROM appearances WHERE entity = ?) AND e.id != ?
                  GROUP BY e.id ORDER BY articles DESC, mentions DESC, e.id LIMIT ?"""
        return [IndexedEntity(*row) for row in self._db.execute(sql, (entity_id, entity_id, limit))]

    def roles(self, entity_id: int) -> list[IndexedRole]:
        """The roles that articles give an entity, those of most articles first."""
        sql = """SELECT r.text, count(DISTINCT r.article) AS n, min(t.date), max(t.date) FROM roles r
                 JOIN articles t ON t.id = r.article WHERE r.entity = ? GROUP BY r.text ORDER BY n DESC, r.text"""
        return [IndexedRole(*row) for row in self._db.execute(sql, (entity_id,))]

    def explain(self, entity_id: int) -> str:
        """Why the forms of an entity were taken for one: a line for each form. :raises KeyError: for an unknown id."""
        entity = self.get(entity_id)
        rows = self._db.execute("SELECT form, reason FROM forms WHERE entity = ? ORDER BY form", (entity_id,))
        return "\n".join([f"{entity.name} ({entity.label})", *(f"  {form}: {reason}" for form, reason in rows)])

    def info(self) -> IndexInfo:
        """How much is in the index."""
        row = self._db.execute(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM entities), (SELECT count(*) FROM mentions), "
            "min(date), max(date) FROM articles"
        ).fetchone()
        return IndexInfo(*row)

    def to_parquet(self, folder: str | Path) -> list[Path]:
        """Write the tables as Parquet files of their names into a folder.

        :raises MissingExtraError: without pyarrow (``pip install 'arabic-news-ner[archive]'``).
        """
        from arabic_news_ner.archive.export import write_parquet

        return write_parquet(self._db, Path(folder))


def _searched(words: list[str]) -> str:
    """The words of a form, and ``عبد الحميد`` also as one word, ``عبدالحميد`` also as two."""
    joined = [a + b for a, b in itertools.pairwise(words) if a == "عبد"]
    parted = [part for w in words if w.startswith("عبدال") and len(w) > 6 for part in ("عبد", w[3:])]
    return " ".join([*words, *joined, *parted])


def _filters(label: str | None, since: str | None, until: str | None) -> tuple[str, list[Any]]:
    """A WHERE clause and its values."""
    parts: list[str] = []
    values: list[Any] = []
    for sql, value in (("e.label = ?", label), ("t.date >= ?", since), ("substr(t.date, 1, 10) <= ?", until)):
        if value is not None:
            parts.append(sql)
            values.append(value)
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), values
