"""Words of rules are rows of ``data/``: no module of the package keeps a table of them in Python."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "arabic_news_ner"
#: A word of two Arabic letters or more.
WORD = re.compile("[\u0621-\u064a]{2,}")
#: As many words make a table.
TABLE = 4
#: The tables that stay in Python, each with the reason.
ALLOWED = {
    ("linking/offices.py", "_HEADS_OF_STATE"): "standard titles, which the code writes into the result",
    ("linking/people.py", "_OTHER_PROFESSIONS"): "standard titles of the office table, compared with results",
    ("linking/people.py", "_OF_STATE"): "standard titles of the office table, compared with results",
    ("linking/people.py", "_BARE_TITLES"): "standard titles of the office table, compared with results",
    ("linking/transliteration.py", "_CLASSES"): "classes of letters, no words",
    ("mentions/person_names.py", "_PARTICLES"): "how keys of names are written, one for each kind of part",
    ("page/dates.py", "_MORNING"): "part of a pattern",
    ("page/dates.py", "_EVENING"): "part of a pattern",
    ("page/segment.py", "_DATES"): "part of a pattern",
    ("page/segment.py", "_KEYWORDS"): "part of a pattern",
    ("page/segment.py", "_LINKS"): "part of a pattern",
    ("page/segment.py", "SEAMS"): "parts of the patterns above it, asked first (tests/page/test_split.py)",
    ("roles/holder_features.py", "CLAUSE"): "columns of the holder scorer, which was trained on these words",
    ("roles/holder_features.py", "RELATIVE"): "columns of the holder scorer, which was trained on these words",
    ("roles/holder_features.py", "PREPOSITIONS"): "columns of the holder scorer, which was trained on these words",
    ("show/wording.py", "_ARABIC"): "the Arabic texts of the pages that the package draws",
    ("text/sentences.py", "AND_TITLES"): "abbreviations of titles after an attached و",
    ("text/profiles.py", "_CAMEL_SIGNS"): "what CAMeL Tools makes of two signs of Unicode",
    ("text/clitics.py", "PREFIXES"): "the closed set of attached letters",
}
#: Modules with patterns: the order and the joins of the words are the rule, and a row a word would not say them.
PATTERNS = {
    "coref/apposition.py",
    "page/dates.py",
    "page/fields/byline.py",
    "page/fields/caption.py",
    "page/fields/dateline.py",
    "page/fields/headline.py",
    "page/fields/keywords.py",
    "page/fields/outlet.py",
    "page/fields/source.py",
    "page/segment.py",
}


def tables(source: str) -> list[tuple[str, bool]]:
    """Name of each constant of a module or class with :data:`TABLE` Arabic words or more; is it a compiled pattern?"""
    tree = ast.parse(source)
    bodies = [tree.body, *(node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    found = []
    for node in (node for body in bodies for node in body):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        strings = [c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant) and isinstance(c.value, str)]
        if len({word for string in strings for word in WORD.findall(string)}) >= TABLE:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            found.append((ast.unparse(target), ast.unparse(node.value).startswith(("re.compile", "regex.compile"))))
    return found


def tables_of_the_package() -> list[tuple[str, str, bool]]:
    return [
        (path.relative_to(PACKAGE).as_posix(), name, is_pattern)
        for path in sorted(PACKAGE.rglob("*.py"))
        for name, is_pattern in tables(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(
    "source",
    [
        'X = {"وزارة", "هيئة", "مجلس", "لجنة"}',
        'X = frozenset("وزارة هيئة مجلس لجنة".split())',
        'class A:\n    X: dict[str, str] = {"وزارة": "هيئة", "مجلس": "لجنة"}',
    ],
)
def test_a_table_is_seen(source):
    assert tables(source) == [("X", False)]


def test_a_pattern_and_a_short_list_are_no_table():
    assert tables('X = regex.compile("وزارة|هيئة|مجلس|لجنة")') == [("X", True)]
    assert tables('X = ("وزارة", "هيئة", "مجلس")\ndef f():\n    """وزارة هيئة مجلس لجنة"""') == []


def test_no_module_keeps_a_table_of_words():
    """A word of a rule is a row of ``data/lexicon`` or ``data/page`` (CONTRIBUTING.md says how to add one)."""
    found = {(module, name) for module, name, is_pattern in tables_of_the_package() if not is_pattern}
    assert found == set(ALLOWED)


def test_patterns_with_words_stay_where_they_are():
    assert {module for module, _, is_pattern in tables_of_the_package() if is_pattern} == PATTERNS
