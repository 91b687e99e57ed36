"""Arrow tables and pandas frames with a column of records; each test skips without its package."""

from __future__ import annotations

import pytest

from arabic_news_ner.errors import InputError
from arabic_news_ner.integrations.core import Settings
from arabic_news_ner.integrations.tables import Mapper
from tests.integrations.conftest import MODEL, TEXTS, names

MAPPER = Mapper(settings=Settings(model=MODEL))


def test_an_arrow_table_keeps_its_columns(expected, tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = arrow.table({"id": arrow.array([2**53 + 1, None, 3, 4, 5]), "text": TEXTS})
    out = MAPPER.arrow(table)
    assert out.drop_columns(["article"]) == table
    parquet.write_table(out, tmp_path / "out.parquet")
    back = parquet.read_table(tmp_path / "out.parquet").column("article").to_pylist()
    assert [None if r is None else names(r) for r in back] == [None if r is None else names(r) for r in expected]
    assert back[0]["entities"][0]["mentions"][0]["score"] == expected[0]["entities"][0]["mentions"][0]["score"]


def test_a_pandas_frame_keeps_its_index(expected):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"text": TEXTS}, index=list("vwxyz"))
    out = MAPPER.frame(frame)
    assert list(out.index) == list("vwxyz")
    assert out["article"].isna().tolist() == [False, True, False, False, False]
    assert names(out["article"]["v"]) == names(expected[0])


@pytest.mark.parametrize(
    ("mapper", "message"),
    [(Mapper(text="body"), "no column 'body'; there are 'id', 'text'"), (Mapper(into="id"), "a column 'id' already")],
)
def test_columns_that_do_not_fit_are_named(mapper, message):
    with pytest.raises(InputError, match=message):
        mapper.check(["id", "text"])
