"""Hugging Face datasets: a dataset with a column of records (extra ``[datasets]``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from arabic_news_ner.errors import MissingExtraError
from arabic_news_ner.integrations.columns import record_column, to_arrow
from arabic_news_ner.integrations.core import BATCH
from arabic_news_ner.integrations.tables import INTO, mapper_of

if TYPE_CHECKING:
    from datasets import Dataset, IterableDataset

    Data = TypeVar("Data", Dataset, IterableDataset)


def extract_column(
    dataset: Data,
    text: str = "text",
    *,
    into: str = INTO,
    num_proc: int | None = None,
    batch_size: int = BATCH,
    **settings: Any,
) -> Data:
    """The dataset with a column of records: the entities and roles of the text of each row.

    The fingerprint depends on the settings and the version of the library, and on nothing else, so a second run takes
    the result from the cache.

    :param text: the column of texts; ``None`` gives ``None``.
    :param into: the name of the new column.
    :param num_proc: worker processes, for a ``Dataset``; an ``IterableDataset`` has none.
    :param batch_size: rows that are read at a time.
    :param settings: ``model``, ``threads`` (1), ``min_score``, ``page``, ``names``, see
        :class:`~arabic_news_ner.integrations.core.Settings`.
    :raises InputError: if a setting is unknown or a column does not fit.
    :raises MissingExtraError: without the package datasets.
    """
    mapper = mapper_of(text, into, settings)
    try:
        import pyarrow as arrow
        from datasets import Features
    except ImportError as error:
        raise MissingExtraError("a column of records in datasets", "datasets", "datasets") from error
    more: dict[str, Any] = {} if num_proc is None else {"num_proc": num_proc}
    if dataset.features is not None:
        mapper.check(dataset.features)
        own = Features.from_arrow_schema(arrow.schema([(into, to_arrow(record_column(page=mapper.settings.page)))]))
        more["features"] = Features({**dataset.features, **own})
    return dataset.map(mapper.rows, batched=True, batch_size=batch_size, **more)
