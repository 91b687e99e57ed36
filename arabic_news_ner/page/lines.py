"""The lines of a page with their offsets, glued seams taken apart.

Scrapers lose line ends: ``أخبار ذات صلةأعلن الجيش`` is two lines, and a page of one line has ``المصدر: سونا كلمات دلالية:
مصر`` behind the last full stop of its story. A seam is cut where a marker of boilerplate stands that no sentence continues
with.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import regex

_BREAK = regex.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]")
_LETTER = r"\p{Arabic}"
#: Markers that open a line of their own wherever they stand with their colon.
_WITH_COLON = (
    r"(?:كلمات|الكلمات)\s+(?:دلالي[ةه]|الدلالي[ةه]|مفتاحي[ةه]|المفتاحي[ةه])\s*:"
    r"|(?:[إأا]قر[أا]\s+(?:أيض[اًا]*|ايض[اًا]*|المزيد)|شاهد\s+[أا]يض[اًا]*|مواضيع\s+ذات\s+صل[ةه]|[أا]خبار\s+ذات\s+صل[ةه])\s*:"
    r"|(?:تاريخ\s+النشر|[آا]خر\s+تحديث|نشر\s+في|نُشر\s+في)\s*:"
    r"|(?:الوسوم|وسوم|هاشتاغ|التصنيف|الأقسام)\s*:"
)
#: Markers that open a line behind the end of a sentence.
_AFTER_STOP = rf"(?:المصدر|مصدر\s+الخبر|{_WITH_COLON})"
_SEAM_BEFORE = regex.compile(
    rf"(?<=\S)\s*(?={_WITH_COLON})|(?<=[.؟!»\")…])[ \t\u00a0]*(?=(?:المصدر|مصدر\s+الخبر|المصدر\s+الأصلي)\s*:)"
)
#: Headings of lists that a lost line end glued to the next line's first word.
_SEAM_AFTER = regex.compile(
    rf"(?:^|(?<=[\s.؟!»]))(?:[أا]خبار|مواضيع|مقالات|موضوعات|تقارير)\s+(?:ذات\s+صل[ةه]|متعلق[ةه]|مشابه[ةه])(?=[{_LETTER}&&\p{{L}}])",
    regex.VERSION1,
)
_EDGES = " \t\u00a0\u200b\u200c\u200d\u200e\u200f\ufeff\u202a\u202b\u202c"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it."""

    start: int
    end: int
    text: str


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of a page that are not blank, in order."""
    out: list[Line] = []
    at = 0
    for match in _BREAK.finditer(text):
        _add(out, text, at, match.start())
        at = match.end()
    _add(out, text, at, len(text))
    return tuple(out)


def seams(line: str) -> list[int]:
    """Where a line is to be cut: ``أخبار ذات صلة|أعلن الجيش``; not in ``نشرت أخبار ذات صلة بالموضوع``."""
    cuts = {m.end() for m in _SEAM_BEFORE.finditer(line)} | {m.end() for m in _SEAM_AFTER.finditer(line)}
    return sorted(c for c in cuts if 0 < c < len(line))


def _add(out: list[Line], text: str, start: int, end: int) -> None:
    line = text[start:end]
    if not line.strip(_EDGES):
        return
    bounds = [0, *seams(line), len(line)]
    for a, b in itertools.pairwise(bounds):
        part = line[a:b]
        stripped = part.strip(_EDGES)
        if stripped:
            first = start + a + part.index(stripped)
            out.append(Line(first, first + len(stripped), stripped))
