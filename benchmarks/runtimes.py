"""Does a pack give the same scores with every version of onnxruntime, and on processors without VNNI?

    python -m benchmarks.runtimes --versions 1.21.1 1.26.0 1.29.0 1.32.0
    python -m benchmarks.runtimes --versions 1.32.0 --under "qemu-x86_64 -cpu Haswell-noTSX"

Each version is installed by pip into a temporary folder of its own and asked in a process of its own, under the emulator where
one is given. Scores of invented texts are compared with those of the first version, run here.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from arabic_news_ner.tagging.onnx.pack import built_in_packs
from arabic_news_ner.tagging.onnx.tagger import EmbeddedTagger
from arabic_news_ner.tagging.protocol import TokenizedText
from arabic_news_ner.text.sentences import sentences
from arabic_news_ner.text.tokenize import tokenize
from benchmarks.memory import texts


def scores(model: str, count: int) -> np.ndarray:
    """The raw scores (tokens, columns) of invented texts."""
    tagger = EmbeddedTagger(model, threads=1)
    read = [text[:2_000] for text in texts(count)]
    found = tagger.score_texts([TokenizedText(t, tokenize(t), sentences(t)) for t in read])
    return np.concatenate(found)


def asked(folder: Path, model: str, count: int, under: str, name: str) -> np.ndarray | str:
    """The scores with the onnxruntime of a folder, or why there are none."""
    out = folder / f"{name}.npy"
    command = [*shlex.split(under), sys.executable, "-m", "benchmarks.runtimes", "--worker", str(out)]
    command += ["--model", model, "--texts", str(count)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no message"])[-1][:300]
    result: np.ndarray = np.load(out)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--versions", nargs="+", default=["1.21.1", "1.32.0"])
    parser.add_argument("--model", nargs="+", default=list(built_in_packs()))
    parser.add_argument("--texts", type=int, default=10)
    parser.add_argument("--under", default="", help="a command before Python: an emulator of another processor")
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.worker:
        np.save(args.worker, scores(args.model[0], args.texts))
        return
    with tempfile.TemporaryDirectory() as parent:
        folders = {version: Path(parent) / version for version in args.versions}
        for version, folder in folders.items():
            install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder)]
            subprocess.run([*install, f"onnxruntime=={version}"], check=True)
        for model in args.model:
            first = asked(folders[args.versions[0]], model, args.texts, "", "first")
            for version, folder in folders.items():
                seen = asked(folder, model, args.texts, args.under, "seen")
                told = {"model": model, "onnxruntime": version, "under": args.under or None}
                if isinstance(seen, str) or isinstance(first, str):
                    print(json.dumps({**told, "error": seen if isinstance(seen, str) else first}), flush=True)
                    continue
                apart = float(np.abs(seen - first).max())
                print(
                    json.dumps({**told, "scores": seen.size, "equal": apart == 0, "apart_at_most": round(apart, 4)}),
                    flush=True,
                )


if __name__ == "__main__":
    main()
