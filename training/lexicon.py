"""Count how often each row of the lexicon is right in the annotated news, and write the manifest.

    python -m training.lexicon FILE.spans.jsonl...   # counts of these files into the tables, then the manifest
    python -m training.lexicon                       # the manifests alone (lexicon, data/page), after an edit of a table

Each count is ``n/m``: of m cases n are as the row says. The texts stay where they are; only counts come into the tables.

``head_nouns.tsv``: ``before``: of the names of the label right after the noun, those of its subtype. ``first``: of the names of
the label that begin with the noun, those of its subtype. ``dropped``: of the entities with such a name, those that the article
also names without the noun. Tables of words: of the occurrences, those at the places that :data:`WHERE` names.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.lexicon.tables import FOLDER, PROTOCOL, parse_table
from arabic_news_ner.mentions.words import WordIndex, index_words
from arabic_news_ner.page.tables import FOLDER as PAGE
from arabic_news_ner.tagging.protocol import TokenizedText
from arabic_news_ner.text.clitics import reading_among
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.text.words import split_words

#: file -> where its words count as borne out.
WHERE = {
    "titles.tsv": "before a person",
    "office_words.tsv": "at a role",
    "context_words.tsv": "outside names",
    "name_parts.tsv": "in a person",
    "ambiguous_names.tsv": "in a person",
    "first_letters.tsv": "in a name",
    "given_names.tsv": "in a person",
    "synonyms.tsv": "anywhere",
}
#: Where the rows of a table come from, and on what terms.
SOURCES = {
    "given_names.tsv": (
        "name items of Wikidata (rigour 1.3.0, rigour/data/names/persons.txt), those that the annotated news has as people, "
        "and those that begin with a letter that could be an attached one; a few typed by hand",
        "MIT (rigour); CC0-1.0 (Wikidata)",
    ),
    "unambiguous_names.tsv": ("counted in the annotated news by training.unambiguous_names", "Apache-2.0"),
}
SOURCE_OF_PAGES = ("typed by hand", "Apache-2.0")
SOURCE = ("typed by hand; counts from the annotated news", "Apache-2.0")


class Counts:
    """What was counted so far: (what, word or key) -> number."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words: dict[str, Counter[str]] = {where: Counter() for where in {*WHERE.values(), "anywhere"}}
        self.before: Counter[tuple[str, str, str | None]] = Counter()
        self.first: Counter[tuple[str, str, str | None]] = Counter()
        self.dropped: Counter[tuple[str, str, bool]] = Counter()

    def add(self, record: dict[str, Any]) -> None:
        """Count one annotated article."""
        text = record["text"]
        index = index_words(TokenizedText.of(text, tokenize(text)))
        spans = [(*index.words_of(start, end), start, label.upper(), subtype, entity)
                 for start, end, label, subtype, entity, _ in record["spans"]]  # fmt: skip
        inside = {word: label for first, last, _, label, _, _ in spans for word in range(first, last)}
        begins = {first: label for first, _, _, label, _, _ in spans}
        roles = [index.words_of(start, end) for start, end, _ in record["roles"]]
        at_role = {word for first, last in roles for word in range(max(first - 1, 0), last)}
        for at, word in enumerate(index.folded):
            places = {
                "anywhere": True,
                "before a person": begins.get(at + 1) == "PER",
                "at a role": at in at_role,
                "outside names": at not in inside,
                "in a person": inside.get(at) == "PER",
                "in a name": at in inside,
            }
            for where, holds in places.items():
                self.words[where][word] += holds
        self._head_nouns(index, spans)

    def _head_nouns(self, index: WordIndex, spans: Iterable[tuple[Any, ...]]) -> None:
        forms: dict[int, set[tuple[str, ...]]] = {}
        labels: dict[int, str] = {}
        for first, last, start, label, subtype, entity in spans:
            if label == "PER" or first >= last:
                continue
            nouns = self.lexicon.head_nouns[label]
            if first and index.joined[first] and start == index.starts[first]:
                noun = reading_among(index.folded[first - 1], nouns)
                if noun is not None:
                    self.before[label, noun.stem, subtype] += 1
            noun = reading_among(index.folded[first], nouns)
            words = tuple(index.folded[first:last])
            if noun is not None and last - first > 1:
                self.first[label, noun.stem, subtype] += 1
                words = (noun.stem, *words[1:])
            forms.setdefault(entity, set()).add(words)
            labels[entity] = label
        for entity, own in forms.items():
            for words in own:
                if len(words) > 1 and words[0] in self.lexicon.head_nouns[labels[entity]]:  # type: ignore[index]
                    rest = words[1:]
                    shorter = any(form[: len(rest)] == rest or rest[: len(form)] == form for form in own)
                    self.dropped[labels[entity], words[0], shorter] += 1


def filled(name: str, rows: list[dict[str, str]], counts: Counts) -> list[dict[str, str]]:
    """The rows of a table with their counts."""
    for row in rows:
        words = split_words(row.get("word", ""))
        if name == "head_nouns.tsv":
            key = (row["label"], words[0])
            for column, table in (("before", counts.before), ("first", counts.first)):
                named = {k[2]: n for k, n in table.items() if k[:2] == key}
                row[column] = (
                    f"{named.get(row['subtype'], 0)}/{sum(named.values())}" if named and row["subtype"] else ""
                )
            seen = [counts.dropped[row["label"], words[0], held] for held in (True, False)]
            row["dropped"] = f"{seen[0]}/{sum(seen)}" if sum(seen) else ""
        elif name in WHERE and len(words) == 1:
            total = counts.words["anywhere"][words[0]]
            row["support"] = f"{counts.words[WHERE[name]][words[0]]}/{total}" if total else ""
    return rows


def write_table(path: Path, rows: list[dict[str, str]]) -> None:
    """The table with its comments and header as they were, and these rows."""
    lines = path.read_text(encoding="utf-8").split("\n")
    head = next(at for at, line in enumerate(lines) if line and not line.startswith("#"))
    body = ["\t".join(row.values()) for row in rows]
    path.write_text("\n".join([*lines[: head + 1], *body]) + "\n", encoding="utf-8")


def write_manifest(folder: Path) -> None:
    """``manifest.json`` of a folder of tables: for each its SHA-256, source and licence."""
    files = {}
    for path in sorted([*folder.glob("*.tsv"), *folder.glob("*.txt")]):
        source, licence = SOURCES.get(path.name, SOURCE if folder != PAGE else SOURCE_OF_PAGES)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        files[path.name] = {"sha256": digest, "source": source, "licence": licence}
    manifest = {"protocol": PROTOCOL, "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _records(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def main(arguments: list[str] | None = None) -> None:
    """See the head of this page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spans", nargs="*", type=Path, help="annotated articles (spans.jsonl)")
    options = parser.parse_args(arguments)
    write_manifest(PAGE)
    write_manifest(FOLDER)
    if options.spans:
        counts = Counts(Lexicon.read(FOLDER))
        for record in _records(options.spans):
            counts.add(record)
        for path in sorted(FOLDER.glob("*.tsv")):
            write_table(path, filled(path.name, parse_table(path.read_text(encoding="utf-8"), path.name), counts))
        write_manifest(FOLDER)


if __name__ == "__main__":
    main()
