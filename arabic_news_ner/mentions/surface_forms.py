"""The distinct forms of the names of an article, each with its mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from arabic_news_ner.mentions.settings import UNSCORED
from arabic_news_ner.mentions.spans import MentionSpan
from arabic_news_ner.types import Label


@dataclass(slots=True)
class SurfaceForm:
    """All mentions of one label with the same folded words; ``number`` counts forms by first appearance."""

    number: int
    label: Label
    words: tuple[str, ...]
    mentions: list[MentionSpan] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The start of the first mention."""
        return self.mentions[0].start

    @property
    def surface(self) -> str:
        """The spelling with the fewest marks, then the most frequent, then the one with more hamzas, then the first."""
        surfaces = [m.form.surface for m in self.mentions]
        if surfaces.count(surfaces[0]) == len(surfaces):
            return surfaces[0]
        counts = Counter(surfaces)
        return min(counts, key=lambda s: (sum(not c.isalnum() for c in s), -counts[s], -sum(map(s.count, "أإآؤئ"))))

    @property
    def subtype(self) -> str | None:
        """The subtype of most mentions, weighted by their scores."""
        return heaviest((m.subtype, weight(m)) for m in self.mentions)


def weight(mention: MentionSpan) -> float:
    """The weight of a mention in a vote: its score."""
    return UNSCORED if mention.score is None else mention.score


def mean_score(mentions: Sequence[MentionSpan]) -> float | None:
    """The mean score of some mentions, to four places; ``None`` if one of them has no score."""
    scores = [m.score for m in mentions if m.score is not None]
    return round(sum(scores) / len(scores), 4) if scores and len(scores) == len(mentions) else None


def heaviest(votes: Iterable[tuple[str | None, float]]) -> str | None:
    """The value with the highest sum of weights, the earliest of equals; ``None`` does not vote."""
    sums: dict[str, float] = {}  # in order of first appearance
    for value, weight in votes:
        if value is not None:
            sums[value] = sums.get(value, 0.0) + weight
    if len(sums) < 2:
        return next(iter(sums), None)
    return max(sums, key=sums.__getitem__)


def surface_forms(found: Sequence[MentionSpan]) -> list[SurfaceForm]:
    """The forms of each label, in order of first appearance. ``found`` is in text order."""
    forms: dict[tuple[str, tuple[str, ...]], SurfaceForm] = {}
    for mention in found:
        key = (mention.label, mention.form.words)
        form = forms.get(key)
        if form is None:
            form = forms[key] = SurfaceForm(len(forms), mention.label, mention.form.words)
        form.mentions.append(mention)
    return list(forms.values())
