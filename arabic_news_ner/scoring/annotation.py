"""One annotated text (the truth or an answer): entities with their mentions, roles with their holders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from arabic_news_ner.types import Article, Role


class MentionKey(NamedTuple):
    """A mention is right if these agree: both bounds and the label (PER, ORG, LOC or a label of the file)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """One entity of one text: its canonical name, every form it is known by, the bounds of its mentions."""

    label: str
    subtype: str | None
    name: str
    spans: tuple[tuple[int, int], ...]
    forms: frozenset[str]

    @property
    def mentions(self) -> frozenset[MentionKey]:
        """The mentions as they are compared."""
        return frozenset(MentionKey(start, end, self.label) for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A role phrase and the position of its holder among the entities of the text; ``None``: not named.

    ``score`` is the probability that an answer gave this holder; two spans are compared without it.
    """

    start: int
    end: int
    holder: int | None
    score: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A text with its entities and roles, offsets in code points, half-open.

    ``scores`` holds the probability that the tagger gave each of its mentions; it is empty for the truth.
    """

    id: str
    text: str
    entities: tuple[NamedEntity, ...]
    roles: tuple[RoleSpan, ...] = ()
    scores: Mapping[MentionKey, float] = field(default_factory=dict)

    @property
    def mentions(self) -> frozenset[MentionKey]:
        """Every mention of the text."""
        return frozenset(mention for entity in self.entities for mention in entity.mentions)

    @property
    def words(self) -> int:
        """Stretches of the text between blanks."""
        return len(self.text.split())


def from_article(identifier: str, article: Article) -> Annotation:
    """An article of the library as an annotation; ids of entities become positions."""
    entities = tuple(
        NamedEntity(
            e.label, e.subtype, e.name, tuple((m.start, m.end) for m in e.mentions), frozenset({e.name, *e.forms})
        )
        for e in article.entities
    )
    roles = [_role(role, number) for number, entity in enumerate(article.entities) for role in entity.roles]
    roles += [_role(role, None) for role in article.roles]
    scores = {
        MentionKey(m.start, m.end, e.label): m.score
        for e in article.entities
        for m in e.mentions
        if m.score is not None
    }
    return Annotation(identifier, article.text, entities, tuple(sorted(roles, key=lambda r: (r.start, r.end))), scores)


def from_spans(value: Mapping[str, Any]) -> Annotation:
    """A record of the project's annotated files: ``text``, ``entities``, ``spans``, ``roles``.

    :raises KeyError, IndexError, TypeError, ValueError: if it is not one.
    """
    text = value["text"]
    bounds: list[list[tuple[int, int]]] = [[] for _ in value["entities"]]
    for start, end, _label, _subtype, entity, *_ in value["spans"]:
        bounds[entity].append((start, end))
    entities = tuple(
        NamedEntity(label.upper(), subtype, name, tuple(spans), frozenset({name, *(text[a:b] for a, b in spans)}))
        for (label, subtype, name), spans in zip(value["entities"], bounds, strict=True)
    )
    roles = tuple(RoleSpan(start, end, holder) for start, end, holder in value.get("roles", ()))
    return Annotation(str(value["id"]), text, entities, roles)


def _role(role: Role, holder: int | None) -> RoleSpan:
    return RoleSpan(role.start, role.end, holder, role.holder_score)
