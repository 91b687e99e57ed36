"""The form of a name that stands in a text with letters attached: ``للمجلس الرئاسي`` -> ``المجلس الرئاسي``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from arabic_news_ner.text.characters import INVISIBLE, TATWEEL
from arabic_news_ner.text.clitics import SILENT
from arabic_news_ner.text.words import fold, word_set
from arabic_news_ner.types import Label

_EDGES = "".join(INVISIBLE) + TATWEEL + " \t\n\r\u00a0"

#: Nouns that begin with ل and take the article: للجنة is ل + اللجنة.
_L_NOUNS = word_set("""
    لجنه لجان ليكود لوفر لوا لبناني لبنانيه ليبي ليبيه ليغا لاذقيه
    """)
#: How names begin whose ل is no part of an article: للبنان is ل + لبنان.
_L_NAMES = word_set("""
    لبنان ليبيا ليبيريا لندن لاهاي لاس لوس لاتفيا ليتوانيا لاوس لوسيل ليستر ليدز ليون ليل لاتسيو ليفربول لشبونه
    لوكسمبورغ لكسمبورغ لاغوس لوزان لاهور لينكد لينكدان لطفي لطيفه ليلي لمي لينا لجين لبني لقمان لوي لويس لويز لويزا
    لوكا لوكاس لوران لولا لافروف لابيد لاغارد لوبان ليونيل ليفاندوفسكي لوكاكو لوكاشينكو ليو لي
    """)


@dataclass(frozen=True, slots=True)
class Form:
    """A name as the text spells it, with nothing attached, and its folded words."""

    surface: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """A mention on its way to an entity.

    ``first`` and ``last`` number its words (half-open); ``seen`` by the tagger, or found because its form was seen.
    """

    start: int
    end: int
    first: int
    last: int
    label: Label
    subtype: str | None
    score: float | None
    form: Form
    seen: bool = True


def clean_surface(text: str) -> str:
    """A form without the blanks, stretches and invisible signs at its edges: ``ـCNN`` -> ``CNN``."""
    stretched = text.rstrip().endswith("هـ")  # the year 1436 هـ
    return text.strip(_EDGES) + (TATWEEL if stretched else "")


def follows_attached_l(text: str, token_start: int, start: int) -> bool:
    """Does the name at ``start`` begin with a ل that follows an attached ل (``ل|لمجلس``, ``ل|لبنان``)?"""
    if start <= token_start or text[start] != "ل":
        return False
    before = text[token_start:start].rstrip("".join(SILENT))
    return before.endswith("ل")


def assimilated(words: tuple[str, ...]) -> tuple[str, ...]:
    """ل + المجلس is written للمجلس: the words with the alef that writing drops."""
    return ("ا" + words[0], *words[1:])


def elided(words: tuple[str, ...]) -> tuple[str, ...]:
    """ل + اللجنة is written للجنة: the words with the article that writing drops."""
    return ("ال" + words[0], *words[1:])


def missing_letters(words: tuple[str, ...], forms: Collection[tuple[str, ...]], known: Collection[str]) -> str:
    """The letters that a name lost behind an attached ل: ``"ا"``, ``"ال"`` or none.

    ``للمجلس الرئاسي`` lost ا, ``للجنة الأولمبية`` lost ال, ``للبنان`` nothing. The rest of the article decides (a
    mention of the whole form, then any use of its first word), and only then a table of words with ل.

    :param words: the folded words as they stand, from the second ل.
    :param forms: folded forms that stand in the article with nothing attached.
    :param known: folded words of the article.
    """
    readings = {"ا": assimilated(words), "ال": elided(words), "": words}
    for letters, reading in readings.items():
        if reading in forms:
            return letters
    first = words[0]
    if first in _L_NOUNS:
        agrees = len(words) > 1 and words[1].startswith("ال") and words[1].endswith(("ه", "ا"))
        return "ال" if len(words) == 1 or agrees else ""
    for letters, reading in readings.items():
        if reading[0] in known:
            return letters
    return "" if first in _L_NAMES else "ا"


def restore(
    text: str,
    token_start: int,
    start: int,
    end: int,
    words: tuple[str, ...],
    forms: Collection[tuple[str, ...]] = (),
    known: Collection[str] = (),
) -> Form:
    """The form of the name at ``text[start:end]`` whose first token begins at ``token_start``."""
    surface = clean_surface(text[start:end])
    if not words:
        return Form(surface or text[start:end], (fold(text[start:end]),))
    if not follows_attached_l(text, token_start, start):
        return Form(surface, words)
    letters = missing_letters(words, forms, known)
    return Form(letters + surface, (letters + words[0], *words[1:]))
