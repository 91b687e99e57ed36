"""The SQLite file of an index: opened, brought to the current schema, written in transactions, checked.

Every error of SQLite becomes an error of the package, with the failed action and the remedy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arabic_news_ner.archive import fold, identity, schema
from arabic_news_ner.errors import ArchiveError, InputError
from arabic_news_ner.lexicon import Lexicon

#: Seconds that a writer waits for another one, and a reader for a writer.
PATIENCE = 60.0


def connect(path: str | Path, lexicon: Lexicon) -> sqlite3.Connection:
    """A connection to an index, made if there is none. Nothing of a new index is kept unless all of it is.

    :raises InputError: if the path is a folder, in a folder that is not there, or another kind of file.
    :raises ArchiveError: if the file is damaged, locked, or of an older version and cannot be written.
    """
    if not isinstance(path, (str, Path)) or not str(path) or "\0" in str(path):
        raise InputError(f"the path of an index is {path!r}; pass that of an index or of a new file")
    _check_path(path)
    with translated(path, "opening"):
        db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        with translated(path, "opening"):
            if _is_empty(db):
                _create(db)
            _check_version(db, path)
            if _number(db, "user_version") != schema.VERSION:
                _migrate(db, lexicon)
            db.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        db.close()
        raise
    return db


def _check_path(path: str | Path) -> None:
    if str(path) == ":memory:":
        return
    place = Path(path)
    if place.is_dir():
        raise InputError(f"{str(path)!r} is a folder. Pass the path of an index or of a new file.")
    if not place.parent.is_dir():
        raise InputError(f"the folder of {str(path)!r} is not there. Make it first, or pass another path.")


def _is_empty(db: sqlite3.Connection) -> bool:
    return not db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()


def _number(db: sqlite3.Connection, pragma: str) -> int:
    return int(db.execute(f"PRAGMA {pragma}").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one at a time: ``executescript`` would commit between them."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _create(db: sqlite3.Connection) -> None:
    with transaction(db):
        if _is_empty(db):  # another process may have made it in the meantime
            for statement in _statements(schema.TABLES):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {schema.APPLICATION}")
            db.execute(f"PRAGMA user_version = {schema.VERSION}")


def _check_version(db: sqlite3.Connection, path: str | Path) -> None:
    if _number(db, "application_id") != schema.APPLICATION:
        raise InputError(f"{str(path)!r} is a database of another program. Pass the path of an index or of a new file.")
    if (version := _number(db, "user_version")) not in (schema.VERSION, *schema.OLDER):
        raise InputError(
            f"the index {str(path)!r} has version {version}, this version of arabic_news_ner reads {schema.VERSION}. "
            "Update it: pip install -U arabic-news-ner; or make the index again: arabic-news-ner index NEW articles.jsonl"
        )


def _migrate(db: sqlite3.Connection, lexicon: Lexicon) -> None:
    """An index of an older version in the tables of this one: all of it, or nothing where it is interrupted."""
    db.execute("PRAGMA foreign_keys = OFF")
    with transaction(db):
        version = _number(db, "user_version")
        if version == schema.VERSION:  # another process was quicker
            return
        if version == 1:
            _from_version_1(db, lexicon)
        for statement in _statements(schema.FROM_VERSION_2):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {schema.VERSION}")


def _from_version_1(db: sqlite3.Connection, lexicon: Lexicon) -> None:
    for statement in _statements(schema.FROM_VERSION_1):
        db.execute(statement)
    names = db.execute(
        "SELECT id, label, name FROM entities UNION SELECT e.id, e.label, f.form FROM forms f JOIN entities e "
        "ON e.id = f.entity WHERE f.reason = 'new' OR f.reason LIKE 'same %' OR f.reason LIKE 'other spelling%'"
    ).fetchall()
    for number, label, name in names:
        write_keys(db, number, label, name, lexicon)
    for row, number, form in db.execute("SELECT id, entity, form FROM forms").fetchall():
        write_words(db, row, number, form)
    for number, name in db.execute("SELECT id, name FROM entities").fetchall():
        db.execute("UPDATE entities SET name = ? WHERE id = ?", (fold.plain(name), number))


def write_keys(db: sqlite3.Connection, entity: int, label: str, name: str, lexicon: Lexicon) -> None:
    """Keep an entity under the keys of one of its names."""
    rows = [(label, key, entity) for key in identity.keys_of(label, name, lexicon)]
    db.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", rows)


def write_words(db: sqlite3.Connection, form_id: int, entity: int, form: str) -> None:
    """Make an entity findable by the words of a form."""
    db.execute("INSERT INTO names (rowid, folded, entity) VALUES (?, ?, ?)", (form_id, fold.indexed(form), entity))
    rows = [(sound, entity) for sound in fold.sounds(form)]
    db.executemany("INSERT OR IGNORE INTO sounds VALUES (?, ?)", rows)


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing. It takes the write lock at once, so that two writers wait for each other."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk may have ended it
            db.execute("ROLLBACK")
        raise


@contextmanager
def translated(path: str | Path, doing: str) -> Iterator[None]:
    """Errors of SQLite as errors of the package.

    :raises InputError: if the file is not a database, or a value cannot be stored.
    :raises ArchiveError: if the file is damaged, locked, read-only or the disk is full.
    """
    try:
        yield
    except OverflowError as error:
        raise InputError(f"{doing} the index {str(path)!r} failed: a number is too large ({error})") from error
    except sqlite3.ProgrammingError as error:
        if "closed" in str(error) or "thread" in str(error):
            what = f"{doing} the index {str(path)!r} failed: {error}"
            raise InputError(f"{what}. Use an index in the thread that opened it, and before it is closed.") from error
        raise InputError(f"{doing} the index {str(path)!r} failed: a value cannot be stored ({error})") from error
    except (UnicodeEncodeError, sqlite3.IntegrityError, sqlite3.InterfaceError) as error:
        raise InputError(f"{doing} the index {str(path)!r} failed: a value cannot be stored ({error})") from error
    except sqlite3.Error as error:
        said = str(error)
        name = repr(str(path))
        if "not a database" in said:
            raise InputError(f"{name} is no index: {said}. Pass the path of an index or of a new file.") from error
        remedies = (
            ("locked", "another program has written to it for more than a minute. Try again when that has ended."),
            ("full", "the disk is full. What was added before is kept. Make room and add the rest again."),
            ("readonly", "it cannot be written. Copy it to where it can, or change its permissions."),
            ("unable to open", "it cannot be opened. Check the permissions of the file and of its folder."),
            ("disk I/O", "the disk gave an error. Check the disk, then the index: arabic-news-ner index FILE --verify"),
        )
        damaged = (
            "the file is damaged. Make the index again from its articles; what is left can be read with SQLite's own "
            "program: sqlite3 FILE .recover"
        )
        remedy = next((text for sign, text in remedies if sign in said), damaged)
        raise ArchiveError(f"{doing} the index {name} failed ({said}): {remedy}") from error


#: Checks of the tables: a query that returns a row for each fault, and the description of the fault.
_RULES = (
    (
        "SELECT e.id FROM entities e LEFT JOIN appearances a ON a.entity = e.id GROUP BY e.id "
        "HAVING e.articles != count(a.article) OR e.mentions != coalesce(sum(a.mentions), 0)",
        "entity {} has other numbers of articles and mentions than its appearances",
    ),
    (
        "SELECT DISTINCT a.article FROM appearances a JOIN articles t ON t.id = a.article WHERE a.date IS NOT t.date",
        "appearances in the article {} have another date than it",
    ),
    ("SELECT id FROM entities WHERE id NOT IN (SELECT entity FROM appearances)", "entity {} is in no article"),
    ("SELECT id FROM entities WHERE id NOT IN (SELECT entity FROM keys)", "entity {} has no key"),
    ("SELECT id FROM entities WHERE id NOT IN (SELECT entity FROM forms)", "entity {} has no form"),
    ("SELECT id FROM forms WHERE id NOT IN (SELECT rowid FROM names)", "form {} is not in the full-text table"),
    ("SELECT rowid FROM names WHERE rowid NOT IN (SELECT id FROM forms)", "the full-text table has a form {} too many"),
)
#: Findings of one kind that are listed.
_MOST_LISTED = 20


def problems(db: sqlite3.Connection) -> list[str]:
    """The faults of the file, in words: damaged pages, rows that point nowhere, forms that cannot be found."""
    try:
        pages = [text for (text,) in db.execute(f"PRAGMA integrity_check({_MOST_LISTED})")]
        found = [text for text in pages if text != "ok"]
        for table, row, parent, _ in db.execute("PRAGMA foreign_key_check").fetchmany(_MOST_LISTED):
            found.append(f"row {row} of {table} points to a row of {parent} that is not there")
        for question, what in _RULES:
            found += [what.format(number) for (number,) in db.execute(question).fetchmany(_MOST_LISTED)]
    except sqlite3.DatabaseError as error:
        return [f"the file cannot be read to its end: {error}"]
    return found
