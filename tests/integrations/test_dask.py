"""Dask: threads and processes give what the library gives, and Parquet keeps the types."""

from __future__ import annotations

import pytest

from arabic_news_ner.errors import InputError
from tests.integrations.conftest import MODEL, TEXTS, names

pytestmark = pytest.mark.dask
pytest.importorskip("dask.dataframe")


@pytest.fixture
def table():
    import dask.dataframe as dd
    import pandas as pd

    return dd.from_pandas(pd.DataFrame({"id": range(5), "text": TEXTS}), npartitions=2)


@pytest.mark.parametrize("scheduler", ["threads", "processes"])
def test_a_column_of_records(table, expected, scheduler):
    from arabic_news_ner.integrations.dask import extract_column

    out = extract_column(table, model=MODEL)
    frame = out.compute(scheduler=scheduler, num_workers=2)
    assert frame["article"].dtype == out.dtypes["article"]
    assert frame["article"].isna().tolist() == [text is None for text in TEXTS]
    assert names(frame["article"].iloc[0]) == names(expected[0])
    assert frame["id"].tolist() == [0, 1, 2, 3, 4]


def test_to_parquet_and_back(table, expected, tmp_path):
    import pyarrow.parquet as parquet

    from arabic_news_ner.integrations.dask import extract_column

    extract_column(table, model=MODEL).to_parquet(tmp_path / "out", write_index=False)
    rows = [
        row for path in sorted((tmp_path / "out").glob("*.parquet")) for row in parquet.read_table(path).to_pylist()
    ]
    assert names(rows[0]["article"]) == names(expected[0])
    assert rows[1]["article"] is None


def test_a_wrong_column_is_named_at_once(table):
    from arabic_news_ner.integrations.dask import extract_column

    with pytest.raises(InputError, match="no column 'body'"):
        extract_column(table, "body")
