"""docs/architecture.md says what the tree says: the stages in their order, and files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arabic_news_ner.pipeline import STAGES

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "arabic_news_ner"


def test_the_stages_of_the_page_are_those_of_the_pipeline():
    listed = re.findall(r"│ +(\d+) (\w+)", PAGE)
    assert listed == [(str(n), stage.__name__) for n, stage in enumerate(STAGES.values(), 1)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w/]+(?:/|\.(?:py|tsv|json)))`", PAGE))))
def test_what_the_page_names_exists(name):
    assert (PACKAGE / name).exists() or (ROOT / name).exists()


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=lambda path: path.parent.name)
def test_each_package_says_what_it_is(path):
    assert path.read_text(encoding="utf-8").startswith('"""')
