"""How much an article is about an entity.

``salience = 0.35 headline + 0.15 opening + 0.40 (1 - 0.75 ** mentions) + 0.10 (1 - 0.5 ** roles)``, rounded to four
digits: headline and opening are 1 if the entity occurs in the headline and in the first sentence after it, else 0. In a
text without a headline the first sentence counts as both. A place or an agency in a dateline does not count as the
opening. The score is between 0 and 1; a further mention or role never lowers it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from arabic_news_ner.mentions.spans import MentionSpan
from arabic_news_ner.tagging.protocol import TokenizedText

_HEADLINE = 0.35
_OPENING = 0.15
_FREQUENCY = 0.40
_OFFICE = 0.10
_DATELINE = re.compile(r"[^\n.!?؟]{0,80}?(?:--|[—–]|\s-\s?|\):)")


@dataclass(frozen=True, slots=True)
class Layout:
    """The end of the headline (0 without one) and the first sentence after it, without its dateline."""

    headline: int
    opening: tuple[int, int]


def layout_of(text: TokenizedText, headline: tuple[int, int] | None) -> Layout:
    """The end of the headline and the bounds of the opening sentence.

    :param headline: (start, end) of the headline, where the text has one.
    """
    end = headline[1] if headline else 0
    opening = next((s for s in text.sentences if s.start >= end), None)
    if opening is None:
        stop = text.text.find("\n")
        return Layout(end, (end, len(text.text) if stop < end else stop))
    dateline = _DATELINE.match(text.text, opening.start, opening.end)
    return Layout(end, (dateline.end() if dateline else opening.start, opening.end))


def salience(layout: Layout, mentions: Iterable[MentionSpan], roles: int) -> float:
    """The salience of an entity with these mentions and this number of roles."""
    starts = [m.start for m in mentions]
    begin, end = layout.opening
    opens = any(begin <= s < end for s in starts)
    heads = min(starts, default=layout.headline) < layout.headline if layout.headline else opens
    score = _HEADLINE * heads + _OPENING * opens
    score += _FREQUENCY * (1 - 0.75 ** len(starts)) + _OFFICE * (1 - 0.5**roles)
    return round(score, 4)
