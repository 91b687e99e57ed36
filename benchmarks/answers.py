"""What an extractor says about annotated files, in the form in which it is scored."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from arabic_news_ner.extractor import Extractor
from arabic_news_ner.scoring.annotation import Annotation, NamedEntity, RoleSpan, from_article
from benchmarks.bio import bio_spans
from benchmarks.files import Tagged

#: Two names of one type, as corpora spell it.
SAME_TYPE = {"PER": "PERS", "PERS": "PER"}


def answer_texts(extractor: Extractor, gold: Sequence[Annotation]) -> list[Annotation]:
    """The extractor's own annotation of the same texts."""
    articles = extractor.pipe([text.text for text in gold])
    return [from_article(text.id, article) for text, article in zip(gold, articles, strict=True)]


def answer_sentences(extractor: Extractor, gold: Sequence[Tagged], scheme: str) -> list[list[str]]:
    """The extractor's tags of the same words, each document read as one text."""
    answers: list[list[str]] = []
    for _, sentences in groupby(gold, key=lambda sentence: sentence.document):
        answers += extractor.tag([sentence.words for sentence in sentences], scheme=scheme)
    return answers


def choose_scheme(schemes: Sequence[str], gold: Sequence[Tagged]) -> str:
    """The scheme that speaks the types of a CoNLL file: ``anercorp`` for one with PERS or MISC, else the first."""
    types = {tag[2:] for sentence in gold for tag in sentence.tags}
    return "anercorp" if types & {"PERS", "MISC"} and "anercorp" in schemes else schemes[0]


def as_spelled(answers: Sequence[Sequence[str]], gold: Sequence[Tagged]) -> list[list[str]]:
    """The tags with PER and PERS written as the file writes it, where it knows one of the two."""
    types = {tag[2:] for sentence in gold for tag in sentence.tags}
    renamed = {old: new for old, new in SAME_TYPE.items() if new in types and old not in types}
    return [[tag[:2] + renamed.get(tag[2:], tag[2:]) for tag in tags] for tags in answers]


def only_types(tags: Sequence[str], types: frozenset[str]) -> list[str]:
    """The tags with every other type turned into O; all of them where ``types`` is empty."""
    return [tag if not types or tag == "O" or tag[2:] in types else "O" for tag in tags]


def only_labels(text: Annotation, labels: frozenset[str]) -> Annotation:
    """The annotation without entities of other labels; roles stay, their holders where they are left."""
    if not labels:
        return text
    kept = [number for number, entity in enumerate(text.entities) if entity.label in labels]
    moved = {old: new for new, old in enumerate(kept)}
    roles = tuple(RoleSpan(r.start, r.end, None if r.holder is None else moved.get(r.holder)) for r in text.roles)
    scores = {mention: score for mention, score in text.scores.items() if mention.label in labels}
    return Annotation(text.id, text.text, tuple(text.entities[i] for i in kept), roles, scores)


def as_text(number: int, words: Sequence[str], tags: Sequence[str]) -> Annotation:
    """A tagged sentence as a text with blanks between its words, each mention an entity of its own."""
    starts, ends, at = [], [], 0
    for word in words:
        starts.append(at)
        ends.append(at + len(word))
        at += len(word) + 1
    text = " ".join(words)
    entities = []
    for first, past, label in sorted(bio_spans(tags)):
        start, end = starts[first], ends[past - 1]
        name = text[start:end]
        entities.append(NamedEntity(label, None, name, ((start, end),), frozenset({name})))
    return Annotation(f"sentence {number}", text, tuple(entities))
