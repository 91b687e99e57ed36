"""Where a form that is a name elsewhere in the article is no name.

Only forms of one word are in doubt: each rule is about them, looks at the words around, and says so where the word is
something else. Measured on the annotated training articles, the rules are asked about 1 of 100 occurrences.
"""

from __future__ import annotations

from arabic_news_ner.mentions.person_names import TITLES
from arabic_news_ner.mentions.spans import MentionSpan
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.text.clitics import readings
from arabic_news_ner.text.words import word_set

#: Offices whose holder heads a field: وزير الصحة names no ministry.
_HEADS_OF_FIELD = frozenset({"وزير", "وزيره", "وزرا", "مدير", "مديره", "وكيل", "وزيري"})
#: Things and events that are called by a name of somebody or some place.
_NAMED_AFTER = word_set("""
    كاس بطوله دوري جايزه مسابقه مونديال هاتف جهاز سياره طايره لقاح قبيله خام رويه جمال وعد معاهده ميثاق رسايل سباق
    """)
#: Countries whose name is the adjective of a feminine noun as well.
_ALSO_ADJECTIVES = frozenset({"السعوديه", "سعوديه", "سوريه", "السوريه", "التشيك", "ليبيه", "روسيه"})


def is_plausible_mention(index: WordIndex, hit: MentionSpan) -> bool:
    """May the form be a name at this place? Forms of several words always may, unless a quote opens or ends in them."""
    if hit.last - hit.first > 1:
        return quotes_match(index.text[hit.start : hit.end])
    before = index.folded[hit.first - 1] if hit.first and index.joined[hit.first] else ""
    return not (
        preposition(index, hit)
        or in_hashtag(index, hit)
        or common_with_prefix(index, hit)
        or accusative_adjective(index, hit)
        or adjective_of_country(index, before, hit)
        or field_of_office(before, hit)
        or named_after(index, before, hit)
    )


def quotes_match(written: str) -> bool:
    """``جماعة "الإخوان`` is no form: as many quotes open in a name as end in it."""
    plain = sum(written.count(c) for c in '"„‟')
    return plain % 2 == 0 and written.count("«") == written.count("»") and written.count("“") == written.count("”")


def preposition(index: WordIndex, hit: MentionSpan) -> bool:
    """``على`` where ``علي`` is a name: ى and ي fold to one letter, but the two words differ."""
    written = index.text[hit.start : hit.end]
    return written.endswith("ى") and hit.form.surface.endswith("ي") and len(written) <= 3


def in_hashtag(index: WordIndex, hit: MentionSpan) -> bool:
    """``#هيكل_يهاجم``: a word of a hashtag or of an account's name."""
    around = index.text[max(0, hit.start - 1) : hit.start] + index.text[hit.end : hit.end + 1]
    return any(c in "#_@" for c in around)


def common_with_prefix(index: WordIndex, hit: MentionSpan) -> bool:
    """``كريم`` is no ``ك`` + ``ريم``: ك and ف come off only before four letters or an article, و ب ل before three."""
    attached = hit.start - index.starts[hit.first]
    if not attached:
        return False
    word = hit.form.words[0]
    if word.startswith("ال"):
        return False
    letters = index.folded[hit.first][:1]
    return len(word) < (4 if letters in "كف" else 3)


def accusative_adjective(index: WordIndex, hit: MentionSpan) -> bool:
    """``لاجئاً سورياً``: with the sign of the accusative the name of a country is an adjective."""
    written = index.text[hit.end - 2 : hit.end]
    return hit.label == "LOC" and "\u064b" in written and "\u064b" not in hit.form.surface


def adjective_of_country(index: WordIndex, before: str, hit: MentionSpan) -> bool:
    """``العاصمة السعودية``, ``الحدود السورية``: the adjective, after a noun with the article; not ``في السعودية``."""
    if hit.label != "LOC" or hit.form.words[0] not in _ALSO_ADJECTIVES or hit.start > index.starts[hit.first]:
        return False
    return before.startswith(("ال", "لل", "بال", "وال", "كال", "فال")) and len(before) > 4


def field_of_office(before: str, hit: MentionSpan) -> bool:
    """``وزير الصحة`` where ``الصحة`` is the ministry's short name elsewhere."""
    return hit.label == "ORG" and hit.form.words[0].startswith("ال") and _is_one_of(before, _HEADS_OF_FIELD)


def named_after(index: WordIndex, before: str, hit: MentionSpan) -> bool:
    """``كأس الملك فهد``, ``لقاح فايزر``: an event or a thing by the name of somebody or some place."""
    if before in TITLES and hit.first > 1:
        before = index.folded[hit.first - 2]
    return _is_one_of(before, _NAMED_AFTER)


def _is_one_of(word: str, known: frozenset[str]) -> bool:
    """Is the word one of these, as it is or behind attached letters: ``وزير``, ``لوزير``?"""
    return any(reading.stem in known for reading in readings(word))
