"""Vowel signs and shadda: if a text writes them, they distinguish ``عمّان`` and ``عُمان``."""

from __future__ import annotations

from collections.abc import Iterator

_VOWELS = frozenset("\u064e\u064f\u0650")
_SHADDA = "\u0651"
_SIGNS = _VOWELS | {_SHADDA}


def has_signs(name: str) -> bool:
    """Does a name have a short vowel or a shadda?"""
    return not _SIGNS.isdisjoint(name)


def signs_conflict(written: str, name: str) -> bool:
    """Do the signs of a name in the text contradict the signs of a name in the tables?

    If both write a vowel, it must be the same; a shadda must be in both or in neither. ``عَمّان`` agrees with
    ``عمّان``, not with ``عُمان``. Names with different letters are not compared.
    """
    one, other = list(_letters(written)), list(_letters(name))
    if len(one) != len(other):
        return False
    return any(
        (_SHADDA in a) != (_SHADDA in b) or (a & _VOWELS and b & _VOWELS and a & _VOWELS != b & _VOWELS)
        for (_, a), (_, b) in zip(one, other, strict=True)
    )


def _letters(name: str) -> Iterator[tuple[str, set[str]]]:
    letter, signs = "", set[str]()
    for character in name:
        if character in _SIGNS:
            signs.add(character)
        elif character.isalpha():
            if letter:
                yield letter, signs
            letter, signs = character, set()
    if letter:
        yield letter, signs
