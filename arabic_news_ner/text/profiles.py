"""Profiles that give what the functions of other packages give, with the alignment to the original."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from arabic_news_ner.text.characters import TASHKEEL, TATWEEL, compose
from arabic_news_ner.text.edits import Edit, Edited
from arabic_news_ner.text.profile_arabert import arabert_like

Profile = Callable[[str], Edited]

#: The eight vowel signs and the dagger alef, which CAMeL Tools calls diacritics.
_CAMEL_DIACRITICS: Final = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
_CAMEL_LETTERS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_CAMEL_DIACRITICS, ""),
    **dict.fromkeys("إأٱآ", "ا"),
    "ى": "ي",
    "ة": "ه",
}
#: Words that CAMeL Tools writes out itself, before Unicode does.
_CAMEL_SIGNS: Final[Mapping[str, str]] = {"\ufdfc": "ريال", "\ufdfd": "بسم الله الرحمن الرحيم"}

_PYARABIC_LETTERS: Final[Mapping[str, str]] = {
    **dict.fromkeys((mark for mark in TASHKEEL if mark <= "\u06ed"), ""),
    TATWEEL: "",
    **dict.fromkeys("\ufef5\ufef7\ufef9\ufefb", "لا"),
    **dict.fromkeys("آأإٱى", "ا"),
    "ة": "ه",
}


def camel(text: str) -> Edited:
    """``camel_tools.utils``: ``normalize_unicode``, then ``dediac_ar``, ``normalize_alef_ar``,
    ``normalize_alef_maksura_ar``, ``normalize_teh_marbuta_ar``.

    ``إِلَى ﺍﻟﻤَﺪْﺭَﺳَﺔِ`` -> ``الي المدرسه``. This is the order of the package's own guide: Unicode first, alef before alef
    maksura before teh marbuta. Only the first place matters: the other four touch different characters. Tatweel,
    Quranic marks (all but the dagger alef), hamza on و and ي, Persian letters and digits stay.
    """
    unicode = Edited.of(text)
    if not unicodedata.is_normalized("NFKC", text) or not _CAMEL_SIGNS.keys().isdisjoint(text):
        unicode = unicode.edit(_camel_unicode(text))
    return unicode.map(_CAMEL_LETTERS)


def pyarabic(text: str) -> Edited:
    """``pyarabic.araby``: ``strip_diacritics``, ``strip_tatweel``, ``normalize_ligature``, ``normalize_alef``,
    ``normalize_teh``, in this order.

    ``ﻷُمَّــةٌ`` -> ``لامه``. The order matters once: a dagger alef is dropped with the diacritics (``هٰذا`` -> ``هذا``), where
    ``normalize_alef`` alone would write it as ا. That function also writes ى as ا: ``إلى`` -> ``الا``. Of the presentation
    forms only the four lam-alef in isolation change. Hamza on و and ي stays.
    """
    return Edited.of(text).map(_PYARABIC_LETTERS)


#: The profiles named after other packages.
PACKAGE_PROFILES: Final[Mapping[str, Profile]] = {
    "camel": camel,
    "pyarabic": pyarabic,
    "arabert-like": arabert_like,
}


def _camel_unicode(text: str) -> Iterator[Edit]:
    for start, end in composition_clusters(text):
        old = text[start:end]
        new = compose("".join(_CAMEL_SIGNS.get(c, c) for c in old))
        if new != old:
            yield start, end, new


def composition_clusters(text: str) -> Iterator[tuple[int, int]]:
    """The shortest ranges that Unicode composes each for itself: a letter with the marks after it, as ``ا`` + hamza above,
    or the parts of a syllable in scripts that have them."""
    start = 0
    for i in range(1, len(text)):
        if _begins_anew(text, start, i):
            yield start, i
            start = i
    if text:
        yield start, len(text)


def _begins_anew(text: str, start: int, i: int) -> bool:
    """Does nothing of ``text[i]`` compose with ``text[start:i]``, nor change places with its marks?"""
    character = text[i]
    if character < "\u0300" or "\u0620" <= character <= "\u064a":
        return True
    if unicodedata.combining(unicodedata.normalize("NFKD", character)[0]):
        return False
    before = text[start:i]
    composed = unicodedata.normalize("NFKC", before + character)
    return composed == unicodedata.normalize("NFKC", before) + unicodedata.normalize("NFKC", character)
