"""Entities of an archive with Spark: reads a folder of Parquet by day, writes one by day, and goes on where it stopped.

    spark-submit examples/spark_job.py archive/ entities/ --model fast

Input: ``archive/day=2025-01-01/*.parquet`` with the columns ``id`` and ``text`` (more are kept). Output: the same folders with
the column ``article`` in place of ``text``. Each day is one write, so a job that is killed leaves whole days; the next run
does the others. docs/scale.md says how to choose the numbers.
"""

# needs: pyspark

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from arabic_news_ner.integrations.spark import extract_column

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Settings of the session, each with its reason.
SETTINGS = {
    # Rows of one Arrow batch. Few, since a row holds a whole article: 500 of them are about 1 MB of text.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
    # The Python workers stay, and with them the loaded model.
    "spark.python.worker.reuse": "true",
    # The libraries under the model take one core each: Spark starts one worker for each core.
    "spark.executorEnv.OMP_NUM_THREADS": "1",
    # Parts of 32 MB of Parquet: minutes of work each, so that a lost executor costs minutes.
    "spark.sql.files.maxPartitionBytes": str(32 * 2**20),
    # A machine that swaps is done again elsewhere at once.
    "spark.speculation": "true",
    # Outside the Java heap: each Python worker takes about 300 MB (`base`).
    "spark.executor.memoryOverhead": "4g",
}
#: Articles of one task; a task of 2,000 takes a minute or two on one core.
ARTICLES_A_TASK = 2_000


def run(spark: SparkSession, source: str, target: str, **settings: Any) -> list[str]:
    """Read the days that are not done yet, and return them."""
    from pyspark.sql import functions as F

    archive = spark.read.option("basePath", source).parquet(source)
    # Days are names of folders, whatever type Spark reads in them.
    days = sorted(str(row.day) for row in archive.select(F.col("day")).distinct().collect())
    todo = [day for day in days if not _done(spark, f"{target}/day={day}")]
    for day in todo:
        articles = archive.where(F.col("day") == F.lit(day).cast(archive.schema["day"].dataType)).drop("day")
        tasks = max(1, articles.count() // ARTICLES_A_TASK)
        found = extract_column(articles.repartition(tasks), "text", **settings).drop("text")
        found.write.mode("overwrite").parquet(f"{target}/day={day}")
    return todo


def _done(spark: SparkSession, folder: str) -> bool:
    """Whether a folder was written whole: Spark leaves ``_SUCCESS`` at the end."""
    hadoop = spark._jvm.org.apache.hadoop.fs
    path = hadoop.Path(f"{folder}/_SUCCESS")
    return bool(path.getFileSystem(spark._jsc.hadoopConfiguration()).exists(path))


def main() -> None:
    """The command."""
    from pyspark.sql import SparkSession

    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("source", help="folder of Parquet with day=... folders")
    parser.add_argument("target", help="folder that is written")
    parser.add_argument("--model", default="fast", help="base or fast (default: %(default)s)")
    parser.add_argument("--page", action="store_true", help="texts are scraped pages")
    args = parser.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("arabic_news_ner")
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    days = run(builder.getOrCreate(), args.source, args.target, model=args.model, page=args.page)
    print(f"{len(days)} days read")


if __name__ == "__main__":
    main()
