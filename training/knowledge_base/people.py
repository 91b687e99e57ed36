"""The table of people: open data, the leaders and today's office holders written by hand, joined and packed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import family_key, family_name, full_name_keys
from arabic_news_ner.linking.name_table import pack_lines, pack_table
from arabic_news_ner.text.words import split_words
from training.knowledge_base.places import listed, read_table

_TERM = re.compile(r"(?P<title>[^@|:]+)@(?P<country>\w*):(?P<start>[\d-]*):(?P<end>[\d-]*)")

#: Namesakes of a name that is marked as common: so many that it takes an office or the country to tell the person.
COMMON = 3.0


@dataclass(slots=True)
class Row:
    """One person: ``terms`` are title, country, start and end."""

    id: str
    names: list[str]
    country: str
    wikidata: str = ""
    spelling: str = "hand"
    by_hand: bool = False
    common: bool = False
    terms: list[tuple[str, str, str, str]] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)

    @property
    def keys(self) -> set[str]:
        """The keys of the full names, without the shortened ones."""
        return {"".join(split_words(name)) for name in self.names}


def read_terms(cell: str, where: str) -> list[tuple[str, str, str, str]]:
    """``وزير الخارجية@JO:2017-01-15:`` and others of its kind. :raises SystemExit: for anything else."""
    terms = []
    for part in listed(cell):
        found = _TERM.fullmatch(part)
        if found is None:
            raise SystemExit(f"{where}: {part!r} is no term; write title@country:start:end")
        terms.append((found["title"], found["country"], found["start"], found["end"]))
    return terms


def read_people(tables: Path) -> list[Row]:
    """The people of all tables, each once.

    A row of a hand-written table is joined with the one person of the open data who bears one of its names, in the same
    country; where two do, with neither. :raises SystemExit: if an id or a Wikidata id stands twice.
    """
    rows = [
        Row(
            told["wikidata"], [told["name"], *listed(told["aliases"])], told["country"], told["wikidata"], told["status"],
            terms=read_terms(told["terms"], told["wikidata"]), sources=set(told["sources"].split(";")),
        )
        for told in read_table(tables / "people.tsv")
    ]  # fmt: skip
    by_key: dict[str, list[Row]] = {}
    by_wikidata = {row.wikidata: row for row in rows}
    for row in rows:
        for key in row.keys:
            by_key.setdefault(key, []).append(row)
    ids: set[str] = set()
    for file in ("leaders.tsv", "officials_now.tsv"):
        for told in read_table(tables / file):
            if told["id"] in ids:
                raise SystemExit(f"{tables / file}: the id {told['id']} stands twice")
            ids.add(told["id"])
            names = [name.lstrip("~") for name in (told["name"], *listed(told["aliases"]))]
            country = told["country"].replace("-", "")
            known = by_wikidata.get(told["wikidata"] or "-") or _same(names, country, by_key)
            row = known or Row(told["id"], names, country, told["wikidata"])
            if known is None:
                rows.append(row)
                if row.wikidata:
                    by_wikidata[row.wikidata] = row
            row.common |= told["name"].startswith("~")
            _join(row, told["id"], names, country, told["wikidata"], read_terms(told.get("terms", ""), told["id"]))
            for key in row.keys:
                if row not in by_key.setdefault(key, []):
                    by_key[key].append(row)
    given = Counter(row.wikidata for row in rows if row.wikidata)
    if twice := [wikidata for wikidata, times in given.items() if times > 1]:
        raise SystemExit(f"{tables}: the Wikidata ids {', '.join(twice)} stand twice")
    return rows


def _same(names: Sequence[str], country: str, by_key: dict[str, list[Row]]) -> Row | None:
    found = {id(row): row for name in names for row in by_key.get("".join(split_words(name)), ())}
    same = [row for row in found.values() if not country or row.country in (country, "")]
    return same[0] if len(same) == 1 else None


def _join(
    row: Row, id_: str, names: Sequence[str], country: str, wikidata: str, terms: Iterable[tuple[str, str, str, str]]
) -> None:
    """What the hand-written row says, first: its name is the one that is shown."""
    row.id, row.by_hand, row.spelling = id_, True, "hand"
    row.names = list(dict.fromkeys([*names, *row.names]))
    row.country = country or row.country
    row.wikidata = wikidata or row.wikidata
    row.sources.add("hand")
    known = {(title, place, start[:4]) for title, place, start, _ in row.terms}
    closed = {(title, place): start for title, place, start, end in terms if start}
    row.terms = [
        (title, place, start, end) for title, place, start, end in row.terms
        if (title, place) not in closed or start[:4] != closed[title, place][:4]
    ]  # fmt: skip
    row.terms += [term for term in terms if (term[0], term[1], term[2][:4]) not in known or term[2]]
    row.terms.sort(key=lambda term: (term[2], term[3], term[0]))


def namesakes(rows: Sequence[Row], lexicon: Lexicon) -> list[float]:
    """For each person, how many others of the tables one would expect to bear the name.

    By the numbers of people who have its first and its last word, as if the two were drawn apart; at least
    :data:`COMMON` where the hand-written table marks the name with ``~~``.
    """
    first = Counter(split_words(row.names[0])[0] for row in rows)
    last = Counter(family_key(family_name(split_words(row.names[0]), lexicon)) for row in rows)
    out = []
    for row in rows:
        words = split_words(row.names[0])
        expected = first[words[0]] * last[family_key(family_name(words, lexicon))] / len(rows)
        expected /= max(len(words) - 1, 1) ** 2
        out.append(round(max(expected, COMMON * row.common), 3))
    return out


def _number(date: str) -> int:
    parts = (date + "-00-00").split("-")[:3] if date else ["0", "0", "0"]
    return int(parts[0]) * 10000 + int(parts[1]) * 100 + int(parts[2])


def pack_people(rows: Sequence[Row], lexicon: Lexicon) -> dict[str, Any]:
    """The arrays of ``people.npz``."""
    titles = sorted({term[0] for row in rows for term in row.terms})
    codes = ["", *sorted({row.country for row in rows} | {term[1] for row in rows for term in row.terms} - {""})]
    codes = list(dict.fromkeys(codes))
    spellings = sorted({row.spelling for row in rows})
    title_at = {title: n for n, title in enumerate(titles)}
    code_at = {code: n for n, code in enumerate(codes)}
    by_name: dict[str, list[int]] = {}
    by_family: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for name in row.names:
            words = split_words(name)
            for key in full_name_keys(words, lexicon):
                if number not in by_name.setdefault(key, []):
                    by_name[key].append(number)
            family = family_key(family_name(words, lexicon))
            if len(words) > 1 and number not in by_family.setdefault(family, []):
                by_family[family].append(number)
    terms = [term for row in rows for term in row.terms]
    return {
        **pack_lines("ids", [row.id for row in rows]),
        **pack_lines("names", [row.names[0] for row in rows]),
        **pack_lines("titles", titles),
        **pack_lines("codes", codes),
        **pack_lines("spellings", spellings),
        "wikidata": np.array([int(row.wikidata[1:] or 0) for row in rows], dtype=np.int32),
        "country": np.array([code_at[row.country] for row in rows], dtype=np.uint8),
        "spelling": np.array([spellings.index(row.spelling) for row in rows], dtype=np.uint8),
        "by_hand": np.array([row.by_hand for row in rows], dtype=np.bool_),
        "namesakes": np.array(namesakes(rows, lexicon), dtype=np.float16),
        "term_starts": np.cumsum([0, *(len(row.terms) for row in rows)], dtype=np.uint32),
        "term_title": np.array([title_at[term[0]] for term in terms], dtype=np.uint16),
        "term_country": np.array([code_at[term[1]] for term in terms], dtype=np.uint8),
        "term_from": np.array([_number(term[2]) for term in terms], dtype=np.int32),
        "term_to": np.array([_number(term[3]) for term in terms], dtype=np.int32),
        **pack_table("by_name", by_name),
        **pack_table("by_family", by_family),
        **pack_table("by_id", {id_: [n] for n, row in enumerate(rows) for id_ in (row.id, row.wikidata) if id_}),
    }
