"""The grammar of a person's name: words to parts, each a given name, a kunya, a patronymic or a family name.

``أحمد بن عبد العزيز آل ثاني`` has three parts: أحمد, بن عبدالعزيز, آل ثاني. What is written with and without a space
reads the same: ``عبد الله/عبدالله``, ``أبو مازن/ابومازن``, ``بن جلون/بنجلون``, ``نصر الله/نصرالله``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from arabic_news_ner.text.words import split_words, word_set

Kind = Literal["name", "servant", "kunya", "mother", "son", "house", "initial", "number"]

_KUNYA = {"ابو": "ابو", "ابي": "ابو", "ابا": "ابو", "بو": "ابو", "ام": "ام"}
_SON = frozenset({"بن", "ابن", "بنت", "ولد"})
_HOUSE = frozenset({"ال"})
#: Second halves that belong to the word before them: نصر الله, صلاح الدين, سيف الإسلام.
_SECOND = frozenset({"الله", "الدين", "الاسلام"})
#: Titles that a tagger may leave on a name.
TITLES = word_set("""
    الملك الملكه الامير الاميره الشيخ الشيخه السيد السيده الدكتور الدكتوره دكتور دكتوره المهندس المهندسه الاستاذ
    الاستاذه الحاج الرئيس البابا السلطان المرحوم الشهيد الشهيده الفنان الفنانه النجم الكابتن
    """)
NUMBERS = word_set("""
    الاول الاولي الثاني الثانيه الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر عشر الابن الاب
    """)


_PARTICLES: dict[Kind, str] = {"kunya": "ابو", "mother": "ام ", "son": "بن", "house": "ال "}


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of a name: ``core`` without its particle, ``key`` with it."""

    kind: Kind
    core: str

    @property
    def key(self) -> str:
        """``بنسلمان``, ``ابومازن``, ``الثاني``: particle and core in one word."""
        return _PARTICLES.get(self.kind, "") + self.core


@lru_cache(maxsize=1 << 14)
def parse(name: str) -> tuple[NamePart, ...]:
    """The parts of a person's name as written."""
    return parse_words(split_words(name))


@lru_cache(maxsize=1 << 14)
def parse_words(words: tuple[str, ...]) -> tuple[NamePart, ...]:
    """The parts of a name in folded words; leading titles are left out where a name remains."""
    words = without_titles(words)
    parts: list[NamePart] = []
    at = 0
    while at < len(words):
        part, at = _part(words, at)
        parts.append(part)
    return tuple(parts)


def without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    """``الشيخ تميم`` -> ``تميم``; ``الشيخ`` alone stays, and so does the family name in ``تركي آل الشيخ``."""
    at = 0
    while at < len(words) - 1 and words[at] in TITLES and words[at + 1] not in NUMBERS:
        at += 1
    return words[at:]


def _part(words: tuple[str, ...], at: int) -> tuple[NamePart, int]:
    """The part that begins at word ``at``, and where the next begins."""
    word = words[at]
    if at + 1 < len(words):
        if word in _SON:
            core, after = _core(words, at + 1)
            return NamePart("son", core), after
        if word in _KUNYA and not (word == "ام" and at and len(words[at + 1]) < 3):
            core, after = _core(words, at + 1)
            return NamePart("mother" if word == "ام" else "kunya", core), after
        if word in _HOUSE:
            return NamePart("house", words[at + 1]), at + 2
    if word in NUMBERS and at:
        return NamePart("number", word), at + 1
    if len(word) == 1 and at + 1 < len(words):
        return NamePart("initial", word), at + 1
    if (son := glued_son(word)) is not None:
        return NamePart("son", son), at + 1
    if (kunya := glued_kunya(word)) is not None:
        return NamePart("kunya", kunya), at + 1
    core, after = _core(words, at)
    return NamePart("servant" if core.startswith("عبدال") else "name", core), after


def _core(words: tuple[str, ...], at: int) -> tuple[str, int]:
    """A name of one or two words: ``عبد الله``, ``نصر الله``, ``أبي بكر`` (after بن)."""
    word = words[at]
    if at + 1 < len(words):
        if servant_of(word, words[at + 1]) or words[at + 1] in _SECOND:
            return word + words[at + 1], at + 2
        if word in _KUNYA:
            return "ابو" + words[at + 1], at + 2
    return word, at + 1


def servant_of(word: str, following: str) -> bool:
    """``عبد`` and an attribute of God are one name: ``عبد الرحمن``, ``عبد ربه``; ``عبده`` stands alone."""
    return word in {"عبد", "العبد", "عبيد", "امه"} and (following.startswith("ال") or following in {"ربه", "رب"})


def glued_son(word: str) -> str | None:
    """``بنجلون`` -> ``جلون``, ``بنعبدالله`` -> ``عبدالله``; not ``بندر``, ``بنان``: at least four letters remain."""
    return word[2:] if word.startswith("بن") and len(word) >= 6 else None


def glued_kunya(word: str) -> str | None:
    """``ابومازن``, ``أبوعاقلة`` -> the name after أبو; not ``ابوب``: at least three letters remain."""
    return word[3:] if word.startswith("ابو") and len(word) >= 6 else None
