"""One large page through ``read_page`` and, with a model, ``extract_page``: processor time and peak memory at doubling sizes.

    python -m benchmarks.long_pages --times 1 2 4

Once, the pages are: 100,000 headlines, a story of 20,000 lines, 10,000 links, 10,000 nested elements, 8,000 no-break blanks.
Each row is measured in a process of its own. HTML needs the extra ``[html]``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time

from arabic_news_ner.extractor import Extractor
from arabic_news_ner.page import read_page

SENTENCE = "قال وزير المواصلات سالم بن عامر إن أعمال الصيانة في ميناء الخمس تبدأ الشهر المقبل."
HEADLINE = "الجيش السوداني يعلن استعادة بلدة في ولاية سنار"
#: For each kind: how it begins, what is repeated, how often, and how it ends.
KINDS = {
    "lines": ("", HEADLINE + "\n", 100_000, ""),
    "story": (HEADLINE + "\n\n", SENTENCE + "\n", 20_000, ""),
    "links": (f"<p>{SENTENCE}</p>", f'<a href="https://example.org/1">{HEADLINE}</a>\n', 10_000, ""),
    "nested": ("", "<div>", 10_000, f"<p>{SENTENCE}</p>"),
    "blanks": ("28", "\u00a0", 8_000, "أبريل 2025"),
}


def measure(kind: str, times: int, model: str | None) -> dict[str, object]:
    """One row, in this process."""
    begin, part, count, end = KINDS[kind]
    read_page(f"<p>{SENTENCE}</p>")
    read_page(SENTENCE)
    extractor = Extractor.load(model, threads=1) if model else None
    if extractor:
        extractor.extract_page(SENTENCE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    raw = begin + part * (count * times) + end
    start = time.process_time()
    found = len(extractor.extract_page(raw) if extractor else read_page(raw).articles)
    return {
        "kind": kind,
        "parts": count * times,
        "characters": len(raw),
        "cpu_s": round(time.process_time() - start, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
        "before_mb": round(before / 1000),
        "articles": found,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--times", nargs="+", type=int, default=[1, 2, 4])
    parser.add_argument("--model", help="a pack: extract_page in place of read_page")
    parser.add_argument("--row", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.row:
        print(json.dumps(measure(args.kinds[0], args.times[0], args.model)), flush=True)
        return
    for kind, times in itertools.product(args.kinds, args.times):
        command = [sys.executable, "-m", "benchmarks.long_pages", "--row", "--kinds", kind, "--times", str(times)]
        subprocess.run([*command, *(("--model", args.model) if args.model else ())], check=True)


if __name__ == "__main__":
    main()
