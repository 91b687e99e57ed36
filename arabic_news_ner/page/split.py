"""A page to its articles: lines are told apart by the rules, then read from top to bottom.

An article begins with its headline or with its first sentence, and goes on until a marker that stands behind articles (source,
keywords, copyright, comments). Behind such a marker short lines are links to other articles, until a sentence begins the
next one; the short line right before it is then its headline. Without a marker a new article begins only where the
evidence is strong: a headline, and under it the same headline again, a date, or a dateline. When in doubt a line is body:
nothing of a story is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arabic_news_ner.page.classify import Item, classify
from arabic_news_ner.page.dates import find_date
from arabic_news_ner.page.document import Kind, Page
from arabic_news_ner.page.draft import Draft, pieces
from arabic_news_ner.page.fields import (
    behind_label,
    byline_of,
    dateline_of,
    is_digest,
    is_headline_like,
    is_item,
    keywords_of,
    share_told,
    site_cut,
    value_of,
)
from arabic_news_ner.page.outlook import Outlook
from arabic_news_ner.text.checks import check_text, has_arabic

#: Kinds and rules behind whose lines an article has ended.
_ENDS = frozenset({"source", "keywords"})
_END_RULES = frozenset({"copyright", "comments", "agency end mark", "aggregator notice", "about the site"})
#: Rules of bylines that stand in no story.
_SURE_BYLINES = frozenset({"byline label", "byline outlet", "agencies", "quote of the desk"})
#: Lines without a label that still belong to the label above them.
_MOST_KEYWORDS = 12


def split_page(text: str) -> Page:
    """The articles of a page of plain text.

    :raises InputError: where ``text`` is no str.
    """
    check_text(text)
    return _Reader(text, classify(text)).read()


class _Reader:
    """One pass over the lines of one page."""

    def __init__(self, text: str, items: Sequence[Item]) -> None:
        self._text = text
        self._items = items
        self._kinds: list[Kind] = ["other"] * len(items)
        self._drafts: list[Draft] = [Draft()]
        #: Short lines behind the end of an article: links, or the headline of the next.
        self._pending: list[int] = []
        #: The label whose value the next lines may hold.
        self._awaits: str | None = None
        self._keywords_left = 0
        #: The date behind the end of an article: of that one, or of the next.
        self._date_ahead: str | None = None
        self._ahead = Outlook(items)

    def read(self) -> Page:
        for number, item in enumerate(self._items):
            if item.kind is None:
                self._text_line(number, item)
            else:
                self._ruled_line(number, item, item.kind)
        self._link_pending()
        self._draft.date = self._draft.date or self._date_ahead
        drafts = [draft for draft in self._drafts if self._is_article(draft)]
        articles = tuple(draft.article(self._text, self._items) for draft in drafts)
        return Page(self._text, articles, pieces(self._text, self._items, self._kinds, self._drafts))

    @property
    def _draft(self) -> Draft:
        return self._drafts[-1]

    def _ruled_line(self, number: int, item: Item, kind: Kind) -> None:
        if kind in ("date", "byline") and self._draft.ends and self._pending and self._ahead.sentence_follows(number):
            self._begin(self._headline_waiting(number))
        draft = self._draft
        if draft.body and self._inside(number, item):
            self._text_line(number, item)
            return
        self._kinds[number] = kind
        awaited, self._awaits = self._awaits, None
        if kind == "date":
            found = find_date(item.text)
            if draft.ends:
                self._date_ahead = self._date_ahead or found
            draft.date = draft.date or (None if draft.ends else found)
        elif kind == "source":
            value = value_of(item.text)
            draft.source = draft.source or value or None
            self._awaits = None if value else "source"
        elif kind == "keywords":
            found_words = keywords_of(item.text)
            draft.keywords += found_words
            self._awaits = None if found_words else "keywords"
            self._keywords_left = _MOST_KEYWORDS
        elif kind == "related":
            self._links(number, item)
        elif kind == "caption":
            draft.captions.append(value_of(item.text) if item.rule_name == "caption label" else item.text)
        elif kind == "byline" and item.rule_name == "agencies" and ":" in item.text:
            draft.dateline = draft.dateline or item.text
        elif kind == "byline":
            draft.byline = draft.byline or byline_of(item.text)
        elif kind in ("boilerplate", "other") and awaited == "related":
            self._awaits = awaited
        if draft.body and (kind in _ENDS or item.rule_name in _END_RULES):
            draft.ends.add(kind)

    def _inside(self, number: int, item: Item) -> bool:
        """Is a line that looks like a byline or a date one of the story: the date of an event over what happened then?"""
        if item.kind == "date" and item.rule_name != "date label":
            return not self._draft.ends and self._ahead.sentence_follows(number)
        return item.rule is not None and item.rule.where in ("under", "top")

    def _links(self, number: int, item: Item) -> None:
        """A label of links: with its link behind it, or with links below it."""
        draft = self._draft
        value = value_of(item.text) or behind_label(item.text)
        if value:
            draft.related.append(value)
        elif draft.body:
            self._awaits = "related"
            if draft.ends:
                draft.ends.add("related")
            elif self._ahead.glued(number) and not self._goes_on(number + 1):
                draft.ends |= {"related", "glued"}

    def _text_line(self, number: int, item: Item) -> None:
        draft = self._draft
        awaited, self._awaits = self._awaits, None
        if awaited == "source" and not item.sentence and item.words <= 6:
            self._kinds[number] = "source"
            draft.source = draft.source or item.text.strip(" .")
        elif awaited == "keywords" and not item.sentence and item.words <= 4 and self._keywords_left:
            self._kinds[number] = "keywords"
            draft.keywords += keywords_of(item.text)
            self._keywords_left -= 1
            self._awaits = awaited
        elif draft.key and item.key == draft.key:
            self._kinds[number] = "headline"
        elif not draft.body:
            self._before_body(number, item)
        elif draft.ends or awaited == "related":
            self._behind(number, item, awaited)
        elif self._begins_anew(number, item):
            self._begin(number)
        else:
            self._add_body(number)

    def _before_body(self, number: int, item: Item) -> None:
        draft = self._draft
        if draft.headline is not None or is_item(item.text) or (item.sentence and not is_headline_like(item.text)):
            self._add_body(number)
        elif item.words < 3 and self._ahead.headlines_below(number):
            self._kinds[number] = "other"
        elif self._ahead.better_below(number, len(self._pending)):
            self._pending.append(number)
        elif self._ahead.sentence_follows(number) or not self._ahead.list_follows(number, len(self._pending)):
            self._set_headline(draft, number)
        else:
            self._pending.append(number)

    def _behind(self, number: int, item: Item, awaited: str | None) -> None:
        """A line of text behind the end of an article, or under a label of links."""
        draft = self._draft
        if not item.sentence:
            self._pending.append(number)
            self._awaits = awaited
            return
        headline = self._headline_waiting(number)
        ended = len(draft.ends) > 1 or (draft.ends and (headline is not None or dateline_of(item.text) is not None))
        if ended or self._is_repeated(headline) or self._tells_another(headline, item):
            self._begin(headline)
        else:
            self._link_pending()
            draft.ends.clear()
        self._add_body(number)

    def _headline_waiting(self, number: int) -> int | None:
        """Which of the waiting lines is the headline of the sentence at ``number``: one that stands twice; under a label of
        links the last; without a label the first that the sentence tells of."""
        waiting = [n for n in self._pending if is_headline_like(self._items[n].text)]
        if not waiting:
            return None
        keys = [self._items[n].key for n in waiting]
        twice = next((n for n, key in zip(waiting, keys, strict=True) if keys.count(key) > 1), None)
        if twice is not None or "related" in self._draft.ends:
            return waiting[-1] if twice is None else twice
        told = self._items[number].text
        return next((n for n in waiting if share_told(self._items[n].text, told) >= 0.4), waiting[-1])

    def _is_repeated(self, headline: int | None) -> bool:
        return headline is not None and sum(self._items[n].key == self._items[headline].key for n in self._pending) > 1

    def _tells_another(self, headline: int | None, item: Item) -> bool:
        """Does a sentence tell of the last link above it, and not of the article's own headline?"""
        own = self._draft.headline
        if headline is None or own is None or headline != self._pending[-1] or is_digest(self._items[own].text):
            return False
        return (
            share_told(self._items[headline].text, item.text)
            >= 0.6
            > 0.34
            > share_told(self._items[own].text, item.text)
        )

    def _begins_anew(self, number: int, item: Item) -> bool:
        """A headline after a sentence, and under it the headline again, a date, or a sentence with a dateline."""
        draft = self._draft
        if not is_headline_like(item.text) or is_item(item.text) or not self._items[draft.body[-1]].sentence:
            return False
        first = self._items[number + 1] if number + 1 < len(self._items) else None
        if first is None or (draft.headline is not None and is_digest(self._items[draft.headline].text)):
            return False
        if first.kind is None and first.key and first.key == item.key:
            return self._ahead.sentence_follows(number + 1)
        if first.kind == "date" or first.rule_name in _SURE_BYLINES:
            return self._ahead.sentence_follows(number) and (
                first.kind == "byline" or find_date(first.text) is not None
            )
        return first.kind is None and first.sentence and dateline_of(first.text) is not None

    def _begin(self, headline: int | None = None) -> None:
        """A new article, under the given line. Waiting lines above it are links, those below it belong to the story."""
        waiting, draft = self._pending, Draft(date=self._date_ahead)
        self._date_ahead = None
        if headline is None:
            self._link_pending()
            self._drafts.append(draft)
            return
        key = self._items[headline].key
        self._pending = [n for n in waiting if n < headline and self._items[n].key != key]
        self._link_pending()
        self._drafts.append(draft)
        self._set_headline(draft, headline)
        for n in waiting:
            if self._items[n].key == key:
                self._kinds[n] = "headline"
            elif n > headline:
                self._add_body(n)

    def _link_pending(self) -> None:
        """What was waiting turns out to be links of the article before."""
        for n in self._pending:
            self._kinds[n] = "related"
            self._draft.related.append(self._items[n].text)
        self._pending = []

    def _set_headline(self, draft: Draft, number: int) -> None:
        line = self._items[number].line
        cut, draft.site = site_cut(line.text)
        self._kinds[number] = "headline"
        draft.headline, draft.headline_end = number, line.start + cut
        draft.key = self._items[number].key

    def _add_body(self, number: int) -> None:
        draft = self._draft
        if not draft.body:
            draft.dateline = draft.dateline or dateline_of(self._items[number].text)
            self._link_pending()
        draft.body.append(number)
        self._kinds[number] = "body"

    def _goes_on(self, number: int) -> bool:
        """Does a line tell of what the article so far tells of?"""
        draft = self._draft
        told = [self._items[n].text for n in (draft.headline, *draft.body[:2]) if n is not None]
        return any(share_told(line, self._items[number].text) >= 0.15 for line in told)

    def _is_article(self, draft: Draft) -> bool:
        if any(has_arabic(self._items[n].text) for n in draft.lines()):
            return True
        for n in draft.lines():
            self._kinds[n] = "other"
        return False


def with_fields(page: Page, **fields: object) -> Page:
    """The page with fields of its first article replaced where they are given (HTML states them apart from the text)."""
    if not page.articles:
        return page
    given = {name: value for name, value in fields.items() if value}
    first = replace(page.articles[0], **given)  # type: ignore[arg-type]
    return replace(page, articles=(first, *page.articles[1:]))
