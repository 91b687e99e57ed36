"""Checks of the input: is it a text, and does it have Arabic letters?"""

from __future__ import annotations

import regex

from arabic_news_ner.errors import InputError

_ARABIC_LETTER = regex.compile(r"[\p{Arabic}&&\p{L}]", regex.VERSION1)


def check_text(text: object, what: str = "the text") -> str:
    """The same text, if it is one.

    :raises InputError: if it is not a str, with the remedy for bytes and for None.
    """
    if isinstance(text, str):
        return text
    if isinstance(text, (bytes, bytearray, memoryview)):
        remedy = "Decode it first: data.decode('utf-8'), or 'cp1256' for old Windows files."
    elif text is None:
        remedy = "Leave out articles without a text, or pass an empty str."
    else:
        remedy = "Pass the article as a str."
    raise InputError(f"{what} is of type {type(text).__name__}, not str. {remedy}")


def has_arabic(text: str) -> bool:
    """Is there any letter of the Arabic script?"""
    return _ARABIC_LETTER.search(text) is not None
