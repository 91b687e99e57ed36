"""A mention in the pipeline: its position and its form without attached letters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.text.characters import INVISIBLE, TATWEEL
from arabic_news_ner.text.clitics import follows_attached_l, missing_letters
from arabic_news_ner.text.words import fold
from arabic_news_ner.types import Label

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
