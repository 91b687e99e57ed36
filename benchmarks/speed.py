"""Speed, memory and disk of this library's packs and of its peers, on the same articles in the same run.

    python benchmarks/speed.py tests/golden/articles.jsonl
    python benchmarks/speed.py articles.jsonl --systems base fast camel stanza --stanza saved_models/ar_ner.pt --rounds 3

Every system runs in a process of its own, one after the other, round by round, on the same number of cores. Measured are:
cold start (from the start of the process to the first article read), articles and words a second after a first article
has warmed it up, the highest memory of the process, and what the model takes on the disk. Of several rounds the median
counts. ``base`` and ``fast`` read one article after the other (``extract``), ``base:pipe`` and ``fast:pipe`` an archive
(``pipe`` with a process a core; cold start is then that of the workers, too, memory that of all processes). ``camel`` is
CAMeL Tools with a model of the size of BERT-base and random weights, made here where ``--camel`` names none; ``stanza``
needs the model of a Stanza trainer, see benchmarks/stanza_ner.py.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

if __package__ in (None, ""):  # run as a script: its folder is on the path, the project's is not
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks import peers

#: The system that the others are compared with.
FIRST = "base"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns 0, or 2 where a system cannot be run."""
    options = _parser().parse_args(arguments)
    if options.worker:
        print(json.dumps(work(options)))
        return 0
    texts = peers.read_articles(options.articles)
    with tempfile.TemporaryDirectory() as folder:
        try:
            models = _models(options, Path(folder), texts)
            rounds: dict[str, list[dict[str, float]]] = {system: [] for system in options.systems}
            for _ in range(options.rounds):
                for system in options.systems:
                    rounds[system].append(run(system, models[system], options))
        except (subprocess.CalledProcessError, ImportError, ValueError) as error:
            print(f"speed: {error}", file=sys.stderr)
            return 2
        result = {
            "machine": machine(options.threads),
            "articles": len(texts),
            "words": sum(len(text.split()) for text in texts),
            "systems": {s: summarize(rows, models[s]) for s, rows in rounds.items()},
        }
    print(json.dumps(result, indent=2) if options.json else table(result))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("articles", type=Path, help='a file of {"text": ...} lines')
    parser.add_argument("--systems", nargs="+", default=["base", "fast"], help="packs, camel, stanza")
    parser.add_argument("--camel", help="folder of a CAMeL Tools model")
    parser.add_argument("--stanza", help="file of a Stanza model, with its .pretrain.pt beside it")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0, help="read the articles again until so long has passed")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--worker", nargs=2, metavar=("SYSTEM", "MODEL"), help=argparse.SUPPRESS)
    parser.add_argument("--began", type=float, help=argparse.SUPPRESS)
    return parser


def _models(options: argparse.Namespace, folder: Path, texts: Sequence[str]) -> dict[str, str]:
    """The model of each system: a path, or the name of a pack."""
    models = {}
    for system in options.systems:
        models[system] = system.removesuffix(":pipe")
        if system == "camel":
            models[system] = options.camel or str(folder / "camel")
            if not options.camel:
                peers.make_camel_model(folder / "camel", texts)
        if system == "stanza":
            if not options.stanza:
                raise ValueError("stanza needs --stanza FILE, a model that benchmarks/stanza_ner.py has trained")
            models[system] = options.stanza
    return models


def run(system: str, model: str, options: argparse.Namespace) -> dict[str, float]:
    """One process of one system, and what it measured."""
    command = [sys.executable, __file__, str(options.articles), "--threads", str(options.threads)]
    command += ["--seconds", str(options.seconds), "--worker", system, model, "--began", str(time.time())]
    threads = {name: str(options.threads) for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS")}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, **threads})
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def work(options: argparse.Namespace) -> dict[str, float]:
    """Inside the process: load, read the first article, then all until the time is up (each at least once)."""
    texts = peers.read_articles(options.articles)
    if options.worker[0].endswith(":pipe"):
        return _work_through_a_pipe(texts, options)
    read = peers.reader(options.worker[0], options.worker[1], options.threads)
    read(texts[0])
    cold = time.time() - options.began
    began = time.perf_counter()
    articles = words = 0
    while True:
        for text in texts:
            read(text)
            articles += 1
            words += len(text.split())
            if time.perf_counter() - began > options.seconds and articles >= min(len(texts), 10):
                break
        seconds = time.perf_counter() - began
        if seconds > options.seconds:
            break
    return {"cold": cold, "articles": articles / seconds, "words": words / seconds, "megabytes": _peak()}


def _work_through_a_pipe(texts: Sequence[str], options: argparse.Namespace) -> dict[str, float]:
    from arabic_news_ner import Extractor

    extractor = Extractor.load(options.worker[1], threads=1)
    cycle = itertools.cycle(texts)
    stop = time.perf_counter() + options.seconds + 60.0
    source = itertools.takewhile(lambda _: time.perf_counter() < stop, cycle)
    results = extractor.pipe(source, batch_size=16, processes=options.threads)
    next(results)
    cold = time.time() - options.began
    for _ in range(16 * options.threads):  # until every worker has its model
        next(results)
    began = time.perf_counter()
    stop = began + options.seconds
    articles = words = 0
    for article in results:
        articles += 1
        words += len(article.text.split())
    seconds = time.perf_counter() - began
    workers = options.threads * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"cold": cold, "articles": articles / seconds, "words": words / seconds, "megabytes": _peak() + workers}


def _peak() -> float:
    """The highest memory of this process in MB. Linux counts it from the start of the program in ``VmHWM``, but in ``getrusage``
    from the process that it was forked from."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def summarize(rows: Sequence[dict[str, float]], model: str) -> dict[str, float]:
    """The median of each figure, and the size of the model on the disk in MB."""
    medians = {key: round(statistics.median(row[key] for row in rows), 2) for key in rows[0]}
    return {**medians, "disk": round(_disk(model) / 1e6, 1)}


def _disk(model: str) -> int:
    from arabic_news_ner.tagging.onnx import pack

    path = Path(model)
    if not path.exists():
        path = pack.load(model).folder
    return peers.disk_bytes(path) + (peers.disk_bytes(p) if (p := path.with_suffix(".pretrain.pt")).is_file() else 0)


def machine(threads: int) -> dict[str, Any]:
    """What the figures were measured on."""
    name = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        name = names[0] if names else name
    return {"processor": name, "threads": threads, "python": platform.python_version(), "system": platform.system()}


def table(result: dict[str, Any]) -> str:
    """The result for a terminal, each speed also as a multiple of the slowest system's."""
    m = result["machine"]
    lines = [
        f"{result['articles']} articles, {result['words']:,} words; "
        f"{m['threads']} threads, {m['processor']}, Python {m['python']}",
        "",
        f"{'system':10}{'articles/s':>12}{'words/s':>10}{'ratio':>8}{'cold start s':>14}{'memory MB':>11}{'model MB':>10}",
    ]
    slowest = min(row["articles"] for row in result["systems"].values())
    for system, row in result["systems"].items():
        lines.append(
            f"{system:10}{row['articles']:12.2f}{row['words']:10.0f}{row['articles'] / slowest:8.1f}{row['cold']:14.2f}"
            f"{row['megabytes']:11.0f}{row['disk']:10.1f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
