"""A tagger's mentions, read as forms: bounds checked, attached letters off the name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from arabic_news_ner.errors import InputError
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.mentions.spans import MentionSpan, restore
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.tagging.protocol import TaggedMention
from arabic_news_ner.text.clitics import PREFIXES, after_letters
from arabic_news_ner.text.words import fold
from arabic_news_ner.types import Label

_SHORTEST = 3


def normalize_spans(index: WordIndex, mentions: Iterable[TaggedMention], lexicon: Lexicon) -> list[MentionSpan]:
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
    return [_read(index, row, whole, counts, lexicon) for row in rows]


def _read(
    index: WordIndex,
    row: tuple[TaggedMention, int, int],
    whole: set[tuple[str, ...]],
    counts: Counter[str],
    lexicon: Lexicon,
) -> MentionSpan:
    mention, first, last = row
    start, end = mention.start, mention.end
    token_start = min(start, index.starts[first])
    uncut = tuple(index.folded[first:last])
    cut = fold(index.text[token_start:start])
    if start <= index.starts[first]:
        letters = attached_letters(uncut, whole)
        start = after_letters(index.text, letters, index.starts[first]) if letters else start
    elif before_head(cut, uncut[0][len(cut) :], mention.label, lexicon):
        start = after_letters(index.text, 1, start)
    elif belongs_to_name(uncut, len(cut), whole, counts):
        start = token_start
    words = _words_between(index, start, end, first, last)
    form = restore(index.text, token_start, start, end, words, whole, counts, lexicon)
    return MentionSpan(start, end, first, last, mention.label, mention.subtype, mention.score, form)


def _words_between(index: WordIndex, start: int, end: int, first: int, last: int) -> tuple[str, ...]:
    """The folded words from ``start`` to ``end``, the outer ones cut where the bounds cut them."""
    words = index.folded[first:last]
    if end < index.ends[last - 1]:
        words[-1] = fold(index.text[max(start, index.starts[last - 1]) : end])
    if start > index.starts[first]:
        words[0] = fold(index.text[start : min(end, index.ends[first])])
    return tuple(word for word in words if word)


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


def before_head(cut: str, word: str, label: Label, lexicon: Lexicon) -> bool:
    """Is a preposition left before a noun that begins names: ``لجهاز`` behind the و of ``ولجهاز المخابرات``? Not the second ل of
    ``للمجلس``, behind the first."""
    if cut not in ("و", "ف") or label == "PER" or word[:1] not in ("ب", "ل", "ك"):
        return False
    return any(lexicon.may_be_dropped(noun, word[1:], same_subtype=True) for noun in ("ORG", "LOC"))


def belongs_to_name(words: tuple[str, ...], cut: int, whole: set[tuple[str, ...]], counts: Counter[str]) -> bool:
    """Did a tagger cut off ``cut`` letters of the name itself (``ليد`` of ``وليد``)?

    So it is where the article has the uncut form as a mention and never the cut one as a word.
    """
    return words in whole and counts[words[0][cut:]] == 0
