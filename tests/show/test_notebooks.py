"""The notebooks of examples/ run from the first cell to the last, and show what they promise."""

from __future__ import annotations

from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
NOTEBOOKS = sorted(path.name for path in EXAMPLES.glob("*.ipynb"))
#: What the outputs of each must contain: the kind of output, and parts of it.
PROMISED = {
    "first_steps.ipynb": [
        ("text/html", ["ann-text", "ناصر الغرابلي"]),
        ("text/html", ["ann-pair", ">base<", ">fast<"]),
        ("text/html", ["dataframe", "وزير الثقافة"]),
        ("text/plain", ["article.html", "article.json"]),
    ],
    "archive_to_officials.ipynb": [
        ("text/html", ["dataframe", "ناصر الغرابلي", "وزير الثقافة", "2026-03-01"]),
        ("image/svg+xml", ["ظهور الأشخاص عبر الزمن"]),
        ("image/svg+xml", ["Who appears with whom", "هدى السلماني"]),
        ("image/svg+xml", ["المؤسسات بحسب عدد المقالات"]),
    ],
    "map_of_places.ipynb": [
        ("image/svg+xml", ["Places by number of articles", "بنغازي"]),
        ("image/svg+xml", ["الأماكن بحسب عدد المقالات"]),
        ("text/plain", ["map.png", "map.svg"]),
        ("text/plain", ["'Feature'", "coordinates"]),
    ],
}


def test_every_notebook_is_listed_here():
    assert set(NOTEBOOKS) == set(PROMISED)


@pytest.mark.notebook
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs(name):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    for package in ("ipykernel", "matplotlib", "networkx", "openpyxl", "pandas", "narwhals"):
        pytest.importorskip(package)
    notebook = nbformat.read(EXAMPLES / name, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "kept without outputs, which would go stale"
    client = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(EXAMPLES)}}
    )
    client.execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert not [output for output in outputs if output.output_type == "error"]
    assert not [output for output in outputs if output.get("name") == "stderr"], "no warnings"
    for kind, parts in PROMISED[name]:
        shown = [output.data[kind] for output in outputs if kind in output.get("data", {})]
        assert any(all(part in text for part in parts) for text in shown), (kind, parts)
