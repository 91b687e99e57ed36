"""Dask: a DataFrame with a column of records (extra ``[dask]``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arabic_news_ner.errors import MissingExtraError
from arabic_news_ner.integrations.columns import record_column, to_arrow
from arabic_news_ner.integrations.tables import INTO, mapper_of

if TYPE_CHECKING:
    from dask.dataframe import DataFrame


def extract_column(df: DataFrame, text: str = "text", *, into: str = INTO, **settings: Any) -> DataFrame:
    """The DataFrame with a column of records: the entities and roles of the text of each row. Lazy, as all of Dask.

    The column has the Arrow type of the record (``pandas.ArrowDtype``), so that ``to_parquet`` writes it as it is.

    :param text: the column of texts; a missing text gives a missing record.
    :param into: the name of the new column.
    :param settings: ``model``, ``threads`` (1), ``min_score``, ``page``, ``names``, see
        :class:`~arabic_news_ner.integrations.core.Settings`.
    :raises InputError: if the column is not there, ``into`` is, or a setting is unknown.
    :raises MissingExtraError: without pandas and pyarrow, which dask[dataframe] brings.
    """
    mapper = mapper_of(text, into, settings)
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError("a column of records in Dask", "dask[dataframe]", "dask") from error
    mapper.check(df.columns)
    kind = pd.ArrowDtype(to_arrow(record_column(page=mapper.settings.page)))
    meta = df._meta.assign(**{into: pd.Series([], dtype=kind)})
    result: DataFrame = df.map_partitions(mapper.frame, meta=meta)
    return result
