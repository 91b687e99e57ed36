"""Several taggers as one: a mention counts if enough of them find it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from arabic_news_ner.errors import InputError
from arabic_news_ner.tagging import bio
from arabic_news_ner.tagging.protocol import Tagged, TaggedMention, Tagger, TokenizedText


class EnsembleTagger:
    """Mentions by vote on bounds and label, each with the mean score of those that found it; roles of the first tagger.

    Safe to call from several threads, as its members are.
    """

    def __init__(self, members: Sequence[Tagger], *, vote: int | None = None) -> None:
        """:param vote: how many members must find a mention; by default more than half of them.
        :raises InputError: without members, or if more votes are asked for than there are members.
        """
        if not members:
            raise InputError("an ensemble needs at least one tagger")
        self._members = tuple(members)
        self._vote = len(members) // 2 + 1 if vote is None else vote
        if not 1 <= self._vote <= len(members):
            raise InputError(f"vote is {vote!r}; {len(members)} taggers can give 1 to {len(members)} votes")

    @property
    def name(self) -> str:
        """The names of the members, joined by +."""
        return "+".join(member.name for member in self._members)

    @property
    def schemes(self) -> tuple[str, ...]:
        """The schemes of every member, in the order of the first."""
        first, *others = self._members
        return tuple(scheme for scheme in first.schemes if all(scheme in member.schemes for member in others))

    def limit_threads(self, threads: int) -> None:
        """Pass the limit to the members that support one."""
        for member in self._members:
            if hasattr(member, "limit_threads"):
                member.limit_threads(threads)

    def tag_texts(self, texts: Sequence[TokenizedText]) -> list[Tagged]:
        """The mentions that enough members find in each text."""
        answers = [member.tag_texts(texts) for member in self._members]
        return [
            Tagged(self._voted([answer.mentions for answer in row]), row[0].roles) for row in zip(*answers, strict=True)
        ]

    def tag_words(self, sentences: Sequence[Sequence[str]], scheme: str) -> list[list[str]]:
        """BIO tags of the mentions that enough members find."""
        answers = [member.tag_words(sentences, scheme) for member in self._members]
        out = []
        for rows in zip(*answers, strict=True):
            votes: dict[tuple[int, int, str], int] = defaultdict(int)
            for row in rows:
                for span in bio.spans(row):
                    votes[span] += 1
            chosen = sorted((span for span, n in votes.items() if n >= self._vote), key=lambda s: (-votes[s], s[0]))
            out.append(bio.tags(_disjoint(chosen), len(rows[0])))
        return out

    def _voted(self, answers: Sequence[Sequence[TaggedMention]]) -> tuple[TaggedMention, ...]:
        votes: dict[tuple[int, int, str], list[TaggedMention]] = defaultdict(list)
        for mentions in answers:
            for m in mentions:
                votes[m.start, m.end, m.label].append(m)
        chosen = [span for span, rows in votes.items() if len(rows) >= self._vote]
        chosen.sort(key=lambda span: (-len(votes[span]), span[0]))
        return tuple(_mean(votes[span]) for span in sorted(_disjoint(chosen)))


def _disjoint(ranked: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The spans, best first, without those that overlap a better one."""
    out: list[tuple[int, int, str]] = []
    for span in ranked:
        if all(span[1] <= other[0] or other[1] <= span[0] for other in out):
            out.append(span)
    return out


def _mean(rows: Sequence[TaggedMention]) -> TaggedMention:
    scores = [m.score for m in rows if m.score is not None]
    kind = next((m.subtype for m in rows if m.subtype is not None), None)
    score = round(sum(scores) / len(scores), 4) if scores else None
    return TaggedMention(rows[0].start, rows[0].end, rows[0].label, kind, score)
