"""The word tables of the page reader: ``data/page/*.tsv`` and ``*.txt``, each with its columns in its first lines.

Their SHA-256 stand in ``manifest.json``; after an edit: ``python -m training.lexicon``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, cast

from arabic_news_ner.lexicon.tables import ADVICE
from arabic_news_ner.manifest import CARRIED, read_manifest
from arabic_news_ner.text.fold import fold

PROTOCOL: Final = 1
FOLDER: Final = CARRIED / "page"


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, site, channel or news agency as it signs: ``id`` is its id in the knowledge base, where it has one.

    ``nobody`` is a word in place of a name: ``وكالات``, ``خاص``.
    """

    name: str
    kind: Literal["outlet", "agency", "nobody"]
    id: str | None
    domains: tuple[str, ...]


def rows(file: str, columns: int, folder: Path = FOLDER) -> Iterator[list[str]]:
    """The rows of a table; lines that begin with ``#`` are comments.

    :raises ModelError: if the table is missing, is not the one of the manifest, or has a row of other columns.
    """
    manifest = read_manifest(folder, "the tables of the page reader", (PROTOCOL,), advice=ADVICE)
    for line in manifest.read(file).decode("utf-8").splitlines():
        if line and not line.startswith("#"):
            row = line.split("\t")
            if len(row) != columns:
                manifest.damaged(f"{file} has {len(row)} columns in place of {columns}: {line!r}")
            yield row


@lru_cache(maxsize=512)
def folded(line: str) -> str:
    """A line folded. The stages of reading ask for that of the same line several times."""
    return fold(line)


@lru_cache(maxsize=8)
def words(file: str) -> frozenset[str]:
    """The words of a list, folded."""
    return frozenset(fold(row[0]) for row in rows(file, 1))


def outlet_key(name: str) -> str:
    """The form in which names of outlets are compared: folded, blanks as one, without quotes and signs around it."""
    return " ".join(fold(name.strip(' «»"“”()[]|-–—/:،,.\t\u00a0\u200f\u200e')).split())


@lru_cache(maxsize=1)
def outlets() -> dict[str, Outlet]:
    """Every outlet and agency under each of its names, folded."""
    out: dict[str, Outlet] = {}
    for name, kind, identifier, domains, also in rows("outlets.tsv", 5):
        outlet = Outlet(
            name,
            cast(Literal["outlet", "agency", "nobody"], kind),
            None if identifier == "-" else identifier,
            tuple(domains.split("|")) if domains != "-" else (),
        )
        for form in (name, *(also.split("|") if also != "-" else ())):
            out.setdefault(outlet_key(form), outlet)
    return out


@lru_cache(maxsize=1)
def _by_domain() -> dict[str, Outlet]:
    return {domain: outlet for outlet in outlets().values() for domain in outlet.domains}


def known_outlet(name: str) -> Outlet | None:
    """The outlet or agency that signs under a name; ``None`` if the table has none: ``أ.ف.ب`` -> فرانس برس."""
    return outlets().get(outlet_key(name))


def is_nobody(name: str) -> bool:
    """Is it a word in place of an outlet's name: ``خاص``, ``وكالات``?"""
    outlet = known_outlet(name)
    return outlet is not None and outlet.kind == "nobody"


def outlet_of_host(host: str) -> Outlet | None:
    """The outlet of a host name: ``www.youm7.com`` -> اليوم السابع."""
    parts = host.lower().split(":")[0].split(".")
    table = _by_domain()
    return next((table[d] for n in range(len(parts) - 1) if (d := ".".join(parts[n:])) in table), None)


_VARIANTS: Final = {"ا": "[اأإآ]", "ة": "[ةه]", "ه": "[ةه]", "ي": "[يىی]", "ى": "[يىی]", " ": r"\s?", ".": r"\s?\.?\s?"}


@lru_cache(maxsize=1)
def agency_pattern() -> str:
    """A pattern on unfolded text for all names of news agencies, and for words in place of a name."""
    forms = []
    for name, kind, _, _, also in rows("outlets.tsv", 5):
        if kind != "outlet":
            forms += [name, *(also.split("|") if also != "-" else ())]
    #: ``وطنية`` is an agency only before its place (``وطنية - زحلة``): ``أخبار - وطنية`` is a section.
    return _any_spelling(form for form in forms if "(" not in form and form != "وطنية")


@lru_cache(maxsize=1)
def outlet_noun_pattern() -> str:
    """A pattern on unfolded text for the head nouns of outlets: ``صحيفة``, ``وكاله``."""
    return _any_spelling(row[0] for row in rows("outlet_nouns.txt", 1))


def _any_spelling(forms: Iterable[str]) -> str:
    """A pattern for any of these forms as writers spell them, the longest first."""
    longest_first = sorted(dict.fromkeys(forms), key=len, reverse=True)
    return "|".join(
        "".join(_VARIANTS.get("ا" if c in "أإآ" else c, re.escape(c)) for c in form) for form in longest_first
    )
