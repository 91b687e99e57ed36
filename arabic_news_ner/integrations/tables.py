"""A table in, the same table with a column of records out: for Arrow tables and for pandas frames.

The mappers are small values of this module, so they pickle by name, to the workers of Spark, Ray, Dask and datasets, and hash
the same in every run; the workers need the package installed, and load the model once a process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from arabic_news_ner.errors import InputError
from arabic_news_ner.integrations.columns import record_column, to_arrow
from arabic_news_ner.integrations.core import Settings, read_records
from arabic_news_ner.version import __version__

if TYPE_CHECKING:
    import pandas
    import pyarrow

Table = TypeVar("Table")
#: The name of the new column.
INTO = "article"


@dataclass(frozen=True, slots=True)
class Mapper:
    """Reads the texts of one column and adds a column of records."""

    text: str = "text"
    into: str = INTO
    settings: Settings = field(default_factory=Settings)
    #: The version of the library: a cache that knows a result by the mapper does not take that of another version.
    version: str = __version__
    #: The SHA-256 of the list of own names, for the same reason.
    names_digest: str | None = None

    def check(self, columns: Iterable[str]) -> None:
        """:raises InputError: if the column of texts is not there, or the new one is."""
        names = list(columns)
        if self.text not in names:
            raise InputError(f"no column {self.text!r}; there are {', '.join(map(repr, names))}: pass text=...")
        if self.into in names:
            raise InputError(f"the table has a column {self.into!r} already: pass into=... with another name")

    def column(self, texts: list[Any]) -> pyarrow.Array:
        """The records of texts as an Arrow array of the declared type. :raises MissingExtraError: without pyarrow."""
        kind = to_arrow(record_column(page=self.settings.page))
        import pyarrow as arrow

        return arrow.array(read_records(texts, self.settings), type=kind)

    def arrow(self, table: Table) -> Table:
        """An Arrow table or record batch with the new column; the others are not touched."""
        batch: Any = table
        self.check(batch.schema.names)
        out: Table = batch.append_column(self.into, self.column(batch.column(self.text).to_pylist()))
        return out

    def arrow_batches(self, batches: Iterable[Table]) -> Iterator[Table]:
        """As :meth:`arrow`, batch after batch: for ``mapInArrow``."""
        for batch in batches:
            yield self.arrow(batch)

    def frame(self, frame: pandas.DataFrame) -> pandas.DataFrame:
        """A pandas frame with the new column, whose type is the declared Arrow type."""
        import pandas as pd

        self.check(frame.columns)
        column = self.column(list(frame[self.text]))
        values = pd.Series(pd.arrays.ArrowExtensionArray(column), index=frame.index)
        return frame.assign(**{self.into: values})

    def frames(self, frames: Iterable[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
        """As :meth:`frame`, frame after frame, with records as dicts: for ``mapInPandas``."""
        for frame in frames:
            self.check(frame.columns)
            yield frame.assign(**{self.into: self.column(list(frame[self.text])).to_pylist()})

    def rows(self, columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """The new column alone, of a batch given as lists by column name: for ``datasets``."""
        self.check(columns)
        return {self.into: self.column(columns[self.text]).to_pylist()}


def mapper_of(text: str, into: str, settings: dict[str, Any]) -> Mapper:
    """The mapper of an ``extract_column`` call.

    :raises InputError: for an unknown setting, and if the list of own names is not there.
    """
    found = Settings.of(**settings)
    digest = None
    if found.names is not None:
        try:
            digest = hashlib.sha256(Path(found.names).read_bytes()).hexdigest()
        except OSError as error:
            raise InputError(f"the list of names {found.names!r} cannot be read: {error.strerror}") from error
    return Mapper(text, into, found, names_digest=digest)
