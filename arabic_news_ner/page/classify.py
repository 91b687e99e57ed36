"""Each line of a page with its kind: what the rules say of its words, where the lines around it allow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from arabic_news_ner.page.document import Kind
from arabic_news_ner.page.fields import caption_of, headline_key, is_headline_like, is_mostly_date, is_sentence
from arabic_news_ner.page.lines import Line, split_lines
from arabic_news_ner.page.rules import Rule, rule_of
from arabic_news_ner.text.checks import has_arabic

#: Lines that may stand between a headline and the byline under it.
_BETWEEN = frozenset({"date", "boilerplate", "caption", "byline"})
#: How far above a byline its headline may stand, and how far below it the first sentence.
_NEAR = 5
_LONGEST_HEADLINE = 400
#: Rules of lines that name a photographer or an agency, under a caption.
_CREDITS = frozenset({"picture credit", "agency credit", "credit in brackets"})
#: So many words without an Arabic letter are text of another language.
_FOREIGN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Item:
    """A line with what is known of it before the page is read. ``kind`` is ``None`` for text: headline, body or link."""

    line: Line
    kind: Kind | None
    rule: Rule | None
    #: Does it read as running text?
    sentence: bool = False
    #: Under what a headline that stands twice is known again.
    key: str = ""

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def rule_name(self) -> str:
        return self.rule.name if self.rule else ""

    @property
    def words(self) -> int:
        return len(self.text.split())


def classify(text: str) -> tuple[Item, ...]:
    """The lines of a page, each with its kind."""
    items = [_by_words(line, first=not n) for n, line in enumerate(split_lines(text))]
    for number, item in enumerate(items):
        if item.rule is not None and not _fits(items, number, item.rule.where):
            items[number] = _as_text(item)
    for number, item in enumerate(items):
        if item.kind is None and _is_caption(items, number):
            items[number] = replace(item, kind="caption", sentence=False)
    return tuple(items)


def _is_caption(items: Sequence[Item], number: int) -> bool:
    """Is a line of text under a headline a caption: the one that stands below it under a label, or one with the
    photographer's or the agency's name below it?"""
    item, below = items[number], items[number + 1 : number + 2]
    if item.sentence or item.words < 3 or not below:
        return False
    labels = (i for i in items[number + 1 : number + 4] if i.rule_name == "caption label")
    if any(headline_key(caption_of(label.text)) == item.key for label in labels):
        return True
    above = items[number - 1 : number] if number else []
    if below[0].rule_name == "picture credit" and above and (above[0].sentence or above[0].kind in _BETWEEN):
        return _below_headline(items, number) is not None or number >= _NEAR
    credited = below[0].rule_name in _CREDITS and bool(above) and above[0].kind in _BETWEEN
    return credited and _below_headline(items, number) is True and _above_text(items, number)


def _by_words(line: Line, first: bool) -> Item:
    rule = rule_of(line.text)
    if rule is not None:
        return Item(line, rule.kind, rule)
    if not has_arabic(line.text) and (
        not any(c.isdigit() for c in line.text) or len(regex.findall(r"\p{Latin}{2,}", line.text)) >= _FOREIGN_WORDS
    ):
        return Item(line, "other", None)
    if not first and is_mostly_date(line.text):
        return Item(line, "date", None)
    return _as_text(Item(line, None, None))


def _as_text(item: Item) -> Item:
    key = headline_key(item.text) if len(item.text) <= _LONGEST_HEADLINE else ""
    return replace(item, kind=None, rule=None, sentence=is_sentence(item.text), key=key)


def _fits(items: Sequence[Item], number: int, where: str) -> bool:
    """May a line of a rule stand there? ``under``: below a headline and above text; ``top``: there, or where the page has no
    headline; ``tail``: not above a sentence."""
    if where in ("under", "top"):
        below = _below_headline(items, number)
        return (where == "top" if below is None else below) and _above_text(items, number)
    if where == "tail":
        if _below_headline(items, number):
            return True
        following = items[number + 1 : number + 2]
        return not (following and following[0].kind is None and following[0].sentence)
    return True


def _below_headline(items: Sequence[Item], number: int) -> bool | None:
    """Is the text above a line a headline? ``None`` where there is no text above it."""
    for above in reversed(items[max(0, number - _NEAR) : number]):
        if above.kind not in _BETWEEN:
            return above.kind is None and (is_headline_like(above.text) or above.words < 3) and not above.sentence
    return None if number < _NEAR else False


def _above_text(items: Sequence[Item], number: int) -> bool:
    for below in items[number + 1 : number + 1 + _NEAR]:
        if below.kind not in _BETWEEN:
            return below.kind is None
    return False
