"""How an archive is read with more processes: articles a second, processor time and memory of each.

    python benchmarks/scale.py tests/golden/articles.jsonl --models base fast --processes 1 2 --count 200

Every row is measured in a process of its own, over the same articles, repeated until there are ``count``. A short run before
it is taken off, so that loading the model and starting the workers are not counted. Processor time an article is the figure
to plan with: it hardly depends on what else the machine does, and articles a second do.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

if __package__ in (None, ""):  # run as a script: its folder is on the path, the project's is not
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from arabic_news_ner.extractor import Extractor

#: Articles of the projection.
ARCHIVE = 100_000_000
#: Articles that a worker gets at a time.
BATCH = 16


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    options = _parser().parse_args(arguments)
    if options.row:
        print(json.dumps(measure(options.articles, options.models[0], options.processes[0], options.count)))
        return 0
    rows = []
    for model, processes in itertools.product(options.models, options.processes):
        command = [sys.executable, __file__, str(options.articles), "--models", model, "--processes", str(processes)]
        done = subprocess.run(
            [*command, "--count", str(options.count), "--row"], check=True, capture_output=True, text=True
        )
        rows.append(json.loads(done.stdout))
    print(json.dumps(rows, indent=1) if options.json else table(rows))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("articles", type=Path, help="articles.jsonl")
    parser.add_argument("--models", nargs="+", default=["base", "fast"])
    parser.add_argument("--processes", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--count", type=int, default=200, help="articles that are read (default: %(default)s)")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--row", action="store_true", help=argparse.SUPPRESS)
    return parser


def measure(path: Path, model: str, processes: int, count: int) -> dict[str, Any]:
    """One row: ``count`` articles with one model and so many processes of one thread each."""
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    extractor = Extractor.load(model, threads=1)
    extractor.extract(texts[0])
    start = _read(extractor, texts, processes, processes * BATCH)
    whole = _read(extractor, texts, processes, processes * BATCH + count)
    seconds, worked = whole[0] - start[0], whole[1] - start[1]
    return {
        "model": model,
        "processes": processes,
        "articles": count,
        "words": whole[2] - start[2],
        "seconds": round(seconds, 2),
        "per_second": round(count / seconds, 1),
        "processor_ms": round(1000 * worked / count, 1),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "worker_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024) if processes > 1 else 0,
    }


def _read(extractor: Extractor, texts: Sequence[str], processes: int, count: int) -> tuple[float, float, int]:
    """(seconds, processor seconds, words) of ``count`` articles, the start of the workers included."""
    stream = itertools.islice(itertools.cycle(texts), count)
    began, worked, words = time.perf_counter(), _processor_seconds(), 0
    for article in extractor.pipe(stream, batch_size=BATCH, processes=processes):
        words += len(article.text.split())
    return time.perf_counter() - began, _processor_seconds() - worked, words


def _processor_seconds() -> float:
    """Of this process and of those of its children that have ended."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in usage)


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The rows for a terminal, and what they mean for a large archive."""
    names = (
        "model",
        "processes",
        "articles",
        "words",
        "seconds",
        "per_second",
        "processor_ms",
        "memory_mb",
        "worker_mb",
    )
    lines = ["  ".join(f"{name:>12}" for name in names)]
    lines += ["  ".join(f"{row[name]!s:>12}" for name in names) for row in rows]
    for row in rows:
        hours = ARCHIVE * row["processor_ms"] / 1000 / 3600
        lines.append(
            f"{ARCHIVE:,} such articles, {row['model']}, {row['processes']} processes: {hours:,.0f} core hours"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
