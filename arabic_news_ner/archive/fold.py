"""Folding of names for the comparison and search of an index.

Matching and search use one fold: no marks, one alef, one seat of hamza, ى as ي, ة as ه, foreign letters as the Arabic
ones that news writes for them, no article. A second key leaves more out, for spellings of foreign names
(``غورباتشينكو/جورباتشينكو``, ``هيندرسون/هندرسون``): it selects candidates, and their words are then compared.
"""

from __future__ import annotations

import itertools
import re

from arabic_news_ner.coref.spelling_variants import consonant_skeleton
from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.characters import model_character
from arabic_news_ner.text.words import bare, split_words

#: Letters beyond the Arabic alphabet -> the letter that most news writes in their place.
_LETTERS = str.maketrans({"ڤ": "ف", "ڥ": "ف", "چ": "ج", "ژ": "ج", "گ": "ك", "ڨ": "ق", "پ": "ب"})
#: The seat of a hamza before a long vowel: ``شئون/شؤون``, ``رءوف/رؤوف``, ``رئيس/رءيس``; not ``لؤي``, which has both.
_SEATS = re.compile("[ؤئء](?=و)|[ئء](?=ي)")
#: Letters of long vowels that are written once or twice: ``داوود/داود``, ``طاووس/طاوس``, ``يحيي/يحي``.
_DOUBLED = re.compile("([وي])\\1+")
#: First words that are written separately or joined to the next word: ``عبد الحميد/عبدالحميد``, ``أبو مازن/أبومازن``.
_JOINED = ("عبد", "ابو")
_SURROGATES = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text in a form for the database: half of a surrogate pair becomes U+FFFD, the replacement character."""
    return _SURROGATES.sub("\ufffd", text)


@cached(1 << 14)
def plain(name: str) -> str:
    """A name as it is shown: without vowel signs, tatweel, invisible signs and presentation forms, one blank between words.

    ``سـالـم العـريبي`` -> ``سالم العريبي``. Hamza and ta marbuta stay. A name of nothing else stays as it is.
    """
    return " ".join("".join(map(model_character, name)).split()) or storable(name)


@cached(1 << 14)
def spelling(name: str) -> str:
    """A name with every letter in one spelling, articles and blanks kept: what :func:`words` cuts into words.

    ``عبد الرءوف`` and ``عبد الرؤوف`` have one, and so do ``ڤيكتور`` and ``فيكتور``, ``داوود`` and ``داود``.
    """
    return _DOUBLED.sub(r"\1", _SEATS.sub("", plain(name).translate(_LETTERS)))


@cached(1 << 14)
def words(name: str) -> tuple[str, ...]:
    """The folded words of a name, articles kept."""
    return tuple(_DOUBLED.sub(r"\1", word) for word in split_words(spelling(name)))


def same_name(name: str) -> str:
    """The key of a name: its folded words without articles, blanks after عبد and أبو left out."""
    out: list[str] = []
    for word in map(bare, words(name)):
        if out and out[-1] in _JOINED:
            out[-1] += word
        else:
            out.append(word[:3] + bare(word[3:]) if word.startswith(_JOINED) and len(word) > 5 else word)
    return " ".join(out)


def sound(word: str) -> str:
    """The second key of a folded word: consonants that write one foreign sound are one, long vowels are left out."""
    return consonant_skeleton(word)


def indexed(name: str) -> str:
    """The full-text form of a name: its words with and without the article, ``عبد الحميد`` also in one word,
    ``عبدالحميد``
    also in two."""
    found = list(words(name))
    for first, second in itertools.pairwise(tuple(found)):
        if first in _JOINED:
            found.append(first + second)
    for word in tuple(found):
        if word.startswith(_JOINED) and len(word) > 5:
            found += [word[:3], word[3:]]
    return " ".join(dict.fromkeys([*found, *map(bare, found)]))


def sounds(name: str) -> frozenset[str]:
    """The second keys of a name, for a search without a direct match: one for each word with three consonants."""
    return frozenset(key for key in map(sound, indexed(name).split()) if len(key) >= 3)
