"""Folding: the form of letters and words for comparison."""

from __future__ import annotations

from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.characters import model_character

_LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": "", "گ": "ك", "پ": "ب"}


#: Code points below are kept in the table: all letters of news; a text of every other one leaves nothing.
_KEPT = 0x10000


class _Table(dict[int, str]):
    """Code point -> folded letters, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = "".join(_LETTERS.get(c, c) for c in model_character(chr(code))).casefold()
        if code < _KEPT:
            self[code] = folded
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """Fold a text for comparing names: no marks, one alef, no hamza, ى as ي, ة as ه, Latin letters small.

    ``إسْراء`` and ``اسراء`` are one, and so are ``القاهرة`` and ``القاهره``.
    """
    return text.translate(_TABLE)


@cached(1 << 16)
def fold_token(token: str) -> str:
    """Fold a token; empty if it has neither a letter nor a digit."""
    folded = token.translate(_TABLE)
    return folded if any(map(str.isalnum, folded)) else ""
