"""A mention in the pipeline: its position and its form without attached letters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.text.characters import INVISIBLE, TATWEEL
from arabic_news_ner.text.clitics import follows_attached_l, missing_letters
from arabic_news_ner.text.words import fold
from arabic_news_ner.types import Label

#: Signs that open, and the one that closes each; quotes of one shape for both; any two quotes of one article may be a pair.
_CLOSED_BY: Final = {"(": ")", "[": "]", "«": "»"}
_QUOTES: Final = frozenset('"“”„‟″')
_EDGES = "".join(INVISIBLE) + TATWEEL + " \t\n\r\u00a0"


@dataclass(frozen=True, slots=True)
class Form:
    """A name as the text spells it, without attached letters, and its folded words."""

    surface: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """A mention before it belongs to an entity.

    ``start`` and ``end`` are offsets in the text; ``first`` and ``last`` are numbers of words (both half-open). ``seen``: the
    tagger found it; otherwise the rescan did.
    """

    start: int
    end: int
    first: int
    last: int
    label: Label
    subtype: str | None
    score: float | None
    form: Form
    seen: bool = True


def clean_surface(text: str) -> str:
    """A form without blanks, tatweel and invisible signs at its edges: ``ـCNN`` -> ``CNN``."""
    stretched = text.rstrip().endswith("هـ")  # the year 1436 هـ
    return text.strip(_EDGES) + (TATWEEL if stretched else "")


def without_unmatched_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of ``text[start:end]`` without brackets and quotes at its edges whose other half is outside: ``الأحواز"`` ends
    before the quote, ``حزب "القوات"`` does not. The work grows with the span."""
    alone = _unmatched_brackets(text, start, end)
    half_a_quote = sum(text[at] in _QUOTES for at in range(start, end)) % 2 == 1
    first, last = start, end - 1
    while first < last and (text[last].isspace() or last in alone or (half_a_quote and text[last] in _QUOTES)):
        half_a_quote &= text[last] not in _QUOTES
        last -= 1
    while first < last and (text[first].isspace() or first in alone or (half_a_quote and text[first] in _QUOTES)):
        half_a_quote &= text[first] not in _QUOTES
        first += 1
    return first, last + 1


def _unmatched_brackets(text: str, start: int, end: int) -> set[int]:
    """Where brackets stand whose other half is not between ``start`` and ``end``."""
    opened: dict[str, list[int]] = {closing: [] for closing in _CLOSED_BY.values()}
    alone = set()
    for at in range(start, end):
        if text[at] in _CLOSED_BY:
            opened[_CLOSED_BY[text[at]]].append(at)
        elif text[at] in opened:
            if opened[text[at]]:
                opened[text[at]].pop()
            else:
                alone.add(at)
    return alone.union(*opened.values())


def restore(
    text: str,
    token_start: int,
    start: int,
    end: int,
    words: tuple[str, ...],
    forms: Collection[tuple[str, ...]],
    known: Collection[str],
    lexicon: Lexicon,
) -> Form:
    """The form of the name at ``text[start:end]`` whose first token begins at ``token_start``: ``لمجلس`` of ``للمجلس`` is
    ``المجلس``. ``forms`` and ``known`` are those of the article, see :func:`arabic_news_ner.text.clitics.missing_letters`."""
    surface = clean_surface(text[start:end])
    if not words:
        return Form(surface or text[start:end], (fold(text[start:end]),))
    if not follows_attached_l(text, token_start, start):
        return Form(surface, words)
    letters = missing_letters(words, forms, known, lexicon["takes_article"], lexicon["own_letter"])
    return Form(letters + surface, (letters + words[0], *words[1:]))
