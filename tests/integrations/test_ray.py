"""Ray Data: an actor reads batches; nulls stay null."""

from __future__ import annotations

import pytest

from tests.integrations.conftest import MODEL, TEXTS, names

pytestmark = pytest.mark.ray
pytest.importorskip("ray")


@pytest.fixture(scope="module")
def ray():
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    yield ray
    ray.shutdown()


def test_a_column_of_records(ray, expected):
    import pyarrow as arrow

    from arabic_news_ner.integrations.ray import extract_column

    table = arrow.table({"id": [0, 1, 2, 3, 4], "text": TEXTS})
    out = extract_column(ray.data.from_arrow(table), model=MODEL, batch_size=2)
    rows = sorted(out.take_all(), key=lambda row: row["id"])
    assert [row["text"] for row in rows] == TEXTS
    assert [None if r["article"] is None else names(r["article"]) for r in rows] == [
        None if r is None else names(r) for r in expected
    ]
