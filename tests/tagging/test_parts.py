"""A long text is decoded in parts: the same names and roles, while only a part of the scores is held."""

from __future__ import annotations

import numpy as np
import pytest

from arabic_news_ner.extractor import Extractor
from arabic_news_ner.tagging.onnx import decode, tagger
from arabic_news_ner.tagging.onnx.holders import SomeVectors

TOWNS = ("سبها", "غدامس", "درنة", "زليتن", "مرزق", "طبرق", "هون", "نالوت", "يفرن", "ترهونة")
PEOPLE = ("سالم الورفلي", "نزار الحمداني", "هدى الفاسي", "ليلى العطار", "مروان الزنتاني")
TEXT = "\n".join(
    f"أعلن وزير الصحة {PEOPLE[n % 5]} أمس الأحد افتتاح مستشفى في مدينة {TOWNS[n % 10]}، بحضور {PEOPLE[(n + 2) % 5]} رئيس "
    f"بلدية {TOWNS[(n + 3) % 10]}.\nوقال {PEOPLE[n % 5].split()[1]} إن الوزارة ستبني {n + 2} مستشفيات أخرى."
    for n in range(60)
)


@pytest.fixture(scope="module")
def extractor():
    return Extractor.load("fast", threads=1)


def small_parts(monkeypatch):
    for module in (decode, tagger):
        monkeypatch.setattr(module, "BLOCK", 300)
    monkeypatch.setattr(decode, "TAIL", 60)


def test_parts_give_what_the_whole_gives(extractor, monkeypatch):
    whole = extractor.extract(TEXT, min_score=0)
    assert len(whole.tokens) > 1200
    assert len(whole.held_roles) > 60
    small_parts(monkeypatch)
    assert extractor.extract(TEXT, min_score=0) == whole


def test_vectors_that_were_not_kept_are_computed_again(extractor, monkeypatch):
    whole = extractor.extract(TEXT)
    small_parts(monkeypatch)
    nothing = np.zeros(0, np.int64)
    keep = SomeVectors.keep
    monkeypatch.setattr(SomeVectors, "keep", lambda self, first, rows, *_: keep(self, first, rows, nothing, nothing))
    assert extractor.extract(TEXT) == whole


def test_only_a_part_of_the_scores_is_held(extractor, monkeypatch):
    small_parts(monkeypatch)
    sizes = []
    labels = decode.Decoder.labels
    monkeypatch.setattr(
        decode.Decoder, "labels", lambda self, scores, head: (sizes.append(len(scores)), labels(self, scores, head))[1]
    )
    article = extractor.extract(TEXT)
    assert max(sizes) < 1000 < len(article.tokens)


def test_one_endless_name_is_read_as_a_whole_with_linear_work(monkeypatch):
    text = "محمد " * 3000
    monkeypatch.setattr(decode, "BLOCK", 100)
    names = ["B-PER", *["I-PER"] * 2999]
    reader = _reader(text)
    read = []
    monkeypatch.setattr(
        decode.Decoder,
        "labels",
        lambda self, scores, head: (
            read.append(len(scores)),
            names[: len(scores)] if head == "news" else ["O"] * len(scores),
        )[1],
    )
    for _ in range(30):
        reader.feed(np.zeros((100, reader._decoder.columns), np.float32))
    found = reader.close()
    (mention,) = found.mentions
    assert (mention.start, mention.end) == (0, len(text) - 1)
    assert sum(read) < 2 * 4 * 3000


def _reader(text):
    from arabic_news_ner.tagging.onnx import pack
    from arabic_news_ner.tagging.protocol import TokenizedText
    from arabic_news_ner.text.tokenize import tokenize

    decoder = decode.Decoder(pack.load("fast"))
    return decode.TextDecoder(
        decoder,
        TokenizedText.of(text, tokenize(text)),
        lambda tokens: np.zeros((len(tokens), decoder.columns), np.float32),
    )


def test_labels_are_cut_between_names_or_before_one():
    tail = ["I-PER"] * decode.TAIL
    outside = ["O"] * 1000
    assert decode._cut(["B-PER", "O", "O", "B-PER", *tail], ["O"] * (4 + decode.TAIL)) == 2
    assert decode._cut(["B-PER", "B-PER", *tail], outside[: 2 + decode.TAIL]) == 1
    assert decode._cut(["B-PER", "I-PER", *tail], outside[: 2 + decode.TAIL]) == 0
    assert decode._cut(["B-PER", "O", "O", "O", *tail], ["O", "B-ROLE", "I-ROLE", "O", *["O"] * decode.TAIL]) == 3
