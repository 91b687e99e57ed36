"""Spark: a DataFrame with a column of records (extra ``[spark]``, pyspark 3.5 or later)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arabic_news_ner.errors import MissingExtraError
from arabic_news_ner.integrations.columns import Column, record_column
from arabic_news_ner.integrations.tables import INTO, Mapper, mapper_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType


def extract_column(df: DataFrame, text: str = "text", *, into: str = INTO, **settings: Any) -> DataFrame:
    """The DataFrame with a column of records: the entities and roles of the text of each row.

    Lazy, as all of Spark: the work is done where the result is written. Batches travel as Arrow (``mapInArrow``), so the other
    columns come out as they went in; pandas would make a column of whole numbers with a null to floating point. For
    ``mapInPandas``: ``df.mapInPandas(mapper.frames, schema_with(df, mapper))`` with a
    :class:`~arabic_news_ner.integrations.tables.Mapper`.

    :param text: the column of texts; a null gives a null.
    :param into: the name of the new column.
    :param settings: ``model``, ``threads`` (1), ``min_score``, ``page``, ``names``, see
        :class:`~arabic_news_ner.integrations.core.Settings`.
    :raises InputError: if the column is not there, ``into`` is, or a setting is unknown.
    :raises MissingExtraError: without pyspark.
    """
    mapper = mapper_of(text, into, settings)
    mapper.check(df.columns)
    return df.mapInArrow(mapper.arrow_batches, schema_with(df, mapper))


def schema_with(df: DataFrame, mapper: Mapper) -> StructType:
    """The schema of a DataFrame with the new column. :raises MissingExtraError: without pyspark."""
    try:
        from pyspark.sql.types import StructField, StructType
    except ImportError as error:
        raise MissingExtraError("a column of records in Spark", "pyspark", "spark") from error
    new = StructField(mapper.into, to_spark(record_column(page=mapper.settings.page)))
    return StructType([*df.schema.fields, new])


def to_spark(column: Column) -> DataType:
    """The Spark type of a column."""
    from pyspark.sql import types

    if column.kind == "list":
        assert column.item is not None
        return types.ArrayType(to_spark(column.item))
    if column.kind == "struct":
        return types.StructType([types.StructField(name, to_spark(member)) for name, member in column.members])
    simple = {"string": types.StringType, "integer": types.LongType, "number": types.DoubleType}
    return simple[column.kind]()
