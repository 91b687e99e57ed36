"""The tables of an index: one SQLite file, made to be queried with SQL.

``PRAGMA user_version`` is the number of the schema. The journal is SQLite's default rollback journal, not a write-ahead log,
so that between two calls the index is one file that can be copied.

An index of an older version is upgraded when it is opened: of version 1, keys and full-text forms are made again; since
version 3 an appearance holds the date of its article, and indexes give entities and appearances in the order in which
they are asked for. Numbers of entities are never reused. An index of a later version is refused.
"""

from __future__ import annotations

VERSION = 3
#: Older versions that can be upgraded.
OLDER = (1, 2)
#: ``PRAGMA application_id``: "anne" in ASCII, to recognize files of other programs.
APPLICATION = 0x616E6E65

TABLES = """
CREATE TABLE articles (
  id TEXT PRIMARY KEY, date TEXT, source TEXT, headline TEXT, url TEXT
) WITHOUT ROWID;
-- articles, mentions: how many appearances it has and how many mentions they sum up to, kept by triggers.
CREATE TABLE entities (
  id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, subtype TEXT, name TEXT NOT NULL, country TEXT,
  articles INTEGER NOT NULL DEFAULT 0, mentions INTEGER NOT NULL DEFAULT 0
);
-- Every form of an entity with the reason why it is one of its forms.
CREATE TABLE forms (
  id INTEGER PRIMARY KEY, entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  form TEXT NOT NULL, folded TEXT NOT NULL, reason TEXT NOT NULL,
  UNIQUE (entity, form)
);
-- Under what an entity is found again: see archive/identity.py.
CREATE TABLE keys (
  label TEXT NOT NULL, key TEXT NOT NULL, entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  PRIMARY KEY (label, key, entity)
) WITHOUT ROWID;
CREATE TABLE links (
  entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  kb TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, lat REAL, lon REAL,
  PRIMARY KEY (kb, id, entity)
) WITHOUT ROWID;
CREATE TABLE appearances (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  mentions INTEGER NOT NULL, salience REAL NOT NULL, date TEXT,
  PRIMARY KEY (article, entity)
) WITHOUT ROWID;
CREATE TABLE mentions (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, score REAL,
  PRIMARY KEY (article, start, "end")
) WITHOUT ROWID;
CREATE TABLE roles (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, status TEXT NOT NULL,
  PRIMARY KEY (article, start, "end", entity)
) WITHOUT ROWID;
-- Days and the newest articles of an entity are read from this index alone.
CREATE INDEX appearances_of ON appearances (entity, date DESC, article, mentions);
CREATE INDEX entities_by_articles ON entities (articles DESC, mentions DESC);
CREATE INDEX entities_by_mentions ON entities (mentions DESC);
CREATE INDEX mentions_of ON mentions (entity);
CREATE INDEX roles_of ON roles (entity);
CREATE INDEX links_of ON links (entity);
CREATE INDEX keys_of ON keys (entity);
CREATE INDEX articles_by_date ON articles (date);
-- The second key of each word of a form, asked where no spelling is found: see archive/fold.py.
CREATE TABLE sounds (
  sound TEXT NOT NULL, entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  PRIMARY KEY (sound, entity)
) WITHOUT ROWID;
CREATE INDEX sounds_of ON sounds (entity);
-- Folded forms for full-text search, with and without article, each with the rowid of its row in forms:
-- SELECT entity FROM names WHERE names MATCH 'لافي*'
CREATE VIRTUAL TABLE names USING fts5 (folded, entity UNINDEXED, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3');
CREATE TRIGGER appearance_added AFTER INSERT ON appearances BEGIN
  UPDATE entities SET articles = articles + 1, mentions = mentions + new.mentions WHERE id = new.entity;
END;
CREATE TRIGGER appearance_removed AFTER DELETE ON appearances BEGIN
  UPDATE entities SET articles = articles - 1, mentions = mentions - old.mentions WHERE id = old.entity;
END;
CREATE VIEW daily AS
  SELECT entity, substr(date, 1, 10) AS date, count(*) AS articles, sum(mentions) AS mentions
  FROM appearances GROUP BY entity, substr(date, 1, 10);
"""

#: From version 1: numbers of entities are not given twice; what is found by names is emptied, to be filled anew.
FROM_VERSION_1 = """
CREATE TABLE entities_2 (
  id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, subtype TEXT, name TEXT NOT NULL, country TEXT,
  articles INTEGER NOT NULL DEFAULT 0, mentions INTEGER NOT NULL DEFAULT 0
);
INSERT INTO entities_2 SELECT e.id, e.label, e.subtype, e.name, e.country, count(*), sum(a.mentions)
  FROM entities e JOIN appearances a ON a.entity = e.id GROUP BY e.id;
DROP TABLE entities;
ALTER TABLE entities_2 RENAME TO entities;
CREATE TABLE sounds (
  sound TEXT NOT NULL, entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  PRIMARY KEY (sound, entity)
) WITHOUT ROWID;
CREATE INDEX sounds_of ON sounds (entity);
CREATE TRIGGER appearance_added AFTER INSERT ON appearances BEGIN
  UPDATE entities SET articles = articles + 1, mentions = mentions + new.mentions WHERE id = new.entity;
END;
CREATE TRIGGER appearance_removed AFTER DELETE ON appearances BEGIN
  UPDATE entities SET articles = articles - 1, mentions = mentions - old.mentions WHERE id = old.entity;
END;
DELETE FROM keys;
DELETE FROM names;
"""

#: From version 2, after version 1 was brought there.
FROM_VERSION_2 = """
DROP VIEW IF EXISTS daily;
DROP INDEX IF EXISTS appearances_of;
ALTER TABLE appearances ADD COLUMN date TEXT;
UPDATE appearances SET date = (SELECT date FROM articles WHERE id = article);
CREATE INDEX appearances_of ON appearances (entity, date DESC, article, mentions);
CREATE INDEX entities_by_articles ON entities (articles DESC, mentions DESC);
CREATE INDEX entities_by_mentions ON entities (mentions DESC);
CREATE VIEW daily AS
  SELECT entity, substr(date, 1, 10) AS date, count(*) AS articles, sum(mentions) AS mentions
  FROM appearances GROUP BY entity, substr(date, 1, 10);
"""

#: What ``EntityIndex.to_parquet`` writes, a file each.
EXPORTED = ("articles", "entities", "forms", "links", "appearances", "mentions", "roles")
