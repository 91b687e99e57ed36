"""The features of the line model: what the rules compute for a line, and their answers for its neighbours.

In: the classified lines and their types by the rules. Out: the names of the features of each line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from arabic_news_ner.page import tables
from arabic_news_ner.page.document import Kind
from arabic_news_ner.page.fields.byline import names_author
from arabic_news_ner.page.fields.dateline import dateline_of
from arabic_news_ner.page.fields.headline import headline_overlap, is_headline_like, is_item
from arabic_news_ner.page.fields.source import is_outlet
from arabic_news_ner.page.line_kinds import Item
from arabic_news_ner.page.settings import LONGEST_FIELD
from arabic_news_ner.page.tables import words as word_list
from arabic_news_ner.text.fold import fold

_WORDS: Final = (1, 2, 3, 5, 8, 12, 18, 30)
#: Steps to the neighbours of a line.
_STEPS: Final = (-2, -1, 1, 2)
_PLACES: Final = (0, 1, 2, 4, 8, 16, 32, 64)
_SEPARATING = re.compile("[|•·»/–-]")
_SEPARATED = re.compile(r"\s[|•·»/–-]\s|\s{3,}")
_LATIN = re.compile(
    "[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]"
)
_DIGIT, _CLOCK = re.compile(r"\d"), re.compile(r"\d{1,2}[:.]\d{2}")
#: Lines around a line in which its block of short lines is measured.
_BLOCK: Final = 12


def features_of(items: Sequence[Item], kinds: Sequence[Kind]) -> list[list[str]]:
    """The features of each line."""
    count = len(items)
    own = [_own(item) for item in items]
    keys = Counter(item.key for item in items if item.key)
    beside = [_beside(_shape(item), kind) for item, kind in zip(items, kinds, strict=True)]
    previous, following = _nearest(items, 1), _nearest(items, -1)
    first = next((n for n, item in enumerate(items) if item.sentence), None)
    seen: set[str] = set()
    out = []
    for n, item in enumerate(items):
        found = [*own[n], f"kind={kinds[n]}"]
        for number, step in enumerate(_STEPS):
            at = n + step
            if 0 <= at < count:
                found += beside[at][number]
            else:
                found.append(f"{step}:none")
        found.append(f"place={bisect_right(_PLACES, n)}")
        found.append(f"left={bisect_right(_PLACES, count - 1 - n)}")
        found.append(f"above={bisect_right(_PLACES, n - previous[n]) if previous[n] >= 0 else 'none'}")
        found.append(f"below={bisect_right(_PLACES, following[n] - n) if following[n] < count else 'none'}")
        found.append(f"block={bisect_right(_PLACES, min(following[n], n + _BLOCK) - max(previous[n], n - _BLOCK))}")
        if item.key:
            if keys[item.key] > 1:
                found.append("again" if item.key in seen else "first of several")
            seen.add(item.key)
        if not item.sentence and item.words > 2 and following[n] < count:
            found.append(f"told={_bucket(headline_overlap(item.text, items[following[n]].text))}")
            if first is not None and following[n] != first:
                found.append(f"told first={_bucket(headline_overlap(item.text, items[first].text))}")
        out.append(found)
    return out


def _own(item: Item) -> list[str]:
    """What a line alone shows."""
    text = item.text
    words = text.split()
    folded = (tables.folded(text) if len(text) <= LONGEST_FIELD else fold(text[:LONGEST_FIELD])).split()
    found = ["bias", f"words={bisect_right(_WORDS, len(words))}", f"rule={item.rule_name}", f"by rule={item.kind}"]
    if item.sentence:
        found.append("sentence")
    if is_headline_like(text):
        found.append("headline-like")
    if is_item(text):
        found.append("item")
    found.append(f"end={text[-1] if text[-1] in '.؟?!:،…»)' else 'letter'}")
    sections, few = word_list("sections.txt"), folded[:12]
    named = sum([word in sections or (word[0] == "و" and word[1:] in sections) for word in few])
    found.append(f"sections={round(3 * named / max(len(few), 1))}")
    if folded and folded[0] in word_list("opening_words.txt"):
        found.append("opens a sentence")
    blanks = len(text) - sum(map(len, words))
    separated = 0
    if blanks > len(words) or _SEPARATING.search(text) is not None:
        separated = len(_SEPARATED.findall(text))
    if separated:
        found.append(f"separated={min(separated, 4)}")
    if _LATIN.search(text):
        found.append("latin")
    digits = len(_DIGIT.findall(text))
    if digits and _CLOCK.search(text):
        found.append("clock")
    if digits:
        found.append("digits" if digits * 4 < len(text) else "mostly digits")
    if len(text) <= LONGEST_FIELD:
        if 2 <= len(words) <= 6 and names_author(text):
            found.append("author")
        if len(words) <= 4 and is_outlet(text):
            found.append("outlet")
    if len(words) > 4 and dateline_of(text) is not None:
        found.append("dateline")
    if text.count("    ") > 1:
        found.append("columns")
    return found


def _shape(item: Item) -> str:
    return f"{bisect_right(_WORDS, item.words)}{'s' if item.sentence else ''}{item.kind or ''}"


@lru_cache(maxsize=1024)
def _beside(shape: str, kind: Kind) -> tuple[tuple[str, str], ...]:
    """The features that a line gives its neighbours, by the step to it."""
    return tuple((f"{step}:{shape}", f"{step}:kind={kind}") for step in _STEPS)


def _bucket(share: float) -> str:
    return "none" if share < 0.1 else "some" if share < 0.4 else "most"


def _nearest(items: Sequence[Item], step: int) -> list[int]:
    """For each line the nearest sentence above it (step 1: -1 if there is none) or below it (step -1: the number of lines)."""
    out, last = [0] * len(items), -1 if step == 1 else len(items)
    for n in range(len(items)) if step == 1 else range(len(items) - 1, -1, -1):
        out[n] = last
        if items[n].sentence:
            last = n
    return out
