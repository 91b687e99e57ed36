"""The subtype of an entity, decided here and nowhere else.

What the first word of the name says holds; then the votes of the mentions and of the nouns before them; a linked place or
organization of the knowledge base corrects both. The words are in ``data/lexicon/head_nouns.tsv``.
"""

from __future__ import annotations

from collections.abc import Sequence

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.mentions.surface_forms import SurfaceForm, heaviest, weight
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.types import Label

#: What a trigger noun before a mention weighs against the score of one mention: as much as a sure one.
_WEIGHT_OF_TRIGGER = 1.0
#: A noun votes where at least this share of the names after it have its subtype in the annotated news: ``محافظة`` (80 %), not
#: ``منطقة`` (62 %), which stands before cities as well.
_LEAST_SUPPORT = 0.8


def decide_subtype(
    forms: Sequence[SurfaceForm], name_words: tuple[str, ...], index: WordIndex, knowledge: Knowledge, lexicon: Lexicon
) -> str | None:
    """The subtype of the entity of these forms; ``None`` for a person and where nothing tells.

    :param name_words: the folded words of its canonical name.
    """
    label = forms[0].label
    if label == "PER":
        return None
    told = subtype_of_first_word(label, name_words, lexicon)
    if told is not None:
        return told
    mentions = [m for form in forms for m in form.mentions]
    votes = [(m.subtype, weight(m)) for m in mentions if m.seen]
    votes += [(subtype_of_noun_before(label, index, m.first, lexicon), _WEIGHT_OF_TRIGGER) for m in mentions]
    subtype = heaviest(votes)
    return "city" if subtype == "country" and _is_capital(name_words, knowledge) else subtype


def _is_capital(words: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Is a name that of a capital and of no country: ``واشنطن``, which a tagger calls a country where it acts?"""
    places = [place for place in knowledge.places_of(words) if place.trusted]
    return any(place.capital for place in places) and not any(place.kind == "country" for place in places)


def subtype_of_first_word(label: Label, words: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """``وزارة الصحة`` is government, ``مطار معيتيقة`` a facility; a single word tells nothing (``القوات``, a party)."""
    noun = lexicon.head_nouns[label].get(words[0]) if len(words) > 1 else None
    return noun.subtype if noun is not None and "tells_subtype" in noun.uses else None


def subtype_of_noun_before(label: Label, index: WordIndex, first: int, lexicon: Lexicon) -> str | None:
    """``ولاية ديلاوير`` is a region, ``وصحيفة الرياض`` is media: the noun right before a name that is not part of it."""
    if not first or not index.joined[first]:
        return None
    noun = lexicon.head_noun(label, index.folded[first - 1])
    if noun is None or noun.is_trigger == "no":
        return None
    borne_out, seen = noun.before
    return noun.subtype if borne_out >= _LEAST_SUPPORT * seen else None
