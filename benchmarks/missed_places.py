"""Which places that the extractor misses the knowledge base would know, and what a look-up of all words would cost.

    python -m benchmarks.missed_places FILE.spans.jsonl --model base

A place is missed where no answer has the annotated bounds as a place. The knowledge base knows it where its name, as it is
written, is the Arabic name of a place in some source or table. The cost: stretches of one to four words outside all annotated
mentions and outside the answer that are such a name, too (``السلام``, ``العربية``); a rule that looks up words would add each of
them. Nobody should build that rule on these figures unless the first number is well above the second.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from arabic_news_ner.extractor import Extractor
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.scoring.annotation import Annotation
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.text.words import split_words
from benchmarks.answers import answer_texts
from benchmarks.files import read

#: Words of the longest stretch that is looked up.
LONGEST = 4


@dataclass(frozen=True, slots=True)
class Missed:
    """A mention of a place that was not found: its article, its form, and the subtypes of the known places of that name."""

    article: str
    form: str
    known_as: tuple[str, ...]


def known_as(form: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The subtypes of the places whose Arabic name is ``form``, each once; empty if there is none."""
    places = knowledge.places_of(split_words(form))
    return tuple(dict.fromkeys(place.subtype for place in places if place.preferred_name))


def missed_places(truth: Annotation, answer: Annotation, knowledge: Knowledge) -> Iterator[Missed]:
    """The places of the truth that the answer does not have with these bounds, in order."""
    found = {(m.start, m.end) for m in answer.mentions if m.label == "LOC"}
    for mention in sorted(truth.mentions):
        if mention.label == "LOC" and (mention.start, mention.end) not in found:
            form = truth.text[mention.start : mention.end]
            yield Missed(truth.id, form, known_as(form, knowledge))


def further_names(truth: Annotation, answer: Annotation, knowledge: Knowledge) -> list[str]:
    """The names of places that a look-up of all words would add: the longest ones, outside every mention of both sides."""
    taken = {at for m in (*truth.mentions, *answer.mentions) for at in range(m.start, m.end)}
    tokens = tokenize(truth.text)
    names = []
    at = 0
    while at < len(tokens):
        length = 1
        for size in range(min(LONGEST, len(tokens) - at), 0, -1):
            start, end = tokens[at].start, tokens[at + size - 1].end
            if taken.isdisjoint(range(start, end)) and known_as(truth.text[start:end], knowledge):
                names.append(truth.text[start:end])
                length = size
                break
        at += length
    return names


def report(missed: Sequence[Missed], further: Sequence[str], places: int) -> str:
    """The figures, in three lines."""
    known = [m for m in missed if m.known_as]
    share = 100 * len(known) / len(missed) if missed else 0.0
    return (
        f"{places} places annotated, {len(missed)} missed ({len({m.form for m in missed})} forms)\n"
        f"{len(known)} of the missed ({share:.1f} %, {len({m.form for m in known})} forms) are names of the knowledge base\n"
        f"{len(further)} other stretches of words ({len(set(further))} forms) are such names, too, and no places in the text"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """See the head of this page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="annotated articles (spans.jsonl)")
    parser.add_argument("--model", default="base", help="pack: base or fast, or a folder")
    parser.add_argument("--list", action="store_true", help="list the missed places, too")
    options = parser.parse_args(arguments)
    knowledge = Knowledge.load()
    texts = read(options.file).texts
    answers = answer_texts(Extractor.load(options.model), texts)
    missed: list[Missed] = []
    further: list[str] = []
    for truth, answer in zip(texts, answers, strict=True):
        missed += missed_places(truth, answer, knowledge)
        further += further_names(truth, answer, knowledge)
    if options.list:
        for one in missed:
            print(one.article, one.form, ",".join(one.known_as) or "-", sep="\t")
    print(report(missed, further, sum(m.label == "LOC" for text in texts for m in text.mentions)))


if __name__ == "__main__":
    main()
