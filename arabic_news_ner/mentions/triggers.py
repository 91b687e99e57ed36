"""Trigger nouns: a name right after ``شركة`` is an organization, one after ``مدينة`` a place.

The triggers and their support in the annotated news are in ``data/lexicon/head_nouns.tsv``: ``شركة`` 284 of 284 in the
training news of the packs 1.3; the least clear one is ``فريق`` with 145 of 148.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import regex

from arabic_news_ner.lexicon import HeadNoun, Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge, Place
from arabic_news_ner.mentions.settings import (
    KNOWN_NAME_SCORE,
    LATIN_NAME_SCORE,
    LISTED_NAME_SCORE,
    LONGEST_KNOWN_NAME,
    LONGEST_LATIN_NAME,
    LONGEST_SUBJECT,
    SHORTEST_KNOWN_NAME,
    SURE_LABEL,
)
from arabic_news_ner.mentions.spans import Form, MentionSpan
from arabic_news_ner.mentions.words import WordIndex, names_in
from arabic_news_ner.text.clitics import after_letters, reading_among, readings

_LATIN = regex.compile(r"\p{Latin}[\p{Latin}\p{N}&'’.-]*")
_ACRONYM = regex.compile(r"[A-Z]{3,}")
_GAPS: Final = frozenset({" ", ' "', " «", " “", " ”", " '"})


def apply_triggers(index: WordIndex, found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """Give each mention right after a trigger the label of the trigger.

    A mention keeps its label if the tagger is sure of it (``مقاطعة ميسي``, a boycott) or if its own first noun says the
    same (``منطقة الحرس الوطني``, ``منصة سوق عكاظ``).
    """
    out = []
    for mention in found:
        noun = trigger_before(index, mention.first, mention.start, lexicon)
        if noun is not None and noun.label != mention.label and not _keeps_label(index, mention, noun, lexicon):
            mention = replace(mention, label=noun.label, subtype=noun.subtype)
        out.append(mention)
    return out


def _keeps_label(index: WordIndex, mention: MentionSpan, noun: HeadNoun, lexicon: Lexicon) -> bool:
    """Does a mention keep its label after a trigger of another one?"""
    if mention.score is not None and mention.score >= SURE_LABEL:
        return True
    if mention.label == "PER":
        return _ends_in_pronoun(index, mention.first - 1, noun)
    return len(mention.form.words) > 1 and lexicon.head_nouns[mention.label].get(mention.form.words[0]) is not None


def _ends_in_pronoun(index: WordIndex, word: int, noun: HeadNoun) -> bool:
    """``قال محافظه ياسر الرميان``: "his governor", not ``محافظة``."""
    return noun.word.endswith("ه") and index.text[index.ends[word] - 1] == "ه"


def people_among_places(
    index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge, lexicon: Lexicon
) -> list[MentionSpan]:
    """Change a place to a person if only a person fits: ``صالح في اليمن وبن علي في تونس``."""
    return [
        replace(m, label="PER", subtype=None)
        if m.label == "LOC" and not _is_somewhere(index, m, lexicon) and _is_person(index, m, knowledge, lexicon)
        else m
        for m in found
    ]


def _is_somewhere(index: WordIndex, mention: MentionSpan, lexicon: Lexicon) -> bool:
    """Does a preposition of place stand before a mention: ``في رمسيس``, ``ببوش``? In 1,500 articles that no pack had seen,
    8 of 8 such names were places."""
    first = mention.first
    if mention.start > index.starts[first]:
        return "ب" in index.text[index.starts[first] : mention.start]
    return first > 0 and bool(index.joined[first]) and index.folded[first - 1] in lexicon["before_place"]


def _is_person(index: WordIndex, mention: MentionSpan, knowledge: Knowledge, lexicon: Lexicon) -> bool:
    """A given name that is not a place of the knowledge base: alone, after بن, or after ``محافظه`` ("his governor")."""
    words = mention.form.words
    names = words[1:] if words[0] in lexicon["son"] else words
    if not names or (names[0] not in lexicon["given_name"] and names[0] not in lexicon["everyday_word"]):
        return False
    noun = lexicon.head_noun("LOC", index.folded[mention.first - 1]) if mention.first else None
    possessive = noun is not None and _ends_in_pronoun(index, mention.first - 1, noun)
    if (noun is not None and not possessive) or (names is words and len(words) > 1 and not possessive):
        return False
    return not any(place.preferred_name for place in knowledge.places_of(words))


def places_among_people(
    index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge, lexicon: Lexicon
) -> list[MentionSpan]:
    """Change a person to a place after a verb of going and its subject: ``زار البطريرك بكركي``, ``غادر رئيس الجمهورية بكركي``;
    not ``زار البطريرك الراعي``."""
    return [_as_place(index, m, knowledge, lexicon) if m.label == "PER" and m.last - m.first == 1 else m for m in found]


def add_places(
    index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge, lexicon: Lexicon
) -> list[MentionSpan]:
    """Add places that the tagger missed: the one that a verb of going asks for (``زار الوزير دمشق``), and a well-known one
    with ف right after a place (``من الرباط فتونس``)."""
    taken = _words_in(found)
    ends = {mention.last for mention in found if mention.label == "LOC"}
    out = list(found)
    for at, word in enumerate(index.folded):
        if at in taken or not at or not index.joined[at]:
            continue
        if at in ends:
            place, letters = _next_stop(index, at, knowledge, lexicon), 1
        elif index.folded[at - 1].startswith("ال") and _after_verb_of_going(index, at, lexicon):
            place, letters = _place_named(word, knowledge, lexicon), 0
        else:
            continue  # nearly every word
        if place is not None:
            start, end = after_letters(index.text, letters, index.starts[at]), index.ends[at]
            form = Form(index.text[start:end], (word[letters:],))
            out.append(MentionSpan(start, end, at, at + 1, "LOC", None, LISTED_NAME_SCORE, form))
    return sorted(out, key=lambda m: m.start)


def _next_stop(index: WordIndex, at: int, knowledge: Knowledge, lexicon: Lexicon) -> Place | None:
    """The country, capital or other well-known place behind ف in a word, one blank after a place: ``فتونس``."""
    if index.folded[at][0] != "ف" or index.text[index.ends[at - 1] : index.starts[at]] != " ":
        return None
    place = _place_named(index.folded[at][1:], knowledge, lexicon)
    return place if place and (place.subtype == "country" or place.capital or place.prominent) else None


def _place_named(word: str, knowledge: Knowledge, lexicon: Lexicon) -> Place | None:
    """The place of the knowledge base with this name, if the word is no name of people and has no article."""
    if word in lexicon["given_name"] or word in lexicon["everyday_word"] or word.startswith("ال"):
        return None
    return next((place for place in knowledge.places_of((word,)) if place.preferred_name), None)


def _as_place(index: WordIndex, mention: MentionSpan, knowledge: Knowledge, lexicon: Lexicon) -> MentionSpan:
    """The mention as the place of the knowledge base that the verb of going asks for. A tagger may have cut its first letter
    off: ``كركي``."""
    word = index.folded[mention.first]
    if not _after_verb_of_going(index, mention.first, lexicon):
        return mention
    place = _place_named(word, knowledge, lexicon)
    if place is None:
        return mention
    start = index.starts[mention.first]
    form = Form(index.text[start : mention.end], (word,))
    return replace(mention, start=start, label="LOC", subtype=place.subtype, form=form)


def _after_verb_of_going(index: WordIndex, first: int, lexicon: Lexicon) -> bool:
    """``زار البطريرك``, ``زار رئيس الجمهورية``: verb and subject, whose last word has the article, right before word
    ``first``."""
    at = first
    while at > 0 and first - at < LONGEST_SUBJECT and index.joined[at] and index.text[index.ends[at - 1]] == " ":
        at -= 1
        if lexicon["goes_to"].stem(index.folded[at]) is not None:
            return first - at > 1 and index.folded[first - 1].startswith("ال")
    return False


def add_unmistakable(index: WordIndex, found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """Add unambiguous names of the lexicon that the tagger missed: ``أم كلثوم``, ``المنظمة الدولية للهجرة``. Shorter mentions
    inside give way: ``العراق`` of ``الدولة الإسلامية في العراق والشام``."""
    mention_at = {word: mention for mention in found for word in range(mention.first, mention.last)}
    kept = {mention.first: mention for mention in found}
    for (label, words), start, at, last in names_in(index, lexicon.unmistakable):
        inside = {mention_at[w].first: mention_at[w] for w in range(at, last) if w in mention_at}
        if all(at <= m.first and m.last <= last and m.last - m.first < last - at for m in inside.values()):
            end = index.ends[last - 1]
            form = Form(index.text[start:end], words)
            added = MentionSpan(start, end, at, last, label, None, LISTED_NAME_SCORE, form)
            for first in inside:
                del kept[first]
            kept[at] = added
            mention_at.update(dict.fromkeys(range(at, last), added))
    return sorted(kept.values(), key=lambda m: m.start)


def drop_impossible(index: WordIndex, found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """Drop mentions that are never names, whatever the tagger says: see :data:`NOT_NAMES`."""
    return [m for m in found if not any(rule(index, m, lexicon) for rule in NOT_NAMES)]


def bare_noun(index: WordIndex, mention: MentionSpan, lexicon: Lexicon) -> bool:
    """``شركة`` of ``شركة جرناس``: an organization or place of one noun without the definite article."""
    words = mention.form.words
    return mention.label != "PER" and len(words) == 1 and words[0] in lexicon["never_alone"]


def single_letter(index: WordIndex, mention: MentionSpan, lexicon: Lexicon) -> bool:
    """The و of ``Google وMicrosoft``: one Arabic letter. ``X`` is a company."""
    return len("".join(mention.form.words)) == 1 and not mention.form.words[0].isascii()


def adjective(index: WordIndex, mention: MentionSpan, lexicon: Lexicon) -> bool:
    """``بموقف حازم``, ``انتقال حر``: an everyday adjective right after its noun; not ``قال حازم``."""
    first = mention.first
    if mention.label != "PER" or len(mention.form.words) > 1 or not first or not index.joined[first]:
        return False
    everyday = mention.start == index.starts[first] and index.folded[first] in lexicon["everyday_word"]
    return everyday and lexicon["takes_adjective"].stem(index.folded[first - 1]) is not None


def add_latin_names(index: WordIndex, found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """Add names in Latin letters right after a trigger of an organization: ``شركة Sensor Tower``."""
    latin = [at for at, word in enumerate(index.folded) if at and word.isascii()]
    if not latin:
        return list(found)
    taken = _words_in(found)
    out = list(found)
    done = 0
    for at in latin:
        if at < done:
            continue
        last = _latin_end(index, at, taken)
        noun = trigger_before(index, at, index.starts[at], lexicon) if last > at else None
        if noun is not None and noun.label == "ORG":
            start, end = index.starts[at], index.ends[last - 1]
            form = Form(index.text[start:end], tuple(index.folded[at:last]))
            out.append(MentionSpan(start, end, at, last, "ORG", noun.subtype, LATIN_NAME_SCORE, form))
        done = last
    return sorted(out, key=lambda m: m.start)


def add_acronyms(
    index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge, _lexicon: Lexicon
) -> list[MentionSpan]:
    """Add acronyms in capitals that the tables know as an organization: ``WHO وUNICEF``. In the annotated news 835 of 841
    that lie in no longer name are one."""
    taken = _words_in(found)
    out = list(found)
    for at, word in enumerate(index.folded):
        if not word[-1].isascii() or at in taken:
            continue  # nearly every word
        for reading in readings(word):
            acronym = index.text[index.ends[at] - len(reading.stem) : index.ends[at]]
            if not _ACRONYM.fullmatch(acronym) or not _is_organization(reading.stem, knowledge):
                continue
            start, end = index.ends[at] - len(acronym), index.ends[at]
            form = Form(acronym, (reading.stem,))
            out.append(MentionSpan(start, end, at, at + 1, "ORG", None, KNOWN_NAME_SCORE, form))
            break
    return sorted(out, key=lambda m: m.start)


def add_known_people(
    index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge, lexicon: Lexicon
) -> list[MentionSpan]:
    """Add people whose name of three words or more the tables know: ``مار بشارة بطرس الراعي``. In the annotated news 2,113
    of 2,126 that lie in no longer name are people."""
    taken = _words_in(found)
    out = list(found)
    for at, word in enumerate(index.folded):
        if at in taken:
            continue
        for reading in readings(word):
            if reading.stem not in lexicon["given_name"] and reading.stem not in lexicon["begins_name"]:
                continue
            last = _end_of_known_name(index, at, reading.stem, taken, knowledge)
            if last > at:
                start = after_letters(index.text, len(reading.prefix), index.starts[at])
                end = index.ends[last - 1]
                form = Form(index.text[start:end], (reading.stem, *index.folded[at + 1 : last]))
                out.append(MentionSpan(start, end, at, last, "PER", None, KNOWN_NAME_SCORE, form))
                taken.update(range(at, last))
                break
    return sorted(out, key=lambda m: m.start)


def _end_of_known_name(index: WordIndex, first: int, stem: str, taken: set[int], knowledge: Knowledge) -> int:
    """The end (exclusive) of the longest known name of a person that begins with ``stem`` at word ``first``; ``first`` if
    there is none."""
    for length in range(LONGEST_KNOWN_NAME, SHORTEST_KNOWN_NAME - 1, -1):
        last = first + length
        if (
            last > len(index.folded)
            or not all(index.joined[first + 1 : last])
            or not taken.isdisjoint(range(first, last))
        ):
            continue
        if knowledge.people.named((stem, *index.folded[first + 1 : last])):
            return last
    return first


def _is_organization(word: str, knowledge: Knowledge) -> bool:
    """Do the tables know a folded word as an organization, whatever stands around it?"""
    return any(not (e.requires_subtype or e.requires_country) for e in knowledge.aliases((word,), "ORG"))


def trigger_before(index: WordIndex, first: int, start: int, lexicon: Lexicon) -> HeadNoun | None:
    """The trigger right before word ``first``; only a quote may come between. The name begins at ``start`` in that
    word."""
    if first == 0 or start != index.starts[first] or index.text[index.ends[first - 1] : start] not in _GAPS:
        return None
    reading = reading_among(index.folded[first - 1], lexicon.triggers)
    return None if reading is None else lexicon.triggers[reading.stem]


def _words_in(found: Sequence[MentionSpan]) -> set[int]:
    """The numbers of all words in mentions."""
    return {word for mention in found for word in range(mention.first, mention.last)}


def _latin_end(index: WordIndex, first: int, taken: set[int]) -> int:
    """The end (exclusive) of the run of words in Latin letters from word ``first`` on; ``first`` if there is none."""
    last = first
    while last < len(index.folded) and last - first < LONGEST_LATIN_NAME and last not in taken:
        gap = index.text[index.ends[last - 1] : index.starts[last]] if last > first else " "
        if gap != " " or not _LATIN.fullmatch(index.text[index.starts[last] : index.ends[last]]):
            break
        last += 1
    return last


NOT_NAMES = (bare_noun, single_letter, adjective)
