"""Tables of characters: marks, invisible characters, and variants of one letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

TATWEEL: Final = "\u0640"

#: Vowel signs, Quranic marks and superscript alef (Unicode block Arabic, category Mn).
TASHKEEL: Final = frozenset(
    chr(c)
    for c in (
        *range(0x0610, 0x061B),
        *range(0x064B, 0x0660),
        0x0670,
        *range(0x06D6, 0x06DD),
        0x06DF,
        *range(0x06E0, 0x06E5),
        0x06E7,
        0x06E8,
        *range(0x06EA, 0x06EE),
        *range(0x08D3, 0x0900),
    )
    if unicodedata.category(chr(c)) == "Mn"
)

#: Zero-width characters in scraped text: joiners, direction marks, isolates, BOM, soft hyphen.
INVISIBLE: Final = frozenset(
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)

#: Letters of other keyboards in place of the Arabic ones (Persian, Urdu, Kurdish, Uyghur forms).
KEYBOARD_VARIANTS: Final = {
    "\u06cc": "\u064a",  # Farsi yeh
    "\u06d2": "\u064a",  # yeh barree
    "\u06a9": "\u0643",  # keheh
    "\u06aa": "\u0643",  # swash kaf
    "\u06c1": "\u0647",  # heh goal
    "\u06d5": "\u0647",  # ae
    "\u06be": "\u0647",  # heh doachashmee
    "\u06c0": "\u0629",  # heh with yeh above
    "\u0671": "\u0627",  # alef wasla
}


#: The most marks on one letter that Unicode's sorting handles fast; news has at most two.
_MANY_MARKS: Final = 30


def compose(text: str) -> str:
    """NFKC in linear time. Python sorts the marks on one letter by insertion, which takes minutes for a hostile text
    with a hundred thousand marks on a letter."""
    if len(text) <= _MANY_MARKS:
        return unicodedata.normalize("NFKC", text)
    parts: list[str] = []
    marks: list[str] = []
    for character in _decomposed(text):
        if unicodedata.combining(character):
            marks.append(character)
        else:
            parts += sorted(marks, key=unicodedata.combining)
            marks.clear()
            parts.append(character)
    return unicodedata.normalize("NFC", "".join(parts + sorted(marks, key=unicodedata.combining)))


def _decomposed(text: str) -> Iterator[str]:
    """The characters of a text decomposed one by one (NFKD without its sorting)."""
    for character in text:
        yield from unicodedata.normalize("NFKD", character)


@lru_cache(maxsize=1 << 13)
def model_character(character: str) -> str:
    """What the model reads for one character of the text: possibly nothing, possibly several characters.

    Compatibility forms are decomposed (NFKC: presentation forms, ligatures, wide Latin), marks, tatweel and
    invisible signs dropped, keyboard variants and digits unified. Hamza and ta marbuta are kept.
    """
    if character in TASHKEEL or character in INVISIBLE or character == TATWEEL:
        return ""
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    out = []
    for c in unicodedata.normalize("NFKC", character):
        if c in TASHKEEL or c in INVISIBLE or c == TATWEEL:
            continue
        if c.isdecimal():
            c = str(unicodedata.decimal(c))
        out.append(KEYBOARD_VARIANTS.get(c, c))
    return "".join(out)
