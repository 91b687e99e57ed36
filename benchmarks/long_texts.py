"""One long text through ``extract``: processor time and peak memory at doubling sizes, for news and for hostile repeats.

    python -m benchmarks.long_texts --model fast --megabytes 1 2 4 8

The kind ``file`` is the texts of a file of ``{"text": ...}`` lines (``--articles``, plain or .xz), one after the other, from
the first again after the last. Each row is measured in a process of its own. The target is a time of at most 2.2 times for
twice the text, and a peak of 300 MB and 20 bytes a character.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

from arabic_news_ner.extractor import Extractor

LETTERS = "تثجحخدرزسشصضطعغقمن"
NEWS = """أعلنت وزارة الصحة الليبية أمس الأحد افتتاح مستشفى جديد في مدينة {town}،
بحضور الوزير {first} {second} ورئيس البلدية {third} {second}.
وقال {second} إن المستشفى سيخدم مائة ألف مواطن. وأضاف أن شركة ال{town} للمقاولات أتمت البناء في عامين.
"""
#: Bytes of UTF-8 a character, about.
BYTES = 1.8
KINDS = ("file", "news", "one_paragraph", "one_word", "lines", "one_letter", "marks", "signs")


def text_of_file(path: Path, characters: int) -> str:
    """The texts of a file, joined by blank lines."""
    opened = lzma.open if path.suffix == ".xz" else open
    parts: list[str] = []
    length = 0
    while length < characters:
        with opened(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                parts.append(json.loads(line)["text"] + "\n\n")
                length += len(parts[-1])
                if length >= characters:
                    break
    return "".join(parts)[:characters]


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


def measure(model: str, kind: str, megabytes: float, articles: Path | None = None) -> dict[str, object]:
    """One row, in this process."""
    extractor = Extractor.load(model, threads=1)
    extractor.extract(text_of("one_paragraph", 300))
    characters = int(megabytes * 1e6 / BYTES)
    text = text_of(kind, characters) if articles is None else text_of_file(articles, characters)
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
        "mentions": sum(len(entity.mentions) for entity in article.entities),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="fast")
    parser.add_argument("--kinds", nargs="+", default=list(KINDS[1:]), choices=KINDS)
    parser.add_argument("--articles", type=Path, help="the file of the kind file")
    parser.add_argument("--megabytes", nargs="+", type=float, default=[1, 2, 4, 8])
    parser.add_argument("--row", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.row:
        print(json.dumps(measure(args.model, args.kinds[0], args.megabytes[0], args.articles)), flush=True)
        return
    for kind, size in itertools.product(args.kinds, args.megabytes):
        command = [sys.executable, "-m", "benchmarks.long_texts", "--model", args.model, "--row"]
        articles = ["--articles", str(args.articles)] if kind == "file" else []
        subprocess.run([*command, "--kinds", kind, "--megabytes", str(size), *articles], check=True)


if __name__ == "__main__":
    main()
