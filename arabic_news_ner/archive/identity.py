"""Does the archive know an entity of this article? The keys for the lookup, and the choice among the candidates.

An identifier of the knowledge base decides: of places, of the tables of organizations and people, or of Wikidata. A
name shared by organizations of several countries (``الأهلي``) is never merged unless the article disambiguates it.
Otherwise names are compared in the spelling of :mod:`arabic_news_ner.archive.fold`:

- a **person** with a full name is looked for under the whole name, then under the sound of its first and last part, then under
  that of the last; it is the entry with the same name, another spelling, or the same name with parts left out, if only
  one such person is known. A single name (``اللافي``) never joins a fuller one; it only joins the same single name of
  another article.
- an **organization** is looked for under the stems of its words, then under their sound. State organizations without
the state in their name (``وزارة الخارجية``) are separated by the main country of the article.
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

#: Subtypes of organizations with the same name in every state.
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
    """The country that separates an entity from others of its name, if there is one: ISO 3166-1, two letters."""
    if entity.label == "PER" or (entity.label == "ORG" and entity.subtype not in _OF_STATES):
        return None
    return article.countries[0].iso2 if article.countries else None


def keys_of(label: str, name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The keys of an entity: its name, then the keys of its spellings."""
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
    """``حسن`` and ``الحسن`` as the only names in their articles: the definite article separates a family name from a
    given name.

    Not of a nisba, which is a family name with it and without it: ``سليماني/السليماني``.
    """
    if len(a) != 1 or len(b) != 1 or a[0].core == b[0].core or bare(a[0].core) != bare(b[0].core):
        return False
    return not (len(bare(a[0].core)) >= 5 and a[0].core.endswith("ي"))
