"""Names of which a tagger left a part outside: the head before them (``مطار أبها``), or their end (``أفريقيا جنوب الصحراء``).

The nouns below are those which the annotated news (2,604 articles) has before a place or person only as a part of a
name: ``مطار`` 107 times of 107, ``مستشفى`` 93 of 93, ``شرطة`` 40 of 40, ``مجلس`` 326 of 326, the least clear ``ملعب``, 62 of 68.
With ``مدينة`` or ``قناة`` it is the other way round. A place that with the words behind it is a longer place of the
knowledge base is that one 1,041 times of 1,047, the words in ``_LEFT_OUT`` aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.mentions.normalize import letters_width
from arabic_news_ner.mentions.spans import Form, MentionSpan
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.text.clitics import stem_among
from arabic_news_ner.text.words import word_set
from arabic_news_ner.types import Label

#: Folded heads, with what their name is.
_HEADS: dict[str, tuple[Label, str]] = {
    **dict.fromkeys(
        word_set("""
            مطار مستشفى ميناء مرفأ ملعب استاد ستاد متحف مسجد جامع كنيسة مقبرة سد سجن فندق قصر برج شارع معبر محطة منتزه مصفاة حقل
            """),
        ("LOC", "facility"),
    ),
    **dict.fromkeys(word_set("نهر جبل محمية"), ("LOC", "nature")),
    "مخيم": ("LOC", "city"),
    **dict.fromkeys(word_set("وزارة مجلس لجنة هيئة محكمة سفارة"), ("ORG", "government")),
    "شرطه": ("ORG", "military"),
    **dict.fromkeys(word_set("جامعة كلية معهد مدرسة"), ("ORG", "education")),
    **dict.fromkeys(word_set("بنك بورصة"), ("ORG", "company")),
    **dict.fromkeys(word_set("منتخب اتحاد"), ("ORG", "sports")),
    **dict.fromkeys(word_set("جمعية رابطة صندوق"), ("ORG", "other")),
}
#: Words between a head and the person whose name it bears: ``مستشفى الملك فهد``.
_TITLES = word_set("الملك الملكة الأمير الأميرة الشيخ الشيخة السلطان الإمام الشهيد القديس")
#: Epithets that are no part of a name (annotation guidelines).
_LEFT_OUT = word_set("المحتلة المحتل المحتلتين المبارك الشقيقة")
#: Words by which a place may go on.
_MOST_WORDS = 3


def extend_spans(index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge) -> list[MentionSpan]:
    """The mentions, each with the parts of its name that were left outside."""
    return add_head_nouns(index, extend_ends(index, found, knowledge))


def extend_ends(index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge) -> list[MentionSpan]:
    """The mentions, places with the words behind them where both are one place of the knowledge base."""
    out: list[MentionSpan] = []
    for mention in found:
        if out and mention.first < out[-1].last:
            continue  # taken by the place before
        out.append(_with_end(index, mention, knowledge) if mention.label == "LOC" else mention)
    return out


def _with_end(index: WordIndex, mention: MentionSpan, knowledge: Knowledge) -> MentionSpan:
    last = mention.last
    while last < len(index.folded) and last - mention.last < _MOST_WORDS:
        gap = index.text[index.ends[last - 1] : index.starts[last]]
        if gap != " " or index.folded[last] in _LEFT_OUT:
            break
        last += 1
    for end in range(last, mention.last, -1):
        words = (*mention.form.words, *index.folded[mention.last : end])
        place = next((place for place in knowledge.places_of(words) if place.trusted), None)
        if place is not None:
            form = Form(mention.form.surface + index.text[mention.end : index.ends[end - 1]], words)
            return replace(mention, end=index.ends[end - 1], last=end, form=form, subtype=place.kind)
    return mention


def add_head_nouns(index: WordIndex, found: Sequence[MentionSpan]) -> list[MentionSpan]:
    """The mentions, those of people and places right behind such a head with it: they are facilities or bodies then."""
    out: list[MentionSpan] = []
    for mention in found:
        free = out[-1].last if out else 0
        out.append(_with_head_noun(index, mention, free) if mention.first > free else mention)
    return out


def _with_head_noun(index: WordIndex, mention: MentionSpan, free: int) -> MentionSpan:
    """``free``: the first word that belongs to no mention before."""
    titled = mention.label == "PER" and mention.first - free > 1 and index.folded[mention.first - 1] in _TITLES
    first = mention.first - 1 - titled
    head = stem_among(index.folded[first], _HEADS)
    between = index.text[index.ends[first] : mention.start]
    if (
        head is None
        or mention.label == "ORG"
        or len(between.split()) != titled
        or "\n" in between
        or between[:1] != " "
    ):
        return mention
    attached = len(index.folded[first]) - len(head)
    start = index.starts[first] + letters_width(index.text, index.starts[first], attached)
    label, subtype = _HEADS[head]
    words = (head, *index.folded[first + 1 : mention.first], *mention.form.words)
    form = Form(f"{index.text[start : mention.start]}{mention.form.surface}", words)
    return replace(mention, start=start, first=first, label=label, subtype=subtype, form=form)
