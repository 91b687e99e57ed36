"""An index under load, faults and hostile input: nothing is lost, nothing half stored, every error is one of the package."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from arabic_news_ner import Article, Entity, Link, Mention
from arabic_news_ner.archive import Day, EntityIndex, schema
from arabic_news_ner.errors import ArchiveError, InputError


def person(name="سمير حداد", number=1):
    return Entity(f"e{number}", "PER", None, name, (Mention(10 * number, 10 * number + 1, name, 0.9),))


def article(*names, **fields):
    return Article("", entities=tuple(person(name, number) for number, name in enumerate(names, 1)), **fields)


GIVEN = "سالم نزار وليد ليلى خالد مروان طلال بشير".split()
NAMES = [f"{first} {second} الخطيب" for first in GIVEN for second in GIVEN]


@pytest.fixture
def index():
    with EntityIndex.open(":memory:") as opened:
        yield opened


def child(code, *arguments, wait=True):
    """Another process that runs some code with this module's helpers."""
    head = "import sys, time\nfrom tests.hostile.test_archive import *\n"
    process = subprocess.Popen(
        [sys.executable, "-c", head + code, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )
    if wait:
        assert process.wait(timeout=60) == 0
    return process


LONE = "سمير \ud800حداد"


def test_half_a_surrogate_pair_is_stored_as_a_lost_character(index):
    index.add(article("هدى العلي"), id="a")
    index.add_many([("a", article(LONE, headline=LONE, source="\udfff"))])
    assert [e.name for e in index.entities()] == ["سمير \ufffdحداد"]
    assert [(a.id, a.headline, a.source) for a in index.articles(index.entities()[0].id)] == [
        ("a", "سمير \ufffdحداد", "\ufffd")
    ]
    assert index.search(LONE) == index.search("سمير حداد") == index.entities()
    assert index.verify() == []


@pytest.mark.parametrize("identifier", ["\ud800", "a\udfff", "", 5, None, float("nan"), True])
def test_an_id_that_cannot_be_stored_changes_nothing(index, identifier):
    index.add(article("هدى العلي"), id="a")
    with pytest.raises(InputError, match="id of an article"):
        index.add_many([("b", article("سمير حداد")), (identifier, article("ليلى العطار"))])
    assert sorted(e.name for e in index.entities()) == ["سمير حداد", "هدى العلي"]
    with pytest.raises(InputError):
        index.add(article(), id=identifier)


def test_an_article_that_cannot_be_written_leaves_the_old_one(index):
    index.add(article("هدى العلي"), id="a")
    broken = Entity("e1", "PER", None, "سمير حداد", (Mention(0, 2**70, "سمير حداد", 0.9),))
    with pytest.raises(InputError, match="too large"):
        index.add(Article("", entities=(broken,)), id="a")
    assert [e.name for e in index.entities()] == ["هدى العلي"]
    assert index.verify() == []


@pytest.mark.parametrize("value", [float("nan"), "0.5\ud800", object()])
def test_a_value_that_cannot_be_stored_is_the_callers(index, value):
    index.add(article("هدى العلي"), id="a")
    broken = Entity("e1", "PER", None, "سمير حداد", (Mention(0, 1, "سمير حداد", 0.9),), salience=value)
    with pytest.raises(InputError, match="cannot be stored"):
        index.add(Article("", entities=(broken,)), id="a")
    assert [e.name for e in index.entities()] == ["هدى العلي"]


def test_identifiers_with_half_a_surrogate_pair_meet_again(index):
    linked = Entity(
        "e1", "ORG", None, "شركة النخيل", (Mention(0, 1, "ا", 0.9),), links=(Link("own\ud800", "\udfff", "x"),)
    )
    index.add(Article("", entities=(linked,)), id="a")
    index.add(Article("", entities=(replace(linked, name="النخيل للتمور"),)), id="b")
    assert [e.articles for e in index.entities()] == [2]


@pytest.mark.parametrize(
    "item",
    [None, ("a",), ["a", article()], ("a", "text"), ("a", article(), {"day": "2025"}), ("a", article(), {"date": 5})],
)
def test_what_is_no_article_is_refused_and_those_before_it_are_kept(index, item):
    with pytest.raises(InputError):
        index.add_many([("first", article("هدى العلي")), item])
    assert [a.id for a in index.articles(index.entities()[0].id)] == ["first"]


def test_add_and_add_many_keep_the_same(index):
    told = {"date": "2025-05-14", "source": "وكالة", "url": "https://example.org/1"}
    index.add(article("هدى العلي"), id="a", **told)
    index.add_many([("b", article("هدى العلي"), told)])
    first, second = index.articles(index.entities()[0].id)
    assert (first.date, first.source, first.url) == (second.date, second.source, second.url) == tuple(told.values())


def test_reading_that_fails_loses_nothing_before_it(index):
    def articles():
        for number in range(7):
            yield str(number), article("هدى العلي")
        raise RuntimeError("the feed ended")

    with pytest.raises(RuntimeError, match="the feed ended"):
        index.add_many(articles(), batch_size=3)
    assert index.info().articles == 7


def test_entities_keep_their_numbers_when_an_article_is_added_again(index):
    index.add(article("هدى العلي", "سمير حداد"), id="a")
    before = {e.name: e.id for e in index.entities()}
    index.add(article("سمير حداد", "ليلى العطار"), id="a")
    after = {e.name: e.id for e in index.entities()}
    assert after["سمير حداد"] == before["سمير حداد"]
    assert "هدى العلي" not in after
    index.remove("a")
    index.add(article("هدى العلي"), id="b")
    assert index.entities()[0].id > max(*before.values(), *after.values())
    assert index.verify() == []


@pytest.mark.parametrize("name", [None, 5, b"x", ["x"]])
def test_a_search_for_no_str_is_refused(index, name):
    with pytest.raises(InputError, match="it takes a str"):
        index.search(name)


HOSTILE = [
    '"', "'", '" OR 1=1 --', "'; DROP TABLE articles; --", "a AND b", "NOT", "NEAR(a b)", "col:x", "folded : x", "*", "^a", "-a",
    "(", "{a b}: c", "\0", "a\0b", "\ud800", "\u202e", "\u0610" * 10_000, "ء", "ـ", " ", "%", "_", "x" * 100_000, "ا " * 2_000,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=lambda q: ascii(q[:12]))
def test_operators_and_signs_in_a_search_are_words_or_nothing(index, query):
    index.add(article("سمير حداد"), id="a")
    assert index.search(query) == []
    assert index.search(f"سمير {query[:20]}") in ([], index.entities())
    assert index.info().articles == 1


@pytest.mark.parametrize("name", HOSTILE, ids=lambda q: ascii(q[:12]))
def test_hostile_names_are_stored_and_taken_out_again(index, name):
    index.add(article(name, "سمير حداد", date=name.replace("\0", "")[:50] or None), id=ascii(name)[:40])
    assert index.verify() == []
    assert index.remove(ascii(name)[:40])
    assert index.info().entities == 0


@pytest.mark.parametrize("limit", [-1, "5", 2.5, None, True])
def test_a_limit_that_is_none_is_refused(index, limit):
    for question in (lambda: index.entities(limit=limit), lambda: index.search("x", limit=limit)):
        with pytest.raises(InputError, match="limit is"):
            question()


def test_a_limit_or_number_beyond_what_a_database_holds(index):
    index.add(article("سمير حداد"), id="a")
    assert len(index.entities(limit=10**30)) == len(index.search("سمير", limit=10**30)) == 1
    for number in (10**30, -1, 0, -(10**30)):
        with pytest.raises(KeyError):
            index.get(number)
        assert index.articles(number) == index.roles(number) == index.together(number) == []


@pytest.mark.parametrize("day", ["yesterday", "2025-5-1", 2025, "2025-05-01T10:00", "'"])
def test_a_day_that_is_none_is_refused(index, day):
    with pytest.raises(InputError, match="it takes a day"):
        index.entities(since=day)
    with pytest.raises(InputError, match="it takes a day"):
        index.entities(until=day)


def test_periods_by_year_and_month(index):
    for day in ("2024-12-31", "2025-05-01T10:00", "2025-06-01"):
        index.add(article("سمير حداد"), id=day, date=day)
    assert [
        index.entities(since=s, until=u)[0].articles
        for s, u in (("2025", None), (None, "2024"), ("2025-05", "2025-05"))
    ] == [
        2,
        1,
        1,
    ]


# files


def test_folders_and_missing_folders_are_named(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        EntityIndex.open(tmp_path)
    with pytest.raises(InputError, match=r"the folder of .* is not there"):
        EntityIndex.open(tmp_path / "none" / "news.sqlite")
    for path in ("", None, "a\0b"):
        with pytest.raises(InputError, match="path of an index"):
            EntityIndex.open(path)


def test_an_index_that_cannot_be_written_is_read_and_says_so(tmp_path):
    path = tmp_path / "news.sqlite"
    with EntityIndex.open(path) as index:
        index.add(article("سمير حداد"), id="a")
    with EntityIndex.open(path) as index:
        index.connection.execute(
            "PRAGMA query_only = ON"
        )  # root may write to any file: SQLite's own switch does the same
        assert len(index.search("حداد")) == 1
        with pytest.raises(ArchiveError, match="cannot be written"):
            index.add(article("هدى العلي"), id="b")


def test_a_full_disk_keeps_what_was_added(tmp_path):
    path = tmp_path / "news.sqlite"
    with EntityIndex.open(path) as index:
        index.add(article("سمير حداد"), id="kept")
        pages = index.connection.execute("PRAGMA page_count").fetchone()[0]
        index.connection.execute(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(ArchiveError, match="the disk is full"):
            index.add_many((f"n{n}", article(f"سمير {n} العلي")) for n in range(5_000))
    with EntityIndex.open(path) as index:
        assert index.verify() == []
        assert index.articles(index.search("حداد")[0].id)[0].id == "kept"
        index.add(article("هدى العلي"), id="more")


def test_a_disk_that_is_full_from_the_start_leaves_a_usable_path(tmp_path, monkeypatch):
    path = tmp_path / "news.sqlite"
    monkeypatch.setattr(schema, "TABLES", "PRAGMA max_page_count = 3;\n" + schema.TABLES)
    with pytest.raises(ArchiveError, match="the disk is full"):
        EntityIndex.open(path)
    monkeypatch.undo()
    with EntityIndex.open(path) as index:
        index.add(article("سمير حداد"), id="a")
        assert index.verify() == []


@pytest.mark.parametrize("place", [20, 100, 4096, 20_000, -3_000])
def test_damage_is_reported_and_never_a_raw_error(tmp_path, place):
    path = tmp_path / "news.sqlite"
    with EntityIndex.open(path) as index:
        index.add_many((str(n), article(f"سمير {n} العلي")) for n in range(300))
    content = bytearray(path.read_bytes())
    content[place : place + 2_000 if place > 0 else None] = b"\xa5" * len(
        content[place : place + 2_000 if place > 0 else None]
    )
    path.write_bytes(content)
    found = []
    try:
        with EntityIndex.open(path) as index:
            found = index.verify()
            index.search("سمير")
            index.add(article("هدى العلي"), id="new")
    except (ArchiveError, InputError) as error:
        found.append(str(error))
    assert found


def test_a_cut_file_is_reported(tmp_path):
    path = tmp_path / "news.sqlite"
    with EntityIndex.open(path) as index:
        index.add_many((str(n), article(f"سمير {n} العلي")) for n in range(300))
    path.write_bytes(path.read_bytes()[:40_000])
    with pytest.raises(ArchiveError, match=r"the file is damaged.*\.recover"):
        EntityIndex.open(path)


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("DELETE FROM names", "form 1 is not in the full-text table"),
        ("DELETE FROM keys", "entity 1 has no key"),
        ("DELETE FROM forms", "entity 1 has no form"),
        ("DELETE FROM appearances", "entity 1 is in no article"),
        ("UPDATE entities SET mentions = 9", "entity 1 has other numbers"),
        ("UPDATE entities SET articles = 9", "entity 1 has other numbers"),
        ("UPDATE articles SET date = '2025-05-14'", "appearances in the article a have another date"),
        ("INSERT INTO mentions VALUES ('z', 9, 1, 2, 'x', 1)", "points to a row of"),
    ],
)
def test_verify_finds_what_does_not_fit(index, damage, finding):
    index.add(article("سمير حداد"), id="a")
    assert index.verify() == []
    index.connection.execute("PRAGMA foreign_keys = OFF")
    index.connection.execute(damage)
    assert any(finding in line for line in index.verify())


#: The tables that are the same in versions 1 and 2, as they were then.
OLD_TABLES = """
CREATE TABLE forms (id INTEGER PRIMARY KEY, entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  form TEXT NOT NULL, folded TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (entity, form));
CREATE TABLE keys (label TEXT NOT NULL, key TEXT NOT NULL, entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  PRIMARY KEY (label, key, entity)) WITHOUT ROWID;
CREATE TABLE links (entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE, kb TEXT NOT NULL, id TEXT NOT NULL,
  name TEXT NOT NULL, lat REAL, lon REAL, PRIMARY KEY (kb, id, entity)) WITHOUT ROWID;
CREATE TABLE appearances (article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE, mentions INTEGER NOT NULL, salience REAL NOT NULL,
  PRIMARY KEY (article, entity)) WITHOUT ROWID;
CREATE TABLE mentions (article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  text TEXT NOT NULL, score REAL, PRIMARY KEY (article, start, "end")) WITHOUT ROWID;
CREATE TABLE roles (article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  text TEXT NOT NULL, status TEXT NOT NULL, PRIMARY KEY (article, start, "end", entity)) WITHOUT ROWID;
"""

VERSION_1 = """
CREATE TABLE articles (id TEXT PRIMARY KEY, date TEXT, source TEXT, headline TEXT, url TEXT) WITHOUT ROWID;
CREATE TABLE entities (id INTEGER PRIMARY KEY, label TEXT NOT NULL, subtype TEXT, name TEXT NOT NULL, country TEXT);
"""
VERSION_1 += OLD_TABLES
VERSION_1 += """
CREATE INDEX keys_of ON keys (entity);
CREATE VIRTUAL TABLE names USING fts5 (folded, entity UNINDEXED, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3');
INSERT INTO articles VALUES ('a', '2025-05-01', NULL, NULL, NULL);
INSERT INTO entities VALUES (7, 'PER', NULL, 'عبد الرؤوف الكـيلاني', NULL);
INSERT INTO forms VALUES (1, 7, 'عبد الرؤوف الكـيلاني', 'عبد الرووف الكيلاني', 'new');
INSERT INTO forms VALUES (2, 7, 'الكيلاني', 'الكيلاني', 'family name of a longer form');
INSERT INTO keys VALUES ('PER', 'الكيلاني', 7);
INSERT INTO appearances VALUES ('a', 7, 1, 0.5);
INSERT INTO mentions VALUES ('a', 7, 0, 5, 'عبد الرؤوف الكـيلاني', 0.9);
INSERT INTO names (rowid, folded, entity) VALUES (1, 'عبد الرووف الكيلاني عبدالرووف', 7);
INSERT INTO names (rowid, folded, entity) VALUES (2, 'الكيلاني', 7);
PRAGMA application_id = 1634627173;
PRAGMA user_version = 1;
"""


def test_an_index_of_version_1_is_brought_up(tmp_path):
    path = tmp_path / "old.sqlite"
    old = sqlite3.connect(path)
    old.executescript(VERSION_1)
    old.close()
    with EntityIndex.open(path) as index:
        assert index.verify() == []
        assert [(e.id, e.name) for e in index.search("عبد الرءوف")] == [(7, "عبد الرؤوف الكيلاني")]
        index.add(article("عبدالرءوف الكيلاني"), id="b")
        assert [(e.id, e.articles) for e in index.entities()] == [(7, 2)]
    with EntityIndex.open(path) as index:
        assert index.connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


VERSION_2 = """
CREATE TABLE articles (id TEXT PRIMARY KEY, date TEXT, source TEXT, headline TEXT, url TEXT) WITHOUT ROWID;
CREATE TABLE entities (id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, subtype TEXT, name TEXT NOT NULL,
  country TEXT, articles INTEGER NOT NULL DEFAULT 0, mentions INTEGER NOT NULL DEFAULT 0);
"""
VERSION_2 += OLD_TABLES
VERSION_2 += """
CREATE INDEX appearances_of ON appearances (entity);
CREATE INDEX mentions_of ON mentions (entity);
CREATE INDEX roles_of ON roles (entity);
CREATE INDEX links_of ON links (entity);
CREATE INDEX keys_of ON keys (entity);
CREATE INDEX articles_by_date ON articles (date);
CREATE TABLE sounds (sound TEXT NOT NULL, entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  PRIMARY KEY (sound, entity)) WITHOUT ROWID;
CREATE INDEX sounds_of ON sounds (entity);
CREATE VIRTUAL TABLE names USING fts5 (folded, entity UNINDEXED, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3');
CREATE TRIGGER appearance_added AFTER INSERT ON appearances BEGIN
  UPDATE entities SET articles = articles + 1, mentions = mentions + new.mentions WHERE id = new.entity;
END;
CREATE TRIGGER appearance_removed AFTER DELETE ON appearances BEGIN
  UPDATE entities SET articles = articles - 1, mentions = mentions - old.mentions WHERE id = old.entity;
END;
CREATE VIEW daily AS
  SELECT appearances.entity, substr(articles.date, 1, 10) AS date, count(*) AS articles, sum(appearances.mentions) AS mentions
  FROM appearances JOIN articles ON articles.id = appearances.article
  GROUP BY appearances.entity, substr(articles.date, 1, 10);
INSERT INTO articles VALUES ('a', '2025-05-01', NULL, NULL, NULL), ('b', NULL, NULL, NULL, NULL);
INSERT INTO entities (id, label, name) VALUES (7, 'PER', 'سالم حداد');
INSERT INTO forms VALUES (1, 7, 'سالم حداد', 'سالم حداد', 'new');
INSERT INTO keys VALUES ('PER', '= سالم حداد', 7);
INSERT INTO appearances VALUES ('a', 7, 2, 0.5), ('b', 7, 1, 0.5);
INSERT INTO mentions VALUES ('a', 7, 0, 9, 'سالم حداد', 0.9), ('a', 7, 20, 29, 'سالم حداد', 0.9);
INSERT INTO mentions VALUES ('b', 7, 0, 9, 'سالم حداد', 0.9);
INSERT INTO names (rowid, folded, entity) VALUES (1, 'سالم حداد', 7);
PRAGMA application_id = 1634627173;
PRAGMA user_version = 2;
"""


def tables_of(path):
    """The statements that made the tables of a file, without blanks and comments."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return {name: "".join(re.sub("--.*", "", sql).replace('"', "").split()) for name, sql in rows}


def test_an_index_of_version_2_is_brought_up(tmp_path):
    path, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(VERSION_2)
    with EntityIndex.open(path) as index:
        assert index.verify() == []
        assert index.daily(7) == [Day(None, 1, 1), Day("2025-05-01", 1, 2)]
        assert [a.id for a in index.articles(7)] == ["a", "b"]
        index.add(article("سالم حداد"), id="c", date="2025-06-02")
        assert [(e.id, e.articles) for e in index.search("حداد")] == [(7, 3)]
        assert index.verify() == []
    EntityIndex.open(new).close()
    assert tables_of(path) == tables_of(new)


@pytest.mark.parametrize("old", [VERSION_1, VERSION_2])
def test_a_migration_that_is_killed_leaves_the_old_version(tmp_path, monkeypatch, old):
    path = tmp_path / "old.sqlite"
    db = sqlite3.connect(path)
    db.executescript(old)
    before = list(db.iterdump())
    monkeypatch.setattr(schema, "FROM_VERSION_2", schema.FROM_VERSION_2 + "SELECT * FROM nothing;\n")
    with pytest.raises(ArchiveError):
        EntityIndex.open(path)
    assert list(db.iterdump()) == before
    db.close()


def test_a_migration_that_fails_leaves_version_1(tmp_path, monkeypatch):
    path = tmp_path / "old.sqlite"
    old = sqlite3.connect(path)
    old.executescript(VERSION_1)
    before = list(old.iterdump())
    monkeypatch.setattr(schema, "FROM_VERSION_1", schema.FROM_VERSION_1 + "SELECT * FROM nothing;\n")
    with pytest.raises(ArchiveError):
        EntityIndex.open(path)
    assert list(old.iterdump()) == before
    old.close()


# processes


def test_a_process_killed_in_the_middle_leaves_whole_articles(tmp_path):
    path = tmp_path / "news.sqlite"
    code = """
with EntityIndex.open(sys.argv[1]) as index:
    def articles():
        for n in range(10**9):
            if n == 300: print("going", flush=True)
            yield str(n), article(f"سمير {n} العلي", "هدى العلي")
    index.add_many(articles(), batch_size=10)
"""
    process = child(code, path, wait=False)
    assert process.stdout.readline() == "going\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with EntityIndex.open(path) as index:
        assert index.verify() == []
        info = index.info()
        assert info.articles >= 290
        assert info.articles % 10 == 0
        assert info.mentions == 2 * info.articles


def test_two_writers_and_a_reader_at_once(tmp_path):
    path = tmp_path / "news.sqlite"
    code = """
with EntityIndex.open(sys.argv[1]) as index:
    def articles():
        for n in range(60):
            time.sleep(0.002)
            yield f"{sys.argv[2]}{n}", article("هدى العلي", NAMES[n])
    index.add_many(articles(), batch_size=7)
"""
    writers = [child(code, path, name, wait=False) for name in "ab"]
    while any(writer.poll() is None for writer in writers):
        with EntityIndex.open(path) as index:
            index.search("هدى")
        time.sleep(0.02)
    assert [writer.returncode for writer in writers] == [0, 0]
    with EntityIndex.open(path) as index:
        assert index.verify() == []
        assert index.search("هدى العلي")[0].articles == 120
        assert index.info().entities == 61


def test_a_closed_index_and_one_of_another_thread_say_so(tmp_path):
    index = EntityIndex.open(tmp_path / "news.sqlite")
    with ThreadPoolExecutor(1) as pool, pytest.raises(InputError, match="in the thread that opened it"):
        pool.submit(index.search, "هدى").result()
    index.close()
    for use in (lambda: index.search("هدى"), lambda: index.add(article("هدى العلي"), id="a"), index.info):
        with pytest.raises(InputError, match="before it is closed"):
            use()


def test_a_writer_that_waits_too_long_is_reported(tmp_path, monkeypatch):
    from arabic_news_ner.archive import storage

    path = tmp_path / "news.sqlite"
    monkeypatch.setattr(storage, "PATIENCE", 0.05)
    with EntityIndex.open(path) as first, EntityIndex.open(path) as second:
        first.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another program"):
            second.add(article("هدى العلي"), id="a")
        first.connection.execute("COMMIT")
        second.add(article("هدى العلي"), id="a")
