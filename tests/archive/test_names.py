"""Which spellings are one name for an index, and what finds them: over a table of invented names, and in both orders."""

from __future__ import annotations

from pathlib import Path

import pytest

from arabic_news_ner import Article, Entity, Mention
from arabic_news_ner.archive import EntityIndex, fold

TABLE = Path(__file__).resolve().parent.parent / "data" / "archive" / "name_pairs.tsv"
PAIRS = [tuple(line.split("\t")) for line in TABLE.read_text(encoding="utf-8").splitlines()[2:]]

#: Pairs of one entity whose words are the same but for their spelling: each finds the other.
SPELLINGS = [row for row in PAIRS if row[3] == "one" and row[4] not in ("marks, blanks, names left out", "synonym")]


def article(label, name):
    return Article("", entities=(Entity("e1", label, None, name, (Mention(0, 1, name, 0.9),)),))


def index_of(label, *names):
    index = EntityIndex.open(":memory:")
    index.add_many((str(number), article(label, name)) for number, name in enumerate(names))
    return index


def test_the_table_has_pairs_of_both_sorts_for_each_label():
    counts = {(label, entities): 0 for label in ("PER", "ORG", "LOC") for entities in ("one", "two")}
    for label, _, _, entities, _ in PAIRS:
        counts[label, entities] += 1
    assert min(counts.values()) >= 8
    assert len(PAIRS) > 300


@pytest.mark.parametrize(("label", "a", "b", "entities", "why"), PAIRS)
def test_one_entity_or_two_in_either_order(label, a, b, entities, why):
    for names in ((a, b), (b, a)):
        with index_of(label, *names) as index:
            assert len(index.entities()) == (1 if entities == "one" else 2), why


@pytest.mark.parametrize(("label", "a", "b", "entities", "why"), SPELLINGS)
def test_a_spelling_finds_the_other(label, a, b, entities, why):
    with index_of(label, a) as index:
        assert [e.name for e in index.search(b)] == [fold.plain(a)], why


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("عبد الرءوف", "عبد الرؤوف الكيلاني"),
        ("عبدالرءوف", "عبد الرؤوف الكيلاني"),
        ("فيكتور", "ڤيكتور هاندرسون"),
        ("ڤيكتور", "فيكتور هاندرسون"),
        ("منفي", "محمد المنفي"),
        ("المنف", "محمد المنفي"),
        ("الم", "محمد المنفي"),
        ("المن", "محمد المنفي"),
        ("منـفي", "محمد المنفي"),
        ("اسكندريه", "الإسكندرية"),
        ("جورباتشينكو", "ميخائيل غورباتشينكو"),
        ("هندرسون", "توماس هيندرسون"),
        ("شئون", "هيئة شؤون القبائل"),
        ("سـالـم", "سالم العريبي"),
        ("ﺳﺎﻟﻢ", "سالم العريبي"),
        ("أبوبكر", "أبو بكر الزنتاني"),
        ("أبو بكر", "أبوبكر الزنتاني"),
    ],
)
def test_search_finds_any_spelling(query, name):
    with index_of("PER", name, "ليلى العطار") as index:
        assert [e.name for e in index.search(query)] == [name]


@pytest.mark.parametrize("query", ["سعيد", "حسين", "محمود", "سليمان", "كمال", "قاسم"])
def test_search_does_not_take_other_native_names(query):
    with index_of(
        "PER", "سعد العطار", "حسن العطار", "محمد العطار", "سلمان العطار", "جمال العطار", "جاسم العطار"
    ) as index:
        assert index.search(query) == []


def test_sql_of_ones_own_finds_a_name_with_and_without_its_article():
    with index_of("PER", "عبد الله اللافي") as index:
        for word in ("لافي*", "اللافي*", "عبدالله"):
            assert index.connection.execute("SELECT count(*) FROM names WHERE names MATCH ?", (word,)).fetchone() == (
                1,
            )


def test_the_plain_spelling_is_shown_and_the_written_one_kept():
    with index_of("PER", "سـالـم العـريبي", "سالم عَلِيّ العريبي") as index:
        (found,) = index.entities()
        assert found.name == "سالم علي العريبي"
        assert "سـالـم العـريبي" in index.explain(found.id)


def test_a_person_is_found_again_among_hundreds_of_one_family():
    given = "سالم نزار وليد هدى ليلى خالد مروان طلال بشير عدنان فراس نبيل حازم زكريا تيسير شكري رضوان عصام".split()
    names = [f"{first} {second} الخطيب" for first in given for second in given]
    assert len(set(names)) > 300
    with index_of("PER", *names, *names) as index:
        assert [e.articles for e in index.entities(limit=1000)] == [2] * len(names)
