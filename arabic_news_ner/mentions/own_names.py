"""Find the names of the caller's own list: whole words, without attached letters, checked with the tagger's
probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arabic_news_ner.linking.own_names import OwnNames
from arabic_news_ner.mentions.rescan import TagProbabilities
from arabic_news_ner.mentions.settings import LEAST_CHANCE_OF_LISTED
from arabic_news_ner.mentions.spans import Form, MentionSpan, clean_surface
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.text.clitics import after_letters, readings


def find_own_names(
    index: WordIndex, found: Sequence[MentionSpan], names: OwnNames, evidence: TagProbabilities | None
) -> list[MentionSpan]:
    """Add mentions of the caller's names. The result is in text order, without overlaps.

    If the tagger found the name with the same bounds, the mention takes the label of the list. Otherwise the name
    becomes a mention if the tagger's probability for this label is high enough there; without probabilities, only a
    name of several words does. A longer name of the list replaces a shorter mention of the tagger; a longer mention of
    the tagger stays.
    """
    owner: dict[int, MentionSpan] = {word: m for m in found for word in range(m.first, m.last)}
    dropped: set[int] = set()
    added: list[MentionSpan] = []
    free = 0
    for hit in _hits(index, names):
        if hit.first < free:
            continue
        inside = list({id(m): m for m in (owner.get(w) for w in range(hit.first, hit.last)) if m is not None}.values())
        if any(m.first < hit.first or m.last > hit.last for m in inside):
            continue
        same = next((m for m in inside if (m.first, m.last) == (hit.first, hit.last)), None)
        if same is not None and same.label == hit.label and same.form.words == hit.form.words:
            free = hit.last
            continue
        sure = any(m.label == hit.label for m in inside) or _is_name(index, hit, evidence)
        if sure:
            dropped |= {id(m) for m in inside}
            added.append(hit)
            free = hit.last
    return sorted([*(m for m in found if id(m) not in dropped), *added], key=lambda m: m.start)


def _is_name(index: WordIndex, hit: MentionSpan, evidence: TagProbabilities | None) -> bool:
    if evidence is None:
        return hit.last - hit.first > 1
    return (
        evidence.chance(index, hit.first, hit.last, hit.label) >= LEAST_CHANCE_OF_LISTED[min(hit.last - hit.first, 2)]
    )


def _hits(index: WordIndex, names: OwnNames) -> Iterator[MentionSpan]:
    """The longest name that begins at each word, with or without attached letters before it."""
    for word, folded in enumerate(index.folded):
        for reading in readings(folded):
            length = names.longest_at(index.folded, reading.stem, word) if reading.stem in names else 0
            if not length or not all(index.joined[word + 1 : word + length]):
                continue
            words = (reading.stem, *index.folded[word + 1 : word + length])
            row = names.named(words)[0]
            start = after_letters(index.text, len(reading.prefix), index.starts[word])
            end = index.ends[word + length - 1]
            surface = clean_surface(index.text[start:end])
            lost = len(reading.prefix) and not folded.endswith(reading.stem)
            form = Form(row.names[0] if lost else surface, words)
            yield MentionSpan(start, end, word, word + length, row.label, row.subtype, None, form, seen=False)
            break
