"""Can two forms be names of one organization or one place, and why?"""

from __future__ import annotations

from functools import lru_cache

from arabic_news_ner.coref.person_match import Match, MatchKind
from arabic_news_ner.coref.spelling_variants import spelling_variant
from arabic_news_ner.lexicon import Lexicon, Use
from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.words import bare
from arabic_news_ner.types import Label


@cached(1 << 15)
def stem(word: str, lexicon: Lexicon) -> str:
    """The common stem of a country, its adjective and its people: ``اليمن/اليمنية/يمني`` -> ``يمن``, ``الحوثيون`` ->
    ``حوث``.

    The article (with the ل of ``للنفط``) and the endings ية، ي، ا، ة، ون، ين are cut if at least three letters remain.
    """
    word = bare("ال" + word[2:] if word.startswith("لل") and len(word) > 5 else word)
    word = lexicon.synonyms.get(word, word)
    for ending in ("يون", "يين", "يا", "يه", "ون", "ين", "ي", "ا", "ه"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return lexicon.synonyms.get(word, word[: -len(ending)])
    return word


@lru_cache(maxsize=16)
def stems_of(use: Use, lexicon: Lexicon) -> frozenset[str]:
    """The stems of the words of a use."""
    return frozenset(stem(word, lexicon) for word in lexicon[use])


@lru_cache(maxsize=4)
def _groups(lexicon: Lexicon) -> dict[str, str]:
    """The stem of a head noun -> its group of interchangeable nouns."""
    return {stem(n.word, lexicon): n.group for n in lexicon.head_nouns["ORG"].values() if n.group}


def stems(words: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The stem of each word, without function words; ``القوات المسلحة`` reads as ``الجيش``."""
    out = tuple(stem(w, lexicon) for w in words if w != "و") or words
    return ("جيش", *out[2:]) if out[:2] == ("قوات", "مسلح") else out


def match_organizations(
    short: tuple[str, ...],
    long: tuple[str, ...],
    label: Label,
    subtypes: tuple[str | None, str | None],
    lexicon: Lexicon,
) -> Match | None:
    """Why two forms (folded words; ``short`` is not longer) can name one organization or place.

    :param subtypes: of the two, if known. A weak match needs equal subtypes (``شعفاط`` the quarter,
        ``مخيم شعفاط`` the camp).
    """
    if len(short) == len(long):
        return _same_length(short, long, lexicon)
    same_subtype = None in subtypes or subtypes[0] == subtypes[1]
    if label == "LOC":
        return _shorter_place(short, long, lexicon) if same_subtype else None
    return _shorter_organization(short, long, same_subtype, lexicon)


def _same_length(a: tuple[str, ...], b: tuple[str, ...], lexicon: Lexicon) -> Match | None:
    if a == b:
        return Match(MatchKind.SAME, "same form")
    if all(spelling_variant(x, y) for x, y in zip(a, b, strict=True)):
        return Match(MatchKind.SPELLING, "other spelling")
    stems_a, stems_b = stems(a, lexicon), stems(b, lexicon)
    if len(a) > 1 and (stems_a == stems_b or other_head(stems_a, stems_b, lexicon)):
        return Match(MatchKind.SPELLING, "other grammatical form")
    if len(a) == 1 and same_people(a[0], b[0]):
        return Match(MatchKind.SPELLING, "other grammatical form")
    return None


def other_head(a: tuple[str, ...], b: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``جماعة الحوثي`` and ``مليشيات الحوثي``: the same name after two head nouns of one group."""
    groups = _groups(lexicon)
    return a[1:] == b[1:] and a[0] in groups and groups[a[0]] == groups.get(b[0])


def same_people(a: str, b: str) -> bool:
    """``الحوثيون`` and ``الحوثيين``: two cases of one plural. Not ``الحوثي``, which can be a person or an adjective."""
    return a != b and a[-2:] in ("ون", "ين") and b[-2:] in ("ون", "ين") and a[:-2] == b[:-2]


def _shorter_organization(
    short: tuple[str, ...], long: tuple[str, ...], same_subtype: bool, lexicon: Lexicon
) -> Match | None:
    a, b = stems(short, lexicon), stems(long, lexicon)
    if a == b:
        return Match(MatchKind.SPELLING, "other grammatical form")
    if len(a) >= 2 and b[: len(a)] == a:
        return Match(MatchKind.SEVERAL_PARTS, "beginning of a longer form")
    if lexicon.may_be_dropped("ORG", long[0], same_subtype=same_subtype) and head_left_out(short, long, lexicon):
        return Match(MatchKind.MAIN_PART, "head word left out")
    if not same_subtype:
        return None
    if len(short) == 1:
        return one_word_of(short[0], long, lexicon)
    if same_head_words_left_out(a, b):
        return Match(MatchKind.INNER_PART, "words left out")
    return None


def one_word_of(word: str, long: tuple[str, ...], lexicon: Lexicon) -> Match | None:
    """``برشلونة`` for ``برشلونة الإسباني``, ``دورتموند`` for ``بوروسيا دورتموند``, ``السيتي`` for ``مانشستر سيتي``; not
    ``الاتحاد`` for ``الاتحاد الدولي``, nor ``النصر`` for ``أكاديمية النصر``."""
    if word in lexicon["too_common"]:
        return None
    if spelling_variant(word, long[0]):
        return Match(MatchKind.FIRST_PART, "beginning of a longer form")
    foreign = not any(w.startswith("ال") for w in long)
    if not spelling_variant(word, long[-1]) or stem(long[0], lexicon) in stems_of("makes_unit", lexicon):
        return None
    if foreign or lexicon.may_be_dropped("ORG", long[0]):
        return Match(MatchKind.FIRST_PART, "end of a longer form")
    return None


def head_left_out(short: tuple[str, ...], long: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``الخارجية الروسية`` and ``الخارجية`` are ``وزارة الخارجية الروسية``; not ``القاهرة`` ``مطار القاهرة``, whose
    subtypes differ, and not ``الأمم المتحدة`` ``مفوضية الأمم المتحدة``, whose head noun means another organization."""
    rest = long[1:]
    if not rest:
        return False
    if len(rest) > 1 and rest[0] == "العربيه":  # المملكة العربية السعودية, الجمهورية العربية السورية
        rest = rest[1:]
    if long[0] in ("البحر", "المحيط") and rest[-len(short) :] == short:  # المتوسط
        return True
    return stems(rest, lexicon)[: len(short)] == stems(short, lexicon) and len(short) <= len(rest)


def same_head_words_left_out(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """``المحكمة العليا`` is ``المحكمة الأميركية العليا``, ``مجلس نينوى`` ``مجلس محافظة نينوى``: one head, and every
    word of the shorter in the longer in the same order; not ``المنتخب العراقي`` ``المنتخب الأولمبي العراقي``."""
    if short[0] != long[0] or short[0] in ("منتخب", "شرك"):
        return False
    rest = iter(long[1:])
    return all(any(word == other or "ل" + word == other for other in rest) for word in short[1:])


def _shorter_place(short: tuple[str, ...], long: tuple[str, ...], lexicon: Lexicon) -> Match | None:
    a, b = stems(short, lexicon), stems(long, lexicon)
    if a == b:
        return Match(MatchKind.SPELLING, "other spelling")
    if b[: len(a)] == a and (len(a) > 1 or epithet_left_out(short[0], long, lexicon)):
        return Match(MatchKind.SEVERAL_PARTS, "beginning of a longer form")
    if lexicon.may_be_dropped("LOC", long[0]) and head_left_out(short, long, lexicon):
        return Match(MatchKind.MAIN_PART, "head word left out")
    if len(a) > 1 and same_head_words_left_out(a, b):
        return Match(MatchKind.INNER_PART, "words left out")
    return None


def epithet_left_out(first: str, long: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``مكة`` is ``مكة المكرمة`` and ``الضفة`` ``الضفة الغربية``; ``القدس`` is not ``القدس الشرقية``, nor ``روسيا``
    ``روسيا البيضاء``: a contrastive adjective means another place, unless the noun alone is not a place name."""
    if not long[1].startswith("ال"):
        return False
    contrast = stem(long[1], lexicon) in stems_of("contrast", lexicon)
    return not contrast or (len(long) == 2 and first in ("الضفه", "الصحرا"))
