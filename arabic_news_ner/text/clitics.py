"""Clitics (و ف ب ل ك before a name): the readings of a word, and the choice among them. No other module cuts clitics.

A conjunction (و and, ف so) comes first, then a preposition (ب in, ل to, ك like). Both are optional. After ل the article
drops its alef
(``ل + المجلس`` is written ``للمجلس``), and if the noun itself begins with ل, the whole article is dropped (``ل +
اللجنة`` is written ``للجنة``). :func:`readings` lists every reading. The other functions choose one with the caller's
knowledge of the text.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass
from typing import Final

from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.characters import INVISIBLE, TASHKEEL, TATWEEL
from arabic_news_ner.text.fold import fold

#: The possible prefixes, longest first.
PREFIXES: Final = ("وب", "ول", "وك", "فب", "فل", "فك", "و", "ف", "ب", "ل", "ك")
#: The letters of the prefixes.
LETTERS: Final = frozenset("".join(PREFIXES))
#: Signs on or between letters that are not letters.
SILENT: Final = TASHKEEL | INVISIBLE | {TATWEEL}
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: ``word[start:]`` is the name as written, ``stem`` the name without prefix."""

    prefix: str
    start: int
    stem: str


@cached(1 << 15)
def readings(word: str) -> tuple[Reading, ...]:
    """Every reading of a word as a prefix and a name; the word without a prefix comes first.

    ``وبطرابلس`` can be طرابلس after وب or بطرابلس after و; ``للمجلس`` has المجلس after ل; ``للجنة`` has اللجنة.

    :param word: one token; vowel signs, tatweel and invisible signs belong to the letter before them.
    """
    out = [Reading("", 0, word)]
    if word[:1] not in LETTERS:
        return tuple(out)
    for letters in range(1, 3):
        start = after_letters(word, letters)
        prefix = "".join(c for c in word[:start] if c not in SILENT)
        rest = word[start:]
        if prefix not in PREFIXES or sum(c not in SILENT for c in rest) < _SHORTEST:
            break
        out.append(Reading(prefix, start, rest))
        if prefix.endswith("ل") and rest.startswith("ل"):
            out += [Reading(prefix, start, lost + rest) for lost in ("ا", "ال")]
    return tuple(out)


def reading_among(word: str, known: Container[str]) -> Reading | None:
    """The first reading whose stem is known: the word as it is, then with one letter off, then with two.

    ``وبمطار`` is ``مطار`` after ``وب`` where مطار is known; ``للشركة`` is ``الشركة`` after ``ل``.

    :param word: one folded word.
    """
    for reading in readings(word):
        if reading.stem in known:
            return reading
    return None


def after_letters(word: str, letters: int, start: int = 0) -> int:
    """The position after ``letters`` letters from ``start`` on and the signs on them."""
    at = start
    for _ in range(letters):
        at += 1
        while at < len(word) and word[at] in SILENT:
            at += 1
    return min(at, len(word))


def name_start(word: str, known: Collection[str]) -> int:
    """Where the name begins in the first word of a mention, for models that label whole words: ``بطرابلس`` -> 1.

    Each rule is sure by itself or with the other words of the text. A word that no rule explains stays whole (``وليد``,
    ``باريس``).

    :param known: the folded words of the text.
    """
    for reading in reversed(readings(word)):
        if reading.prefix and (before_article(word, reading) or before_known_word(reading, known)):
            return reading.start
    return 0


def before_article(word: str, reading: Reading) -> bool:
    """``والقاهرة``, ``بالرباط``, ``للمجلس``: letters before the definite article, which no name has inside. Not
    ``فالنسيا``, whose second letter belongs to the name, nor ``بالي``."""
    rest = word[reading.start :]
    if reading.prefix.endswith("ل"):
        return rest.startswith("ل") and len(rest) > 4
    return rest.startswith("ال") and len(rest) > 5 and not reading.prefix.endswith("ف")


def before_known_word(reading: Reading, known: Collection[str]) -> bool:
    """``وبطرابلس`` in a text that also has the word طرابلس; not before a stem of two letters."""
    return len(reading.stem) > 2 and fold(reading.stem) in known


def follows_attached_l(text: str, token_start: int, start: int) -> bool:
    """Does the name at ``start`` begin with a ل that follows an attached ل (``ل|لمجلس``, ``ل|لبنان``)?"""
    if start <= token_start or text[start] != "ل":
        return False
    return text[token_start:start].rstrip("".join(SILENT)).endswith("ل")


def assimilated(words: tuple[str, ...]) -> tuple[str, ...]:
    """ل + المجلس is written للمجلس: the words with the alef that writing drops."""
    return ("ا" + words[0], *words[1:])


def elided(words: tuple[str, ...]) -> tuple[str, ...]:
    """ل + اللجنة is written للجنة: the words with the article that writing drops."""
    return ("ال" + words[0], *words[1:])


def missing_letters(
    words: tuple[str, ...],
    forms: Collection[tuple[str, ...]],
    known: Collection[str],
    takes_article: Container[str],
    own_letter: Container[str],
) -> str:
    """The letters that spelling drops from a name after an attached ل: ``"ا"``, ``"ال"`` or none.

    ``للمجلس الرئاسي`` lost ا, ``للجنة الأولمبية`` lost ال, ``للبنان`` nothing. The rest of the article decides (a
    mention of the whole form, then any use of its first word), and only then the lexicon.

    :param words: the folded words as written, from the second ل on.
    :param forms: folded forms of the article without prefix.
    :param known: folded words of the article.
    :param takes_article: nouns that begin with ل and take the definite article. :param own_letter: names whose first
        letter is ل.
    """
    candidates = {"ا": assimilated(words), "ال": elided(words), "": words}
    for letters, candidate in candidates.items():
        if candidate in forms:
            return letters
    first = words[0]
    if first in takes_article:
        agrees = len(words) > 1 and words[1].startswith("ال") and words[1].endswith(("ه", "ا"))
        return "ال" if len(words) == 1 or agrees else ""
    for letters, candidate in candidates.items():
        if candidate[0] in known:
            return letters
    return "" if first in own_letter else "ا"


def without_conjunction(word: str) -> Iterable[str]:
    """A folded word, and its readings without a conjunction and without the preposition ل before the definite article:
    ``وللليبيين`` -> ``الليبيين``. For adjectives and names of peoples; no other letter is cut from them."""
    shortest = 4
    yield word
    stems = [word]
    if word.startswith(("و", "ف")) and len(word) > shortest:
        stems.append(word[1:])
        yield word[1:]
    for stem in stems:
        if stem.startswith("لل") and len(stem) > shortest:
            yield "ال" + stem[2:]
