"""Annotated files of any format that the library reads, known by name and content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from arabic_news_ner.errors import InputError
from arabic_news_ner.export import READABLE, brat, conll, label_studio, prodigy
from arabic_news_ner.scoring.annotation import Annotation, from_article, from_spans
from arabic_news_ner.types import Article


def read_annotations(path: Path, form: str | None = None) -> list[Annotation]:
    """The annotated texts of a file or folder, in its order.

    :param form: a format of :data:`arabic_news_ner.export.READABLE`; by default the one that the file looks like.
    :raises InputError: if it cannot be read, with the line or task.
    """
    if not path.exists():
        raise InputError(f"there is no file or folder {str(path)!r}")
    form = form or ("brat" if path.is_dir() else None)
    if form == "brat":
        return [from_article(identifier, article) for identifier, article in brat.load(path)]
    if path.is_dir():
        raise InputError(f"{str(path)!r} is a folder; only the format brat is one")
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{str(path)!r} is not UTF-8 (byte {error.start})") from error
    form = form or _form(path, content)
    if form in ("json", "spans"):
        return _lines(content, form, str(path))
    loads = {"conll": conll.loads, "label-studio": label_studio.loads, "prodigy": prodigy.loads}[form]
    return [from_article(identifier, article) for identifier, article in loads(content, where=str(path))]


def _form(path: Path, content: str) -> str:
    """The format of a file: JSON by its first value, all else CoNLL."""
    first = content.lstrip()[:1]
    if first == "[":
        return "label-studio"
    if first != "{":
        return "conll"
    try:
        head = json.loads(content.lstrip().split("\n", 1)[0])
    except ValueError as error:
        raise InputError(f"{str(path)!r} begins like JSON lines, and its first line is none: {error}") from error
    entities, spans = head.get("entities"), head.get("spans")
    if isinstance(spans, list) and isinstance(entities, list):
        return "spans"
    if isinstance(entities, list):
        return "json"
    if isinstance(head.get("text"), str):
        return "prodigy"
    known = ", ".join(f"{name} ({what})" for name, what in READABLE.items())
    raise InputError(f"{str(path)!r} is of no known format; there are {known}")


def _lines(content: str, form: str, where: str) -> list[Annotation]:
    out = []
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value: dict[str, Any] = json.loads(line)
            if form == "spans":
                out.append(from_spans(value))
            else:
                identifier = str(value.pop("id", number))
                out.append(from_article(identifier, Article.from_dict(value)))
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise InputError(f"{where}, line {number}: {error}") from error
    return out
