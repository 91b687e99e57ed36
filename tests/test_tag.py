"""Pre-tokenized input: as many tags as words, in the label set asked for."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arabic_news_ner import InputError
from arabic_news_ner.tagging import bio

SENTENCE = [
    "التقى",
    "الرئيس",
    "الفرنسي",
    "إيمانويل",
    "ماكرون",
    "رئيس",
    "وزراء",
    "لبنان",
    "نجيب",
    "ميقاتي",
    "في",
    "باريس",
    ".",
]


def test_a_sentence_is_tagged(extractor):
    (tags,) = extractor.tag([SENTENCE])
    found = {(" ".join(SENTENCE[a:b]), kind) for a, b, kind in bio.spans(tags)}
    assert {("إيمانويل ماكرون", "PER"), ("نجيب ميقاتي", "PER"), ("باريس", "LOC")} <= found


def test_the_anercorp_scheme_has_its_labels(extractor):
    (tags,) = extractor.tag([SENTENCE], scheme="anercorp")
    found = {(" ".join(SENTENCE[a:b]), kind) for a, b, kind in bio.spans(tags)}
    assert {("إيمانويل ماكرون", "PERS"), ("باريس", "LOC")} <= found


words = st.text(alphabet=st.characters(blacklist_categories=("Zs", "Zl", "Zp", "Cc")), min_size=1, max_size=12).filter(
    str.strip
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(words, max_size=8), max_size=5), st.sampled_from(["news", "anercorp"]))
def test_as_many_tags_as_words(extractor, sentences, scheme):
    tags = extractor.tag(sentences, scheme=scheme)
    assert [len(t) for t in tags] == [len(s) for s in sentences]
    assert all(bio.repair(t) == t for t in tags)


def test_a_word_with_signs_stuck_to_it_keeps_one_tag(extractor):
    (tags,) = extractor.tag([["قال", "مراسلنا", "في", "طرابلس،", "إنه", "متوجه", "إلى", "(باريس)."]])
    assert len(tags) == 8
    assert [i for i, tag in enumerate(tags) if tag == "B-LOC"] == [3, 7]


def test_a_thousand_words_in_one_sentence(extractor):
    (tags,) = extractor.tag([SENTENCE * 90])
    assert len(tags) == len(SENTENCE) * 90
    assert tags.count("B-PER") > 150


@pytest.mark.parametrize(
    ("sentences", "message"),
    [
        (["نص كامل"], "sentence 0 is a str, not a list of words"),
        ([["كلمة"], ["كلمة", ""]], "word 1 of sentence 1 is ''"),
        ([["كلمة", None]], "word 1 of sentence 0 is None"),
        ([[" "]], "word 0 of sentence 0 is ' '"),
    ],
)
def test_what_is_no_word_is_refused(extractor, sentences, message):
    with pytest.raises(InputError, match=message):
        extractor.tag(sentences)


def test_an_unknown_scheme_lists_the_known(extractor):
    with pytest.raises(InputError, match="scheme 'conll' is unknown to 'base'; it has news, anercorp"):
        extractor.tag([SENTENCE], scheme="conll")


def test_nothing_gives_nothing(extractor):
    assert extractor.tag([]) == []
    assert extractor.tag([[], []]) == [[], []]
