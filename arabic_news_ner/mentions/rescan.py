"""The rescan of the article: a name found once is searched everywhere, with and without attached letters.

Every form that the tagger found, and the family name of every person with a fuller name, is looked up at every word of
the text. If forms overlap, the longest wins. Two things decide whether the form is a mention there: the tagger's
probabilities at that place (:class:`TagProbabilities`) and ``rescan_filters``. Without probabilities the filters decide
alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.mentions.boundaries import extend_spans
from arabic_news_ner.mentions.person_names import parse_words
from arabic_news_ner.mentions.rescan_filters import is_plausible_mention
from arabic_news_ner.mentions.settings import LEAST_SCORE_FOR_RESCAN, LEAST_TOGETHER, SHORTEST_FAMILY_NAME
from arabic_news_ner.mentions.spans import Form, MentionSpan
from arabic_news_ner.mentions.surface_forms import SurfaceForm, mean_score
from arabic_news_ner.mentions.words import WordIndex
from arabic_news_ner.tagging.protocol import LABELS, Floats
from arabic_news_ner.text.clitics import LETTERS, after_letters, readings
from arabic_news_ner.types import Label


@dataclass(frozen=True, slots=True)
class TagProbabilities:
    """The tagger's probabilities: ``chances`` (tokens, 3) of ``LABELS``; ``tokens``: the start of each token."""

    tokens: Sequence[int]
    chances: Floats

    def chance(self, index: WordIndex, first: int, last: int, label: Label) -> float:
        """The mean probability of a label over the words ``first`` to ``last`` (half-open)."""
        rows = [bisect_right(self.tokens, index.starts[word]) - 1 for word in range(first, last)]
        return float(self.chances[rows, LABELS.index(label)].mean())


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form to search for, with the label and subtype of its mentions."""

    words: tuple[str, ...]
    label: Label
    subtype: str | None
    score: float | None
    #: The unfolded last letters of single words: ى and ي differ there (``علي``, the preposition ``على``).
    surface: str


#: Patterns by first word, then by number of words (longest first), then by all words. Many names begin with one word
#: (``محمد``), but each place in the text is looked up only once for each length.
Firsts = dict[str, dict[int, dict[tuple[str, ...], Pattern]]]


def find_further_mentions(
    index: WordIndex,
    found: Sequence[MentionSpan],
    forms: Iterable[SurfaceForm],
    knowledge: Knowledge,
    lexicon: Lexicon,
    evidence: TagProbabilities | None = None,
) -> list[MentionSpan]:
    """Add further mentions of the known forms. The result is in text order, without overlaps.

    A further mention has the score of :func:`weighed`, or without the tagger's probabilities the mean score of its
    form. It covers the whole name: if ``أفريقيا`` is known, ``أفريقيا جنوب الصحراء`` is found whole. Only a longer form
    around it replaces a mention of the tagger.
    """
    patterns = patterns_of(forms, lexicon)
    firsts: Firsts = {}
    for pattern in sorted(patterns, key=lambda p: -len(p.words)):
        firsts.setdefault(pattern.words[0], {}).setdefault(len(pattern.words), {})[pattern.words] = pattern
    at_word = {m.first: m for m in found}
    taken = [False] * len(index.folded)
    longer: list[MentionSpan] = []
    plain: list[MentionSpan] = []
    for m in found:
        for i in range(m.first, m.last):
            taken[i] = True
    for word, folded in enumerate(index.folded):
        if folded not in firsts and folded[0] not in LETTERS:
            continue  # nearly every word
        hit = _longest_at(index, word, folded, firsts)
        if hit is None:
            continue
        touches = any(taken[hit.first : hit.last])
        if touches and not _covers(hit, at_word, taken):
            continue  # nearly always the mention that the form comes from
        if is_plausible_mention(index, hit, lexicon) and (further := weighed(index, hit, evidence)) is not None:
            (longer if touches else plain).append(further)
    return _disjoint([*found, *extend_spans(index, plain, knowledge, lexicon), *longer])


def weighed(index: WordIndex, hit: MentionSpan, evidence: TagProbabilities | None) -> MentionSpan | None:
    """A further mention, scored by the tagger's probabilities of the place and of the form; ``None`` if the score is
    too low: ``متمنيا له النجاح`` is not the club ``النجاح`` of the line before."""
    if evidence is None or hit.score is None:
        return hit
    together = hit.score * evidence.chance(index, hit.first, hit.last, hit.label)
    return replace(hit, score=round(together**0.5, 4)) if together >= LEAST_TOGETHER else None


def patterns_of(forms: Iterable[SurfaceForm], lexicon: Lexicon) -> list[Pattern]:
    """What to search for: each form, and each unambiguous family name."""
    out: dict[tuple[str, ...], Pattern] = {}
    families: dict[tuple[str, ...], Pattern] = {}
    for form in forms:
        score = mean_score(form.mentions)
        if (score is not None and score < LEAST_SCORE_FOR_RESCAN) or head_alone(form, lexicon):
            continue
        pattern = Pattern(form.words, form.label, form.subtype, score, form.surface)
        out.setdefault(form.words, pattern)
        family = family_name(form, lexicon)
        if family is not None:
            families.setdefault((family,), Pattern((family,), "PER", None, score, family))
    return list({**families, **out}.values())


def head_alone(form: SurfaceForm, lexicon: Lexicon) -> bool:
    """Is the form a common noun that only begins names (``السواحل``, ``جماعة``, ``المملكة``)?"""
    if len(form.words) > 1 or form.label == "PER":
        return False
    word = form.words[0]
    return word in lexicon["not_rescanned"] or any(lexicon.may_be_dropped(label, word) for label in ("ORG", "LOC"))


def family_name(form: SurfaceForm, lexicon: Lexicon) -> str | None:
    """The last word of a person's full name if it can be used alone: ``اللافي`` of ``عبد الله اللافي``.

    Not the second half of a compound (``الدين``), a number (``السادس``), a title (``الشيخ``) or a nationality.
    """
    if form.label != "PER":
        return None
    parts = parse_words(form.words, lexicon)
    if len(parts) < 2 or parts[-1].kind != "name" or parts[-1].core != form.words[-1]:
        return None
    word = form.words[-1]
    everyday = word in lexicon["title"] or word in lexicon["everyday_word"]
    return None if everyday or len(word) < SHORTEST_FAMILY_NAME else word


def _longest_at(index: WordIndex, word: int, folded: str, firsts: Firsts) -> MentionSpan | None:
    """The longest form that begins with this word, or with this word without attached letters."""
    best: MentionSpan | None = None
    for reading in readings(folded):
        if reading.stem not in firsts:
            continue
        for length, patterns in firsts[reading.stem].items():
            last = word + length
            if best is not None and last <= best.last:
                break
            pattern = patterns.get((reading.stem, *index.folded[word + 1 : last]))
            if pattern is not None and all(index.joined[word + 1 : last]):
                start = after_letters(index.text, len(reading.prefix), index.starts[word])
                best = MentionSpan(start, index.ends[last - 1], word, last, pattern.label, pattern.subtype, pattern.score,
                             Form(pattern.surface, pattern.words), seen=False)  # fmt: skip
                break
        if not reading.prefix:
            break
    return best


def _covers(hit: MentionSpan, at_word: dict[int, MentionSpan], taken: list[bool]) -> bool:
    """Is the form longer than every mention that it overlaps, and does it contain them?"""
    inside = [at_word[i] for i in range(hit.first, hit.last) if i in at_word]
    if not inside or (taken[hit.first] and hit.first not in at_word):
        return False
    return all(m.last <= hit.last and m.end - m.start < hit.end - hit.start for m in inside)


def _disjoint(mentions: Iterable[MentionSpan]) -> list[MentionSpan]:
    """The mentions in text order without those that overlap a longer one."""
    out: list[MentionSpan] = []
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        while out and m.start < out[-1].end and m.end - m.start > out[-1].end - out[-1].start:
            out.pop()
        if not out or m.start >= out[-1].end:
            out.append(m)
    return out
