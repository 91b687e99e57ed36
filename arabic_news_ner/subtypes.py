"""The only place that decides the subtype of an entity.

The first word of the name decides. Otherwise the mentions and the nouns before them vote. A linked place or organization of
the knowledge base corrects the result. The words are in ``data/lexicon/head_nouns.tsv``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arabic_news_ner.lexicon import HeadNoun, Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge, Place
from arabic_news_ner.linking.vowel_signs import has_signs, signs_conflict
from arabic_news_ner.mentions.settings import LEAST_LINK_SCORE, LEAST_SUPPORT, WEIGHT_OF_TRIGGER
from arabic_news_ner.mentions.surface_forms import SurfaceForm, heaviest, weight
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Entity, Label


def decide_subtype(
    forms: Sequence[SurfaceForm], name_words: tuple[str, ...], index: WordIndex, lexicon: Lexicon
) -> str | None:
    """The subtype of the entity of these forms; ``None`` for a person and where nothing tells.

    :param name_words: the folded words of its canonical name.
    """
    label = forms[0].label
    if label == "PER":
        return None
    by_name = subtype_of_first_word(label, name_words, lexicon)
    if by_name is not None:
        return by_name
    mentions = [m for form in forms for m in form.mentions]
    votes = [(m.subtype, weight(m)) for m in mentions if m.seen]
    votes += [(subtype_of_noun_before(label, index, m.first, lexicon), WEIGHT_OF_TRIGGER) for m in mentions]
    return heaviest(votes)


def subtype_of_first_word(label: Label, words: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """``وزارة الصحة`` is government, ``مطار معيتيقة`` a facility; a single word tells nothing (``القوات``, a party)."""
    noun = lexicon.head_nouns[label].get(words[0]) if len(words) > 1 else None
    return noun.subtype if noun is not None and "tells_subtype" in noun.uses else None


def subtype_of_noun_before(label: Label, index: WordIndex, first: int, lexicon: Lexicon) -> str | None:
    """``ولاية ديلاوير`` is a region, ``وصحيفة الرياض`` is media: the trigger before a name, if its count supports it."""
    noun = _trigger_before(label, index, first, lexicon)
    if noun is None:
        return None
    borne_out, seen = noun.before
    return noun.subtype if borne_out >= LEAST_SUPPORT * seen else None


def _trigger_before(label: Label, index: WordIndex, first: int, lexicon: Lexicon) -> HeadNoun | None:
    noun = lexicon.head_noun(label, index.folded[first - 1]) if first and index.joined[first] else None
    return None if noun is None or noun.is_trigger == "no" else noun


def correct_by_link(
    entity: Entity, forms: Sequence[SurfaceForm], index: WordIndex, knowledge: Knowledge, lexicon: Lexicon
) -> Entity:
    """The entity with the subtype of the organization or place to which it is linked, where that is surer than the text.

    A linked organization has the subtype of its entry. A linked place corrects what the tagger took for another division:
    ``مطروح`` is a region, ``جباليا`` a city, and so is ``واشنطن``, which a tagger calls a country where it acts. It corrects
    nothing where a noun of the text says what the place is (``محافظة قنا``). Where text and table write the same vowel
    signs, the link is sure: ``عَمّان`` is a city; so is a country that the text writes with signs: ``عُمان``.

    :param forms: those of the entity.
    """
    if not entity.links or entity.label == "PER":
        return entity
    if entity.label == "ORG":
        organization = knowledge.organizations.of_link(entity.links[0])
        return entity if organization is None else replace(entity, subtype=organization.subtype)
    place = knowledge.place_of(entity.links[0])
    if place is None or place.subtype == entity.subtype:
        return entity
    words = split_words(entity.name)
    said = subtype_of_first_word("LOC", words, lexicon) is not None or any(
        subtype_of_noun_before("LOC", index, m.first, lexicon) is not None for form in forms for m in form.mentions
    )
    signed = has_signs(entity.name) and not signs_conflict(entity.name, place.name)
    signed = signed and (has_signs(place.name) or place.subtype == "country")
    if (
        said
        or ((entity.links[0].score or 0.0) < LEAST_LINK_SCORE and not signed)
        or not (signed or _corrects(place, entity.subtype, words, lexicon))
    ):
        return entity
    return replace(entity, subtype=place.subtype)


def _corrects(place: Place, subtype: str | None, words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """May a place correct a subtype? Between countries and their divisions; not ``الأراضي الفلسطينية``, a region by its
    name and a country by its link, nor ``إنجلترا``, which the news calls a country."""
    if not {place.subtype, subtype} <= {"country", "region", "city"}:
        return False
    if place.subtype == "country":
        return words == split_words(place.name)
    return subtype != "country" or words[0] not in lexicon["called_country"]
