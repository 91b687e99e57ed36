"""Caches stay small whatever a stream brings."""

from __future__ import annotations

import pytest

from arabic_news_ner.tagging.onnx.pieces import PieceEncoder
from arabic_news_ner.tagging.onnx.tagger import EmbeddedTagger
from arabic_news_ner.tagging.onnx.vectors import WordVectors
from arabic_news_ner.text.cache import LONGEST, BytesCache, cached


def test_a_short_text_is_computed_once_and_a_long_one_each_time():
    calls = []

    @cached(10)
    def size(text):
        calls.append(text)
        return len(text)

    for text in ("اب", "ا" * LONGEST, "ا" * (LONGEST + 1), ("ا", "ب"), ("ا" * LONGEST, "ب")) * 2:
        assert size(text) == len(text)
    assert len(calls) == 3 + 2 * 2


def test_of_several_texts_all_count():
    calls = []

    @cached(10, texts=2)
    def both(a, b):
        calls.append((a, b))
        return a + b

    for a, b in (("ا", "ب"), ("ا", "ب" * LONGEST), ("ا" * LONGEST, "ب")) * 2:
        assert both(a, b) == a + b
    assert len(calls) == 1 + 2 * 2


def test_bytes_are_bounded_and_what_is_asked_for_stays():
    cache = BytesCache(1_000)
    cache.put("hot", 0, 10)
    for number in range(1_000):
        assert cache.get("hot", 10) == 0
        cache.put(number, number, 10)
        assert cache.bytes <= 1_000
    assert cache.get(999, 10) == 999
    assert cache.get(0, 10) is None
    cache.put("huge", 1, 500)
    assert cache.get("huge", 500) is None


@pytest.fixture(scope="module")
def tagger():
    return EmbeddedTagger("fast", threads=1)


def test_an_endless_stream_of_new_words_leaves_little(tagger, monkeypatch):
    from arabic_news_ner.tagging.onnx import pieces, vectors

    monkeypatch.setattr(pieces, "CACHE_BYTES", 100_000)
    monkeypatch.setattr(vectors, "CACHE_BYTES", 100_000)
    encoder = PieceEncoder(tagger._pieces._tokenizer, 3)
    table = WordVectors(tagger.pack.words)
    for batch in range(40):
        words = [f"كلمة{batch}س{n}" for n in range(50)]
        assert encoder.encode(words, [True] * 50) == encoder.encode(words, [True] * 50)
        for word in words:
            table.row(word)
        assert encoder._cache.bytes <= 100_000
        assert table._cache.bytes <= 100_000


def test_long_words_are_not_kept(tagger):
    encoder, table = PieceEncoder(tagger._pieces._tokenizer, 3), WordVectors(tagger.pack.words)
    word = "با" * 5_000
    assert encoder.encode([word], [True]) == encoder.encode([word], [True])
    assert table.row(word) == table.row(word)
    assert len(encoder._cache) == len(table._cache) == 0
