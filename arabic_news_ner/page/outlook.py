"""What lies ahead of a line of a page: the first sentence, further headlines, the end of a list."""

from __future__ import annotations

from collections.abc import Sequence

from arabic_news_ner.page.classify import Item
from arabic_news_ner.page.fields import is_headline_like, is_item, share_told

#: How many lines make a list of headlines, and what is usual for their words: the fewest on average, the most of one.
_LIST, _FEWEST, _MOST = 4, 6, 15
#: Lines below a line in which its first sentence is looked for.
_NEAR = 12


class Outlook:
    """The lines of one page, each with a view of those below it."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._next = _next_sentences(items)

    def sentence_follows(self, number: int) -> bool:
        return self._next[number] - number <= _NEAR

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
        if len(below) + above < 2 or sentence >= len(self.items):
            return False
        told = [share_told(self.items[n].text, self.items[sentence].text) for n in (number, *below)]
        return told[0] < 0.2 and max(told) >= 0.5

    def list_follows(self, number: int, above: int) -> bool:
        """Is the rest of the page a list of headlines? Verses have fewer words."""
        if self._next[number] < len(self.items):
            return False
        rest = [i for i in self.items[number : number + _NEAR] if i.kind is None]
        usual = sum(i.words for i in rest) >= _FEWEST * len(rest) and all(i.words <= _MOST for i in rest)
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
