"""Which line is the headline of what stands below it, and where one story ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence

from arabic_news_ner.page.classify import Item
from arabic_news_ner.page.dates import find_date
from arabic_news_ner.page.draft import Draft
from arabic_news_ner.page.fields import dateline_of, is_digest, is_headline_like, is_item, lone_dateline_of, share_told
from arabic_news_ner.page.outlook import Outlook
from arabic_news_ner.text.checks import has_arabic

#: Rules of bylines that stand in no story.
_SURE_BYLINES = frozenset({"byline label", "byline outlet", "agencies", "quote of the desk"})
#: Lines above the first sentence that may be decks.
_MOST_DECKS = 2
#: Words of a subhead, which is shorter than a link.
_SUBHEAD = 3
#: Words that a story without a full sentence has at least.
_SHORTEST_STORY = 8


def is_open(items: Sequence[Item], draft: Draft) -> bool:
    """Has the story itself begun: does more than a deck stand under the headline?"""
    if len(draft.body) > _MOST_DECKS or any(items[n].sentence for n in draft.body):
        return True
    return bool(draft.body) and draft.headline is None


def headline_waiting(items: Sequence[Item], pending: Sequence[int], draft: Draft, number: int) -> int | None:
    """Which of the waiting lines is the headline of the sentence at ``number``: one that stands twice; under a label of
    links the last; without a label the first that the sentence tells of."""
    waiting = [n for n in pending if is_headline_like(items[n].text) and lone_dateline_of(items[n].text) is None]
    if not waiting:
        return None
    keys = [items[n].key for n in waiting]
    twice = next((n for n, key in zip(waiting, keys, strict=True) if keys.count(key) > 1), None)
    if twice is not None or "related" in draft.ends:
        return waiting[-1] if twice is None else twice
    told = items[number].text
    return next((n for n in waiting if share_told(items[n].text, told) >= 0.4), waiting[-1])


def is_repeated(items: Sequence[Item], pending: Sequence[int], headline: int | None) -> bool:
    """Does a waiting headline stand there twice?"""
    return headline is not None and sum(items[n].key == items[headline].key for n in pending) > 1


def tells_another(items: Sequence[Item], pending: Sequence[int], draft: Draft, number: int) -> bool:
    """Does the sentence at ``number`` tell of the last link above it, and not of the article's own headline?"""
    if not pending or draft.headline is None or is_digest(items[draft.headline].text):
        return False
    sentence = items[number].text
    link, own = (share_told(items[n].text, sentence) for n in (pending[-1], draft.headline))
    return is_headline_like(items[pending[-1]].text) and link >= 0.6 > 0.34 > own


def subhead_waiting(items: Sequence[Item], pending: Sequence[int], number: int) -> int | None:
    """The last waiting line, where it is a subhead of the sentence right below it and no link: links stand above it, and it has
    fewer words than they do."""
    if len(pending) < 2 or pending[-1] != number - 1:
        return None
    return pending[-1] if items[pending[-1]].words <= _SUBHEAD < items[pending[-2]].words else None


def begins_anew(items: Sequence[Item], ahead: Outlook, draft: Draft, number: int) -> bool:
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
    """Does a line tell of what the article so far tells of?"""
    told = [items[n].text for n in (draft.headline, *draft.body[:2]) if n is not None]
    return any(share_told(line, items[number].text) >= 0.15 for line in told)


def is_apart(ahead: Outlook, draft: Draft, number: int) -> bool:
    """Does a line stand above the headline, between it and the story, or behind the story?"""
    if draft.body:
        return bool(draft.ends) or ahead.story_ends(number)
    return draft.headline is not None or bool(ahead.headlines_below(number))


def is_story(items: Sequence[Item], draft: Draft) -> bool:
    """Is it an article: Arabic, with a sentence or at least as many words as a short story has, or all that the page says?"""
    story, lines = [items[n] for n in draft.body], draft.lines()
    if not any(has_arabic(items[n].text) for n in lines):
        return False
    told = any(item.sentence for item in story) or sum(item.words for item in story) > _SHORTEST_STORY
    return told or len(lines) == len(items)
