"""The result of the library: frozen values with offsets into the text that the caller passed.

Every ``start`` and ``end`` is half-open and counts code points of ``Article.text``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from arabic_news_ner.errors import InputError

Label = Literal["PER", "ORG", "LOC"]

#: Subtypes of organizations and of places (annotation guidelines of the project); a person has none.
SUBTYPES: dict[str, tuple[str, ...]] = {
    "PER": (),
    "ORG": (
        "government", "military", "party", "company", "media", "sports", "education", "international", "other",
    ),
    "LOC": ("country", "city", "region", "facility", "nature"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, headline or line of the text, without the blanks around it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name, without an attached و ف ب ل ك.

    ``score`` is the calibrated probability that this is a mention of this kind with these bounds; ``None`` where
    the backend gives none.
    """

    start: int
    end: int
    text: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An identifier in a knowledge base.

    ``kb`` is ``"iso3166"``, ``"geonames"`` or ``"wikidata"``, or a table of the package: ``"bodies"`` (organizations),
    ``"leaders"`` (people) or ``"places"`` (famous places without another identifier). ``name`` is the name there. Coordinates
    (degrees of WGS 84) and ``score`` are given for places.
    """

    kb: str
    id: str
    name: str
    lat: float | None = None
    lon: float | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """A country that an article speaks of: ``iso2`` is its ISO 3166-1 code, ``name`` its Arabic name.

    ``how`` is the surest sign of it: ``"named"``, ``"city"`` (a place in it is named) or ``"adjective"`` (``الليبي``); ``count``
    the number of mentions and adjectives that speak for it.
    """

    iso2: str
    name: str
    how: Literal["named", "city", "adjective"]
    count: int


@dataclass(frozen=True, slots=True)
class Role:
    """An office, rank or profession that the text gives somebody.

    ``holder``, ``organization`` and ``place`` are ids of entities of the same article: who holds it (``None``: not
    named), and the body and the place that the phrase names. ``status`` holds what qualifies the office:
    ``"former"``, ``"acting"``, ``"deputy"``, ``"elect"``, ``"late"``.
    """

    start: int
    end: int
    text: str
    holder: str | None = None
    organization: str | None = None
    place: str | None = None
    status: tuple[str, ...] = ()
    score: float | None = None
    #: The calibrated probability that ``holder`` is right (``None``: that nobody is named); ``None`` without a holder pointer.
    holder_score: float | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One real-world person, organization or place of the article, with every mention of it in text order."""

    id: str
    label: Label
    subtype: str | None
    name: str
    mentions: tuple[Mention, ...]
    roles: tuple[Role, ...] = ()
    links: tuple[Link, ...] = ()
    salience: float = 0.0
    #: Why mentions of different forms are one entity: ``(form, reason)``, see :meth:`explain`.
    merges: tuple[tuple[str, str], ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The distinct forms under which the text names the entity, in order of first appearance."""
        return tuple(dict.fromkeys(m.text for m in self.mentions))

    @property
    def is_official(self) -> bool:
        """A person to whom the text gives an office, a rank or a profession."""
        return self.label == "PER" and bool(self.roles)

    def explain(self) -> str:
        """Why the forms of this entity were taken for one: a line for each form."""
        lines = [f"{self.name} ({self.label}{', ' + self.subtype if self.subtype else ''})"]
        lines += [f"  {form}: {reason}" for form, reason in self.merges]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Article:
    """Who and what an article is about. ``entities`` stand by salience, highest first."""

    text: str
    headline: str | None = None
    date: str | None = None
    source: str | None = None
    keywords: tuple[str, ...] = ()
    #: For each keyword the id of the entity that it names, or ``None``.
    keyword_entities: tuple[str | None, ...] = ()
    tokens: tuple[Token, ...] = field(default=(), repr=False)
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)
    entities: tuple[Entity, ...] = ()
    #: Roles whose holder is not named in the text.
    roles: tuple[Role, ...] = ()
    #: The countries that the article speaks of, most often spoken of first.
    countries: tuple[Country, ...] = ()

    @property
    def people(self) -> tuple[Entity, ...]:
        """The persons of the article, by salience."""
        return tuple(e for e in self.entities if e.label == "PER")

    @property
    def organizations(self) -> tuple[Entity, ...]:
        """The organizations of the article, by salience."""
        return tuple(e for e in self.entities if e.label == "ORG")

    @property
    def places(self) -> tuple[Entity, ...]:
        """The places of the article, by salience."""
        return tuple(e for e in self.entities if e.label == "LOC")

    def __getitem__(self, entity_id: str) -> Entity:
        """The entity of this id; ``KeyError`` where there is none."""
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise KeyError(entity_id)

    def mentions(self) -> Iterator[tuple[Mention, Entity]]:
        """Each mention with its entity, in text order."""
        pairs = [(m, e) for e in self.entities for m in e.mentions]
        yield from sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end))

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers that :meth:`from_dict` reads back to an equal article."""
        return {
            "text": self.text,
            **summary(self),
            "tokens": [[t.start, t.end] for t in self.tokens],
            "sentences": [[s.start, s.end] for s in self.sentences],
        }

    def to_geojson(self) -> dict[str, Any]:
        """The linked places as a GeoJSON FeatureCollection (RFC 7946): a point each, by salience.

        Properties: ``id``, ``name`` and ``subtype`` of the entity, ``mentions`` (their number) and ``salience``.
        """
        features = []
        for place in self.places:
            spot = next((k for k in place.links if k.lat is not None and k.lon is not None), None)
            if spot is not None:
                properties = {
                    "id": place.id,
                    "name": place.name,
                    "subtype": place.subtype,
                    "mentions": len(place.mentions),
                    "salience": place.salience,
                }
                point = {"type": "Point", "coordinates": [spot.lon, spot.lat]}
                features.append({"type": "Feature", "geometry": point, "properties": properties})
        return {"type": "FeatureCollection", "features": features}

    def to_json(self, *, indent: int | None = None) -> str:
        """:meth:`to_dict` as JSON; Arabic letters stay readable."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Article:
        """The article that :meth:`to_dict` wrote. :raises InputError: where a field is missing or does not fit."""
        try:
            return _read_article(data)
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"not a record of an article ({type(error).__name__}: {error}); "
                "Article.from_dict reads what Article.to_dict wrote"
            ) from error

    @classmethod
    def from_json(cls, data: str) -> Article:
        """The article that :meth:`to_json` wrote. :raises InputError: where it is no such JSON."""
        try:
            record = json.loads(data)
        except ValueError as error:
            raise InputError(f"not JSON: {error}") from error
        return cls.from_dict(record)


def summary(article: Article) -> dict[str, Any]:
    """Everything of an article but its text, tokens and sentences: what the command line writes."""
    return {
        "headline": article.headline,
        "date": article.date,
        "source": article.source,
        "keywords": list(article.keywords),
        "keyword_entities": list(article.keyword_entities),
        "entities": [_entity_dict(e) for e in article.entities],
        "roles": [_role_dict(r) for r in article.roles],
        "countries": [{"iso2": c.iso2, "name": c.name, "how": c.how, "count": c.count} for c in article.countries],
    }


def _entity_dict(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "label": entity.label,
        "subtype": entity.subtype,
        "name": entity.name,
        "salience": entity.salience,
        "mentions": [{"start": m.start, "end": m.end, "text": m.text, "score": m.score} for m in entity.mentions],
        "roles": [_role_dict(r) for r in entity.roles],
        "links": [
            {"kb": k.kb, "id": k.id, "name": k.name, "lat": k.lat, "lon": k.lon, "score": k.score} for k in entity.links
        ],
        "merges": [list(m) for m in entity.merges],
    }


def _role_dict(role: Role) -> dict[str, Any]:
    return {
        "start": role.start,
        "end": role.end,
        "text": role.text,
        "holder": role.holder,
        "organization": role.organization,
        "place": role.place,
        "status": list(role.status),
        "score": role.score,
        "holder_score": role.holder_score,
    }


def _read_role(data: Mapping[str, Any]) -> Role:
    return Role(**{**data, "status": tuple(data["status"])})


def _read_entity(data: Mapping[str, Any]) -> Entity:
    label = data["label"]
    if label not in SUBTYPES:
        raise InputError(f"label {label!r} of entity {data['id']!r} is none of {', '.join(SUBTYPES)}")
    return Entity(
        id=data["id"],
        label=cast(Label, label),
        subtype=data["subtype"],
        name=data["name"],
        salience=data["salience"],
        mentions=tuple(Mention(**m) for m in data["mentions"]),
        roles=tuple(map(_read_role, data["roles"])),
        links=tuple(Link(**k) for k in data["links"]),
        merges=tuple((form, reason) for form, reason in data["merges"]),
    )


def _read_article(data: Mapping[str, Any]) -> Article:
    text = data["text"]
    return Article(
        text=text,
        headline=data["headline"],
        date=data["date"],
        source=data["source"],
        keywords=tuple(data["keywords"]),
        keyword_entities=tuple(data["keyword_entities"]),
        tokens=tuple(Token(a, b, text[a:b]) for a, b in data["tokens"]),
        sentences=tuple(Sentence(a, b, text[a:b]) for a, b in data["sentences"]),
        entities=tuple(map(_read_entity, data["entities"])),
        roles=tuple(map(_read_role, data["roles"])),
        countries=tuple(Country(**c) for c in data["countries"]),
    )
