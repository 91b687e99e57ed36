"""The head of a facility or body that a tagger left before its name: of ``مطار أبها`` the town alone.

The nouns below are those which the annotated news (2,604 articles) has before a name only as a part of it: ``مطار`` 107 times of
107, ``مستشفى`` 93 of 93, ``شرطة`` 40 of 40; ``ملعب`` 62 of 68. With ``مدينة`` or ``قناة`` it is the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arabic_news_ner.document import Label
from arabic_news_ner.entities.fold import word_set
from arabic_news_ner.entities.forms import Form, Found
from arabic_news_ner.entities.index import WordIndex
from arabic_news_ner.entities.reading import letters_width
from arabic_news_ner.text.clitics import PREFIXES

#: Folded heads, with what their name is.
_HEADS: dict[str, tuple[Label, str]] = {
    **dict.fromkeys(
        word_set("مطار مستشفى ميناء ملعب استاد ستاد متحف سد سجن فندق كنيسة جامع قصر شارع معبر مصفاة"),
        ("LOC", "facility"),
    ),
    **dict.fromkeys(word_set("نهر جبل محمية"), ("LOC", "nature")),
    **dict.fromkeys(word_set("محكمة شرطة"), ("ORG", "government")),
    **dict.fromkeys(word_set("جمعية"), ("ORG", "other")),
}

#: Words between a head and the person whose name it bears: ``مستشفى الملك فهد``.
_TITLES = word_set("الملك الملكة الأمير الأميرة الشيخ الشيخة السلطان الإمام الشهيد القديس")


def take_heads(index: WordIndex, found: Sequence[Found]) -> list[Found]:
    """The mentions, those of people and places right behind such a head with it: they are facilities or bodies then."""
    out: list[Found] = []
    for mention in found:
        free = out[-1].last if out else 0
        out.append(_with_head(index, mention, free) if mention.first > free else mention)
    return out


def _with_head(index: WordIndex, mention: Found, free: int) -> Found:
    """``free``: the first word that belongs to no mention before."""
    titled = mention.label == "PER" and mention.first - free > 1 and index.folded[mention.first - 1] in _TITLES
    first = mention.first - 1 - titled
    head = _head_of(index.folded[first])
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


def _head_of(word: str) -> str | None:
    if word in _HEADS:
        return word
    return next((word[len(p) :] for p in PREFIXES if word.startswith(p) and word[len(p) :] in _HEADS), None)
