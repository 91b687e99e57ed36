"""Boundaries: the parts of a name that a tagger left outside, its head noun (``مطار أبها``) or its end.

Which nouns belong to the name after them, with the counts in the annotated news, is in ``data/lexicon/head_nouns.tsv``
(column ``is_part_of_name``). With ``مدينة`` or ``قناة`` it is the other way round. If a place and the words after it are a
longer place of the knowledge base, it is that one in 1,041 of 1,047 cases, epithets aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.mentions.spans import Form, MentionSpan
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.text.clitics import after_letters, reading_among

#: Words by which a place may go on.
_MOST_WORDS = 3


def extend_spans(
    index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge, lexicon: Lexicon
) -> list[MentionSpan]:
    """The mentions, each with the parts of its name that were left outside."""
    return add_head_nouns(index, extend_ends(index, found, knowledge, lexicon), lexicon)


def extend_ends(
    index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge, lexicon: Lexicon
) -> list[MentionSpan]:
    """The mentions, places with the words after them where both are one place of the knowledge base."""
    out: list[MentionSpan] = []
    for mention in found:
        if out and mention.first < out[-1].last:
            continue  # taken by the place before
        out.append(_with_end(index, mention, knowledge, lexicon) if mention.label == "LOC" else mention)
    return out


def _with_end(index: WordIndex, mention: MentionSpan, knowledge: Knowledge, lexicon: Lexicon) -> MentionSpan:
    last = mention.last
    while last < len(index.folded) and last - mention.last < _MOST_WORDS:
        gap = index.text[index.ends[last - 1] : index.starts[last]]
        if gap != " " or index.folded[last] in lexicon["epithet"]:
            break
        last += 1
    for end in range(last, mention.last, -1):
        words = (*mention.form.words, *index.folded[mention.last : end])
        place = next((place for place in knowledge.places_of(words) if place.trusted), None)
        if place is not None:
            form = Form(mention.form.surface + index.text[mention.end : index.ends[end - 1]], words)
            return replace(mention, end=index.ends[end - 1], last=end, form=form, subtype=place.kind)
    return mention


def add_head_nouns(index: WordIndex, found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """The mentions, those of people and places right after a noun that belongs to the name with it: ``مطار أبها``."""
    out: list[MentionSpan] = []
    for mention in found:
        free = out[-1].last if out else 0
        out.append(_with_head_noun(index, mention, free, lexicon) if mention.first > free else mention)
    return out


def _with_head_noun(index: WordIndex, mention: MentionSpan, free: int, lexicon: Lexicon) -> MentionSpan:
    """``free``: the first word that belongs to no mention before. A title may stand between: ``مستشفى الملك فهد``."""
    titled = (
        mention.label == "PER"
        and mention.first - free > 1
        and index.folded[mention.first - 1] in lexicon["in_place_name"]
    )
    first = mention.first - (2 if titled else 1)
    between = index.text[index.ends[first] : mention.start]
    if mention.label == "ORG" or len(between.split()) != titled or "\n" in between or between[:1] != " ":
        return mention
    head = reading_among(index.folded[first], lexicon.parts_of_names)
    if head is None:
        return mention
    start = after_letters(index.text, len(head.prefix), index.starts[first])
    noun = lexicon.parts_of_names[head.stem]
    words = (noun.word, *index.folded[first + 1 : mention.first], *mention.form.words)
    form = Form(f"{index.text[start : mention.start]}{mention.form.surface}", words)
    return replace(mention, start=start, first=first, label=noun.label, subtype=noun.subtype, form=form)
