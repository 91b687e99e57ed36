"""Is an entity of this article one that the archive knows? Keys to look under, and which of those found it is.

An identifier of the knowledge base settles it: of places, of the tables of organizations and leaders, of Wikidata. A name that
organizations of several countries bear (``الأهلي``) and that an article leaves open is never taken for one of them. Otherwise
names are compared in the one spelling of :mod:`arabic_news_ner.archive.fold`:

- a **person** with a full name is looked for under the whole name, then under the sound of its first and last part, then under
  that of the last; it is the one whose name is the same, another spelling, or the same with names left out, where only
  one such person is known. A single name (``اللافي``) never becomes a fuller one: it is the same single name of
  another article.
- an **organization** is looked for under the stems of its words, then under their sound. Organizations of a state whose name
  says nothing of the state (``وزارة الخارجية``) are told apart by the country that the article is mostly about.
- a **place** without a link is looked for under its name, then under its sound, and that country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arabic_news_ner.archive import fold
from arabic_news_ner.coref.organization_match import stems
from arabic_news_ner.coref.person_match import MatchKind, family_of, match
from arabic_news_ner.coref.spelling_variants import spelling_variant
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.mentions.person_names import NamePart, parse_words, without_titles
from arabic_news_ner.text.words import bare, split_words
from arabic_news_ner.types import Article, Entity

#: Subtypes of organizations of which every state has one of the same name.
_OF_STATES = frozenset({"government", "military", "education"})


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the archive that has one of the keys; ``exact``: the first of them, the name itself."""

    id: int
    name: str
    country: str | None
    exact: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """The entity that it is, and why; ``None`` for a new one."""

    id: int | None
    reason: str


def country_of(entity: Entity, article: Article) -> str | None:
    """The country that tells an entity from others of its name, where one does: ISO 3166-1, two letters."""
    if entity.label == "PER" or (entity.label == "ORG" and entity.subtype not in _OF_STATES):
        return None
    return article.countries[0].iso2 if article.countries else None


def keys_of(label: str, name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The keys under which an entity is kept and looked for: its name, then what spellings of it share."""
    if label == "PER":
        return _person_keys(name, lexicon)
    words = fold.words(name)
    if label == "ORG":
        words = stems(words, lexicon)
        exact = " ".join(words)
    else:
        exact = fold.same_name(name)
    return f"= {exact}", f"~ {' '.join(fold.sound(word) for word in words)}"


def _person_keys(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    parts = _parse(name, lexicon)
    exact = fold.same_name(" ".join(_untitled(name, lexicon))) or fold.plain(name)
    if len(parts) < 2:
        return f"1= {exact}", f"1~ {fold.sound(parts[0].core if parts else exact)}"
    family = fold.sound(family_of(parts).core)
    return f"= {exact}", f"~ {fold.sound(parts[0].core)} {family}", f"- {family}"


def _untitled(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The folded words of a person's name without the titles before it; the lexicon knows titles in their plain fold."""
    words, plain = fold.words(name), split_words(name)
    titles = len(plain) - len(without_titles(plain, lexicon))
    return words[titles:] if len(words) == len(plain) else words


def _parse(name: str, lexicon: Lexicon) -> tuple[NamePart, ...]:
    return parse_words(_untitled(name, lexicon), lexicon)


def is_shared(entity: Entity, knowledge: Knowledge) -> bool:
    """The name means an organization or leader only with its country: ``الأهلي``, ``حزب العدالة والتنمية``."""
    entries = knowledge.aliases(split_words(entity.name), entity.label)
    return any(entry.requires_country for entry in entries)


def recognize(entity: Entity, country: str | None, known: Sequence[Known], lexicon: Lexicon) -> Identity:
    """Which of the known entities with the same label and one of its keys it is."""
    if entity.label == "PER":
        return _person(entity, known, lexicon)
    same = [k for k in known if k.country == country or k.country is None or country is None]
    for reason, close in (
        ("same name", [k for k in same if k.exact]),
        ("other spelling", [k for k in same if not k.exact and _other_spelling(entity.name, k.name)]),
    ):
        likeliest = [k for k in close if k.country == country] or close
        if len(likeliest) == 1 or (likeliest and entity.label == "LOC"):
            return Identity(likeliest[0].id, reason if country is None else f"{reason} and country ({country})")
        if likeliest:
            break
    return Identity(None, "new")


def _other_spelling(a: str, b: str) -> bool:
    first, second = fold.words(a), fold.words(b)
    return len(first) == len(second) and all(spelling_variant(x, y) for x, y in zip(first, second, strict=True))


def _person(entity: Entity, known: Sequence[Known], lexicon: Lexicon) -> Identity:
    parts = _parse(entity.name, lexicon)
    best: list[tuple[MatchKind, Known, str]] = []
    for other in known:
        others = _parse(other.name, lexicon)
        found = match(parts, others) if len(parts) <= len(others) else match(others, parts)
        if found is None or found.kind < MatchKind.SEVERAL_PARTS:
            continue
        if _numbers(parts) != _numbers(others) or _given_name_and_family_name(parts, others):
            continue
        if found.kind == MatchKind.SAME:
            return Identity(other.id, found.reason)
        best.append((found.kind, other, found.reason))
    if not best:
        return Identity(None, "new")
    top = max(kind for kind, _, _ in best)
    likeliest = [row for row in best if row[0] == top]
    if top < MatchKind.SPELLING and len(likeliest) > 1:
        return Identity(None, "new")
    _, other, reason = likeliest[0]
    return Identity(other.id, reason)


def _numbers(parts: Sequence[NamePart]) -> list[str]:
    """``جورج بوش الابن`` is not ``جورج بوش``, who may be the father."""
    return [part.core for part in parts if part.kind == "number"]


def _given_name_and_family_name(a: Sequence[NamePart], b: Sequence[NamePart]) -> bool:
    """``حسن`` and ``الحسن``, each the only name that an article gives: the article tells a family name from a given name.

    Not of a nisba, which is a family name with it and without it: ``سليماني/السليماني``.
    """
    if len(a) != 1 or len(b) != 1 or a[0].core == b[0].core or bare(a[0].core) != bare(b[0].core):
        return False
    return not (len(bare(a[0].core)) >= 5 and a[0].core.endswith("ي"))
