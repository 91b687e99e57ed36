"""What lies ahead of a line of a page: the first sentence, further headlines, the end of a list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from arabic_news_ner.page.classify import Item
from arabic_news_ner.page.fields import dateline_of, is_bulletin, is_digest, is_headline_like, is_item, share_told

#: How many lines make a list of headlines, and what is usual for their words: the fewest on average, the most of one.
_LIST, _FEWEST, _MOST = 4, 5, 15
#: Lines below a line in which its first sentence is looked for.
_NEAR = 12
#: The most words of a section's name.
_SECTION = 3
#: How much of its headlines a bulletin's sentences tell, on average, and the most lines of a story of one with its headline.
_TOLD, _SHORT = 0.5, 3


class Outlook:
    """The lines of one page, each with a view of those below it."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._next = _next_sentences(items)

    def sentence_follows(self, number: int) -> bool:
        return self._next[number] - number <= _NEAR

    def sentence_near(self, number: int) -> bool:
        """Is the next line of text below a sentence?"""
        near = self.items[number + 1 : number + 6]
        below = next((i for i in near if i.kind is None or i.kind == "keywords"), None)
        return below is not None and (below.sentence or below.words > 6 or below.kind == "keywords")

    def dated_below(self, number: int) -> bool:
        """Does a date over a story or a sentence with a dateline stand right below a line?"""
        below = self.items[number + 1 : number + 2]
        if not self.sentence_follows(number):
            return False
        return any(i.kind == "date" or (i.kind is None and dateline_of(i.text) is not None) for i in below)

    def story_ends(self, number: int) -> bool:
        """Is a line the last of its story: no text follows on the next lines?"""
        return all(item.kind is not None for item in self.items[number + 1 : number + 3])

    def stands_twice(self, number: int) -> bool:
        """Does the next line of text say the same?"""
        below = next((i for i in self.items[number + 1 : number + 4] if i.kind is None), None)
        return below is not None and bool(below.key) and below.key == self.items[number].key

    def bulletin(self) -> frozenset[int]:
        """The headlines of a page that is a row of short stories, each with a headline and a sentence or two that tell of it;
        none of a live blog or a press review, which are one story."""
        lines = [n for n, item in enumerate(self.items) if item.kind is None]
        if any(is_digest(self.items[n].text) and not is_bulletin(self.items[n].text) for n in lines[:3]):
            return frozenset()
        heads = [n for n, below in pairwise(lines) if self._is_head(n) and self.items[below].sentence]
        if len(heads) < _LIST or heads[0] > lines[0] + 2 or any(b - a > _SHORT for a, b in pairwise(heads)):
            return frozenset()
        told = [share_told(self.items[n].text, self.items[n + 1].text) for n in heads]
        return frozenset(heads) if sum(told) >= _TOLD * len(heads) else frozenset()

    def _is_head(self, number: int) -> bool:
        head = self.items[number]
        return not head.sentence and is_headline_like(head.text) and not is_item(head.text)

    def headlines_below(self, number: int) -> list[int]:
        """The lines between a line and the first sentence below it that may be headlines."""
        below = range(number + 1, min(self._next[number], number + 1 + _NEAR, len(self.items)))
        texts = ((n, self.items[n]) for n in below)
        return [n for n, i in texts if i.kind is None and is_headline_like(i.text) and not is_item(i.text)]

    def better_below(self, number: int, above: int) -> bool:
        """Is a line one of several above the headline: the headline stands twice, or the story tells of it alone? ``above``
        of them have stood already."""
        below = self.headlines_below(number)
        keys = [self.items[n].key for n in below]
        if not below or self.items[number].key in keys:
            return False
        if len(set(keys)) < len(keys):
            return True
        sentence = self._next[number]
        if sentence >= len(self.items):
            return False
        if self._is_section(number, below[0], sentence):
            return True
        if len(below) + above < 2:
            return False
        told = [share_told(self.items[n].text, self.items[sentence].text) for n in (number, *below)]
        return told[0] < 0.2 and max(told) >= 0.5

    def _is_section(self, number: int, below: int, sentence: int) -> bool:
        """Is a line the name of a section above a headline: shorter, and of nothing that the story tells of?"""
        line, headline, told = self.items[number], self.items[below], self.items[sentence].text
        if line.words > _SECTION + 2 or headline.words < line.words + 2 or share_told(headline.text, told) < 0.4:
            return False
        names = regex.split(r"[,،|/]", line.text)
        listed = len(names) > 1 and all(1 <= len(name.split()) <= _SECTION for name in names)
        return listed or (line.words <= _SECTION and share_told(line.text, told, least=1) < 0.2)

    def list_follows(self, number: int, above: int) -> bool:
        """Is the rest of the page a list of headlines? Verses have fewer words."""
        if self._next[number] < len(self.items):
            return False
        rest = [i for i in self.items[number : number + _NEAR] if i.kind is None]
        heads = [i.words for i in rest if i.words > 2]
        usual = sum(heads) >= _FEWEST * len(heads) and all(words <= _MOST for words in heads)
        return usual and sum(is_headline_like(i.text) for i in rest) + above >= _LIST

    def glued(self, number: int) -> bool:
        """Does the next line begin right where this one ends?"""
        following = self.items[number + 1 : number + 2]
        return bool(following) and following[0].line.start == self.items[number].line.end


def _next_sentences(items: Sequence[Item]) -> list[int]:
    """For each line the number of the first sentence below it; far away where there is none."""
    out = [0] * len(items)
    nearest = len(items) + _NEAR + 1
    for number in range(len(items) - 1, -1, -1):
        out[number] = nearest
        if items[number].kind is None and items[number].sentence:
            nearest = number
    return out
