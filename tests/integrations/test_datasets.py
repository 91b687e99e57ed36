"""Hugging Face datasets: two processes after the parent has read, a fingerprint that every run has, streams."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from arabic_news_ner.integrations.core import Settings, read_records
from tests.integrations.conftest import MODEL, TEXTS, names

pytestmark = pytest.mark.datasets
pytest.importorskip("datasets")

FINGERPRINT = """
import datasets
from arabic_news_ner.integrations.datasets import extract_column
datasets.disable_progress_bars()
data = datasets.Dataset.from_dict({"text": ["قال سامي حداد"]})
print(extract_column(data, model="fast")._fingerprint, extract_column(data, model="fast", min_score=0.9)._fingerprint)
"""


@pytest.fixture(autouse=True)
def quiet():
    import datasets

    datasets.disable_progress_bars()


def test_two_processes_after_the_parent_has_read(expected, dispatch):
    from datasets import Dataset

    from arabic_news_ner.integrations.datasets import extract_column

    read_records([dispatch * 20], Settings(model=MODEL, threads=2))
    data = Dataset.from_dict({"id": list(range(5)), "text": TEXTS})
    out = extract_column(data, model=MODEL, num_proc=2, batch_size=2)
    assert out["id"] == data["id"]
    rows = out["article"]
    assert [None if r is None else names(r) for r in rows] == [None if r is None else names(r) for r in expected]


def test_the_fingerprint_is_the_same_in_every_run_and_another_for_other_settings(tmp_path):
    env = {**os.environ, "HF_HOME": str(tmp_path)}
    runs = [
        subprocess.run([sys.executable, "-c", FINGERPRINT], env=env, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    one, other = runs[0].split()
    assert one != other


def test_a_stream(expected):
    from datasets import IterableDataset

    from arabic_news_ner.integrations.datasets import extract_column

    data = IterableDataset.from_generator(lambda: ({"text": text} for text in TEXTS))
    rows = list(extract_column(data, model=MODEL))
    assert names(rows[0]["article"]) == names(expected[0])
    assert rows[1]["article"] is None
