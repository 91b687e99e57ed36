"""The result of the library: frozen values with offsets into the text that the caller passed.

Every ``start`` and ``end`` is half-open and counts code points of ``Article.text``. ``docs/record.md`` describes the
same fields of the JSON record; :mod:`arabic_news_ner.serialize` reads and writes it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Literal, TypeVar, get_args, overload

Label = Literal["PER", "ORG", "LOC"]
OrganizationSubtype = Literal[
    "government", "military", "party", "company", "media", "sports", "education", "international", "other"
]
PlaceSubtype = Literal["country", "city", "region", "facility", "nature"]
Subtype = Literal[OrganizationSubtype, PlaceSubtype]
#: What qualifies an office.
Status = Literal["former", "acting", "deputy", "elect", "late"]
#: What a role is: an office that one is appointed or elected to, a rank, a profession, an honorary title.
RoleKind = Literal["office", "rank", "profession", "honorary"]
#: The surest evidence for a country: its name, a place in it, or an adjective (``الليبي``).
CountrySign = Literal["named", "city", "adjective"]

#: Subtypes of organizations and of places (annotation guidelines of the project); a person has none.
SUBTYPES: Mapping[str, tuple[str, ...]] = {
    "PER": (),
    "ORG": get_args(OrganizationSubtype),
    "LOC": get_args(PlaceSubtype),
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign of the text."""

    #: Where it begins.
    start: int
    #: The end (exclusive).
    end: int
    #: ``article.text[start:end]``.
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, headline or line of the text, without the blanks around it."""

    #: Where it begins.
    start: int
    #: The end (exclusive).
    end: int
    #: ``article.text[start:end]``.
    text: str


_Part = TypeVar("_Part", Token, Sentence)


class _Parts(Sequence[_Part], Generic[_Part]):
    """The tokens or the sentences of a text: a sequence that never changes, equal to a tuple of the same parts.

    It holds two numbers a part; a part is made when it is asked for. Objects for every word of a text of 50 MB would take
    gigabytes.
    """

    __slots__ = ("ends", "starts", "text")
    #: The class of a part.
    _kind: ClassVar[type[Any]]

    def __init__(self, text: str, starts: array[int], ends: array[int]) -> None:
        """:param starts: where each part begins, in order, as ``array("I")``; ``ends``: its end (exclusive)."""
        self.text = text
        self.starts = starts
        self.ends = ends

    @classmethod
    def of(cls, text: str, parts: Sequence[_Part]) -> Any:
        """The same parts of ``text``, held as numbers."""
        if isinstance(parts, cls):
            return parts
        return cls(text, array("I", [part.start for part in parts]), array("I", [part.end for part in parts]))

    def texts(self, first: int = 0, last: int | None = None) -> Iterator[str]:
        """The text of each part from number ``first`` to ``last`` (exclusive)."""
        return map(self.text.__getitem__, map(slice, self.starts[first:last], self.ends[first:last]))

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[_Part]:
        text = self.text
        return (self._kind(start, end, text[start:end]) for start, end in zip(self.starts, self.ends, strict=True))

    @overload
    def __getitem__(self, at: int) -> _Part: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[_Part, ...]: ...

    def __getitem__(self, at: int | slice) -> _Part | tuple[_Part, ...]:
        if isinstance(at, slice):
            return tuple(type(self)(self.text, self.starts[at], self.ends[at]))
        start, end = self.starts[at], self.ends[at]
        part: _Part = self._kind(start, end, self.text[start:end])
        return part

    def __eq__(self, other: object) -> bool:
        if type(other) is type(self):
            same = self.starts == other.starts and self.ends == other.ends
            return same and (self.text == other.text or tuple(self) == tuple(other))
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.text, self.starts, self.ends)


class Tokens(_Parts[Token]):
    """The words and signs of a text, in order: see :attr:`Article.tokens`."""

    __slots__ = ()
    _kind = Token


class Sentences(_Parts[Sentence]):
    """The sentences of a text, in order: see :attr:`Article.sentences`."""

    __slots__ = ()
    _kind = Sentence


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name, without an attached و ف ب ل ك."""

    #: Where the name begins.
    start: int
    #: The end (exclusive).
    end: int
    #: The name as written: ``article.text[start:end]``.
    text: str
    #: The calibrated probability that this is a mention of this label with these bounds (0 to 1); ``None`` if the model
    #: gives none.
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An identifier of an entity in a knowledge base."""

    #: ``"iso3166"``, ``"geonames"``, ``"wikidata"`` or ``"ror"``; a table of the package: ``"organizations"``, ``"people"`` or
    #: ``"places"`` (prominent places without another identifier); or the name of the caller's own list.
    kb: str
    #: The identifier there: ``"LY"``, ``"2210247"``, ``"Q3579"``.
    id: str
    #: The name there.
    name: str
    #: Latitude of a place, in degrees of WGS 84.
    lat: float | None = None
    #: Longitude of a place, in degrees of WGS 84.
    lon: float | None = None
    #: How sure the choice among the places or people of this name is (0 to 1); ``None`` if no choice was made.
    score: float | None = None
    #: The larger places around a place, the nearest first: district, governorate, country.
    parents: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Country:
    """A country of an article."""

    #: Its ISO 3166-1 code of two letters.
    iso2: str
    #: Its Arabic name.
    name: str
    #: The surest evidence for it: ``"named"``, ``"city"`` (a place in it is named) or ``"adjective"`` (``الليبي``).
    how: CountrySign
    #: The number of mentions and adjectives that are evidence for it.
    count: int


@dataclass(frozen=True, slots=True)
class Role:
    """An office, rank or profession that the text gives a person."""

    #: Where the phrase begins.
    start: int
    #: The end (exclusive).
    end: int
    #: The phrase as written.
    text: str
    #: The id of the person who holds it; ``None`` if the text names no person.
    holder: str | None = None
    #: The id of the organization that the phrase names.
    organization: str | None = None
    #: The id of the place that the phrase names.
    place: str | None = None
    #: What qualifies it: ``"former"``, ``"acting"``, ``"deputy"``, ``"elect"``, ``"late"``.
    status: tuple[Status, ...] = ()
    #: The calibrated probability of the phrase (0 to 1); ``None`` if the model gives none.
    score: float | None = None
    #: The calibrated probability that ``holder`` is right (``None``: that no person is named); ``None`` without a holder pointer.
    holder_score: float | None = None
    #: The name of the holder: that of the entity ``holder``.
    holder_name: str | None = None
    #: The name of the organization: that of the entity ``organization``.
    organization_name: str | None = None
    #: The name of the place: that of the entity ``place``.
    place_name: str | None = None
    #: The office's standard name where it is known: ``وزير الدفاع``.
    title: str | None = None
    #: ``"office"``, ``"rank"``, ``"profession"`` or ``"honorary"`` where it is known.
    kind: RoleKind | None = None
    #: The country of the office where it is known: its ISO 3166-1 code of two letters.
    country: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Entity:
    """One real-world person, organization or place of the article."""

    #: Its id within the article: ``"e1"``, ``"e2"``, ... by first mention.
    id: str
    #: ``"PER"``, ``"ORG"`` or ``"LOC"``.
    label: Label
    #: One of ``SUBTYPES[label]``; ``None`` for a person and if nothing decides.
    subtype: Subtype | None
    #: Its canonical name: the fullest form, as the article spells it.
    name: str
    #: Every mention of it, in text order.
    mentions: tuple[Mention, ...]
    #: The roles that the text gives it (a person), in text order.
    roles: tuple[Role, ...] = ()
    #: Its identifiers in knowledge bases, the surest first.
    links: tuple[Link, ...] = ()
    #: How much the article is about it, from 0 to 1.
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
        """Why the forms of this entity are one: a line for each form."""
        lines = [f"{self.name} ({self.label}{', ' + self.subtype if self.subtype else ''})"]
        lines += [f"  {form}: {reason}" for form, reason in self.merges]
        return "\n".join(lines)

    def __repr__(self) -> str:
        kind = f"{self.label}, {self.subtype}" if self.subtype else self.label
        return f"Entity({self.id!r}, {kind}, {self.name!r}, {_counted(len(self.mentions), 'mention')})"


@dataclass(frozen=True, slots=True, repr=False)
class Article:
    """Who and what an article is about.

    Iterating gives its entities by salience, ``len`` counts them, ``article["e1"]`` is the one of an id.
    """

    #: The text that the caller passed (of a page in HTML: the text that was found in it).
    text: str
    #: The headline of the text, as written.
    headline: str | None = None
    #: The date that the text states, in ISO 8601: ``2025-04-28`` or ``2025-04-28T14:30+03:00``.
    date: str | None = None
    #: The outlet that the text states.
    source: str | None = None
    #: The news agency that the text names as its source.
    agency: str | None = None
    #: The author that the text states.
    byline: str | None = None
    #: The keywords that the text states.
    keywords: tuple[str, ...] = ()
    #: For each keyword the id of the entity that it names, or ``None``.
    keyword_entities: tuple[str | None, ...] = ()
    #: The words and signs of the text.
    tokens: Sequence[Token] = field(default=(), repr=False)
    #: Its sentences, headlines and lines.
    sentences: Sequence[Sentence] = field(default=(), repr=False)
    #: The people, organizations and places, by salience.
    entities: tuple[Entity, ...] = ()
    #: The roles without a named holder. Roles with a holder: :attr:`held_roles`.
    roles: tuple[Role, ...] = ()
    #: The countries of the article, the most frequent first.
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

    @property
    def held_roles(self) -> tuple[Role, ...]:
        """The roles whose holder is a person of the article, in text order."""
        return tuple(sorted((r for e in self.entities for r in e.roles), key=lambda r: (r.start, r.end)))

    @property
    def all_roles(self) -> tuple[Role, ...]:
        """Every role, with and without a named holder, in text order."""
        return tuple(sorted((*self.held_roles, *self.roles), key=lambda r: (r.start, r.end)))

    def entity(self, entity_id: str | None) -> Entity | None:
        """The entity of an id, ``None`` for ``None``: ``article.entity(role.organization)``.

        :raises KeyError: if the article has no entity of this id.
        """
        return None if entity_id is None else self[entity_id]

    def __getitem__(self, entity_id: str) -> Entity:
        """The entity of this id. :raises KeyError: if there is none."""
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise KeyError(entity_id)

    def __len__(self) -> int:
        """The number of entities."""
        return len(self.entities)

    def __iter__(self) -> Iterator[Entity]:
        """The entities, by salience."""
        return iter(self.entities)

    def __bool__(self) -> bool:
        """Always true: an article without entities is still an article."""
        return True

    def __repr__(self) -> str:
        labels = Counter(entity.label for entity in self.entities)
        headline = f"{_shortened(self.headline)!r}, " if self.headline else ""
        counts = (_counted(labels["PER"], "person", "people"), _counted(labels["ORG"], "organization"))
        return (
            f"Article({headline}{', '.join(counts)}, {_counted(labels['LOC'], 'place')}, {len(self.text):,} characters)"
        )

    def mentions(self) -> Iterator[tuple[Mention, Entity]]:
        """Each mention with its entity, in text order."""
        pairs = [(m, e) for e in self.entities for m in e.mentions]
        yield from sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end))

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers that :meth:`from_dict` reads back to an equal article."""
        from arabic_news_ner.serialize import to_dict

        return to_dict(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """:meth:`to_dict` as JSON; Arabic letters stay readable."""
        from arabic_news_ner.serialize import to_json

        return to_json(self, indent=indent)

    def to_geojson(self) -> dict[str, Any]:
        """The linked places as a GeoJSON FeatureCollection (RFC 7946): a point each, by salience.

        Properties: ``id``, ``name`` and ``subtype`` of the entity, ``mentions`` (their number) and ``salience``.
        """
        from arabic_news_ner.serialize import to_geojson

        return to_geojson(self)

    def to_html(self, *, language: str = "en") -> str:
        """The article as a page of HTML to look at: one file, right to left, names in colour, nothing loaded from outside.

        :param language: of the words around the text: ``"en"`` or ``"ar"``.
        :raises InputError: for another language.
        """
        from arabic_news_ner.show.html import document

        return document(self, language=language)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from arabic_news_ner.show.html import fragment

        return fragment(self)

    def to_frame(self, table: str = "mentions", *, backend: str = "pandas") -> Any:
        """A table of the article: a data frame with a row for each person, mention, ...

        :param table: ``"people"``, ``"organizations"``, ``"places"``, ``"roles"`` or ``"mentions"``.
        :param backend: the package of the data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
        :raises InputError: for another table or backend.
        :raises MissingExtraError: without narwhals or the package (``pip install 'arabic-news-ner[frames]'``).
        """
        from arabic_news_ner.show.frames import article_frame

        return article_frame(self, table, backend=backend)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Article:
        """The article that :meth:`to_dict` wrote.

        :raises InputError: if a field is missing or does not fit, or a newer version of the library wrote it.
        """
        from arabic_news_ner.serialize import from_dict

        return from_dict(data)

    @classmethod
    def from_json(cls, data: str) -> Article:
        """The article that :meth:`to_json` wrote. :raises InputError: as :meth:`from_dict`, and if it is not JSON."""
        from arabic_news_ner.serialize import from_json

        return from_json(data)


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _shortened(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
