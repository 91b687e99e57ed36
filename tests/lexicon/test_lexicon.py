"""The lexicon: what its tables hold, how a word is found, and what is refused."""

from __future__ import annotations

import re
import shutil

import pytest

from arabic_news_ner import ModelError
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.lexicon.tables import FOLDER, parse_table
from arabic_news_ner.text.clitics import PREFIXES
from arabic_news_ner.text.words import fold
from training.lexicon import write_manifest

TABLES = sorted(FOLDER.glob("*.tsv"))


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.load()


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "lexicon"
    shutil.copytree(FOLDER, copy)
    return copy


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_one_row_a_word(path):
    rows = parse_table(path.read_text(encoding="utf-8"), path.name)
    keys = [(row.get("label", ""), row.get("word") or row.get("names") or row["name"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(row["source"] for row in rows)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_support_is_n_of_m(path):
    for row in parse_table(path.read_text(encoding="utf-8"), path.name):
        for column in {"support", "before", "first", "dropped"} & set(row):
            if row[column]:
                n, m = map(int, re.fullmatch(r"(\d+)/(\d+)", row[column]).groups())
                assert 0 <= n <= m, row


def test_words_are_in_normal_spelling():
    """A table of folded words would have no ta marbuta and no hamza."""
    words = [row["word"] for row in parse_table((FOLDER / "head_nouns.tsv").read_text(encoding="utf-8"), "")]
    assert sum(word.endswith("ة") for word in words) > 50
    assert {word for word in words if word.endswith("ه")} == {"منتزه"}  # whose ه is its own


@pytest.mark.parametrize("noun", ["صحيفة", "قناة", "مجلة", "شركة"])
@pytest.mark.parametrize("prefix", ["", *PREFIXES])
def test_organizations_are_seen_with_letters_attached(noun, prefix, lexicon):
    assert lexicon.head_noun("ORG", fold(prefix + noun)).word == fold(noun)


@pytest.mark.parametrize("noun", ["بلدة", "مدينة", "محافظة"])
@pytest.mark.parametrize("prefix", ["", *PREFIXES])
def test_places_are_seen_with_letters_attached(noun, prefix, lexicon):
    assert lexicon.head_noun("LOC", fold(prefix + noun)).word == fold(noun)


def test_an_article_is_found_after_the_l_that_swallows_its_alef(lexicon):
    assert lexicon["title"].stem("للملك") == "الملك"
    assert lexicon["title"].stem("والملك") == "الملك"
    assert lexicon["title"].stem("مالك") is None


def test_one_noun_may_be_two_labels(lexicon):
    assert lexicon.head_nouns["ORG"][fold("مستشفى")].subtype == "education"
    assert lexicon.head_nouns["LOC"][fold("مستشفى")].subtype == "facility"


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_edit_without_a_new_manifest_is_refused(folder):
    edit(folder, "titles.tsv", "الملك\t", "الملكان\t")
    with pytest.raises(ModelError, match=r"titles\.tsv"):
        Lexicon.read(folder)


def test_a_new_row_is_read(folder):
    with open(folder / "titles.tsv", "a", encoding="utf-8") as table:
        table.write("الزرعان\ttitle\t\thand\n")
    write_manifest(folder)
    assert fold("الزرعان") in Lexicon.read(folder)["title"]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("titles.tsv", "\ttitle\t", "\ttitel\t", "unknown use 'titel'"),
        ("titles.tsv", "\ttitle\t", "\ttitle\t\t", "cells"),
        ("head_nouns.tsv", "\nشركة\tORG\tcompany", "\nشركة\tORG\tfirm", "subtype of 'شركة' is 'firm'"),
        (
            "head_nouns.tsv",
            "\nشركة\tORG\tcompany\tlabel",
            "\nشركة\tORG\tcompany\tmaybe",
            "is_trigger of 'شركة' is 'maybe'",
        ),
        ("head_nouns.tsv", "\nشركة\tORG\tcompany", "\nشركة\tORG\t", "has no subtype"),
        ("head_nouns.tsv", "\nمدينة\tLOC\tcity", "\nشركة\tLOC\tcity", "two labels"),
        ("head_nouns.tsv", "\nجريدة\tORG", "\nصحيفة\tORG", "two rows of 'صحيفة'"),
    ],
)
def test_a_wrong_value_is_named(folder, name, old, new, message):
    edit(folder, name, old, new)
    write_manifest(folder)
    with pytest.raises(ModelError, match=message):
        Lexicon.read(folder)
