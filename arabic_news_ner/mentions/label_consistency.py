"""One form, one label: what a form is in an article where the tagger calls it two things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from arabic_news_ner.mentions.person_names import parse_words
from arabic_news_ner.mentions.spans import MentionSpan
from arabic_news_ner.mentions.surface_forms import heaviest
from arabic_news_ner.types import Label

#: A label loses nothing where it has this many mentions of a form, with this mean score: الرياض the city, and the
#: newspaper.
_SURE_MENTIONS = 2
_SURE_SCORE = 0.9
#: The weight of a mention without a score.
_UNSCORED = 0.5


def unify_form_labels(found: Sequence[MentionSpan]) -> list[MentionSpan]:
    """Give each form the label that most of its mentions speak for, weighed by their scores.

    ``الموساد``, once LOC (0.33) and once ORG (0.92), is ORG twice. A person's full name speaks for the family name.
    What is surely two things stays two: two mentions or more of a mean score of 0.9 or more for the second label.
    A mention that changes its label takes subtype and mean score of the label's mentions.
    """
    by_form: dict[tuple[str, ...], dict[Label, list[MentionSpan]]] = defaultdict(lambda: defaultdict(list))
    for m in found:
        by_form[m.form.words][m.label].append(m)
    families = _family_weights(found)
    torn = {words: labels for words, labels in by_form.items() if len(labels) > 1 or words in families}
    if not torn:
        return list(found)
    winners = {words: _winner(labels, families.get(words, 0.0)) for words, labels in torn.items()}
    out = []
    for m in found:
        winner = winners.get(m.form.words)
        if winner is None or m.label == winner or _sure(torn[m.form.words][m.label]):
            out.append(m)
        else:
            rows = torn[m.form.words].get(winner) or _full_names(found, m.form.words)
            out.append(_relabelled(m, winner, rows))
    return out


def _weight(m: MentionSpan) -> float:
    return _UNSCORED if m.score is None else m.score


def _winner(labels: dict[Label, list[MentionSpan]], family: float) -> Label:
    sums = {label: sum(map(_weight, rows)) for label, rows in labels.items()}
    if family:
        sums["PER"] = sums.get("PER", 0.0) + family
    return max(sums, key=sums.__getitem__)


def _sure(rows: Sequence[MentionSpan]) -> bool:
    return len(rows) >= _SURE_MENTIONS and sum(map(_weight, rows)) >= _SURE_SCORE * len(rows)


def _family_weights(found: Sequence[MentionSpan]) -> dict[tuple[str, ...], float]:
    """For each last word of a person's full name, what the full names weigh."""
    weights: dict[tuple[str, ...], float] = defaultdict(float)
    for m in found:
        if _is_full_name(m):
            weights[m.form.words[-1:]] += _weight(m)
    return weights


def _is_full_name(m: MentionSpan) -> bool:
    return m.label == "PER" and len(parse_words(m.form.words)) > 1


def _full_names(found: Sequence[MentionSpan], family: tuple[str, ...]) -> list[MentionSpan]:
    return [m for m in found if _is_full_name(m) and m.form.words[-1:] == family]


def _relabelled(m: MentionSpan, label: Label, rows: Sequence[MentionSpan]) -> MentionSpan:
    scores = [r.score for r in rows if r.score is not None]
    mean = round(sum(scores) / len(scores), 4) if len(scores) == len(rows) else None
    return replace(m, label=label, subtype=heaviest((r.subtype, _weight(r)) for r in rows), score=mean)
