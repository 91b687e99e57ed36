"""Link accuracy: places of the annotated articles against a hand-made list.

    python -m benchmarks.links --data DATA

``benchmarks/links/places.tsv`` holds places that annotated articles name: the article's id, the name, its subtype, the
country in which it lies (ISO 3166-1), and its GeoNames id, ``-`` if it has none that is certain. The ids were looked up
by the English names of the places, before there was a linker. The articles themselves are not part of the repository: DATA is
the folder with ``news/{dev,train}.{articles,records}.jsonl``.

The entities are the annotated ones, so that the figures are those of linking alone. A place with an id is right where it is
linked to that id; one without is right where it is not linked, or to something in the right country.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.country_cues import find_adjectives
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.linking.link import link_places_and_organizations
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.types import Entity, Label, Mention, Subtype

PLACES = Path(__file__).parent / "links" / "places.tsv"
#: The groups of the list, as reported.
GROUPS = {"countries and capitals": ("country", "capital"), "cities": ("city",), "other": ("other",)}


@dataclass(frozen=True, slots=True)
class Gold:
    """One line of the list."""

    article: str
    name: str
    subtype: str
    group: str
    country: tuple[str, ...]
    geonames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of the list, what the linker answered (``-``: no link) and whether it is right."""

    gold: Gold
    answer: str
    right: bool


def read_gold(path: Path = PLACES) -> list[Gold]:
    """The lines of the list; ``-`` is read as nothing, ``A|B`` as either."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Gold(r["article"], r["name"], r["subtype"], r["group"], _either(r["country"]), _either(r["geonames"]))
        for r in rows
    ]


def _either(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split("|"))


def entities_of(text: str, record: Mapping[str, Any]) -> Iterator[Entity]:
    """The annotated entities of an article, with a mention wherever a form occurs as a word."""
    taken: set[int] = set()
    rows: list[tuple[Label, str | None, Sequence[str]]] = [("PER", None, forms) for forms in record["per"]]
    rows += [("ORG", kind, forms) for kind, *forms in record["org"]]
    rows += [("LOC", kind, forms) for kind, *forms in record["loc"]]
    spans: dict[int, list[Mention]] = {n: [] for n in range(len(rows))}
    places = [(form, n) for n, (_, _, forms) in enumerate(rows) for form in forms]
    for form, n in sorted(places, key=lambda pair: -len(pair[0])):
        for match in re.finditer(rf"(?<!\w)(?:[وفبلك]|[وف][بلك])?({re.escape(form)})(?!\w)", text):
            if taken.isdisjoint(range(*match.span(1))):
                taken.update(range(*match.span(1)))
                spans[n].append(Mention(match.start(1), match.end(1), match.group(1)))
    for n, (label, kind, forms) in enumerate(rows):
        mentions = tuple(sorted(spans[n], key=lambda m: m.start)) or (Mention(0, 0, forms[0]),)
        yield Entity(id=f"e{n}", label=label, subtype=cast("Subtype | None", kind), name=forms[0], mentions=mentions)


def score(gold: Sequence[Gold], articles: Mapping[str, tuple[str, Mapping[str, Any]]]) -> list[Outcome]:
    """What the linker makes of each line. :raises SystemExit: if an article is missing."""
    linked: dict[str, dict[str, Entity]] = {}
    outcomes = []
    for line in gold:
        if line.article not in articles:
            raise SystemExit(f"article {line.article} of the list is not in the data")
        if line.article not in linked:
            text, record = articles[line.article]
            entities, tokens, knowledge = list(entities_of(text, record)), tokenize(text), Knowledge.load()
            adjectives = find_adjectives(entities, tokens, knowledge, Lexicon.load())
            answer = link_places_and_organizations(entities, tokens, adjectives, knowledge, Lexicon.load())
            linked[line.article] = {e.name: e for e in answer if e.label == "LOC"}
        entity = linked[line.article].get(line.name)
        if entity is None:  # the annotation has become that of an organization (a hospital)
            print(f"{line.article}: {line.name} is no longer annotated as a place, passed over")
            continue
        outcomes.append(judge(line, entity))
    return outcomes


def judge(line: Gold, entity: Entity) -> Outcome:
    """A place with an id is right where linked to it; one without, where unlinked or linked into its country."""
    ids = {k.kb: k.id for k in entity.links}
    answer = ids.get("geonames") or next(iter(ids.values()), "-")
    if line.geonames:
        return Outcome(line, answer, ids.get("geonames") in line.geonames)
    place = Knowledge.load().place_of(entity.links[0]) if entity.links else None
    right = place is None or place.country in (line.country or (None,)) or (place.country is None and place.prominent)
    return Outcome(line, answer, right)


def read_articles(data: Path) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Text and record of each annotated article, by id."""
    articles = {}
    for part in ("dev", "train"):
        texts = {row["id"]: row["text"] for row in _read(data / "news" / f"{part}.articles.jsonl")}
        for record in _read(data / "news" / f"{part}.records.jsonl"):
            articles[record["id"]] = (texts[record["id"]], record)
    return articles


def _read(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield cast("Mapping[str, Any]", json.loads(line))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--errors", action="store_true", help="print the lines that are wrong")
    args = parser.parse_args()
    outcomes = score(read_gold(), read_articles(args.data))
    for title, groups in GROUPS.items():
        rows = [o for o in outcomes if o.gold.group in groups]
        sure = [o for o in rows if o.gold.geonames]
        print(
            f"{title:24} {sum(o.right for o in sure):4} of {len(sure):4} with an id = "
            f"{100 * sum(o.right for o in sure) / max(len(sure), 1):5.1f} %, "
            f"all: {sum(o.right for o in rows):4} of {len(rows):4} = {100 * sum(o.right for o in rows) / len(rows):5.1f} %"
        )
    if args.errors:
        for o in outcomes:
            if not o.right:
                print(
                    o.gold.article, o.gold.name, o.gold.subtype, *(o.gold.geonames or ("-",)), "got", o.answer, sep="\t"
                )


if __name__ == "__main__":
    main()
