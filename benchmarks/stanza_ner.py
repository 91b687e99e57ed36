"""Train Stanza's own recognizer on ANERcorp, with word vectors of the news, for a comparison on the same development
sets.

    python benchmarks/stanza_ner.py --data DATA --vectors WORK/words.gensim --output WORK/stanza [--steps 3000]
    python benchmarks/accuracy.py DATA/anercorp/train.conll --last 397 --scheme native \\
        --model stanza --path WORK/stanza/ar_anercorp.pt

Stanza's default size and settings (one BiLSTM of 256, characters, a CRF) with its own trainer; without its character language
models, which have to be downloaded. The last 397 sentences are kept for tuning, as for our packs. Vectors: those that
``python -m training.vectors --model`` keeps, of 17 million words of news.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

if __package__ in (None, ""):  # run as a script: its folder is on the path, the project's is not
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.files import read

DEVELOPMENT = 397


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with anercorp/train.conll")
    parser.add_argument("--vectors", type=Path, required=True, help="gensim's KeyedVectors")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3000, help="batches of 32 sentences")
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    sentences = read(args.data / "anercorp" / "train.conll").sentences
    parts = {"train": sentences[:-DEVELOPMENT], "dev": sentences[-DEVELOPMENT:]}
    for name, rows in parts.items():
        content = [[{"text": w, "ner": t} for w, t in zip(s.words, s.tags, strict=True)] for s in rows]
        (args.output / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    pretrain = args.output / "ar_anercorp.pretrain.pt"
    words = {word for s in sentences for word in s.words}
    make_pretrain(args.vectors, pretrain, words)
    from stanza.models import ner_tagger

    ner_tagger.main([
        "--mode", "train", "--train_file", str(args.output / "train.json"), "--eval_file", str(args.output / "dev.json"),
        "--shorthand", "ar_anercorp", "--wordvec_pretrain_file", str(pretrain), "--word_emb_dim", "100",
        "--save_dir", str(args.output), "--save_name", "ar_anercorp.pt", "--max_steps", str(args.steps),
        "--eval_interval", "250", "--cpu",
    ])  # fmt: skip


def make_pretrain(vectors: Path, output: Path, words: set[str]) -> None:
    """Stanza's file of word vectors: the table's own words, and the words of the corpus by their folded letters."""
    from gensim.models import KeyedVectors
    from stanza.models.common.pretrain import Pretrain

    from arabic_news_ner.text.fold import fold

    table = KeyedVectors.load(str(vectors))
    rows = {word: table[word] for word in table.index_to_key}
    rows |= {word: table[fold(word)] for word in words if fold(word) in table}
    text = output.with_suffix(".txt")
    with open(text, "w", encoding="utf-8") as file:
        file.write(f"{len(rows)} {table.vector_size}\n")
        for word, vector in rows.items():
            file.write(f"{word} {' '.join(f'{x:.4f}' for x in vector)}\n")
    Pretrain(str(output), str(text), max_vocab=-1, save_to_file=True).load()
    text.unlink()


if __name__ == "__main__":
    main()
