"""Are two folded words two spellings of one name?

Names are spelled in many ways where Arabic writes foreign sounds (``غ/ج/ق/ك`` for g, ``ڤ/ف/ب`` for v) and long vowels
of foreign words (``أليكساندر/ألكسندر``). In native names the same letters tell people apart: ``سعد/سعيد``,
``محمد/محمود``, ``سلمان/سليمان``. So the rules below need enough equal consonants.
"""

from __future__ import annotations

from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.words import bare

_WEAK = frozenset("اوي")
#: Letters that write one foreign sound -> the class of letters for the lookup.
_CLASSES = str.maketrans({"غ": "ق", "ج": "ق", "ك": "ق", "ف": "ب", "ڤ": "ب", "ط": "ت", "ث": "ت", "ص": "س", "ض": "د",
                          "ظ": "ز", "ذ": "ز", "چ": "ق", "ژ": "ق"})  # fmt: skip
#: Pairs of one class that still distinguish native names: جاسم/قاسم, جمال/كمال.
_APART = frozenset({frozenset("جق"), frozenset("جك"), frozenset("ظذ")})


@cached(1 << 15)
def consonant_skeleton(word: str) -> str:
    """The classes of consonants of a word, without article, long vowels and final ه: one key for all spellings
    of a word.

    ``أليكساندر`` and ``ألكسندر`` have one key, and so do ``مارادونا`` and ``ماراودنا``. Forms are looked up under this key before
    :func:`spelling_variant` compares them. A word of vowels alone is its own key.
    """
    return _split(bare(word))[0].translate(_CLASSES) or word


def _split(word: str) -> tuple[str, list[str]]:
    """The consonants of a word, and the long vowels before the first, after the first, and so on."""
    end = len(word) - 1 if len(word) > 3 and word.endswith("ه") else len(word)
    strong, weak = "", [""]
    for at, c in enumerate(word):
        if c in _WEAK or at >= end:
            weak[-1] += c
        else:
            strong += c
            weak.append("")
    return strong, weak


@cached(1 << 15, texts=2)
def spelling_variant(a: str, b: str) -> str | None:
    """Why two folded words are spellings of one name, in plain words; ``None`` if they are not."""
    if a == b:
        return "same spelling"
    a, b = bare(a), bare(b)
    if a == b:
        return "with and without the article"
    if not a or not b or consonant_skeleton(a) != consonant_skeleton(b):
        return None
    for rule in (variant_letters, long_vowels, accusative):
        if rule(a, b):
            return rule.__name__.replace("_", " ")
    return None


def variant_letters(a: str, b: str) -> bool:
    """One foreign sound in two letters: ``سيغوندو/سيجوندو``, ``فيكتور/ڤيكتور``; not ``جمال/كمال``, ``غازي/جازي``.

    At most two letters differ, each within its class, and the word has at least three consonants.
    """
    if len(a) != len(b) or len(_split(a)[0]) < 3:
        return False
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if any(x in _WEAK or y in _WEAK for x, y in pairs):
        return False
    return len(pairs) <= 2 and all(frozenset(p) not in _APART for p in pairs)


def long_vowels(a: str, b: str) -> bool:
    """Long vowels written or not, or in another place: ``إيمانويل/إمانويل``, ``أمريكا/أميركا``.

    Not in native names, which vowels tell apart: ``حسن/حسين`` (too few consonants), ``محمد/محمود``,
    ``سلمان/سليمان``, ``عبدالحكيم/عبدالحاكم``. Five consonants, or four in a word that neither begins with م nor ends
    in ن; at most two places differ, and no consonant.
    """
    if a.startswith("عبد") or b.startswith("عبد"):
        return False
    (strong, first), (others, second) = _split(a), _split(b)
    size = len(strong) + (first[0][:1] == second[0][:1] != "")
    if strong != others or size < 4:
        return False
    if size == 4 and (a.startswith("م") or a.endswith("ن") or b.endswith("ن")):
        return False
    return sum(x != y for x, y in zip(first, second, strict=True)) <= 2


def accusative(a: str, b: str) -> bool:
    """The alef of the accusative: ``محمدا`` is ``محمد``; not ``كريما/كريمي``, ``عليا/علي`` (a vowel before it)."""
    if len(a) < len(b):
        a, b = b, a
    return a == b + "ا" and b[-1] not in _WEAK and len(_split(b)[0]) >= 3
