"""The language of a page in Arabic letters: Arabic, Persian, Urdu or Kurdish, by the words that only one of them has."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import Literal

import regex

from arabic_news_ner.page.tables import rows

Language = Literal["ar", "fa", "ur", "ckb"]

_WORD = regex.compile(r"[\p{Arabic}\u200c]+")
#: Words of a page that are looked at, and how often as many of the best language as of Arabic say that it is not Arabic.
_WORDS, _SURE = 600, 2
_FEWEST = 3


def language_of(text: str) -> Language | None:
    """The language of a text; ``None`` if too few words tell."""
    counts: dict[str, int] = dict.fromkeys(("ar", "fa", "ur", "ckb"), 0)
    table = _words()
    for match in islice(_WORD.finditer(text), _WORDS):
        if (languages := table.get(match[0])) is not None:
            for language in languages:
                counts[language] += 1
    best = max(counts, key=lambda language: counts[language])
    if best != "ar" and counts[best] < _SURE * counts["ar"]:
        best = "ar"
    return best if counts[best] >= _FEWEST else None  # type: ignore[return-value]


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for language, words in rows("language_words.tsv", 2):
        for word in words.split():
            out[word] = (*out.get(word, ()), language)
    return out
