"""Offices, ranks and professions by their folded Arabic forms, and the portfolios of ministers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

RoleKind = Literal["office", "rank", "profession", "honorary"]


@dataclass(frozen=True, slots=True)
class Office:
    """An office: the standard title (``وزير الدفاع``), its kind, and how many ``words`` of the phrase name it."""

    title: str
    kind: RoleKind
    words: int


class OfficeTable:
    """Finds the office at the start of a phrase."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """:param table: ``titles``: folded form -> title and kind; ``portfolios``: folded form -> name."""
        self._titles: Mapping[str, Sequence[str]] = table["titles"]
        self._portfolios: Mapping[str, str] = table["portfolios"]
        self._longest = max(form.count(" ") for form in (*self._titles, *self._portfolios)) + 1

    def title(self, words: Sequence[str]) -> Office | None:
        """The longest office at the start of folded words."""
        for end in range(min(len(words), self._longest), 0, -1):
            found = self._titles.get(" ".join(words[:end]))
            if found is not None:
                return Office(found[0], cast("RoleKind", found[1]), end)
        return None

    def portfolio(self, words: Sequence[str]) -> tuple[str, int] | None:
        """The longest portfolio at the start of folded words, and its number of words."""
        for end in range(min(len(words), self._longest), 0, -1):
            found = self._portfolios.get(" ".join(words[:end]))
            if found is not None:
                return found, end
        return None
