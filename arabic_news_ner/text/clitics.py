"""What may be attached to the front of a name: the readings of one word, without a choice among them.

A conjunction (و and, ف so) may stand first, then a preposition (ب in, ل to, ك like). Behind ل the article drops its alef
(``ل + المجلس`` is written ``للمجلس``), and where the noun itself begins with ل the whole article goes (``ل + اللجنة`` is written
``للجنة``). Which reading holds is for those to say who know the names of the text.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from arabic_news_ner.text.characters import INVISIBLE, TASHKEEL, TATWEEL

#: What may be attached, longest first.
PREFIXES: Final = ("وب", "ول", "وك", "فب", "فل", "فك", "و", "ف", "ب", "ل", "ك")
#: The letters of which these are made.
LETTERS: Final = frozenset("".join(PREFIXES))
#: Signs that are written on or between letters and are none.
SILENT: Final = TASHKEEL | INVISIBLE | {TATWEEL}
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: ``word[start:]`` is the name as written, ``stem`` the name with nothing attached."""

    prefix: str
    start: int
    stem: str


@lru_cache(maxsize=1 << 15)
def readings(word: str) -> tuple[Reading, ...]:
    """Every way to read a word as letters attached to a name; the word as it is comes first.

    ``وبطرابلس`` has طرابلس behind وب and بطرابلس behind و; ``للمجلس`` has المجلس behind ل; ``للجنة`` has اللجنة.

    :param word: one token; vowel signs, tatweel and invisible signs in it stay with the letter before them.
    """
    out = [Reading("", 0, word)]
    for letters in range(1, 3):
        start = after_letters(word, letters)
        prefix = "".join(c for c in word[:start] if c not in SILENT)
        rest = word[start:]
        if prefix not in PREFIXES or sum(c not in SILENT for c in rest) < _SHORTEST:
            break
        out.append(Reading(prefix, start, rest))
        if prefix.endswith("ل") and rest.startswith("ل"):
            out += [Reading(prefix, start, lost + rest) for lost in ("ا", "ال")]
    return tuple(out)


def stem_among(word: str, known: Container[str]) -> str | None:
    """The word as it is, or what stands behind letters attached to it, where it is among ``known``: ``بمطار`` -> ``مطار``.

    :param word: one folded word, without signs between its letters.
    """
    stems = (word, *(word[len(prefix) :] for prefix in PREFIXES if word.startswith(prefix)))
    return next((stem for stem in stems if stem in known), None)


def after_letters(word: str, letters: int) -> int:
    """Where the next letter begins behind the first ``letters`` letters of a word and the signs written on them."""
    at = 0
    for _ in range(letters):
        at += 1
        while at < len(word) and word[at] in SILENT:
            at += 1
    return min(at, len(word))
