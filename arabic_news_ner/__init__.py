"""People with their offices, organizations and places of an Arabic news article, at their exact places in the text.

>>> import arabic_news_ner as ann
>>> article = ann.extract("التقى وزير الخارجية سيرغي لافروف وفدا في طرابلس.")
>>> [person.name for person in article.people]
['سيرغي لافروف']

Importing this loads no model: the first call of :func:`extract` does, from inside the package.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from arabic_news_ner.version import __version__

if TYPE_CHECKING:
    from arabic_news_ner.errors import (
        ArabicNewsNerError,
        ArchiveError,
        InputError,
        MissingExtraError,
        ModelError,
        WorkerError,
    )
    from arabic_news_ner.extractor import Extractor, extract, extract_page, pipe
    from arabic_news_ner.page import Page, PageArticle, read_feed, read_page, read_warc
    from arabic_news_ner.show.compare import Comparison, compare
    from arabic_news_ner.show.excel import write_excel
    from arabic_news_ner.show.frames import extract_frame, frame
    from arabic_news_ner.text.normalize import Normalized, normalize
    from arabic_news_ner.text.sentences import sentences
    from arabic_news_ner.text.tokenize import tokenize
    from arabic_news_ner.types import Article, Country, Entity, Link, Mention, Role, Sentence, Token

_HOMES = {
    "arabic_news_ner.types": ("Article", "Country", "Entity", "Link", "Mention", "Role", "Sentence", "Token"),
    "arabic_news_ner.errors": (
        "ArabicNewsNerError",
        "ArchiveError",
        "InputError",
        "MissingExtraError",
        "ModelError",
        "WorkerError",
    ),
    "arabic_news_ner.extractor": ("Extractor", "extract", "extract_page", "pipe"),
    "arabic_news_ner.page": ("Page", "PageArticle", "read_feed", "read_page", "read_warc"),
    "arabic_news_ner.show.compare": ("Comparison", "compare"),
    "arabic_news_ner.show.excel": ("write_excel",),
    "arabic_news_ner.show.frames": ("extract_frame", "frame"),
    "arabic_news_ner.text": ("Normalized", "normalize", "sentences", "tokenize"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ArabicNewsNerError",
    "ArchiveError",
    "Article",
    "Comparison",
    "Country",
    "Entity",
    "Extractor",
    "InputError",
    "Link",
    "Mention",
    "MissingExtraError",
    "ModelError",
    "Normalized",
    "Page",
    "PageArticle",
    "Role",
    "Sentence",
    "Token",
    "WorkerError",
    "__version__",
    "compare",
    "extract",
    "extract_frame",
    "extract_page",
    "frame",
    "normalize",
    "pipe",
    "read_feed",
    "read_page",
    "read_warc",
    "sentences",
    "tokenize",
    "write_excel",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module at its first use."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
