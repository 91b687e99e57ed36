"""Labels, attached letters and votes: what needs no other package."""

from __future__ import annotations

import pytest

from arabic_news_ner import Extractor, InputError, ModelError
from arabic_news_ner.tagging.backends.base import WordTagger
from arabic_news_ner.tagging.backends.ensemble import EnsembleTagger
from arabic_news_ner.tagging.backends.load import load_tagger
from arabic_news_ner.tagging.label_map import as_bio, bio_types
from arabic_news_ner.tagging.protocol import Tagged, TaggedMention, Tagger
from arabic_news_ner.text.clitics import name_start


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        (["S-PER", "O", "B-ORG", "I-ORG", "E-ORG"], ["B-PER", "O", "B-ORG", "I-ORG", "I-ORG"]),
        (["PERS", "PERS", "LOC", "O"], ["B-PERS", "I-PERS", "B-LOC", "O"]),
        (["B-GPE", "I-GPE", "<PAD>"], ["B-GPE", "I-GPE", "O"]),
    ],
)
def test_labels_of_all_schemes_as_bio(labels, wanted):
    assert as_bio(labels) == wanted


def test_types_are_mapped_on_purpose():
    known = bio_types(["O", "B-PERS", "S-GPE", "I-FAC", "B-MISC", "B-ORG"], "m")
    assert known == {"PERS": "PER", "GPE": "LOC", "FAC": "LOC", "MISC": None, "ORG": "ORG"}
    with pytest.raises(ModelError, match=r"unknown types: DATE, EVENT.*labels=\{'DATE': 'ORG'\}"):
        bio_types(["B-DATE", "B-EVENT", "O"], "m")
    assert bio_types(["B-DATE"], "m", {"DATE": None}) == {"DATE": None}


@pytest.mark.parametrize(
    ("word", "known", "start"),
    [
        ("وبطرابلس", {"طرابلس"}, 2),
        ("بطرابلس", {"طرابلس"}, 1),
        ("بطرابلس", set(), 0),
        ("للمجلس", set(), 1),
        ("وللمجلس", set(), 2),
        ("والقاهرة", set(), 1),
        ("بالرباط", set(), 1),
        ("باريس", set(), 0),
        ("وليد", {"زيد"}, 0),
        ("بالي", set(), 0),
        ("فالنسيا", set(), 0),
        ("لبنان", set(), 0),
        ("واشنطن", {"وزير"}, 0),
    ],
)
def test_letters_attached_to_a_name(word, known, start):
    assert name_start(word, known) == start


class Fixed:
    """A tagger that says what it was told."""

    schemes = ("news",)

    def __init__(self, name, mentions, tags=()):
        self.name, self._mentions, self._tags = name, mentions, tags

    def tag_texts(self, texts):
        return [Tagged(tuple(self._mentions)) for _ in texts]

    def tag_words(self, sentences, scheme):
        return [list(self._tags) for _ in sentences]


def test_a_mention_counts_where_enough_members_find_it():
    beirut = lambda score: TaggedMention(0, 5, "LOC", "city", score)
    longer = TaggedMention(0, 11, "ORG", None, 0.9)
    members = [
        Fixed("a", [beirut(0.8)], ["B-LOC", "O"]),
        Fixed("b", [beirut(0.6)], ["B-LOC", "O"]),
        Fixed("c", [longer], ["B-ORG", "I-ORG"]),
    ]
    ensemble = EnsembleTagger(members)
    assert isinstance(ensemble, Tagger)
    assert ensemble.name == "a+b+c"
    assert ensemble.tag_texts(["x"])[0].mentions == (TaggedMention(0, 5, "LOC", "city", 0.7),)
    assert ensemble.tag_words([["بيروت", "الكبرى"]], "news") == [["B-LOC", "O"]]
    assert EnsembleTagger(members, vote=3).tag_texts(["x"])[0].mentions == ()
    assert EnsembleTagger(members, vote=1).tag_texts(["x"])[0].mentions == (TaggedMention(0, 5, "LOC", "city", 0.7),)


def test_settings_that_do_not_go_together_are_refused(tmp_path):
    with pytest.raises(InputError, match="vote is 4"):
        EnsembleTagger([Fixed("a", [])], vote=4)
    with pytest.raises(InputError, match="vote goes with a list"):
        load_tagger("base", vote=2)
    with pytest.raises(InputError, match="path goes with the backends"):
        load_tagger("base", path=tmp_path)
    with pytest.raises(InputError, match="needs path="):
        load_tagger("transformers")
    with pytest.raises(InputError, match="not with a pack"):
        load_tagger("base", labels={})


def test_an_ensemble_of_packs_reads_articles():
    article = Extractor.load(["base", "base"], threads=1).extract("وصل الرئيس الفرنسي إيمانويل ماكرون إلى بيروت.")
    assert [p.name for p in article.people] == ["إيمانويل ماكرون"]


class Short(WordTagger):
    """A model that loses a word."""

    name = "short"

    def label(self, sentences):
        return [(["O"] * (len(words) - 1), None) for words in sentences]


def test_a_model_that_loses_a_word_is_named_with_the_sentence():
    with pytest.raises(ModelError, match="gave 1 labels for the 2 words of the sentence that begins 'زار بيروت'"):
        Short("m", ["O"]).tag_words([["زار", "بيروت"]], "news")
