"""Edits of a text: every character keeps its range in the original text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: The start and end of an edit (half-open, not empty), and the new text.
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Edited:
    """A text and, for each character, its half-open range in the original; ``starts`` and ``ends`` never decrease."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Edited:
        """A text before its first edit."""
        return cls(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))

    def map(self, table: Mapping[str, str]) -> Edited:
        """Each character replaced as the table says: ``{"ة": "ه", "ـ": ""}`` makes ``مـكة`` to ``مكه``."""
        if table.keys().isdisjoint(self.text):
            return self
        return self.edit((i, i + 1, table[c]) for i, c in enumerate(self.text) if c in table)

    def replace(self, pattern: re.Pattern[str], by: str, until: int | None = None) -> Edited:
        """Replace each match of a pattern (before position ``until``); the new text is aligned to the whole match."""
        end = len(self.text) if until is None else until
        return self.edit((*match.span(), by) for match in pattern.finditer(self.text, 0, end))

    def edit(self, edits: Iterable[Edit]) -> Edited:
        """Apply edits, which are in order and do not overlap.

        Unchanged characters at the edges of an edit keep their range; the rest of the new text is aligned to the rest
        of the old text.
        """
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for begin, end, new in edits:
            texts += (self.text[done:begin], new)
            done_before, done = done, end
            head, tail = _kept(self.text[begin:end], new)
            changed = len(new) - head - tail
            starts += self.starts[done_before : begin + head]
            ends += self.ends[done_before : begin + head]
            if changed:
                starts += [self.starts[begin + head]] * changed
                ends += [self.ends[end - tail - 1]] * changed
            starts += self.starts[end - tail : end]
            ends += self.ends[end - tail : end]
        if not texts:
            return self
        texts.append(self.text[done:])
        return Edited("".join(texts), (*starts, *self.starts[done:]), (*ends, *self.ends[done:]))


def _kept(old: str, new: str) -> tuple[int, int]:
    """How many characters at the start and at the end are equal, so that new characters are aligned to at least one old
    one.

    ``("ﻻَ", "لاَ")`` -> ``(0, 1)``: لا comes from the ligature.
    """
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head + tail == len(old) and len(new) > len(old):
        return (head, tail - 1) if tail else (head - 1, 0)
    return head, tail
