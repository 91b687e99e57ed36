"""The JSON record: it comes back equal, and what is no record is refused with the place of the fault."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner import InputError
from arabic_news_ner.serialize import SCHEMA, entities_to_dict
from arabic_news_ner.types import Article, Country, Entity, Link, Mention, Role, Sentence, Token

TEXT = "زار وزير الصحة سمير حداد بيروت"
ARTICLE = Article(
    text=TEXT,
    headline=None,
    date="2025-04-28",
    source="النجمة",
    agency="رويترز",
    keywords=("بيروت",),
    keyword_entities=("e2",),
    tokens=(Token(0, 3, "زار"),),
    sentences=(Sentence(0, len(TEXT), TEXT),),
    entities=(
        Entity(
            "e1",
            "PER",
            None,
            "سمير حداد",
            (Mention(15, 24, "سمير حداد", 0.98),),
            roles=(Role(4, 14, "وزير الصحة", "e1", status=("former",), score=0.9, holder_score=0.8, kind="office"),),
            salience=0.5,
            merges=(("حداد", "family name of a longer form: سمير حداد"),),
        ),
        Entity(
            "e2",
            "LOC",
            "city",
            "بيروت",
            (Mention(25, 30, "بيروت"),),
            links=(Link("geonames", "276781", "بيروت", 33.9, 35.5, 0.9, (Link("iso3166", "LB", "لبنان"),)),),
        ),
    ),
    countries=(Country("LB", "لبنان", "city", 1),),
)


def test_a_record_comes_back_equal():
    assert Article.from_dict(ARTICLE.to_dict()) == ARTICLE
    assert Article.from_json(ARTICLE.to_json(indent=1)) == ARTICLE


def test_what_an_extractor_gives_comes_back_equal(extractor, dispatch):
    article = extractor.extract(dispatch)
    assert Article.from_json(article.to_json()) == article


def test_every_record_has_the_schema():
    assert ARTICLE.to_dict()["schema"] == SCHEMA
    assert entities_to_dict(ARTICLE)["schema"] == SCHEMA
    assert "text" not in entities_to_dict(ARTICLE)
    assert entities_to_dict(ARTICLE, text=True)["text"] == TEXT


def test_a_summary_with_its_text_is_an_article_without_tokens():
    back = Article.from_dict({"id": 7, **entities_to_dict(ARTICLE, text=True)})
    assert back.entities == ARTICLE.entities
    assert back.tokens == ()


def test_a_newer_schema_is_refused_with_the_remedy():
    with pytest.raises(InputError, match=rf"schema {SCHEMA + 1}.*reads up to {SCHEMA}.*pip install -U"):
        Article.from_dict({**ARTICLE.to_dict(), "schema": SCHEMA + 1})


def test_fields_of_a_later_minor_version_are_passed_over():
    record = copy.deepcopy(ARTICLE.to_dict())
    record["weather"] = "sunny"
    record["entities"][0]["shoe size"] = 44
    assert Article.from_dict(record) == ARTICLE


def changed(path, value):
    record = json.loads(ARTICLE.to_json())
    at = record
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return record


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("text",), None, "text is None; it takes str"),
        (("schema",), True, "schema is True"),
        (("schema",), 0, "schema is 0"),
        (("date",), 5, "date is 5; it takes str"),
        (("tokens",), [[0]], r"tokens\[0\] is \[0\]; it takes a list of 2"),
        (("tokens",), [[0, 99]], r"tokens has \[0, 99\], which does not lie in a text of 30 characters"),
        (("tokens",), [[3, 1]], "does not lie"),
        (("entities",), {}, r"entities is \{\}; it takes a list"),
        (("entities", 0), 5, r"entities\[0\] is 5; it takes an object"),
        (("entities", 0), {"id": "e1"}, r"entities\[0\] has no 'label'"),
        (("entities", 0, "label"), "DOG", r"entities\[0\]\.label is 'DOG'; it takes 'PER' or 'ORG' or 'LOC'"),
        (("entities", 0, "label"), [], r"entities\[0\]\.label is \[\]"),
        (("entities", 0, "mentions", 0, "start"), "1", r"entities\[0\]\.mentions\[0\]\.start is '1'; it takes int"),
        (("entities", 0, "mentions", 0, "start"), True, "start is True; it takes int"),
        (("entities", 0, "roles", 0, "status"), ["ill"], r"status\[0\] is 'ill'; it takes 'former' or"),
        (("entities", 0, "merges"), [["a"]], r"merges\[0\] is \['a'\]; it takes a list of 2"),
        (("countries", 0, "how"), "maybe", "how is 'maybe'"),
    ],
)
def test_the_place_of_a_fault_is_named(path, value, message):
    with pytest.raises(InputError, match=message):
        Article.from_dict(changed(path, value))


@pytest.mark.parametrize("record", [None, 5, [], "x", {}, {"schema": 1}])
def test_what_is_no_record_is_refused(record):
    with pytest.raises(InputError):
        Article.from_dict(record)


@pytest.mark.parametrize("data", ["", "{", "[1]", "[" * 100_000, None])
def test_what_is_no_json_is_refused(data):
    with pytest.raises(InputError):
        Article.from_json(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_a_damaged_record_is_read_or_refused(data):
    record = json.loads(ARTICLE.to_json())
    at = record
    while True:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else list(range(len(at)))))
        if not at[key] or not isinstance(at[key], (dict, list)) or data.draw(st.booleans()):
            at[key] = data.draw(JSON)
            break
        at = at[key]
    try:
        article = Article.from_dict(record)
    except InputError:
        return
    assert Article.from_dict(article.to_dict()) == article or "nan" in repr(article.to_dict())
