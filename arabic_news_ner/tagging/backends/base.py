"""Models of other packages that label words, with the same protocol as the embedded tagger.

A model must return one label for each word; otherwise an error names the sentence. The labels are for whole words, so
the rules of ``text.clitics`` cut attached letters.
"""

from __future__ import annotations

import math
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from arabic_news_ner.errors import InputError, ModelError
from arabic_news_ner.tagging import bio
from arabic_news_ner.tagging.label_map import as_bio, bio_types
from arabic_news_ner.tagging.protocol import Tagged, TaggedMention, TokenizedText
from arabic_news_ner.text.clitics import name_start
from arabic_news_ner.text.fold import fold_token
from arabic_news_ner.types import Label, Token

#: Labels of the words of a sentence and, where the model gives them, their probabilities.
Labelled = tuple[list[str], list[float] | None]


class WordTagger(ABC):
    """A tagger over a model that labels words. Calls are made one at a time, so it is safe to share between threads."""

    def __init__(self, model: str, labels: Sequence[str], extra: Mapping[str, Label | None] | None = None) -> None:
        """:param model: what the model is called in messages.
        :param labels: every label that it can give.
        :param extra: a mapping for label types that the library does not know.
        :raises ModelError: if a type of label is unknown.
        """
        self._described = model
        self._types = bio_types(labels, model, extra)
        self._lock = threading.Lock()

    @property
    @abstractmethod
    def name(self) -> str:
        """The name for :meth:`Extractor.load`."""

    @property
    def schemes(self) -> tuple[str, ...]:
        """``"news"`` (PER, ORG, LOC) and ``"native"``, the model's own types."""
        return ("news", "native")

    @abstractmethod
    def label(self, sentences: Sequence[Sequence[str]]) -> list[Labelled]:
        """One label for each word of each sentence. Sentences have any length, but are not empty."""

    def tag_texts(self, texts: Sequence[TokenizedText]) -> list[Tagged]:
        """The mentions of each text, sentence by sentence. There are no roles: only the embedded packs find them."""
        parts = [_sentence_tokens(text) for text in texts]
        labelled = iter(self._checked([[t.text for t in tokens] for rows in parts for tokens in rows]))
        out = []
        for rows in parts:
            known = {fold_token(t.text) for tokens in rows for t in tokens}
            mentions: list[TaggedMention] = []
            for tokens in rows:
                mentions += self._mentions(tokens, next(labelled), known)
            out.append(Tagged(tuple(mentions)))
        return out

    def tag_words(self, sentences: Sequence[Sequence[str]], scheme: str = "news") -> list[list[str]]:
        """BIO tags, as many as words.

        :raises InputError: for an unknown scheme.
        """
        if scheme not in self.schemes:
            raise InputError(f"scheme {scheme!r} is unknown to {self.name!r}; it has {', '.join(self.schemes)}")
        labelled = iter(self._checked([s for s in sentences if s]))
        out = []
        for sentence in sentences:
            tags = bio.repair(as_bio(next(labelled)[0])) if sentence else []
            out.append(tags if scheme == "native" else self._news(tags))
        return out

    def _checked(self, sentences: list[Sequence[str]] | list[list[str]]) -> list[Labelled]:
        if not sentences:
            return []
        with self._lock:
            labelled = self.label(sentences)
        if len(labelled) != len(sentences):
            raise ModelError(f"the model {self._described} answered {len(labelled)} of {len(sentences)} sentences")
        for words, (labels, _) in zip(sentences, labelled, strict=True):
            if len(words) != len(labels):
                start = " ".join(words[:8])
                raise ModelError(
                    f"the model {self._described} gave {len(labels)} labels for the {len(words)} words of the sentence "
                    f"that begins {start!r}; nothing was guessed. Report it with this sentence."
                )
        return labelled

    def _news(self, tags: Sequence[str]) -> list[str]:
        """Tags in the types of this library; a type without one is O."""
        found = ((a, b, self._types[kind]) for a, b, kind in bio.spans(tags))
        return bio.tags([(a, b, label) for a, b, label in found if label is not None], len(tags))

    def _mentions(self, tokens: Sequence[Token], labelled: Labelled, known: set[str]) -> list[TaggedMention]:
        labels, chances = labelled
        out = []
        for a, b, kind in bio.spans(as_bio(labels)):
            label = self._types[kind]
            if label is None:
                continue
            start = tokens[a].start + name_start(tokens[a].text, known)
            score = None if chances is None else round(math.prod(chances[a:b]), 4)
            out.append(TaggedMention(start, tokens[b - 1].end, label, None, score))
        return out


def _sentence_tokens(text: TokenizedText) -> list[list[Token]]:
    """The tokens of each sentence; all in one where the text has no sentences."""
    rows: list[list[Token]] = []
    tokens = iter(text.tokens)
    token = next(tokens, None)
    for sentence in text.sentences:
        row = []
        while token is not None and token.end <= sentence.end:
            row.append(token)
            token = next(tokens, None)
        if row:
            rows.append(row)
    rest = [token, *tokens] if token is not None else []
    return [*rows, rest] if rest else rows
