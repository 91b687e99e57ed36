"""The holder of an office: the words between a role and the people named around it decide.

Each rule looks at one side of the role: at the gap to the next mention of a person, or to the one before.
"""

from __future__ import annotations

from dataclasses import dataclass

from arabic_news_ner.coref.organization_match import stem, stems_of
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.text.words import bare


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between a role and a person, without other roles: the words, the text, whether roles were left out,
    and how many sentences lie between."""

    words: tuple[str, ...]
    text: str
    roles: bool
    sentences: int


def adjoins_next(gap: Gap, lexicon: Lexicon) -> bool:
    """``رئيس الأركان الفريق محمد الحداد``: nothing but titles and quotes between office and name. Not over an attached
    conjunction: in ``أحمد العفيصان مدير النادي وعبد الله العديل`` a new person begins."""
    return not any(c in gap.text for c in "،,؛;:()-–") and introduces_next(gap, lexicon)


def introduces_next(gap: Gap, lexicon: Lexicon) -> bool:
    """``وأكد رئيس الأركان، الفريق محمد الحداد، أن``: a comma, a bracket or a colon before the name, and titles."""
    if gap.sentences or gap.text.endswith("و"):
        return False
    return all(w in lexicon["title"] or w in lexicon["between_office_and_name"] for w in gap.words)


def follows_name(gap: Gap) -> bool:
    """``محمد الحداد رئيس الأركان``, ``محمد الحداد، رئيس الأركان``, ``محمد الحداد (رئيس الأركان)``; after و only as a
    further office (``إيمان حميدان، كاتبة لبنانية وعضو الهيئة``), for ``الملك سلمان وولي عهده`` are two."""
    if gap.sentences or gap.words or gap.text.strip(' ،,()-–«»"“”؛:[]\nو'):
        return False
    return gap.roles or not begins_item(gap)


def begins_item(gap: Gap) -> bool:
    """Does a و before the office begin a new item of a list (``مصطفى بن جعفر، ووزير الخارجية``)?"""
    return gap.text.endswith("و")


def said_of_name(gap: Gap, lexicon: Lexicon) -> bool:
    """``محمد الحداد الذي يشغل منصب رئيس الأركان``, ``وهو رئيس الأركان``: only words that lead to an office between."""
    return gap.sentences == 0 and 0 < len(gap.words) <= 5 and lexicon["leads_to_office"].issuperset(gap.words)


def office_within(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``كبير مستشاري الرئيس الأمريكي``: the office of another stands inside, and a name after it is the other's."""
    return any(bare(w) in lexicon["office_of_another"] for w in words[1:])


def points_back(written: str, words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``المدرب الألماني``, ``الكاتب``: a noun with the article that takes up a person named before. Not the office of
    a spokesman, a reporter or a ruler, of whom there is one: ``المتحدث باسم الجيش``, ``الملك``."""
    head = bare(words[0]) if words else ""
    return written.startswith(("ال", "لل", "لم", "لك", "لر", "لف")) and head not in lexicon["unique_office"]


def given_to_previous(attached: str, before: str, written: str, lexicon: Lexicon) -> bool:
    """``انتخب هاريس رئيسا للوزراء``, ``في منصب رئيس الوزراء``, ``كرئيس للاتحاد``: an office that somebody gets or had.

    :param attached: the letter right before the phrase. :param before: the folded word before it.
    """
    first = written.split()[0]
    return attached == "ك" or before in lexicon["office_noun"] or first.endswith(("اً", "ًا", "يسا", "يما", "يرا", "ينا"))


def phrase_key(words: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """Under what two mentions of one office are found: the stems of its words (``مدرب الهلال``, ``المدرب الهلالي``); of nouns
    that may be left out in brackets (``أمير (منطقة) الرياض``)."""
    optional = stems_of("optional_in_office", lexicon)
    return tuple(f"({s})" if s in optional else s for s in (stem(word, lexicon) for word in words))


def same_office(key: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """``أمير الرياض`` and ``أمير منطقة الرياض``, ``نائب خادم الحرمين`` and ``نائب خادم الحرمين الشريفين``: one head, and one
    says all that the other says, but for nouns that may be left out. A head alone (``الوزير``) says too little."""
    if not key or not other or key[0] != other[0]:
        return False
    short, long = sorted(({s for s in k[1:] if s[0] != "("} for k in (key, other)), key=len)
    return bool(short) and short <= long


def likeness(key: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How like two offices are: 0 if the heads differ, or where both say more than the head and share none of it.

    ``رئيس الهلال`` is like ``رئيس مجلس إدارة نادي الهلال``, and ``الوزير`` like any minister.
    """
    if not key or not other or key[0] != other[0]:
        return 0
    shared = len(set(key[1:]) & set(other[1:]))
    if shared:
        return 1 + shared
    return 1 if len(key) == 1 or len(other) == 1 else 0
