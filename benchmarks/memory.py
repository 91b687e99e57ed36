"""Memory over a long stream of texts, as a curve: resident megabytes after every part of it.

    python -m benchmarks.memory --texts 100000 --model fast
    python -m benchmarks.memory --texts 100000 --model fast --command-line

The first runs ``Extractor.pipe`` in this process, the second ``arabic-news-ner extract --jsonl`` in another one.
The texts are invented; each brings new names, and every tenth a new word of 10,000 letters, which no cache may keep.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from arabic_news_ner.extractor import Extractor

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
LINE = "قال وزير الصحة {a} {b} إن بلدية {c} ستفتح مستشفى في {d} يوم الأحد، والتقى رئيس شركة {e} للمقاولات."


def texts(count: int, seed: int = 0) -> Iterator[str]:
    """Texts of three sentences with names that no other text has."""
    dice = random.Random(seed)
    for number in range(count):
        lines = []
        for _ in range(3):
            words = {key: "".join(dice.choices(LETTERS, k=dice.randint(3, 9))) for key in "abcde"}
            lines.append(LINE.format(**words))
        if number % 10 == 0:
            lines.append("".join(dice.choices(LETTERS, k=10_000)))
        yield "\n".join(lines)


def resident(process: int) -> float | None:
    """Megabytes of memory that a process holds; ``None`` if it has ended (Linux)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    return None


def feed(pipe: IO[str], stream: Iterable[str]) -> None:
    """Write a line of JSON for each text, and close the pipe."""
    with pipe:
        for number, text in enumerate(stream):
            pipe.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")


def curve(results: Iterable[object], process: int, part: int) -> float:
    """Print the megabytes of a process after every ``part`` of its results; the largest of them is returned."""
    results, top = iter(results), 0.0
    for number in itertools.count(1):
        read = sum(1 for _ in itertools.islice(results, part))
        now = resident(process) if read else None
        if now is None:
            return top
        top = max(top, now)
        print(
            json.dumps({"texts": (number - 1) * part + read, "megabytes": round(now, 1)}) + "  " + "#" * int(now / 10),
            flush=True,
        )
    return top


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--points", type=int, default=20, help="points of the curve")
    parser.add_argument("--model", default="fast")
    parser.add_argument("--command-line", action="store_true", help="measure the command in a process of its own")
    args = parser.parse_args()
    part = max(1, args.texts // args.points)
    if not args.command_line:
        top = curve(Extractor.load(args.model, threads=1).pipe(texts(args.texts)), os.getpid(), part)
    else:
        command = [sys.executable, "-m", "arabic_news_ner", "extract", "--jsonl", "--model", args.model]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            threading.Thread(target=feed, args=(process.stdin, texts(args.texts)), daemon=True).start()
            top = curve(process.stdout, process.pid, part)
        if process.returncode:
            raise SystemExit(f"the command ended with status {process.returncode}")
    print(json.dumps({"largest_megabytes": round(top, 1)}))


if __name__ == "__main__":
    main()
