"""Spellings of a foreign name: a key of its consonants, its Latin letters in Arabic, and the edit distance."""

from __future__ import annotations

import re
import unicodedata

from arabic_news_ner.text.cache import cached

_CLASSES = str.maketrans(
    {
        **dict.fromkeys("غقجگ", "ك"),
        **dict.fromkeys("طث", "ت"),
        **dict.fromkeys("ص", "س"),
        **dict.fromkeys("ضظذ", "د"),
        **dict.fromkeys("ح", "ه"),
        **dict.fromkeys("ڤ", "ف"),
        **dict.fromkeys("اوي", None),
    }
)
_SHORTEST = 2
#: Latin letters as Arabic writes them, the longer ones first.
_LATIN = (
    ("tch", "ش"), ("sch", "ش"), ("sh", "ش"), ("ch", "ش"), ("kh", "خ"), ("gh", "ج"), ("th", "ث"), ("dh", "ذ"),
    ("ph", "ف"), ("dj", "ج"), ("ck", "ك"), ("ce", "سي"), ("ci", "سي"), ("zh", "ج"), ("ou", "و"), ("oo", "و"),
    ("a", "ا"), ("b", "ب"), ("c", "ك"), ("d", "د"), ("e", "ي"), ("f", "ف"), ("g", "ج"), ("h", "ه"), ("i", "ي"),
    ("j", "ج"), ("k", "ك"), ("l", "ل"), ("m", "م"), ("n", "ن"), ("o", "و"), ("p", "ب"), ("q", "ق"), ("r", "ر"),
    ("s", "س"), ("t", "ت"), ("u", "و"), ("v", "ف"), ("w", "و"), ("x", "كس"), ("y", "ي"), ("z", "ز"),
)  # fmt: skip
_ARTICLE = re.compile(r"\b(?:al|el|an|ad|ar|as|ash|at|az)[ -]")
_DOTLESS = str.maketrans({"ı": "i", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "đ": "d"})


def transliteration_key(key: str) -> str:
    """The consonants of a folded name; letters for one foreign sound become one. Empty for fewer than two consonants.

    ``مايدوجوري`` and ``مايدوغوري`` have the same key.
    """
    letters = key.removesuffix("ه").replace("تش", "ش").translate(_CLASSES)
    out = "".join(c for i, c in enumerate(letters) if not i or c != letters[i - 1])
    return out if len(out) >= _SHORTEST else ""


@cached(1 << 14)
def in_arabic(latin: str) -> str:
    """A Latin name letter by letter in folded Arabic: ``Imouzzer Kandar`` -> ``يموززيركاندار``."""
    plain = unicodedata.normalize("NFKD", latin.casefold().translate(_DOTLESS))
    plain = _ARTICLE.sub("", "".join(c for c in plain if c.isascii()))
    for letters, arabic in _LATIN:
        plain = plain.replace(letters, arabic)
    return "".join(c for c in plain if c.isalpha() and not c.isascii())


def edit_distance(a: str, b: str) -> int:
    """Insertions, deletions and replacements of letters that turn ``a`` into ``b`` (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        corner, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (x != y))
    return row[-1]
