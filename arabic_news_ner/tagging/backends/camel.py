"""CAMeL Tools' recognizer as a tagger (extra ``[camel]``, camel-tools 1.6 or newer).

At import, camel_tools makes a folder in the user's home and downloads a catalogue if there is none on the disk. A local
model needs neither. So without a catalogue, the import runs with a temporary home and data folder that has an empty
catalogue.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from arabic_news_ner.errors import MissingExtraError, ModelError
from arabic_news_ner.tagging.backends.base import Labelled, WordTagger
from arabic_news_ner.tagging.backends.transformers import PieceLabeller
from arabic_news_ner.types import Label

#: Pieces of a sentence that ``NERecognizer`` reads at a time, the two at its ends included.
LIMIT = 256
#: Where ``camel_data`` puts the default model, below the data folder.
_DEFAULT = Path("data/ner/arabert")
DOWNLOAD = "camel_data -i ner-arabert"
_EMPTY_CATALOGUE = {"version": "1.6", "packages": {}, "components": {}}


class CamelTagger(WordTagger):
    """``camel_tools.ner.NERecognizer`` with offsets, and the softmax of its logits as scores. Pickles as its settings."""

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        threads: int | None = None,
        labels: Mapping[str, Label | None] | None = None,
    ) -> None:
        """:param path: folder of a model as ``NERecognizer(path)`` reads it; by default the one that ``camel_data`` downloaded.
        :raises MissingExtraError: without camel-tools.
        :raises ModelError: if there is no such model; the message names the command that downloads the default.
        """
        self._settings = {"path": path, "threads": threads, "labels": labels}
        folder = Path(path) if path is not None else data_folder() / _DEFAULT
        if not (folder / "config.json").is_file():
            raise ModelError(
                f"no CAMeL Tools model in {str(folder)!r}. Pass path=, the folder of a model that NERecognizer reads, or "
                f"download the default model once with: {DOWNLOAD}"
            )
        recognizer = recognizer_of(folder)
        self._labeller = PieceLabeller(recognizer.model, recognizer.tokenizer, threads, LIMIT)
        super().__init__(repr(str(folder)), self._labeller.labels, labels)

    @property
    def name(self) -> str:
        """``camel``."""
        return "camel"

    def label(self, sentences: Sequence[Sequence[str]]) -> list[Labelled]:
        """The labels of ``NERecognizer.predict``, one for every word, with their probabilities."""
        return self._labeller(sentences)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._settings,)

    def __repr__(self) -> str:
        return f"CamelTagger({self._described})"


def _restore(settings: dict[str, Any]) -> CamelTagger:
    return CamelTagger(settings["path"], threads=settings["threads"], labels=settings["labels"])


def data_folder() -> Path:
    """Where CAMeL Tools keeps its data: ``CAMELTOOLS_DATA``, or its folder in the user's home."""
    given = os.environ.get("CAMELTOOLS_DATA")
    if given:
        return Path(given).expanduser()
    return Path.home() / ("AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools")


def recognizer_of(folder: Path) -> Any:
    """``NERecognizer`` on a local folder, without network and without writing to the user's home.

    :raises MissingExtraError: without camel-tools.
    :raises ModelError: if the folder cannot be read.
    """
    try:
        import torch  # noqa: F401  (first, so that nothing else reads the temporary home)
        import transformers  # noqa: F401

        if "camel_tools.data" not in sys.modules and not (data_folder() / "catalogue.json").is_file():
            with _home_elsewhere():
                import camel_tools.data  # noqa: F401
        from camel_tools.ner import NERecognizer
    except ImportError as error:
        raise MissingExtraError.because(error, 'model="camel"', "camel-tools", "camel") from error
    try:
        with _environment(HF_HUB_OFFLINE="1"):
            return NERecognizer(str(folder), use_gpu=False)
    except (OSError, ValueError) as error:
        raise ModelError(f"the model in {str(folder)!r} cannot be loaded: {error}") from error


@contextmanager
def _home_elsewhere() -> Iterator[None]:
    """A temporary home and data folder with an empty catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "catalogue.json").write_text(json.dumps(_EMPTY_CATALOGUE), encoding="utf-8")
        with _environment(**dict.fromkeys(("HOME", "USERPROFILE", "CAMELTOOLS_DATA"), folder)):
            yield


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Environment variables for as long as the block runs."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
