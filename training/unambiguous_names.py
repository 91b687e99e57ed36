"""Find the names that the annotated news has as a name wherever they stand, and write ``data/lexicon/unambiguous_names.tsv``.

    python -m training.unambiguous_names FILE.spans.jsonl...

A name of an organization or place is unambiguous if at least :data:`ARTICLES` articles have it as one and no occurrence in any
article is something else: each is a mention of this label or lies within a longer one, at least half of them the former.
``support``: of m occurrences n are a mention by themselves. People are left out: two people have one name more often.
Files of a development or test set do not belong here.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

from arabic_news_ner.lexicon.tables import FOLDER
from arabic_news_ner.mentions.words import Name, index_words, names_in
from arabic_news_ner.tagging.protocol import TokenizedText
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.text.words import split_words
from arabic_news_ner.types import Label
from training.lexicon import write_manifest

#: Articles that a name needs. With 3 the table has twice as many rows and finds no more on the development sets.
ARTICLES: Final = 5
#: Letters that a name needs in all: shorter ones are too often part of something else.
LETTERS: Final = 4
HEAD: Final = """\
# Names of organizations and places that the annotated news has as a name wherever they stand: found where a tagger misses them.
# Written by training.unambiguous_names.
# support: n/m, of m occurrences n are a mention by themselves, the others lie within a longer one.
label\tname\tsupport\tsource
"""


@dataclass
class Counts:
    """What was seen of one name."""

    articles: int = 0
    alone: int = 0
    within: int = 0
    otherwise: int = 0
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def unambiguous(self) -> bool:
        """Is it a name wherever it stands?"""
        return self.articles >= ARTICLES and not self.otherwise and self.alone >= self.within


def count(records: Sequence[dict[str, Any]]) -> dict[Name, Counts]:
    """What was seen of each name of an organization or place, by label and folded words."""
    seen: dict[Name, Counts] = {}
    for record in records:
        own = set()
        for start, end, label, *_ in record["spans"]:
            spelling = record["text"][start:end]
            name: Name = (cast("Label", label.upper()), split_words(spelling))
            if label != "per" and len("".join(name[1])) >= LETTERS:
                own.add(name)
                seen.setdefault(name, Counts()).spellings[spelling] += 1
        for name in own:
            seen[name].articles += 1
    frequent = defaultdict(list)
    for name, counts in seen.items():
        if counts.articles >= ARTICLES:
            frequent[name[1][0]].append(name)
    for record in records:
        index = index_words(TokenizedText.of(record["text"], tokenize(record["text"])))
        spans = [(*index.words_of(start, end), label.upper()) for start, end, label, *_ in record["spans"]]
        for name, _, first, last in names_in(index, frequent):
            counts, touching = seen[name], [s for s in spans if s[0] < last and s[1] > first]
            if (first, last, name[0]) in touching:
                counts.alone += 1
            elif any(s[0] <= first and last <= s[1] and s[1] - s[0] > last - first for s in touching):
                counts.within += 1
            else:
                counts.otherwise += 1
    return seen


def rows(seen: dict[Name, Counts]) -> Iterable[str]:
    """The lines of the table, sorted. A name whose article lost its alef after ``ل`` gives way to the whole one."""
    for label, words in sorted(name for name, counts in seen.items() if counts.unambiguous):
        if words[0].startswith("ل") and (label, ("ا" + words[0], *words[1:])) in seen:
            continue
        counts = seen[label, words]
        spelling = min(counts.spellings, key=lambda s: (-counts.spellings[s], s))
        yield f"{label}\t{' '.join(spelling.split())}\t{counts.alone}/{counts.alone + counts.within}\tannotated news"


def main(arguments: list[str] | None = None) -> None:
    """See the head of this page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spans", nargs="+", type=Path, help="annotated articles (spans.jsonl)")
    options = parser.parse_args(arguments)
    records = [json.loads(line) for path in options.spans for line in path.read_text(encoding="utf-8").splitlines()]
    lines = list(rows(count(records)))
    (FOLDER / "unambiguous_names.tsv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    write_manifest(FOLDER)
    print(f"{len(lines)} unambiguous names in {len(records)} articles")


if __name__ == "__main__":
    main()
