"""Can two forms be names of one person, and how sure is that?

The test looks at the two forms alone. ``resolve`` decides which of several people of an article a short form means, with
the context of the article.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from arabic_news_ner.coref.spelling_variants import spelling_variant
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.mentions.person_names import NamePart, parse


class MatchKind(IntEnum):
    """What two forms share, from the weakest evidence to the strongest.

    ``INNER_PART``: a middle name, or words left out; ``FIRST_PART``: a given name or first word; ``MAIN_PART``: a family name,
    or all but the head noun; ``RULER_NAME``: the given name of a ruler after a title; ``SEVERAL_PARTS``: more than one part.
    """

    INNER_PART = 1
    FIRST_PART = 2
    MAIN_PART = 3
    RULER_NAME = 4
    SEVERAL_PARTS = 5
    SPELLING = 6
    SAME = 7


@dataclass(frozen=True, slots=True)
class Match:
    """Why two forms can name the same entity."""

    kind: MatchKind
    reason: str


def compatible(a: str, b: str, lexicon: Lexicon) -> Match | None:
    """Can the two forms name one person? ``None`` if not; otherwise how sure, and the reason in words.

    >>> from arabic_news_ner.lexicon import Lexicon
    >>> lexicon = Lexicon.load()
    >>> compatible("عبد الله اللافي", "اللافي", lexicon).reason
    'family name of a longer form'
    >>> compatible("محمد بن سلمان", "سلمان بن عبدالعزيز", lexicon) is None
    True
    """
    first, second = parse(a, lexicon), parse(b, lexicon)
    return match(first, second) if len(first) <= len(second) else match(second, first)


def match(short: tuple[NamePart, ...], long: tuple[NamePart, ...]) -> Match | None:
    """:func:`compatible` on parsed forms, ``short`` with at most as many parts as ``long``."""
    if not short:
        return None
    if len(short) == len(long):
        return _same_length(short, long)
    if len(short) == 1:
        return _one_part(short[0], long)
    return _shorter(short, long)


def same_part(a: NamePart, b: NamePart) -> str | None:
    """Two spellings of one part: same particle, cores that are spelling variants. An initial matches any name that
    begins with it."""
    if "initial" in (a.kind, b.kind):
        if a.kind == b.kind:
            return "same spelling" if a.core == b.core else None
        return "initial" if a.core[0] == b.core[0] else None
    if a.kind != b.kind:
        return "same spelling" if a.key == b.key else None
    if a.kind in ("number", "servant") and a.core != b.core:
        return None
    return spelling_variant(a.core, b.core)


def _same_length(a: tuple[NamePart, ...], b: tuple[NamePart, ...]) -> Match | None:
    reasons: list[str] = []
    for x, y in zip(a, b, strict=True):
        reason = same_part(x, y) or (son_left_out(x, y) if reasons else None)
        if reason is None:
            return None
        reasons.append(reason)
    if given_name_differs(a, b):
        return None
    different = [r for r in reasons if r != "same spelling"]
    if not different:
        return Match(MatchKind.SAME, "same form")
    return Match(MatchKind.SPELLING, f"other spelling ({', '.join(dict.fromkeys(different))})")


def given_name_differs(a: tuple[NamePart, ...], b: tuple[NamePart, ...]) -> bool:
    """A given name with an article is another name: ``الحسن الوزير`` is not ``حسن الوزير``.

    Only where a family name follows: a form of one part may be a family name (``العامري/عامري``).
    """
    return len(a) > 1 and a[0].kind == b[0].kind == "name" and a[0].core.startswith("ال") != b[0].core.startswith("ال")


def son_left_out(a: NamePart, b: NamePart) -> str | None:
    """``عبد الباسط بن حسن`` is ``عبد الباسط حسن``: بن may be left out after the given name."""
    if {a.kind, b.kind} <= {"son", "name", "servant", "kunya"} and (a.kind == "son") != (b.kind == "son"):
        return "بن left out" if spelling_variant(a.core, b.core) else None
    return None


def _one_part(part: NamePart, long: tuple[NamePart, ...]) -> Match | None:
    """A family name, a kunya, a patronymic or a given name for the whole."""
    if part.kind in ("number", "initial"):
        return None
    last = family_of(long)
    if same_part(part, last):
        return Match(MatchKind.MAIN_PART, "family name of a longer form")
    for at, other in enumerate(long):
        if other.kind in ("initial", "number") or not same_part(part, other):
            continue
        if at == 0:
            return Match(MatchKind.FIRST_PART, "given name of a longer form")
        if other.kind in ("son", "kunya", "mother", "house"):
            return Match(MatchKind.MAIN_PART, "patronymic or kunya of a longer form")
        return Match(MatchKind.INNER_PART, "middle name of a longer form")
    return None


def family_of(parts: tuple[NamePart, ...]) -> NamePart:
    """The last part but for a number: of ``جورج بوش الابن`` it is بوش, of ``محمد السادس`` محمد."""
    for part in reversed(parts):
        if part.kind != "number":
            return part
    return parts[-1]


def _shorter(short: tuple[NamePart, ...], long: tuple[NamePart, ...]) -> Match | None:
    if all(same_part(x, y) for x, y in zip(short, long, strict=False)):
        return Match(MatchKind.SEVERAL_PARTS, "beginning of a longer form")
    if all(same_part(x, y) for x, y in zip(short[::-1], long[::-1], strict=False)):
        return Match(MatchKind.SEVERAL_PARTS, "end of a longer form")
    if not same_part(short[0], long[0]) or father_differs(short, long) or given_name_differs(short, long):
        return None
    at = 0
    for part in short:
        while at < len(long) and not (same_part(part, long[at]) or (at and son_left_out(part, long[at]))):
            at += 1
        if at == len(long):
            return None
        at += 1
    if at < len(long) and long[at].kind == "number":
        return None
    return Match(MatchKind.SEVERAL_PARTS, "longer form with names left out")


def father_differs(short: tuple[NamePart, ...], long: tuple[NamePart, ...]) -> bool:
    """``محمد بن عبدالعزيز`` is not ``محمد بن نايف بن عبدالعزيز``: what follows بن is the father, not an ancestor."""
    return short[1].kind == "son" and long[1].kind == "son" and not same_part(short[1], long[1])
