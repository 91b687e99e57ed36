"""The published JSON Schema: it is that of the types, real records fit it, and broken ones do not."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

import arabic_news_ner as ann
from arabic_news_ner import serialize
from arabic_news_ner.record_schema import record_schema

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "docs" / "article.schema.json").read_text(encoding="utf-8"))
TEXT = (
    "صفاقس - التقى الرئيس التونسي السابق كريم الفاسي، أمس، وزيرة الصحة ليلى العطار في مقر منظمة الصحة العالمية بجنيف. "
    "وقال الفاسي إن بلدية صفاقس ستبني مستشفى."
)


@pytest.fixture(scope="module")
def article():
    return ann.Extractor.load("fast", threads=1).extract(TEXT)


@pytest.fixture(scope="module")
def validator():
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


def test_the_published_schema_is_that_of_the_types():
    assert record_schema() == SCHEMA, "python -m arabic_news_ner.record_schema > docs/article.schema.json"


def test_records_fit_the_schema(article, validator):
    assert article.people
    assert article.organizations
    assert article.places
    for record in (
        serialize.to_dict(article),
        serialize.entities_to_dict(article),
        serialize.entities_to_dict(article, text=True),
    ):
        validator.validate(json.loads(json.dumps(record)))
    validator.validate(serialize.to_dict(ann.Article("")))


def test_every_field_of_a_record_is_named_in_the_schema(article):
    def check(value, schema):
        if "$ref" in schema:
            schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
        if isinstance(value, dict):
            assert set(value) <= set(schema["properties"])
            for name, inner in value.items():
                check(inner, schema["properties"][name])
        elif isinstance(value, list) and isinstance(schema.get("items"), dict):
            for inner in value:
                check(inner, schema["items"])

    check(serialize.to_dict(article), SCHEMA)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), 2),
        (("entities", 0, "label"), "PERS"),
        (("entities", 0, "subtype"), "kingdom"),
        (("entities", 0, "mentions", 0, "start"), "0"),
        (("entities", 0, "salience"), None),
        (("entities", 0, "merges"), [["a"]]),
        (("countries",), {}),
        (("tokens",), [[0]]),
        (("tokens",), [[-1, 2]]),
        (("keywords",), [1]),
        (("headline",), 5),
    ],
)
def test_records_that_do_not_fit_are_refused(article, validator, path, value):
    record = copy.deepcopy(serialize.to_dict(article))
    at = record
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert not validator.is_valid(record)


@pytest.mark.parametrize("name", ["schema", "entities", "countries"])
def test_a_record_without_a_field_is_refused(article, validator, name):
    record = serialize.to_dict(article)
    del record[name]
    assert not validator.is_valid(record)
