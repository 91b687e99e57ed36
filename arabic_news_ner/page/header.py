"""The header of an article: headline, date, outlet, agency, author, keywords.

For an article of a page, the page reader has found these fields. In a plain text, headline, date and author are above
the first sentence or after the last one; between them there can only be a labelled source and labelled keywords. So
only short lines are read, and running text costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Final

from arabic_news_ner.page.dates import find_date
from arabic_news_ner.page.document import Kind, PageArticle, Span
from arabic_news_ner.page.draft import Draft
from arabic_news_ner.page.fields.dateline import dateline_of
from arabic_news_ner.page.fields.headline import (
    headline_key,
    headline_overlap,
    is_headline_like,
    is_item,
    is_sentence,
    site_cut,
)
from arabic_news_ner.page.fields.keywords import keywords_of
from arabic_news_ner.page.fields.outlet import in_dateline, settle, wire_after
from arabic_news_ner.page.fields.source import source_of
from arabic_news_ner.page.line_kinds import Item, is_mostly_date, rule_of
from arabic_news_ner.page.segment import Line, after_slug, seams
from arabic_news_ner.page.settings import OVERLAP_WAITING
from arabic_news_ner.text.checks import has_arabic

#: The number of lines that are read at the top and at the end of the text.
HEAD_LINES: Final = 8
TAIL_LINES: Final = 6
#: Short lines between them that are looked at.
MOST_SHORT_LINES: Final = 24
#: A longer line is running text.
LONGEST_FIELD: Final = 200
#: The part of the last line that is searched, in characters: a scraper may have joined ``المصدر: سونا`` to the story.
_END: Final = 400
#: The start of a story that is searched for a dateline, in characters.
_OPENING: Final = 200
#: Types of lines with a label.
_LABELLED: Final = frozenset({"source", "keywords"})
_BLANKS: Final = " \t\u00a0\u200b\u200c\u200d\u200e\u200f\ufeff\u202a\u202b\u202c\r"


@dataclass(frozen=True, slots=True)
class Header:
    """The header fields of an article; ``None`` or empty if the text does not state them. ``headline`` is (start,
    end)."""

    headline: Span | None = None
    date: str | None = None
    source: str | None = None
    agency: str | None = None
    byline: str | None = None
    keywords: tuple[str, ...] = ()

    @classmethod
    def of(cls, article: PageArticle) -> Header:
        """The header of an article of a page."""
        return cls(
            article.headline_span, article.date, article.source, article.agency, article.byline, article.keywords
        )


def read_header(text: str) -> Header:
    """The header of a plain text: from the lines above its first sentence and after its last one."""
    head = _head(text)
    opening = next((line for n, line in enumerate(head) if _is_running(line.text, first=not n)), None)
    last, tail = _tail(text, opening.start if opening else head[-1].end if head else 0)
    above = [_item(line) for line in head if line is not opening]
    draft = Draft()
    headline = _headline(above, opening, more=bool(opening or tail)) if has_arabic(text[: 4 * LONGEST_FIELD]) else None
    if headline is not None:
        start, end, draft.site = site_cut(headline.text)
        headline = replace(headline, start=headline.start + start, end=headline.start + end)
    _read_fields(above, draft)
    if opening is not None:
        draft.body.append(0)
        draft.dateline = draft.dateline or dateline_of(opening.text[:_OPENING])
        draft.date = draft.date or find_date(draft.dateline or "")
        between = (_item(line) for line in _short_lines(text, opening.end, tail[0].start if tail else len(text)))
        _read_fields([item for item in between if item.kind in _LABELLED], draft)
    _read_fields([_item(line) for line in tail], draft)
    wire = wire_after(last.text) if last else None
    stated = [draft.source, draft.site, *in_dateline(draft.dateline or "")]
    source, agency = settle(stated, wires=[*draft.wires, *([wire] if wire else ())])
    return Header(
        headline=(headline.start, headline.end) if headline else None,
        date=draft.date,
        source=source,
        agency=agency,
        byline=draft.byline,
        keywords=tuple(dict.fromkeys(draft.keywords)),
    )


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    """The lines of a stretch that are not blank, without the blanks around them, in order."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        written = text[at:stop].strip(_BLANKS)
        if written:
            first = text.index(written, at, stop)
            yield Line(first, first + len(written), written)
        at = stop + 1


def _short_lines(text: str, start: int, end: int) -> list[Line]:
    """The first lines of the story that are not running text."""
    short = (line for line in _lines(text, start, end) if not _is_running(line.text))
    return list(islice(short, MOST_SHORT_LINES))


def _head(text: str) -> list[Line]:
    """The lines to the first sentence, that one included."""
    out: list[Line] = []
    for line in _lines(text, 0, len(text)):
        if not out and (slug := next(after_slug(line.text), 0)):
            line = Line(line.start + slug, line.end, line.text[slug:])
        out.append(line)
        if _is_running(line.text, first=len(out) == 1) or len(out) == HEAD_LINES:
            break
    return out


def _tail(text: str, start: int) -> tuple[Line | None, list[Line]]:
    """The last sentence, not before ``start``, and the lines after it, with text that is joined to its end."""
    out: list[Line] = []
    end = len(text)
    while end > start and len(out) < TAIL_LINES:
        begin = max(text.rfind("\n", start, end), start - 1) + 1
        lines = list(_lines(text, begin, end))
        if lines and _is_running(lines[0].text):
            return lines[0], [*_glued(lines[0]), *reversed(out)]
        out += lines
        end = begin - 1
    return None, out[::-1]


def _glued(line: Line) -> list[Line]:
    """``انتهى الاجتماع. المصدر: سونا``: text that a scraper joined to the end of the last sentence."""
    skipped = max(0, len(line.text) - _END)
    cuts = [skipped + cut for cut in seams(line.text[skipped:])]
    return [
        Line(line.start + a, line.start + b, line.text[a:b].strip(_BLANKS))
        for a, b in pairwise([*cuts, len(line.text)])
        if line.text[a:b].strip(_BLANKS)
    ]


def _is_running(line: str, *, first: bool = False) -> bool:
    """Does a line read as running text: long, or a sentence? The ``first`` line may be a headline of many words."""
    if len(line) > LONGEST_FIELD:
        return True
    return is_sentence(line) and not (first and is_headline_like(line))


def _item(line: Line) -> Item:
    rule = rule_of(line.text)
    dated = rule is None and any(map(str.isdigit, line.text)) and is_mostly_date(line.text)
    kind: Kind | None = rule.kind if rule else "date" if dated else None
    return Item(line, kind, rule)


def _headline(above: Sequence[Item], opening: Line | None, *, more: bool) -> Line | None:
    """The headline among the lines above the first sentence: a repeated line, else the first line that shares words
    with the sentence, else the first line. A text of one line has none."""
    lines = [i.line for i in above if i.kind is None and is_headline_like(i.text) and not is_item(i.text)]
    if not lines or (opening is None and len(above) == 1 and not more):
        return None
    keys = [headline_key(line.text) for line in lines]
    twice = next((line for line, key in zip(lines, keys, strict=True) if keys.count(key) > 1), None)
    if twice is not None or opening is None or len(lines) == 1:
        return twice or lines[0]
    return next((line for line in lines if headline_overlap(line.text, opening.text) >= OVERLAP_WAITING), lines[0])


def _read_fields(items: Sequence[Item], draft: Draft) -> None:
    """Read dates, bylines, sources and keywords from lines, next to their label or below it."""
    awaits: Kind | None = None
    for item in items:
        awaited, awaits = awaits, None
        if item.kind == "date":
            draft.dated(item.text)
        elif item.kind == "byline":
            draft.credited(item)
        elif item.kind == "source":
            draft.source = draft.source or source_of(item.text) or None
            awaits = None if source_of(item.text) else "source"
        elif item.kind == "keywords":
            draft.keywords += keywords_of(item.text)
            awaits = None if keywords_of(item.text) else "keywords"
        elif item.rule_name == "agency credit":
            draft.wires.append(item.text.strip("()[] "))
        elif item.kind is None and awaited == "source":
            draft.source = draft.source or item.text.strip(" .")
        elif item.kind is None and awaited == "keywords" and item.words <= 4:
            draft.keywords += keywords_of(item.text)
            awaits = awaited
