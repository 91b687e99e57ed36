"""The page layouts of fifty kinds of outlets: the blocks around a story, and their order (``manners.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Manner:
    """How the pages of one kind of outlet are laid out: blocks by their names, separated by blanks."""

    name: str
    above: str
    under: str
    inside: str
    after: str


def manners() -> tuple[Manner, ...]:
    """Every manner of the table."""
    lines = Path(__file__).with_name("manners.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return tuple(Manner(*("" if field == "-" else field for field in row)) for row in rows)
