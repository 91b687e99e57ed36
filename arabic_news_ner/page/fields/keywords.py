"""The keywords of an article."""

from __future__ import annotations

import regex

_KEYWORD_LABEL = regex.compile(
    r"^(?:(?:ال)?كلمات\s+(?:ال)?(?:دلالي[ةه]|دليلي[ةه]|دالّ?[ةه]|مفتاحي[ةه]|مفاتيح|البحث)|(?:ال)?وسوم|وسم|دلالات|سمات|تاجات|(?:ال)?تاغات"
    r"|[Tt]ags|هاشتاج|مواضيع\s+الخبر|(?:مواضيع|موضوعات)$)"
    r"\s*[:：]?\s*"
)
_SEPARATORS = regex.compile(r"\s*(?:[،,;؛|#•·/\t]|\s[-–]\s|\s{2,})\s*")


def keywords_of(line: str) -> tuple[str, ...]:
    """The keywords of a line, with or without its label: ``كلمات دلالية: ليبيا ، المجلس الرئاسي`` has two."""
    rest = _KEYWORD_LABEL.sub("", line, count=1)
    words = (part.strip(" .:\"'«»#").replace("_", " ") for part in _SEPARATORS.split(rest))
    return tuple(dict.fromkeys(word for word in words if word))
