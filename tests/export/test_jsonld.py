"""schema.org JSON-LD: types, names, identifiers; absent things are absent."""

from __future__ import annotations

import json

import pytest

from arabic_news_ner.export.jsonld import TYPES, dumps, to_jsonld
from arabic_news_ner.types import SUBTYPES, Article, Entity, Link, Mention, Role

LIBYA = Link("iso3166", "LY", "ليبيا", 27.0, 17.0)
BANK = Entity(
    "e2", "ORG", "company", "مصرف الواحة", (Mention(8, 19, "مصرف الواحة"),), links=(Link("wikidata", "Q1", "x"),)
)
PERSON = Entity(
    "e1",
    "PER",
    None,
    "سامي حداد",
    (Mention(20, 29, "سامي حداد"), Mention(40, 44, "حداد")),
    (
        Role(3, 19, "مدير  مصرف الواحة", "e1", organization="e2"),
        Role(50, 60, "وزير سابق", "e1", organization="e3", status=("former",)),
    ),
)
MINISTRY = Entity("e3", "ORG", "government", "وزارة النقل", (Mention(61, 72, "وزارة النقل"),))
COUNTRY = Entity("e4", "LOC", "country", "ليبيا", (Mention(73, 78, "ليبيا"),), links=(LIBYA,))
ARTICLE = Article(
    text=" " * 100, headline="عنوان", date="2025-04-28", source="وكالة", entities=(PERSON, BANK, MINISTRY, COUNTRY)
)


def test_an_article_as_schema_org_has_it():
    person, bank, ministry, country = to_jsonld(ARTICLE, url="https://news.example/1")["mentions"]
    assert person == {
        "@type": "Person",
        "name": "سامي حداد",
        "alternateName": ["حداد"],
        "jobTitle": ["مدير مصرف الواحة", "وزير سابق"],
        "worksFor": [{"@type": "Corporation", "name": "مصرف الواحة"}],
    }
    assert bank["sameAs"] == ["http://www.wikidata.org/entity/Q1"]
    assert ministry == {"@type": "GovernmentOrganization", "name": "وزارة النقل"}
    assert country["identifier"] == [{"@type": "PropertyValue", "propertyID": "iso3166", "value": "LY"}]
    assert country["geo"] == {"@type": "GeoCoordinates", "latitude": 27.0, "longitude": 17.0}


def test_the_head_of_an_article():
    head = {k: v for k, v in to_jsonld(ARTICLE, url="https://news.example/1").items() if k != "mentions"}
    assert head == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": "https://news.example/1",
        "url": "https://news.example/1",
        "inLanguage": "ar",
        "headline": "عنوان",
        "datePublished": "2025-04-28",
        "publisher": {"@type": "NewsMediaOrganization", "name": "وكالة"},
    }
    assert set(to_jsonld(Article(text="x"))) == {"@context", "@type", "inLanguage"}


@pytest.mark.parametrize(
    ("identifier", "url", "expected"),
    [
        ("a17", None, {"identifier": "a17"}),
        ("https://news.example/1", None, {"@id": "https://news.example/1", "url": "https://news.example/1"}),
        ("a17", "https://news.example/2", {"identifier": "a17", "url": "https://news.example/2"}),
    ],
)
def test_an_id_is_an_address_or_an_identifier(identifier, url, expected):
    (line,) = dumps([(identifier, ARTICLE)], url=url).splitlines()
    assert expected.items() <= json.loads(line).items()


def test_every_subtype_has_a_type_or_the_general_one():
    known = {(label, subtype) for label, subtypes in SUBTYPES.items() for subtype in (*subtypes, None)}
    assert set(TYPES) <= known


def test_it_expands_to_names_of_schema_org():
    """Read as RDF by a JSON-LD processor (rdflib), with the context at hand in place of the one on the web."""
    rdflib = pytest.importorskip("rdflib")
    data = {**to_jsonld(ARTICLE, url="https://news.example/1"), "@context": {"@vocab": "https://schema.org/"}}
    graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    page = rdflib.URIRef("https://news.example/1")
    names = {str(graph.value(thing, schema.name)) for thing in graph.objects(page, schema.mentions)}
    assert names == {"سامي حداد", "مصرف الواحة", "وزارة النقل", "ليبيا"}
