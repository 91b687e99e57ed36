"""The knowledge base of the package: places, countries, organizations, people and offices, found by their Arabic names.

Its files are in ``arabic_news_ner/data/knowledge``. Each table is read at its first use and kept in memory as arrays: a
lookup hashes the folded name and reads one bucket. ``manifest.json`` names the sources, their licences and the SHA-256
of each
file, which is checked.
"""

from __future__ import annotations

import io
import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import numpy as np
import numpy.typing as npt

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.name_table import Arrays, Lines, NameTable
from arabic_news_ner.linking.office_table import OfficeTable
from arabic_news_ner.linking.transliteration import transliteration_key
from arabic_news_ner.linking.vowel_signs import signs_conflict
from arabic_news_ner.manifest import Manifest, read_manifest
from arabic_news_ner.text.words import bare, split_words
from arabic_news_ner.types import Label, Link, Subtype

PROTOCOL = 3
FOLDER = Path(__file__).resolve().parent.parent / "data" / "knowledge"

PlaceSubtype = Literal["country", "region", "city", "facility", "nature"]
PLACE_SUBTYPES: tuple[PlaceSubtype, ...] = ("country", "region", "city", "facility", "nature")
#: Bits of the array ``flags``.
CAPITAL, PROMINENT = 1, 2
#: Bit of the array of rows: a source or a hand-written table gives this name as the Arabic name.
TRUSTED = 1 << 31
#: Bits of the rows of organizations: what must agree in addition to the name.
REQUIRES_SUBTYPE, REQUIRES_COUNTRY = 1 << 30, 1 << 31
_ROW = REQUIRES_SUBTYPE - 1
#: Ids of the Research Organization Registry: a zero, six signs, two digits.
_ROR = re.compile(r"0[0-9a-z]{6}\d{2}")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the knowledge base.

    ``country`` is an ISO 3166-1 code of two letters, ``None`` for seas, continents and disputed land; ``region`` is the
    code of the first-level division in GeoNames (``EG.11``). Coordinates are degrees of WGS 84. ``preferred_name``: the
    place was found by a name that a source or a table gives as Arabic, not by a GeoNames spelling without a language.
    """

    row: int
    name: str
    subtype: PlaceSubtype
    country: str | None
    region: str | None
    lat: float
    lon: float
    geonames: int | None
    wikidata: str | None
    population: int
    capital: bool
    prominent: bool
    preferred_name: bool = True

    @property
    def latin(self) -> bool:
        """True if the knowledge base has only a Latin name for it, no Arabic one."""
        return not any("ء" <= letter <= "ي" for letter in self.name)


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1, and Kosovo as ``XK``; ``row`` is its place."""

    iso2: str
    iso3: str
    name: str
    row: int


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization of the tables; ``id`` is a short readable name in Latin letters, a Wikidata id or one of ROR."""

    id: str
    name: str
    subtype: Subtype | None
    country: str | None
    wikidata: str | None
    ror: str | None = None
    label: Label = "ORG"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office: the standard title (``وزير الخارجية``), its country, and when it began and ended.

    Dates are ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. ``end`` is ``None`` if no end is known; the person may still have
    left the office.
    """

    title: str
    country: str | None
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the tables; ``id`` is a short readable name in Latin letters or a Wikidata id.

    ``spelling`` says how sure the spelling of the name is (docs/knowledge.md); ``namesakes`` the expected number of
    other people of the tables with this name, if given and family names were independent; ``by_hand``: the row was
    written by hand, for people whom the news names often.
    """

    id: str
    name: str
    country: str | None
    wikidata: str | None
    spelling: str
    namesakes: float
    by_hand: bool
    terms: tuple[Term, ...] = ()
    label: Label = "PER"
    subtype: None = None


@dataclass(frozen=True, slots=True)
class AliasEntry:
    """An organization or a person under one of its names.

    ``requires_subtype``: the name means it only if the subtype agrees (``العربية``, a channel); ``requires_country``:
    only if the article is mostly about its country, too (``الأهلي``).
    """

    entry: Organization | Person
    requires_subtype: bool = False
    requires_country: bool = False


def place_key(words: Sequence[str]) -> str:
    """The key of folded words: without articles and blanks. ``أبو ظبي`` and ``أبوظبي`` have one."""
    return "".join([bare(word) for word in words])


def entry_key(words: Sequence[str], label: Label) -> str:
    """The key of the folded name of an organization or a person: ``عبد الفتاح`` and ``عبدالفتاح`` have one.

    Names of people keep their articles; those of organizations lose them (``الناتو``, ``ناتو``), except after عبد.
    """
    if label == "PER":
        return "".join(words)
    return "".join(word if i and words[i - 1] == "عبد" else bare(word) for i, word in enumerate(words))


@lru_cache(maxsize=4)
def place_nouns(lexicon: Lexicon) -> Mapping[str, Sequence[PlaceSubtype]]:
    """Nouns before the name of a place, and the subtypes that they announce: column ``lookup`` of ``head_nouns.tsv``."""
    nouns = lexicon.head_nouns["LOC"]
    return {word: cast("Sequence[PlaceSubtype]", noun.lookup) for word, noun in nouns.items() if noun.lookup}


def name_keys(name: str, nouns: Mapping[str, Sequence[PlaceSubtype]]) -> tuple[str, ...]:
    """The keys of a name, with and without the noun before it: ``محافظة قنا`` has two, ``جبل موسى`` one.

    :param nouns: see :func:`place_nouns`.
    """
    words = split_words(name)
    keys = [place_key(words)]
    if len(words) > 1 and nouns.get(words[0], ("nature",))[0] != "nature":
        keys.append(place_key(words[1:]))
    return tuple(dict.fromkeys(filter(None, keys)))


#: The number of places, of organizations and of people that are kept in memory after they were read: the news repeats names.
ROWS_KEPT = 4096

K = TypeVar("K")
V = TypeVar("V")


class KeptRows(dict[K, V]):
    """Rows by their keys: one that is not there is read and kept; when the table is full it begins anew."""

    def __init__(self, read: Callable[[K], V]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: K) -> V:
        row = self._read(key)
        if len(self) >= ROWS_KEPT:
            self.clear()
        self[key] = row
        return row


class Knowledge:
    """The knowledge base. One object serves all threads: nothing in it changes after it was read."""

    def __init__(self, folder: Path, lexicon: Lexicon) -> None:
        #: Nouns before the name of a place, and the subtypes that they announce.
        self.place_nouns = place_nouns(lexicon)
        self._manifest = read_manifest(folder, "the knowledge base", (PROTOCOL,))
        arrays = self._arrays = _read_arrays(self._manifest, "places.npz")
        self.names = Lines(arrays, "names")
        self._places = KeptRows(self._read_place)
        self._codes = [code or None for code in Lines(arrays, "codes")]
        self._regions = [code or None for code in Lines(arrays, "regions")]
        self._exact = NameTable(arrays, "exact")
        self._loose = NameTable(arrays, "loose")
        table = json.loads(self._manifest.read("countries.json"))
        self.countries: Mapping[str, Country] = {c["iso2"]: Country(**c) for c in table["countries"]}
        #: Folded adjectives and names of peoples: ``ليبي`` -> ``LY``, and of two words: ``كوري شمالي`` -> ``KP``.
        self.adjectives: Mapping[str, str] = table["adjectives"]
        #: Row of a place -> its names with vowel signs.
        self._signed: Mapping[str, list[str]] = table["signed"]
        #: Adjectives of one word, and the first words of those of two.
        self.opens_adjective = frozenset(form.split()[0] for form in self.adjectives)

    @cached_property
    def organizations(self) -> Organizations:
        """The table of organizations, read at its first use. :raises ModelError: if it is missing or damaged."""
        return Organizations(_read_arrays(self._manifest, "organizations.npz"))

    @cached_property
    def people(self) -> People:
        """The table of people, read at its first use. :raises ModelError: if it is missing or damaged."""
        return People(_read_arrays(self._manifest, "people.npz"))

    @cached_property
    def offices(self) -> OfficeTable:
        """The tables of offices and portfolios, read at their first use. :raises ModelError: as :attr:`people`."""
        return OfficeTable(json.loads(self._manifest.read("offices.json")))

    @classmethod
    def load(cls) -> Knowledge:
        """The knowledge base of the package, read once.

        :raises ModelError: if a file is missing, damaged or of another protocol.
        """
        return _load()

    def __len__(self) -> int:
        return len(self.names)

    def place(self, row: int, preferred_name: bool = True) -> Place:
        """The place of a row."""
        return self._places[row, preferred_name]

    def _read_place(self, key: tuple[int, bool]) -> Place:
        row, preferred_name = key
        a = self._arrays
        wikidata = int(a["wikidata"][row])
        flags = int(a["flags"][row])
        return Place(
            row=row,
            name=self.names[row],
            subtype=PLACE_SUBTYPES[int(a["kind"][row])],
            country=self._codes[int(a["country"][row])],
            region=self._regions[int(a["region"][row])],
            lat=round(float(a["lat"][row]), 4),
            lon=round(float(a["lon"][row]), 4),
            geonames=int(a["geonames"][row]) or None,
            wikidata=f"Q{wikidata}" if wikidata else None,
            population=int(a["population"][row]),
            capital=bool(flags & CAPITAL),
            prominent=bool(flags & PROMINENT),
            preferred_name=preferred_name,
        )

    def places(self, name: str) -> tuple[Place, ...]:
        """The places with a name, the largest population first.

        A noun before the name gives their subtype, unless it is part of the name: ``محافظة قنا`` is a region, ``مدينة نصر``
        a city that is called so.
        """
        return self.places_of(split_words(name))

    def places_of(self, words: Sequence[str]) -> tuple[Place, ...]:
        """:meth:`places` of folded words."""
        if not words:
            return ()
        found = self._filed(self._exact, place_key(words))
        if found or len(words) == 1 or words[0] not in self.place_nouns:
            return found
        subtypes = self.place_nouns[words[0]]
        rest = self._filed(self._exact, place_key(words[1:]))
        return tuple(sorted((p for p in rest if p.subtype in subtypes), key=lambda p: subtypes.index(p.subtype)))

    def signs_differ(self, form: str, place: Place) -> bool:
        """Do the vowel signs of a form contradict the vowel signs of the names of a place?"""
        return any(signs_conflict(form, name) for name in self._signed.get(str(place.row), ()))

    def parents(self, place: Place) -> tuple[Place, ...]:
        """The larger places around a place, the nearest first: its first-level division and its country."""
        country = self.countries.get(place.country or "")
        rows = [] if place.subtype in ("country", "region") else [self._region_rows.get(place.region or "")]
        rows.append(country.row if country and place.subtype != "country" else None)
        return tuple(self.place(row) for row in rows if row is not None)

    @cached_property
    def _region_rows(self) -> Mapping[str, int]:
        """Code of a first-level division -> its row; a hand-written one first."""
        a = self._arrays
        found: dict[str, int] = {}
        for row in np.flatnonzero(a["kind"] == PLACE_SUBTYPES.index("region")).tolist():
            code = self._regions[int(a["region"][row])]
            if code is not None:
                found.setdefault(code, row)
        return found

    def similar(self, words: Sequence[str]) -> tuple[Place, ...]:
        """Places whose name has the same consonants in another spelling: ``ميونخ`` finds ``ميونيخ``."""
        if len(words) > 1 and words[0] in self.place_nouns:
            words = words[1:]
        key = transliteration_key(place_key(words))
        return self._filed(self._loose, key) if key else ()

    def _filed(self, table: NameTable, key: str) -> tuple[Place, ...]:
        return tuple(self.place(value & ~TRUSTED, bool(value & TRUSTED)) for value in table[key])

    def place_of(self, link: Link) -> Place | None:
        """The place of a link that :func:`arabic_news_ner.linking.places.link` gave; ``None`` for organizations and people."""
        if link.kb == "iso3166":
            country = self.countries.get(link.id)
            return self.place(country.row) if country else None
        if link.kb == "places":
            rows = [value & ~TRUSTED for key in name_keys(link.name, self.place_nouns) for value in self._exact[key]]
            found = [row for row in rows if self.names[row] == link.name]
        elif link.kb not in ("geonames", "wikidata"):
            return None
        else:
            number = int(link.id.removeprefix("Q"))
            numbers, rows_of = self._by_number[link.kb]
            at = bisect_left(numbers, number)
            found = [int(rows_of[at])] if at < len(numbers) and numbers[at] == number else []
        return self.place(found[0]) if found else None

    @cached_property
    def _by_number(self) -> Mapping[str, tuple[memoryview, npt.NDArray[np.intp]]]:
        """For GeoNames and Wikidata: the identifiers in order, and the row of each, the first one first."""
        orders = {kb: np.argsort(self._arrays[kb], kind="stable") for kb in ("geonames", "wikidata")}
        return {kb: (self._arrays[kb][order].data, order) for kb, order in orders.items()}

    def aliases(self, words: Sequence[str], label: Label) -> tuple[AliasEntry, ...]:
        """The organizations (``ORG``) or people (``PER``) with a name, given as folded words.

        A name of several people, or a name that is marked as common, requires the country.
        """
        if label == "ORG":
            return self.organizations.aliases(words)
        people = self.people.named(words)
        return tuple(AliasEntry(person, requires_country=len(people) > 1) for person in people)


class Organizations:
    """The organizations of the tables, by name."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._kept = KeptRows(self._read)
        self._ids = Lines(arrays, "ids")
        self._names = Lines(arrays, "names")
        self._codes = [code or None for code in Lines(arrays, "codes")]
        self._subtypes = list(Lines(arrays, "subtypes"))
        self._by_name = NameTable(arrays, "by_name")
        self._by_id = NameTable(arrays, "by_id")

    def __len__(self) -> int:
        return len(self._ids)

    def of_link(self, link: Link) -> Organization | None:
        """The organization of a link to this table, to Wikidata or to ROR; ``None`` if the table does not have it."""
        rows = self._by_id[link.id] if link.kb in ("organizations", "wikidata", "ror") else ()
        return self[rows[0]] if rows else None

    def __getitem__(self, row: int) -> Organization:
        """The organization of a row."""
        return self._kept[row]

    def _read(self, row: int) -> Organization:
        a = self._arrays
        id_, wikidata = self._ids[row], int(a["wikidata"][row])
        return Organization(
            id=id_,
            name=self._names[row],
            subtype=cast("Subtype", self._subtypes[int(a["subtype"][row])]),
            country=self._codes[int(a["country"][row])],
            wikidata=f"Q{wikidata}" if wikidata else None,
            ror=id_ if _ROR.fullmatch(id_) else None,
        )

    def __iter__(self) -> Iterator[Organization]:
        return (self[row] for row in range(len(self)))

    def aliases(self, words: Sequence[str]) -> tuple[AliasEntry, ...]:
        """The organizations with a name, given as folded words."""
        found = self._by_name[entry_key(words, "ORG")]
        return tuple(
            AliasEntry(self[value & _ROW], bool(value & REQUIRES_SUBTYPE), bool(value & REQUIRES_COUNTRY))
            for value in found
        )


class People:
    """The people of the tables, by name and by family name."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._ids = Lines(arrays, "ids")
        self._names = Lines(arrays, "names")
        self._titles = list(Lines(arrays, "titles"))
        self._codes = [code or None for code in Lines(arrays, "codes")]
        self._spellings = list(Lines(arrays, "spellings"))
        self._by_name = NameTable(arrays, "by_name")
        self._by_family = NameTable(arrays, "by_family")
        self._by_id = NameTable(arrays, "by_id")
        self._kept = KeptRows(self._read)

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, row: int) -> Person:
        """The person of a row, with the terms of office in the order in which they began."""
        return self._kept[row]

    def _read(self, row: int) -> Person:
        a = self._arrays
        wikidata = int(a["wikidata"][row])
        first, last = int(a["term_starts"][row]), int(a["term_starts"][row + 1])
        return Person(
            id=self._ids[row],
            name=self._names[row],
            country=self._codes[int(a["country"][row])],
            wikidata=f"Q{wikidata}" if wikidata else None,
            spelling=self._spellings[int(a["spelling"][row])],
            namesakes=float(a["namesakes"][row]),
            by_hand=bool(a["by_hand"][row]),
            terms=tuple(
                Term(
                    self._titles[int(a["term_title"][n])],
                    self._codes[int(a["term_country"][n])],
                    _date(int(a["term_from"][n])),
                    _date(int(a["term_to"][n])),
                )
                for n in range(first, last)
            ),
        )

    def __iter__(self) -> Iterator[Person]:
        return (self[row] for row in range(len(self)))

    def of_link(self, link: Link) -> Person | None:
        """The person of a link to this table or to Wikidata; ``None`` if the table does not have them."""
        rows = self._by_id[link.id] if link.kb in ("people", "wikidata") else ()
        return self[rows[0]] if rows else None

    def named(self, words: Sequence[str]) -> tuple[Person, ...]:
        """The people with a full name, given as folded words; see :func:`full_name_keys`."""
        return tuple(self[row] for row in self._by_name["".join(words)])

    def of_family(self, words: Sequence[str]) -> tuple[Person, ...]:
        """The people of a family name, given as folded words: ``الصفدي``, ``بن سلمان``."""
        return tuple(self[row] for row in self._by_family[family_key(words)])


def family_name(words: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The family name of a full name in folded words: the last word, with the word before it if they form a unit.

    ``ايمن الصفدي`` -> ``الصفدي``; ``محمد بن سلمان`` -> ``بن سلمان``; ``نبيل ابو ردينه`` -> ``ابو ردينه``.
    """
    at = len(words) - 1
    if at > 0 and words[at] in lexicon["ends_family_name"]:
        at -= 1
    while at > 0 and words[at - 1] in lexicon["begins_family_name"]:
        at -= 1
    return tuple(words[at:])


def family_key(words: Sequence[str]) -> str:
    """The key of a family name: without the article, ``الصفدي`` and ``صفدي`` have one."""
    return "".join(map(bare, words))


def full_name_keys(words: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The keys of a full name in the index, in folded words.

    The full name itself; with three parts or more also given and family name: ``فيصل عاكف الفايز`` is also ``فيصل
    الفايز``;
    without the house at the end: ``تميم بن حمد ال ثاني`` is also ``تميم بن حمد``; name and father: ``فيصل بن خالد
    بن عبدالعزيز`` is also ``فيصل بن خالد``.
    """
    keys = ["".join(words)]
    if "ال" in words[2:]:
        keys.append("".join(words[: words.index("ال", 2)]))
    second = next((n for n in range(3, len(words)) if words[n] == "بن"), None)
    if words[1:2] == ("بن",) and second is not None:
        keys.append("".join(words[:second]))
    family = family_name(words, lexicon)
    given = words[:2] if words[0] in lexicon["begins_given_name"] and len(words) > 2 else words[:1]
    if len(given) + len(family) < len(words) and family[0] != "بن" and "بن" not in words:
        keys.append("".join((*given, *family)))
    return tuple(dict.fromkeys(keys))


def _date(number: int) -> str | None:
    """``20140709`` -> ``2014-07-09``, ``20140000`` -> ``2014``."""
    if not number:
        return None
    parts = (f"{number // 10000:04}", f"{number // 100 % 100:02}", f"{number % 100:02}")
    return "-".join(part for part in parts if part != "00")


@lru_cache(maxsize=1)
def _load() -> Knowledge:
    return Knowledge(FOLDER, Lexicon.load())


def _read_arrays(manifest: Manifest, name: str) -> Mapping[str, npt.NDArray[Any]]:
    with np.load(io.BytesIO(manifest.read(name)), allow_pickle=False) as arrays:
        return {key: arrays[key] for key in arrays.files}
