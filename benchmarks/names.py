"""What a list of own names costs: processor time an article with and without it.

    python -m benchmarks.names --articles FILE [--rows 100000] [--model base]

FILE holds ``{"text": ...}`` a line. The list is made up: given and family names drawn from the tables of the package, so
that its words are those of real names. Articles are read in turns, with the list and without, so that both meet the same
machine.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from pathlib import Path

from arabic_news_ner.extractor import Extractor
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.linking.own_names import OwnName, OwnNames


def made_up(rows: int, seed: int = 1) -> OwnNames:
    """A list of that many people with names of three words."""
    words = [person.name.split() for person in Knowledge.load().people]
    given = sorted({name[0] for name in words})
    family = sorted({name[-1] for name in words})
    draw = random.Random(seed)
    return OwnNames(
        OwnName(str(number), "PER", None, (f"{draw.choice(given)} {draw.choice(given)} {draw.choice(family)}",))
        for number in range(rows)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--model", default="base")
    parser.add_argument("--limit", type=int, default=40)
    args = parser.parse_args()
    with args.articles.open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in itertools.islice(file, args.limit)]
    started = time.process_time()
    names = made_up(args.rows)
    print(f"{len(names):,} rows read in {time.process_time() - started:.1f} s of processor time")
    extractors = {"without": Extractor.load(args.model, threads=1)}
    extractors["with"] = Extractor(extractors["without"].tagger, names)
    spent = dict.fromkeys(extractors, 0.0)
    for extractor in extractors.values():
        extractor.extract(texts[0])
    for number, text in enumerate(texts):
        turn = (
            list(extractors) if number % 2 else list(reversed(extractors))
        )  # the second reads a text with warm caches
        for which in turn:
            started = time.process_time()
            extractors[which].extract(text)
            spent[which] += time.process_time() - started
    for which, seconds in spent.items():
        print(f"{which:8} {1000 * seconds / len(texts):7.1f} ms an article")
    print(f"cost     {100 * (spent['with'] / spent['without'] - 1):7.1f} %")


if __name__ == "__main__":
    main()
