"""FollowTheMoney: its own model takes every value, nothing is lost in cleaning, ids are the same in every run."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

from arabic_news_ner.errors import InputError
from arabic_news_ner.types import Article, Entity, Link, Mention, Role

pytestmark = pytest.mark.ftm
pytest.importorskip("followthemoney")

TEXT = "قال وزير النقل الليبي السابق سامي حداد في سرت. وقال حداد إن شركة الواحة"


def at(form, occurrence=1):
    start = -1
    for _ in range(occurrence):
        start = TEXT.index(form, start + 1)
    return {"start": start, "end": start + len(form), "text": form}


LIBYA = Link("iso3166", "LY", "ليبيا")
SIRTE = Link("geonames", "2210554", "سرت", 31.2, 16.6, 0.9)
ARTICLE = Article(
    text=TEXT,
    headline="عنوان الخبر",
    date="2025-04-28",
    source="صحيفة الميناء",
    entities=(
        Entity(
            "e1",
            "PER",
            None,
            "سامي حداد",
            (Mention(**at("سامي حداد")), Mention(**at("حداد", 2))),
            (Role(**at("وزير النقل الليبي السابق"), holder="e1", status=("former",), country="LY"),),
        ),
        Entity("e2", "LOC", "city", "سرت", (Mention(**at("سرت")),), links=(SIRTE,)),
        Entity("e3", "ORG", "company", "شركة الواحة", (Mention(**at("شركة الواحة")),)),
    ),
)


def of(entities, schema):
    return [e for e in entities if e["schema"] == schema]


def test_what_an_article_gives():
    from arabic_news_ner.export.ftm import entities

    found = entities("a17", ARTICLE, url="https://news.example/17")
    (document,), (person,), (company,) = (of(found, s) for s in ("Article", "Person", "Company"))
    (post,), (occupancy,), (place,) = (of(found, s) for s in ("Position", "Occupancy", "Address"))
    assert found[0] is document
    assert document["properties"]["title"] == ["عنوان الخبر"]
    assert document["properties"]["publishedAt"] == ["2025-04-28"]
    assert document["properties"]["sourceUrl"] == ["https://news.example/17"]
    assert document["properties"]["language"] == ["ara"]
    assert person["properties"]["name"] == ["سامي حداد"]
    assert person["properties"]["weakAlias"] == ["حداد"]
    assert person["properties"]["position"] == ["وزير النقل الليبي السابق"]
    assert post["properties"]["name"] == ["وزير النقل الليبي السابق"]
    assert post["properties"]["country"] == ["ly"]
    assert occupancy["properties"] == {
        "date": ["2025-04-28"],
        "holder": [person["id"]],
        "post": [post["id"]],
        "proof": [document["id"]],
        "status": ["ended"],
    }
    assert place["properties"]["city"] == ["سرت"]
    assert place["properties"]["latitude"] == ["31.2"]
    assert document["properties"]["addressEntity"] == [place["id"]]
    resolved = {m["properties"]["resolved"][0]: m["properties"] for m in of(found, "Mention")}
    assert resolved.keys() == {person["id"], company["id"]}
    assert resolved[person["id"]]["name"] == ["حداد", "سامي حداد"]
    assert resolved[person["id"]]["document"] == [document["id"]]


def test_the_model_takes_every_value_and_reference(extractor, dispatch, sport):
    """Cleaned anew by its own types, each property keeps each value; each reference leads to an entity of the right range."""
    from followthemoney import model

    from arabic_news_ner.export.ftm import entities

    found = [e for n, text in enumerate((dispatch, sport)) for e in entities(str(n), extractor.extract(text))]
    by_id = {e["id"]: e for e in found}
    for entity in (*found, *entities("a17", ARTICLE)):
        cleaned = model.get_proxy(entity, cleaned=False)
        assert {k: sorted(v) for k, v in cleaned.to_dict()["properties"].items()} == entity["properties"]
        schema = model.get(entity["schema"])
        assert all(name in entity["properties"] for name in schema.required if entity["schema"] != "Document")
    for entity in found:
        for name, values in entity["properties"].items():
            prop = model.get(entity["schema"]).get(name)
            if prop.type.name == "entity":
                for value in values:
                    assert model.get(by_id[value]["schema"]).is_a(prop.range), (entity["schema"], name)


def test_the_command_of_the_package_validates_the_lines(tmp_path):
    from arabic_news_ner.export.ftm import dumps

    path = tmp_path / "in.ijson"
    path.write_text(dumps([("a17", ARTICLE)]), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("ftm")), "validate", "-i", str(path)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [
        json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()
    ]


def test_ids_are_these_in_every_run_and_on_every_machine():
    """Pinned: a platform that loaded an earlier export knows its entities by them."""
    from arabic_news_ner.export.ftm import entities

    ids = {e["schema"]: e["id"] for e in entities("a17", ARTICLE)}
    assert ids["Article"] == PINNED["Article"]
    assert ids["Person"] == PINNED["Person"]
    assert ids["Address"] == PINNED["Address"]
    assert ids["Occupancy"] == PINNED["Occupancy"]


def test_what_is_linked_is_one_in_all_articles_and_a_name_alone_is_not():
    from arabic_news_ner.export.ftm import entities

    one, other = (entities(key, ARTICLE) for key in ("a17", "a18"))
    assert of(one, "Address")[0]["id"] == of(other, "Address")[0]["id"]
    assert of(one, "Person")[0]["id"] != of(other, "Person")[0]["id"]
    assert of(one, "Position")[0]["id"] == of(other, "Position")[0]["id"]  # its country is known
    unknown = dataclasses.replace(
        ARTICLE.entities[0], roles=tuple(dataclasses.replace(r, country=None) for r in ARTICLE.entities[0].roles)
    )
    article = dataclasses.replace(ARTICLE, entities=(unknown,))
    one, other = (entities(key, article) for key in ("a17", "a18"))
    assert of(one, "Position")[0]["id"] != of(other, "Position")[0]["id"]


def test_two_entities_of_one_link_are_one_with_both_names():
    from arabic_news_ner.export.ftm import entities

    bank = Link("wikidata", "Q1", "x")
    pair = tuple(
        Entity(f"e{n}", "ORG", "company", name, (Mention(n, n + 1, name),), links=(bank,))
        for n, name in enumerate(("شركة الواحة", "الواحة القابضة"), 1)
    )
    found = entities("a", Article(text=TEXT, entities=pair))
    assert len({e["id"] for e in found}) == len(found)
    (company,), (mention,) = of(found, "Company"), of(found, "Mention")
    assert company["properties"]["name"] == ["الواحة القابضة", "شركة الواحة"]
    assert mention["properties"]["name"] == ["الواحة القابضة", "شركة الواحة"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2025", "2025"),
        ("2025-04", "2025-04"),
        ("2025-04-28T01:30+03:00", "2025-04-28T01:30"),
        ("2025-04-28", "2025-04-28"),
    ],
)
def test_a_date_stays_as_the_text_gives_it(given, kept):
    """Also its precision, and the day where it was written: in UTC the third one would be the day before."""
    from arabic_news_ner.export.ftm import entities

    found = entities("a17", dataclasses.replace(ARTICLE, date=given))
    assert found[0]["properties"]["publishedAt"] == [kept]
    assert of(found, "Occupancy")[0]["properties"]["date"] == [kept]


def test_a_long_text_is_kept_whole():
    from arabic_news_ner.export.ftm import entities

    text = "كلمة " * 30_000
    (document,) = entities("a", Article(text=text))
    parts = document["properties"]["bodyText"]
    assert sum(len(p.split()) for p in parts) == 30_000
    assert all(len(p) <= 65_000 for p in parts)


def test_an_article_without_id_is_refused():
    from arabic_news_ner.export.ftm import entities

    with pytest.raises(InputError, match="needs an id"):
        entities("", ARTICLE)


PINNED = {
    "Article": "9f36a4b45957da009d5df24b9dbf08f3bb67c2bf",
    "Person": "4ee1d803f37e2a09d86f8211943071894feb5ee3",
    "Address": "44d72bfe029d50fd8278916ccedd8e02f83d07eb",
    "Occupancy": "5957bc92592fcab047e6a6fadeff13e908286778",
}
