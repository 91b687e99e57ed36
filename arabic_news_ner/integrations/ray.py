"""Ray Data: a dataset with a column of records (extra ``[ray]``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arabic_news_ner.errors import MissingExtraError
from arabic_news_ner.integrations.core import BATCH, Settings, extractor_of
from arabic_news_ner.integrations.tables import INTO, Mapper, mapper_of

if TYPE_CHECKING:
    import pyarrow
    from ray.data import Dataset


class Reader:
    """The actor of ``Dataset.map_batches``: it loads the model where it starts, and reads batches (``pyarrow``)."""

    def __init__(self, text: str = "text", into: str = INTO, **settings: Any) -> None:
        self._mapper = Mapper(text, into, Settings.of(**settings))
        extractor_of(self._mapper.settings)

    def __call__(self, batch: pyarrow.Table) -> pyarrow.Table:
        """The batch with the new column."""
        return self._mapper.arrow(batch)


def extract_column(
    dataset: Dataset,
    text: str = "text",
    *,
    into: str = INTO,
    actors: int = 1,
    batch_size: int = BATCH,
    **settings: Any,
) -> Dataset:
    """The dataset with a column of records: the entities and roles of the text of each row. Lazy, as all of Ray Data.

    :param text: the column of texts; a null gives a null.
    :param into: the name of the new column.
    :param actors: processes that read; each takes as many cores as ``threads`` says, 1 by default.
    :param batch_size: rows that an actor gets at a time.
    :param settings: ``model``, ``threads``, ``min_score``, ``page``, ``names``, see
        :class:`~arabic_news_ner.integrations.core.Settings`.
    :raises InputError: if a setting is unknown, or when the work is done, a column does not fit.
    :raises MissingExtraError: without ray.
    """
    mapper = mapper_of(text, into, settings)
    try:
        from ray.data import ActorPoolStrategy
    except ImportError as error:
        raise MissingExtraError("a column of records in Ray", "ray", "ray") from error
    result: Dataset = dataset.map_batches(
        Reader,
        fn_constructor_kwargs={"text": text, "into": into, **settings},
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=ActorPoolStrategy(size=actors),
        num_cpus=mapper.settings.threads or 1,
    )
    return result
