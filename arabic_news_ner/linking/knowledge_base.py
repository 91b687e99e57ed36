"""The knowledge base of the package: places, countries, bodies and leaders, found by their folded Arabic names.

It lies in ``arabic_news_ner/data/knowledge``, is read at the first use and stays in memory as sorted keys and parallel
arrays. ``manifest.json`` names its sources, their licences and the SHA-256 of each file, which is checked.
"""

from __future__ import annotations

import io
import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from arabic_news_ner.linking.transliteration import skeleton
from arabic_news_ner.manifest import read_manifest
from arabic_news_ner.text.words import bare, split_words, word_set
from arabic_news_ner.types import Label, Link, Subtype

PROTOCOL = 2
FOLDER = Path(__file__).resolve().parent.parent / "data" / "knowledge"

PlaceKind = Literal["country", "region", "city", "facility", "nature"]
KINDS: tuple[PlaceKind, ...] = ("country", "region", "city", "facility", "nature")
#: Bits of the array ``flags``.
CAPITAL, FAMOUS = 1, 2
#: Bit of the array of rows: the name is one that a source or a hand-written table vouches for.
TRUSTED = 1 << 31

#: Nouns before the name of a place, and the kinds that they announce.
HEADS: dict[str, tuple[PlaceKind, ...]] = {
    **dict.fromkeys(word_set("مدينه بلده قريه ضاحيه حي عاصمه العاصمه مستوطنه"), ("city",)),
    **dict.fromkeys(word_set("دوله جمهوريه مملكه سلطنه"), ("country", "region")),
    **dict.fromkeys(
        word_set("محافظه ولايه اماره منطقه مقاطعه اقليم جهه قضا لوا مديريه بلديه شعبيه دايره عماله"), ("region", "city")
    ),
    **dict.fromkeys(word_set("جزيره جزر جبل جبال نهر بحيره وادي صحرا"), ("nature", "region", "country")),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the knowledge base.

    ``country`` is an ISO 3166-1 code of two letters, ``None`` for seas, continents and disputed land; ``region`` is the
    code of the first-level division in GeoNames (``EG.11``). ``trusted`` tells that the name by which it was found is
    vouched for; other names are spellings that GeoNames has without a language. Coordinates are degrees of WGS 84.
    """

    row: int
    name: str
    kind: PlaceKind
    country: str | None
    region: str | None
    lat: float
    lon: float
    geonames: int | None
    wikidata: str | None
    population: int
    capital: bool
    famous: bool
    trusted: bool = True

    @property
    def latin(self) -> bool:
        """The knowledge base has no Arabic name of it, only the Latin one."""
        return not any("ء" <= letter <= "ي" for letter in self.name)


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1, and Kosovo as ``XK``; ``row`` is its place."""

    iso2: str
    iso3: str
    name: str
    row: int


@dataclass(frozen=True, slots=True)
class Body:
    """A body or a leader of the hand-written tables; ``id`` is a short readable name in Latin letters."""

    id: str
    name: str
    label: Label
    subtype: Subtype | None
    country: str | None
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class Bearer:
    """A body or a leader under one of its names.

    ``needs_kind``: the name means it only where the subtype agrees (``العربية``, a channel); ``needs_country``: only where
    the article mostly speaks of its country as well (``الأهلي``).
    """

    body: Body
    needs_kind: bool = False
    needs_country: bool = False


def place_key(words: Sequence[str]) -> str:
    """The key of folded words: articles off, blanks out. ``أبو ظبي`` and ``أبوظبي`` have one."""
    return "".join(map(bare, words))


def body_key(words: Sequence[str], label: Label) -> str:
    """The key of the folded name of a body or a leader: ``عبد الفتاح`` and ``عبدالفتاح`` have one.

    Names of people keep their articles; those of bodies lose them (``الناتو``, ``ناتو``), but not after عبد.
    """
    if label == "PER":
        return "".join(words)
    return "".join(word if i and words[i - 1] == "عبد" else bare(word) for i, word in enumerate(words))


def name_keys(name: str) -> tuple[str, ...]:
    """The keys of a name, with and without the noun before it: ``محافظة قنا`` has two, ``جبل موسى`` one."""
    words = split_words(name)
    keys = [place_key(words)]
    if len(words) > 1 and HEADS.get(words[0], ("nature",))[0] != "nature":
        keys.append(place_key(words[1:]))
    return tuple(dict.fromkeys(filter(None, keys)))


class _Index:
    """Sorted keys and, for each, the rows of its places."""

    __slots__ = ("_keys", "_rows", "_starts")

    def __init__(self, keys: list[str], starts: npt.NDArray[np.uint32], rows: npt.NDArray[np.uint32]) -> None:
        self._keys, self._starts, self._rows = keys, starts, rows

    def __getitem__(self, key: str) -> Iterator[tuple[int, bool]]:
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] != key:
            return
        for value in self._rows[self._starts[at] : self._starts[at + 1]].tolist():
            yield value & ~TRUSTED, bool(value & TRUSTED)


class Knowledge:
    """What the package knows of the world. One object serves all threads: nothing in it changes after it is read."""

    def __init__(self, folder: Path) -> None:
        manifest = read_manifest(folder, "the knowledge base", (PROTOCOL,))
        with np.load(io.BytesIO(manifest.read("places.npz")), allow_pickle=False) as arrays:
            self._arrays = {name: arrays[name] for name in arrays.files}
        self.names = _lines(self._arrays.pop("names"))
        self._codes = [code if code else None for code in _lines(self._arrays.pop("codes"))]
        self._regions = [code if code else None for code in _lines(self._arrays.pop("regions"))]
        self._exact = self._index("exact")
        self._loose = self._index("loose")
        table = json.loads(manifest.read("countries.json"))
        self.countries: Mapping[str, Country] = {c["iso2"]: Country(**c) for c in table["countries"]}
        #: Folded adjectives and names of peoples: ``ليبي`` -> ``LY``, and of two words: ``كوري شمالي`` -> ``KP``.
        self.adjectives: Mapping[str, str] = table["adjectives"]
        self.first_of_two = frozenset(form.split()[0] for form in self.adjectives if " " in form)
        self.bodies: list[Body] = []
        self._bearers: dict[tuple[Label, str], list[Bearer]] = {}
        for *values, sure, by_kind, by_country in json.loads(manifest.read("bodies.json")):
            body = Body(*values)
            self.bodies.append(body)
            for names, needs in ((sure, (False, False)), (by_kind, (True, False)), (by_country, (True, True))):
                for key in dict.fromkeys(body_key(split_words(name), body.label) for name in names):
                    self._bearers.setdefault((body.label, key), []).append(Bearer(body, *needs))

    @classmethod
    def load(cls) -> Knowledge:
        """The knowledge base of the package, read once.

        :raises ModelError: where a file is missing, damaged or of another protocol.
        """
        return _load()

    def _index(self, name: str) -> _Index:
        take = self._arrays.pop
        return _Index(_lines(take(f"{name}_keys")), take(f"{name}_starts"), take(f"{name}_rows"))

    def __len__(self) -> int:
        return len(self.names)

    def place(self, row: int, trusted: bool = True) -> Place:
        """The place of a row."""
        a = self._arrays
        wikidata = int(a["wikidata"][row])
        flags = int(a["flags"][row])
        return Place(
            row=row,
            name=self.names[row],
            kind=KINDS[int(a["kind"][row])],
            country=self._codes[int(a["country"][row])],
            region=self._regions[int(a["region"][row])],
            lat=round(float(a["lat"][row]), 4),
            lon=round(float(a["lon"][row]), 4),
            geonames=int(a["geonames"][row]) or None,
            wikidata=f"Q{wikidata}" if wikidata else None,
            population=int(a["population"][row]),
            capital=bool(flags & CAPITAL),
            famous=bool(flags & FAMOUS),
            trusted=trusted,
        )

    def places(self, name: str) -> tuple[Place, ...]:
        """The places that bear a name, those of the greatest population first.

        A noun before the name tells their kind, unless it is part of the name: ``محافظة قنا`` is a region, ``مدينة نصر``
        a city that is called so.
        """
        return self.places_of(split_words(name))

    def places_of(self, words: Sequence[str]) -> tuple[Place, ...]:
        """:meth:`places` of folded words."""
        if not words:
            return ()
        found = tuple(self.place(row, trusted) for row, trusted in self._exact[place_key(words)])
        if found or len(words) == 1 or words[0] not in HEADS:
            return found
        kinds = HEADS[words[0]]
        rest = [self.place(row, trusted) for row, trusted in self._exact[place_key(words[1:])]]
        return tuple(sorted((p for p in rest if p.kind in kinds), key=lambda p: kinds.index(p.kind)))

    def similar(self, words: Sequence[str]) -> tuple[Place, ...]:
        """Places whose name has the same consonants, spelled otherwise: ``ميونخ`` finds ``ميونيخ``."""
        if len(words) > 1 and words[0] in HEADS:
            words = words[1:]
        key = skeleton(place_key(words))
        return tuple(self.place(row, trusted) for row, trusted in self._loose[key]) if key else ()

    def place_of(self, link: Link) -> Place | None:
        """The place of a link that :func:`arabic_news_ner.linking.places.link` gave; ``None`` for a body or a leader."""
        if link.kb == "iso3166":
            country = self.countries.get(link.id)
            return self.place(country.row) if country else None
        if link.kb == "places":
            found = [row for key in name_keys(link.name) for row, _ in self._exact[key] if self.names[row] == link.name]
        elif link.kb in ("bodies", "leaders"):
            return None
        else:
            column, number = self._arrays[link.kb], link.id.removeprefix("Q")
            found = np.flatnonzero(column == int(number)).tolist()
        return self.place(found[0]) if found else None

    def bearers(self, words: Sequence[str], label: Label) -> Sequence[Bearer]:
        """The bodies (``ORG``) or leaders (``PER``) that bear a name, given as folded words."""
        return self._bearers.get((label, body_key(words, label)), ())


@lru_cache(maxsize=1)
def _load() -> Knowledge:
    return Knowledge(FOLDER)


def _lines(blob: npt.NDArray[np.uint8]) -> list[str]:
    return blob.tobytes().decode("utf-8").split("\n")
