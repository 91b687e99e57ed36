"""Readers of the corpora: news spans, ANERcorp, NewsFANE, the Wojood sample."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from arabic_news_ner.tagging.conll import read_sentences


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a .jsonl or .jsonl.xz file."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def read_conll(path: Path) -> list[tuple[list[str], list[list[str]]]]:
    """Sentences as (words, the tags of each word): ``word tag [tag ...]`` a line, a blank line between."""
    with open(path, encoding="utf-8") as file:
        return [([c[0] for _, c in rows], [c[1:] for _, c in rows]) for rows in read_sentences(file)]
