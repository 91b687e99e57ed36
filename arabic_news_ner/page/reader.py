"""From a page to its articles: each line by the first rule that applies, from top to bottom.

An article begins with its headline or with its first sentence, and ends at an end marker (source, keywords, copyright,
comments). After an end marker, short lines are links to other articles, until a sentence begins the next article; the
short line right before it is its headline. Without an end marker, a new article begins only with strong evidence: a
headline, and under it the same headline again, a date, or a dateline. A doubtful line counts as body, so that no part
of a story is lost.

:data:`TEXT_RULES` at the end of the file is the order of decisions for a line of text. A line whose kind is known by
its words (:mod:`line_kinds`) goes to :func:`_read_ruled`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from arabic_news_ner.page import lookahead
from arabic_news_ner.page.dates import find_date
from arabic_news_ner.page.document import Kind, Page
from arabic_news_ner.page.draft import Draft, pieces
from arabic_news_ner.page.fields.author import author_of, is_surely_name
from arabic_news_ner.page.fields.byline import is_signature, names_author, reporter_of, without_byline_label
from arabic_news_ner.page.fields.dateline import dateline_of, lone_dateline_of
from arabic_news_ner.page.fields.headline import ends_with_stop, is_headline_like, is_item, site_cut
from arabic_news_ner.page.fields.keywords import keywords_of
from arabic_news_ner.page.fields.outlet import is_outlet_line, known_in, signature_of
from arabic_news_ner.page.fields.source import is_outlet, link_after_label, source_of, value_of
from arabic_news_ner.page.line_kinds import Item, classify
from arabic_news_ner.page.line_model import embedded, revise
from arabic_news_ner.page.lookahead import Lookahead
from arabic_news_ner.page.settings import MOST_DECKS, MOST_KEYWORD_LINES, SECTION_WORDS
from arabic_news_ner.text.checks import check_text

#: Kinds and rules of lines after which an article has ended.
_ENDS = frozenset({"source", "keywords"})
_END_RULES = frozenset(
    {"copyright", "comments", "comments of readers", "agency end mark", "aggregator notice", "about the site"}
)


def split_page(text: str) -> Page:
    """The articles of a page of plain text.

    :raises InputError: if ``text`` is not a str.
    """
    check_text(text)
    items = classify(text)
    page, kinds = read_lines(text, items)
    revised = revise(items, kinds, embedded())
    return page if revised is None else read_lines(text, revised)[0]


def read_lines(text: str, items: Sequence[Item]) -> tuple[Page, list[Kind]]:
    """The articles of a page with classified lines, and the final kind of each line."""
    reading = _Reading(items, Lookahead(items), ["other"] * len(items))
    for number, item in enumerate(items):
        if item.kind is None:
            _read_text(reading, number)
        else:
            _read_ruled(reading, number, item.kind)
    reading.take_links()
    for draft in reading.drafts:
        _cut_tail(reading, draft)
    reading.draft.date = reading.draft.date or reading.next_date
    drafts = [draft for draft in reading.drafts if reading.is_article(draft)]
    site = signature_of([item.text for item in items if item.rule_name == "copyright"])
    articles = tuple(draft.article(text, items, site) for draft in drafts)
    return Page(text, articles, pieces(text, items, reading.kinds, reading.drafts)), reading.kinds


@dataclass
class _Reading:
    """The state of reading: the articles so far (the last one is still open), and the waiting lines."""

    items: Sequence[Item]
    ahead: Lookahead
    kinds: list[Kind]
    drafts: list[Draft] = field(default_factory=lambda: [Draft()])
    #: Short lines after the end of an article: links, or the headline of the next.
    waiting: list[int] = field(default_factory=list)
    #: The label whose value can be on the next lines: source, keywords, related, comments.
    label: str | None = None
    keyword_lines: int = 0
    #: A date after the end of an article: of that one, or of the next.
    next_date: str | None = None
    #: The headlines of a bulletin of short stories.
    bulletin: frozenset[int] = frozenset()
    #: The lines of boxes inside a story: the name of a section, and a link under it.
    boxes: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self.bulletin = self.ahead.bulletin()
        self.boxes = self.ahead.boxes()

    @property
    def draft(self) -> Draft:
        return self.drafts[-1]

    def begin(self, headline: int | None = None) -> None:
        """A new article, under the given line. Waiting lines above it are links, those below it belong to the story."""
        waiting, draft = self.waiting, Draft(date=self.next_date)
        if not self.draft.body:
            draft.above = self.draft.above
        self.next_date = None
        if headline is None:
            self.take_links()
            self.drafts.append(draft)
            return
        key = self.items[headline].key
        self.waiting = [n for n in waiting if n < headline and self.items[n].key != key]
        self.take_links()
        self.drafts.append(draft)
        self.set_headline(headline)
        for n in waiting:
            if self.items[n].key == key:
                self.kinds[n] = "headline"
            elif n > headline:
                _before_story(self, n, None)

    def take_links(self) -> None:
        """The waiting lines are links of the article before; above the first article they belong to none."""
        for n in self.waiting:
            self.kinds[n] = "related" if self.draft.body else "other"
            if self.draft.body and self.items[n].words > 3 and lookahead.is_tag_row(self.items, self.draft, n):
                self.kinds[n] = "keywords"
            elif self.draft.body and self.items[n].text == self.draft.byline:
                self.kinds[n] = "other"  # the author's box
            elif self.draft.body:
                self.draft.related.append(self.items[n].text)
        self.waiting = []

    def set_headline(self, number: int) -> None:
        """The line is the headline of the article, without the name of the site."""
        line, draft = self.items[number].line, self.draft
        start, end, draft.site = site_cut(line.text)
        self.kinds[number] = "headline"
        draft.headline, draft.headline_span = number, (line.start + start, line.start + end)
        draft.key = self.items[number].key

    def add_body(self, number: int) -> None:
        """The line is one of the story; the first may open with a dateline."""
        draft = self.draft
        if not lookahead.is_open(self.items, draft):
            text = self.items[number].text
            draft.dateline = draft.dateline or dateline_of(text) or (text if is_outlet_line(text) else None)
            draft.date = draft.date or find_date(draft.dateline or "")
            self.take_links()
        draft.body.append(number)
        self.kinds[number] = "body"

    def is_article(self, draft: Draft) -> bool:
        """Is it an article? If not, its lines belong to no article."""
        if lookahead.is_story(self.items, draft):
            return True
        draft.related = []
        for n in draft.lines():
            self.kinds[n] = "other"
        return False


def _cut_tail(reading: _Reading, draft: Draft) -> None:
    """Tags and links without a label after a story whose every sentence ends with a stop are none of it."""
    items, body = reading.items, draft.body
    told = [n for n in body if items[n].sentence]
    if len(told) < 2 or not all(ends_with_stop(items[n].text) for n in told):
        return
    tail = [n for n in body if n > told[-1]]
    if len(tail) > MOST_DECKS + 1 or any(not items[n].sentence for n in body[MOST_DECKS : -len(tail) or None]):
        return  # verses, a list
    while body[-1] > told[-1] and lookahead.is_loose(items[body[-1]]):
        number = body.pop()
        tags = lookahead.is_tag_row(items, draft, number)
        if not tags and (number + 1 == len(items) or items[number + 1].kind is None):
            body.append(number)
            return  # the last words of the page: a verse, a prayer
        reading.kinds[number] = "keywords" if tags else "other"


def _read_ruled(reading: _Reading, number: int, kind: Kind) -> None:
    """A line whose kind is known by its words."""
    item, draft = reading.items[number], reading.draft
    if reading.label == "comments" and kind in ("date", "byline", "boilerplate", "other"):
        reading.kinds[number] = "boilerplate" if kind == "boilerplate" else "other"
        return
    if kind in ("date", "byline") and draft.ends and reading.waiting and reading.ahead.sentence_follows(number):
        reading.begin(lookahead.headline_waiting(reading.items, reading.waiting, draft, number))
        draft = reading.draft
    if lookahead.is_open(reading.items, draft) and _is_of_the_story(reading, number):
        _read_text(reading, number)
        return
    reading.kinds[number] = kind
    label, reading.label = reading.label, None
    if kind == "related":
        _links(reading, number)
    elif kind == "date" and label == "related" and draft.body and draft.date:
        reading.label = label  # of the link above it
    elif kind in ("boilerplate", "other"):
        _furniture(reading, item, label)
    else:
        _field(reading, item, kind)
    if draft.body and (kind in _ENDS or item.rule_name in _END_RULES):
        draft.ends.add(kind)


def _is_of_the_story(reading: _Reading, number: int) -> bool:
    """Is a line that looks like a byline or a date one of the story: the date of an event over what happened then?"""
    item = reading.items[number]
    if item.rule_name == "relative time":
        return False
    if item.kind == "date" and item.rule_name != "date label":
        return not reading.draft.ends and reading.ahead.sentence_follows(number)
    return item.rule is not None and item.rule.where in ("under", "top")


def _field(reading: _Reading, item: Item, kind: Kind) -> None:
    """A line that states something of the article."""
    draft = reading.draft
    if kind == "date" and draft.ends:
        reading.next_date = reading.next_date or find_date(item.text)
    elif kind == "date":
        draft.dated(item.text)
    elif kind == "source":
        value = source_of(item.text)
        if value and names_author(value) and not any(known_in(value)):  # ``المصدر: دبي - محمد الكتبي``
            draft.credited(item, value)
        else:
            draft.source = draft.source or value or None
        reading.label = None if value else "source"
    elif kind == "keywords":
        found = keywords_of(item.text)
        draft.keywords += found
        reading.label = None if found else "keywords"
        reading.keyword_lines = MOST_KEYWORD_LINES
    elif kind == "caption":
        draft.captioned(item.text)
    else:
        draft.credited(item)


def _furniture(reading: _Reading, item: Item, label: str | None) -> None:
    """A button or the like under a label, readers' comments, the end of a list of links."""
    if item.rule_name == "end of links":
        reading.take_links()
    elif item.rule_name == "comments of readers" and reading.draft.body:
        reading.take_links()
        reading.label = "comments"
    elif label == "related":
        reading.label = label
    elif item.rule_name == "byline label alone" and not reading.draft.body:
        reading.label = "byline"
    elif item.rule_name == "agency credit" and reading.draft.body:
        reading.draft.wires.append(item.text.strip("()[] "))


def _links(reading: _Reading, number: int) -> None:
    """A label of links: with its link on the same line, or with links below it."""
    draft, text = reading.draft, reading.items[number].text
    if reading.items[number].rule is None:  # a link that only the line model knows for one
        draft.related += [text] if draft.body else []
        return
    value = value_of(text) or link_after_label(text)
    if value:
        draft.related.append(value)
    elif draft.body:
        reading.label = "related"
        if draft.ends:
            draft.ends.add("related")
        elif reading.ahead.glued(number) and not lookahead.goes_on(reading.items, draft, number + 1):
            draft.ends |= {"related", "glued"}


def _read_text(reading: _Reading, number: int) -> None:
    """A line of text, by the first of :data:`TEXT_RULES` that takes it."""
    label, reading.label = reading.label, None
    next(rule for rule in TEXT_RULES if rule(reading, number, label))


def _comment(reading: _Reading, number: int, label: str | None) -> bool:
    """A reader's comment, until a repeated headline."""
    if label != "comments" or reading.ahead.stands_twice(number):
        return False
    reading.label = label
    return True


def _source_under_label(reading: _Reading, number: int, label: str | None) -> bool:
    """``المصدر:`` and below it ``وكالة الأنباء الليبية``."""
    item = reading.items[number]
    if label != "source" or item.sentence or item.words > 6:
        return False
    if names_author(item.text) and not any(known_in(item.text)):
        reading.kinds[number] = "byline"
        reading.draft.credited(item)
        return True
    reading.kinds[number] = "source"
    reading.draft.source = reading.draft.source or item.text.strip(" .")
    return True


def _author_under_label(reading: _Reading, number: int, label: str | None) -> bool:
    """``بواسطة`` and below it ``رنا الصباغ``."""
    item = reading.items[number]
    if label != "byline" or author_of(item.text) is None:
        return False
    reading.kinds[number] = "byline"
    reading.draft.credited(item)
    return True


def _keyword_under_label(reading: _Reading, number: int, label: str | None) -> bool:
    """``كلمات دلالية:`` and below it ``ليبيا``."""
    item = reading.items[number]
    if label != "keywords" or item.sentence or not reading.keyword_lines:
        return False
    first = reading.keyword_lines == MOST_KEYWORD_LINES
    if item.words > 4 and first and lookahead.is_loose(item):  # parted by blanks alone
        reading.kinds[number] = "keywords"
        return True
    if item.words > 4 or item.text == reading.draft.byline:
        return False
    reading.kinds[number] = "keywords"
    reading.draft.keywords += keywords_of(item.text)
    reading.keyword_lines -= 1
    reading.label = label
    return True


def _bulletin_headline(reading: _Reading, number: int, label: str | None) -> bool:
    """The headline of a story of ``موجز المساء``."""
    if number not in reading.bulletin:
        return False
    reading.begin(number)
    return True


def _headline_again(reading: _Reading, number: int, label: str | None) -> bool:
    """The headline, once more."""
    if not reading.draft.key or reading.items[number].key != reading.draft.key:
        return False
    reading.kinds[number] = "headline"
    return True


def _byline_again(reading: _Reading, number: int, label: str | None) -> bool:
    """The author's name, once more, before the story: beside a picture."""
    draft = reading.draft
    if draft.byline is None or lookahead.is_open(reading.items, draft) or reading.items[number].text != draft.byline:
        return False
    reading.kinds[number] = "byline"
    return True


def _outlet(reading: _Reading, number: int, label: str | None) -> bool:
    """``هسبريس``: the outlet's name on a line of its own, above or after the story."""
    text, draft = reading.items[number].text, reading.draft
    if not is_outlet(text) or not lookahead.is_apart(reading.ahead, draft, number):
        return False
    reading.kinds[number] = "source"
    if draft.body or draft.headline is not None:
        draft.source = draft.source or text
    else:
        draft.above = draft.above or text
    if draft.body:
        draft.ends.add("source")
    return True


def _before_story(reading: _Reading, number: int, label: str | None) -> bool:
    """A line above the story: a credit, the headline, a line above the headline, or the first of the story."""
    item, draft, ahead = reading.items[number], reading.draft, reading.ahead
    if draft.body and (lookahead.is_open(reading.items, draft) or draft.ends or label):
        return False
    if _is_credit(reading, number):
        reading.kinds[number] = "byline"
        draft.credited(item)
    elif draft.headline is not None and not draft.body and lookahead.is_over_credit(reading.items, number):
        reading.kinds[number] = "other"
    elif draft.headline is not None or is_item(item.text) or (item.sentence and not is_headline_like(item.text)):
        reading.add_body(number)
    elif item.words < 3 and ahead.headlines_below(number):
        reading.kinds[number] = "other"
    elif ahead.better_below(number, len(reading.waiting)):
        reading.waiting.append(number)
    elif ahead.sentence_follows(number) or not ahead.list_follows(number, len(reading.waiting)):
        reading.set_headline(number)
    else:
        reading.waiting.append(number)
    return True


def _is_credit(reading: _Reading, number: int) -> bool:
    """A dateline on a line of its own, or an author's name between the headline and the story."""
    draft, text, ahead = reading.draft, reading.items[number].text, reading.ahead
    if lone_dateline_of(text) is not None:
        return ahead.sentence_follows(number)
    if draft.headline is None or draft.byline is not None:
        return False
    name = without_byline_label(text)
    if name != text and author_of(name) == name and is_surely_name(name):
        return ahead.sentence_near(number)
    reports = reporter_of(text) is not None and ahead.dated_below(number)
    return reports or (names_author(text) and ahead.sentence_near(number))


def _after_end(reading: _Reading, number: int, label: str | None) -> bool:
    """A line after the end of an article, or under a label of links: a link, or the first sentence of the next article."""
    draft, items, waiting = reading.draft, reading.items, reading.waiting
    if not draft.ends and label != "related":
        return False
    if not items[number].sentence:
        waiting.append(number)
        reading.label = label
        return True
    headline = lookahead.headline_waiting(items, waiting, draft, number)
    ended = len(draft.ends) > 1 or (
        draft.ends and (headline is not None or dateline_of(items[number].text) is not None)
    )
    again = lookahead.is_repeated(items, waiting, headline)
    if ended or again or lookahead.tells_another(items, waiting, draft, number):
        reading.begin(headline)
    else:
        subhead = lookahead.subhead_waiting(items, waiting, number)
        reading.waiting = [n for n in waiting if n != subhead]
        reading.take_links()
        draft.ends.clear()
        if subhead is not None:
            reading.add_body(subhead)
    reading.add_body(number)
    return True


def _in_story(reading: _Reading, number: int, label: str | None) -> bool:
    """A line of the story: the author's name after it, the headline of a new story, or one more of this one."""
    draft, items = reading.draft, reading.items
    item = items[number]
    last = items[draft.body[-1]].sentence and not item.sentence and reading.ahead.story_ends(number)
    if number in reading.boxes:
        reading.kinds[number] = "related"
        if item.words > SECTION_WORDS:
            draft.related.append(item.text)
    elif last and draft.byline is None and is_signature(item.text):
        reading.kinds[number] = "byline"
        draft.byline = item.text
    elif lookahead.begins_anew(items, reading.ahead, draft, number):
        reading.begin(number)
    else:
        reading.add_body(number)
    return True


#: Each takes a line of text, or leaves it to the next: (what is read so far, number of the line, label above it) -> taken?
TEXT_RULES: Final[tuple[Callable[[_Reading, int, str | None], bool], ...]] = (
    _comment,
    _source_under_label,
    _author_under_label,
    _keyword_under_label,
    _bulletin_headline,
    _headline_again,
    _byline_again,
    _outlet,
    _before_story,
    _after_end,
    _in_story,
)
