"""What the page on tables says of Arabic text in pandas, pyarrow and polars: each line of it, run."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.frames
TEXT = "قال مُحَمَّد إن 120 شخصا في طرابلس 😀 NATO"
START = TEXT.index("طرابلس")
END = START + len("طرابلس")


@pytest.fixture
def pandas():
    pytest.importorskip("pyarrow")
    return pytest.importorskip("pandas", minversion="3.0")


def test_pandas_knows_letters_but_not_vowel_signs(pandas):
    column = pandas.Series([TEXT, None])
    assert str(column.dtype) == "str"
    assert column[1] != column[1]
    assert column.str.findall(r"\w+")[0][:5] == ["قال", "م", "ح", "م", "د"]
    assert column.str.contains(r"\bفي\b", regex=True)[0]
    assert column.str.slice(START, END)[0] == "طرابلس"


def test_pandas_on_pyarrow_knows_ascii_alone(pandas):
    import pyarrow

    column = pandas.Series([TEXT, None], dtype=pandas.ArrowDtype(pyarrow.string()))
    assert column[1] is pandas.NA
    assert column.str.replace(r"\W+", " ", regex=True)[0] == " 120 NATO"
    assert not column.str.contains(r"\bفي\b", regex=True)[0]
    assert column.str.slice(START, END)[0] == "طرابلس"


def test_pyarrow_knows_ascii_alone():
    pyarrow = pytest.importorskip("pyarrow")
    compute = pytest.importorskip("pyarrow.compute")
    column = pyarrow.array([TEXT])
    assert compute.replace_substring_regex(column, pattern=r"\W+", replacement=" ")[0].as_py() == " 120 NATO"
    assert compute.utf8_slice_codeunits(column, START, END)[0].as_py() == "طرابلس"
    assert compute.utf8_length(column)[0].as_py() == len(TEXT)


def test_polars_knows_letters_and_vowel_signs():
    polars = pytest.importorskip("polars")
    column = polars.Series([TEXT, None])
    assert column.dtype == polars.String
    assert column.str.replace_all(r"\W+", " ")[0] == TEXT.replace(" 😀", "")
    assert column.str.slice(START, END - START)[0] == "طرابلس"
    assert column.str.len_chars()[0] == len(TEXT)
    assert column.str.len_bytes()[0] == len(TEXT.encode())


def test_a_column_of_none_that_pandas_makes(pandas, tmp_path):
    import pyarrow.parquet

    frame = pandas.DataFrame({"text": [None, None]})
    assert frame["text"].dtype == object
    frame.to_parquet(tmp_path / "a.parquet")
    assert str(pyarrow.parquet.read_schema(tmp_path / "a.parquet").field("text").type) == "null"
