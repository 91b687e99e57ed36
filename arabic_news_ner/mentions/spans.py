"""A mention on its way to an entity: where it stands, and its form with nothing attached."""

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
    """A name as the text spells it, with nothing attached, and its folded words."""

    surface: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """A mention on its way to an entity.

    ``start`` and ``end`` are offsets in the text, ``first`` and ``last`` number its words (both half-open); ``seen`` by the
    tagger, or found because its form was seen.
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
    """A form without the blanks, stretches and invisible signs at its edges: ``ـCNN`` -> ``CNN``."""
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
