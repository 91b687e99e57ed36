"""Tables as data frames of pandas, polars or pyarrow, by one piece of code over narwhals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from arabic_news_ner.errors import InputError, MissingExtraError
from arabic_news_ner.show import tables
from arabic_news_ner.types import Article

if TYPE_CHECKING:
    from arabic_news_ner.extractor import Extractor

BACKENDS: Final = ("pandas", "polars", "pyarrow")
#: The extra that brings each.
_EXTRAS: Final = {"pandas": "frames", "polars": "polars", "pyarrow": "archive"}
#: Columns that :func:`extract_frame` adds to a frame.
ADDED: Final = ("people", "organizations", "places", "roles", "countries")

ArticleId = str | int
Frame = TypeVar("Frame")


def article_frame(article: Article, table: str, *, backend: str = "pandas") -> Any:
    """One article as a data frame: see :meth:`arabic_news_ner.Article.to_frame`."""
    return _frame(tables.columns(table), tables.rows(article, table), backend)


def frame(
    articles: Iterable[Article] | Iterable[tuple[ArticleId, Article]] | Mapping[str, Article],
    table: str = "mentions",
    *,
    backend: str = "pandas",
) -> Any:
    """Many articles as one data frame. Its first column, ``article``, says which article a row is of.

    :param articles: articles (counted from 0), ``(id, article)`` pairs, or a mapping from id to article; ids are all str or
        all int.
    :param table: ``"people"``, ``"organizations"``, ``"places"``, ``"roles"``, ``"mentions"``, or ``"articles"``: a row for
        each article with its headline, date, source and the names in it.
    :param backend: the package of the data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
    :raises InputError: for another table or backend, or for an invalid article or id.
    :raises MissingExtraError: without narwhals or the package (``pip install 'arabic-news-ner[frames]'``).
    """
    columns = tables.columns(table)
    cells: list[tuple[Any, ...]] = []
    kinds: set[type] = set()
    for identity, article in with_ids(articles):
        kinds.add(type(identity))
        cells += [(identity, *row) for row in tables.rows(article, table)]
    if len(kinds) > 1:
        raise InputError("the ids of the articles are str and int; make them all one type: str(id)")
    return _frame({"article": "text" if str in kinds else "int", **columns}, cells, backend)


def with_ids(
    articles: Iterable[Article] | Iterable[tuple[ArticleId, Article]] | Mapping[str, Article],
) -> Iterable[tuple[ArticleId, Article]]:
    """``(id, article)`` pairs; articles without an id get their number, from 0.

    :raises InputError: for an invalid article, or for an id that is neither str nor int.
    """
    if isinstance(articles, Article):
        raise InputError(
            "one article was passed where many are expected; pass [article], or use article.to_frame(table)"
        )
    pairs = articles.items() if isinstance(articles, Mapping) else articles
    for number, item in enumerate(pairs):
        identity, article = item if isinstance(item, tuple) and len(item) == 2 else (number, item)
        if not isinstance(article, Article):
            raise InputError(f"item {number} is a {type(article).__name__}, not an Article or an (id, Article) pair")
        if isinstance(identity, bool) or not isinstance(identity, (str, int)):
            raise InputError(f"the id of article {number} is {identity!r}; it takes a str or an int")
        yield identity, article


def extract_frame(
    frame: Frame,
    column: str = "text",
    *,
    prefix: str = "",
    extractor: Extractor | None = None,
    min_score: float | None = None,
    processes: int = 1,
    progress: bool = False,
) -> Frame:
    """Read a column of texts: the same frame with columns ``people``, ``organizations``, ``places``, ``roles`` and
    ``countries`` after its own, as many rows, in the same order.

    A missing text (``None``, NaN, ``pd.NA``) gives missing values. Names stand in one cell with ``"; "`` between, roles as
    ``name: role``, countries as ISO 3166-1 codes. For a row for each person or mention, pass what ``Extractor.pipe`` gives
    to :func:`frame`.

    :param frame: a data frame of pandas, polars, pyarrow or another package that narwhals knows.
    :param prefix: put before the names of the new columns.
    :param extractor: by default the embedded model.
    :param min_score: mentions and roles of a lower probability are left out, as in ``Extractor.extract``.
    :param processes: and ``progress``: as in ``Extractor.pipe``.
    :raises InputError: if there is no such column, a new column is there already, a text is not a str, or the frame is lazy.
    :raises MissingExtraError: without narwhals (``pip install 'arabic-news-ner[frames]'``).
    """
    nw = _narwhals()
    try:
        known = nw.from_native(frame, eager_only=True)
    except TypeError as error:
        raise InputError(
            f"a {type(frame).__name__} is no data frame with its values in memory; "
            "pass a frame of pandas, polars or pyarrow, and call collect() on a lazy one first"
        ) from error
    if column not in known.columns:
        raise InputError(f"the frame has no column {column!r}; it has {', '.join(known.columns)}. Pass column=")
    taken = [prefix + name for name in ADDED if prefix + name in known.columns]
    if taken:
        raise InputError(f"the frame has a column {taken[0]!r} already; pass prefix=, such as prefix='ner_'")
    texts = known[column].to_list()
    missing = known[column].is_null().to_list()
    for number, (text, absent) in enumerate(zip(texts, missing, strict=True)):
        if not absent and not isinstance(text, str):
            raise InputError(f"row {number} of column {column!r} is {text!r}, a {type(text).__name__}; it takes a str")
    found = _read(
        [text for text, absent in zip(texts, missing, strict=True) if not absent],
        extractor=extractor,
        min_score=min_score,
        processes=processes,
        progress=progress,
    )
    rows = iter(found)
    cells = [(None,) * len(ADDED) if absent else next(rows) for absent in missing]
    added = [
        nw.new_series(prefix + name, [row[place] for row in cells], nw.String, backend=known.implementation)
        for place, name in enumerate(ADDED)
    ]
    native: Frame = known.with_columns(*added).to_native()
    return native


def _read(texts: Sequence[str], *, extractor: Extractor | None, min_score: float | None, **settings: Any) -> list[Any]:
    """For each text the cells of the columns :data:`ADDED`."""
    from arabic_news_ner.extractor import default_extractor

    if min_score is not None:
        settings["min_score"] = min_score
    place = [list(tables.columns("articles")).index(name) for name in ADDED]
    found = []
    for article in (extractor or default_extractor()).pipe(texts, **settings):
        (row,) = tables.rows(article, "articles")
        found.append(tuple(row[number] for number in place))
    return found


def _narwhals() -> Any:
    try:
        import narwhals
    except ImportError as error:
        raise MissingExtraError.because(error, "a data frame", "narwhals", "frames") from error
    return narwhals


def _frame(columns: Mapping[str, str], rows: Iterable[Sequence[Any]], backend: str) -> Any:
    if backend not in BACKENDS:
        raise InputError(f"backend is {backend!r}; it is one of {', '.join(BACKENDS)}")
    nw = _narwhals()
    types = {"text": nw.String, "int": nw.Int64, "float": nw.Float64, "bool": nw.Boolean}
    cells: list[list[Any]] = [[] for _ in columns]
    for row in rows:
        for values, value in zip(cells, row, strict=True):
            values.append(value)
    data = dict(zip(columns, cells, strict=True))
    schema = {name: types[kind] for name, kind in columns.items()}
    try:
        if backend == "pandas" and _pandas_version() < 3:
            return _before_pandas_3(columns, data)
        return nw.from_dict(data, schema=schema, backend=backend).to_native()
    except ImportError as error:
        raise MissingExtraError(f"backend={backend!r}", backend, _EXTRAS[backend]) from error


def _pandas_version() -> int:
    import pandas

    return int(pandas.__version__.split(".")[0])


def _before_pandas_3(columns: Mapping[str, str], values: Mapping[str, Sequence[Any]]) -> Any:
    """The frame of a pandas whose text is dtype object: there narwhals turns a missing text into ``"None"``, and Parquet guesses
    the type of a column anew in each file."""
    import pandas

    types = {"text": "string", "int": "int64", "float": "float64", "bool": "bool"}
    return pandas.DataFrame({name: pandas.Series(values[name], dtype=types[kind]) for name, kind in columns.items()})
