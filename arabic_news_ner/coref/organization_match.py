"""May two forms be names of one organization or of one place, and why?"""

from __future__ import annotations

from functools import lru_cache

from arabic_news_ner.coref.person_match import Match, MatchKind
from arabic_news_ner.coref.spelling_variants import spelling_variant
from arabic_news_ner.mentions.head_nouns import LOC_HEADS, ORG_HEADS, WEAK_HEADS
from arabic_news_ner.text.words import bare, word_set
from arabic_news_ner.types import Label

#: Words under which one body goes: the second is read as the first.
_SYNONYMS = {
    **dict.fromkeys(word_set("ميليشيا ميليشيات مليشيات"), "مليشيا"),
    **dict.fromkeys(word_set("مخابرات استخبارات"), "استخبار"),
    **dict.fromkeys(word_set("امريكا اميركا امريكي اميركي امريكيه اميركيه"), "امريك"),
    "مصرف": "بنك",
    "مشفي": "مستشفي",
    "جريده": "صحيفه",
    "مرفا": "مينا",
}
#: Stems of heads that make a part of a body, or another body, of a name.
_UNITS = word_set("""
    اكاديم مكتب معهد بعث ديوان مدير موسس جمع رابط لجن راديو
    """)
#: Single words too common in names of bodies to mean a longer one: الاتحاد (the club) and الاتحاد الدولي.
_COMMON = frozenset({"الاتحاد", "الخليج", "المنتخب", "المجلس", "الهيئه", "اللجنه", "الشركه", "الحزب"})


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """What a country, its adjective and its people share: ``اليمن/اليمنية/يمني`` -> ``يمن``, ``الحوثيون`` -> ``حوث``.

    The article (with the ل of ``للنفط``) and the endings ية، ي، ا، ة، ون، ين go where three letters or more remain.
    """
    word = bare("ال" + word[2:] if word.startswith("لل") and len(word) > 5 else word)
    word = _SYNONYMS.get(word, word)
    for ending in ("يون", "يين", "يا", "يه", "ون", "ين", "ي", "ا", "ه"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _SYNONYMS.get(word, word[: -len(ending)])
    return word


_PARTING = frozenset(
    map(
        stem,
        word_set("""
        شرقي غربي شمالي جنوبي شرقيه غربيه شماليه جنوبيه كبري كبير صغري عليا اعلي سفلي ابيض بيضا اوسط وسطي جديد جديده
        قديم قديمه طبيعيه عاصمه ازرق احمر
        """),
    )
)
"""Adjectives that part places from each other: القدس الشرقية is not القدس."""
#: Groups of heads under which one body goes: مليشيات الحوثي, جماعة الحوثي.
_SAME_HEADS = (
    frozenset({"مليشيا", "جماع", "حرك", "تنظيم", "مليش"}),
    frozenset({"جيش", "قوات"}),
    frozenset({"ناد", "فريق"}),
    frozenset({"مجموع", "شرك"}),
    frozenset({"صحيف", "موقع", "قنا", "شبك", "بوابه", "بواب"}),
)


def stems(words: tuple[str, ...]) -> tuple[str, ...]:
    """The stem of each word, joining words left out; ``القوات المسلحة`` reads as ``الجيش``."""
    out = tuple(stem(w) for w in words if w != "و") or words
    return ("جيش", *out[2:]) if out[:2] == ("قوات", "مسلح") else out


def match_organizations(
    short: tuple[str, ...], long: tuple[str, ...], label: Label, subtypes: tuple[str | None, str | None]
) -> Match | None:
    """Why two forms (folded words, ``short`` with at most as many) may name one body or place.

    :param subtypes: of the two, where known; a weak match does not hold between two kinds (``شعفاط`` the quarter,
        ``مخيم شعفاط`` the camp).
    """
    if len(short) == len(long):
        return _same_length(short, long)
    one_kind = None in subtypes or subtypes[0] == subtypes[1]
    if label == "LOC":
        return _shorter_place(short, long) if one_kind else None
    return _shorter_body(short, long, one_kind)


def _same_length(a: tuple[str, ...], b: tuple[str, ...]) -> Match | None:
    if a == b:
        return Match(MatchKind.SAME, "same form")
    if all(spelling_variant(x, y) for x, y in zip(a, b, strict=True)):
        return Match(MatchKind.SPELLING, "other spelling")
    if len(a) > 1 and (stems(a) == stems(b) or other_head(stems(a), stems(b))):
        return Match(MatchKind.SPELLING, "other grammatical form")
    if len(a) == 1 and same_people(a[0], b[0]):
        return Match(MatchKind.SPELLING, "other grammatical form")
    return None


def other_head(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """``جماعة الحوثي`` and ``مليشيات الحوثي``: the same name under two heads that mean one kind of body."""
    return a[1:] == b[1:] and any(a[0] in heads and b[0] in heads for heads in _SAME_HEADS)


def same_people(a: str, b: str) -> bool:
    """``الحوثيون`` and ``الحوثيين``: the case of a plural. Not ``الحوثي``, which may be a person or an adjective."""
    return a != b and a[-2:] in ("ون", "ين") and b[-2:] in ("ون", "ين") and a[:-2] == b[:-2]


def _shorter_body(short: tuple[str, ...], long: tuple[str, ...], one_kind: bool) -> Match | None:
    a, b = stems(short), stems(long)
    if a == b:
        return Match(MatchKind.SPELLING, "other grammatical form")
    if len(a) >= 2 and b[: len(a)] == a:
        return Match(MatchKind.SEVERAL_PARTS, "beginning of a longer form")
    if head_left_out(short, long, ORG_HEADS) or (one_kind and head_left_out(short, long, WEAK_HEADS)):
        return Match(MatchKind.MAIN_PART, "head word left out")
    if not one_kind:
        return None
    if len(short) == 1:
        return one_word_of(short[0], long)
    if same_head_words_left_out(a, b):
        return Match(MatchKind.INNER_PART, "words left out")
    return None


def one_word_of(word: str, long: tuple[str, ...]) -> Match | None:
    """``برشلونة`` for ``برشلونة الإسباني``, ``دورتموند`` for ``بوروسيا دورتموند``, ``السيتي`` for ``مانشستر سيتي``; not
    ``الاتحاد`` for ``الاتحاد الدولي``, nor ``النصر`` for ``أكاديمية النصر``."""
    if word in _COMMON:
        return None
    if spelling_variant(word, long[0]):
        return Match(MatchKind.FIRST_PART, "beginning of a longer form")
    foreign = not any(w.startswith("ال") for w in long)
    if spelling_variant(word, long[-1]) and (foreign or long[0] in ORG_HEADS) and stem(long[0]) not in _UNITS:
        return Match(MatchKind.FIRST_PART, "end of a longer form")
    return None


def head_left_out(short: tuple[str, ...], long: tuple[str, ...], heads: frozenset[str]) -> bool:
    """``الخارجية الروسية`` and ``الخارجية`` are ``وزارة الخارجية الروسية``; not ``القاهرة`` ``مطار القاهرة``, whose
    kinds differ, and not ``الأمم المتحدة`` ``مفوضية الأمم المتحدة``, whose head is no empty one."""
    rest = long[1:]
    if long[0] not in heads or not rest:
        return False
    if len(rest) > 1 and rest[0] == "العربيه":  # المملكة العربية السعودية, الجمهورية العربية السورية
        rest = rest[1:]
    if long[0] in ("البحر", "المحيط") and rest[-len(short) :] == short:  # المتوسط
        return True
    return stems(rest)[: len(short)] == stems(short) and len(short) <= len(rest)


def same_head_words_left_out(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """``المحكمة العليا`` is ``المحكمة الأميركية العليا``, ``مجلس نينوى`` ``مجلس محافظة نينوى``: one head, and every
    word of the shorter in the longer in the same order; not ``المنتخب العراقي`` ``المنتخب الأولمبي العراقي``."""
    if short[0] != long[0] or short[0] in ("منتخب", "شرك"):
        return False
    rest = iter(long[1:])
    return all(any(word == other or "ل" + word == other for other in rest) for word in short[1:])


def _shorter_place(short: tuple[str, ...], long: tuple[str, ...]) -> Match | None:
    a, b = stems(short), stems(long)
    if a == b:
        return Match(MatchKind.SPELLING, "other spelling")
    if b[: len(a)] == a and (len(a) > 1 or epithet_left_out(short[0], long)):
        return Match(MatchKind.SEVERAL_PARTS, "beginning of a longer form")
    if head_left_out(short, long, LOC_HEADS):
        return Match(MatchKind.MAIN_PART, "head word left out")
    if len(a) > 1 and same_head_words_left_out(a, b):
        return Match(MatchKind.INNER_PART, "words left out")
    return None


def epithet_left_out(first: str, long: tuple[str, ...]) -> bool:
    """``مكة`` is ``مكة المكرمة`` and ``الضفة`` ``الضفة الغربية``; ``القدس`` is not ``القدس الشرقية``, nor ``روسيا``
    ``روسيا البيضاء``: an adjective that parts places keeps them apart, unless the noun is none of a place alone."""
    if len(long) != 2 or not long[1].startswith("ال"):
        return len(long) > 2 and long[1].startswith("ال") and stem(long[1]) not in _PARTING
    return stem(long[1]) not in _PARTING or first in ("الضفه", "الصحرا")
