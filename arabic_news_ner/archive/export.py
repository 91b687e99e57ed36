"""The tables of an index as Parquet files (extra ``[archive]``, package pyarrow)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from arabic_news_ner.archive import schema
from arabic_news_ner.errors import MissingExtraError

_TYPES = {"TEXT": "string", "INTEGER": "int64", "REAL": "float64"}
#: Rows that are held at a time.
_PART = 50_000


def write_parquet(db: sqlite3.Connection, folder: Path) -> list[Path]:
    """Each table of :data:`schema.EXPORTED` as ``TABLE.parquet`` in a folder, made where it is not there.

    :raises MissingExtraError: without pyarrow.
    """
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError.because(error, "to_parquet", "pyarrow", "archive") from error
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    for table in schema.EXPORTED:
        columns = [(name, _TYPES[kind]) for _, name, kind, *_ in db.execute(f'PRAGMA table_info("{table}")')]
        fields = arrow.schema([(name, getattr(arrow, kind)()) for name, kind in columns])
        cursor = db.execute(f'SELECT * FROM "{table}"')
        path = folder / f"{table}.parquet"
        with parquet.ParquetWriter(path, fields) as writer:
            while rows := cursor.fetchmany(_PART):
                values = dict(zip(fields.names, map(list, zip(*rows, strict=True)), strict=True))
                writer.write_table(arrow.table(values, schema=fields))
        out.append(path)
    return out
