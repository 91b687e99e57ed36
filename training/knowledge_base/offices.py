"""The tables of offices and portfolios, folded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from arabic_news_ner.text.words import split_words
from training.knowledge_base.places import listed, read_table


def read_offices(tables: Path) -> dict[str, Any]:
    """``offices.json``: folded form -> title and kind, folded form -> portfolio.

    :raises SystemExit: if a form is in two rows.
    """
    titles: dict[str, list[str]] = {}
    for cells in read_table(tables / "office_titles.tsv"):
        for form in (cells["title"], *listed(cells["forms"])):
            key = " ".join(split_words(form))
            if titles.setdefault(key, [cells["title"], cells["kind"]]) != [cells["title"], cells["kind"]]:
                raise SystemExit(f"office_titles.tsv: {form} is {titles[key][0]} and {cells['title']}; keep one")
    portfolios: dict[str, str] = {}
    for cells in read_table(tables / "portfolios.tsv"):
        for form in (cells["name"], *listed(cells["forms"])):
            key = " ".join(split_words(form))
            if portfolios.setdefault(key, cells["name"]) != cells["name"]:
                raise SystemExit(f"portfolios.tsv: {form} is {portfolios[key]} and {cells['name']}; keep one")
            if key.startswith("ال"):
                portfolios.setdefault(key.removeprefix("ال"), cells["name"])
                portfolios.setdefault("ل" + key.removeprefix("ا"), cells["name"])
    return {"titles": dict(sorted(titles.items())), "portfolios": dict(sorted(portfolios.items()))}
