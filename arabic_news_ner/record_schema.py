"""The JSON Schema of an article's record, made from the types of the result; ``docs/article.schema.json`` is its copy."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from arabic_news_ner.serialize import SCHEMA
from arabic_news_ner.types import Article

_SIMPLE: dict[Any, str] = {str: "string", int: "integer", float: "number", NoneType: "null"}
_SPAN = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}


def record_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of what :meth:`Article.to_dict` and the command line write.

    A record may lack ``text``, ``tokens`` and ``sentences``, which the command line leaves out. Fields that the schema does not
    name may come with later versions of the library; a field that changes its meaning or goes away raises ``schema``.
    """
    definitions: dict[str, Any] = {}
    body = _object(Article, definitions)
    body["properties"] |= {
        "schema": {"const": SCHEMA},
        "tokens": {"type": "array", "items": _SPAN},
        "sentences": {"type": "array", "items": _SPAN},
    }
    body["required"] = ["schema", *(name for name in body["properties"] if name not in _NOT_ALWAYS)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Article",
        "description": "What arabic_news_ner read in one article. Offsets are half-open and count Unicode code points.",
        **body,
        "$defs": dict(sorted(definitions.items())),
    }


#: Fields that a record may lack.
_NOT_ALWAYS = ("schema", "text", "tokens", "sentences")


def _object(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    properties = {
        f.name: _type(hints[f.name], definitions) for f in fields(cls) if f.name not in ("tokens", "sentences")
    }
    required = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
    return {"type": "object", "properties": properties, "required": required}


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [_type(arg, definitions) for arg in args]}
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple and args[-1] is Ellipsis:
        return {"type": "array", "items": _type(args[0], definitions)}
    if origin is tuple:
        items = [_type(arg, definitions) for arg in args]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
    if isinstance(hint, type) and is_dataclass(hint):
        name = hint.__name__
        if name not in definitions:
            definitions[name] = {}  # it may hold itself
            definitions[name] |= _object(hint, definitions)
        return {"$ref": f"#/$defs/{name}"}
    return {"type": _SIMPLE[hint]}


if __name__ == "__main__":
    print(json.dumps(record_schema(), indent=1, ensure_ascii=False))
