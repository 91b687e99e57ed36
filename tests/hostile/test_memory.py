"""What a long text takes, in bytes that Python and numpy allocate: no clock, no size of a process."""

from __future__ import annotations

import gc
import tracemalloc

import numpy as np
import pytest

from arabic_news_ner.mentions.words import index_words
from arabic_news_ner.page import read_page
from arabic_news_ner.tagging.onnx import decode, pack
from arabic_news_ner.tagging.protocol import TokenizedText
from arabic_news_ner.text.sentences import sentences
from arabic_news_ner.text.tokenize import tokenize

SENTENCE = "قال وزير المواصلات سالم بن عامر إن أعمال الصيانة في ميناء الخمس تبدأ الشهر المقبل.\n"
HEADLINE = "الجيش السوداني يعلن استعادة بلدة في ولاية سنار\n"


def allocated(function):
    """Bytes that a function allocates: those that its result holds, and the most at any time; its result is freed."""
    gc.collect()
    tracemalloc.start()
    try:
        result = function()
        gc.collect()
        return tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        del result


def prepared(text):
    return TokenizedText(text, (tokens := tokenize(text)), sentences(text, tokens))


def test_tokens_sentences_and_words_are_numbers():
    text = SENTENCE * 4000
    held, most = allocated(lambda: (one := prepared(text), index_words(one)))
    assert held / len(text) < 6
    assert (most - held) / len(text) < 6 + 1_500_000 / len(text)


def test_a_long_text_holds_the_scores_of_some_blocks(monkeypatch):
    monkeypatch.setattr(decode, "BLOCK", 1000)
    text = prepared("كلمة " * 40_000)
    decoder = decode.Decoder(pack.load("fast"))
    outside = np.zeros((500, decoder.columns), np.float32)
    for head in ("news", "role"):
        outside[:, decoder.slices[head].start] = 5
    reader = decode.TextDecoder(decoder, text, lambda tokens: np.zeros((len(tokens), decoder.columns), np.float32))

    def read():
        for _ in range(80):
            reader.feed(outside.copy())
        return reader.close()

    held, most = allocated(read)
    block = 1000 * decoder.columns * 4
    assert most < 12 * block < 40 * block
    assert held < 2 * block


SHAPES = {
    "lines": ("", HEADLINE, ""),
    "sentences": ("", SENTENCE, ""),
    "no-break blanks": ("كلمات", "\u00a0", ": كلمات"),
    "links": (f"<p>{SENTENCE}</p>", f'<a href="https://example.org/1">{HEADLINE}</a>', ""),
    "nested elements": ("", "<div>", SENTENCE),
}


@pytest.mark.parametrize("name", SHAPES)
def test_twice_the_page_takes_twice_the_memory(name):
    if "<" in "".join(SHAPES[name]):
        pytest.importorskip("trafilatura")
    begin, part, end = SHAPES[name]
    read_page(begin + part * 100 + end)  # what is loaded once
    small, large = (allocated(lambda n=n: read_page(begin + part * n + end))[1] for n in (1500, 3000))
    assert large < 2.2 * small + 100_000
