"""Link accuracy of people and organizations: annotated articles against hand-made lists.

    python -m benchmarks.identities --data DATA --label PER

``benchmarks/links/people.tsv`` and ``organizations.tsv`` hold one mention of each entity that was read: the article's
id, start and end of the mention (code points), and its id, ``-`` where the tables of the package do not have it: a
Wikidata id, or one of the table ``people`` or ``organizations``. The texts are not in the repository: DATA is the folder with
``news/{dev,dev2}.spans.jsonl``.

Entities and roles are the annotated ones, so that the figures are those of linking alone; with ``--model base`` those
of the pack. Precision counts the links given, recall the entities that have an id.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arabic_news_ner.extractor import Extractor
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.country_cues import find_adjectives
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.linking.link import link_people, link_places_and_organizations
from arabic_news_ner.linking.offices import read_offices, with_roles
from arabic_news_ner.page.header import read_header
from arabic_news_ner.roles.status import status_of
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.types import Entity, Mention, Role

LISTS = {label: Path(__file__).parent / "links" / name for label, name in
         (("PER", "people.tsv"), ("ORG", "organizations.tsv"))}  # fmt: skip
PARTS = ("dev", "dev2")


@dataclass(frozen=True, slots=True)
class Gold:
    """One line of a list; ``ids`` is empty if the tables do not have the entity."""

    article: str
    start: int
    end: int
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of a list and the identifiers that the linker gave."""

    gold: Gold
    name: str
    answer: frozenset[str]

    @property
    def right(self) -> bool:
        return bool(self.answer & self.gold.ids) or not (self.answer or self.gold.ids)


def read_gold(path: Path) -> list[Gold]:
    """The lines of a list; ``A|B`` is read as either."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Gold(
            r["article"],
            int(r["start"]),
            int(r["end"]),
            frozenset() if r["id"] == "-" else frozenset(r["id"].split("|")),
        )
        for r in rows
    ]


def read_articles(data: Path) -> dict[str, Mapping[str, Any]]:
    """The annotated articles by id."""
    articles = {}
    for part in PARTS:
        with (data / "news" / f"{part}.spans.jsonl").open(encoding="utf-8") as file:
            articles.update({row["id"]: row for row in map(json.loads, file)})
    return articles


def annotated_entities(article: Mapping[str, Any]) -> Iterator[Entity]:
    """The annotated entities with their mentions and roles."""
    text = article["text"]
    mentions: dict[int, list[Mention]] = {}
    for start, end, _, _, number, _ in article["spans"]:
        mentions.setdefault(number, []).append(Mention(start, end, text[start:end]))
    roles: dict[int, list[Role]] = {}
    for start, end, holder in article["roles"]:
        if holder is not None:
            phrase = text[start:end]
            roles.setdefault(holder, []).append(
                Role(start, end, phrase, f"e{holder}", status=status_of(phrase, "", Lexicon.load()))
            )
    for number, (label, subtype, name) in enumerate(article["entities"]):
        if number in mentions:
            yield Entity(
                f"e{number}", label.upper(), subtype, name, tuple(mentions[number]), tuple(roles.get(number, ()))
            )


def linked_entities(article: Mapping[str, Any], knowledge: Knowledge) -> Sequence[Entity]:
    """The annotated entities with the links that the package gives them."""
    text = article["text"]
    tokens = tokenize(text)
    entities = list(annotated_entities(article))
    adjectives = find_adjectives(entities, tokens, knowledge, Lexicon.load())
    linked = link_places_and_organizations(entities, tokens, adjectives, knowledge, Lexicon.load())
    spans = sorted(((m.start, m.end, e) for e in linked if e.label != "PER" for m in e.mentions), key=lambda s: s[:2])
    roles = []
    for role in (role for e in linked for role in e.roles):
        inside = [e for start, end, e in spans if role.start <= start and end <= role.end]
        organization = next((e.id for e in inside if e.label == "ORG"), None)
        place = next((e.id for e in inside if e.label == "LOC"), None)
        roles.append(Role(role.start, role.end, role.text, role.holder, organization, place, role.status))
    described = read_offices(
        sorted(roles, key=lambda r: r.start), linked, adjectives, tokens, knowledge, Lexicon.load()
    )
    date = read_header(text).date
    return link_people(with_roles(linked, described), tokens, adjectives, date, knowledge, Lexicon.load())


def outcomes(
    gold: Sequence[Gold],
    articles: Mapping[str, Mapping[str, Any]],
    knowledge: Knowledge,
    extractor: Extractor | None = None,
) -> list[Outcome]:
    """What the linker makes of each line. :raises SystemExit: if an article or a mention is missing.

    :param extractor: reads the texts, in place of the annotation; a line whose mention it does not find has no answer.
    """
    answers: dict[str, dict[tuple[int, int], Entity]] = {}
    out = []
    for line in gold:
        if line.article not in articles:
            raise SystemExit(f"article {line.article} of the list is not in the data")
        if line.article not in answers:
            article = articles[line.article]
            linked = extractor.extract(article["text"]).entities if extractor else linked_entities(article, knowledge)
            answers[line.article] = {(m.start, m.end): e for e in linked for m in e.mentions}
        entity = answers[line.article].get((line.start, line.end))
        if entity is None and extractor is not None:
            out.append(Outcome(line, "", frozenset()))
            continue
        if entity is None:
            raise SystemExit(f"article {line.article} has no mention [{line.start}, {line.end})")
        out.append(Outcome(line, entity.name, frozenset(link.id for link in entity.links)))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--label", choices=sorted(LISTS), required=True)
    parser.add_argument("--errors", action="store_true", help="print the lines that are wrong")
    parser.add_argument("--model", help="read the texts with this pack, in place of the annotation")
    args = parser.parse_args()
    extractor = Extractor.load(args.model, threads=1) if args.model else None
    found = outcomes(read_gold(LISTS[args.label]), read_articles(args.data), Knowledge.load(), extractor)
    given = [o for o in found if o.answer]
    wanted = [o for o in found if o.gold.ids]
    right = sum(o.right for o in given)
    print(
        f"{len(found)} entities, {len(wanted)} in the tables, {len(given)} linked: "
        f"precision {100 * right / max(len(given), 1):.1f}, recall {100 * right / max(len(wanted), 1):.1f}"
    )
    if args.errors:
        for o in found:
            if not o.right:
                print(
                    o.gold.article,
                    o.gold.start,
                    o.name,
                    "wanted",
                    sorted(o.gold.ids),
                    "got",
                    sorted(o.answer),
                    sep="\t",
                )


if __name__ == "__main__":
    main()
