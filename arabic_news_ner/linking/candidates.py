"""Candidates: the places of the knowledge base that an entity can mean, by their names and by other spellings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arabic_news_ner.linking.knowledge_base import Knowledge, Place, place_key
from arabic_news_ner.linking.transliteration import edit_distance, in_arabic, transliteration_key
from arabic_news_ner.linking.vowel_signs import has_signs
from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Entity

#: Places with fewer people are found only under their exact names.
_SMALLEST_RESPELLED = 2_000
#: Letters that :func:`transliteration_key` leaves out.
_WEAK = frozenset("اوي")
#: The share of letters in which two spellings can differ.
_LARGEST_DISTANCE = 0.34
#: The same for an Arabic form and a Latin name. It is larger, because Arabic does not write short vowels.
_LARGEST_DISTANCE_OF_LATIN = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a form of an entity can mean.

    ``head``: the noun before the name gives its subtype; ``short``: only a shorter form of the entity means it, the
    longer ones do not;
    ``edit_distance``: between its name and the form; ``signs_differ``: the vowel signs of the text are the signs of
    another name (``عمّان``, ``عُمان``).
    """

    place: Place
    head: bool = False
    short: bool = False
    edit_distance: int = 0
    signs_differ: bool = False


def candidates_of(entity: Entity, knowledge: Knowledge) -> list[Candidate]:
    """The places that the forms of an entity can mean, each once. Other spellings are tried only if no form is a
    preferred name."""
    out: dict[int, Candidate] = {}
    forms = [split_words(form) for form in dict.fromkeys((entity.name, *entity.forms))]
    signed = [form for form in entity.forms if has_signs(form)]
    for words in sorted(forms, key=len, reverse=True):
        subtypes = knowledge.place_nouns.get(words[0], ()) if len(words) > 1 else ()
        short = bool(out)
        for place in knowledge.places_of(words):
            head = place.subtype in subtypes
            if place.row not in out or head > out[place.row].head:
                signs = any(knowledge.signs_differ(form, place) for form in signed)
                out[place.row] = Candidate(place, head, short and place.row not in out, signs_differ=signs)
    if any(candidate.place.preferred_name for candidate in out.values()):
        return list(out.values())
    known = bool(out)
    for words in forms:
        for place, distance in _spelled_otherwise(words, knowledge):
            if known and distance:
                continue
            if place.row not in out or distance < out[place.row].edit_distance:
                out[place.row] = Candidate(place, edit_distance=distance)
    return list(out.values())


@cached(4096)
def _spelled_otherwise(words: tuple[str, ...], knowledge: Knowledge) -> tuple[tuple[Place, int], ...]:
    """The places that a form may mean in another spelling, each with the letters by which its name differs."""
    agreeing = (p for p in knowledge.similar(words) if _head_agrees(words, p, knowledge))
    fitting = (p for p in agreeing if _begins_with_same_sound(words, p, knowledge))
    rated = ((place, _distance(words, place, knowledge)) for place in fitting)
    return tuple((place, distance) for place, distance in rated if distance is not None)


def _head_agrees(words: Sequence[str], place: Place, knowledge: Knowledge) -> bool:
    """Does the noun before a name fit the subtype of a place with another spelling? ``وادي الحلو`` is not the city
    ``الحلة``."""
    subtypes = knowledge.place_nouns.get(words[0]) if len(words) > 1 else None
    return subtypes is None or place.subtype in subtypes


def _begins_with_same_sound(words: Sequence[str], place: Place, knowledge: Knowledge) -> bool:
    """Are the first letters the same, or do they write one sound? ``بكركي`` is not ``ألباكركي``."""
    form = place_key(words[1:] if len(words) > 1 and words[0] in knowledge.place_nouns else words)
    name = split_words(place.name)
    key = (
        in_arabic(place.name)
        if place.latin
        else place_key(name[1:] if len(name) > 1 and name[0] in knowledge.place_nouns else name)
    )
    return (
        bool(form)
        and bool(key)
        and (
            form[0] == key[0]
            or (
                transliteration_key(form)[:1] == transliteration_key(key)[:1] != ""
                and (form[0] in _WEAK) == (key[0] in _WEAK)
            )
        )
    )


def _distance(words: Sequence[str], place: Place, knowledge: Knowledge) -> int | None:
    """The edit distance between a form and the name of a place; ``None`` if it is too large."""
    form = place_key(words[1:] if len(words) > 1 and words[0] in knowledge.place_nouns else words)
    if place.latin:
        distance = _edits(form, in_arabic(place.name), _LARGEST_DISTANCE_OF_LATIN)
        return None if distance is None else (distance + 1) // 2
    if place.population < _SMALLEST_RESPELLED:
        return None
    name = split_words(place.name)
    return _edits(
        form, place_key(name[1:] if len(name) > 1 and name[0] in knowledge.place_nouns else name), _LARGEST_DISTANCE
    )


def _edits(form: str, key: str, share: float) -> int | None:
    """The edit distance, if it is at most this share of the longer one's letters. It is not computed if the lengths
    differ by more."""
    most = share * max(len(form), len(key))
    if abs(len(form) - len(key)) > most:
        return None
    distance = edit_distance(form, key)
    return distance if distance <= most else None
