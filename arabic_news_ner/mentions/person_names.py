"""The grammar of a person's name: its parts are given names, a kunya, a patronymic or a family name.

``أحمد بن عبد العزيز آل ثاني`` has three parts: أحمد, بن عبدالعزيز, آل ثاني. Spellings with and without a space have the
same parts: ``عبد الله/عبدالله``, ``أبو مازن/ابومازن``, ``بن جلون/بنجلون``, ``نصر الله/نصرالله``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.words import split_words

Kind = Literal["name", "servant", "kunya", "mother", "son", "house", "initial", "number"]

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


@cached(1 << 14)
def parse(name: str, lexicon: Lexicon) -> tuple[NamePart, ...]:
    """The parts of a person's name as written."""
    return parse_words(split_words(name), lexicon)


@cached(1 << 14)
def parse_words(words: tuple[str, ...], lexicon: Lexicon) -> tuple[NamePart, ...]:
    """The parts of a name in folded words. Titles at the start are left out if a name remains."""
    words = without_titles(words, lexicon)
    parts: list[NamePart] = []
    at = 0
    while at < len(words):
        part, at = _part(words, at, lexicon)
        parts.append(part)
    return tuple(parts)


def without_titles(words: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """``الشيخ تميم`` -> ``تميم``; ``الشيخ`` alone stays, and so does the family name in ``تركي آل الشيخ``."""
    at = 0
    while at < len(words) - 1 and words[at] in lexicon["title"] and words[at + 1] not in lexicon["number"]:
        at += 1
    return words[at:]


def _part(words: tuple[str, ...], at: int, lexicon: Lexicon) -> tuple[NamePart, int]:
    """The part that begins at word ``at``, and where the next begins."""
    word = words[at]
    if at + 1 < len(words):
        if word in lexicon["son"]:
            core, after = _core(words, at + 1, lexicon)
            return NamePart("son", core), after
        if word in lexicon["kunya"] or (word in lexicon["mother"] and not (at and len(words[at + 1]) < 3)):
            core, after = _core(words, at + 1, lexicon)
            return NamePart("kunya" if word in lexicon["kunya"] else "mother", core), after
        if word in lexicon["house"]:
            return NamePart("house", words[at + 1]), at + 2
    if word in lexicon["number"] and at:
        return NamePart("number", word), at + 1
    if len(word) == 1 and at + 1 < len(words):
        return NamePart("initial", word), at + 1
    if (son := glued_son(word)) is not None:
        return NamePart("son", son), at + 1
    if (kunya := glued_kunya(word)) is not None:
        return NamePart("kunya", kunya), at + 1
    core, after = _core(words, at, lexicon)
    return NamePart("servant" if core.startswith("عبدال") else "name", core), after


def _core(words: tuple[str, ...], at: int, lexicon: Lexicon) -> tuple[str, int]:
    """A name of one or two words: ``عبد الله``, ``نصر الله``, ``أبي بكر`` (after بن)."""
    word = words[at]
    if at + 1 < len(words):
        if servant_of(word, words[at + 1], lexicon) or words[at + 1] in lexicon["second_half"]:
            return word + words[at + 1], at + 2
        if word in lexicon["kunya"] or word in lexicon["mother"]:
            return "ابو" + words[at + 1], at + 2
    return word, at + 1


def servant_of(word: str, following: str, lexicon: Lexicon) -> bool:
    """``عبد`` and an attribute of God are one name: ``عبد الرحمن``, ``عبد ربه``. ``عبده`` is a name by itself."""
    return word in lexicon["servant"] and (following.startswith("ال") or following in {"ربه", "رب"})


def glued_son(word: str) -> str | None:
    """``بنجلون`` -> ``جلون``, ``بنعبدالله`` -> ``عبدالله``; not ``بندر``, ``بنان``: at least four letters remain."""
    return word[2:] if word.startswith("بن") and len(word) >= 6 else None


def glued_kunya(word: str) -> str | None:
    """``ابومازن``, ``أبوعاقلة`` -> the name after أبو; not ``ابوب``: at least three letters remain."""
    return word[3:] if word.startswith("ابو") and len(word) >= 6 else None
