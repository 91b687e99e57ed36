"""How much an article is about an entity.

``salience = 0.35 headline + 0.15 opening + 0.40 (1 - 0.75 ** mentions) + 0.10 (1 - 0.5 ** roles)``, rounded to four
digits: headline and opening are 1 where the entity is named in the headline and in the first sentence after it, and 0
otherwise; a text without a headline counts its first sentence as both. A place or an agency in a dateline is not
named in the opening. The score lies between 0 and 1, and a further mention or role never lowers it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from arabic_news_ner.mentions.spans import Found
from arabic_news_ner.tagging.protocol import TokenizedText

_HEADLINE = 0.35
_OPENING = 0.15
_FREQUENCY = 0.40
_OFFICE = 0.10
_LONGEST_HEADLINE = 200
_DATELINE = re.compile(r"[^\n.!?؟]{0,80}?(?:--|[—–]|\s-\s?|\):)")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headline ends (0: there is none), and the first sentence after it, without its dateline."""

    headline: int
    opening: tuple[int, int]


def layout_of(text: TokenizedText) -> Layout:
    """The headline and the opening sentence of a text.

    A headline is a first sentence that fills its line without a full stop, with at most 200 characters, and more text
    under it.
    """
    sentences = text.sentences
    if not sentences:
        end = text.text.find("\n")
        return Layout(0, (0, len(text.text) if end < 0 else end))
    first = sentences[0]
    headed = (
        len(sentences) > 1
        and "\n" in text.text[first.end : sentences[1].start]
        and first.end - first.start <= _LONGEST_HEADLINE
        and not text.text[first.start : first.end].rstrip().endswith(".")
    )
    opening = sentences[1] if headed else first
    dateline = _DATELINE.match(text.text, opening.start, opening.end)
    begin = dateline.end() if dateline else opening.start
    return Layout(first.end if headed else 0, (begin, opening.end))


def salience(layout: Layout, mentions: Iterable[Found], roles: int) -> float:
    """The salience of an entity with these mentions and this number of roles."""
    starts = [m.start for m in mentions]
    begin, end = layout.opening
    opens = any(begin <= s < end for s in starts)
    heads = any(s < layout.headline for s in starts) if layout.headline else opens
    score = _HEADLINE * heads + _OPENING * opens
    score += _FREQUENCY * (1 - 0.75 ** len(starts)) + _OFFICE * (1 - 0.5**roles)
    return round(score, 4)
