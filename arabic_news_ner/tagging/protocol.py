"""The interface of a tagger, for the embedded packs and for every other backend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from arabic_news_ner.types import Label, Sentence, Sentences, Token, Tokens

#: The columns of :attr:`Tagged.chances`.
LABELS: Final[tuple[Label, ...]] = ("PER", "ORG", "LOC")

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """A text as a tagger reads it: the original, its tokens and its sentences, both in order."""

    text: str
    tokens: Tokens
    sentences: Sentences

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token], sentences: Sequence[Sentence] = ()) -> TokenizedText:
        """A text with these tokens and sentences."""
        return cls(text, Tokens.of(text, tokens), Sentences.of(text, sentences))


@dataclass(frozen=True, slots=True)
class TaggedMention:
    """A name that a tagger found, without its attached prefix.

    ``score`` is a calibrated probability, ``None`` if the backend gives none; ``subtype`` is ``None`` if it gives none.
    """

    start: int
    end: int
    label: Label
    subtype: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class TaggedRole:
    """An office, rank or profession that a tagger found.

    ``holder`` is the tagger's guess about the holder: ``"next"`` or ``"previous"`` (the nearest person after or before
    the phrase), ``"unnamed"``, ``"elsewhere"`` (a person of the text further away), ``None`` if it has none.
    """

    start: int
    end: int
    holder: str | None = None
    score: float | None = None


class HolderScorer(Protocol):
    """Scores the holder of each role, with the vectors of the encoder. It is made for one text."""

    def scores(
        self, roles: Sequence[tuple[int, int]], people: Sequence[tuple[int, int]], features: Floats
    ) -> tuple[Floats, Floats]:
        """Log-odds of each person mention (roles, people) and of an unnamed holder (roles,): a softmax over a row and its
        last value gives probabilities.

        :param roles: for each role its first and last token, both included; ``people``: the same of each person mention.
        :param features: (roles, people, features), see ``roles/holder_features.py``.
        """

    def calibrated(self, probability: float) -> float:
        """The calibrated probability that a holder chosen with this one is right."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a tagger found in one text: mentions and roles, each in text order. Mentions do not overlap mentions, roles
    do not overlap roles."""

    mentions: tuple[TaggedMention, ...]
    roles: tuple[TaggedRole, ...] = ()
    #: The probability that each token is part of a name of each of ``LABELS``, (tokens, 3); ``None`` if the backend gives
    #: none.
    chances: Floats | None = field(default=None, compare=False, repr=False)
    #: ``None`` if the backend has none: rules then find the holder of a role.
    holders: HolderScorer | None = field(default=None, compare=False, repr=False)


@runtime_checkable
class Tagger(Protocol):
    """The interface of a backend. Implementations are safe to call from several threads."""

    @property
    def name(self) -> str:
        """What :meth:`Extractor.load` calls it."""

    @property
    def schemes(self) -> tuple[str, ...]:
        """The label sets that :meth:`tag_words` can answer in, the default first."""

    def tag_texts(self, texts: Sequence[TokenizedText]) -> list[Tagged]:
        """As many results as texts, in order. A result does not depend on the other texts of the call."""

    def tag_words(self, sentences: Sequence[Sequence[str]], scheme: str) -> list[list[str]]:
        """BIO tags: as many lists as sentences, as many tags as words in each."""
