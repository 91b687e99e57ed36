"""One label for each form of an article, even if the tagger gave the form two labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.mentions.person_names import parse_words
from arabic_news_ner.mentions.settings import SURE_MENTIONS, SURE_SCORE
from arabic_news_ner.mentions.spans import MentionSpan
from arabic_news_ner.mentions.surface_forms import heaviest, mean_score, weight
from arabic_news_ner.types import Label


def unify_form_labels(found: Sequence[MentionSpan], lexicon: Lexicon) -> list[MentionSpan]:
    """Give each form the label of most of its mentions, weighted by their scores.

    ``الموساد``, once LOC (0.33) and once ORG (0.92), is ORG twice. A person's full name counts as a vote for the family
    name.
    Both labels are kept if the second has at least two mentions with a mean score of 0.9. A mention that changes its label
    takes the subtype and the mean score of the mentions that have the label.
    """
    by_form: dict[tuple[str, ...], dict[Label, list[MentionSpan]]] = defaultdict(lambda: defaultdict(list))
    full_names: dict[tuple[str, ...], list[MentionSpan]] = defaultdict(list)
    for m in found:
        by_form[m.form.words][m.label].append(m)
        if m.label == "PER" and len(parse_words(m.form.words, lexicon)) > 1:
            full_names[m.form.words[-1:]].append(m)
    torn = {words: labels for words, labels in by_form.items() if len(labels) > 1 or words in full_names}
    winners = {words: _winner(labels, full_names.get(words, ())) for words, labels in torn.items()}
    out = []
    for m in found:
        winner = winners.get(m.form.words, m.label)
        if m.label != winner and not _sure(torn[m.form.words][m.label]):
            rows = torn[m.form.words].get(winner) or full_names[m.form.words]
            subtype = heaviest((r.subtype, weight(r)) for r in rows)
            m = replace(m, label=winner, subtype=subtype, score=mean_score(rows))
        out.append(m)
    return out


def _winner(labels: dict[Label, list[MentionSpan]], full_names: Sequence[MentionSpan]) -> Label:
    sums = {label: sum(map(weight, rows)) for label, rows in labels.items()}
    if full_names:
        sums["PER"] = sums.get("PER", 0.0) + sum(map(weight, full_names))
    return max(sums, key=sums.__getitem__)


def _sure(rows: Sequence[MentionSpan]) -> bool:
    return len(rows) >= SURE_MENTIONS and sum(map(weight, rows)) >= SURE_SCORE * len(rows)
