"""Letters attached to a name, for models that label whole words: ``بطرابلس`` -> where طرابلس begins.

Each rule is sure by itself or by the other words of the text; a word that none of them explains stays whole (``وليد``,
``باريس``).
"""

from __future__ import annotations

from collections.abc import Collection

from arabic_news_ner.text.clitics import Reading, readings
from arabic_news_ner.text.fold import fold


def name_start(word: str, known: Collection[str]) -> int:
    """Where the name begins in the first word of a mention.

    :param known: the folded words of the text.
    """
    for reading in reversed(readings(word)):
        if reading.prefix and (before_article(word, reading) or before_known_word(reading, known)):
            return reading.start
    return 0


def before_article(word: str, reading: Reading) -> bool:
    """``والقاهرة``, ``بالرباط``, ``للمجلس``: letters before the article, which no name has inside; not ``فالنسيا``, whose
    second letter is part of it, nor ``بالي``."""
    rest = word[reading.start :]
    if reading.prefix.endswith("ل"):
        return rest.startswith("ل") and len(rest) > 4
    return rest.startswith("ال") and len(rest) > 5 and not reading.prefix.endswith("ف")


def before_known_word(reading: Reading, known: Collection[str]) -> bool:
    """``وبطرابلس`` in a text that also has طرابلس by itself; not before two letters."""
    return len(reading.stem) > 2 and fold(reading.stem) in known
