"""What a line of a page is, by the words that outlets put around their articles.

The rules are data (``data/page/rules.json``): a pattern over the folded line, the kind of line that it tells, how many words
such a line may have (a sentence of the news with the same words has more), and whether it may end as a sentence does.
Each carries a line that it fires on, and a line with the same words that it must leave alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast

import regex

from arabic_news_ner.page.dates import find_dates, is_relative
from arabic_news_ner.page.document import Kind
from arabic_news_ner.text.fold import fold

_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": None})
_STOP = regex.compile(r"[.!؟?][\"'»”)\]]*$")
#: Characters of a line that are looked at; no line of boilerplate is longer.
_LONGEST = 700
_DIRECTIONS = regex.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_WORD = regex.compile(r"\p{L}{2,}")
#: Words beside the date of a line that is there for its date.
_MOST_BESIDE = 6
_ITEMS = "*•▪◾·-–—"
#: Signs before a label.
_BULLETS = "-–—•*▪◾·»«►▶←| "


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of line that is no part of the story."""

    name: str
    kind: Kind
    pattern: regex.Pattern[str]
    longest: int
    #: A date must stand in the line.
    date: bool
    #: The line must not end as a sentence does.
    nostop: bool
    #: Quotes must stand in the line.
    quoted: bool
    #: Where it may stand: ``"under"`` a headline, there or at the ``"top"`` of a page, at the ``"tail"`` of a story, anywhere
    #: (empty).
    where: str
    example: str
    keep: str

    def fires(self, line: str, folded: str, words: int) -> bool:
        """Is the line of this kind? ``folded`` and ``words`` are the line folded and the number of its words."""
        if words > self.longest or not self.pattern.search(folded):
            return False
        if self.nostop and _STOP.search(line):
            return False
        if self.quoted and not any(c in line for c in '«"“'):
            return False
        return not self.date or (line[0] not in _ITEMS and (is_relative(line) or _beside_dates(line) <= _MOST_BESIDE))


def _beside_dates(line: str) -> int:
    """How many words of two letters and more stand beside the dates of a line; very many where it has none."""
    found = find_dates(line)
    if not found:
        return _LONGEST
    gaps = zip([0, *(d.end for d in found)], [*(d.start for d in found), len(line)], strict=True)
    return sum(len(_WORD.findall(line[a:b])) for a, b in gaps)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules in the order in which they are asked."""
    rows = json.loads(files("arabic_news_ner").joinpath("data/page/rules.json").read_text(encoding="utf-8"))
    return tuple(
        Rule(
            name=row["name"],
            kind=cast(Kind, row["kind"]),
            pattern=regex.compile(row["pattern"].translate(_LETTERS)),
            longest=row["longest"],
            date=row.get("date", False),
            nostop=row.get("nostop", False),
            quoted=row.get("quoted", False),
            where=row.get("where", ""),
            example=row["example"],
            keep=row["keep"],
        )
        for row in rows
    )


def rule_of(line: str) -> Rule | None:
    """The rule that tells what a line is; ``None`` for a line of a story, a headline or what nothing is known of."""
    if len(line) > _LONGEST:
        return None
    folded = " ".join(_DIRECTIONS.sub(" ", fold(line)).split())
    folded = folded.lstrip(_BULLETS) or folded
    words = len(line.split())
    return next((rule for rule in rules() if rule.fires(line, folded, words)), None)
