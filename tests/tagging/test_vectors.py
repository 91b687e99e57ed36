"""Word vectors: a small table made by hand, read back number by number."""

from __future__ import annotations

import hashlib
import io

import numpy as np
import pytest

from arabic_news_ner.tagging.onnx.vectors import WordVectors, key_of

WORDS = ["بنغازي", "لندن", "المجلس"]


def table(words=WORDS, parts=2, width=3, **changed):
    keys = np.array([key_of(w) for w in words], np.uint64)
    order = np.argsort(keys)
    codes = np.array([[n, 255 - n] for n in range(len(words))], np.uint8)[:, :parts]
    prototypes = np.arange(parts * 256 * width, dtype=np.float16).reshape(parts, 256, width) / 16
    arrays = {"keys": keys[order], "codes": codes[order], "prototypes": prototypes, **changed}
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue(), prototypes.astype(np.float32)


def test_a_word_has_the_prototypes_of_its_codes():
    content, prototypes = table()
    vectors = WordVectors(content)
    assert (len(vectors), vectors.width) == (4, 6)
    found = vectors.vectors([vectors.row(w) for w in WORDS])
    for n, vector in enumerate(found):
        assert vector.tolist() == [*prototypes[0, n], *prototypes[1, 255 - n]]


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("بنغازى", "بنغازي"),
        ("بَنْغازي", "بنغازي"),
        ("وبنغازي", "بنغازي"),
        ("ولندن", "لندن"),
        ("للمجلس", "المجلس"),
    ],
)
def test_spellings_and_attached_letters_lead_to_the_same_row(word, same):
    vectors = WordVectors(table()[0])
    assert vectors.row(word) == vectors.row(same) > 0


@pytest.mark.parametrize("word", ["طرابلس", "", "،", "2025", "\ud800", "\u200f"])
def test_what_is_unknown_is_the_zero_vector(word):
    vectors = WordVectors(table()[0])
    assert vectors.row(word) == 0
    assert not vectors.vectors([vectors.row(word)]).any()


def test_the_key_is_the_published_hash():
    assert key_of("abc") == int.from_bytes(hashlib.blake2b(b"abc", digest_size=8).digest(), "little")


def test_a_key_leads_to_the_row_of_its_word():
    vectors = WordVectors(table()[0])
    keys = sorted(map(key_of, WORDS))
    assert [vectors.row_of_key(key) for key in keys] == [1, 2, 3]
    assert [vectors.row_of_key(key_of(w)) for w in WORDS] == [vectors.row(w) for w in WORDS]


@pytest.mark.parametrize("key", [0, key_of("طرابلس"), key_of("وبنغازي"), 2**64 - 1])
def test_a_key_that_no_word_has_leads_to_row_zero(key):
    assert WordVectors(table()[0]).row_of_key(key) == 0


def test_keys_may_be_cut_to_their_upper_halves():
    content, _ = table()
    with np.load(io.BytesIO(content)) as arrays:
        short = (arrays["keys"] >> 32).astype(np.uint32)
    whole, cut = WordVectors(content), WordVectors(table(keys=short)[0])
    words = [*WORDS, "طرابلس", "", "2025"]
    assert [cut.row(w) for w in words] == [whole.row(w) for w in words]
    assert any(cut.row(w) for w in words)


def test_keys_of_another_type_are_refused():
    with pytest.raises(ValueError, match="expected uint32 or uint64"):
        WordVectors(table(keys=np.array([1, 2, 3], np.int64))[0])


def test_arrays_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        WordVectors(table(codes=np.zeros((2, 2), np.uint8))[0])


def test_no_pickle_is_read():
    with pytest.raises(ValueError, match="holds Python objects"):
        WordVectors(table(keys=np.array([{"a": 1}, 2, 3], object))[0])
