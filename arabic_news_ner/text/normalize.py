"""Normalization of a text, aligned character by character to the original.

A profile is a list of named rules. They are applied to each cluster (a character with its composing marks) until
nothing changes, so normalizing a second time changes nothing.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from arabic_news_ner.errors import InputError
from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.characters import INVISIBLE, KEYBOARD_VARIANTS, TASHKEEL, TATWEEL, compose
from arabic_news_ner.text.checks import check_text
from arabic_news_ner.text.profiles import PACKAGE_PROFILES

Rule = Callable[[str], str]

#: Marks that change the letter before them: maddah, hamza above and below (U+0653 to U+0655).
COMPOSING: Final = frozenset("\u0653\u0654\u0655")
_LINE_BREAKS: Final = frozenset("\u0085\u000b\u000c\u2028\u2029")


def compatibility(cluster: str) -> str:
    """Presentation forms, ligatures and wide letters as plain ones (NFKC): ``ﻻ`` -> ``لا``, ``ﷲ`` -> ``الله``, ``ا`` + hamza
    above -> ``أ``."""
    return compose(cluster)


def marks(character: str) -> str:
    """Vowel signs and Quranic marks dropped: ``مُحَمَّد`` -> ``محمد``."""
    return "" if character in TASHKEEL else character


def tatweel(character: str) -> str:
    """The stretching sign dropped: ``العـــراق`` -> ``العراق``."""
    return "" if character == TATWEEL else character


def invisible(character: str) -> str:
    """Joiners, direction marks and byte order marks dropped."""
    return "" if character in INVISIBLE else character


def keyboard(character: str) -> str:
    """Letters of Persian and Urdu keyboards as the Arabic ones: ``الرئاسی`` -> ``الرئاسي``, ``مبارک`` -> ``مبارك``."""
    return KEYBOARD_VARIANTS.get(character, character)


def blanks(character: str) -> str:
    """Every kind of blank as a plain one, every kind of line break as ``\\n``."""
    if character in _LINE_BREAKS:
        return "\n"
    return " " if unicodedata.category(character) == "Zs" else character


def digits(character: str) -> str:
    """Arabic-Indic, Persian and other digits as 0 to 9: ``٢٠٢٤`` -> ``2024``."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def alef(character: str) -> str:
    """One alef: ``أ إ آ`` -> ``ا``."""
    return "ا" if character in "أإآ" else character


def hamza(character: str) -> str:
    """Hamza carried by و or ي as that letter, hamza alone dropped: ``مسؤول`` -> ``مسوول``."""
    return {"ؤ": "و", "ئ": "ي", "ء": ""}.get(character, character)


def maksura(character: str) -> str:
    """Alef maksura as yeh: ``مصطفى`` -> ``مصطفي``."""
    return "ي" if character == "ى" else character


def marbuta(character: str) -> str:
    """Ta marbuta as heh: ``القاهرة`` -> ``القاهره``."""
    return "ه" if character == "ة" else character


def case(character: str) -> str:
    """Latin letters small: ``CNN`` -> ``cnn``."""
    return character.casefold()


_READABLE: Final[tuple[Rule, ...]] = (compatibility, marks, tatweel, invisible, keyboard, blanks, digits)

#: The rules of each profile. ``news`` keeps the spelling and is readable; ``search`` folds spellings that people mix;
#: ``none`` changes nothing.
PROFILES: Final[dict[str, tuple[Rule, ...]]] = {
    "news": _READABLE,
    "search": (*_READABLE, alef, hamza, maksura, marbuta, case),
    "none": (),
}


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalized text with its alignment to the original.

    ``starts[i]`` and ``ends[i]`` are the half-open range of ``original`` that character i of ``text`` comes from; both never
    fall from one character to the next.
    """

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original that ``text[start:end]`` comes from, without dropped characters at its edges.

        An empty range gives the empty range at the same place. :raises InputError: if it is outside ``text``.
        """
        if not 0 <= start <= end <= len(self.text):
            raise InputError(f"range {start}:{end} does not lie in the normalized text of {len(self.text)} characters")
        if start < end:
            return self.starts[start], self.ends[end - 1]
        at = self.starts[start] if start < len(self.text) else len(self.original)
        return at, at

    def from_original(self, start: int, end: int) -> tuple[int, int]:
        """The range of ``text`` that comes from ``original[start:end]``: every character that has a part in it.

        :raises InputError: if it is outside ``original``.
        """
        if not 0 <= start <= end <= len(self.original):
            raise InputError(f"range {start}:{end} does not lie in the original of {len(self.original)} characters")
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))


def normalize(text: str, profile: str = "news") -> Normalized:
    """Normalize ``text``, with the alignment to the original.

    :param profile: ``"news"`` (readable: marks, tatweel and invisible signs dropped, forms, letters, blanks and digits
        unified), ``"search"`` (also one alef, no hamza, ى as ي, ة as ه, small Latin letters), ``"none"``, or a profile
        of another package: ``"camel"``, ``"pyarabic"``, ``"arabert-like"`` (see :mod:`arabic_news_ner.text.profiles`).
    :raises InputError: if ``text`` is not a str or the profile is unknown.
    """
    check_text(text)
    if profile in PACKAGE_PROFILES:
        edited = PACKAGE_PROFILES[profile](text)
        return Normalized(text, edited.text, edited.starts, edited.ends)
    if profile not in PROFILES:
        raise InputError(f"profile {profile!r} is unknown; there are {', '.join((*PROFILES, *PACKAGE_PROFILES))}")
    current, starts, ends = text, list(range(len(text))), list(range(1, len(text) + 1))
    while True:
        out: list[str] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        at = 0
        for cluster in _clusters(current):
            result = _apply(profile, cluster)
            after = at + len(cluster)
            out.append(result)
            if len(result) == len(cluster):  # one for one
                new_starts += starts[at:after]
                new_ends += ends[at:after]
            else:
                new_starts += [starts[at]] * len(result)
                new_ends += [ends[after - 1]] * len(result)
            at = after
        changed = "".join(out)
        if changed == current:
            return Normalized(text, current, tuple(starts), tuple(ends))
        current, starts, ends = changed, new_starts, new_ends


def _clusters(text: str) -> list[str]:
    """The characters of a text, each with the composing marks after it."""
    if text.isascii() or COMPOSING.isdisjoint(text):
        return list(text)
    starts = [at for at, character in enumerate(text) if not at or character not in COMPOSING]
    return [text[a:b] for a, b in pairwise([*starts, len(text)])]


@cached(1 << 14, texts=2)
def _apply(profile: str, cluster: str) -> str:
    rules = PROFILES[profile]
    if not rules:
        return cluster
    if rules[0] is compatibility:
        cluster, rules = compatibility(cluster), rules[1:]
    for rule in rules:
        cluster = "".join(map(rule, cluster))
    return cluster
