"""Any text, page, JSON or bytes: an answer that keeps its promises or an error of the package, never another one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arabic_news_ner import Article, Entity, Mention
from arabic_news_ner.archive import EntityIndex, fold
from arabic_news_ner.errors import InputError, ModelError
from arabic_news_ner.manifest import load_arrays
from arabic_news_ner.tagging.onnx import pack
from tests.fuzz.targets import TARGETS

#: All of Unicode, surrogates included, with Arabic letters, marks and signs of queries often.
ANYTHING = st.text(
    st.one_of(
        st.sampled_from("ابدسملهيوةىأإآؤئءڤچژگپ\u064e\u0651\u0640\u200f \"'*():^-\0"),
        st.characters(exclude_categories=()),
    ),
    max_size=30,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(ANYTHING, max_size=5), ANYTHING)
@settings(deadline=None, max_examples=60)
def test_any_names_are_stored_found_and_taken_out(names, query):
    entities = tuple(
        Entity(f"e{n}", label, None, name, (Mention(n, n + 1, name, 0.9),))
        for n, name in enumerate(names)
        for label in ("PER", "ORG", "LOC")
    )
    with EntityIndex.open(":memory:") as index:
        index.add(Article("", headline=query, entities=entities), id="a")
        assert index.verify() == []
        index.search(query)
        for name in names:
            if fold.words(name):
                assert index.search(name), ascii(name)
        index.add(Article("", entities=entities), id="a")
        assert index.verify() == []
        assert index.remove("a")
        assert index.info().entities == 0


@given(ANYTHING)
@settings(deadline=None)
def test_folding_twice_is_folding_once(name):
    for folded in (fold.plain, fold.spelling, fold.same_name):
        assert folded(folded(name)) == folded(name), ascii(name)


@given(st.sampled_from(["protocol", "heads", "window", "context", "slots", "calibration", "files", "name"]), JSON)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_in_a_manifest_is_read_or_refused(tmp_path, field, value):
    told = json.loads((pack.BUILT_IN / "fast" / pack.MANIFEST).read_text(encoding="utf-8"))
    (tmp_path / pack.MANIFEST).write_text(json.dumps({**told, field: value}), encoding="utf-8")
    with pytest.raises(ModelError):
        pack.load(tmp_path)  # its other files are not there


@given(st.binary(max_size=200))
def test_any_bytes_are_no_arrays(content):
    with pytest.raises(ValueError, match=r"npz file|no array|claims|npy"):
        load_arrays(content, ("keys",))


@given(JSON)
def test_any_value_is_refused_as_an_article_of_an_index(value):
    with EntityIndex.open(":memory:") as index, pytest.raises(InputError):
        index.add_many([value])


#: What news, pages and records are made of, beside any character at all.
PARTS = st.sampled_from(
    [
        *"قال وزير محمد الرئيس يوم الأحد كتب: المصدر رويترز طرابلس بقلم اقرأ أيضا الموافق ربيع الآخر أكتوبر هـ م".split(),
        *[
            "12",
            "1446",
            "2024",
            "٣١",
            "۲۰",
            "31/12/2024",
            "10:30",
            " - ",
            "|",
            "\n",
            "\n\n",
            "\t",
            "\u00a0" * 3,
            "،",
            ".",
            "»",
            "«",
        ],
        *[
            "<p>",
            "</p>",
            "<br>",
            "<script>",
            "</div>",
            "<time datetime=",
            "<!--",
            "]]>",
            "&nbsp;",
            "&#x200f;",
            "&#0;",
            "<a href='",
        ],
        *['{"text":', '"entities":[', '"schema":1', "}", "]", "NaN", "1e999"],
        *["ﻻ", "ﷲ", "ﷺ", "لا\u0653", "\u0627\u0654", "ک", "ی", "ێ", "ۀ", "ٹ", "ے", "\u0640" * 9, "\u064e" * 50],
        *[
            "\u200f",
            "\u202e",
            "\u2066",
            "\u2069",
            "\ufeff",
            "\u200d",
            "\ud800",
            "\udfff",
            "\U0001f1f1\U0001f1fe",
            "\U000e0041",
            "\U0010ffff",
        ],
    ]
)
HOSTILE = st.lists(PARTS | ANYTHING, max_size=25).map(" ".join) | st.lists(PARTS | ANYTHING, max_size=25).map("".join)
FINDINGS = Path(__file__).parent.parent / "fuzz" / "findings.json"


@pytest.mark.parametrize("target", TARGETS)
@given(text=HOSTILE)
@settings(deadline=None, max_examples=80)
def test_promises_hold_for_any_text(target, text):
    TARGETS[target](text)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("text", json.loads(FINDINGS.read_text(encoding="utf-8")), ids=ascii)
def test_what_was_found_stays_right(target, text):
    TARGETS[target](text)


@pytest.mark.parametrize("target", ["tokenize", "sentences", "normalize", "find_dates", "from_dict"])
def test_ten_thousand_marks_on_one_letter(target):
    TARGETS[target]("ب" + "\u064e\u0651" * 5_000 + " 1" * 100)


@given(JSON)
def test_any_json_is_an_article_or_refused(value):
    TARGETS["from_dict"](json.dumps(value))
    for field in ("text", "entities", "tokens", "roles", "countries", "keywords", "schema"):
        TARGETS["from_dict"](json.dumps({"text": "قال", field: value}))
