"""Imports point upward only: read from the source of every module."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "arabic_news_ner"
#: Each part and the parts above it. A part may import itself and what stands before it in this list.
ORDER = [
    "version",
    "errors",
    "manifest",
    "types",
    "_pool",
    "serialize",
    "record_schema",
    "text",
    "lexicon",
    "page",
    "tagging",
    "linking",
    "mentions",
    "coref",
    "roles",
    "subtypes",
    "salience",
    "keywords",
    "pipeline",
    "archive",
    "extractor",
    "show",
    "scoring",
    "export",
    "integrations",
    "cli",
    "__main__",
]
#: Parts of one floor, which know nothing of each other.
STRANGERS = {
    ("tagging", "page"),
    ("linking", "page"),
    ("mentions", "page"),
    ("coref", "page"),
    ("roles", "page"),
    ("archive", "page"),
    ("archive", "tagging"),
    ("show", "tagging"),
}
#: The rules read the protocol of taggers and nothing else of them.
WINDOWS = {
    (part, "tagging"): {"arabic_news_ner.tagging.protocol"}
    for part in ("linking", "mentions", "coref", "roles", "pipeline")
}
#: The methods of a result call what stands below it: imported when they are called, never at the top of the module.
METHODS = {"types": {"serialize", "show", "export"}}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def part_of(module: str) -> str:
    return module.split(".")[1]


def imports(path: Path) -> set[str]:
    """What a module imports, but for what its methods may import when they are called."""
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    late = {id(inner) for function in functions for inner in ast.walk(function)}
    allowed = METHODS.get(path.stem, set())
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) in late and part_of(f"{node.module}.") in allowed:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.startswith("arabic_news_ner.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_upward(path):
    mine = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for name in imports(path):
        theirs = part_of(name)
        assert ORDER.index(theirs) <= ORDER.index(mine), f"{mine} imports {name} from below"
        assert (mine, theirs) not in STRANGERS, f"{mine} imports {name}"
        if (mine, theirs) in WINDOWS:
            assert any(name.startswith(window) for window in WINDOWS[mine, theirs]), f"{mine} imports {name}"


def test_nothing_of_the_package_imports_the_tools_around_it():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] not in ("training", "benchmarks", "tests"), f"{path} imports {name}"
