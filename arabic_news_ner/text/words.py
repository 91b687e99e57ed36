"""The words of names in the form in which names are compared."""

from __future__ import annotations

import re

from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.fold import fold, fold_token

__all__ = ["bare", "fold", "fold_token", "split_words", "word_set"]

_WORD = re.compile(r"[^\W_]+")


@cached(1 << 14)
def split_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, without its quotes, points and hyphens: ``"أرامكو" السعودية`` has two."""
    return tuple(_WORD.findall(fold(name)))


def bare(word: str) -> str:
    """A folded word without its article: ``العامري`` -> ``عامري``. Short words keep it (``الله``)."""
    return word[2:] if len(word) > 4 and word.startswith("ال") else word


def word_set(table: str) -> frozenset[str]:
    """The words of a table of the rules, folded."""
    return frozenset(split_words(table))
