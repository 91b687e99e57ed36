"""The name under which an entity is listed: its fullest form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from arabic_news_ner.mentions.person_names import parse_words
from arabic_news_ner.mentions.surface_forms import SurfaceForm

_ARABIC = re.compile(r"[\u0621-\u064a]")
_QUOTES = "\"'«»“”„‟‘’"


def canonical_name(groups: Sequence[SurfaceForm], aside: frozenset[int] = frozenset()) -> str:
    """The fullest form of an entity as the article spells it, with nothing attached.

    Of the forms that are no nickname: Arabic before Latin, then the most parts (parts for a person, words
    otherwise), then the nominative (``الحوثيون`` before ``الحوثيين``), then the most frequent, then the first.

    :param aside: numbers of groups that are nicknames or abbreviations, used only where nothing else is there.
    """
    candidates = [g for g in groups if g.number not in aside] or list(groups)
    return unquoted(max(candidates, key=_rank).surface)


def _rank(group: SurfaceForm) -> tuple[bool, int, bool, int, bool, int]:
    size = len(parse_words(group.words)) if group.label == "PER" else len(group.words)
    return (
        _ARABIC.search(group.surface) is not None,
        size,
        not oblique(group.words),
        len(group.mentions),
        group.words[0].startswith("ال"),
        -group.first,
    )


def oblique(words: tuple[str, ...]) -> bool:
    """Does a form stand in the genitive or accusative: ``الحوثيين``, ``أبي مازن``?"""
    return words[0] == "ابي" or words[0] == "ابا" or any(w.endswith("يين") for w in words)


def unquoted(surface: str) -> str:
    """A form without the quotes around it, and without one that has no partner: ``الكرامة” للمياه`` keeps its own."""
    while len(surface) > 2 and surface[0] in _QUOTES and surface[-1] in _QUOTES:
        surface = surface[1:-1].strip()
    return surface
