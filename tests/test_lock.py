"""The lock of the core tests names what pyproject.toml asks for, each package with its hashes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WANTED = ROOT / "requirements" / "ci.in"
LOCK = ROOT / "requirements" / "ci.txt"


def lines(path):
    return [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.lstrip().startswith("#")
    ]


def test_what_is_locked_is_what_the_project_asks_for():
    tomllib = pytest.importorskip("tomllib")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    assert sorted(lines(WANTED)) == sorted(asked), "edit requirements/ci.in, then nox -s lock"


def test_every_locked_package_has_hashes():
    packages = re.split(r"\n(?=\S)", "\n".join(lines(LOCK)))
    pinned = {re.match(r"[\w.-]+(?===)", package)[0].lower().replace("_", "-") for package in packages}
    assert all("--hash=sha256:" in package for package in packages)
    wanted = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in lines(WANTED)}
    assert wanted <= pinned
