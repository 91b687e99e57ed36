"""The kind of each line of a page: by its words (``data/page/line_rules.tsv``) and by the lines around it.

A rule has a pattern for the folded line, the kind of line, the most words of such a line (a news sentence with the same
words has more), and whether the line can end like a sentence. It has an example that it must match, and an example with
the same words that it must not match.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

import regex

from arabic_news_ner.page import tables
from arabic_news_ner.page.dates import find_dates, is_day_alone, is_relative
from arabic_news_ner.page.document import Kind
from arabic_news_ner.page.fields.author import author_of, is_surely_name
from arabic_news_ner.page.fields.byline import byline_of, names_author, without_byline_label
from arabic_news_ner.page.fields.caption import caption_of
from arabic_news_ner.page.fields.headline import ends_with_stop, headline_key, is_headline_like, is_sentence
from arabic_news_ner.page.fields.outlet import is_outlet_line, known_in
from arabic_news_ner.page.fields.source import is_outlet
from arabic_news_ner.page.segment import Line, split_lines
from arabic_news_ner.page.settings import (
    FOREIGN_WORDS,
    LONGEST_FIELD,
    LONGEST_HEADLINE,
    LONGEST_RULED,
    MOST_BESIDE_DATE,
    MOST_BESIDE_LONE_DATE,
    NEAR_BYLINE,
    NEAR_SENTENCE,
    SECTION_WORDS,
    USUAL_HEADLINE_WORDS,
)
from arabic_news_ner.page.tables import rows
from arabic_news_ner.text.checks import has_arabic

#: Kinds of lines that can come between a headline and its byline.
_BETWEEN = frozenset({"date", "boilerplate", "caption", "byline"})
#: Rules of lines that name a photographer or an agency, under a caption.
_CREDITS = frozenset({"picture credit", "agency credit", "credit in brackets"})
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": None})
#: Signs that end a sentence (an ellipsis does not end a button), and what may stand after them.
_STOPS, _CLOSING = frozenset(".!؟?"), "\"'»”)]"
_DIRECTIONS = regex.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_DASH, _LATIN = regex.compile(r"\s+[–—\-ـ]\s+"), regex.compile(r"\p{Latin}{2,}")
_WORD, _DIGIT, _YEAR = regex.compile(r"\p{L}{2,}"), re.compile(r"\d"), re.compile(r"\d{4}")
#: No date is written with so many words: ``من شهر``, two names of its month, ``من عام``, ``هجري شمسي``.
_DATED_WORDS = 14
_LETTER_CLASS = re.compile(r"\\[wWbBpPX]")
_ITEMS = "*•▪◾·-–—"
#: First letters of a line by which the rules for it are chosen.
_OPENING = 2
#: Numbers of words by which they are chosen, too.
_LENGTHS = (0, 4, 6, 9, 13, 19, 26, 46)
#: Signs before a label.
_BULLETS = "-–—•*▪◾·»«►▶←| "


Asking = Callable[[str], re.Match[str] | regex.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for one kind of line outside the story."""

    name: str
    kind: Kind
    pattern: regex.Pattern[str]
    #: The same pattern in the engine that is faster for it, asked at the start of a line or anywhere in it.
    asks: Asking
    longest: int
    #: A date must stand in the line.
    date: bool
    #: The line must not end as a sentence does.
    nostop: bool
    #: Quotes must stand in the line.
    quoted: bool
    #: One of these strings stands in every folded line that the pattern matches; empty: any line may match.
    has: tuple[str, ...]
    #: Where the line can be: ``"under"`` a headline, there or at the ``"top"`` of a page, at the ``"tail"`` of a story,
    #: anywhere
    #: (empty).
    where: str
    example: str
    keep: str

    def admits(self, line: str) -> bool:
        """Has a line that the pattern matches what else the rule asks for: a date, quotes, no stop at its end?"""
        if self.nostop and line.rstrip(_CLOSING)[-1:] in _STOPS:
            return False
        if self.quoted and not any(c in line for c in '«"“'):
            return False
        return not self.date or (
            line[0] not in _ITEMS and (is_relative(line) or _beside_dates(line) <= MOST_BESIDE_DATE)
        )


def _beside_dates(line: str) -> int:
    """The number of words of at least two letters in a line besides its dates; a very large number without a date."""
    found = find_dates(line)
    if not found:
        return LONGEST_RULED
    gaps = zip([0, *(d.end for d in found)], [*(d.start for d in found), len(line)], strict=True)
    return sum(len(_WORD.findall(line[a:b])) for a, b in gaps)


def _asking(pattern: str) -> Asking:
    """The pattern in the engine of the standard library, twice as fast, where both engines read it alike: without classes of
    letters (``\\w``, ``\\b``, ``\\p``); folded lines have no blanks but single spaces. A search for a pattern that stands at
    the start of a line would try each place in it in vain."""
    compiled: re.Pattern[str] | regex.Pattern[str]
    try:
        compiled = regex.compile(pattern) if _LETTER_CLASS.search(pattern) else re.compile(pattern)
    except re.error:  # what this engine of this Python does not know: possessive repeats, look-behinds of any length
        compiled = regex.compile(pattern)
    return compiled.match if all(part.startswith("^") for part in _alternatives(pattern)) else compiled.search


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern outside all brackets: ``^a(?:b|c)|^d`` has two."""
    parts, depth, inside, at = [""], 0, False, 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            parts[-1] += pattern[at : at + 2]
            at += 2
            continue
        if inside:
            inside = sign != "]" or pattern[at - 1] == "["
        elif sign == "[":
            inside = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        if sign == "|" and not inside and not depth:
            parts.append("")
        else:
            parts[-1] += sign
        at += 1
    return parts


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of ``data/page/line_rules.tsv``, in their order."""
    return tuple(
        Rule(
            name=name,
            kind=cast(Kind, kind),
            pattern=regex.compile(pattern.translate(_LETTERS)),
            asks=_asking(pattern.translate(_LETTERS)),
            longest=int(longest),
            date="date" in flags,
            nostop="nostop" in flags,
            quoted="quoted" in flags,
            has=tuple(flags.partition("has:")[2].split()),
            where="" if where == "-" else where,
            example=example,
            keep=keep,
        )
        for name, kind, where, longest, flags, pattern, example, keep in rows("line_rules.tsv", 8)
    )


@lru_cache(maxsize=4096)
def _rules_for(opening: str, words: int) -> tuple[tuple[int, tuple[str, ...], Asking, Rule], ...]:
    """The rules that can fire on a folded line that opens with these letters and has so many words or more, in order.

    A pattern fits the opening if it matches these letters alone, or runs into their end (a partial match). Most lines are so
    asked a dozen rules in place of a hundred. With each rule what is asked first: the most words, the strings, the pattern.
    """
    return tuple(
        (rule.longest, rule.has, rule.asks, rule)
        for rule in rules()
        if rule.longest >= words and rule.pattern.search(opening, partial=True)
    )


def rule_of(line: str) -> Rule | None:
    """The rule that matches a line; ``None`` for a line of a story, a headline or an unknown line."""
    if len(line) > LONGEST_RULED:
        return None
    words = len(line.split())
    if words > _most_words():
        return None
    written = line.replace(" ـ ", " - ") if "ـ" in line else line  # a dash to those who write it
    folded = " ".join(_DIRECTIONS.sub(" ", tables.folded(written)).split())
    folded = folded.lstrip(_BULLETS) or folded
    asked = _rules_for(folded[:_OPENING], _LENGTHS[bisect_right(_LENGTHS, words) - 1])
    for longest, has, asks, rule in asked:  # the innermost loop of reading: the patterns take less time than the loop
        if words > longest:
            continue
        if has:
            for sign in has:
                if sign in folded:
                    break
            else:
                continue
        if asks(folded) is not None and rule.admits(line):
            return rule
    return None


@lru_cache(maxsize=1)
def _most_words() -> int:
    return max(rule.longest for rule in rules())


@dataclass(frozen=True, slots=True)
class Item:
    """A line and its properties before the page is read. ``kind`` is ``None`` for text: headline, body or link."""

    line: Line
    kind: Kind | None
    rule: Rule | None
    #: Does it look like running text?
    sentence: bool = False
    #: The key for finding repetitions of a headline.
    key: str = ""

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def rule_name(self) -> str:
        return self.rule.name if self.rule else ""

    @property
    def words(self) -> int:
        return self.line.words


def classify(text: str) -> tuple[Item, ...]:
    """The lines of a page, each with its kind."""
    items = [_by_words(line, first=not n) for n, line in enumerate(split_lines(text))]
    for number, item in enumerate(items):
        if item.rule_name == "caption credit" and is_outlet_line(item.text):
            items[number] = _as_text(item)  # ``أخبار الآن | بغداد – (رويترز)`` is a dateline
        elif item.rule is not None and not (_fits(items, number, item.rule.where) and _credits_somebody(items, number)):
            items[number] = _as_text(item)
    _mark_breadcrumbs(items)
    _mark_promotions(items)
    for number, item in enumerate(items):
        if item.kind is None and _is_caption(items, number):
            items[number] = replace(item, kind="caption", sentence=False)
    return tuple(items)


def _mark_breadcrumbs(items: list[Item]) -> None:
    """``الرئيسية أخبار محلية وصل الوفد إلى جوبا`` over ``وصل الوفد إلى جوبا``: the way to the page, with its headline."""
    for number, item in enumerate(items):
        if item.kind is not None or not item.text.startswith("الرئيسية"):
            continue
        below = (i for i in items[number + 1 : number + 1 + NEAR_BYLINE] if i.words > 2)
        if any(item.text.endswith(i.text) for i in below):
            items[number] = Item(item.line, "boilerplate", None)


def _mark_promotions(items: list[Item]) -> None:
    """The lines from ``تخطى يستحق الانتباه وواصل القراءة`` to ``يستحق الانتباه نهاية`` are none of the story."""
    for number, item in enumerate(items):
        if item.rule_name == "skip link" and "القراءة" in item.text:
            below = items[number + 1 : number + 1 + NEAR_SENTENCE]
            end = next((n for n, i in enumerate(below, number + 1) if i.rule_name == "end of links"), number)
            for n in range(number + 1, end):
                if items[n].kind is None:
                    headed = 2 < items[n].words <= USUAL_HEADLINE_WORDS // 2 and not items[n].sentence
                    items[n] = Item(items[n].line, "related" if headed else "boilerplate", None)


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
    if below[0].rule_name == "picture credit" and any(
        i.rule_name == "caption label" for i in items[number + 2 : number + 3]
    ):
        return False  # the credit of the next caption
    if below[0].rule_name == "picture credit" and above and (above[0].sentence or above[0].kind in _BETWEEN):
        return _below_headline(items, number) is not None or number >= NEAR_BYLINE
    credited = below[0].rule_name in _CREDITS and bool(above) and above[0].kind in _BETWEEN
    return credited and _below_headline(items, number) is True and _above_text(items, number)


def _by_words(line: Line, first: bool) -> Item:
    rule = rule_of(line.text)
    if rule is not None:
        return Item(line, rule.kind, rule)
    arabic, digits = has_arabic(line.text), _DIGIT.search(line.text) is not None
    if not arabic and (not any(c.isdigit() for c in line.text) or len(_LATIN.findall(line.text)) >= FOREIGN_WORDS):
        return Item(line, "other", None)
    if not arabic and line.words <= SECTION_WORDS and _LATIN.search(line.text) is not None:
        return Item(line, "other", None)  # ``Lebanon 24``
    if not first and digits and (is_mostly_date(line.text) or is_day_alone(line.text)):
        return Item(line, "date", None)
    return _text(line)


def _as_text(item: Item) -> Item:
    return _text(item.line)


def _text(line: Line) -> Item:
    key = headline_key(line.text) if len(line.text) <= LONGEST_HEADLINE else ""
    return Item(line, None, None, sentence=is_sentence(line.text), key=key)


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


def _credits_somebody(items: Sequence[Item], number: int) -> bool:
    """Does what looks like a byline with no text above it name an author or an outlet? A headline may stand there:
    ``قطار دمشق - حلب يعود بعد عقد``, ``حوار - وزير النقل: القطار يعود``."""
    item = items[number]
    if item.kind != "byline" or _below_headline(items, number) is not None:
        return True
    rest = without_byline_label(item.text)
    if rest != item.text:
        return author_of(rest) is not None or (byline_of(item.text) is not None and ":" not in rest)
    parts = [part.strip() for part in _DASH.split(item.text)]
    named = len(parts) == 2 and any(author_of(part) == part and is_surely_name(part) for part in parts)
    return named or names_author(item.text) or any(known_in(item.text)) or any(map(is_outlet, parts))


def _below_headline(items: Sequence[Item], number: int) -> bool | None:
    """Is the text above a line a headline? ``None`` if there is no text above it."""
    for above in reversed(items[max(0, number - NEAR_BYLINE) : number]):
        if above.kind not in _BETWEEN and not _is_latin_word(above):
            return above.kind is None and (is_headline_like(above.text) or above.words < 3) and not above.sentence
    return None if number < NEAR_BYLINE else False


def _is_latin_word(item: Item) -> bool:
    """``alsharq``: the account of the one who put the page up."""
    return item.kind == "other" and item.words == 1


def _above_text(items: Sequence[Item], number: int) -> bool:
    for below in items[number + 1 : number + 1 + NEAR_BYLINE]:
        if below.kind not in _BETWEEN and not _is_latin_word(below):
            return below.kind is None
    return False


def is_mostly_date(line: str) -> bool:
    """``الرياض 12 ربيع الآخر 1446 هـ الموافق 15 أكتوبر 2024 م واس``: a date, and few further words."""
    if ends_with_stop(line):
        return False
    if len(line) > LONGEST_FIELD and len(_WORD.findall(line)) > MOST_BESIDE_LONE_DATE + _DATED_WORDS * len(
        _YEAR.findall(line)
    ):
        return False  # more words than its dates can have: a paragraph
    return _beside_dates(line) <= MOST_BESIDE_LONE_DATE
