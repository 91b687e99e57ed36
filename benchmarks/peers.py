"""The systems in the speed benchmark. Each reads articles in its own way, with the settings of its documentation.

A peer's speed does not depend on the values of its weights, so a model with random weights and the usual size replaces
one that is not available here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

#: One article in, the number of names found out.
Reader = Callable[[str], int]


def our_pack(name: str, threads: int) -> Reader:
    """A pack of this library: the whole article, entities and roles included."""
    from arabic_news_ner import Extractor

    extractor = Extractor.load(name, threads=threads)
    return lambda text: sum(1 for _ in extractor.extract(text).mentions())


def camel(folder: str, threads: int) -> Reader:
    """CAMeL Tools: ``NERecognizer`` over the words of each line, loaded offline as the backend does."""
    import torch

    torch.set_num_threads(threads)
    from arabic_news_ner.tagging.backends.camel import recognizer_of

    recognizer = recognizer_of(Path(folder))
    from camel_tools.tokenizers.word import simple_word_tokenize

    def read(text: str) -> int:
        lines = [simple_word_tokenize(line) for line in text.splitlines() if line.strip()]
        return sum(label.startswith("B") for labels in recognizer.predict(lines) for label in labels)

    return read


def stanza(model: str, threads: int) -> Reader:
    """Stanza: its pipeline over pre-tokenized lines (its Arabic tokenizer has to be downloaded), loaded as the backend does."""
    from arabic_news_ner.tagging.backends.stanza import StanzaTagger

    pipeline = StanzaTagger(model, threads=threads).pipeline

    def read(text: str) -> int:
        lines = [line.split() for line in text.splitlines() if line.strip()]
        return len(pipeline(lines).ents)

    return read


def make_camel_model(folder: Path, texts: Sequence[str]) -> None:
    """A BERT-base tagger (12 layers of width 768, 30,000 pieces) with random weights, as ``NERecognizer`` loads it."""
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertForTokenClassification, BertTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    pieces = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    pieces.train_from_iterator(texts, vocab_size=30_000, min_frequency=1, show_progress=False)
    pieces.save_model(str(folder))
    labels = ["O", *(f"{p}-{kind}" for kind in ("LOC", "MISC", "ORG", "PERS") for p in "BI")]
    config = BertConfig(
        vocab_size=30_000, num_labels=len(labels), id2label=dict(enumerate(labels)), label2id={n: i for i, n in enumerate(labels)}
    )  # fmt: skip
    BertForTokenClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt"), do_lower_case=False).save_pretrained(folder)


def reader(system: str, model: str, threads: int) -> Reader:
    """The reader of one system; ``model`` is its folder or file where it has one."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    if system == "camel":
        return camel(model, threads)
    if system == "stanza":
        return stanza(model, threads)
    return our_pack(system, threads)


def disk_bytes(path: Path) -> int:
    """The size of a file, or of all files of a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


def read_articles(path: Path) -> list[str]:
    """The texts of a file of ``{"text": ...}`` lines."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file if line.strip()]
