"""The numbered words of a text: position, folded form, and whether a name can continue to the next word."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from arabic_news_ner.tagging.protocol import TokenizedText
from arabic_news_ner.text.clitics import LETTERS, after_letters, readings
from arabic_news_ner.text.words import fold_token
from arabic_news_ner.types import Label

#: A label and the folded words of a name.
Name = tuple[Label, tuple[str, ...]]

#: Signs that can occur inside a name: quotes, hyphens, the point of an initial.
_INSIDE = frozenset("\"'«»“”„‟‘’-–‐‑./&ـ")


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The words (tokens with a letter or digit) of a text, in order, as parallel sequences."""

    text: str
    starts: array[int]
    ends: array[int]
    folded: list[str]
    #: ``joined[i]``: between word i - 1 and word i there are only blanks and signs that names contain, and no line end.
    joined: bytearray
    #: For each sentence, the number of its first word.
    sentences: array[int]

    def words_of(self, start: int, end: int) -> tuple[int, int]:
        """The numbers (first, past the last) of the words that ``text[start:end]`` touches."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def sentence_of(self, word: int) -> int:
        """The number of the sentence that contains a word."""
        return bisect_right(self.sentences, word) - 1


def index_words(text: TokenizedText) -> WordIndex:
    """The words of a text. Without sentences, each line counts as one."""
    starts, ends, joined, lines = array("I"), array("I"), bytearray(), array("I", [0])
    folded: list[str] = []
    once: dict[str, str] = {}
    whole = text.text
    last = 0
    open_ = False
    for start, end in zip(text.tokens.starts, text.tokens.ends, strict=True):
        written = whole[start:end]
        word = fold_token(written)
        if start != last and "\n" in whole[last:start]:
            open_ = False
            if lines[-1] != len(starts):
                lines.append(len(starts))
        last = end
        if word:
            starts.append(start)
            ends.append(end)
            folded.append(once.setdefault(word, word))  # a long text repeats its words: each is held once
            joined.append(open_)
            open_ = True
        elif not _INSIDE.issuperset(written):
            open_ = False
    if text.sentences:
        lines = array("I", [0])
        for sentence in text.sentences.starts:
            if lines[-1] != (first := bisect_left(starts, sentence, lines[-1])):
                lines.append(first)
    return WordIndex(whole, starts, ends, folded, joined, lines)


def names_in(index: WordIndex, names: Mapping[str, Sequence[Name]]) -> Iterator[tuple[Name, int, int, int]]:
    """Where names (filed by their first word) stand in a text: name, offset of its first letter, first word, past the last word.

    Only blanks may stand between the words of a name: not ``تنظيم "الدولة الإسلامية``, where a quote opens inside.
    """
    for first, word in enumerate(index.folded):
        if word not in names and word[0] not in LETTERS:
            continue  # nearly every word
        for reading in readings(word):
            for name in names.get(reading.stem, ()):
                words = name[1]
                last = first + len(words)
                if tuple(index.folded[first + 1 : last]) == words[1:] and all(
                    index.text[index.ends[at - 1] : index.starts[at]] == " " for at in range(first + 1, last)
                ):
                    yield name, after_letters(index.text, len(reading.prefix), index.starts[first]), first, last
