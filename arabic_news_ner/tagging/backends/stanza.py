"""Stanza's recognizer as a tagger (extra ``[stanza]``, stanza 1.10 or newer), over the tokens of this library."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from arabic_news_ner.errors import MissingExtraError, ModelError
from arabic_news_ner.tagging.backends.base import Labelled, WordTagger
from arabic_news_ner.types import Label

#: Words that are read at a time; a longer sentence is cut.
LONGEST = 200
DOWNLOAD = "python -c \"import stanza; stanza.download('ar')\""


class StanzaTagger(WordTagger):
    """``stanza.Pipeline`` with its ``ner`` processor. It gives no probabilities. Pickles as its settings."""

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        pretrain: str | Path | None = None,
        threads: int | None = None,
        labels: Mapping[str, Label | None] | None = None,
    ) -> None:
        """:param path: a model file of Stanza's trainer, or the folder of Stanza's resources; by default Stanza's own folder.
        :param pretrain: the word vectors of a model file, if they are not next to it as ``NAME.pretrain.pt``.
        :raises MissingExtraError: without stanza.
        :raises ModelError: if there is no such model; the message names the command that downloads the default.
        """
        self._settings = {"path": path, "pretrain": pretrain, "threads": threads, "labels": labels}
        self._threads = threads
        self._pipeline = _pipeline(path, pretrain)
        processor = self._pipeline.processors["ner"]
        known = {kind for trainer in processor.trainers for kind in trainer.get_known_tags()}
        super().__init__(repr(str(path) if path is not None else "ar"), sorted(known), labels)

    @property
    def name(self) -> str:
        """``stanza``."""
        return "stanza"

    @property
    def pipeline(self) -> Any:
        """The pipeline of Stanza."""
        return self._pipeline

    def label(self, sentences: Sequence[Sequence[str]]) -> list[Labelled]:
        """One label a word, in BIOES, without probabilities."""
        import torch

        parts = [list(words[a : a + LONGEST]) for words in sentences for a in range(0, len(words), LONGEST)]
        before = torch.get_num_threads()
        try:
            if self._threads is not None:
                torch.set_num_threads(self._threads)
            # a word with a blank inside would be two to Stanza, and an empty one none
            found = self._pipeline([["_".join(word.split()) or "_" for word in part] for part in parts])
        finally:
            torch.set_num_threads(before)
        rows = iter([[token.ner for token in sentence.tokens] for sentence in found.sentences])
        out: list[Labelled] = []
        for words in sentences:
            labels: list[str] = []
            for _ in range(0, len(words), LONGEST):
                labels += next(rows, [])
            out.append((labels, None))
        return out

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._settings,)

    def __repr__(self) -> str:
        return f"StanzaTagger({self._described})"


def _restore(settings: dict[str, Any]) -> StanzaTagger:
    return StanzaTagger(
        settings["path"], pretrain=settings["pretrain"], threads=settings["threads"], labels=settings["labels"]
    )


def _pipeline(path: str | Path | None, pretrain: str | Path | None) -> Any:
    try:
        import stanza
        from stanza.pipeline.core import PipelineRequirementsException
        from stanza.resources.common import DEFAULT_MODEL_DIR
    except ImportError as error:
        raise MissingExtraError.because(error, 'model="stanza"', "stanza", "stanza") from error
    settings: dict[str, Any] = {
        "processors": "tokenize,ner",
        "tokenize_pretokenized": True,
        "download_method": None,
        "use_gpu": False,
        "verbose": False,
    }
    place = Path(path) if path is not None else Path(DEFAULT_MODEL_DIR)
    if place.is_file():
        vectors = Path(pretrain) if pretrain is not None else place.with_suffix(".pretrain.pt")
        settings |= {
            "ner_model_path": str(place),
            "ner_forward_charlm_path": None,
            "ner_backward_charlm_path": None,
            "ner_pretrain_path": str(vectors) if vectors.is_file() else None,
            "allow_unknown_language": True,
        }
    try:
        if not place.is_file():
            return stanza.Pipeline("ar", dir=str(place), **settings)
        with tempfile.TemporaryDirectory() as folder:  # a pipeline wants a list of resources, even an empty one
            (Path(folder) / "resources.json").write_text("{}", encoding="utf-8")
            return stanza.Pipeline("ar", dir=folder, **settings)
    except (OSError, ValueError, PipelineRequirementsException) as error:
        raise ModelError(
            f"no Stanza model for Arabic in {str(place)!r} ({error}). Pass path=, a model file of Stanza's trainer or the "
            f"folder of its resources, or download the default model once with: {DOWNLOAD}"
        ) from error
