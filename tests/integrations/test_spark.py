"""Spark in local mode (Java 17): nulls, big ids and types survive, through Arrow, through pandas, and to Parquet."""

from __future__ import annotations

import os
import sys

import pytest

from arabic_news_ner.errors import InputError
from arabic_news_ner.integrations.core import Settings
from arabic_news_ner.integrations.tables import Mapper
from tests.integrations.conftest import MODEL, TEXTS, names

pytestmark = pytest.mark.spark
pytest.importorskip("pyspark")


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


#: The second id is missing, and the first is no float: pandas would change both.
ROWS = [(2**53 + 1, TEXTS[0]), (None, TEXTS[1]), (3, TEXTS[2]), (4, TEXTS[3]), (5, TEXTS[4])]


def test_a_column_of_records(spark, expected, tmp_path):
    from pyspark.sql import functions as F

    from arabic_news_ner.integrations.spark import extract_column

    df = spark.createDataFrame(ROWS, "id bigint, text string").repartition(2)
    out = extract_column(df, model=MODEL)
    assert out.columns == ["id", "text", "article"]
    out.write.parquet(str(tmp_path / "out"))
    rows = {row.text: row for row in spark.read.parquet(str(tmp_path / "out")).collect()}
    assert rows[TEXTS[0]].id == 2**53 + 1
    assert rows[None].id is None
    assert rows[None].article is None
    for text, record in zip(TEXTS, expected, strict=True):
        if record is not None:
            assert names(rows[text].article.asDict(recursive=True)) == names(record)

    people = (
        spark.read.parquet(str(tmp_path / "out"))
        .select("id", F.explode("article.entities").alias("e"))
        .where("e.label = 'PER'")
        .select("e.name", F.size("e.mentions").alias("mentions"))
    )
    assert people.filter("name = 'عبد الحميد الدبيبة'").collect()[0].mentions == 2


def test_through_pandas(spark, expected):
    from arabic_news_ner.integrations.spark import schema_with

    df = spark.createDataFrame([(t,) for t in TEXTS], "text string").coalesce(1)
    mapper = Mapper(settings=Settings(model=MODEL))
    rows = df.mapInPandas(mapper.frames, schema_with(df, mapper)).collect()
    assert [row.article is None for row in rows] == [text is None for text in TEXTS]
    assert names(rows[0].article.asDict(recursive=True)) == names(expected[0])


def test_a_wrong_column_is_named_before_the_job_runs(spark):
    from arabic_news_ner.integrations.spark import extract_column

    with pytest.raises(InputError, match="no column 'body'"):
        extract_column(spark.createDataFrame([("x",)], "text string"), "body")


def test_the_example_job_runs_twice_and_does_each_part_once(spark, tmp_path):
    """The file of examples/: the first run reads two parts, the second one finds them done and reads the third."""
    from examples.spark_job import run

    source, target = tmp_path / "in", tmp_path / "out"
    for day in ("2025-01-01", "2025-01-02"):
        spark.createDataFrame([(day, TEXTS[0]), (f"{day}b", TEXTS[3])], "id string, text string").write.parquet(
            f"{source}/day={day}"
        )
    assert run(spark, str(source), str(target), model=MODEL) == ["2025-01-01", "2025-01-02"]
    before = sorted(path.name for path in (target / "day=2025-01-01").glob("*.parquet"))
    spark.createDataFrame([("c", TEXTS[3])], "id string, text string").write.parquet(f"{source}/day=2025-01-03")
    assert run(spark, str(source), str(target), model=MODEL) == ["2025-01-03"]
    assert sorted(path.name for path in (target / "day=2025-01-01").glob("*.parquet")) == before
    assert spark.read.parquet(str(target)).count() == 5
