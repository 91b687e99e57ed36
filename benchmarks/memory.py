"""Memory over a long stream of texts, as a curve: resident megabytes after every part of it.

    python -m benchmarks.memory --texts 100000 --model fast

The texts are invented; each brings new names, and every tenth a new word of 10,000 letters, which no cache may keep.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path

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


def resident() -> float:
    """Megabytes of memory that this process holds (Linux)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    raise OSError("/proc/self/status has no VmRSS: this benchmark runs on Linux")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--points", type=int, default=20, help="points of the curve")
    parser.add_argument("--model", default="fast")
    args = parser.parse_args()
    results = Extractor.load(args.model, threads=1).pipe(texts(args.texts))
    part = max(1, args.texts // args.points)
    top = 0.0
    for number in itertools.count(1):
        read = sum(1 for _ in itertools.islice(results, part))
        if not read:
            break
        now = resident()
        top = max(top, now)
        print(
            json.dumps({"texts": (number - 1) * part + read, "megabytes": round(now, 1)}) + "  " + "#" * int(now / 10),
            flush=True,
        )
    print(json.dumps({"largest_megabytes": round(top, 1)}))


if __name__ == "__main__":
    main()
