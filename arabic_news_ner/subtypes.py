"""The subtype of an entity: a vote of its mentions, and what its name and the noun before it say for certain."""

from __future__ import annotations

from collections.abc import Sequence

from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.mentions.surface_forms import SurfaceForm, heaviest
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.text.words import word_set
from arabic_news_ner.types import Label

#: First words of names that tell the kind: right for 1,180 of 1,188 entities of the annotated training articles.
_HEADS: dict[Label, dict[str, str]] = {
    "ORG": {
        **dict.fromkeys(
            word_set("""
            وزاره الحكومه حكومه السفاره سفاره القنصليه قنصليه بلديه امانه الرياسه رياسه النيابه الديوان اماره
            """),
            "government",
        ),
        **dict.fromkeys(
            word_set("""
            الجيش جيش القوات قوات الحرس الشرطه شرطه الاستخبارات استخبارات المخابرات خفر كتايب مليشيات ميليشيات
            المليشيات المباحث جهاز سلاح
            """),
            "military",
        ),
        **dict.fromkeys(word_set("الحزب"), "party"),
        **dict.fromkeys(word_set("شركه الشركه بورصه البورصه سوق خطوط الخطوط"), "company"),
        **dict.fromkeys(word_set("صحيفه جريده قناه القناه التلفزيون بوابه اذاعه"), "media"),
        **dict.fromkeys(word_set("منتخب المنتخب"), "sports"),
        **dict.fromkeys(word_set("كليه مدرسه مستشفي معهد"), "education"),
        **dict.fromkeys(word_set("الامم حلف المفوضيه"), "international"),
    },
    "LOC": {
        **dict.fromkeys(word_set("جمهوريه مملكه سلطنه"), "country"),
        **dict.fromkeys(word_set("مخيم"), "city"),
        **dict.fromkeys(word_set("محافظه ولايه اقليم قطاع الضفه شمال"), "region"),
        **dict.fromkeys(
            word_set("""
            مطار ملعب استاد قصر مسجد المسجد مستشفي شارع طريق ميناء مينا قاعده مقبره محطه متحف سوق ميدان جسر معبر برج
            فندق سجن حديقه مسرح
            """),
            "facility",
        ),
        **dict.fromkeys(word_set("نهر بحيره جبل جبال مضيق المحيط جزيره"), "nature"),
    },
}
#: Nouns before a name that tell its kind and are no part of it.
_BEFORE: dict[Label, dict[str, str]] = {
    "ORG": {
        **dict.fromkeys(word_set("صحيفه جريده قناه اذاعه مجله لجريده بصحيفه لصحيفه لقناه"), "media"),
        **dict.fromkeys(word_set("شركه لشركه"), "company"),
        **dict.fromkeys(word_set("نادي لنادي"), "sports"),
    },
    "LOC": {
        **dict.fromkeys(word_set("مدينه بمدينه لمدينه بلده ببلده قريه بقريه العاصمه"), "city"),
        **dict.fromkeys(word_set("ولايه بولايه اقليم باقليم محافظه بمحافظه مقاطعه مديريه"), "region"),
        **dict.fromkeys(word_set("دوله لدوله بدوله"), "country"),
    },
}
#: What one such noun weighs against the score of one mention.
_WEIGHT_BEFORE = 1.0
_UNSCORED = 0.5


def decide_subtype(
    groups: Sequence[SurfaceForm], name_words: tuple[str, ...], index: WordIndex, knowledge: Knowledge
) -> str | None:
    """The subtype of the entity of these forms; ``None`` for a person and where nothing tells.

    :param name_words: the folded words of its canonical name.
    """
    label = groups[0].label
    if label == "PER":
        return None
    told = subtype_of_first_word(label, name_words)
    if told is not None:
        return told
    votes = [(m.subtype, _UNSCORED if m.score is None else m.score) for g in groups for m in g.mentions if m.seen]
    votes += [(subtype_of_noun_before(label, index, m.first), _WEIGHT_BEFORE) for g in groups for m in g.mentions]
    kind = heaviest(votes)
    return "city" if kind == "country" and _is_capital(name_words, knowledge) else kind


def _is_capital(words: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Is a name that of a capital and of no country: ``واشنطن``, which a tagger calls a country where it acts?"""
    places = [place for place in knowledge.places_of(words) if place.trusted]
    return any(place.capital for place in places) and not any(place.kind == "country" for place in places)


def subtype_of_first_word(label: Label, words: tuple[str, ...]) -> str | None:
    """``وزارة الصحة`` is government, ``مطار معيتيقة`` a facility; a single word tells nothing (``القوات``, a party)."""
    return _HEADS[label].get(words[0]) if len(words) > 1 else None


def subtype_of_noun_before(label: Label, index: WordIndex, first: int) -> str | None:
    """``ولاية ديلاوير`` is a region, ``صحيفة الرياض`` is media: the noun right before a name that is not part of it."""
    if not first or not index.joined[first]:
        return None
    return _BEFORE[label].get(index.folded[first - 1])
