"""The reader of CoNLL columns: a word a line with its tags, a blank line between sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

#: The line between documents in the files of CoNLL-2003.
DOCUMENT_MARK = "-DOCSTART-"
#: Columns are separated by blanks and tabs; other blanks of Unicode may be part of a word.
_GAP = re.compile(r"[ \t]+")

#: The number of a line, from 1, and its columns.
Row = tuple[int, list[str]]


def read_sentences(lines: Iterable[str]) -> Iterator[list[Row]]:
    """The sentences, each with the rows of its words. A line that begins with :data:`DOCUMENT_MARK` is a sentence of its own.

    >>> [[columns for _, columns in rows] for rows in read_sentences(["زار O", "بيروت B-LOC", "", "عاد O"])]
    [[['زار', 'O'], ['بيروت', 'B-LOC']], [['عاد', 'O']]]
    """
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        columns = _GAP.split(line.strip(" \t\r\n"))
        if columns[0] and columns[0] != DOCUMENT_MARK:
            rows.append((number, columns))
            continue
        if rows:
            yield rows
            rows = []
        if columns[0]:
            yield [(number, columns)]
    if rows:
        yield rows
