"""More annotated news: the project's records, placed on the texts that they were made from.

    python -m training.data.annotated --data DATA --output WORK/more.spans.jsonl

``training/annotation/records.jsonl`` has a record a line: the names and roles of one unlabelled article, in the form that
``benchmarks/alignment.py`` reads, with ``source`` and ``ref`` of the article, the number of its characters that were read
(the articles were cut after 150 to 230 words) and their SHA-256. The texts are their outlets' and are not part of the
repository; an article that is missing in DATA, or that differs, is counted and left out, and so is one that another outlet has
in a development set (``news/dev*.spans.jsonl``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.alignment import Alignment, align
from training.data.corpora import read_jsonl

#: Words of the sequences by which two texts are compared, and the share of them that makes two texts one.
SEQUENCE: Final = 8
SAME: Final = 0.3
RECORDS = Path(__file__).resolve().parent.parent / "annotation" / "records.jsonl"


def digest(text: str) -> str:
    """SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def texts_of(records: Iterable[dict[str, Any]], unlabelled: Path) -> dict[str, str]:
    """The text of each record whose article is there and is the same, by the record's id."""
    wanted: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for record in records:
        wanted.setdefault((record["source"], record["ref"]), []).append(record)
    found: dict[str, str] = {}
    for article in read_jsonl(unlabelled):
        for record in wanted.get((article["src"], article["ref"]), ()):
            text = article["text"][: record["characters"]]
            if digest(text) == record["sha256"]:
                found[record["id"]] = text
    return found


def sequences(text: str) -> set[tuple[str, ...]]:
    """The sequences of words of a text."""
    words = text.split()
    return {tuple(words[at : at + SEQUENCE]) for at in range(len(words) - SEQUENCE + 1)}


def without_copies(texts: dict[str, str], others: Iterable[str]) -> dict[str, str]:
    """The texts but those that share more than :data:`SAME` of the sequences of the shorter of both with one of ``others``."""
    known = [sequences(text) for text in others]
    out = {}
    for id, text in texts.items():
        own = sequences(text)
        if not any(len(own & other) > SAME * min(len(own), len(other)) for other in known):
            out[id] = text
    return out


def spans_row(id: str, aligned: Alignment) -> dict[str, Any]:
    """An aligned record as a line of ``*.spans.jsonl``."""
    annotation = aligned.annotation
    kinds = [(e.label.lower(), e.subtype) for e in annotation.entities]
    return {
        "id": id,
        "text": annotation.text,
        "spans": sorted(
            [p.where.start, p.where.end, *kinds[p.entity], p.entity, p.where.token_start] for p in aligned.mentions
        ),
        "roles": sorted(([r.start, r.end, r.holder] for r in annotation.roles), key=lambda r: r[:2]),
        "entities": [[*kind, e.name] for kind, e in zip(kinds, annotation.entities, strict=True)],
    }


def rows(records: list[dict[str, Any]], texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    """A line for each record whose text is there; a form that matches nowhere is printed."""
    for record in records:
        if record["id"] in texts:
            aligned = align(texts[record["id"]], record)
            for problem in aligned.problems:
                print(record["id"], problem)
            yield spans_row(record["id"], aligned)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--records", type=Path, default=RECORDS)
    args = parser.parse_args()
    records = list(read_jsonl(args.records))
    found = texts_of(records, args.data / "unlabelled" / "news.jsonl.xz")
    development = [row["text"] for path in args.data.glob("news/dev*.spans.jsonl") for row in read_jsonl(path)]
    texts = without_copies(found, development)
    made = list(rows(records, texts))
    args.output.parent.mkdir(parents=True, exist_ok=True)
    with args.output.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in made)
    words = sum(len(row["text"].split()) for row in made)
    mentions = sum(len(row["spans"]) for row in made)
    report = {
        "records": len(records),
        "without text": len(records) - len(found),
        "in a development set": len(found) - len(texts),
        "words": words,
        "mentions": mentions,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
