"""The measures of accuracy, as pure functions of the truth and the answers to it, text by text.

All are micro averages: what is counted is summed over the texts before anything is divided.

* mentions: both bounds and the label are right;
* entity list: an entity of the answer has the name and label of a true one, each true one taken once;
* subtypes: the share of entities found whose subtype is right;
* roles: both bounds are right; *attached*: the holder is, too.

Clusters of mentions are scored in :mod:`arabic_news_ner.scoring.clusters`, probabilities in :mod:`benchmarks.calibration`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from arabic_news_ner.scoring.annotation import Annotation, MentionKey, NamedEntity
from arabic_news_ner.scoring.matching import largest_matching

Item = TypeVar("Item", bound=Hashable)
#: Blanks, vowel signs, tatweel, marks of direction and joiners: they differ between forms that are one name.
INVISIBLE = re.compile("[\\s\u064b-\u0652\u0670\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
#: A holder that is not a person of the truth; ``None`` means that the holder is not named.
STRANGER = -1


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall as two fractions, so that scores of texts can be added.

    ``hits`` of ``found`` answers are right; ``covered`` of ``wanted`` true items are found. The two numerators are one
    number for everything that is counted, and differ for measures that give parts of a point (B3).
    A fraction of nothing is 0, as in seqeval.
    """

    hits: float
    found: int
    covered: float
    wanted: int

    @classmethod
    def of(cls, right: float, found: int, wanted: int) -> Score:
        """The score of ``right`` items in ``found`` answers to ``wanted`` true ones."""
        return cls(right, found, right, wanted)

    @property
    def precision(self) -> float:
        """From 0 to 1."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """From 0 to 1."""
        return self.covered / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.hits + other.hits, self.found + other.found, self.covered + other.covered, self.wanted + other.wanted
        )


NOTHING = Score(0, 0, 0, 0)


def tally(pairs: Iterable[tuple[Set[Item], Set[Item]]], kind: Callable[[Item], str]) -> dict[str, Score]:
    """Count (true items, items of the answer) of each text, for ``"all"`` and each kind of item."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for gold, answer in pairs:
        for counter, items in ((right, gold & answer), (found, answer), (wanted, gold)):
            counter.update(map(kind, items))
    kinds = sorted({*found, *wanted})
    scores = {k: Score.of(right[k], found[k], wanted[k]) for k in kinds}
    return {"all": sum(scores.values(), NOTHING), **scores}


def score_mentions(gold: Sequence[Annotation], answers: Sequence[Annotation]) -> dict[str, Score]:
    """Mentions with both bounds and the label right, for ``"all"`` and each label."""
    return tally(((g.mentions, a.mentions) for g, a in zip(gold, answers, strict=True)), lambda m: m.label)


def fold_name(name: str) -> str:
    """A name without what is not seen or not said: blanks, vowel signs, tatweel, marks of direction.

    >>> fold_name("عبد  اللّه") == fold_name("عبدالله")
    True
    """
    return INVISIBLE.sub("", name)


def spellings(name: str) -> frozenset[str]:
    """The folded name, and as it is written after an attached ل, which takes the alif of ال away.

    >>> sorted(spellings("المجلس"))
    ['المجلس', 'لمجلس']
    """
    folded = fold_name(name)
    return frozenset({folded, "ل" + folded[2:]} if folded.startswith("ال") else {folded})


def match_entities(
    gold: Sequence[NamedEntity], answers: Sequence[NamedEntity], *, any_form: bool = False
) -> list[tuple[int, int]]:
    """Pairs (true, answer) of entities of one label and one name, each in one pair at most, as many as can be.

    :param any_form: take every form of the true entity for its name, not only the canonical one.
    """
    edges: list[list[int]] = []
    for entity in gold:
        same = [i for i, a in enumerate(answers) if a.label == entity.label]
        exact = [i for i in same if fold_name(answers[i].name) in spellings(entity.name)]
        known = frozenset().union(*map(spellings, entity.forms)) if any_form else frozenset()
        loose = [i for i in same if i not in exact and fold_name(answers[i].name) in known]
        edges.append(exact + loose)
    return largest_matching(edges)


def score_entity_lists(
    gold: Sequence[Annotation], answers: Sequence[Annotation], *, any_form: bool = False
) -> dict[str, Score]:
    """The entity list of each article against the true one (:func:`match_entities`), for ``"all"`` and each label."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for truth, answer in zip(gold, answers, strict=True):
        pairs = match_entities(truth.entities, answer.entities, any_form=any_form)
        right.update(truth.entities[i].label for i, _ in pairs)
        found.update(e.label for e in answer.entities)
        wanted.update(e.label for e in truth.entities)
    scores = {k: Score.of(right[k], found[k], wanted[k]) for k in sorted({*found, *wanted})}
    return {"all": sum(scores.values(), NOTHING), **scores}


def score_subtypes(gold: Sequence[Annotation], answers: Sequence[Annotation]) -> dict[str, Score]:
    """Entities found under any form whose subtype is right; those without a subtype in the truth are not counted."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for truth, answer in zip(gold, answers, strict=True):
        for i, j in match_entities(truth.entities, answer.entities, any_form=True):
            entity = truth.entities[i]
            if entity.subtype is not None:
                total[entity.label] += 1
                right[entity.label] += answer.entities[j].subtype == entity.subtype
    scores = {k: Score.of(right[k], total[k], total[k]) for k in sorted(total)}
    return {"all": sum(scores.values(), NOTHING), **scores}


def score_roles(gold: Sequence[Annotation], answers: Sequence[Annotation]) -> Score:
    """Role phrases with both bounds right."""
    pairs = zip(gold, answers, strict=True)
    return tally((({(r.start, r.end) for r in t.roles}, {(r.start, r.end) for r in a.roles}) for t, a in pairs), _one)[
        "all"
    ]


def score_attached_roles(gold: Sequence[Annotation], answers: Sequence[Annotation]) -> Score:
    """Role phrases with both bounds and the holder right (:func:`true_holders`); not named is a holder like another."""
    pairs = zip(gold, answers, strict=True)
    return tally((({(r.start, r.end, r.holder) for r in t.roles}, true_holders(t, a)) for t, a in pairs), _one)["all"]


def true_holders(truth: Annotation, answer: Annotation) -> set[tuple[int, int, int | None]]:
    """The roles of an answer, the holder as an entity of the truth: the one that shares most mentions with it.

    :data:`STRANGER` where it shares none; ``None`` if the answer says that the holder is not named.
    """
    names = _true_entities(truth, answer)
    return {(r.start, r.end, None if r.holder is None else names[r.holder]) for r in answer.roles}


def _true_entities(truth: Annotation, answer: Annotation) -> list[int]:
    """For each entity of an answer the entity of the truth that shares most mentions with it, or :data:`STRANGER`."""
    names: list[int] = []
    for entity in answer.entities:
        shared = [len(entity.mentions & other.mentions) for other in truth.entities]
        most = max(shared, default=0)
        names.append(shared.index(most) if most else STRANGER)
    return names


def scored_mentions(gold: Sequence[Annotation], answers: Sequence[Annotation]) -> list[tuple[float, bool]]:
    """(probability, whether it is right) of each mention of the answers that has a probability."""
    return [
        (score, MentionKey(*mention) in truth.mentions)
        for truth, answer in zip(gold, answers, strict=True)
        for mention, score in sorted(answer.scores.items())
    ]


def scored_holders(gold: Sequence[Annotation], answers: Sequence[Annotation]) -> list[tuple[float, bool]]:
    """(probability of the holder, whether it is right) of each role of the answers whose span is right and whose holder
    has a probability; that no one is named is an answer like another."""
    found = []
    for truth, answer in zip(gold, answers, strict=True):
        names = _true_entities(truth, answer)
        held: dict[tuple[int, int], set[int | None]] = {}
        for role in truth.roles:
            held.setdefault((role.start, role.end), set()).add(role.holder)
        for role in answer.roles:
            holders = held.get((role.start, role.end))
            if holders is not None and role.score is not None:
                found.append((role.score, (None if role.holder is None else names[role.holder]) in holders))
    return found


def _one(_: object) -> str:
    return "role"
