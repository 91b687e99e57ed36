"""Two readings of one text side by side: two models, or a model and an annotation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal, cast

from arabic_news_ner.errors import InputError
from arabic_news_ner.show import html
from arabic_news_ner.show.wording import Wording
from arabic_news_ner.types import SUBTYPES, Article, Entity, Label, Mention, Role

#: A reading: an article, or only the spans of one as ``(start, end, label)``.
Reading = Article | Iterable[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """The answers of two readings for one part of the text; ``None`` if a reading marks nothing there.

    ``what`` is ``"mention"`` (``a`` and ``b`` are labels) or ``"role"`` (they are the names of the holders, ``""`` where none
    is named). ``a_span`` and ``b_span`` are the marked ``(start, end)``.
    """

    what: Literal["mention", "role"]
    a_span: tuple[int, int] | None
    b_span: tuple[int, int] | None
    a: str | None
    b: str | None

    @property
    def start(self) -> int:
        """Where the first of the two spans starts."""
        return min(span[0] for span in (self.a_span, self.b_span) if span)

    @property
    def end(self) -> int:
        """Where the last of the two spans ends."""
        return max(span[1] for span in (self.a_span, self.b_span) if span)


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """Two readings of a text. In a notebook it shows itself; :meth:`to_html` gives a page."""

    a: Article
    b: Article
    names: tuple[str, str]
    #: In the order of the text.
    differences: tuple[Difference, ...]
    same_mentions: int
    same_roles: int

    def __repr__(self) -> str:
        return (
            f"<Comparison of {self.names[0]} and {self.names[1]}: same mentions {self.same_mentions}, "
            f"same roles {self.same_roles}, differences {len(self.differences)}>"
        )

    def to_html(self, *, language: str = "en") -> str:
        """The comparison as a page of HTML, one file without others.

        :param language: of the words around the texts: ``"en"`` or ``"ar"``.
        :raises InputError: for another language.
        """
        wording = Wording(language)
        title = " / ".join(self.names)
        content = f"<h1>{html.escape(title)}</h1>"
        return html.page(
            title,
            f'<header class="page-head">{content}</header><main>{_body([self], wording, level=2)}</main>',
            wording,
        )

    def _repr_html_(self) -> str:
        return f"<style>{html.asset('view.css')}</style>{_body([self], Wording('en'), level=None)}"


def compare(a: Reading, b: Reading, *, names: tuple[str, str] = ("a", "b")) -> Comparison:
    """Two readings of one text, side by side, with a list of what differs.

    :param a: and ``b``: articles of the same text; one of them may be ``(start, end, label)`` spans of an annotation.
        These have no roles, so only mentions are then compared.
    :param names: what the two are called in the view, such as ``("base", "gold")``.
    :raises InputError: if the texts differ, no text is given, or a span does not fit.
    """
    if len(names) != 2:
        raise InputError(f"names is {names!r}; it takes two, one for each reading")
    first = a if isinstance(a, Article) else None
    second = b if isinstance(b, Article) else None
    if first is None and second is None:
        raise InputError("both readings are spans; one of them must be an Article, which has the text")
    text = (first or cast(Article, second)).text
    one = first if first is not None else from_spans(text, cast("Iterable[tuple[int, int, str]]", a))
    two = second if second is not None else from_spans(text, cast("Iterable[tuple[int, int, str]]", b))
    if one.text != two.text:
        pairs = enumerate(zip(one.text, two.text, strict=False))
        place = next((n for n, (x, y) in pairs if x != y), min(len(one.text), len(two.text)))
        raise InputError(
            f"the texts differ from code point {place} on: {one.text[place : place + 20]!r} and "
            f"{two.text[place : place + 20]!r}; compare two readings of the same text"
        )
    mentions, same_mentions = _mention_differences(one, two)
    roles, same_roles = _role_differences(one, two) if first and second else ([], 0)
    differences = tuple(sorted((*mentions, *roles), key=lambda d: (d.start, d.end, d.what)))
    return Comparison(one, two, (str(names[0]), str(names[1])), differences, same_mentions, same_roles)


def from_spans(text: str, spans: Iterable[tuple[int, int, str]]) -> Article:
    """An article from the spans of an annotation: ``(start, end, label)``, an entity for each name and label.

    :raises InputError: if a span leaves the text or its label is none of PER, ORG, LOC.
    """
    found: dict[tuple[str, str], list[Mention]] = {}
    for span in spans:
        try:
            start, end, label = span
        except (TypeError, ValueError) as error:
            raise InputError(f"a span is {span!r}; it takes (start, end, label)") from error
        label = label.upper() if isinstance(label, str) else label
        if label not in SUBTYPES:
            raise InputError(f"the label of span {start}:{end} is {label!r}; it is one of {', '.join(SUBTYPES)}")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            raise InputError(f"the span {start!r}:{end!r} is empty or leaves the text of {len(text)} code points")
        found.setdefault((label, text[start:end]), []).append(Mention(start, end, text[start:end]))
    entities = tuple(
        Entity(f"e{number}", cast(Label, label), None, " ".join(name.split()), tuple(sorted(mentions, key=_bounds)))
        for number, ((label, name), mentions) in enumerate(found.items(), 1)
    )
    return Article(text, entities=entities)


def _bounds(item: Mention | Role) -> tuple[int, int]:
    return item.start, item.end


def _mention_differences(a: Article, b: Article) -> tuple[list[Difference], int]:
    """What differs in mentions, and how many are the same in bounds and label."""
    mine, theirs = ({(m.start, m.end): e.label for m, e in article.mentions()} for article in (a, b))
    same = sum(theirs.get(bounds) == label for bounds, label in mine.items())
    only_mine = {k: v for k, v in mine.items() if theirs.get(k) != v}
    only_theirs = {k: v for k, v in theirs.items() if mine.get(k) != v}
    return _paired(only_mine, only_theirs, "mention"), same


def _role_differences(a: Article, b: Article) -> tuple[list[Difference], int]:
    """What differs in roles, and how many are the same in bounds and holder. An entity has other ids and perhaps another name
    in the other reading: holders are the same where they share a mention."""
    mine, theirs = _holders(a), _holders(b)

    def same(bounds: tuple[int, int]) -> bool:
        if bounds not in mine or bounds not in theirs:
            return False
        one, two = mine[bounds], theirs[bounds]
        if one is None or two is None:
            return one is two
        return bool({_bounds(m) for m in one.mentions} & {_bounds(m) for m in two.mentions})

    def named(holders: dict[tuple[int, int], Entity | None]) -> dict[tuple[int, int], str]:
        return {k: e.name if e else "" for k, e in holders.items() if not same(k)}

    return _paired(named(mine), named(theirs), "role"), sum(map(same, mine))


def _holders(article: Article) -> dict[tuple[int, int], Entity | None]:
    held = {_bounds(role): entity for entity in article.entities for role in entity.roles}
    return {**{_bounds(role): None for role in article.roles}, **held}


def _paired(
    mine: Mapping[tuple[int, int], str], theirs: Mapping[tuple[int, int], str], what: Literal["mention", "role"]
) -> list[Difference]:
    """Spans of one side with those of the other: with the same bounds where there is one, else with the first that shares a
    letter with it; those that have no partner alone."""
    same = mine.keys() & theirs.keys()
    found = [Difference(what, bounds, bounds, mine[bounds], theirs[bounds]) for bounds in sorted(same)]
    order = sorted(theirs.keys() - same)
    free = set(order)
    first = 0
    for start, end in sorted(mine.keys() - same):
        while first < len(order) and order[first][1] <= start:
            first += 1  # it ends before this span and all after it
        partner = _overlapping(order, first, start, end, free)
        if partner is None:
            found.append(Difference(what, (start, end), None, mine[start, end], None))
        else:
            free.remove(partner)
            found.append(Difference(what, (start, end), partner, mine[start, end], theirs[partner]))
    return found + [Difference(what, None, bounds, None, theirs[bounds]) for bounds in order if bounds in free]


def _overlapping(
    order: Sequence[tuple[int, int]], first: int, start: int, end: int, free: Set[tuple[int, int]]
) -> tuple[int, int] | None:
    """The first free span of ``order``, from number ``first`` on, that overlaps ``start`` to ``end``."""
    for number in range(first, len(order)):
        if order[number][0] >= end:
            return None
        if order[number][1] > start and order[number] in free:
            return order[number]
    return None


def comparisons_page(comparisons: Iterable[Comparison], title: str, *, language: str = "en") -> str:
    """Several comparisons as one page, one under the other."""
    wording = Wording(language)
    head = f'<header class="page-head"><h1>{html.escape(title)}</h1></header>'
    return html.page(title, f"{head}<main>{_body(list(comparisons), wording, level=2)}</main>", wording)


def _body(comparisons: list[Comparison], wording: Wording, level: int | None) -> str:
    blocks = []
    for number, comparison in enumerate(comparisons):
        blocks.append(
            f'<div class="ann ann-wide" lang="{wording.language}" dir="{wording.direction}">'
            + html.head(comparison.a, wording, level)
            + html.legend(wording, only=True)
            + _texts(comparison, wording, level, number)
            + _table(comparison, wording, level)
            + _lists(comparison, wording, level, number)
            + "</div>"
        )
    return "".join(blocks)


def _texts(comparison: Comparison, wording: Wording, level: int | None, number: int) -> str:
    """The text of each side with its marks."""
    sides = []
    for side, article, name in _both(comparison):
        spans = [(d.what, d.a_span if side == "a" else d.b_span) for d in comparison.differences]
        outlined = {(what, *span) for what, span in spans if span}
        text = html.marked_text(article, wording, _unique(article, number, side), outlined=outlined)
        sides.append(f"<section>{html.titled(name, _below(level), 'ann-title')}{text}</section>")
    return f'<div class="ann-pair">{"".join(sides)}</div>'


def _lists(comparison: Comparison, wording: Wording, level: int | None, number: int) -> str:
    """The entities of each side."""
    sides = []
    for side, article, name in _both(comparison):
        entities = html.lists(article, wording, _unique(article, number, side), _below(_below(level)))
        sides.append(f"<section>{html.titled(name, _below(level), 'ann-title')}{entities}</section>")
    return f'<div class="ann-pair">{"".join(sides)}</div>'


def _both(comparison: Comparison) -> tuple[tuple[str, Article, str], tuple[str, Article, str]]:
    return ("a", comparison.a, comparison.names[0]), ("b", comparison.b, comparison.names[1])


def _unique(article: Article, number: int, side: str) -> str:
    return f"{html.identifier(article)}-{number}{side}"


def _below(level: int | None) -> int | None:
    return None if level is None else level + 1


def _table(comparison: Comparison, wording: Wording, level: int | None) -> str:
    title = html.titled(wording["differences"], _below(level), "ann-title")
    same = wording["same"].format(same=comparison.same_mentions, roles=comparison.same_roles)
    if not comparison.differences:
        return f"{title}<p>{same} {wording['none']}</p>"

    def cell(what: str, span: tuple[int, int] | None, value: str | None) -> str:
        if span is None or value is None:
            return wording["nothing"]
        said = wording[value] if what == "mention" else f"{wording['holder']}: {value or wording['nobody']}"
        text = " ".join(comparison.a.text[slice(*span)].split())
        return f'<bdi lang="ar">{html.escape(text)}</bdi><span class="ann-more">{html.escape(said)}</span>'

    rows = "".join(
        f'<tr><th scope="row"><bdi dir="ltr">{d.start}–{d.end}</bdi></th><td>{cell(d.what, d.a_span, d.a)}</td>'
        f"<td>{cell(d.what, d.b_span, d.b)}</td></tr>"
        for d in comparison.differences
    )
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in (wording["place"], *comparison.names))
    return (
        f'{title}<div class="ann-table" tabindex="0" role="region" aria-label="{wording["differences"]}">'
        f"<table><caption>{same}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
