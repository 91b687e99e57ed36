"""Offices, ranks and professions by their folded Arabic forms, and the portfolios of ministers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

RoleKind = Literal["office", "rank", "profession", "honorary"]


@dataclass(frozen=True, slots=True)
class Office:
    """What a phrase names: the standard title (``وزير الدفاع``) and its kind; ``words`` of the phrase tell it."""

    title: str
    kind: RoleKind
    words: int


class OfficeTable:
    """The offices that phrases begin with."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """:param table: ``titles``: folded form -> title and kind; ``portfolios``: folded form -> name."""
        self._titles: Mapping[str, Sequence[str]] = table["titles"]
        self._portfolios: Mapping[str, str] = table["portfolios"]
        self._longest = max(form.count(" ") for form in (*self._titles, *self._portfolios)) + 1

    def title(self, words: Sequence[str]) -> Office | None:
        """The office that folded words begin with, the longest one."""
        for end in range(min(len(words), self._longest), 0, -1):
            found = self._titles.get(" ".join(words[:end]))
            if found is not None:
                return Office(found[0], cast("RoleKind", found[1]), end)
        return None

    def portfolio(self, words: Sequence[str]) -> tuple[str, int] | None:
        """The portfolio that folded words begin with, the longest one, and how many words tell it."""
        for end in range(min(len(words), self._longest), 0, -1):
            found = self._portfolios.get(" ".join(words[:end]))
            if found is not None:
                return found, end
        return None
