"""An article while its page is read, and the results: the article, and the pieces of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from arabic_news_ner.page.dates import find_date
from arabic_news_ner.page.document import Kind, PageArticle, Piece, Span
from arabic_news_ner.page.fields.byline import byline_after_date, credit_of
from arabic_news_ner.page.fields.caption import caption_of
from arabic_news_ner.page.fields.dateline import lone_dateline_of
from arabic_news_ner.page.fields.outlet import in_dateline, self_named, settle, wire_after
from arabic_news_ner.page.fields.source import source_beside_date
from arabic_news_ner.page.line_kinds import Item


@dataclass
class Draft:
    """An article while its lines are read; lines are named by their numbers."""

    headline: int | None = None
    headline_span: Span = (0, 0)
    key: str = ""
    body: list[int] = field(default_factory=list)
    byline: str | None = None
    source: str | None = None
    site: str | None = None
    #: The outlet whose name stands above the headline: it may be a word of the menu.
    above: str | None = None
    dateline: str | None = None
    date: str | None = None
    keywords: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    #: Has a line with a label (``كتب: ...``) named the author? It is surer than one without.
    labelled: bool = False
    #: Agencies in brackets after the story.
    wires: list[str] = field(default_factory=list)
    #: Types of end markers after the last line of the body.
    ends: set[str] = field(default_factory=set)

    def lines(self) -> list[int]:
        """Headline and body."""
        return self.body if self.headline is None else [self.headline, *self.body]

    def dated(self, line: str) -> None:
        """A line with a date, and what else it states: dateline, author, outlet."""
        self.dateline = self.dateline or (None if self.body else lone_dateline_of(line))
        self.date = self.date or find_date(line)
        self.byline = self.byline or byline_after_date(line)
        self.source = self.source or source_beside_date(line)

    def credited(self, item: Item, text: str = "") -> None:
        """A byline: its author, outlet, place and, in an agency's, day.

        :param text: the part of the line that is read, if not all of it.
        """
        if item.rule_name == "agencies" and ":" in item.text:
            self.dateline = self.dateline or item.text
            return
        if item.rule_name == "office of the author":
            self.source = self.source or credit_of(item.text.partition(" ")[2]).source
            return
        credit = credit_of(text or item.text)
        if item.rule_name == "byline label" and not self.labelled and (credit.byline or credit.source):
            self.labelled, self.byline = True, None
            self.source = credit.source or self.source
        self.byline = self.byline or credit.byline
        self.source = self.source or credit.source
        self.dateline = self.dateline or credit.dateline
        self.date = self.date or find_date(credit.dateline or item.text)

    def captioned(self, line: str) -> None:
        self.captions.append(caption_of(line))

    def article(self, text: str, items: Sequence[Item], site: str | None = None) -> PageArticle:
        """The article, frozen.

        :param site: the publisher that signs the page.
        """
        headline = self.headline
        dateline = in_dateline(self.dateline or "")
        last = wire_after(items[self.body[-1]].text) if self.body else None
        own = self_named(self.dateline or "", site, text)
        if own == self.dateline:
            self.dateline = None
        source, agency = settle(
            [self.source, self.site, own, *dateline, site, self.above], wires=[*self.wires, *([last] if last else ())]
        )
        return PageArticle(
            raw=text,
            body=tuple(_joined(text, items, self.body)),
            headline_span=None if headline is None else self.headline_span,
            byline=self.byline,
            source=source,
            agency=agency,
            dateline=self.dateline,
            date=self.date,
            keywords=tuple(dict.fromkeys(self.keywords)),
            related=tuple(dict.fromkeys(self.related)),
            captions=tuple(dict.fromkeys(self.captions)),
        )


def pieces(text: str, items: Sequence[Item], kinds: Sequence[Kind], drafts: Sequence[Draft]) -> tuple[Piece, ...]:
    """The whole page, each line with its type; foreign text and everything between the lines is ``other``."""
    out: list[Piece] = []
    cuts = {d.headline: d.headline_span for d in drafts if d.headline is not None}
    at = 0
    for number, (item, kind) in enumerate(zip(items, kinds, strict=True)):
        line = item.line
        if kind == "body" and out and out[-1].kind == "body" and _same_row(text, at, line.start):
            out[-1] = replace(out[-1], end=line.end)
            at = line.end
            continue
        if line.start > at:
            out.append(Piece(at, line.start, "other"))
        start, end = cuts.get(number, (line.start, line.end)) if kind == "headline" else (line.start, line.end)
        if start > line.start:
            out.append(Piece(line.start, start, "source"))
        out.append(Piece(start, end, kind))
        if end < line.end:
            out.append(Piece(end, line.end, "source"))
        at = line.end
    if at < len(text):
        out.append(Piece(at, len(text), "other"))
    return tuple(out)


def _joined(text: str, items: Sequence[Item], numbers: Sequence[int]) -> list[Span]:
    """Lines as spans; parts of one line of the page that follow each other are one span."""
    out: list[Span] = []
    last = -2
    for n in numbers:
        line = items[n].line
        if n == last + 1 and out and _same_row(text, out[-1][1], line.start):
            out[-1] = (out[-1][0], line.end)
        else:
            out.append((line.start, line.end))
        last = n
    return out


def _same_row(text: str, end: int, start: int) -> bool:
    return text[end:start].strip(" \t\u00a0") == ""
