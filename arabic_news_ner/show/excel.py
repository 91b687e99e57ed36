"""A workbook of Excel with a sheet for each table, from right to left."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from arabic_news_ner.errors import InputError, MissingExtraError
from arabic_news_ner.show import tables
from arabic_news_ner.show.frames import ArticleId, with_ids
from arabic_news_ner.types import Article

#: Limits of the file format (Microsoft: "Excel specifications and limits").
MOST_ROWS: Final = 1_048_576
MOST_LETTERS: Final = 32_767
_SHEETS: Final = ("articles", "people", "organizations", "places", "roles", "mentions")
_WIDTH_OF = {"int": 9, "float": 9, "bool": 9}
_WIDE = {"headline", "people", "organizations", "places", "roles", "role", "forms", "links", "name"}


def write_excel(
    articles: Iterable[Article] | Iterable[tuple[ArticleId, Article]] | Mapping[str, Article], path: str | Path
) -> None:
    """Write articles as a workbook: a sheet for each of articles, people, organizations, places, roles and mentions.

    Sheets run from right to left. Text that starts with ``=`` stays text, not a formula; control characters, which the
    format cannot hold, become U+FFFD.

    :param articles: as in :func:`arabic_news_ner.frame`.
    :param path: the file; one that is there is replaced once the new one is whole.
    :raises InputError: if a sheet or a cell would pass the limits of Excel.
    :raises MissingExtraError: without openpyxl (``pip install 'arabic-news-ner[excel]'``).
    """
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter
    except ImportError as error:
        raise MissingExtraError.because(error, "write_excel", "openpyxl", "excel") from error

    rows = _checked(articles)
    book = Workbook(write_only=True)
    for table in _SHEETS:
        sheet = book.create_sheet(table)
        sheet.sheet_view.rightToLeft = True
        sheet.freeze_panes = "A2"
        names = {"article": "int", **tables.columns(table)}
        for number, (name, kind) in enumerate(names.items(), 1):
            width = 32 if name in _WIDE and kind == "text" else _WIDTH_OF.get(kind, 16)
            sheet.column_dimensions[get_column_letter(number)].width = width
        header = [WriteOnlyCell(sheet, value=name) for name in names]
        for title in header:
            title.font = Font(bold=True)
        sheet.append(header)
        for row in rows[table]:
            cells = []
            for value in row:
                text = isinstance(value, str)
                cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\ufffd", value) if text else value)
                if text:
                    cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
    target = Path(path)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        book.save(unfinished)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _checked(
    articles: Iterable[Article] | Iterable[tuple[ArticleId, Article]] | Mapping[str, Article],
) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet. :raises InputError: if they would pass the limits of Excel."""
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _SHEETS}
    for identity, article in with_ids(articles):
        for table in _SHEETS:
            rows[table] += [(identity, *row) for row in tables.rows(article, table)]
            if len(rows[table]) >= MOST_ROWS:
                raise InputError(
                    f"the sheet {table!r} would pass the {MOST_ROWS} rows of Excel; pass fewer articles or write Parquet"
                )
    for table, found in rows.items():
        longest = max((len(value) for row in found for value in row if isinstance(value, str)), default=0)
        if longest > MOST_LETTERS:
            raise InputError(
                f"a cell of {longest} characters in the sheet {table!r} passes the {MOST_LETTERS} of Excel; write Parquet"
            )
    return rows
