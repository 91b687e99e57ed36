"""The errors of an answer in groups, each with its place in the text, for reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from arabic_news_ner.scoring.annotation import Annotation
from arabic_news_ner.scoring.measures import match_entities, true_holders

CONTEXT = 40
#: The groups in the order in which they are written.
GROUPS = (
    "missed",
    "spurious",
    "wrong type",
    "wrong bounds",
    "wrong type and bounds",
    "wrong subtype",
    "other canonical name",
    "one entity taken apart",
    "several entities taken for one",
    "role missed",
    "role spurious",
    "role with wrong bounds",
    "role with wrong holder",
)


@dataclass(frozen=True, slots=True)
class Error:
    """One error: its group, what was wanted and what was found, and where."""

    group: str
    start: int
    end: int
    detail: str


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of the text with a label, on either side."""

    start: int
    end: int
    label: str


def find_errors(truth: Annotation, answer: Annotation) -> list[Error]:
    """Every error of one text, each mention and role in one group."""
    errors = [*_mention_errors(truth, answer), *_entity_errors(truth, answer), *_role_errors(truth, answer)]
    return sorted(errors, key=lambda e: (GROUPS.index(e.group), e.start, e.end))


def report(gold: Sequence[Annotation], answers: Sequence[Annotation]) -> str:
    """All errors of all texts under the heading of their group, a line each: text, detail, context."""
    lines: dict[str, list[str]] = {group: [] for group in GROUPS}
    for truth, answer in zip(gold, answers, strict=True):
        for error in find_errors(truth, answer):
            lines[error.group].append(f"{truth.id}\t{error.detail}\t{context(truth.text, error.start, error.end)}")
    parts = [
        f"== {group}: {len(found)} ==\n" + "".join(line + "\n" for line in found) for group, found in lines.items()
    ]
    return "\n".join(parts)


def context(text: str, start: int, end: int) -> str:
    """A stretch in brackets with its context, on one line.

    >>> context("زار الوزير طرابلس أمس", 11, 17)
    'زار الوزير ⟦طرابلس⟧ أمس'
    """
    around = text[max(0, start - CONTEXT) : start] + "⟦" + text[start:end] + "⟧" + text[end : end + CONTEXT]
    return around.replace("\n", " ⏎ ").replace("\t", " ")


def _mention_errors(truth: Annotation, answer: Annotation) -> Iterator[Error]:
    wanted, found = ([Item(*m) for m in sorted(side.mentions)] for side in (truth, answer))

    def group(want: Item, got: Item) -> str:
        if (want.start, want.end) == (got.start, got.end):
            return "wrong type"
        return "wrong bounds" if want.label == got.label else "wrong type and bounds"

    yield from _compare(wanted, found, answer.text, group, ("missed", "spurious"))


def _role_errors(truth: Annotation, answer: Annotation) -> Iterator[Error]:
    wanted, found = ([Item(r.start, r.end, "role") for r in side.roles] for side in (truth, answer))
    yield from _compare(
        wanted, found, answer.text, lambda want, got: "role with wrong bounds", ("role missed", "role spurious")
    )
    holders = {(start, end): holder for start, end, holder in true_holders(truth, answer)}
    for role in truth.roles:
        holder = holders.get((role.start, role.end), role.holder)
        if holder != role.holder:
            detail = f"{_person(truth, role.holder)} → {_person(truth, holder)}"
            yield Error("role with wrong holder", role.start, role.end, detail)


def _person(truth: Annotation, number: int | None) -> str:
    if number is None:
        return "not named"
    return truth.entities[number].name if number >= 0 else "no person of the truth"


def _compare(
    wanted: Sequence[Item], found: Sequence[Item], text: str, group: Callable[[Item, Item], str], alone: tuple[str, str]
) -> Iterator[Error]:
    """What is on one side only: pairs that overlap, the most overlapping first, then what is left alone."""
    known, true = set(found), set(wanted)
    left = [item for item in wanted if item not in known]
    right = [item for item in found if item not in true]
    overlaps = sorted(
        ((max(w.start, f.start) - min(w.end, f.end), w.start, f.start, w, f) for w in left for f in right),
        key=lambda row: row[:3],
    )
    for overlap, _, _, want, got in overlaps:
        if overlap < 0 and want in left and got in right:
            left.remove(want)
            right.remove(got)
            detail = f"{want.label} → {got.label}: {_one_line(text[got.start : got.end])}"
            yield Error(group(want, got), want.start, want.end, detail)
    for items, name in ((left, alone[0]), (right, alone[1])):
        for item in items:
            yield Error(name, item.start, item.end, item.label)


def _entity_errors(truth: Annotation, answer: Annotation) -> Iterator[Error]:
    named = {i for i, _ in match_entities(truth.entities, answer.entities)}
    for i, j in match_entities(truth.entities, answer.entities, any_form=True):
        want, got = truth.entities[i], answer.entities[j]
        start, end = want.spans[0] if want.spans else (0, 0)
        if want.subtype is not None and want.subtype != got.subtype:
            yield Error("wrong subtype", start, end, f"{want.subtype} → {got.subtype}")
        if i not in named:
            yield Error("other canonical name", start, end, f"{_one_line(want.name)} → {_one_line(got.name)}")
    for group, one, many in (
        ("one entity taken apart", truth, answer),
        ("several entities taken for one", answer, truth),
    ):
        for entity in one.entities:
            parts = [other.name for other in many.entities if entity.mentions & other.mentions]
            if len(parts) > 1:
                start, end = entity.spans[0]
                yield Error(group, start, end, " + ".join(map(_one_line, parts)))


def _one_line(text: str) -> str:
    return " ".join(text.split())
