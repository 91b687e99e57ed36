"""The golden articles with their records, and what the library makes of them, each made once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from arabic_news_ner import Article, Extractor
from arabic_news_ner.scoring.annotation import Annotation, from_article
from benchmarks.alignment import Alignment, align

FOLDER = Path(__file__).parent
IDS = [f"g{number:02}" for number in range(1, 19)]


@dataclass(frozen=True)
class Golden:
    """One article: its style, what is in it, what the library found, and the same in the form that is scored."""

    style: str
    gold: Alignment
    article: Article
    answer: Annotation


def load(name: str) -> dict[str, dict[str, object]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return {value["id"]: value for value in map(json.loads, lines)}


@pytest.fixture(scope="session")
def alignments() -> dict[str, tuple[str, Alignment]]:
    """(style, placed record) of each golden article, by its id."""
    records = load("records.jsonl")
    return {
        identifier: (str(article["style"]), align(str(article["text"]), records[identifier]))
        for identifier, article in load("articles.jsonl").items()
    }


@pytest.fixture(scope="session")
def golden(alignments: Mapping[str, tuple[str, Alignment]], extractor: Extractor) -> dict[str, Golden]:
    """Every golden article as read by the built-in model."""
    read = {}
    for identifier, (style, gold) in alignments.items():
        article = extractor.extract(gold.annotation.text)
        read[identifier] = Golden(style, gold, article, from_article(identifier, article))
    return read


@pytest.fixture(params=IDS)
def one(request: pytest.FixtureRequest, golden: Mapping[str, Golden]) -> Golden:
    """Each golden article in turn."""
    return golden[request.param]
