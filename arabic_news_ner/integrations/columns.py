"""The types of a record as tables state them: one description, and from it Arrow and Spark.

They are read from the dataclasses of :mod:`arabic_news_ner.types`, so that a new field is in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from arabic_news_ner.errors import MissingExtraError
from arabic_news_ner.types import Article

if TYPE_CHECKING:
    import pyarrow

#: Parts of an article that a record leaves out: the table has the text, and words are found again by ``tokenize``.
_LEFT_OUT = ("text", "tokens", "sentences")


@dataclass(frozen=True, slots=True)
class Column:
    """A type: ``"string"``, ``"integer"``, ``"number"``; ``"list"`` with its ``item``; ``"struct"`` with its ``members``."""

    kind: str
    item: Column | None = None
    members: tuple[tuple[str, Column], ...] = ()


@cache
def record_column(*, page: bool = False) -> Column:
    """The column of records; with ``page`` of lists of records with their texts."""
    own = _struct(Article, without=_LEFT_OUT).members
    text = (("text", Column("string")),) if page else ()
    one = Column("struct", members=(("schema", Column("integer")), *text, *own))
    return Column("list", item=one) if page else one


def _struct(cls: Any, *, without: tuple[str, ...] = (), inside: tuple[Any, ...] = ()) -> Column:
    hints = get_type_hints(cls)
    members = []
    for name in (f.name for f in fields(cls)):
        if name not in without:
            column = _column(hints[name], (*inside, cls))
            if column is not None:
                members.append((name, column))
    return Column("struct", members=tuple(members))


def _column(hint: Any, inside: tuple[Any, ...]) -> Column | None:
    """The type of a field; ``None`` for a class inside itself, which no table has (the parents of a parent: none there)."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        options = {_column(a, inside) for a in arguments if a is not NoneType}
        if len(options) > 1:
            raise TypeError(f"{hint} is no one type, which a column needs")
        return options.pop()
    if origin is Literal:
        return Column("string")
    if origin is tuple:
        column = _column(arguments[0], inside)
        return None if column is None else Column("list", item=column)
    if is_dataclass(hint):
        return _struct(hint, inside=inside) if inside.count(hint) < 2 else None
    return Column({str: "string", int: "integer", float: "number"}[hint])


def to_arrow(column: Column) -> pyarrow.DataType:
    """The Arrow type. :raises MissingExtraError: without pyarrow."""
    try:
        import pyarrow as arrow
    except ImportError as error:
        raise MissingExtraError("a column of records", "pyarrow", "archive") from error
    if column.kind == "list":
        assert column.item is not None
        return arrow.list_(to_arrow(column.item))
    if column.kind == "struct":
        return arrow.struct([(name, to_arrow(member)) for name, member in column.members])
    return {"string": arrow.string(), "integer": arrow.int64(), "number": arrow.float64()}[column.kind]
