"""Rules for the holder of an office: the words between a role and the nearest names decide.

Each rule looks at one side of the role: the gap to the next mention of a person, or the gap to the previous one.
"""

from __future__ import annotations

from dataclasses import dataclass

from arabic_news_ner.coref.organization_match import stem, stems_of
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.words import bare


@dataclass(frozen=True, slots=True)
class Gap:
    """The gap between a role and a person, without other roles: its words, its text, whether roles were left out, and
    the number of sentence ends in it."""

    words: tuple[str, ...]
    text: str
    roles: bool
    sentences: int


def adjoins_next(gap: Gap, lexicon: Lexicon) -> bool:
    """``رئيس الأركان الفريق محمد الحداد``: only titles and quotes between office and name. Not across an attached
    conjunction: in ``أحمد العفيصان مدير النادي وعبد الله العديل`` a new person begins."""
    return not any(c in gap.text for c in "،,؛;:()-–") and introduces_next(gap, lexicon)


def introduces_next(gap: Gap, lexicon: Lexicon) -> bool:
    """``وأكد رئيس الأركان، الفريق محمد الحداد، أن``: a comma, a bracket or a colon before the name, and titles."""
    if gap.sentences or gap.text.endswith("و"):
        return False
    return all(w in lexicon["title"] or w in lexicon["between_office_and_name"] for w in gap.words)


def follows_name(gap: Gap) -> bool:
    """``محمد الحداد رئيس الأركان``, ``محمد الحداد، رئيس الأركان``, ``محمد الحداد (رئيس الأركان)``; after و only as a
    second office (``إيمان حميدان، كاتبة لبنانية وعضو الهيئة``), because ``الملك سلمان وولي عهده`` are two people."""
    if gap.sentences or gap.words or gap.text.strip(' ،,()-–«»"“”؛:[]\nو'):
        return False
    return gap.roles or not begins_item(gap)


def begins_item(gap: Gap) -> bool:
    """Does a و before the office begin a new item of a list (``مصطفى بن جعفر، ووزير الخارجية``)?"""
    return gap.text.endswith("و")


def object_of_meeting(index: WordIndex, subject: tuple[int, int], gap: Gap, after: str, lexicon: Lexicon) -> bool:
    """``التقى وزير الخارجية سامي الطيب رئيس الحكومة``: the verb needs somebody to meet, and the name has its own office before
    it, so the office after the name is the object. Not after a rank (``استقبل العقيد سامي الطيب مدير الأمن وفدا``), not with a
    comma, and not before another object (``رئيس اللجنة وفدا``): there it may be an apposition.

    :param subject: the words of the office before the name, half-open. :param gap: between the name and the office after it.
    :param after: the folded word after that office.
    """
    first, last = subject
    if gap.roles or gap.words or gap.text != " " or not first or not index.joined[first] or after in lexicon["met"]:
        return False
    if all(w in lexicon["title"] or w in lexicon["between_office_and_name"] for w in index.folded[first:last]):
        return False
    return lexicon["meets"].stem(index.folded[first - 1]) is not None


def counterpart_of_name(word: str, gap: Gap, lexicon: Lexicon) -> bool:
    """``التقى سامي الطيب نظيره التركي``: nobody is his own counterpart."""
    return gap.text == " " and not gap.roles and lexicon["counterpart"].stem(word) is not None


def next_of_list(gap: Gap) -> bool:
    """``وزير الثقافة سامي الطيب وسفير فرنسا``: و right after a name begins another guest (206 of 207 in the annotated news)."""
    return not gap.roles and not gap.words and gap.text == " و"


def speaks_of_next(index: WordIndex, first: int, gap: Gap, lexicon: Lexicon) -> bool:
    """``وقال الرئيس السوري إن سامي الطيب زار دمشق``: the name after إن is the subject of what the office says."""
    said = first > 0 and bool(index.joined[first]) and lexicon["says"].stem(index.folded[first - 1]) is not None
    return said and not gap.roles and gap.words[:1] in (("ان",), ("بان",)) and len(gap.words) == 1


def said_of_name(gap: Gap, lexicon: Lexicon) -> bool:
    """``محمد الحداد الذي يشغل منصب رئيس الأركان``, ``وهو رئيس الأركان``: only words that lead to an office come
    between."""
    return gap.sentences == 0 and 0 < len(gap.words) <= 5 and lexicon["leads_to_office"].issuperset(gap.words)


def office_within(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``كبير مستشاري الرئيس الأمريكي``: it contains the office of another person, and a name after it belongs to that
    person."""
    return any(bare(w) in lexicon["office_of_another"] for w in words[1:])


def points_back(written: str, words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """``المدرب الألماني``, ``الكاتب``: a noun with the definite article refers back to a person named before. Not the
    office of a spokesman, a reporter or a unique ruler: ``المتحدث باسم الجيش``, ``الملك``."""
    head = bare(words[0]) if words else ""
    return written.startswith(("ال", "لل", "لم", "لك", "لر", "لف")) and head not in lexicon["unique_office"]


def given_to_previous(attached: str, before: str, written: str, lexicon: Lexicon) -> bool:
    """``انتخب هاريس رئيسا للوزراء``, ``في منصب رئيس الوزراء``, ``كرئيس للاتحاد``: a person gets or had the office.

    :param attached: the letter right before the phrase. :param before: the folded word before it.
    """
    first = written.split()[0]
    return attached == "ك" or before in lexicon["office_noun"] or first.endswith(("اً", "ًا", "يسا", "يما", "يرا", "ينا"))


@cached(4096)
def phrase_key(words: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The key of an office: the stems of its words (``مدرب الهلال``, ``المدرب الهلالي``); optional nouns are in
    brackets (``أمير (منطقة) الرياض``)."""
    optional = stems_of("optional_in_office", lexicon)
    return tuple(f"({s})" if s in optional else s for s in (stem(word, lexicon) for word in words))


def same_office(key: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """``أمير الرياض`` and ``أمير منطقة الرياض``, ``نائب خادم الحرمين`` and ``نائب خادم الحرمين الشريفين``: they have
    one head noun, and one contains all words of the other, except optional nouns. A head noun alone (``الوزير``) is not
    enough."""
    if not key or not other or key[0] != other[0]:
        return False
    short, long = sorted(({s for s in k[1:] if s[0] != "("} for k in (key, other)), key=len)
    return bool(short) and short <= long


def likeness(key: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How similar two offices are: 0 if the head nouns differ, or if both have more words and share none of them.

    ``رئيس الهلال`` is similar to ``رئيس مجلس إدارة نادي الهلال``, and ``الوزير`` to any minister.
    """
    if not key or not other or key[0] != other[0]:
        return 0
    shared = len(set(key[1:]) & set(other[1:]))
    if shared:
        return 1 + shared
    return 1 if len(key) == 1 or len(other) == 1 else 0
