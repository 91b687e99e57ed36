"""Which entity each keyword of an article names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from arabic_news_ner.coref.organization_match import match_organizations
from arabic_news_ner.coref.person_match import MatchKind, compatible
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Entity


def match_keywords(keywords: Iterable[str], entities: Sequence[Entity], lexicon: Lexicon) -> tuple[str | None, ...]:
    """The id of the entity of each keyword, in order; ``None`` if it names none.

    A form that the article uses counts first (``المجلس الرئاسي``), then a name that is the same in another spelling or length
    (``محمد
    يونس المنفي`` for ``محمد المنفي``). Where it could be two, it is none.
    """
    by_form: dict[tuple[str, ...], str] = {}
    for entity in entities:  # by salience: the first to have a form keeps it
        for form in (entity.name, *entity.forms):
            by_form.setdefault(split_words(form), entity.id)
    return tuple(_match(keyword, by_form, entities, lexicon) for keyword in keywords)


def _match(
    keyword: str, by_form: dict[tuple[str, ...], str], entities: Sequence[Entity], lexicon: Lexicon
) -> str | None:
    words = split_words(keyword)
    if not words:
        return None
    if words in by_form:
        return by_form[words]
    spelling_variant = [entity.id for entity in entities if _may_name(keyword, words, entity, lexicon)]
    return spelling_variant[0] if len(spelling_variant) == 1 else None


def _may_name(keyword: str, words: tuple[str, ...], entity: Entity, lexicon: Lexicon) -> bool:
    own = split_words(entity.name)
    if len(words) < 2 or len(own) < 2:
        return False
    if entity.label == "PER":
        match = compatible(keyword, entity.name, lexicon)
    else:
        short, long = sorted((words, own), key=len)
        match = match_organizations(short, long, entity.label, (None, entity.subtype), lexicon)
    return match is not None and match.kind in (MatchKind.SAME, MatchKind.SPELLING, MatchKind.SEVERAL_PARTS)
