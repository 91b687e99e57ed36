"""The interface of a tagger, for the embedded packs and for every other backend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from arabic_news_ner.errors import InputError
from arabic_news_ner.types import SUBTYPES, Label, Sentence, Sentences, Token, Tokens

#: The columns of :attr:`Tagged.chances`.
LABELS: Final[tuple[Label, ...]] = ("PER", "ORG", "LOC")
#: What a tagger may guess about the holder of a role: see :class:`TaggedRole`.
GUESSES: Final = ("next", "previous", "unnamed", "elsewhere")

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


def check_tagged(tagged: Tagged, length: int) -> None:
    """Check what a tagger of whatever package found in a text of so many characters.

    :raises InputError: if bounds do not lie in the text, or a label, subtype or guess is unknown, or a score is no probability.
    """
    spans: tuple[TaggedMention | TaggedRole, ...] = (*tagged.mentions, *tagged.roles)
    for span in spans:
        if not 0 <= span.start < span.end <= length:
            raise InputError(
                f"{_name_of(span)} does not lie in a text of {length} characters; "
                "a tagger must answer in offsets of the text that it was given"
            )
        if span.score is not None and not 0 <= span.score <= 1:
            raise InputError(f"{_name_of(span)}: score {span.score!r} is no probability from 0 to 1; None is no score")
    for mention in tagged.mentions:
        if mention.label not in SUBTYPES:
            raise InputError(f"{_name_of(mention)}: label {mention.label!r} is none of {', '.join(LABELS)}")
        if mention.subtype is not None and mention.subtype not in SUBTYPES[mention.label]:
            known = ", ".join(SUBTYPES[mention.label]) or "none"
            raise InputError(f"{_name_of(mention)}: subtype {mention.subtype!r}; {mention.label} has {known}")
    for role in tagged.roles:
        if role.holder is not None and role.holder not in GUESSES:
            raise InputError(f"{_name_of(role)}: holder {role.holder!r} is none of {', '.join(GUESSES)}")


def _name_of(span: TaggedMention | TaggedRole) -> str:
    return f"{'mention' if isinstance(span, TaggedMention) else 'role'} [{span.start}, {span.end})"


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
