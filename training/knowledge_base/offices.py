"""The tables of offices and portfolios, folded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from arabic_news_ner.text.words import split_words
from training.knowledge_base.places import listed, read_table


def read_offices(tables: Path) -> dict[str, Any]:
    """``offices.json``: folded form -> title and kind, folded form -> portfolio.

    :raises SystemExit: if a form stands in two rows.
    """
    titles: dict[str, list[str]] = {}
    for told in read_table(tables / "office_titles.tsv"):
        for form in (told["title"], *listed(told["forms"])):
            key = " ".join(split_words(form))
            if titles.setdefault(key, [told["title"], told["kind"]]) != [told["title"], told["kind"]]:
                raise SystemExit(f"office_titles.tsv: {form} is {titles[key][0]} and {told['title']}; keep one")
    portfolios: dict[str, str] = {}
    for told in read_table(tables / "portfolios.tsv"):
        for form in (told["name"], *listed(told["forms"])):
            key = " ".join(split_words(form))
            if portfolios.setdefault(key, told["name"]) != told["name"]:
                raise SystemExit(f"portfolios.tsv: {form} is {portfolios[key]} and {told['name']}; keep one")
            if key.startswith("ال"):
                portfolios.setdefault(key.removeprefix("ال"), told["name"])
                portfolios.setdefault("ل" + key.removeprefix("ا"), told["name"])
    return {"titles": dict(sorted(titles.items())), "portfolios": dict(sorted(portfolios.items()))}
