"""A tagger's mentions, read as forms: bounds checked, attached letters off the name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from arabic_news_ner.errors import InputError
from arabic_news_ner.mentions.head_nouns import LOC_HEADS, ORG_HEADS, WEAK_HEADS
from arabic_news_ner.mentions.spans import MentionSpan, restore
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.tagging.protocol import TaggedMention
from arabic_news_ner.text.characters import TATWEEL
from arabic_news_ner.text.clitics import PREFIXES
from arabic_news_ner.text.words import fold
from arabic_news_ner.types import Label

_SHORTEST = 3
_HEADS = ORG_HEADS | WEAK_HEADS | LOC_HEADS


def normalize_spans(index: WordIndex, mentions: Iterable[TaggedMention]) -> list[MentionSpan]:
    """The mentions in text order, none overlapping another, each with its form; those without a word are dropped.

    :raises InputError: where a mention's bounds do not fit the text.
    """
    rows: list[tuple[TaggedMention, int, int]] = []
    end = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not 0 <= mention.start < mention.end <= len(index.text):
            raise InputError(
                f"mention [{mention.start}, {mention.end}) does not lie in a text of {len(index.text)} characters; "
                "a tagger must answer in offsets of the text that it was given"
            )
        first, last = index.words_of(mention.start, mention.end)
        if first < last and mention.start >= end:
            rows.append((mention, first, last))
            end = mention.end
    whole = {tuple(index.folded[first:last]) for mention, first, last in rows if mention.start <= index.starts[first]}
    counts = Counter(index.folded)
    return [_read(index, row, whole, counts) for row in rows]


def _read(
    index: WordIndex, row: tuple[TaggedMention, int, int], whole: set[tuple[str, ...]], counts: Counter[str]
) -> MentionSpan:
    mention, first, last = row
    start, end = mention.start, mention.end
    token_start = min(start, index.starts[first])
    uncut = tuple(index.folded[first:last])
    cut = fold(index.text[token_start:start])
    if start <= index.starts[first]:
        start += letters_width(index.text, index.starts[first], attached_letters(uncut, whole))
    elif before_head(cut, uncut[0][len(cut) :], mention.label):
        start += letters_width(index.text, start, 1)
    elif belongs_to_name(uncut, len(cut), whole, counts):
        start = token_start
    words = _words_between(index, start, end, first, last)
    form = restore(index.text, token_start, start, end, words, whole, counts)
    return MentionSpan(start, end, first, last, mention.label, mention.subtype, mention.score, form)


def _words_between(index: WordIndex, start: int, end: int, first: int, last: int) -> tuple[str, ...]:
    """The folded words from ``start`` to ``end``, the outer ones cut where the bounds cut them."""
    words = index.folded[first:last]
    if end < index.ends[last - 1]:
        words[-1] = fold(index.text[max(start, index.starts[last - 1]) : end])
    if start > index.starts[first]:
        words[0] = fold(index.text[start : min(end, index.ends[first])])
    return tuple(word for word in words if word)


def letters_width(text: str, start: int, letters: int) -> int:
    """How many characters of the text the first ``letters`` letters take, with the marks written on them."""
    if not letters:
        return 0
    at = start
    for _ in range(letters):
        at += 1
        while at < len(text) and (text[at] == TATWEEL or not text[at].isalnum()):
            at += 1
    return at - start


def attached_letters(words: tuple[str, ...], whole: set[tuple[str, ...]]) -> int:
    """How many letters to take off a mention that a tagger gave with them: ``وطرابلس`` -> 1.

    Only where the article also has the name without them as a mention; ``وليد`` stays, and so does ``باريس`` where
    nobody is called ``اريس``.
    """
    first = words[0]
    for prefix in PREFIXES:
        if first.startswith(prefix) and len(first) - len(prefix) >= _SHORTEST:
            rest = (first[len(prefix) :], *words[1:])
            if rest in whole:
                return len(prefix)
            if prefix.endswith("ل") and rest[0].startswith("ل") and ("ا" + rest[0], *words[1:]) in whole:
                return len(prefix)
    return 0


def before_head(cut: str, word: str, label: Label) -> bool:
    """Is a preposition left before a noun that begins names: ``لجهاز`` behind the و of ``ولجهاز المخابرات``? Not the second ل of
    ``للمجلس``, behind the first."""
    return cut in ("و", "ف") and label != "PER" and word[:1] in ("ب", "ل", "ك") and word[1:] in _HEADS


def belongs_to_name(words: tuple[str, ...], cut: int, whole: set[tuple[str, ...]], counts: Counter[str]) -> bool:
    """Did a tagger cut off ``cut`` letters of the name itself (``ليد`` of ``وليد``)?

    So it is where the article has the uncut form as a mention and never the cut one as a word.
    """
    return words in whole and counts[words[0][cut:]] == 0
