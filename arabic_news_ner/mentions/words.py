"""The numbered words of a text: position, folded form, and whether a name can continue to the next word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from arabic_news_ner.tagging.protocol import TokenizedText
from arabic_news_ner.text.words import fold_token

#: Signs that can occur inside a name: quotes, hyphens, the point of an initial.
_INSIDE = frozenset("\"'«»“”„‟‘’-–‐‑./&ـ")


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The words (tokens with a letter or digit) of a text, in order, as parallel lists."""

    text: str
    starts: list[int]
    ends: list[int]
    folded: list[str]
    #: ``joined[i]``: between word i - 1 and word i there are only blanks and signs that names contain, and no line end.
    joined: list[bool]
    #: For each sentence, the number of its first word.
    sentences: list[int]

    def words_of(self, start: int, end: int) -> tuple[int, int]:
        """The numbers (first, past the last) of the words that ``text[start:end]`` touches."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def sentence_of(self, word: int) -> int:
        """The number of the sentence that contains a word."""
        return bisect_right(self.sentences, word) - 1


def index_words(text: TokenizedText) -> WordIndex:
    """The words of a text. Without sentences, each line counts as one."""
    starts: list[int] = []
    ends: list[int] = []
    folded: list[str] = []
    joined: list[bool] = []
    lines: list[int] = []
    whole = text.text
    last = 0
    open_ = False
    for token in text.tokens:
        word = fold_token(token.text)
        if token.start != last and "\n" in whole[last : token.start]:
            open_ = False
            lines.append(len(starts))
        last = token.end
        if word:
            starts.append(token.start)
            ends.append(token.end)
            folded.append(word)
            joined.append(open_)
            open_ = True
        elif not _INSIDE.issuperset(token.text):
            open_ = False
    if text.sentences:
        lines = [bisect_left(starts, sentence.start) for sentence in text.sentences]
    return WordIndex(whole, starts, ends, folded, joined, sorted({0, *lines}))
