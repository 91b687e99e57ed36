"""Trigger nouns: a name right after ``شركة`` is an organization, one after ``مدينة`` a place.

The triggers and their support in the annotated news are in ``data/lexicon/head_nouns.tsv``: ``شركة`` 284 of 284 in the news of
packs 1.3, ``فريق``, the least clear of them, 145 of 148.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import regex

from arabic_news_ner.lexicon import HeadNoun, Lexicon
from arabic_news_ner.mentions.spans import Form, MentionSpan
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.text.clitics import reading_among

#: The probability of a name in Latin letters right after a trigger of an organization; the annotated news has 95 of 95.
_LATIN_SCORE: Final = 0.98
_LATIN = regex.compile(r"\p{Latin}[\p{Latin}\p{N}&'’.-]*")
_GAPS: Final = frozenset({" ", ' "', " «", " “", " ”", " '"})
_MOST_WORDS: Final = 5


def apply_triggers(index: WordIndex, found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """The mentions, each right after a trigger with the label of the trigger."""
    out = []
    for mention in found:
        noun = trigger_before(index, mention.first, mention.start, lexicon)
        if noun is not None and noun.label != mention.label:
            mention = replace(mention, label=noun.label, subtype=noun.subtype)
        out.append(mention)
    return out


def drop_bare_nouns(found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """The mentions, but organizations and places that are a noun without article alone: ``شركة`` of ``شركة جرناس``."""
    bare = lexicon["never_alone"]
    return [m for m in found if m.label == "PER" or len(m.form.words) != 1 or m.form.words[0] not in bare]


def add_latin_names(index: WordIndex, found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """The mentions, and names in Latin letters right after a trigger of an organization: ``شركة Sensor Tower``."""
    latin = [at for at, word in enumerate(index.folded) if at and word.isascii()]
    if not latin:
        return list(found)
    taken = {word for mention in found for word in range(mention.first, mention.last)}
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
            out.append(MentionSpan(start, end, at, last, "ORG", noun.subtype, _LATIN_SCORE, form))
        done = last
    return sorted(out, key=lambda m: m.start)


def trigger_before(index: WordIndex, first: int, start: int, lexicon: Lexicon) -> HeadNoun | None:
    """The trigger before word ``first``, where the name begins with that word at ``start`` and only a quote stands between."""
    if first == 0 or start != index.starts[first] or index.text[index.ends[first - 1] : start] not in _GAPS:
        return None
    reading = reading_among(index.folded[first - 1], lexicon.triggers)
    return None if reading is None else lexicon.triggers[reading.stem]


def _latin_end(index: WordIndex, first: int, taken: set[int]) -> int:
    """Past the last of the words in Latin letters that begin with word ``first``; ``first`` where there is none."""
    last = first
    while last < len(index.folded) and last - first < _MOST_WORDS and last not in taken:
        gap = index.text[index.ends[last - 1] : index.starts[last]] if last > first else " "
        if gap != " " or not _LATIN.fullmatch(index.text[index.starts[last] : index.ends[last]]):
            break
        last += 1
    return last
