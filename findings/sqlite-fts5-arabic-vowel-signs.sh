#!/usr/bin/env bash
# Expected: FTS5's tokenizer unicode61 with remove_diacritics 2 takes Arabic vowel signs off, as it takes é to e, so that a search
#   for a plain word finds the vowelled one.
# Happens: the signs (U+064B-U+0652) are neither letters nor diacritics to it. They part words: a vowelled word becomes
#   several tokens of one or two letters, and the plain word does not match it.
# Seen: SQLite 3.40.1 and the version that apsw 3.53.4.0 carries. Source: sqlite.org/fts5.html#unicode61_tokenizer names Latin script
#   only for remove_diacritics.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "apsw==3.53.4.0" 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import sqlite3
import sys

import apsw

changed = False
for name, version, connection in (
    ("sqlite3", sqlite3.sqlite_version, sqlite3.connect(":memory:")),
    ("apsw", apsw.sqlite_lib_version(), apsw.Connection(":memory:")),
):
    run = lambda sql, *a: list(connection.cursor().execute(sql, a))
    run("create virtual table t using fts5(x, tokenize='unicode61 remove_diacritics 2')")
    run("insert into t values (?)", "مُحَمَّد café")
    run("create virtual table v using fts5vocab(t, row)")
    tokens = [row[0] for row in run("select term from v")]
    latin = len(run("select 1 from t where t match ?", '"cafe"'))
    arabic = len(run("select 1 from t where t match ?", '"محمد"'))
    print(f"{name}, SQLite {version}: tokens {tokens}; cafe finds {latin}, محمد finds {arabic}")
    changed |= (latin, arabic) != (1, 0)
sys.exit(int(changed))
PY
