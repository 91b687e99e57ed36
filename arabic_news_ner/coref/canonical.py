"""The canonical name of an entity: its fullest form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.mentions.person_names import parse_words
from arabic_news_ner.mentions.surface_forms import SurfaceForm

_ARABIC = re.compile(r"[\u0621-\u064a]")
_QUOTES = "\"'«»“”„‟‘’"


def canonical_name(forms: Sequence[SurfaceForm], non_canonical: frozenset[int], lexicon: Lexicon) -> str:
    """The fullest form of an entity as the article spells it, without attached letters. Order of preference: Arabic
    before Latin, then the most parts (parts for a person, words
    otherwise), then the nominative (``الحوثيون`` before ``الحوثيين``), then the most frequent, then the first.

    :param non_canonical: numbers of the forms that are nicknames or abbreviations. They are used only if there is no
        other form.
    """
    candidates = [f for f in forms if f.number not in non_canonical] or list(forms)
    best = max(candidates, key=lambda form: _rank(form, lexicon)) if len(candidates) > 1 else candidates[0]
    return unquoted(best.surface)


def _rank(form: SurfaceForm, lexicon: Lexicon) -> tuple[bool, int, bool, int, bool, int]:
    size = len(parse_words(form.words, lexicon)) if form.label == "PER" else len(form.words)
    return (
        _ARABIC.search(form.surface) is not None,
        size,
        not oblique(form.words),
        len(form.mentions),
        form.words[0].startswith("ال"),
        -form.first,
    )


def oblique(words: tuple[str, ...]) -> bool:
    """Is a form in the genitive or accusative: ``الحوثيين``, ``أبي مازن``?"""
    return words[0] == "ابي" or words[0] == "ابا" or any(w.endswith("يين") for w in words)


def unquoted(surface: str) -> str:
    """A form without the quotes around it and without a single unpaired quote; ``الكرامة” للمياه`` keeps its quote."""
    while len(surface) > 2 and surface[0] in _QUOTES and surface[-1] in _QUOTES:
        surface = surface[1:-1].strip()
    return surface
