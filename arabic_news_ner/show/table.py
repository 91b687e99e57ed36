"""An article as a table in a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from arabic_news_ner.show.wording import readable_date
from arabic_news_ner.types import Article, Entity, Role

#: Arabic cells are between these marks, so that a terminal that orders text by direction keeps the columns in place.
_ISOLATE, _POP = "\u2067", "\u2069"
_HEADS = {"PER": "PEOPLE", "ORG": "ORGANIZATIONS", "LOC": "PLACES"}


#: Signs of category Cf that are seen all the same: they stand around the digits that follow (Unicode 16, section 9.2).
_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2")
#: Controls, which a terminal would obey, and half surrogate pairs, which it cannot be sent.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
#: Signs that set a direction: one that is not closed would turn the rest of the line.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def width(text: str) -> int:
    """Columns that a terminal gives a text: none to marks and invisible signs, two to wide ones."""
    total = 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me", "Cf") and character not in _SEEN:
            continue
        total += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return total


def table(article: Article) -> str:
    """People, organizations and places by salience, then the offices whose holder is not named.

    Columns: name, subtype, mentions, salience, and for a person the roles.
    """
    blocks = []
    head = [line for line in (article.headline, readable_date(article.date), article.source) if line]
    if head:
        blocks.append("\n".join(map(_isolated, head)))
    for label, title in _HEADS.items():
        rows = [_row(e) for e in article.entities if e.label == label]
        if rows:
            blocks.append(_block(title, rows))
    if article.roles:
        blocks.append(
            _block("OFFICES WITHOUT A NAME", [[_isolated(t), "", "", "", ""] for t in _phrases(article.roles)])
        )
    return "\n\n".join(blocks) if blocks else "No people, organizations or places found."


def _isolated(text: str) -> str:
    """Text as one cell: one line, no control that a terminal would obey, from right to left in any context."""
    shown = _DIRECTIONS.sub("", _CONTROLS.sub("\ufffd", " ".join(text.split())))
    return f"{_ISOLATE}{shown}{_POP}"


def _phrases(roles: Sequence[Role]) -> list[str]:
    return list(dict.fromkeys(" ".join(role.text.split()) for role in roles))


def _row(entity: Entity) -> list[str]:
    count = len(entity.mentions)
    roles = "، ".join(_phrases(entity.roles))
    return [
        _isolated(entity.name),
        entity.subtype or "",
        f"{count} mention{'s' if count != 1 else ''}",
        f"{entity.salience:.2f}",
        _isolated(roles) if roles else "",
    ]


def _block(title: str, rows: list[list[str]]) -> str:
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [title]
    for row in rows:
        cells = [cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True) if w]
        lines.append(("  " + "  ".join(cells)).rstrip())
    return "\n".join(lines)
