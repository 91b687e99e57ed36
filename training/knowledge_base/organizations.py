"""The table of organizations: written by hand, from open data, and those that every state has, joined and packed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from arabic_news_ner.linking.knowledge_base import REQUIRES_COUNTRY, REQUIRES_SUBTYPE, entry_key
from arabic_news_ner.linking.name_table import pack_lines, pack_table
from arabic_news_ner.text.words import split_words
from training.knowledge_base.places import listed, read_table

#: What a mark before a name says: ``~`` needs the subtype, ``~~`` subtype and country.
_BITS = (0, REQUIRES_SUBTYPE, REQUIRES_SUBTYPE | REQUIRES_COUNTRY)
#: Groups of states for which the table of patterns gives organizations.
ARAB = "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split()
_NEAR = "IR TR IL PK AF SS TD ET".split()
_WORLD = """
AL AM AO AR AT AU AZ BA BD BE BF BG BI BJ BO BR BW BY CA CD CF CG CH CI CL CM CN CO CR CU CY CZ DE
DK DO EC EE ER ES FI FR GA GB GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IN IS IT JM JP KE KG KH
KP KR KZ LA LK LR LS LT LU LV MD ME MG MK ML MM MN MT MU MW MX MY MZ NA NE NG NI NL NO NP NZ PA PE
PG PH PL PT PY RO RS RU RW SE SG SI SK SL SN SR SV SZ TG TH TJ TL TM TT TZ UA UG US UY UZ VE VN ZA
ZM ZW
""".split()
#: Adjectives of parts of a state: the Scottish parliament is not the British one.
_NOT_OF_THE_STATE = frozenset("إنجليزي إنكليزي اسكتلندي أسكتلندي ويلزي".split())
GROUPS = {"arab": ARAB, "near": [*ARAB, *_NEAR], "world": [*ARAB, *_NEAR, *_WORLD]}


@dataclass(slots=True)
class Row:
    """One organization; ``names``: each name and what must also agree."""

    id: str
    name: str
    subtype: str
    country: str
    wikidata: str
    names: dict[str, int] = field(default_factory=dict)


def spellings(name: str) -> Iterable[str]:
    """A name as it stands, and with the other spelling of America: ``الجيش الأمريكي`` is also ``الجيش الأميركي``."""
    yield name
    for one, other in (("مريك", "ميرك"), ("ميرك", "مريك")):
        if one in name:
            yield name.replace(one, other)


def add_names(row: Row, marked: Iterable[str]) -> None:
    """Names of the tables with their marks: ``~العربية``, ``~~الأهلي``."""
    for name in marked:
        plain = name.lstrip("~")
        for form in spellings(plain):
            row.names.setdefault(form, _BITS[len(name) - len(plain)])


def read_organizations(tables: Path) -> list[Row]:
    """The organizations of all tables, each once: by hand, then by pattern and open data where no name is taken.

    :raises SystemExit: if an id occurs twice, or if several rows have a name that is not marked as requiring the
        country.
    """
    rows: list[Row] = []
    ids: set[str] = set()
    for cells in read_table(tables / "organizations.tsv"):
        if cells["id"] in ids:
            raise SystemExit(f"{tables / 'organizations.tsv'}: the id {cells['id']} occurs twice")
        ids.add(cells["id"])
        country = cells["country"].replace("-", "")
        row = Row(cells["id"], cells["name"].lstrip("~"), cells["subtype"], country, cells["wikidata"])
        add_names(row, [cells["name"], *listed(cells["aliases"])])
        rows.append(row)
    sure = {_key(name): row for row in rows for name, bits in row.names.items() if not bits}
    shared = {_key(name) for row in rows for name in row.names}
    for row in of_every_state(tables):
        known = next((sure[_key(name)] for name, bits in row.names.items() if not bits and _key(name) in sure), None)
        if known is not None:
            if known.country == row.country:
                for name, bits in row.names.items():
                    if bits or _key(name) not in sure:
                        known.names.setdefault(name, bits)
            continue
        if row.id in ids:
            raise SystemExit(f"{tables}: the id {row.id} occurs twice")
        ids.add(row.id)
        row.names = {name: bits for name, bits in row.names.items() if bits or _key(name) not in shared}
        rows.append(row)
        sure.update({_key(name): row for name, bits in row.names.items() if not bits})
    rows += _open_rows(tables, rows, ids)
    _check_shared(rows)
    return rows


def _key(name: str) -> str:
    return entry_key(split_words(name), "ORG")


def of_every_state(tables: Path) -> Iterator[Row]:
    """The organizations that each state of a group has: ``{f}`` and ``{m}`` stand for its adjective with the article.

    ``وزارة الخارجية {f}`` gives ``وزارة الخارجية الأردنية``, and of the bare names marked with ``~~`` one for each state.
    """
    countries = {row["iso2"]: row for row in read_table(tables / "countries.tsv")}
    for cells in read_table(tables / "organizations_of_states.tsv"):
        without = set(cells["not"].split())
        for code in GROUPS[cells["states"]]:
            adjectives = [a for a in listed(countries[code]["adjectives"]) if a not in _NOT_OF_THE_STATE]
            if code in without or not adjectives:
                continue
            names: list[str] = []
            for adjective in adjectives:
                parts = adjective.split()
                first = "ال" + parts[0]
                rest = [("ال" + part) if parts[0].endswith("ي") else part for part in parts[1:]]
                masculine = " ".join((first, *rest))
                feminine = " ".join(part + "ة" if part.endswith("ي") else part for part in (first, *rest))
                for form in (cells["name"], *listed(cells["aliases"])):
                    names.append(form.format(m=masculine, f=feminine, c=countries[code]["name"]))
            row = Row(f"{code.lower()}-{cells['id']}", names[0], cells["subtype"], code, "")
            add_names(row, dict.fromkeys(names))
            yield row


def _open_rows(tables: Path, rows: Sequence[Row], ids: set[str]) -> list[Row]:
    """The rows of open data whose names no other row has; one whose name another has gives that row its Wikidata id."""
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        for name in row.names:
            by_key.setdefault(_key(name), []).append(row)
    given = {row.wikidata for row in rows if row.wikidata}
    found: list[Row] = []
    for cells in read_table(tables / "organizations_open.tsv"):
        names = [cells["name"], *listed(cells["aliases"])]
        same = {id(row): row for name in names for row in by_key.get(_key(name), ())}
        if same:
            known = next(iter(same.values()))
            agrees = len(same) == 1 and known.country == cells["country"] and known.subtype == cells["subtype"]
            if agrees and cells["wikidata"] and not known.wikidata and cells["wikidata"] not in given:
                known.wikidata = cells["wikidata"]
                given.add(cells["wikidata"])
            continue
        if cells["id"] in ids or cells["wikidata"] in given:
            continue
        ids.add(cells["id"])
        row = Row(cells["id"], names[0], cells["subtype"], cells["country"], cells["wikidata"])
        for name in names:
            sure = name == names[0] and _says_enough(name, cells["source"])
            row.names.setdefault(name, 0 if sure else REQUIRES_SUBTYPE | REQUIRES_COUNTRY)
            by_key.setdefault(_key(name), []).append(row)
        found.append(row)
    return found


def _says_enough(name: str, source: str) -> bool:
    """Three words, or a noun and a proper name (``جامعة دمنهور``, not ``الجامعة الإسلامية``). Brands are short."""
    words = name.split()
    if source == "nsi":
        return len(words) > 2
    return len(words) > 2 or (len(words) == 2 and not words[1].startswith("ال"))


def _check_shared(rows: Sequence[Row]) -> None:
    bearers: dict[str, dict[str, int]] = {}
    for row in rows:
        for name, bits in row.names.items():
            known = bearers.setdefault(_key(name), {})
            known[row.id] = min(known.get(row.id, bits), bits)
    for key, bits_of in bearers.items():
        if len(bits_of) > 1 and 0 in bits_of.values():
            raise SystemExit(f"{key} is a name of {', '.join(bits_of)}: mark it with ~ or ~~ in each of these rows")


def pack_organizations(rows: Sequence[Row]) -> dict[str, Any]:
    """The arrays of ``organizations.npz``."""
    codes = ["", *sorted({row.country for row in rows} - {""})]
    subtypes = sorted({row.subtype for row in rows})
    by_name: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        least: dict[str, int] = {}
        for name, bits in row.names.items():
            key = _key(name)
            least[key] = min(least.get(key, bits), bits)
        for key, bits in least.items():
            by_name.setdefault(key, []).append(number | bits)
    return {
        **pack_lines("ids", [row.id for row in rows]),
        **pack_lines("names", [row.name for row in rows]),
        **pack_lines("codes", codes),
        **pack_lines("subtypes", subtypes),
        "subtype": np.array([subtypes.index(row.subtype) for row in rows], dtype=np.uint8),
        "country": np.array([codes.index(row.country) for row in rows], dtype=np.uint8),
        "wikidata": np.array([int(row.wikidata[1:] or 0) for row in rows], dtype=np.int32),
        **pack_table("by_name", by_name),
        **pack_table("by_id", {id_: [n] for n, row in enumerate(rows) for id_ in (row.id, row.wikidata) if id_}),
    }
