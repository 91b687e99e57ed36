"""What the knowledge base covers, by country: a table for docs/knowledge.md.

python -m training.knowledge_base.coverage
"""

from __future__ import annotations

from collections import Counter

from arabic_news_ner.linking.knowledge_base import Knowledge
from training.knowledge_base.organizations import ARAB

#: Countries beside the Arab ones that have a row of their own.
OTHERS = "IR TR IL US RU FR GB".split()


def rows() -> list[tuple[str, int, int, int, int]]:
    """For each country: people, of them with terms of office, organizations, places."""
    knowledge = Knowledge.load()
    people = list(knowledge.people)
    organizations = Counter(organization.country for organization in knowledge.organizations)
    places = Counter(knowledge.place(row).country for row in range(len(knowledge)))
    everybody = Counter(person.country for person in people)
    holders = Counter(person.country for person in people if person.terms)
    listed = [*ARAB, *OTHERS]
    out = [(code, everybody[code], holders[code], organizations[code], places[code]) for code in listed]
    sums = [
        sum(count.values()) - sum(count[code] for code in listed)
        for count in (everybody, holders, organizations, places)
    ]
    return [*out, ("others", sums[0], sums[1], sums[2], sums[3])]


def main() -> None:
    print("| country | people | with terms of office | organizations | places |\n|---|---|---|---|---|")
    for code, *counts in rows():
        print(f"| {code} | {' | '.join(f'{count:,}' for count in counts)} |")


if __name__ == "__main__":
    main()
