"""A token-classification model of Hugging Face transformers in a local folder (extra ``[transformers]``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arabic_news_ner.errors import MissingExtraError, ModelError
from arabic_news_ner.tagging.backends.base import Labelled, WordTagger
from arabic_news_ner.types import Label

if TYPE_CHECKING:
    import torch

#: Windows that are run together.
BATCH = 16


class PieceLabeller:
    """A loaded model and its tokenizer: words to labels with probabilities, in windows of whole words.

    The label of a word is that of its first piece. A word that gives no piece (a sign that the tokenizer drops) is read as
    the unknown piece, so that every word has a label; one longer than a window is cut to its first pieces.
    """

    def __init__(self, model: Any, tokenizer: Any, threads: int | None, limit: int) -> None:
        self._model = model.eval()
        self._tokenizer = tokenizer
        self._threads = threads
        self._limit = limit - 2
        self.labels = [model.config.id2label[i] for i in sorted(model.config.id2label)]
        self._pieces: dict[str, list[int]] = {}

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[Labelled]:
        windows = [(s, a, b) for s, words in enumerate(sentences) for a, b in self._windows(words)]
        order = sorted(range(len(windows)), key=lambda i: sum(map(self._size, self._words(sentences, windows[i]))))
        labels: list[list[str]] = [[""] * len(words) for words in sentences]
        chances: list[list[float]] = [[0.0] * len(words) for words in sentences]
        for at in range(0, len(order), BATCH):
            batch = [windows[i] for i in order[at : at + BATCH]]
            for (s, a, _), rows in zip(batch, self._run([self._words(sentences, w) for w in batch]), strict=True):
                for place, (label, chance) in enumerate(rows, a):
                    labels[s][place], chances[s][place] = label, chance
        return list(zip(labels, chances, strict=True))

    @staticmethod
    def _words(sentences: Sequence[Sequence[str]], window: tuple[int, int, int]) -> Sequence[str]:
        number, first, last = window
        return sentences[number][first:last]

    def _ids(self, word: str) -> list[int]:
        ids = self._pieces.get(word)
        if ids is None:
            ids = self._tokenizer.convert_tokens_to_ids(self._tokenizer.tokenize(word)) or [
                self._tokenizer.unk_token_id
            ]
            ids = ids[: self._limit]
            self._pieces[word] = ids
        return ids

    def _size(self, word: str) -> int:
        return len(self._ids(word))

    def _windows(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """(first, past the last) word of each window."""
        out: list[tuple[int, int]] = []
        start = used = 0
        for place, word in enumerate(words):
            size = self._size(word)
            if used + size > self._limit:
                out.append((start, place))
                start, used = place, 0
            used += size
        return [*out, (start, len(words))] if start < len(words) else out

    def _run(self, windows: Sequence[Sequence[str]]) -> list[list[tuple[str, float]]]:
        import torch

        begin, end, pad = (getattr(self._tokenizer, f"{name}_token_id") for name in ("cls", "sep", "pad"))
        rows = [[begin, *(i for word in words for i in self._ids(word)), end] for words in windows]
        longest = max(map(len, rows))
        ids = torch.tensor([row + [pad] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        chances = self._chances(ids, mask)
        out = []
        for words, table in zip(windows, chances, strict=True):
            place = 1
            row: list[tuple[str, float]] = []
            for word in words:
                chance, label = table[place].max(dim=0)
                row.append((self.labels[int(label)], float(chance)))
                place += self._size(word)
            out.append(row)
        return out

    def _chances(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        import torch

        before = torch.get_num_threads()
        try:
            if self._threads is not None:
                torch.set_num_threads(self._threads)
            with torch.inference_mode():
                logits = self._model(input_ids=ids, attention_mask=mask).logits
        finally:
            torch.set_num_threads(before)
        return torch.softmax(logits.float(), dim=-1)


class TransformersTagger(WordTagger):
    """A folder that ``AutoModelForTokenClassification`` reads. Pickles as its path and settings."""

    def __init__(
        self, path: str | Path, *, threads: int | None = None, labels: Mapping[str, Label | None] | None = None
    ) -> None:
        """:param path: the folder; nothing is downloaded.
        :param labels: readings of label types that the library does not know; ``None`` leaves a type out.
        :raises MissingExtraError: without transformers and torch.
        :raises ModelError: if the folder is not such a model or has labels of unknown types.
        """
        self._settings = {"path": path, "threads": threads, "labels": labels}
        self._labeller = load_labeller(path, threads)
        super().__init__(repr(str(path)), self._labeller.labels, labels)

    @property
    def name(self) -> str:
        """``transformers``."""
        return "transformers"

    def label(self, sentences: Sequence[Sequence[str]]) -> list[Labelled]:
        """Labels and their softmax probabilities."""
        return self._labeller(sentences)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._settings,)

    def __repr__(self) -> str:
        return f"TransformersTagger({str(self._settings['path'])!r})"


def _restore(settings: dict[str, Any]) -> TransformersTagger:
    return TransformersTagger(settings["path"], threads=settings["threads"], labels=settings["labels"])


def load_labeller(path: str | Path, threads: int | None) -> PieceLabeller:
    """The model of a folder, offline.

    :raises ModelError: if there is none.
    """
    try:
        from transformers import AutoModelForTokenClassification, AutoTokenizer
    except ImportError as error:
        raise MissingExtraError.because(error, 'model="transformers"', "transformers", "transformers") from error
    folder = Path(path)
    if not (folder / "config.json").is_file():
        raise ModelError(
            f"no model in {str(folder)!r}: it has no config.json. Pass the folder of a token-classification model, as "
            "model.save_pretrained(folder) and tokenizer.save_pretrained(folder) write it."
        )
    try:
        model = AutoModelForTokenClassification.from_pretrained(str(folder), local_files_only=True)
        tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"the model in {str(folder)!r} cannot be loaded: {error}") from error
    limit = min(512, getattr(model.config, "max_position_embeddings", 512))
    if getattr(model.config, "model_type", "") in ("roberta", "xlm-roberta", "camembert"):
        limit -= 2  # these number positions from the padding's place on
    return PieceLabeller(model, tokenizer, threads, limit)
