"""Articles as plain dicts and JSON, and back.

The fields of a record are those of the dataclasses in :mod:`arabic_news_ner.types`, under the same names; tokens and sentences
are ``[start, end]`` pairs. ``schema`` is the number of the form: it grows when a field changes its meaning or goes away, not
when one is added.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from arabic_news_ner.errors import InputError
from arabic_news_ner.types import Article, Sentences, Tokens

#: The form of the records that this version writes. It reads this one and those before.
SCHEMA = 1
#: The parts of a record that give the text itself.
_OF_TEXT = ("text", "tokens", "sentences")

Reader = Callable[[Any, str], Any]


def to_dict(article: Article) -> dict[str, Any]:
    """An article as plain dicts, lists, strings and numbers."""
    return {
        "schema": SCHEMA,
        "text": article.text,
        **_plain_fields(article, _OF_TEXT),
        "tokens": _pairs(Tokens.of(article.text, article.tokens)),
        "sentences": _pairs(Sentences.of(article.text, article.sentences)),
    }


def entities_to_dict(article: Article, *, text: bool = False) -> dict[str, Any]:
    """The record that the command line writes: without tokens and sentences, and with the text only if ``text`` is
    true."""
    return {"schema": SCHEMA, **({"text": article.text} if text else {}), **_plain_fields(article, _OF_TEXT)}


def to_json(article: Article, *, indent: int | None = None) -> str:
    """:func:`to_dict` as JSON; Arabic letters stay readable."""
    return json.dumps(to_dict(article), ensure_ascii=False, indent=indent)


def from_dict(data: Mapping[str, Any]) -> Article:
    """The article of a record. Missing fields get their default value; unknown fields are skipped.

    :raises InputError: if a field does not fit, the text is missing, or a newer version wrote the record.
    """
    if not isinstance(data, Mapping):
        raise InputError(f"the record of an article is a {type(data).__name__}; it takes what Article.to_dict wrote")
    schema = data.get("schema", SCHEMA)
    if isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        raise InputError(f"schema is {schema!r}; it is a whole number from 1")
    if schema > SCHEMA:
        raise InputError(
            f"the record has schema {schema}, this version of arabic_news_ner reads up to {SCHEMA}; "
            "update it: pip install -U arabic-news-ner"
        )
    if "text" not in data:
        raise InputError("the record has no text; Article.to_dict writes it, and the command line with --with-text")
    text = _simple_reader(str)(data["text"], "text")
    values = {f.name: data[f.name] for f in fields(Article) if f.name in data and f.name not in _OF_TEXT}
    hints: dict[str, Any] = get_type_hints(Article)
    return Article(
        text=text,
        tokens=Tokens(text, *_spans(data, "tokens", text)),
        sentences=Sentences(text, *_spans(data, "sentences", text)),
        **{name: _reader(hints[name])(value, name) for name, value in values.items()},
    )


def from_json(data: str) -> Article:
    """The article of a record as JSON. :raises InputError: as :func:`from_dict`, and if it is not JSON."""
    try:
        record = json.loads(data)
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from error
    return from_dict(record)


def to_geojson(article: Article) -> dict[str, Any]:
    """The linked places of an article as a GeoJSON FeatureCollection (RFC 7946): a point each, by salience."""
    features = []
    for place in article.places:
        spot = next((k for k in place.links if k.lat is not None and k.lon is not None), None)
        if spot is not None:
            properties = {
                "id": place.id,
                "name": place.name,
                "subtype": place.subtype,
                "mentions": len(place.mentions),
                "salience": place.salience,
            }
            point = {"type": "Point", "coordinates": [spot.lon, spot.lat]}
            features.append({"type": "Feature", "geometry": point, "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def _plain(value: Any) -> Any:
    """A value as JSON: dataclasses become dicts, tuples become lists."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    return _plain_fields(value)


def _plain_fields(value: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:
    cls: Any = type(value)
    return {name: _plain(getattr(value, name)) for name in _names(cls) if name not in without}


@cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cls))


def _pairs(parts: Tokens | Sentences) -> list[list[int]]:
    return list(map(list, zip(parts.starts, parts.ends, strict=True)))


def _spans(data: Mapping[str, Any], name: str, text: str) -> tuple[array[int], array[int]]:
    starts, ends = array("I"), array("I")
    for start, end in _tuple_reader((tuple[int, int], ...))(data.get(name, ()), name):
        if not 0 <= start <= end <= len(text):
            raise InputError(f"{name} has {[start, end]}, which does not lie in a text of {len(text)} characters")
        starts.append(start)
        ends.append(end)
    return starts, ends


@cache
def _reader(hint: Any) -> Reader:
    """A function that checks and reads a value of this type. Its second parameter names the field, for the message."""
    if get_origin(hint) in (Union, UnionType):
        return _union_reader(hint)
    if get_origin(hint) is Literal:
        return _literal_reader(get_args(hint))
    if get_origin(hint) is tuple:
        return _tuple_reader(get_args(hint))
    if is_dataclass(hint):
        return _object_reader(hint)
    return _simple_reader(hint)


def _simple_reader(wanted: type) -> Reader:
    allowed = (int, float) if wanted is float else (wanted,)

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, allowed) or (isinstance(value, bool) and wanted is not bool):
            raise _misfit(value, where, wanted.__name__)
        return value

    return read


def _union_reader(hint: Any) -> Reader:
    options = [option for option in get_args(hint) if option is not NoneType]
    optional = len(options) < len(get_args(hint))
    readers = [_reader(option) for option in options]

    def read(value: Any, where: str) -> Any:
        if value is None and optional:
            return None
        for reader in readers[:-1]:
            try:
                return reader(value, where)
            except InputError:
                continue
        return readers[-1](value, where)

    return read


def _literal_reader(values: tuple[Any, ...]) -> Reader:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, str) or value not in values:
            raise _misfit(value, where, " or ".join(map(repr, values)))
        return value

    return read


def _tuple_reader(items: tuple[Any, ...]) -> Reader:
    every = _reader(items[0]) if items[-1] is Ellipsis else None
    readers = [] if every else [_reader(item) for item in items]

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, (list, tuple)):
            raise _misfit(value, where, "a list")
        if every is not None:
            return tuple(every(item, f"{where}[{n}]") for n, item in enumerate(value))
        if len(value) != len(readers):
            raise _misfit(value, where, f"a list of {len(readers)}")
        return tuple(r(item, f"{where}[{n}]") for n, (r, item) in enumerate(zip(readers, value, strict=True)))

    return read


def _object_reader(cls: Any) -> Reader:
    hints: dict[str, Any] = get_type_hints(cls)
    needed = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, Mapping):
            raise _misfit(value, where, "an object")
        missing = [name for name in needed if name not in value]
        if missing:
            raise InputError(f"{where} has no {missing[0]!r}; Article.from_dict reads what Article.to_dict wrote")
        return cls(**{n: _reader(hints[n])(value[n], f"{where}.{n}") for n in hints if n in value})

    return read


def _misfit(value: Any, where: str, wanted: str) -> InputError:
    seen = repr(value)
    return InputError(f"{where} is {seen if len(seen) <= 60 else seen[:57] + '...'}; it takes {wanted}")
