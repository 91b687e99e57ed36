"""Boundaries: add the parts of a name that the tagger missed: its head noun (``مطار أبها``) or its end.

``data/lexicon/head_nouns.tsv`` says which nouns are part of the name after them (column ``is_part_of_name``), with the
counts in the annotated news. ``مدينة`` and ``قناة`` are not. If a place and the words after it are a
longer place of the knowledge base, it is that one in 1,041 of 1,047 cases, epithets aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.mentions.settings import (
    LEAST_WORDS_WITH_TOWN,
    LONGEST_CONTINUATION,
    LONGEST_LETTER_NAME,
    LONGEST_REST_OF_NAME,
)
from arabic_news_ner.mentions.spans import Form, MentionSpan
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.text.clitics import LETTERS, after_letters, reading_among


def extend_spans(
    index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge, lexicon: Lexicon
) -> list[MentionSpan]:
    """Correct the bounds of the mentions: add missing parts of the name, cut off what is not part of it."""
    found = trim_ends(index, extend_ends(index, found, knowledge, lexicon), lexicon)
    found = split_towns(index, join_halves(index, add_first_parts(index, found, lexicon), lexicon), knowledge, lexicon)
    return add_head_nouns(index, found, lexicon)


def extend_ends(
    index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge, lexicon: Lexicon
) -> list[MentionSpan]:
    """Extend mentions by the words after them if the tables know both together as one name."""
    out: list[MentionSpan] = []
    for mention in found:
        if out and mention.first < out[-1].last:
            continue  # taken by the place before
        rule = _with_family_name if mention.label == "PER" else _with_end
        out.append(rule(index, mention, knowledge, lexicon))
    return out


def _with_family_name(index: WordIndex, mention: MentionSpan, knowledge: Knowledge, lexicon: Lexicon) -> MentionSpan:
    """``مار بشارة بطرس`` before ``الراعي``: the table of people has the name with the next words, and not without them. The
    first word may be a title of the name (``مار``)."""
    words, named = mention.form.words, knowledge.people.named
    if len(words) < 2 or named(words):
        return mention
    full, end = words, mention.end
    for last in range(mention.last, min(mention.last + LONGEST_REST_OF_NAME, len(index.folded))):
        if index.text[end : index.starts[last]] != " ":
            break
        full, end = (*full, index.folded[last]), index.ends[last]
        if any(len(n) > 2 and named(n) for n in (full, full[1:])):
            form = Form(mention.form.surface + index.text[mention.end : end], full)
            return replace(mention, end=end, last=last + 1, form=form)
    return mention


def _with_end(index: WordIndex, mention: MentionSpan, knowledge: Knowledge, lexicon: Lexicon) -> MentionSpan:
    last = mention.last
    while last < len(index.folded) and last - mention.last < LONGEST_CONTINUATION:
        gap = index.text[index.ends[last - 1] : index.starts[last]]
        if gap != " " or index.folded[last] in lexicon["epithet"]:
            break
        last += 1
    for end in range(last, mention.last, -1):
        words = (*mention.form.words, *index.folded[mention.last : end])
        if mention.label == "ORG" and len(mention.form.words) > 1:
            known, subtype = ("ORG", words) in lexicon.aliases, mention.subtype
        elif mention.label == "ORG":
            return mention
        else:
            place = next((place for place in knowledge.places_of(words) if place.preferred_name), None)
            known, subtype = place is not None, place.subtype if place is not None else None
        if known:
            form = Form(mention.form.surface + index.text[mention.end : index.ends[end - 1]], words)
            return replace(mention, end=index.ends[end - 1], last=end, form=form, subtype=subtype)
    return mention


def trim_ends(index: WordIndex, found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """Cut off a last word that never ends a name: ``بن`` in ``مساعد بن``, ``في``; not the letter name in ``تي في``."""
    out = []
    for mention in found:
        while (
            len(mention.form.words) > 1
            and mention.form.words[-1] in lexicon["never_last"]
            and mention.last - mention.first == len(mention.form.words)
            and len(mention.form.words[-2]) > LONGEST_LETTER_NAME
        ):
            end = index.ends[mention.last - 2]
            surface = mention.form.surface[: len(mention.form.surface) - (mention.end - end)]
            mention = replace(mention, end=end, last=mention.last - 1, form=Form(surface, mention.form.words[:-1]))
        out.append(mention)
    return out


def add_first_parts(index: WordIndex, found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """Extend people by the first part of the name right before them: ``وابن سلمان``, ``ذو الفقار علي``."""
    out: list[MentionSpan] = []
    for mention in found:
        free = out[-1].last if out else 0
        if mention.label == "PER" and mention.first > free and mention.start == index.starts[mention.first]:
            mention = _with_first_part(index, mention, free, lexicon)
        out.append(mention)
    return out


def _with_first_part(index: WordIndex, mention: MentionSpan, free: int, lexicon: Lexicon) -> MentionSpan:
    first = mention.first - 1
    if index.text[index.ends[first] : mention.start] != " ":
        return mention
    reading = lexicon["begins_name"].reading(index.folded[first])
    if reading is None and first > free and index.joined[first] and index.folded[first].startswith("ال"):
        first -= 1  # ذو الفقار
        reading = reading_among(index.folded[first], ("ذو",))
    if reading is None or reading.prefix not in ("", "و", "ل"):
        return mention
    if first > free and lexicon["relative"].stem(index.folded[first - 1]) is not None:
        return mention  # زوجة وابن صدقي: his son
    start = (
        after_letters(index.text, len(reading.prefix), index.starts[first]) if reading.prefix else index.starts[first]
    )
    words = (reading.stem, *index.folded[first + 1 : mention.first], *mention.form.words)
    form = Form(f"{index.text[start : mention.start]}{mention.form.surface}", words)
    return replace(mention, start=start, first=first, form=form)


def join_halves(index: WordIndex, found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """Join two people with only a blank between them: ``صالح عبد الجواد محمود الكيلاني``. In the annotated news this
    occurs with 26 of 6,211 people, and half of these pairs are one name."""
    out: list[MentionSpan] = []
    for mention in found:
        last = out[-1] if out else None
        adjoining = last is not None and index.text[last.end : mention.start] == " "
        if last is not None and adjoining and last.label == mention.label == "PER" and _begins_person(last, lexicon):
            form = Form(f"{last.form.surface} {mention.form.surface}", (*last.form.words, *mention.form.words))
            score = None if last.score is None or mention.score is None else min(last.score, mention.score)
            out[-1] = replace(last, end=mention.end, last=mention.last, form=form, score=score)
        else:
            out.append(mention)
    return out


def _begins_person(mention: MentionSpan, lexicon: Lexicon) -> bool:
    """May a mention be the first half of a name? Not ``الشيشاني`` before a verb, nor ``ويحكي``, a verb before a name."""
    word = mention.form.words[0]
    if word in lexicon["given_name"] or word in lexicon["everyday_word"] or word in lexicon["own_letter"]:
        return True
    return not word.startswith("ال") and word[0] not in LETTERS


def split_towns(
    index: WordIndex, found: Sequence[MentionSpan], knowledge: Knowledge, lexicon: Lexicon
) -> list[MentionSpan]:
    """Split the town of an office from the person after it: ``رئيس بلدية جونيه فيصل افرام`` has ``جونيه`` and ``فيصل
    افرام``."""
    out: list[MentionSpan] = []
    for mention in found:
        words, first = mention.form.words, mention.first
        head = lexicon.head_noun("LOC", index.folded[first - 1]) if first and index.joined[first] else None
        if (
            mention.label != "PER"
            or len(words) < LEAST_WORDS_WITH_TOWN
            or len(words) != mention.last - first
            or head is None
            or words[0] in lexicon["given_name"]
            or not any(place.preferred_name for place in knowledge.places_of(words[:1]))
        ):
            out.append(mention)
            continue
        end = index.ends[first]
        start = index.starts[first + 1]
        town = Form(index.text[mention.start : end], words[:1])
        rest = Form(mention.form.surface[start - mention.start :], words[1:])
        out.append(replace(mention, end=end, last=first + 1, label="LOC", subtype="city", form=town))
        out.append(replace(mention, start=start, first=first + 1, form=rest))
    return out


def add_head_nouns(index: WordIndex, found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """Extend people and places by the head noun right before them if it is part of the name: ``مطار أبها``."""
    out: list[MentionSpan] = []
    for mention in found:
        free = out[-1].last if out else 0
        out.append(_with_head_noun(index, mention, free, lexicon) if mention.first > free else mention)
    return out


def _with_head_noun(index: WordIndex, mention: MentionSpan, free: int, lexicon: Lexicon) -> MentionSpan:
    """``free``: the first word after the previous mention. A title may come between: ``مستشفى الملك فهد``."""
    titled = (
        mention.label == "PER"
        and mention.first - free > 1
        and index.folded[mention.first - 1] in lexicon["in_place_name"]
    )
    first = mention.first - (2 if titled else 1)
    between = index.text[index.ends[first] : mention.start]
    if len(between.split()) != titled or "\n" in between or between[:1] != " ":
        return mention
    head = reading_among(index.folded[first], lexicon.parts_of_names)
    if head is None or (mention.label == "ORG" and head.stem not in lexicon["belongs_to_organization"]):
        return mention
    start = after_letters(index.text, len(head.prefix), index.starts[first])
    noun = lexicon.parts_of_names[head.stem]
    words = (noun.word, *index.folded[first + 1 : mention.first], *mention.form.words)
    form = Form(f"{index.text[start : mention.start]}{mention.form.surface}", words)
    return replace(mention, start=start, first=first, label=noun.label, subtype=noun.subtype, form=form)
