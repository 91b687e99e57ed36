"""Open tables of officials and organizations, turned to the tables under ``training/tables``.

    python -m training.knowledge_base.import_open --open FOLDER

FOLDER holds ``officials.tsv``, ``officials_rest.tsv``, ``hand_names.tsv``, ``people.tsv`` and ``bodies.tsv``, as
their README describes them. ``people.tsv`` and ``organizations_open.tsv`` are written; the same input gives the same bytes.

Left out is what the README doubts: names that rest on ``arwikicats`` alone (pairs from an encyclopedia's categories),
Arabic titles of offices that rest on it, and the English titles (a scraper author's wording): the titles here come
from ``office_titles.tsv`` and ``portfolios.tsv``, written by hand.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from arabic_news_ner.text.words import fold, split_words
from training.knowledge_base.places import listed, read_table

TABLES = Path(__file__).resolve().parent.parent / "tables"
#: Sources of names that their README doubts.
DOUBTED = frozenset({"arwikicats"})
#: From the surest to the least sure spelling.
STATUSES = ("exact", "restored", "unfolded-same", "guessed", "restored-fa", "folded-fa", "mapped")
_RENAMED = {"other-script": "mapped"}
#: Letters of Persian, Urdu and Kurdish as the Arabic press writes them.
_LETTERS = str.maketrans("پچژگکیہےھۆێەڤټډړںڑڈٹ", "بتجغكيهيهويهفتدرنردت")
_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_ARABIC = re.compile(r"[ء-غف-ي]+(?:[ -][ء-غف-ي]+)*")
_HONORIFICS = frozenset(
    fold(word) for word in "الشيخ الشيخة الأمير الأميرة السيد السيدة الدكتور الملك السلطان الرئيس اللواء الفريق".split()
)
#: What follows "president of" if it is not a state.
_NO_STATE = re.compile(
    r"province|council|chamber|senate|assembly|court|bank|university|parliament|house|party|commission|region|board"
    r"|committee|community|governing|bundestag|knesset|conference|federation of|union"
)
_NATIONS = (
    "egyptian palestinian afghan italian yemeni iraqi syrian lebanese jordanian tunisian algerian moroccan libyan sudanese "
    "saudi kuwaiti qatari omani bahraini emirati turkish iranian israeli federal"
).split()


@dataclass(slots=True)
class Person:
    """One person of the open tables."""

    wikidata: str
    names: dict[str, str] = field(default_factory=dict)
    country: str = ""
    terms: set[tuple[str, str, str, str]] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)


def clean_name(name: str, status: str) -> str | None:
    """A name in Arabic letters without marks, brackets and a leading honorific; ``None`` if other letters are left."""
    name = _MARKS.sub("", name)
    if status in ("other-script", "folded-fa", "restored-fa"):
        name = name.translate(_LETTERS)
    name = re.sub(r"\s*[(،,].*$", "", name).replace("ی", "ي").replace("ک", "ك").strip()
    words = name.split()
    if len(words) > 2 and fold(words[0]) in _HONORIFICS:
        name = " ".join(words[1:])
    return name if _ARABIC.fullmatch(name) else None


class Titles:
    """English titles of offices -> Arabic standard titles, by the hand-written tables."""

    def __init__(self, tables: Path) -> None:
        self._titles = sorted(
            (
                (english, row["title"])
                for row in read_table(tables / "office_titles.tsv")
                for english in listed(row["english"])
            ),
            key=lambda pair: (-len(pair[0]), pair),
        )
        self._portfolios = {
            english: row["name"] for row in read_table(tables / "portfolios.tsv") for english in listed(row["english"])
        }

    def of(self, english: str) -> str | None:
        """``Minister of Finance of Yemen`` -> ``وزير المالية``; ``None`` for what the tables do not have."""
        plain = re.sub(r"\s*\(.*?\)?$", "", english.casefold()).strip()
        plain = re.sub(rf"^(?:{'|'.join(_NATIONS)}) (?=\w)", "", plain)
        if plain.startswith(("deputy minister", "vice minister", "shadow", "acting")):
            return None
        if plain.startswith("minister of state"):
            return "وزير دولة"
        if plain.startswith(("first lord", "second lord")):
            return None
        if match := re.match(r"(?:minister|ministre) (?:of|for|des|du|de) (?:the )?(.+)", plain):
            return self._minister(match[1])
        if match := re.match(r"(.+?) minister(?: of .+)?$", plain):
            if match[1] in ("prime", "deputy prime"):
                return "رئيس الوزراء" if match[1] == "prime" else "نائب رئيس الوزراء"
            return self._minister(match[1]) if match[1] not in ("chief", "first") else None
        if plain.startswith("secretary-general of the united nations"):
            return "الأمين العام للأمم المتحدة"
        if plain.startswith("governor of the central bank"):
            return "محافظ البنك المركزي"
        match = re.match(r"president(?: of (.+))?$", plain)
        if match is not None and not _NO_STATE.search(match[1] or ""):
            return "الرئيس"
        if match := re.match(r"member of (?:the |provincial )*(.+)", plain):
            if re.search(r"senate|lords", match[1]):
                return "عضو مجلس الشيوخ"
            seats = r"representative|parliament|assembly|deputies|congress|sejm|rakyat|duma|commons|national council|knesset"
            return "نائب" if re.search(seats, match[1]) else "عضو"
        for key, title in self._titles:
            if key == "president":
                continue
            if plain == key or plain.startswith((f"{key} of ", f"{key} to ", f"{key} for ", f"{key},")):
                return title
        return None

    def _minister(self, field_: str) -> str:
        """By the longest beginning of the field that is a portfolio: ``foreign affairs of lebanon``."""
        words = re.split(r"[ ,]+", field_)
        for end in range(len(words), 0, -1):
            name = self._portfolios.get(" ".join(words[:end]).rstrip(","))
            if name is not None:
                return f"وزير {name}"
        return "وزير"


def read_rows(path: Path, width: int) -> Iterator[list[str]]:
    """The rows of a table without header. :raises SystemExit: if a row has another number of cells."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if len(row) != width:
                raise SystemExit(f"{path}:{number}: {len(row)} cells, not {width}")
            yield row


def read_people(folder: Path, tables: Path) -> dict[str, Person]:
    """The persons with an Arabic name of a source without doubts, by Wikidata id; and the terms of those written by hand."""
    titles = Titles(tables)
    people: dict[str, Person] = {}
    for qid, names, statuses, _, country, _, office, start, end, _, sources in read_rows(folder / "officials.tsv", 11):
        origins = _sources(sources)
        person = people.setdefault(qid, Person(qid))
        if origins - DOUBTED:
            _add_names(person, listed(names), listed(statuses), origins - DOUBTED)
        _add_term(person, titles.of(office), country, start, end)
    wanted: set[str] = set()
    for qid, names, _, country in read_rows(folder / "hand_names.tsv", 4):
        person = people.setdefault(qid, Person(qid))
        wanted.add(qid)
        person.country = country
        _add_names(person, listed(names), ["exact"] * len(listed(names)), {"hand"})
    for file in ("leaders.tsv", "officials_now.tsv"):
        for row in read_table(tables / file):
            if row["wikidata"]:
                person = people.setdefault(row["wikidata"], Person(row["wikidata"]))
                wanted.add(row["wikidata"])
                person.country = row["country"].replace("-", "") or person.country
                _add_names(person, [row["name"].lstrip("~")], ["exact"], {"hand"})
    for qid, _, _, _, country, _, office, start, end, _, _ in read_rows(folder / "officials_rest.tsv", 11):
        if qid in wanted:
            _add_term(people[qid], titles.of(office), country, start, end)
    for qid, names, statuses, _, country, _, sources in read_rows(folder / "people.tsv", 7):
        origins = _sources(sources) - DOUBTED
        if origins:
            person = people.setdefault(qid, Person(qid))
            person.country = person.country or country
            _add_names(person, listed(names), listed(statuses), origins)
    return {qid: person for qid, person in people.items() if person.names}


def _sources(cell: str) -> set[str]:
    return {source for source in cell.split(";") if not source.startswith("wikidata via")}


def _add_names(person: Person, names: Sequence[str], statuses: Sequence[str], sources: set[str]) -> None:
    for name, status in zip(names, statuses, strict=True):
        plain = clean_name(name, status)
        if plain is not None:
            person.names.setdefault(plain, _RENAMED.get(status, status))
            person.sources |= sources


def _add_term(person: Person, title: str | None, country: str, start: str, end: str) -> None:
    if country and not person.country:
        person.country = country
    if title is not None:
        person.terms.add((title, country, start, end))


def people_rows(people: Mapping[str, Person]) -> Iterator[list[str]]:
    """A row each: Wikidata id, name, other names, status of the name, country, terms of office, sources.

    A term is ``title@country:start:end``, dates cut to what is known; an empty end does not prove that the term goes on.
    """
    for person in sorted(people.values(), key=lambda p: int(p.wikidata[1:])):
        order = sorted(person.names, key=lambda name: (STATUSES.index(person.names[name]), len(split_words(name)) < 2))
        kept = list({"".join(split_words(name)): name for name in reversed(order)}.values())[::-1]
        terms = sorted(person.terms, key=lambda term: (term[2], term[3], term[0]))
        cells = [f"{title}@{country}:{start}:{end}" for title, country, start, end in terms]
        yield [
            person.wikidata, kept[0], "|".join(kept[1:]), person.names[kept[0]], person.country,
            "|".join(dict.fromkeys(cells)), ";".join(sorted(person.sources)),
        ]  # fmt: skip


#: Type of a ROR record and, after ``type=``, key and value of a record of the name suggestion index -> subtype.
_SUBTYPES = (
    ("healthcare", "education"), ("education", "education"), ("facility", "education"), ("company", "company"),
    ("government", "government"), ("nonprofit", "other"), ("archive", "other"), ("other", "other"), ("funder", "other"),
)  # fmt: skip
_SUBTYPES_OF_BRANDS = (
    ("amenity=police", "military"), ("office=government", "government"), ("amenity=courthouse", "government"),
    ("amenity=fire_station", "government"), ("amenity=school", "education"), ("amenity=university", "education"),
    ("amenity=college", "education"), ("amenity=hospital", "education"), ("amenity=clinic", "education"),
    ("operators", "company"), ("brands", "company"), ("transit", "company"), ("networks", "company"),
)  # fmt: skip


def organization_rows(folder: Path) -> Iterator[list[str]]:
    """The organizations of ROR (CC0), of the name suggestion index (BSD-3-Clause) and of Wikidata fetches (CC0)."""
    for names, kinds, others, qid, ror, country, type_, source in read_rows(folder / "bodies.tsv", 8):
        forms = [
            plain for name, kind in zip(listed(names), listed(kinds), strict=False)
            if kind in ("ar", "ar?") and (plain := clean_organization(name))
        ]  # fmt: skip
        if not forms or source.split(";")[0] not in ("ror", "nsi", "ep2015"):
            continue
        subtype = _subtype(type_, source)
        latin = [other for other in listed(others) if re.fullmatch(r"[\x20-\x7e]+", other)]
        identity = qid or ror.removeprefix("https://ror.org/")
        yield [
            identity, forms[0], "|".join(dict.fromkeys(forms[1:])), subtype, country if len(country) == 2 else "", qid,
            ror.removeprefix("https://ror.org/"), latin[0] if latin else "", source.split(";")[0],
        ]  # fmt: skip


def clean_organization(name: str) -> str | None:
    """A name in Arabic letters; ``None`` for a single short word, which the news uses for other things."""
    name = re.sub(r"\s*[(،,/–-].*$", "", _MARKS.sub("", name)).strip(' "“”.')
    name = name.replace("ی", "ي").replace("ک", "ك")
    name = name[1:] if name.startswith("لكلية ") else name
    return name if _ARABIC.fullmatch(name) and len(name) > 3 else None


def _subtype(type_: str, source: str) -> str:
    if source.startswith("ep2015"):
        return "party"
    table = _SUBTYPES_OF_BRANDS if source.startswith("nsi") else _SUBTYPES
    return next((subtype for kind, subtype in table if kind in re.split(r"[,:]", type_)), "other")


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a table with a header; the number of its rows."""
    lines = ["\t".join(row) for row in rows]
    path.write_text("\n".join(["\t".join(header), *lines]) + "\n", encoding="utf-8")
    return len(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--open", type=Path, required=True, help="folder with the open tables")
    parser.add_argument("--tables", type=Path, default=TABLES)
    args = parser.parse_args()
    people = read_people(args.open, args.tables)
    header = ["wikidata", "name", "aliases", "status", "country", "terms", "sources"]
    print("people:", write_table(args.tables / "people.tsv", header, people_rows(people)))
    header = ["id", "name", "aliases", "subtype", "country", "wikidata", "ror", "latin", "source"]
    print("organizations:", write_table(args.tables / "organizations_open.tsv", header, organization_rows(args.open)))


if __name__ == "__main__":
    main()
