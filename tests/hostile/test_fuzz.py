"""Any text in an index, any JSON in a manifest: an answer or an error of the package, never another one."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arabic_news_ner import Article, Entity, Mention
from arabic_news_ner.archive import EntityIndex, fold
from arabic_news_ner.errors import InputError, ModelError
from arabic_news_ner.manifest import load_arrays
from arabic_news_ner.tagging.onnx import pack

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
