"""Texts with their mentions and roles marked, as the tests and their data files write them.

``[PER سمير حداد]`` is a mention that the tagger found, ``[ORG:government وزارة الصحة]`` one with a subtype,
``[LOC@0.4 غزة]`` one with a score (0.9 otherwise), ``⟨حداد⟩`` a mention that propagation must add, ``{وزير الصحة}`` a role
(``{next: وزير الصحة}`` with the tagger's guess); roles may hold mentions.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from arabic_news_ner.page.header import read_header
from arabic_news_ner.pipeline import Resources, State, run
from arabic_news_ner.tagging.protocol import Tagged, TaggedMention, TaggedRole, TokenizedText
from arabic_news_ner.text.sentences import sentences
from arabic_news_ner.text.tokenize import tokenize

DATA = Path(__file__).resolve().parent.parent / "data" / "entities"
OPEN = re.compile(
    r"\[(PER|ORG|LOC)(?::(\w+))?(?:@([01](?:\.[0-9]+)?))? |\{(?:(next|previous|unnamed|elsewhere): )?|⟨|[\]}⟩]"
)


@dataclass(frozen=True)
class Marked:
    text: TokenizedText
    tagged: Tagged
    #: (start, end) of the mentions that propagation must add.
    expected: tuple[tuple[int, int], ...]


def prepare(text: str) -> TokenizedText:
    tokens = tokenize(text)
    return TokenizedText(text, tokens, sentences(text, tokens))


def read(marked: str) -> Marked:
    """The text without its marks, and what the marks say."""
    found, unmatched = read_freely(marked.replace("\\n", "\n"))
    assert not unmatched, f"unmatched marks {unmatched} in {marked!r}"
    return found


def read_freely(marked: str) -> tuple[Marked, list[str]]:
    """The same of any text, and the marks that have no counterpart, which say nothing."""
    text, at = "", 0
    unmatched = []
    stack: list[tuple[int, re.Match[str]]] = []
    mentions, roles, expected = [], [], []
    for sign in OPEN.finditer(marked):
        text += marked[at : sign.start()]
        at = sign.end()
        if sign.group() not in "]}⟩":
            stack.append((len(text), sign))
            continue
        if not stack:
            unmatched.append(sign.group())
            continue
        start, opened = stack.pop()
        if opened.group(1):
            score = float(opened.group(3) or 0.9)
            mentions.append(TaggedMention(start, len(text), opened.group(1), opened.group(2), score))
        elif opened.group().startswith("{"):
            roles.append(TaggedRole(start, len(text), opened.group(4), 0.9))
        else:
            expected.append((start, len(text)))
    unmatched += [sign.group() for _, sign in stack]
    text += marked[at:]
    order = lambda x: (x.start, x.end)
    tagged = Tagged(tuple(sorted(mentions, key=order)), tuple(sorted(roles, key=order)))
    return Marked(prepare(text), tagged, tuple(expected)), unmatched


def assemble(text: TokenizedText, tagged: Tagged) -> State:
    """All stages of the pipeline over a text and what a tagger found in it."""
    return run(text, tagged, read_header(text.text), Resources.load())


def rows(name: str) -> list[list[str]]:
    """The rows of a data file, without its comments."""
    with open(DATA / name, encoding="utf-8", newline="") as f:
        return [
            row for row in csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE) if row and not row[0].startswith("#")
        ]
