"""Check the bounds of a tagger's spans and cut attached letters off the names.

A tagger says where a name begins inside its first word. :data:`RULES` at the end of this file correct that, if the article,
the knowledge base or the lexicon knows better. Each rule returns how many letters are attached to the first word, or
``None``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.mentions.settings import SHORTEST_NAME, SHORTEST_WITH_ARTICLE
from arabic_news_ner.mentions.spans import Form, MentionSpan, restore, without_unmatched_signs
from arabic_news_ner.mentions.triggers import trigger_before
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.tagging.protocol import TaggedMention
from arabic_news_ner.text.clitics import PREFIXES, Reading, after_letters, readings
from arabic_news_ner.text.words import fold
from arabic_news_ner.types import Label


@dataclass(frozen=True, slots=True)
class Known:
    """Known names: the forms and words of the article without attached letters, and the tables."""

    forms: Collection[tuple[str, ...]]
    #: The first words of those forms.
    firsts: Collection[str]
    counts: Counter[str]
    knowledge: Knowledge
    lexicon: Lexicon

    def is_name(self, words: tuple[str, ...], label: Label) -> bool:
        """Can these folded words be a name of the label as they are? True if the tables know the name or its first
        word."""
        if words[0] in self.lexicon["own_letter"] or (label == "PER" and words[0] in self.lexicon["given_name"]):
            return True
        return self.in_tables(words, label)

    def in_tables(self, words: tuple[str, ...], label: Label) -> bool:
        """Do the tables know these folded words as a name of the label, or the first word as a head noun?"""
        if label == "PER":
            return False
        if words[0] in self.lexicon.head_nouns[label]:
            return True
        if label == "ORG":
            return bool(self.knowledge.aliases(words, "ORG"))
        short = len("".join(words)) <= SHORTEST_NAME
        return any(p.preferred_name and (not short or p.subtype == "country") for p in self.knowledge.places_of(words))


def normalize_spans(
    index: WordIndex, mentions: Iterable[TaggedMention], knowledge: Knowledge, lexicon: Lexicon
) -> list[MentionSpan]:
    """The mentions in text order without overlaps, each with its form. Mentions without a word are dropped."""
    rows: list[tuple[TaggedMention, int, int]] = []
    end = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        start, stop = without_unmatched_signs(index.text, mention.start, mention.end)
        mention = replace(mention, start=start, end=stop)
        first, last = index.words_of(start, stop)
        if first < last and start >= end:
            rows.append((mention, first, last))
            end = mention.end
    whole = {tuple(index.folded[first:last]) for mention, first, last in rows if mention.start <= index.starts[first]}
    known = Known(whole, {form[0] for form in whole}, Counter(index.folded), knowledge, lexicon)
    found = []
    once: dict[Form, Form] = {}
    for row in rows:
        span = _read(index, row, known)
        form = once.setdefault(span.form, span.form)  # a long text repeats its names: each form is held once
        found.append(span if form is span.form else replace(span, form=form))
    return found


def _read(index: WordIndex, row: tuple[TaggedMention, int, int], known: Known) -> MentionSpan:
    mention, first, last = row
    start, end = mention.start, mention.end
    token_start = min(start, index.starts[first])
    uncut = tuple(index.folded[first:last])
    cut = len(fold(index.text[token_start:start]))
    governed = cut and after_noun(index, mention, first, token_start, known)
    letters = 0 if governed else attached_letters(uncut, cut, mention.label, known)
    if letters != cut:
        start = after_letters(index.text, letters, index.starts[first]) if letters else token_start
    words = _words_between(index, start, end, first, last)
    form = restore(index.text, token_start, start, end, words, known.forms, known.counts, known.lexicon)
    return MentionSpan(start, end, first, last, mention.label, mention.subtype, mention.score, form)


def _words_between(index: WordIndex, start: int, end: int, first: int, last: int) -> tuple[str, ...]:
    """The folded words from ``start`` to ``end``, the outer ones cut where the bounds cut them."""
    words = index.folded[first:last]
    if end < index.ends[last - 1]:
        words[-1] = fold(index.text[max(start, index.starts[last - 1]) : end])
    if start > index.starts[first]:
        words[0] = fold(index.text[start : min(end, index.ends[first])])
    return tuple(word for word in words if word)


def after_noun(index: WordIndex, mention: TaggedMention, first: int, token_start: int, known: Known) -> bool:
    """Does an organization follow right after its head noun: ``شركة بترومسيلة``? The noun governs the name, so no preposition is
    attached to it: not once in 1,754 places of the annotated news. Before a place of the tables (``شركة ببيروت``) one is."""
    if mention.label != "ORG" or index.folded[first].startswith(("و", "ف")):
        return False
    noun = trigger_before(index, first, token_start, known.lexicon)
    cut = fold(index.text[mention.start : index.ends[first]])
    return noun is not None and noun.label == "ORG" and not known.in_tables((cut,), "LOC")


def attached_letters(words: tuple[str, ...], cut: int, label: Label, known: Known) -> int:
    """How many letters are attached to the first word. ``cut``: the number that the tagger gives."""
    for rule in RULES:
        letters = rule(words, cut, label, known)
        if letters is not None:
            return letters
    return cut


def form_of_article(words: tuple[str, ...], cut: int, label: Label, known: Known) -> int | None:
    """``وطرابلس`` has one attached letter if the article also has the mention ``طرابلس``. ``وليد`` stays whole; so does
    ``باريس`` unless ``اريس`` is a name of the article."""
    first = words[0]
    for prefix in PREFIXES if not cut else ():
        if first.startswith(prefix) and len(first) - len(prefix) >= SHORTEST_NAME:
            rest = (first[len(prefix) :], *words[1:])
            if rest in known.forms:
                return len(prefix)
            if prefix.endswith("ل") and rest[0].startswith("ل") and ("ا" + rest[0], *words[1:]) in known.forms:
                return len(prefix)
    return None


def uncut_in_article(words: tuple[str, ...], cut: int, label: Label, known: Known) -> int | None:
    """Undo a wrong cut (``ليد`` of ``وليد``): a mention of the article begins with the uncut word (``بترومسيلة النفطية``),
    and the cut word never stands alone."""
    return 0 if cut and words[0] in known.firsts and known.counts[words[0][cut:]] == 0 else None


def own_first_letter(words: tuple[str, ...], cut: int, label: Label, known: Known) -> int | None:
    """``وسام حسن``, ``بتسلئيل``, ``لؤي``: the tables know the uncut name, and neither they nor the article know the cut one."""
    if not cut or not known.is_name(words, label):
        return None
    rest = words[0][cut:]
    if words[0][:cut].endswith("ل") and rest.startswith("ل"):
        return None  # لل: the second ل is that of the article or of the name
    rare = label == "PER" and words[0][:cut] in ("ك", "ف")  # hardly ever before a person: كريم is not ك + ريم
    return None if known.counts[rest] or (known.is_name((rest, *words[1:]), label) and not rare) else 0


def l_before_given_name(words: tuple[str, ...], cut: int, label: Label, known: Known) -> int | None:
    """``خلفا لهاشم بابكر``: a ل that the tagger left on a person whose given name is known without it and not with it. In
    the annotated news it is attached 301 times of 324."""
    first = words[0]
    given = known.lexicon["given_name"]
    left = label == "PER" and not cut and len(words) > 1 and first.startswith("ل")
    return 1 if left and first not in given and first[1:] in given and not known.is_name(words, label) else None


def letters_left(words: tuple[str, ...], cut: int, label: Label, known: Known) -> int | None:
    """``بالكويت`` after the و of ``وبالكويت``, ``فلبنان``, ``وللجامعة العربية``: cut letters that the tagger left on a
    name if the article or the tables know the name, or if it has the definite article. Not if the uncut name is known
    (``باريس``, ``بلدية طرابلس``)."""
    left = words[0][cut:]
    if label == "PER" or known.is_name((left, *words[1:]), label):
        return None
    for reading in readings(words[0]):
        if len(reading.prefix) <= cut or len(reading.stem) < SHORTEST_NAME:
            continue
        form = (reading.stem, *words[1:])
        if form in known.forms or _has_article(reading, cut, words[0]) or known.in_tables(form, label):
            return len(reading.prefix)
    return None


def _has_article(reading: Reading, cut: int, word: str) -> bool:
    """Is there a definite article after و, ب, ك, or لل? No name has one inside. ``فال`` is left to the tables
    (``فالنسيا``)."""
    if reading.prefix.endswith("ف") or len(reading.stem) <= SHORTEST_WITH_ARTICLE:
        return False
    if reading.prefix.endswith("ل"):
        return word[: cut + 1].endswith("ل") and word[len(reading.prefix) :].startswith("ل")
    return reading.stem.startswith("ال")


#: In order; the first rule that returns a number decides.
RULES = (form_of_article, uncut_in_article, own_first_letter, l_before_given_name, letters_left)
