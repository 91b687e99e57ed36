"""Corpora as documents of units (what gets a label) made of tokens, with one label array a head."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arabic_news_ner.text.tokenize import spans
from training.data.corpora import read_conll
from training.data.labels import ANERCORP, HOLDER, NEWS, SUBTYPE

IGNORE = -100
#: ANERcorp's last sentences of train, kept for tuning.
ANERCORP_DEVELOPMENT = 397


@dataclass
class LabelledUnit:
    """What gets one label a head: a token of the news, a word of a pre-tokenized corpus."""

    tokens: list[str]
    blank: list[bool]  # does a blank stand before the token?
    labels: dict[str, int] = field(default_factory=dict)
    breaks: bool = False  # does a line (or, pre-tokenized, a sentence) begin here?
    start: int = 0
    end: int = 0
    soft: Any = None  # a teacher's probabilities, where the text has no labels


@dataclass
class Document:
    id: str
    corpus: str
    units: list[LabelledUnit]
    gold: Any = None


def news_document(record: dict[str, Any]) -> Document:
    """Units and labels of one article of ``*.spans.jsonl``."""
    text = record["text"]
    units = []
    end = -1
    for a, b in spans(text):
        gap = text[end:a] if end >= 0 else "\n"
        units.append(LabelledUnit([text[a:b]], [a != end], {"news": 0, "role": 0}, "\n" in gap, a, b))
        end = b
    starts = {}
    for i, unit in enumerate(units):
        for c in range(unit.start, unit.end):
            starts[c] = i
    for s, e, kind, subtype, _, token_start in record["spans"]:
        inside = sorted({starts[c] for c in range(token_start, e) if c in starts})
        if not inside:
            continue
        label = NEWS.index("B-" + kind.upper())
        for n, i in enumerate(inside):
            units[i].labels["news"] = label + (n > 0)
            if subtype:
                units[i].labels["subtype"] = SUBTYPE.index(subtype)
        units[inside[0]].labels["prefix"] = min(3, max(0, s - units[inside[0]].start))
    people = [(s, e, i) for s, e, kind, _, i, _ in record["spans"] if kind == "per"]
    for s, e, holder in record["roles"]:
        inside = sorted({starts[c] for c in range(s, e) if c in starts})
        if not inside:
            continue
        after = next(((a - e, i) for a, b, i in people if a >= e), None)
        before = next(((s - b, i) for a, b, i in reversed(people) if b <= s), None)
        fits = []
        if after and after[1] == holder:
            fits.append((after[0], "next"))
        if before and before[1] == holder:
            fits.append((before[0], "previous"))
        kind = "unnamed" if holder is None else min(fits)[1] if fits else "elsewhere"
        for n, i in enumerate(inside):
            units[i].labels["role"] = 1 + (n > 0)
            units[i].labels["holder"] = HOLDER.index(kind)
        units[inside[0]].labels.setdefault("prefix", min(3, max(0, s - units[inside[0]].start)))
    return Document(record["id"], "news", units, record)


def pseudo_document(number: int, text: str, rows: Any) -> Document:
    """Units of an unlabelled text with a teacher's probabilities (``training.selftrain``)."""
    units: list[LabelledUnit] = []
    end = -1
    for a, b in spans(text):
        gap = text[end:a] if end >= 0 else "\n"
        units.append(LabelledUnit([text[a:b]], [a != end], {}, "\n" in gap, a, b, rows[len(units)]))
        end = b
    if len(units) != len(rows):
        raise SystemExit(f"pseudo text {number}: {len(rows)} rows for {len(units)} tokens; label the texts again")
    return Document(f"pseudo{number}", "pseudo", units)


def word_unit(word: str, breaks: bool) -> LabelledUnit:
    pieces = spans(word) or [(0, len(word))]
    return LabelledUnit([word[a:b] for a, b in pieces], [n == 0 for n in range(len(pieces))], {}, breaks)


FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ت", "ؤ": "و", "ئ": "ي", "ء": None, "ـ": None})


def letters(words: list[str]) -> tuple[str, list[int]]:
    """The folded letters of a sentence, and the word that each comes from."""
    out, owner = [], []
    for i, word in enumerate(words):
        for c in re.sub(r"[^\u0621-\u064aA-Za-z]", "", word.translate(FOLD)):
            out.append(c)
            owner.append(i)
    text = "".join(out)
    while (at := text.find("لال")) >= 0:  # ل + ال is split as ل ال in one corpus and written لل in the other
        text = text[: at + 1] + text[at + 2 :]
        del owner[at + 1]
    return text, owner


def conll_documents(data: Path, fine: list[str]) -> tuple[list[Document], list[Document]]:
    """ANERcorp train and development documents; NewsFANE's classes projected on the words of ANERcorp."""
    sentences = read_conll(data / "anercorp" / "train.conll")
    by_letters = {}
    for words, tags in read_conll(data / "newsfane" / "train.conll"):
        key, owner = letters(words)
        by_letters[key] = (owner, [t[0] for t in tags])
    labelled = []
    for number, (words, tags) in enumerate(sentences):
        units = [word_unit(w, n == 0) for n, w in enumerate(words)]
        for unit, tag in zip(units, tags, strict=True):
            unit.labels["anercorp"] = ANERCORP.index(tag[0])
        key, owner = letters(words)
        if key in by_letters:
            there, their_tags = by_letters[key]
            found: dict[int, str] = {}
            for here, other in zip(owner, there, strict=True):
                if found.get(here, "O") == "O":
                    found[here] = their_tags[other]
            for here, unit in enumerate(units):
                unit.labels["newsfane"] = fine.index(found.get(here, "O"))
        labelled.append((number, units))
    cut = len(labelled) - ANERCORP_DEVELOPMENT
    documents = [Document(f"anercorp{number}", "anercorp", units) for number, units in labelled]
    return documents[:cut], documents[cut:]


def fine_classes(data: Path) -> list[str]:
    counts = Counter(t[0] for _, tags in read_conll(data / "newsfane" / "train.conll") for t in tags)
    common = sorted(t for t, n in counts.items() if t != "O" and n >= 5)
    rare = sorted(t for t, n in counts.items() if t != "O" and n < 5)
    return ["O", *common, *rare]


class NamePool:
    """Names by label and subtype, to put in the place of others (whole entities, the same way all through a text)."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        self.names: dict[tuple[str, str | None], list[list[str]]] = defaultdict(list)
        for record in records:
            text = record["text"]
            for s, e, kind, subtype, _, _ in record["spans"]:
                self.names[kind, subtype].append([text[a + s : b + s] for a, b in spans(text[s:e])])

    def swap(self, document: Document, rng: random.Random, share: float) -> Document:
        record = document.gold
        plan: dict[int, dict[str, list[str]]] = {}
        replaced: dict[int, tuple[int, list[str], int]] = {}
        index = {unit.start: i for i, unit in enumerate(document.units)}
        for s, e, kind, subtype, entity, token_start in record["spans"]:
            if entity not in plan:
                plan[entity] = {} if rng.random() < share else {"": []}
            if "" in plan[entity] or token_start not in index or s - token_start > 1:
                continue
            first = index[token_start]
            last = first
            while last + 1 < len(document.units) and document.units[last + 1].start < e:
                last += 1
            prefix = record["text"][token_start:s]
            surface = record["text"][s:e]
            if surface not in plan[entity]:
                pool = self.names[kind, subtype]
                size = last - first + 1
                new = rng.choice(pool)
                if kind == "per":
                    old = next((n for n in plan[entity].values()), None)
                    if size == 1:
                        new = (old or new)[-1:]
                    elif len(new) == 1:
                        new = [rng.choice(pool)[0], *new]
                plan[entity][surface] = new
            new = plan[entity][surface]
            if prefix == "ل" and (new[0].startswith("ال") or surface.startswith(("ل", "ال"))):
                continue
            replaced[first] = (last, new, len(prefix))
        units: list[LabelledUnit] = []
        i = 0
        while i < len(document.units):
            unit = document.units[i]
            if i not in replaced:
                units.append(unit)
                i += 1
                continue
            last, new, prefix_length = replaced[i]
            for n, token in enumerate(new):
                labels = dict(unit.labels)
                if n:
                    labels.pop("prefix", None)
                    labels["news"] += labels["news"] % 2
                    labels["role"] = 2 if labels["role"] else 0
                word = (unit.tokens[0][:prefix_length] if n == 0 else "") + token
                units.append(
                    LabelledUnit(
                        [word], [unit.blank[0] if n == 0 else token not in "-.'’،"], labels, unit.breaks and n == 0
                    )
                )
            i = last + 1
        return Document(document.id, document.corpus, units, None)


NOISES = {
    "hamza": str.maketrans("أإآ", "ااا"),
    "yeh": str.maketrans("ى", "ي"),
    "alef maksura": str.maketrans("ي", "ى"),
    "heh": str.maketrans("ة", "ه"),
}


def noisy(document: Document, rng: random.Random, share: float) -> Document:
    """A copy with one kind of spelling or punctuation changed all through, as some outlets write."""
    if rng.random() >= share:
        return document
    kind = rng.choice([*NOISES, "quotes", "points", "lines", "lines"])
    units = []
    for unit in document.units:
        if kind in NOISES:
            tokens = unit.tokens
            if kind != "alef maksura":
                tokens = [t.translate(NOISES[kind]) for t in tokens]
            else:
                tokens = [t[:-1] + "ى" if t.endswith("ي") else t for t in tokens]
            unit = LabelledUnit(tokens, unit.blank, unit.labels, unit.breaks)
        elif kind == "lines":
            unit = LabelledUnit(unit.tokens, unit.blank, unit.labels, False)
        elif (
            len(unit.tokens) == 1
            and unit.tokens[0] in ('"“”«»' if kind == "quotes" else "،,..")
            and not (unit.labels.get("news") or unit.labels.get("role"))
        ):
            continue
        units.append(unit)
    return Document(document.id, document.corpus, units, None)
