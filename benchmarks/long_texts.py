"""One long text through ``extract``: processor time and peak memory at doubling sizes, for news and for hostile repeats.

    python -m benchmarks.long_texts --model fast --megabytes 1 2 4 8

Each row is measured in a process of its own. The target is a time of at most 2.2 times for twice the text, and a peak of
300 MB and 20 bytes a character.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import resource
import subprocess
import sys
import time

from arabic_news_ner.extractor import Extractor

LETTERS = "تثجحخدرزسشصضطعغقمن"
NEWS = """أعلنت وزارة الصحة الليبية أمس الأحد افتتاح مستشفى جديد في مدينة {town}،
بحضور الوزير {first} {second} ورئيس البلدية {third} {second}.
وقال {second} إن المستشفى سيخدم مائة ألف مواطن. وأضاف أن شركة ال{town} للمقاولات أتمت البناء في عامين.
"""
#: Bytes of UTF-8 a character, about.
BYTES = 1.8
KINDS = ("news", "one_paragraph", "one_word", "lines", "one_letter", "marks", "signs")


def text_of(kind: str, characters: int) -> str:
    """An invented text: ``news`` has new names in each paragraph, the others repeat one thing."""
    if kind == "news":
        dice = random.Random(0)
        parts: list[str] = []
        length = 0
        while length < characters:
            names = {
                k: "".join(dice.choices(LETTERS, k=dice.randint(3, 8))) for k in ("town", "first", "second", "third")
            }
            parts.append(NEWS.format(**names))
            length += len(parts[-1])
        return "".join(parts)[:characters]
    if kind == "marks":
        return "ب" + "\u064e" * (characters - 1)
    one_paragraph = NEWS.format(town="سبها", first="سالم", second="الورفلي", third="نزار")
    unit = {
        "one_paragraph": one_paragraph,
        "one_word": "محمد ",
        "lines": "خبر\n",
        "one_letter": "ا",
        "signs": "، ( ) « » - ",
    }
    return (unit[kind] * (characters // len(unit[kind]) + 1))[:characters]


def measure(model: str, kind: str, megabytes: float) -> dict[str, object]:
    """One row, in this process."""
    extractor = Extractor.load(model, threads=1)
    extractor.extract(text_of("one_paragraph", 300))
    text = text_of(kind, int(megabytes * 1e6 / BYTES))
    start = time.process_time()
    article = extractor.extract(text)
    return {
        "kind": kind,
        "megabytes": megabytes,
        "characters": len(text),
        "cpu_s": round(time.process_time() - start, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
        "target_mb": round(300 + 20 * len(text) / 1e6),
        "entities": len(article.entities),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="fast")
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=KINDS)
    parser.add_argument("--megabytes", nargs="+", type=float, default=[1, 2, 4, 8])
    parser.add_argument("--row", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.row:
        print(json.dumps(measure(args.model, args.kinds[0], args.megabytes[0])), flush=True)
        return
    for kind, size in itertools.product(args.kinds, args.megabytes):
        command = [sys.executable, "-m", "benchmarks.long_texts", "--model", args.model, "--row"]
        subprocess.run([*command, "--kinds", kind, "--megabytes", str(size)], check=True)


if __name__ == "__main__":
    main()
