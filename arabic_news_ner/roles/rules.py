"""Whose office is it? The words between a role and the people named around it decide.

Each rule looks at one side of the role: at the gap to the next mention of a person, or to the one before.
"""

from __future__ import annotations

from dataclasses import dataclass

from arabic_news_ner.coref.organization_match import stem
from arabic_news_ner.mentions.person_names import TITLES
from arabic_news_ner.text.words import bare, word_set

#: Words that may stand between an office and the name of its holder.
_BETWEEN = TITLES | word_set("""
    د م ا أ السفير السفيره اللواء اللوا الفريق العميد العقيد المقدم الرايد النقيب الملازم العريف الرقيب المشير
    الجنرال الركن البحري الطيار المتقاعد البروفيسور البروفسور المستشار القاضي النايب الاستاذه سعاده معالي فضيله
    سماحه فخامه جلاله سمو صاحب السمو الملكي المكرم معاليه الملا الشاب الشريف ايه الله حاليا انذاك حينها السابق
    السابقه الاسبق الحالي الحاليه الجديد الجديده الراحل الراحله المدعو ويدعي واسمه واسمها وهو وهي هو هي السيدان
    الكابتن نجم لاعب المغربي المصري السوري الفرنسي السويسري القطري العالمي العام المفدي المحبوب
    """)
#: Words that may stand between a name and the office that follows it.
_COPULAS = word_set("""
    وهو وهي هو هي كان كانت وكان وكانت الذي التي يشغل تشغل شغل شغلت منصب حاليا سابقا بصفته بصفتها يعمل تعمل عمل عملت
    عين عينت ايضا اول اذ حيث من سبق له تولي تولت يتولي تتولي بمنصب باعتباره باعتبارها احد احدي ولي العهد رحمه الله
    حفظه المولود ليس ليكون يعد تعد يعتبر تعتبر مهنته
    """)


#: Heads of offices that have one holder, or many whom nobody names: no word for a person named before.
_ONE_OF_A_KIND = frozenset({"متحدث", "متحدثه", "ناطق", "ملك", "مفتي", "مبعوث", "قايم", "مراسل", "نايب", "مدعي"})
#: Nouns before an office that somebody holds: منصب رئيس الوزراء.
_OFFICE_NOUNS = frozenset({"منصب", "بمنصب", "لمنصب", "بصفته", "بصفتها", "مهام", "باعتباره", "باعتبارها", "صفه"})
#: Heads of offices that stand inside the office of one who works for their holder.
_OFFICES = frozenset({"رييس", "رييسه", "ملك", "امير", "وزير", "مدير", "قايد"})


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between a role and a person, without other roles: the words, the text, whether roles were left out,
    and how many sentences lie between."""

    words: tuple[str, ...]
    text: str
    roles: bool
    sentences: int


def adjoins_next(gap: Gap) -> bool:
    """``رئيس الأركان الفريق محمد الحداد``: nothing but titles and quotes between office and name. Not over an attached
    conjunction: in ``أحمد العفيصان مدير النادي وعبد الله العديل`` a new person begins."""
    if gap.sentences or any(c in gap.text for c in "،,؛;:()-–") or not _BETWEEN.issuperset(gap.words):
        return False
    return not gap.text.endswith("و")


def introduces_next(gap: Gap) -> bool:
    """``وأكد رئيس الأركان، الفريق محمد الحداد، أن``: a comma, a bracket or a colon before the name, and titles."""
    return gap.sentences == 0 and not gap.text.endswith("و") and _BETWEEN.issuperset(gap.words)


def follows_name(gap: Gap) -> bool:
    """``محمد الحداد رئيس الأركان``, ``محمد الحداد، رئيس الأركان``, ``محمد الحداد (رئيس الأركان)``; after و only as a
    further office (``إيمان حميدان، كاتبة لبنانية وعضو الهيئة``), for ``الملك سلمان وولي عهده`` are two."""
    if gap.sentences or gap.words or gap.text.strip(' ،,()-–«»"“”؛:[]\nو'):
        return False
    return gap.roles or not begins_item(gap)


def begins_item(gap: Gap) -> bool:
    """Does a و before the office begin a new item of a list (``مصطفى بن جعفر، ووزير الخارجية``)?"""
    return gap.text.endswith("و")


def said_of_name(gap: Gap) -> bool:
    """``محمد الحداد الذي يشغل منصب رئيس الأركان``, ``وهو رئيس الأركان``: only words that lead to an office between."""
    return gap.sentences == 0 and 0 < len(gap.words) <= 5 and _COPULAS.issuperset(gap.words)


def office_within(words: tuple[str, ...]) -> bool:
    """``كبير مستشاري الرئيس الأمريكي``: the office of another stands inside, and a name after it is the other's."""
    return any(bare(w) in _OFFICES for w in words[1:])


def points_back(written: str, words: tuple[str, ...]) -> bool:
    """``المدرب الألماني``, ``الكاتب``: a noun with the article that takes up a person named before. Not the office of
    a spokesman, a reporter or a ruler, of whom there is one: ``المتحدث باسم الجيش``, ``الملك``."""
    head = bare(words[0]) if words else ""
    return written.startswith(("ال", "لل", "لم", "لك", "لر", "لف")) and head not in _ONE_OF_A_KIND


def given_to_previous(attached: str, before: str, written: str) -> bool:
    """``انتخب هاريس رئيسا للوزراء``, ``في منصب رئيس الوزراء``, ``كرئيس للاتحاد``: an office that somebody gets or had.

    :param attached: the letter right before the phrase. :param before: the folded word before it.
    """
    first = written.split()[0]
    return attached == "ك" or before in _OFFICE_NOUNS or first.endswith(("اً", "ًا", "يسا", "يما", "يرا", "ينا"))


def phrase_key(words: tuple[str, ...]) -> tuple[str, ...]:
    """Under what two mentions of one office are found: the stems of its words (``مدرب الهلال``, ``المدرب الهلالي``)."""
    return tuple(stem(w) for w in words)


#: Nouns that an office may have or not before the name of its place or body: ``أمير (منطقة) الرياض``.
_OPTIONAL = frozenset(map(stem, word_set("منطقه مدينه محافظه ولايه دوله جمهوريه مملكه نادي شركه مجلس اداره")))


def same_office(key: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """``أمير الرياض`` and ``أمير منطقة الرياض``, ``نائب خادم الحرمين`` and ``نائب خادم الحرمين الشريفين``: one head, and one
    says all that the other says, but for nouns that may be left out. A head alone (``الوزير``) says too little."""
    if not key or not other or key[0] != other[0]:
        return False
    short, long = sorted((set(key[1:]) - _OPTIONAL, set(other[1:]) - _OPTIONAL), key=len)
    return bool(short) and short <= long


def likeness(key: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How like two offices are: 0 where the heads differ, or where both say more than the head and share none of it.

    ``رئيس الهلال`` is like ``رئيس مجلس إدارة نادي الهلال``, and ``الوزير`` like any minister.
    """
    if not key or not other or key[0] != other[0]:
        return 0
    shared = len(set(key[1:]) & set(other[1:]))
    if shared:
        return 1 + shared
    return 1 if len(key) == 1 or len(other) == 1 else 0
