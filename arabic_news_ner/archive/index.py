"""``EntityIndex``: one entry for the same entity over an archive of articles, in one SQLite file."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from arabic_news_ner.archive import fold, identity, storage
from arabic_news_ner.archive.records import Day, IndexedArticle, IndexedEntity, IndexedRole, IndexInfo
from arabic_news_ner.coref.spelling_variants import spelling_variant
from arabic_news_ner.errors import InputError
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.text.words import bare
from arabic_news_ner.types import Article, Entity

#: Entities with their counts over the whole archive, and counted over some articles.
_ALL = "SELECT e.id, e.label, e.subtype, e.name, e.country, e.articles, e.mentions FROM entities e"
#: {}: some appearances as entity, articles, mentions. Counted before the entities are read, once for each.
_COUNTED = """
SELECT e.id, e.label, e.subtype, e.name, e.country, c.articles, c.mentions FROM ({}) c JOIN entities e ON e.id = c.entity
"""
#: Known entities that are compared with a new one of the same key, the earliest first.
_MOST_COMPARED = 200
#: Forms of a search whose entities are ranked, the earliest first. Of a word that more forms have (``محمد``), those of the
#: entities with most articles are ranked, too.
_MOST_RANKED = 4000
_MOST_FREQUENT = 1000
#: Reasons that no other candidate can beat.
_SURE = frozenset({"same form", "same name"})
#: The largest whole number of SQLite.
_LARGEST = 2**63 - 1
#: Sorts after whatever may follow the day in a date.
_AFTER_ALL = "\U0010ffff"
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class _Addition:
    """An article with its metadata, checked before anything is written."""

    article: Article
    id: str
    date: str | None
    source: str | None
    url: str | None

    @classmethod
    def checked(cls, article: object, id: object, date: object, source: object, url: object) -> _Addition:
        if not isinstance(article, Article):
            raise InputError(f"{article!r:.80} is no Article; pass what extract() gives")
        if not isinstance(id, str) or not id:
            raise InputError(f"the id of an article is {id!r}; it takes a str that is not empty")
        if fold.storable(id) != id:
            raise InputError(
                f"the id of an article is {id!r}; half a surrogate pair is no text, so it cannot be stored"
            )
        for name, value in (("date", date), ("source", source), ("url", url)):
            if value is not None and not isinstance(value, str):
                raise InputError(f"the {name} of the article {id!r} is {value!r}; it takes a str or None")
        return cls(article, id, date, source, url)  # type: ignore[arg-type]

    @classmethod
    def of(cls, item: object) -> _Addition:
        """What :meth:`EntityIndex.add_many` takes."""
        if not isinstance(item, tuple) or len(item) not in (2, 3):
            raise InputError(f"add_many takes (id, article) or (id, article, details) and got {item!r:.80}")
        id, article, details = (*item, {})[:3]
        if not isinstance(details, Mapping) or not set(details) <= {"date", "source", "url"}:
            raise InputError(
                f"the details of the article {id!r} are {details!r:.80}; they may have date, source and url"
            )
        return cls.checked(article, id, *map(details.get, ("date", "source", "url")))

    def row(self) -> tuple[str | None, ...]:
        """Date, source, headline, url."""
        return self.date or self.article.date, self.source or self.article.source, self.article.headline, self.url


class EntityIndex:
    """An archive of articles by their entities. Not safe to share between threads; open it once in each. Several processes may
    write to one file: each waits for the others, for a minute at most.

    ``with EntityIndex.open("news.sqlite") as index: index.add(article, id="2025-0001")``

    Every method raises :class:`~arabic_news_ner.errors.ArchiveError` where the file is damaged, locked by another program,
    read-only, or its disk full. Everything added before is then kept.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: str | Path, knowledge: Knowledge, lexicon: Lexicon
    ) -> None:
        """Use :meth:`open`."""
        self._db = connection
        self._path = path
        self._knowledge = knowledge
        self._lexicon = lexicon

    @classmethod
    def open(cls, path: str | Path) -> EntityIndex:
        """Open an index, or make a new one; ``":memory:"`` for one that is not saved. An index of an older version is
        upgraded.

        :raises InputError: if the file is something else or an index of a later version.
        :raises ArchiveError: if it is damaged or cannot be opened.
        """
        lexicon = Lexicon.load()
        return cls(storage.connect(path, lexicon), path, Knowledge.load(), lexicon)

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
        """The database, for SQL of one's own, in autocommit mode; docs/archive.md has the tables."""
        return self._db

    def add(
        self, article: Article, *, id: str, date: str | None = None, source: str | None = None, url: str | None = None
    ) -> None:
        """Add one article, or replace the one of this id. Without ``date`` and ``source``, those of the article are
        used. Entities of the old article keep their numbers.

        :raises InputError: if an argument is of another type, or ``id`` is empty or holds half a surrogate pair.
        """
        self._write([_Addition.checked(article, id, date, source, url)])

    def add_many(
        self,
        articles: Iterable[tuple[str, Article] | tuple[str, Article, Mapping[str, str | None]]],
        *,
        batch_size: int = 500,
    ) -> int:
        """Add ``(id, article)`` or ``(id, article, {"date": ..., "source": ..., "url": ...})``, and return how many there were.

        Each ``batch_size`` articles are one transaction, which is open only during the writing. If one cannot be added
        or reading fails, the articles before it are kept.

        :raises InputError: as :meth:`add`; for a wrong ``batch_size``.
        """
        if type(batch_size) is not int or batch_size < 1:
            raise InputError(f"batch_size is {batch_size!r}; it takes a whole number from 1")
        count = 0
        batch: list[_Addition] = []
        try:
            for item in articles:
                batch.append(_Addition.of(item))
                if len(batch) == batch_size:
                    full, batch = batch, []
                    self._write(full)
                    count += len(full)
        finally:
            self._write(batch)
        return count + len(batch)

    def _write(self, batch: Sequence[_Addition]) -> None:
        if batch:
            with storage.translated(self._path, "adding to"), storage.transaction(self._db):
                for addition in batch:
                    self._add(addition)

    def remove(self, id: str) -> bool:
        """Remove an article, and entities that no other article has. ``False`` if there was none of this id."""
        if not isinstance(id, str) or fold.storable(id) != id:
            raise InputError(f"the id of an article is {id!r}; it takes a str")
        with storage.translated(self._path, "removing from"), storage.transaction(self._db):
            before = self._entities_in(id)
            removed = self._db.execute("DELETE FROM articles WHERE id = ?", (id,)).rowcount > 0
            self._drop_unused(before)
            return removed

    def verify(self) -> list[str]:
        """The faults of the file, a sentence for each; empty if there are none. Reads the whole file."""
        return storage.problems(self._db)

    def _add(self, new: _Addition) -> None:
        article = new.article
        before = self._entities_in(new.id)
        self._db.execute("DELETE FROM articles WHERE id = ?", (new.id,))
        date, *others = map(_stored, new.row())
        self._db.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", (new.id, date, *others))
        found: dict[int, list[Entity]] = {}
        for entity in article.entities:
            found.setdefault(self._entity(entity, article), []).append(entity)
        for number, group in found.items():
            mentions = [m for e in group for m in e.mentions]
            salience = max(e.salience for e in group)
            self._db.execute(
                "INSERT INTO appearances VALUES (?, ?, ?, ?, ?)", (new.id, number, len(mentions), salience, date)
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?, ?)",
                [(new.id, number, m.start, m.end, fold.storable(m.text), m.score) for m in mentions],
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO roles VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (new.id, number, r.start, r.end, fold.storable(" ".join(r.text.split())), " ".join(r.status))
                    for e in group
                    for r in e.roles
                ],
            )
        self._drop_unused(n for n in before if n not in found)

    def _entities_in(self, id: str) -> list[int]:
        return [n for (n,) in self._db.execute("SELECT entity FROM appearances WHERE article = ?", (id,))]

    def _drop_unused(self, numbers: Iterable[int]) -> None:
        """Remove those of some entities that no article has any more."""
        for number in numbers:
            if not self._db.execute("SELECT 1 FROM appearances WHERE entity = ? LIMIT 1", (number,)).fetchone():
                forms = self._db.execute("SELECT id FROM forms WHERE entity = ?", (number,)).fetchall()
                self._db.executemany("DELETE FROM names WHERE rowid = ?", forms)
                self._db.execute("DELETE FROM entities WHERE id = ?", (number,))

    def _entity(self, entity: Entity, article: Article) -> int:
        """The number of an entity in the index, a new one where it is not known."""
        country = identity.country_of(entity, article)
        found = self._linked(entity)
        if found.id is None:
            found = self._known(entity, country)
        number = found.id
        if number is None:
            number = self._db.execute(
                "INSERT INTO entities (label, subtype, name, country) VALUES (?, ?, ?, ?)",
                (entity.label, entity.subtype, fold.plain(entity.name), country),
            ).lastrowid
            assert number is not None
        storage.write_keys(self._db, number, entity.label, entity.name, self._lexicon)
        self._name(number, entity, found.reason)
        self._db.executemany(
            "INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?, ?, ?)",
            [(number, *map(fold.storable, (link.kb, link.id, link.name)), link.lat, link.lon) for link in entity.links],
        )
        return number

    def _known(self, entity: Entity, country: str | None) -> identity.Identity:
        """The entity of the index by its name. Exact names come first: a family name can have thousands of entries."""
        shared = identity.is_shared(entity, self._knowledge)
        exact, *loose = identity.keys_of(entity.label, entity.name, self._lexicon)
        seen: dict[int, identity.Known] = {}
        for keys in ([exact], loose):
            for key in keys:
                rows = self._db.execute(
                    "SELECT e.id, e.name, e.country FROM keys k JOIN entities e ON e.id = k.entity "
                    "WHERE k.label = ? AND k.key = ? ORDER BY e.id LIMIT ?",
                    (entity.label, key, _MOST_COMPARED),
                ).fetchall()
                for row in rows:
                    if row[0] not in seen and not self._other_link(entity, row[0], shared):
                        seen[row[0]] = identity.Known(row[0], row[1], row[2], key == exact)
            found = identity.recognize(entity, country, list(seen.values()), self._lexicon)
            if found.id is not None and found.reason in _SURE:
                return found
        return found

    def _linked(self, entity: Entity) -> identity.Identity:
        for link in entity.links:
            row = self._db.execute(
                "SELECT l.entity FROM links l JOIN entities e ON e.id = l.entity "
                "WHERE l.kb = ? AND l.id = ? AND e.label = ? ORDER BY l.entity",
                (fold.storable(link.kb), fold.storable(link.id), entity.label),
            ).fetchone()
            if row:
                return identity.Identity(row[0], f"same identifier ({link.kb} {link.id})")
        return identity.Identity(None, "new")

    def _other_link(self, entity: Entity, number: int, shared: bool) -> bool:
        """Is the known entity linked to something else in the same knowledge base? If several organizations share the
        name, a link on one side only is enough to separate them."""
        own = {link.kb for link in entity.links}
        if not own and not shared:
            return False
        rows = self._db.execute("SELECT kb FROM links WHERE entity = ?", (number,)).fetchall()
        return any(kb in own for (kb,) in rows) or (shared and bool(own) != bool(rows))

    def _name(self, number: int, entity: Entity, reason: str) -> None:
        """Keep the forms of an entity, and the longest name of all articles as its own, in plain spelling."""
        reasons = dict(entity.merges)
        for form in dict.fromkeys((entity.name, *entity.forms)):
            why = reason if form == entity.name else reasons.get(form, "form of one article")
            stored = fold.storable(form)
            added = self._db.execute(
                "INSERT OR IGNORE INTO forms VALUES (NULL, ?, ?, ?, ?)",
                (number, stored, " ".join(fold.words(form)), fold.storable(why)),
            )
            if added.rowcount:
                assert added.lastrowid is not None
                storage.write_words(self._db, added.lastrowid, number, form)
        if entity.label == "PER":
            name = fold.plain(entity.name)
            self._db.execute(
                "UPDATE entities SET name = ? WHERE id = ? AND length(name) < length(?)", (name, number, name)
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
        :raises InputError: for an unknown order, or an invalid label, date or limit.
        """
        limit = _checked_limit(limit)
        if order not in ("articles", "mentions"):
            raise InputError(f"order is {order!r}; it is 'articles' or 'mentions'")
        of_label, labels = _of_label(label)
        if since is None and until is None:
            return self._listed(of_label, labels, limit, order)
        period, values = _period(since, until, "t")
        counted = f"""SELECT a.entity, count(*) AS articles, sum(a.mentions) AS mentions FROM articles t
                      CROSS JOIN appearances a ON a.article = t.id WHERE {period} GROUP BY a.entity"""
        return self._counted(counted, of_label, (*values, *labels), limit, order)

    def search(self, name: str, label: str | None = None, *, limit: int = 20) -> list[IndexedEntity]:
        """Entities that have a form with all words of ``name``, each word possibly unfinished, whatever the spelling of hamza,
        ta marbuta and the like, with and without article; those of most articles first. Where there is none, entities whose
        words are other spellings of these (``غورباتشوف/جورباتشوف``).

        :raises InputError: if ``name`` is not a str, or for an invalid label or limit.
        """
        if not isinstance(name, str):
            raise InputError(f"the name to search for is {name!r}; it takes a str. All entities: index.entities()")
        limit = _checked_limit(limit)
        where, values = _of_label(label)
        words = [bare(word) for word in fold.words(name)]
        if not words:
            return []
        frequent = f"{_ALL} {where} ORDER BY e.articles DESC, e.mentions DESC, e.id LIMIT {_MOST_FREQUENT}"
        where += " AND" if where else " WHERE"
        query = " ".join(f'"{word}"*' for word in words)
        forms = self._rows("SELECT entity FROM names WHERE names MATCH ? LIMIT ?", (query, _MOST_RANKED))
        ids = {number for (number,) in forms}
        if len(forms) == _MOST_RANKED:
            ids |= self._frequent_with(words, frequent, values)
        found = self._ranked(f"{where} e.id IN ({', '.join(map(str, sorted(ids)))})", values, limit) if ids else []
        return found or self._sounding(where, values, words, limit)

    def _frequent_with(self, words: Sequence[str], frequent: str, values: Sequence[Any]) -> set[int]:
        """Those of the most frequent entities that have a form with all words, each possibly unfinished."""
        sql = f"SELECT f.entity, f.form FROM ({frequent}) e CROSS JOIN forms f ON f.entity = e.id"
        return {
            number
            for number, form in self._rows(sql, values)
            if all(any(known.startswith(word) for known in fold.indexed(form).split()) for word in words)
        }

    def _sounding(self, where: str, values: Sequence[Any], words: Sequence[str], limit: int) -> list[IndexedEntity]:
        """Entities with another spelling of every word."""
        sounds = [fold.sound(word) for word in words]
        if any(len(sound) < 3 for sound in sounds):
            return []
        same = " AND ".join("e.id IN (SELECT entity FROM sounds WHERE sound = ?)" for _ in sounds)
        found = self._ranked(f"{where} {same}", (*values, *sounds), _MOST_COMPARED)
        return [entity for entity in found if self._spelled(entity.id, words)][:limit]

    def _spelled(self, number: int, words: Sequence[str]) -> bool:
        folded = self._rows("SELECT folded FROM forms WHERE entity = ?", (number,))
        known = {word for (form,) in folded for word in fold.indexed(form).split()}
        return all(any(spelling_variant(word, other) for other in known) for word in words)

    def _rows(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        with storage.translated(self._path, "reading"):
            return self._db.execute(sql, tuple(values)).fetchall()

    def _listed(self, where: str, values: Iterable[Any], limit: int, order: str = "articles") -> list[IndexedEntity]:
        """Of all entities with few conditions: read in the order of an index, up to the limit."""
        sql = f"{_ALL} {where} ORDER BY e.{order} DESC, e.mentions DESC, e.id LIMIT ?"
        return [IndexedEntity(*row) for row in self._rows(sql, (*values, limit))]

    def _ranked(self, where: str, values: Iterable[Any], limit: int) -> list[IndexedEntity]:
        """Of some entities: their rows are read by number, then sorted. The + keeps SQLite from an index of all entities."""
        sql = f"{_ALL} {where} ORDER BY +e.articles DESC, e.mentions DESC, e.id LIMIT ?"
        return [IndexedEntity(*row) for row in self._rows(sql, (*values, limit))]

    def _counted(
        self, counted: str, where: str, values: Iterable[Any], limit: int, order: str = "articles"
    ) -> list[IndexedEntity]:
        sql = f"{_COUNTED.format(counted)} {where} ORDER BY c.{order} DESC, c.mentions DESC, e.id LIMIT ?"
        return [IndexedEntity(*row) for row in self._rows(sql, (*values, limit))]

    def get(self, entity_id: int) -> IndexedEntity:
        """One entity. :raises KeyError: if there is none of this id."""
        rows = self._rows(f"{_ALL} WHERE e.id = ?", (_checked_id(entity_id),))
        if not rows:
            raise KeyError(entity_id)
        return IndexedEntity(*rows[0])

    def articles(self, entity_id: int, *, limit: int = 100) -> list[IndexedArticle]:
        """The articles in which an entity appears, the newest first."""
        newest = "SELECT article, date FROM appearances WHERE entity = ? ORDER BY date DESC, article LIMIT ?"
        sql = f"""SELECT t.id, t.date, t.source, t.headline, t.url, a.mentions, a.salience FROM ({newest}) n
                  CROSS JOIN appearances a ON a.article = n.article AND a.entity = ? JOIN articles t ON t.id = n.article
                  ORDER BY n.date DESC, n.article"""
        number = _checked_id(entity_id)
        return [IndexedArticle(*row) for row in self._rows(sql, (number, _checked_limit(limit), number))]

    def daily(self, entity_id: int, *, since: str | None = None, until: str | None = None) -> list[Day]:
        """Articles and mentions of an entity a day, in order of time; articles without a date come first."""
        period, values = _period(since, until, "a")
        sql = f"""SELECT substr(a.date, 1, 10), count(*), sum(a.mentions) FROM appearances a
                  WHERE a.entity = ? AND {period} GROUP BY 1 ORDER BY 1"""
        return [Day(*row) for row in self._rows(sql, (_checked_id(entity_id), *values))]

    def together(
        self, entity_id: int, *, since: str | None = None, until: str | None = None, limit: int = 20
    ) -> list[IndexedEntity]:
        """The entities that appear in the same articles, with the number of these articles and their mentions there.

        All articles of the entity are read, so of a frequent one it takes a while: ``since`` and ``until`` limit them, as in
        :meth:`entities`.
        """
        number = _checked_id(entity_id)
        period, values = _period(since, until, "own")
        counted = f"""SELECT a.entity, count(*) AS articles, sum(a.mentions) AS mentions FROM appearances own
                      CROSS JOIN appearances a ON a.article = own.article
                      WHERE own.entity = ? AND {period} AND a.entity != ? GROUP BY a.entity"""
        return self._counted(counted, "", (number, *values, number), _checked_limit(limit))

    def roles(self, entity_id: int) -> list[IndexedRole]:
        """The roles that articles give an entity, those of most articles first."""
        sql = """SELECT r.text, count(DISTINCT r.article) AS n, min(t.date), max(t.date) FROM roles r
                 JOIN articles t ON t.id = r.article WHERE r.entity = ? GROUP BY r.text ORDER BY n DESC, r.text"""
        return [IndexedRole(*row) for row in self._rows(sql, (_checked_id(entity_id),))]

    def explain(self, entity_id: int) -> str:
        """Why the forms of an entity were taken for one: a line for each form. :raises KeyError: for an unknown id."""
        entity = self.get(entity_id)
        rows = self._rows("SELECT form, reason FROM forms WHERE entity = ? ORDER BY form", (entity_id,))
        return "\n".join([f"{entity.name} ({entity.label})", *(f"  {form}: {reason}" for form, reason in rows)])

    def info(self) -> IndexInfo:
        """How much is in the index."""
        (row,) = self._rows(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM entities), (SELECT count(*) FROM mentions), "
            "min(date), max(date) FROM articles"
        )
        return IndexInfo(*row)

    def to_parquet(self, folder: str | Path) -> list[Path]:
        """Write the tables as Parquet files of their names into a folder.

        :raises MissingExtraError: without pyarrow (``pip install 'arabic-news-ner[archive]'``).
        """
        from arabic_news_ner.archive.export import write_parquet

        with storage.translated(self._path, "reading"):
            return write_parquet(self._db, Path(folder))


def _stored(value: str | None) -> str | None:
    return None if value is None else fold.storable(value)


def _checked_limit(limit: int) -> int:
    """:raises InputError: if it is not a whole number of at least 0."""
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 0:
        raise InputError(f"limit is {limit!r}; it takes a whole number from 0")
    return min(limit, _LARGEST)


def _checked_id(number: int) -> int:
    """The number, or an unused number if the database cannot hold it."""
    if isinstance(number, bool) or not isinstance(number, int):
        raise InputError(
            f"the id of an entity is {number!r}; it takes a whole number, as search() and entities() give it"
        )
    return number if 0 < number <= _LARGEST else 0


def _of_label(label: str | None) -> tuple[str, list[Any]]:
    """A WHERE clause over entities ``e`` and its values. :raises InputError: for an unknown label."""
    if label not in (None, "PER", "ORG", "LOC"):
        raise InputError(f"label is {label!r}; it is 'PER', 'ORG' or 'LOC', or None for all")
    return ("", []) if label is None else ("WHERE e.label = ?", [label])


def _period(since: str | None, until: str | None, table: str) -> tuple[str, list[Any]]:
    """A condition on the dates of a table and its values. Dates begin with the day, so ``2025-05`` includes all that begin
    with it. :raises InputError: for an invalid day."""
    for name, day in (("since", since), ("until", until)):
        if day is not None and not (isinstance(day, str) and _DAY.fullmatch(day)):
            raise InputError(f"{name} is {day!r}; it takes a day as 2025-05-14, or a month or year as 2025-05, 2025")
    parts, values = ["true"], []
    if since is not None:
        parts.append(f"{table}.date >= ?")
        values.append(since)
    if until is not None:
        parts.append(f"{table}.date < ?")
        values.append(until + _AFTER_ALL)
    return " AND ".join(parts), values
