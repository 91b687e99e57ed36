"""What the documents say is run: doctests of the package, code blocks of README and docs, links between pages."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import arabic_news_ner
from tests.docs_files import names, write_files

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(arabic_news_ner.__path__, "arabic_news_ner.")
    if not module.name.endswith("__main__")
)
BLOCK = re.compile(r"^```python([^\n]*)\n(.*?)^```", re.M | re.S)
MARKED_BLOCK = re.compile(r"^(<!-- ((?:needs|not run):[^\n]*?) -->\n+)?```python[^\n]*\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name):
    try:
        module = importlib.import_module(name)
    except ImportError as error:
        if (error.name or "").startswith("arabic_news_ner"):
            raise
        pytest.skip(f"needs {error.name or error}")
    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    missing = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.name)
def test_the_site_reads_markdown_inside_html(page):
    """Without the attribute ``markdown`` the site shows the signs of Markdown in a <div> as they are."""
    assert [tag for tag in re.findall(r"<div[^>]*>", page.read_text(encoding="utf-8")) if "markdown" not in tag] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_code_blocks_compile(page):
    for _, code in BLOCK.findall(page.read_text(encoding="utf-8")):
        compile(code, str(page), "exec")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_code_blocks_run(page, tmp_path, monkeypatch):
    """The Python blocks of a page, one after the other in one namespace, in a folder with the files of ``docs_files``.

    A line ``<!-- needs: spacy -->`` before a block says which package it needs: without it the block and those after it are
    not run. ``<!-- not run: why -->`` leaves out one block that shows a fragment.
    """
    blocks = [(m.group(2), m.group(3)) for m in MARKED_BLOCK.finditer(page.read_text(encoding="utf-8"))]
    if not any(mark is None or not mark.startswith("not run") for mark, _ in blocks):
        pytest.skip("no block to run")
    write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    values = {"__name__": "docs", **names()}
    for mark, code in blocks:
        if mark and mark.startswith("needs:"):
            for package in mark.removeprefix("needs:").replace(",", " ").split():
                pytest.importorskip(package)
        if not (mark and mark.startswith("not run")):
            exec(compile(code, str(page), "exec"), values)
