"""A page to its articles: lines are told apart by the rules, then read from top to bottom.

An article begins with its headline or with its first sentence, and goes on until a marker that stands behind articles (source,
keywords, copyright, comments). Behind such a marker short lines are links to other articles, until a sentence begins the
next one; the short line right before it is then its headline. Without a marker a new article begins only where the
evidence is strong: a headline, and under it the same headline again, a date, or a dateline. When in doubt a line is body:
nothing of a story is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from arabic_news_ner.page.dates import find_date
from arabic_news_ner.page.document import Kind, Page, PageArticle, Piece, Span
from arabic_news_ner.page.fields import (
    byline_of,
    dateline_of,
    headline_key,
    is_headline_like,
    is_mostly_date,
    is_name_like,
    is_sentence,
    keywords_of,
    site_cut,
    value_of,
)
from arabic_news_ner.page.lines import Line, split_lines
from arabic_news_ner.page.rules import rule_of
from arabic_news_ner.text.checks import check_text, has_arabic

#: Rules behind whose lines an article has ended.
_ENDS = frozenset({"source", "keywords"})
_END_RULES = frozenset({"copyright", "comments", "agency end mark", "aggregator notice", "about the site"})
#: Lines without a label that still belong to the label above them.
_MOST_KEYWORDS = 12


@dataclass(frozen=True, slots=True)
class _Item:
    line: Line
    kind: Kind | None
    rule: str | None

    @property
    def text(self) -> str:
        return self.line.text


@dataclass
class _Draft:
    """An article while its lines are read."""

    headline: Span | None = None
    key: str = ""
    body: list[Span] = field(default_factory=list)
    byline: str | None = None
    source: str | None = None
    site: str | None = None
    dateline: str | None = None
    date: str | None = None
    keywords: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    closed: bool = False

    def article(self, text: str) -> PageArticle:
        return PageArticle(
            raw=text,
            body=tuple(self.body),
            headline_span=self.headline,
            byline=self.byline,
            source=self.source or self.site,
            dateline=self.dateline,
            date=self.date,
            keywords=tuple(dict.fromkeys(self.keywords)),
            related=tuple(dict.fromkeys(self.related)),
            captions=tuple(self.captions),
        )


def split_page(text: str) -> Page:
    """The articles of a page of plain text.

    :raises InputError: where ``text`` is no str.
    """
    check_text(text)
    reader = _Reader(text, [_classified(line, first=not n) for n, line in enumerate(split_lines(text))])
    return reader.read()


def _classified(line: Line, first: bool) -> _Item:
    if not has_arabic(line.text) and not any(c.isdigit() for c in line.text):
        rule = rule_of(line.text)
        return _Item(line, rule.kind if rule else "other", rule.name if rule else None)
    rule = rule_of(line.text)
    if rule is None and not first and is_mostly_date(line.text):
        return _Item(line, "date", "mostly a date")
    return _Item(line, rule.kind if rule else None, rule.name if rule else None)


class _Reader:
    """One pass over the lines of one page."""

    def __init__(self, text: str, items: Sequence[_Item]) -> None:
        self._text = text
        self._items = items
        self._kinds: list[Kind] = ["other"] * len(items)
        self._cuts: dict[int, int] = {}
        self._drafts: list[_Draft] = [_Draft()]
        #: Short lines behind the end of an article: links, or the headline of the next.
        self._pending: list[int] = []
        self._awaits: str | None = None
        self._keywords_left = 0

    def read(self) -> Page:
        for number, item in enumerate(self._items):
            if item.kind is None:
                self._text_line(number, item)
            else:
                self._ruled_line(number, item)
        self._link_pending()
        articles = tuple(d.article(self._text) for d in self._drafts if d.body or d.headline)
        return Page(self._text, articles, self._pieces())

    @property
    def _draft(self) -> _Draft:
        return self._drafts[-1]

    def _ruled_line(self, number: int, item: _Item) -> None:
        assert item.kind is not None
        draft = self._draft
        self._kinds[number] = item.kind
        awaited, self._awaits = self._awaits, None
        if item.kind == "date":
            if draft.closed and self._pending and self._sentence_follows(number):
                draft = self._begin()
            draft.date = draft.date or find_date(item.text)
        elif item.kind == "source":
            value = value_of(item.text)
            draft.source = draft.source or value or None
            self._awaits = None if value else "source"
        elif item.kind == "keywords":
            found = keywords_of(item.text)
            draft.keywords += found
            self._awaits = None if found else "keywords"
            self._keywords_left = _MOST_KEYWORDS
        elif item.kind == "related":
            value = value_of(item.text) or _behind_label(item.text)
            if value:
                draft.related.append(value)
            elif draft.body:
                self._awaits = "related"
                if item.rule == "related heading" and self._glued(number):
                    draft.closed = True
        elif item.kind == "caption":
            draft.captions.append(value_of(item.text) if item.rule == "caption label" else item.text)
        elif item.kind == "byline":
            draft = self._begin() if draft.closed and self._pending and self._sentence_follows(number) else draft
            if item.rule == "agencies" and ":" in item.text:
                draft.dateline = draft.dateline or item.text
            else:
                draft.byline = draft.byline or byline_of(item.text)
        elif item.kind == "boilerplate" and awaited == "related":
            self._awaits = awaited
        ends = item.kind in _ENDS or item.rule in _END_RULES
        if ends and draft.body:
            draft.closed = True

    def _text_line(self, number: int, item: _Item) -> None:
        draft, text = self._draft, item.text
        awaited, self._awaits = self._awaits, None
        short = not is_sentence(text)
        if awaited == "source" and short and len(text.split()) <= 6:
            self._kinds[number] = "source"
            draft.source = draft.source or text.strip(" .")
        elif awaited == "keywords" and short and len(text.split()) <= 4 and self._keywords_left:
            self._kinds[number] = "keywords"
            draft.keywords += keywords_of(text)
            self._keywords_left -= 1
            self._awaits = awaited
        elif draft.headline and headline_key(text) == draft.key:
            self._kinds[number] = "headline"
        elif not draft.body:
            self._before_body(number, item)
        elif draft.closed or awaited == "related":
            self._behind(number, item, awaited)
        elif self._begins_anew(number, item):
            self._begin(number)
        else:
            self._add_body(number, item)

    def _before_body(self, number: int, item: _Item) -> None:
        draft, text = self._draft, item.text
        if draft.headline is None and is_headline_like(text) and self._sentence_follows(number) and not _is_item(text):
            self._set_headline(draft, number)
        elif (
            draft.headline is None
            and len(text.split()) < 3
            and not is_sentence(text)
            and self._sentence_follows(number)
        ):
            self._kinds[number] = "other"
        elif draft.headline and draft.byline is None and is_name_like(text) and self._kinds[number - 1] == "headline":
            self._kinds[number] = "byline"
            draft.byline = text
        else:
            self._add_body(number, item)

    def _behind(self, number: int, item: _Item, awaited: str | None) -> None:
        """A line of text behind the end of an article, or under a heading of links."""
        draft = self._draft
        if not is_sentence(item.text) and len(item.text.split()) <= 24:
            self._pending.append(number)
            self._awaits = awaited
            return
        repeated = self._repeated_headline()
        if draft.closed or repeated is not None or dateline_of(item.text):
            self._begin(repeated)
        else:
            self._link_pending()
        self._add_body(number, item)

    def _repeated_headline(self) -> int | None:
        """The last of the pending lines that stands there twice."""
        keys = [headline_key(self._items[n].text) for n in self._pending]
        return next(
            (n for n, key in reversed(list(zip(self._pending, keys, strict=True))) if keys.count(key) > 1), None
        )

    def _begins_anew(self, number: int, item: _Item) -> bool:
        """A headline after a sentence, and under it the headline again, a date, or a sentence with a dateline."""
        if not is_headline_like(item.text) or not is_sentence(self._text[slice(*self._draft.body[-1])]):
            return False
        following = self._items[number + 1 : number + 4]
        if not following:
            return False
        first = following[0]
        if first.kind is None and headline_key(first.text) == headline_key(item.text):
            return self._sentence_follows(number + 1)
        if first.kind in ("date", "byline"):
            return self._sentence_follows(number)
        return first.kind is None and is_sentence(first.text) and dateline_of(first.text) is not None

    def _begin(self, headline: int | None = None) -> _Draft:
        """A new article, under the given line or under the last of the pending lines."""
        if headline is None and self._pending and is_headline_like(self._items[self._pending[-1]].text):
            headline = self._pending[-1]
        draft = _Draft()
        if headline is not None:
            key = headline_key(self._items[headline].text)
            same = [n for n in self._pending if headline_key(self._items[n].text) == key]
            self._pending = [n for n in self._pending if n not in same]
            self._link_pending()
            self._drafts.append(draft)
            for n in same:
                self._kinds[n] = "headline"
            self._set_headline(draft, headline)
        else:
            self._link_pending()
            self._drafts.append(draft)
        return draft

    def _link_pending(self) -> None:
        """What was waiting turns out to be links of the article before."""
        for n in self._pending:
            self._kinds[n] = "related"
            self._draft.related.append(self._items[n].text)
        self._pending = []

    def _set_headline(self, draft: _Draft, number: int) -> None:
        line = self._items[number].line
        cut, draft.site = site_cut(line.text)
        self._kinds[number] = "headline"
        self._cuts[number] = line.start + cut
        draft.headline = (line.start, line.start + cut)
        draft.key = headline_key(line.text)

    def _add_body(self, number: int, item: _Item) -> None:
        draft = self._draft
        if not draft.body:
            draft.dateline = draft.dateline or dateline_of(item.text)
        draft.body.append((item.line.start, item.line.end))
        self._kinds[number] = "body"

    def _sentence_follows(self, number: int) -> bool:
        return any(item.kind is None and is_sentence(item.text) for item in self._items[number + 1 : number + 13])

    def _glued(self, number: int) -> bool:
        """Does the next line begin right where this one ends?"""
        following = self._items[number + 1 : number + 2]
        return bool(following) and following[0].line.start == self._items[number].line.end

    def _pieces(self) -> tuple[Piece, ...]:
        out: list[Piece] = []
        at = 0
        for number, (item, kind) in enumerate(zip(self._items, self._kinds, strict=True)):
            line = item.line
            if line.start > at:
                out.append(Piece(at, line.start, "other"))
            end = self._cuts.get(number, line.end)
            out.append(Piece(line.start, end, kind))
            if end < line.end:
                out.append(Piece(end, line.end, "source"))
            at = line.end
        if at < len(self._text):
            out.append(Piece(at, len(self._text), "other"))
        return tuple(out)


def _is_item(line: str) -> bool:
    """Does a line open as an item of a list, an answer or an entry of a live blog does: ``- وصل الوفد``, ``12:30 وصل``?"""
    return line[0] in "-–—•*▪◾·" or (line[0].isdigit() and ":" in line[:6])


def _behind_label(line: str) -> str:
    """The link behind ``اقرأ أيضاً`` without a colon."""
    words = line.split()
    return " ".join(words[2:]) if len(words) > 4 else ""


def with_fields(page: Page, **fields: object) -> Page:
    """The page with fields of its first article replaced where they are given (HTML states them apart from the text)."""
    if not page.articles:
        return page
    given = {name: value for name, value in fields.items() if value}
    first = replace(page.articles[0], **given)  # type: ignore[arg-type]
    return replace(page, articles=(first, *page.articles[1:]))
