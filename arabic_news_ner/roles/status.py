"""The status of a holder by the words of the office: former, acting, deputy, elect, late."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.words import bare, split_words
from arabic_news_ner.types import Status


@cached(4096, texts=2)
def status_of(phrase: str, beside: str, lexicon: Lexicon) -> tuple[Status, ...]:
    """The status words of an office, from its own words and from the word next to it (``beside``).

    ``رئيس الوزراء السابق`` is former, ``وزير الدفاع المكلف`` acting, ``نائب وزير الخارجية`` deputy.
    """
    words = split_words(phrase)
    found = [name for name, rule in _RULES if rule(words, lexicon)]
    if beside:
        found += [name for name, rule in _RULES if name != "deputy" and rule((beside,), lexicon) and name not in found]
    return tuple(sorted(found, key=_ORDER.index))


def is_former(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``الرئيس الأسبق``, ``وزيرا سابقا``."""
    return any(bare(w) in lexicon["former"] for w in words)


def is_acting(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``المدير المكلف``, ``رئيس الأركان بالإنابة``, ``القائم بأعمال السفير``; not ``المجلس الانتقالي``, a body's name,
    which stands before no word of an office."""
    if any(bare(w) in ("قايم", "قايما", "قايمه") and after.startswith("باعمال") for w, after in pairwise(words)):
        return True
    return any(w in ("بالانابه", "بالنيابه") for w in words) or (
        bool(words)
        and bare(words[-1]) in lexicon["acting"]
        and (len(words) < 2 or bare(words[-2]) not in ("مجلس", "حكومه"))
    )


def is_deputy(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``نائب رئيس الوزراء``, ``نائب المبعوث``, ``نائبا له``, ``النائب الأول``; not ``النائب عن الحزب`` or
    ``نائب في البرلمان``, who is a member of parliament, nor ``النائب العام``."""
    if len(words) == 1:
        return words[0] in ("نايبه", "نايبها", "نايبهم")
    return any(
        (
            w in ("نايب", "نايبه")
            and (after.startswith("ال") or after in lexicon["superior"])
            and after not in lexicon["seat"]
        )
        or (w in ("نايبا", "نايبه") and after.startswith("ل"))
        or (w in ("النايب", "النايبه") and after in ("الاول", "الاولي", "الثاني", "الثانيه"))
        for w, after in pairwise(words)
    )


def is_elect(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``الرئيس المنتخب``, ``الرئيس المنتخب حديثا``; not ``مدرب المنتخب``, the team, nor ``المنتخب السعودي``."""
    words = words[:-1] if words and words[-1] == "حديثا" else words
    return (
        bool(words)
        and bare(words[-1]) in lexicon["elect"]
        and any(bare(w) in lexicon["elected_head"] for w in words[:-1])
    )


def is_late(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``الملك الراحل``."""
    return any(bare(w) in lexicon["late"] for w in words)


_RULES: tuple[tuple[Status, Callable[[tuple[str, ...], Lexicon], bool]], ...] = (
    ("former", is_former),
    ("acting", is_acting),
    ("deputy", is_deputy),
    ("elect", is_elect),
    ("late", is_late),
)
_ORDER = [name for name, _ in _RULES]
