"""A page to its articles: lines are told apart by the rules, then read from top to bottom.

An article begins with its headline or with its first sentence, and goes on until a marker that stands behind articles (source,
keywords, copyright, comments). Behind such a marker short lines are links to other articles, until a sentence begins the
next one; the short line right before it is then its headline. Without a marker a new article begins only where the
evidence is strong: a headline, and under it the same headline again, a date, or a dateline. When in doubt a line is body:
nothing of a story is lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from arabic_news_ner.page import headlines
from arabic_news_ner.page.classify import Item, classify
from arabic_news_ner.page.credits import is_outlet, is_signature, names_author, reporter_of
from arabic_news_ner.page.dates import find_date
from arabic_news_ner.page.document import Kind, Page
from arabic_news_ner.page.draft import Draft, pieces
from arabic_news_ner.page.fields import (
    behind_label,
    dateline_of,
    is_headline_like,
    is_item,
    keywords_of,
    lone_dateline_of,
    site_cut,
    source_of,
    value_of,
)
from arabic_news_ner.page.outlook import Outlook
from arabic_news_ner.text.checks import check_text

#: Kinds and rules behind whose lines an article has ended.
_ENDS = frozenset({"source", "keywords"})
_END_RULES = frozenset(
    {"copyright", "comments", "comments of readers", "agency end mark", "aggregator notice", "about the site"}
)
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
        #: The label whose value the next lines may hold: source, keywords, related, comments.
        self._awaits: str | None = None
        self._keywords_left = 0
        #: The date behind the end of an article: of that one, or of the next.
        self._date_ahead: str | None = None
        self._ahead = Outlook(items)
        self._bulletin = self._ahead.bulletin()

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
        if self._awaits == "comments" and kind in ("date", "byline", "boilerplate", "other"):
            self._kinds[number] = "boilerplate" if kind == "boilerplate" else "other"
            return
        if kind in ("date", "byline") and self._draft.ends and self._pending and self._ahead.sentence_follows(number):
            self._begin(headlines.headline_waiting(self._items, self._pending, self._draft, number))
        draft = self._draft
        if headlines.is_open(self._items, draft) and self._inside(number, item):
            self._text_line(number, item)
            return
        self._kinds[number] = kind
        awaited, self._awaits = self._awaits, None
        if kind == "related":
            self._links(number, item)
        elif kind in ("boilerplate", "other"):
            self._furniture(item, awaited)
        else:
            self._field(item, kind)
        if draft.body and (kind in _ENDS or item.rule_name in _END_RULES):
            draft.ends.add(kind)

    def _field(self, item: Item, kind: Kind) -> None:
        """A line that states something of the article."""
        draft = self._draft
        if kind == "date" and draft.ends:
            self._date_ahead = self._date_ahead or find_date(item.text)
        elif kind == "date":
            draft.dated(item.text)
        elif kind == "source":
            value = source_of(item.text)
            draft.source = draft.source or value or None
            self._awaits = None if value else "source"
        elif kind == "keywords":
            found_words = keywords_of(item.text)
            draft.keywords += found_words
            self._awaits = None if found_words else "keywords"
            self._keywords_left = _MOST_KEYWORDS
        elif kind == "caption":
            draft.captioned(item.text)
        else:
            draft.credited(item)

    def _furniture(self, item: Item, awaited: str | None) -> None:
        """A button or the like among what a label announces; readers' comments; the end of a list of links."""
        if item.rule_name == "end of links":
            self._link_pending()
        elif item.rule_name == "comments of readers" and self._draft.body:
            self._link_pending()
            self._awaits = "comments"
        elif awaited == "related":
            self._awaits = awaited

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
            elif self._ahead.glued(number) and not headlines.goes_on(self._items, draft, number + 1):
                draft.ends |= {"related", "glued"}

    def _text_line(self, number: int, item: Item) -> None:
        draft = self._draft
        awaited, self._awaits = self._awaits, None
        if awaited == "comments" and not self._ahead.stands_twice(number):
            self._awaits = awaited
        elif awaited == "source" and not item.sentence and item.words <= 6:
            self._kinds[number] = "source"
            draft.source = draft.source or item.text.strip(" .")
        elif awaited == "keywords" and not item.sentence and item.words <= 4 and self._keywords_left:
            self._kinds[number] = "keywords"
            draft.keywords += keywords_of(item.text)
            self._keywords_left -= 1
            self._awaits = awaited
        elif number in self._bulletin:
            self._begin(number)
        elif draft.key and item.key == draft.key:
            self._kinds[number] = "headline"
        elif is_outlet(item.text) and headlines.is_apart(self._ahead, draft, number):
            self._outlet(number, item)
        elif not draft.body or not (headlines.is_open(self._items, draft) or draft.ends or awaited):
            self._before_body(number, item)
        elif draft.ends or awaited == "related":
            self._behind(number, item, awaited)
        else:
            self._in_body(number, item)

    def _outlet(self, number: int, item: Item) -> None:
        """The outlet's name on a line of its own, above or behind the story."""
        self._kinds[number] = "source"
        self._draft.source = self._draft.source or item.text
        if self._draft.body:
            self._draft.ends.add("source")

    def _before_body(self, number: int, item: Item) -> None:
        draft = self._draft
        if self._is_credit(number, item):
            self._kinds[number] = "byline"
            draft.credited(item)
        elif draft.headline is not None or is_item(item.text) or (item.sentence and not is_headline_like(item.text)):
            self._add_body(number)
        elif item.words < 3 and self._ahead.headlines_below(number):
            self._kinds[number] = "other"
        elif self._ahead.better_below(number, len(self._pending)):
            self._pending.append(number)
        elif self._ahead.sentence_follows(number) or not self._ahead.list_follows(number, len(self._pending)):
            self._set_headline(draft, number)
        else:
            self._pending.append(number)

    def _is_credit(self, number: int, item: Item) -> bool:
        """A dateline with a line of its own, or an author's name between the headline and the story."""
        draft = self._draft
        if lone_dateline_of(item.text) is not None:
            return self._ahead.sentence_follows(number)
        if draft.headline is None or draft.byline is not None:
            return False
        reports = reporter_of(item.text) is not None and self._ahead.dated_below(number)
        return reports or (names_author(item.text) and self._ahead.sentence_near(number))

    def _in_body(self, number: int, item: Item) -> None:
        """A line of text where no label is near: the author's name behind the story, a new story, or one of this one."""
        draft = self._draft
        last = self._items[draft.body[-1]].sentence and not item.sentence and self._ahead.story_ends(number)
        if last and draft.byline is None and is_signature(item.text):
            self._kinds[number] = "byline"
            draft.byline = item.text
        elif headlines.begins_anew(self._items, self._ahead, draft, number):
            self._begin(number)
        else:
            self._add_body(number)

    def _behind(self, number: int, item: Item, awaited: str | None) -> None:
        """A line of text behind the end of an article, or under a label of links."""
        draft, items, pending = self._draft, self._items, self._pending
        if not item.sentence:
            pending.append(number)
            self._awaits = awaited
            return
        headline = headlines.headline_waiting(items, pending, draft, number)
        ended = len(draft.ends) > 1 or (draft.ends and (headline is not None or dateline_of(item.text) is not None))
        again = headlines.is_repeated(items, pending, headline)
        if ended or again or headlines.tells_another(items, pending, draft, number):
            self._begin(headline)
        else:
            subhead = headlines.subhead_waiting(items, pending, number)
            self._pending = [n for n in pending if n != subhead]
            self._link_pending()
            draft.ends.clear()
            if subhead is not None:
                self._add_body(subhead)
        self._add_body(number)

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
                self._before_body(n, self._items[n])

    def _link_pending(self) -> None:
        """What was waiting turns out to be links of the article before; above the first article it belongs to none."""
        for n in self._pending:
            self._kinds[n] = "related" if self._draft.body else "other"
            if self._draft.body:
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
        if not headlines.is_open(self._items, draft):
            draft.dateline = draft.dateline or dateline_of(self._items[number].text)
            draft.date = draft.date or find_date(draft.dateline or "")
            self._link_pending()
        draft.body.append(number)
        self._kinds[number] = "body"

    def _is_article(self, draft: Draft) -> bool:
        if headlines.is_story(self._items, draft):
            return True
        draft.related = []
        for n in draft.lines():
            self._kinds[n] = "other"
        return False
