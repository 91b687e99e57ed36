"""Lookahead on a page: which line is the headline of a story, and where one story ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from arabic_news_ner.page.dates import find_date
from arabic_news_ner.page.draft import Draft
from arabic_news_ner.page.fields.dateline import dateline_of, lone_dateline_of
from arabic_news_ner.page.fields.headline import (
    ends_with_stop,
    headline_overlap,
    is_bulletin,
    is_digest,
    is_headline_like,
    is_item,
)
from arabic_news_ner.page.line_kinds import Item
from arabic_news_ner.page.settings import (
    BULLETIN_STORY_LINES,
    LIST_FEWEST_WORDS,
    LIST_LINES,
    LIST_MOST_WORDS,
    LONGEST_TAGS,
    MOST_DECKS,
    NEAR_SENTENCE,
    NO_OVERLAP,
    OVERLAP_ANOTHER,
    OVERLAP_BELOW_SECTION,
    OVERLAP_BULLETIN,
    OVERLAP_GOES_ON,
    OVERLAP_HEADLINE,
    OVERLAP_NOT_OWN,
    OVERLAP_WAITING,
    OVERLAP_WITHIN,
    SECTION_WORDS,
    SHORTEST_STORY,
    SUBHEAD_WORDS,
)
from arabic_news_ner.page.tables import words as word_list
from arabic_news_ner.text.checks import has_arabic
from arabic_news_ner.text.fold import fold

#: Rules of bylines that never occur inside a story.
_SURE_BYLINES = frozenset({"byline label", "byline outlet", "agencies", "quote of the desk"})


_LISTING = regex.compile(r"[,،|/]")


class Lookahead:
    """The lines of one page, each with a view of those below it."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._next = _next_sentences(items)

    def sentence_follows(self, number: int) -> bool:
        return self._next[number] - number <= NEAR_SENTENCE

    def sentence_near(self, number: int) -> bool:
        """Is the next different line of text below a sentence?"""
        near = self.items[number + 1 : number + 6]
        key = self.items[number].key
        below = next((i for i in near if (i.kind is None and i.key != key) or i.kind == "keywords"), None)
        return below is not None and (below.sentence or below.words > 6 or below.kind == "keywords")

    def dated_below(self, number: int) -> bool:
        """Is there a date of a story or a sentence with a dateline right below a line?"""
        below = self.items[number + 1 : number + 2]
        if not self.sentence_follows(number):
            return False
        return any(i.kind == "date" or (i.kind is None and dateline_of(i.text) is not None) for i in below)

    def story_ends(self, number: int) -> bool:
        """Is a line the last of its story: no text follows on the next lines?"""
        return all(item.kind is not None for item in self.items[number + 1 : number + 3])

    def stands_twice(self, number: int) -> bool:
        """Is the next line of text the same?"""
        below = next((i for i in self.items[number + 1 : number + 4] if i.kind is None), None)
        return below is not None and bool(below.key) and below.key == self.items[number].key

    def bulletin(self) -> frozenset[int]:
        """The headlines of a page of short stories, each with a headline and one or two sentences about it. A live blog
        or a press review has none: it is one story."""
        lines = [n for n, item in enumerate(self.items) if item.kind is None]
        if any(is_digest(self.items[n].text) and not is_bulletin(self.items[n].text) for n in lines[:3]):
            return frozenset()
        heads = [n for n, below in pairwise(lines) if self._is_head(n) and self.items[below].sentence]
        if (
            len(heads) < LIST_LINES
            or heads[0] > lines[0] + 2
            or any(b - a > BULLETIN_STORY_LINES for a, b in pairwise(heads))
        ):
            return frozenset()
        told = [headline_overlap(self.items[n].text, self.items[n + 1].text) for n in heads]
        return frozenset(heads) if sum(told) >= OVERLAP_BULLETIN * len(heads) else frozenset()

    def boxes(self) -> frozenset[int]:
        """The lines of boxes between two sentences: the name of a section, and a link under it: ``تقارير دولية``."""
        sections, out, items = word_list("sections.txt"), set[int](), self.items
        for number in range(1, len(items) - 2):
            if not items[number - 1].sentence or not items[number + 2].sentence:
                continue
            name, link = items[number], items[number + 1]
            if (
                name.words <= SECTION_WORDS
                and name.kind is None
                and link.kind is None
                and not link.sentence
                and link.words > SECTION_WORDS
                and is_headline_like(link.text)
                and all(word in sections for word in fold(name.text).split())
            ):
                out |= {number, number + 1}
        return frozenset(out)

    def _is_head(self, number: int) -> bool:
        head = self.items[number]
        return not head.sentence and is_headline_like(head.text) and not is_item(head.text)

    def headlines_below(self, number: int) -> list[int]:
        """The possible headlines between a line and the first sentence below it."""
        below = range(number + 1, min(self._next[number], number + 1 + NEAR_SENTENCE, len(self.items)))
        texts = ((n, self.items[n]) for n in below)
        return [n for n, i in texts if i.kind is None and is_headline_like(i.text) and not is_item(i.text)]

    def better_below(self, number: int, above: int) -> bool:
        """True if this line precedes the real headline, which is repeated or shares more words with the story.
        ``above``: the number of lines skipped so far."""
        below = self.headlines_below(number)
        keys = [self.items[n].key for n in below]
        if not below or self.items[number].key in keys:
            return False
        sentence = self._next[number]
        if len(set(keys)) < len(keys):
            return not self._is_told_alone(number, below, sentence)
        if sentence >= len(self.items):
            return False
        if self._is_section(number, below[0], sentence) or self._is_link_over(number, below[0], sentence):
            return True
        if len(below) + above < 2:
            return False
        told = [headline_overlap(self.items[n].text, self.items[sentence].text) for n in (number, *below)]
        return told[0] < NO_OVERLAP and max(told) >= OVERLAP_HEADLINE

    def _is_told_alone(self, number: int, below: Sequence[int], sentence: int) -> bool:
        """Does the story share words with a line and with none below it? A repeated line below can be the name of a
        section."""
        if sentence >= len(self.items):
            return False
        told = [headline_overlap(self.items[n].text, self.items[sentence].text) for n in (number, *below)]
        return told[0] >= OVERLAP_BELOW_SECTION and max(told[1:]) < NO_OVERLAP

    def _is_link_over(self, number: int, below: int, sentence: int) -> bool:
        """Is a line a link of the menu over the headline: the story tells of the line below it alone, and that one is dated
        or credited?"""
        after = self.items[below + 1 : below + 2]
        if not after or after[0].kind not in ("date", "byline", "source"):
            return False
        own, other = (headline_overlap(self.items[n].text, self.items[sentence].text) for n in (number, below))
        return below == number + 1 and own < NO_OVERLAP and other >= OVERLAP_HEADLINE

    def _is_section(self, number: int, below: int, sentence: int) -> bool:
        """Is a line the name of a section above a headline: shorter, and without words of the story?"""
        line, headline, told = self.items[number], self.items[below], self.items[sentence].text
        if (
            line.words > SECTION_WORDS + 2
            or headline.words < line.words + 2
            or headline_overlap(headline.text, told) < OVERLAP_BELOW_SECTION
        ):
            return False
        names = _LISTING.split(line.text)
        listed = len(names) > 1 and all(1 <= len(name.split()) <= SECTION_WORDS for name in names)
        return listed or (line.words <= SECTION_WORDS and headline_overlap(line.text, told, least=1) < NO_OVERLAP)

    def list_follows(self, number: int, above: int) -> bool:
        """Is the rest of the page a list of headlines? Verses have fewer words."""
        if self._next[number] < len(self.items):
            return False
        rest = [i for i in self.items[number : number + NEAR_SENTENCE] if i.kind is None]
        heads = [i.words for i in rest if i.words > 2]
        usual = sum(heads) >= LIST_FEWEST_WORDS * len(heads) and all(words <= LIST_MOST_WORDS for words in heads)
        return usual and sum(is_headline_like(i.text) for i in rest) + above >= LIST_LINES

    def glued(self, number: int) -> bool:
        """Does the next line begin right where this one ends?"""
        following = self.items[number + 1 : number + 2]
        return bool(following) and following[0].line.start == self.items[number].line.end


def _next_sentences(items: Sequence[Item]) -> list[int]:
    """For each line the number of the first sentence below it; far away if there is none."""
    out = [0] * len(items)
    nearest = len(items) + NEAR_SENTENCE + 1
    for number in range(len(items) - 1, -1, -1):
        out[number] = nearest
        if items[number].kind is None and items[number].sentence:
            nearest = number
    return out


def is_open(items: Sequence[Item], draft: Draft) -> bool:
    """Has the story begun: is there more than a deck under the headline?"""
    if len(draft.body) > MOST_DECKS or any(items[n].sentence for n in draft.body):
        return True
    return bool(draft.body) and draft.headline is None


def headline_waiting(items: Sequence[Item], pending: Sequence[int], draft: Draft, number: int) -> int | None:
    """The headline of the sentence at ``number`` among the waiting lines: a repeated line; below a label of links the
    last line; without a label the first that shares words with the sentence."""
    waiting = [n for n in pending if is_headline_like(items[n].text) and lone_dateline_of(items[n].text) is None]
    if not waiting:
        return None
    keys = [items[n].key for n in waiting]
    twice = next((n for n, key in zip(waiting, keys, strict=True) if keys.count(key) > 1), None)
    if twice is not None or "related" in draft.ends:
        return waiting[-1] if twice is None else twice
    told = items[number].text
    return next((n for n in waiting if headline_overlap(items[n].text, told) >= OVERLAP_WAITING), waiting[-1])


def is_repeated(items: Sequence[Item], pending: Sequence[int], headline: int | None) -> bool:
    """Does a waiting headline occur twice?"""
    return headline is not None and sum(items[n].key == items[headline].key for n in pending) > 1


def tells_another(items: Sequence[Item], pending: Sequence[int], draft: Draft, number: int) -> bool:
    """Does the sentence at ``number`` share words with the last link above it, and not with the headline of the
    article?"""
    if not pending or draft.headline is None or is_digest(items[draft.headline].text):
        return False
    sentence = items[number].text
    link, own = (headline_overlap(items[n].text, sentence) for n in (pending[-1], draft.headline))
    return is_headline_like(items[pending[-1]].text) and link >= OVERLAP_ANOTHER > OVERLAP_NOT_OWN > own


def subhead_waiting(items: Sequence[Item], pending: Sequence[int], number: int) -> int | None:
    """The last waiting line, if it is a subhead of the sentence right below it and not a link: there are links above
    it, and it has fewer words than they have."""
    if len(pending) < 2 or pending[-1] != number - 1:
        return None
    return pending[-1] if items[pending[-1]].words <= SUBHEAD_WORDS < items[pending[-2]].words else None


def begins_anew(items: Sequence[Item], ahead: Lookahead, draft: Draft, number: int) -> bool:
    """A headline after a sentence, and under it the headline again, a date, or a sentence with a dateline."""
    item = items[number]
    if not is_headline_like(item.text) or is_item(item.text) or not items[draft.body[-1]].sentence:
        return False
    first = items[number + 1] if number + 1 < len(items) else None
    if first is None or (draft.headline is not None and is_digest(items[draft.headline].text)):
        return False
    if first.kind is None and first.key and first.key == item.key:
        return ahead.sentence_follows(number + 1)
    if first.kind == "date" or first.rule_name in _SURE_BYLINES:
        dated = first.kind == "byline" or find_date(first.text) is not None
        return ahead.sentence_follows(number) and dated
    return first.kind is None and first.sentence and dateline_of(first.text) is not None


def goes_on(items: Sequence[Item], draft: Draft, number: int) -> bool:
    """Does a line share words with the article so far?"""
    told = [items[n].text for n in (draft.headline, *draft.body[:2]) if n is not None]
    return any(headline_overlap(line, items[number].text) >= OVERLAP_GOES_ON for line in told)


def is_over_credit(items: Sequence[Item], number: int) -> bool:
    """Is a short line between headline and story the place or the section over a byline or a date: ``أثينا``?"""
    below = items[number + 1 : number + 2]
    return items[number].words <= MOST_DECKS and bool(below) and below[0].kind in ("byline", "date")


def is_loose(item: Item) -> bool:
    """May a line after the last sentence be tags or a link: short, without a stop, no item of a list and no row of figures?"""
    text = item.text
    return (
        not item.sentence
        and 1 <= item.words <= LONGEST_TAGS
        and not is_item(text)
        and not ends_with_stop(text)
        and not any(c in ':：؛()«»"' or c.isdigit() for c in text)
    )


def is_tag_row(items: Sequence[Item], draft: Draft, number: int) -> bool:
    """Has the story every word of a short line without a stop: ``ليبيا طرابلس المجلس الرئاسي``?"""
    if not is_loose(items[number]):
        return False
    story = " ".join(items[n].text for n in draft.lines())
    return headline_overlap(items[number].text, story[:OVERLAP_WITHIN], least=1) == 1


def is_apart(ahead: Lookahead, draft: Draft, number: int) -> bool:
    """Is a line above the headline, between it and the story, or after the story?"""
    if draft.body:
        return bool(draft.ends) or ahead.story_ends(number)
    return draft.headline is not None or bool(ahead.headlines_below(number))


def is_story(items: Sequence[Item], draft: Draft) -> bool:
    """Is it an article? It is Arabic, and has a sentence, or as many words as a short story, or all the text of the
    page."""
    story, lines = [items[n] for n in draft.body], draft.lines()
    if not any(has_arabic(items[n].text) for n in lines):
        return False
    told = any(item.sentence for item in story) or sum(item.words for item in story) > SHORTEST_STORY
    return told or len(lines) == len(items)
