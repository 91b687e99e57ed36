"""Split units into windows that the encoder can read. Each unit is in the core of exactly one window.

A unit gets a label: it is a token of a text, or a word of pre-tokenized input. A text that fits is one window. A longer
one is split into cores, if possible at the last line or sentence end in the second half of a core. Each core is read
with the units around it as context.

At one position the encoder reads a piece or, in packs with ``slots``, a whole token: a row of this many pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
#: The input at one position: a piece, or the pieces of a token.
Piece = int | tuple[int, ...]

BEGIN, PAD, END = 0, 1, 2
T = TypeVar("T")
#: Signs that end a sentence, where a window may be cut.
STOPS = frozenset((".", "..", "...", "…", "؟", "?", "!"))
#: The most pieces of one unit. Of a longer one (a base64 blob, a repeated letter) the model reads both ends.
LONGEST_UNIT = 48
#: Units before the core of a window that are held at most, while a long text is split.
KEPT = 8192


@dataclass(frozen=True, slots=True)
class Window:
    """Piece ``ids`` of one window, (positions,) or (positions, slots), and, for the units ``start`` to ``end`` of its core, the
    place of their first and last position in it. ``words``: for each position the row of its word in the table of word
    vectors, 0 without one. ``left`` to ``right``: the units of the core and its context."""

    ids: Ids
    words: Ids
    start: int
    end: int
    first: Ids
    last: Ids
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Units:
    """Some consecutive units, as parallel lists. ``breaks[i]``: a line begins at unit i (the model reads an end piece
    there); ``ends[i]``: a sentence ends with it; ``rows[i]``: for each of its positions the row of its word vector."""

    pieces: list[tuple[Piece, ...]] = field(default_factory=list)
    rows: list[tuple[int, ...]] = field(default_factory=list)
    breaks: list[bool] = field(default_factory=list)
    ends: list[bool] = field(default_factory=list)
    #: Positions that each unit takes.
    costs: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.pieces)

    def add(
        self,
        pieces: Sequence[tuple[Piece, ...]],
        rows: Sequence[tuple[int, ...]],
        breaks: Sequence[bool],
        ends: Sequence[bool],
    ) -> None:
        """Append units. The middle of very long ones is left out."""
        clipped = [clip(p) for p in pieces]
        self.pieces.extend(clipped)
        self.rows.extend(clip(row) for row in rows)
        self.breaks.extend(breaks)
        self.ends.extend(ends)
        self.costs.extend(len(p) + b for p, b in zip(clipped, breaks, strict=True))

    def drop(self, count: int) -> None:
        """Remove the first units."""
        for part in _parts(self):
            del part[:count]


def slot_row(pieces: Sequence[int], slots: int) -> tuple[int, ...]:
    """The pieces of one token as a row of ``slots``: filled up with ``PAD``, or the first ones and the last.

    >>> slot_row((7, 8), 4), slot_row((7, 8, 9, 10, 11), 4)
    ((7, 8, 1, 1), (7, 8, 9, 11))
    """
    if len(pieces) > slots:
        return (*pieces[: slots - 1], pieces[-1])
    return (*pieces, *(PAD,) * (slots - len(pieces)))


def positions(pieces: tuple[int, ...], slots: int) -> tuple[Piece, ...]:
    """What the encoder reads of one token: its pieces, or, with ``slots``, one row of them.

    >>> positions((7, 8), 0), positions((7, 8), 3)
    ((7, 8), ((7, 8, 1),))
    """
    return (slot_row(pieces, slots),) if slots else pieces


def clip(pieces: tuple[T, ...]) -> tuple[T, ...]:
    """The pieces (or their words) of one unit, its middle left out where it has more than ``LONGEST_UNIT``."""
    if len(pieces) <= LONGEST_UNIT:
        return pieces
    half = LONGEST_UNIT // 2
    return pieces[:half] + pieces[-half:]


def plan(
    pieces: Sequence[tuple[Piece, ...]],
    breaks: Sequence[bool],
    ends: Sequence[bool],
    *,
    size: int,
    context: int,
    words: Sequence[tuple[int, ...]] | None = None,
    slots: int = 0,
) -> list[Window]:
    """Windows of at most ``size`` positions, ``context`` of them on each side where the text goes on.

    ``breaks[i]``: a line begins at unit i (the model reads an end piece there); ``ends[i]``: a sentence ends with unit i.
    ``words``: the row of the word of each position. ``slots``: pieces in a row of the encoder that reads whole tokens.
    """
    units = Units()
    units.add(pieces, words if words is not None else [(0,) * len(p) for p in pieces], breaks, ends)
    return list(stream([units], size=size, context=context, slots=slots))


def stream(blocks: Iterable[Units], *, size: int, context: int, slots: int = 0) -> Iterator[Window]:
    """The windows of :func:`plan`, made while the units still come: of a long text only a part is held.

    :param blocks: all units of one text, in order.
    """
    source = iter(blocks)
    units = next(source, None) or Units()
    room = size - 2 - 2 * context
    base = start = 0  # numbers: of the first unit that is held; of the first of the core, from there
    more = True
    while True:
        # each unit takes a position or more: so many show whether all fit in one window, or reach past core and context
        while more and len(units) - start < size:
            block = next(source, None)
            if block is None:
                more = False
            else:
                for held, new in zip(_parts(units), _parts(block), strict=True):
                    held += new
        if start >= len(units):
            return
        if not base and not start and not more and sum(units.costs) + 2 <= size:
            yield window(units, (0, len(units)), (0, len(units)), slots)
            return
        end = _core_end(units.costs, units.breaks, units.ends, start, room)
        reach = _reach(units.costs, start, context, -1), _reach(units.costs, end, context, 1)
        yield window(units, reach, (start, end), slots, base)
        start = end
        if start > KEPT:
            done = max(0, start - context)
            units.drop(done)
            base, start = base + done, start - done


def _parts(units: Units) -> tuple[list[Any], ...]:
    return units.pieces, units.rows, units.breaks, units.ends, units.costs


def _core_end(costs: Sequence[int], breaks: Sequence[bool], ends: Sequence[bool], start: int, room: int) -> int:
    """Past the last unit of a core that begins at ``start`` and takes at most ``room`` pieces."""
    used, end = 0, start
    line = sentence = 0
    while end < len(costs) and (end == start or used + costs[end] <= room):
        used += costs[end]
        end += 1
        if 2 * used >= room and end < len(costs):
            if breaks[end]:
                line = end
            if ends[end - 1]:
                sentence = end
    if end == len(costs):
        return end
    return line or sentence or end


def _reach(costs: Sequence[int], at: int, context: int, step: int) -> int:
    """How far units of at most ``context`` pieces reach from ``at``, to the left (-1) or to the right (1)."""
    used = 0
    while 0 <= (unit := at - 1 if step < 0 else at) < len(costs) and used + costs[unit] <= context:
        used += costs[unit]
        at += step
    return at


def window(units: Units, reach: tuple[int, int], core: tuple[int, int], slots: int, base: int = 0) -> Window:
    """The window of some units.

    :param reach: the units that are read, from the first to past the last; ``core``: those that get a label.
    :param base: the number in the text of the first of ``units``.
    """
    (left, right), (start, end) = reach, core
    (opening,), (closing,) = positions((BEGIN,), slots), positions((END,), slots)
    ids = [opening]
    words = [0]
    first: list[int] = []
    last: list[int] = []
    for unit in range(left, right):
        if units.breaks[unit] and unit > left:
            ids.append(closing)
            words.append(0)
        if start <= unit < end:
            first.append(len(ids))
        ids += units.pieces[unit]
        words += units.rows[unit]
        if start <= unit < end:
            last.append(len(ids) - 1)
    ids.append(closing)
    words.append(0)
    arrays = np.array(ids), np.array(words), np.array(first), np.array(last)
    return Window(arrays[0], arrays[1], base + start, base + end, arrays[2], arrays[3], base + left, base + right)
