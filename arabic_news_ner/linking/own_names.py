"""The caller's own list of people, organizations and places: reading, index by folded words, lookup, links.

In: a TSV or JSONL file, a data frame or rows as mappings. Out: the entities of an article with the caller's ids.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from arabic_news_ner.errors import InputError
from arabic_news_ner.linking.country_cues import Adjective
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.linking.offices import country_of
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import SUBTYPES, Entity, Label, Link, Subtype

#: The name of the knowledge base for rows without ``kb``.
DEFAULT_KB = "own"
COLUMNS = ("id", "label", "subtype", "names", "country", "kb")
#: Letters that write one foreign sound: غورباتشوف, جورباتشوف.
_SOUNDS = (("غ", "ج"), ("ج", "غ"), ("غ", "ك"), ("ڤ", "ف"), ("پ", "ب"), ("چ", "ج"), ("گ", "غ"), ("گ", "ك"))
#: Shorter names of one word are too often everyday words.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class OwnName:
    """A row of the caller's list: ``names`` are all spellings; the first one is the name of the link."""

    id: str
    label: Label
    subtype: Subtype | None
    names: tuple[str, ...]
    country: str | None = None
    kb: str = DEFAULT_KB


class OwnNames:
    """The caller's list, by the folded words of every name and of its spelling variants. Nothing in it changes."""

    def __init__(self, rows: Iterable[OwnName]) -> None:
        """:raises InputError: if an id occurs twice in one ``kb``."""
        self.rows = tuple(rows)
        self._by_words: dict[str, tuple[int, ...]] = {}
        self._longest: dict[str, int] = {}
        seen: set[tuple[str, str]] = set()
        for number, row in enumerate(self.rows):
            if (row.kb, row.id) in seen:
                raise InputError(
                    f"the own names have the id {row.id!r} twice in {row.kb!r}; give each row an id of its own"
                )
            seen.add((row.kb, row.id))
            for words in dict.fromkeys(variant for name in row.names for variant in spelling_variants(name, row.label)):
                known = self._by_words.get(" ".join(words), ())
                if number not in known:
                    self._by_words[" ".join(words)] = (*known, number)
                self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"OwnNames({len(self.rows):,} rows)"

    def __contains__(self, word: object) -> bool:
        """Is this folded word the first word of a name?"""
        return word in self._longest

    @classmethod
    def load(cls, source: OwnNames | str | Path | Iterable[Mapping[str, Any]] | Any) -> OwnNames:
        """The list from a file (``.tsv``, ``.jsonl``), a data frame of pandas, polars or pyarrow, or rows as mappings.

        Columns: ``id``, ``label`` (PER, ORG, LOC), ``names`` (several separated by ``|``, or a list); optionally
        ``subtype``, ``country`` (ISO 3166-1, two letters) and ``kb``, the name of the knowledge base
        (:data:`DEFAULT_KB` otherwise).

        :raises InputError: for a missing file or another type of file, and for an invalid row, with its number.
        """
        if isinstance(source, OwnNames):
            return source
        return cls(_checked(row, number) for number, row in enumerate(_rows(source), 1))

    def named(self, words: Sequence[str]) -> tuple[OwnName, ...]:
        """The rows with a name, given as folded words."""
        return tuple(self.rows[number] for number in self._by_words.get(" ".join(words), ()))

    def longest_at(self, words: Sequence[str], stem: str, at: int) -> int:
        """The number of words of the longest name at the word ``at`` of a text, whose first word is ``stem``; 0 if
        there is none."""
        for length in range(min(self._longest.get(stem, 0), len(words) - at), 0, -1):
            if " ".join((stem, *words[at + 1 : at + length])) in self._by_words:
                return length
        return 0


def spelling_variants(name: str, label: Label) -> Iterator[tuple[str, ...]]:
    """The folded words of a name and of its other spellings.

    ``عبد الله`` and ``عبدالله``; foreign sounds (``غ``, ``ج``, ``ك``); the family name of a person with and without
    its article. Folding takes care of hamza, ى ي, ة ه, vowel signs and tatweel.
    """
    spellings = dict.fromkeys([name, *(name.replace(one, other) for one, other in _SOUNDS if one in name)])
    for spelling in spellings:
        words = split_words(spelling)
        if not words or (len(words) == 1 and len(words[0]) < _SHORTEST):
            continue
        yield words
        yield _joined(words)
        yield _parted(words)
        if label == "PER" and len(words) > 1:
            last = words[-1]
            other = last[2:] if last.startswith("ال") and len(last) > 4 else "ال" + last
            yield (*words[:-1], other)


def _joined(words: tuple[str, ...]) -> tuple[str, ...]:
    out: list[str] = []
    for word in words:
        if out and out[-1] in ("عبد", "ابو") and word not in ("بن", "ابن"):
            out[-1] += word
        else:
            out.append(word)
    return tuple(out)


def _parted(words: tuple[str, ...]) -> tuple[str, ...]:
    out: list[str] = []
    for word in words:
        out += ["عبد", word[3:]] if word.startswith("عبدال") and len(word) > 6 else [word]
    return tuple(out)


def _rows(source: Any) -> Iterator[Any]:
    if isinstance(source, (str, Path)):
        yield from _file_rows(Path(source))
        return
    if hasattr(source, "to_pylist"):  # pyarrow
        source = source.to_pylist()
    elif hasattr(source, "to_dicts"):  # polars
        source = source.to_dicts()
    elif hasattr(source, "to_dict") and hasattr(source, "columns"):  # pandas
        source = source.to_dict("records")
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        raise InputError(
            f"names is a {type(source).__name__}; it takes a .tsv or .jsonl file, a data frame or rows as mappings with "
            f"{', '.join(COLUMNS)}"
        )
    yield from source


def _file_rows(path: Path) -> Iterator[Any]:
    if path.suffix not in (".tsv", ".jsonl"):
        raise InputError(f"{path}: own names come as .tsv (with a header) or .jsonl; rename or convert the file")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if path.suffix == ".tsv":
                yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            else:
                yield from (json.loads(line) for line in file if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}; own names are UTF-8 text") from error
    except ValueError as error:
        raise InputError(f"{path} is no JSONL: {error}") from error


def _checked(row: Any, number: int) -> OwnName:
    if not isinstance(row, Mapping):
        raise InputError(
            f"row {number} of the own names is a {type(row).__name__}; it takes a mapping with {', '.join(COLUMNS)}"
        )
    values = {column: _cell(row.get(column)) for column in COLUMNS if column != "names"}
    told = row.get("names")
    parts = told.split("|") if isinstance(told, str) else told if isinstance(told, (list, tuple)) else []
    names = tuple(dict.fromkeys(str(part).strip() for part in parts if str(part).strip()))
    label = values["label"]
    if not values["id"]:
        raise InputError(f"row {number} of the own names has no id")
    if label not in SUBTYPES:
        raise InputError(
            f"row {number} of the own names ({values['id']}) has the label {label!r}; it takes PER, ORG or LOC"
        )
    if values["subtype"] and values["subtype"] not in SUBTYPES[label]:
        known = ", ".join(SUBTYPES[label]) or "none"
        raise InputError(
            f"row {number} of the own names ({values['id']}) has the subtype {values['subtype']!r}; {label} has {known}"
        )
    if not any(split_words(name) for name in names):
        raise InputError(f"row {number} of the own names ({values['id']}) has no name; names are parted by |")
    return OwnName(
        id=values["id"],
        label=label,
        subtype=cast("Subtype", values["subtype"]) or None,
        names=names,
        country=values["country"].upper() or None,
        kb=values["kb"] or DEFAULT_KB,
    )


def _cell(value: Any) -> Any:
    """A cell as text; empty for a missing value (``None``, NaN)."""
    return "" if value is None or value != value else str(value).strip()


def link_own_names(
    entities: Sequence[Entity], adjectives: Sequence[Adjective], names: OwnNames, knowledge: Knowledge
) -> tuple[Entity, ...]:
    """Add the caller's links before the links of the package, and take the caller's subtype.

    If several rows have a name, the row whose country is the only one in the article is chosen. If that does not
    decide, there is no link.
    """
    spoken: set[str | None] = {adjective.iso2 for adjective in adjectives}
    spoken |= {country_of(entity, knowledge) for entity in entities}
    out = []
    for entity in entities:
        row = _row_of(entity, names, spoken)
        if row is not None:
            link = Link(row.kb, row.id, row.names[0])
            links = (link, *(known for known in entity.links if (known.kb, known.id) != (row.kb, row.id)))
            entity = replace(entity, links=links, subtype=row.subtype or entity.subtype)
        out.append(entity)
    return tuple(out)


def _row_of(entity: Entity, names: OwnNames, spoken: set[str | None]) -> OwnName | None:
    forms = sorted(dict.fromkeys((entity.name, *entity.forms)), key=lambda form: -len(split_words(form)))
    for form in forms:
        rows = [row for row in names.named(split_words(form)) if row.label == entity.label]
        if len(rows) > 1:
            rows = [row for row in rows if row.country in spoken]
        if len(rows) == 1:
            return rows[0]
    return None
