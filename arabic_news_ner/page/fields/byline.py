"""Bylines: the author, the outlet and the place that a line names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from arabic_news_ner.page.fields.author import author_of, ends_as_family, is_surely_name, opens_as_name
from arabic_news_ner.page.fields.dateline import lone_dateline_of
from arabic_news_ner.page.fields.source import is_outlet
from arabic_news_ner.page.settings import LONGEST_FIELD
from arabic_news_ner.page.tables import is_nobody

_DASH, _DASH_OR_COLON = regex.compile(r"\s+[–—\-ـ]\s+"), regex.compile(r"\s+[–—\-ـ]\s+|\s*:\s*")
_BYLINE_LABEL = regex.compile(
    r"^(?:(?:(?:مرسل[ةه]|نُ?شرت?|كتبت?)\s+)?بواسط[ةه]|نص(?=\s*[:：])|كتب(?:ت|ها)?|بقلم|تقرير|[إا]عداد|حوار|تحرير|ترجم[ةه]|المحرر|الكاتب|متابع[ةه]|متابعات|تحقيق|[Aa]uthor|[Bb]y)\b\s*[:：/\-–ـ|,]?\s*"
)
_BYLINE_AFTER = regex.compile(r"\|\s*(?:كتب(?:ت)?|بقلم)\s*[:：]\s*(?P<name>[^|:：]{4,40}?)\s*(?:\||$)")
_PHOTOGRAPHER = regex.compile(r"\s*[-–،,/|]?\s*(?:و)?(?:تصوير|عدسة|ت:)\s*[:：]?\s+.*$")
_BETWEEN_SIGNS = regex.compile(r"[^–—\-ـ|/:،]+")
_PLACE = regex.compile(r"\p{Arabic}[\p{Arabic}\p{M}]+(?: \p{Arabic}[\p{Arabic}\p{M}]+)?")
#: ``المكلا: ناصر الحضرمي``, ``الدمام - صحيفة الساحل: ناصر الحضرمي``.
_PLACED = regex.compile(
    r"(?P<place>\p{Arabic}+(?: \p{Arabic}+)?(?P<outlet>\s*[-–—ـ]\s*[«\"]?\p{Arabic}+(?: [\p{Arabic}\d]+){0,2}[»\"]?)?)"
    r"\s*:\s*(?P<name>\p{Arabic}+(?: \p{Arabic}+){1,3})"
)
#: ``من ناصر الحضرمي``, ``ناصر الحضرمي، مراسل الصحيفة في المكلا``.
_REPORTER = regex.compile(
    r"من (?P<from>\p{Arabic}+(?: \p{Arabic}+){1,2})"
    r"|(?P<name>\p{Arabic}+(?: \p{Arabic}+){1,2})\s*[،,\-–]?\s+"
    r"(?:كاتب[ةه]?|صحا?في[ةه]?|[إا]علامي[ةه]?|محرر[ةه]?|مراسل[ةه]?(?: \p{Arabic}+){0,4})"
)


def byline_of(line: str) -> str | None:
    """The author's name of a byline: ``كتب: محمود العيسوي``, ``الرياض – سعد المطيري``, ``| بقلم سعد المطيري | 3 مايو 2025 |``."""
    rest = _PHOTOGRAPHER.sub("", without_byline_label(line).split("|")[0])
    parts = [part for part in _DASH_OR_COLON.split(rest) if part not in ("خاص", "وكالات", "متابعات")]
    parts = [part for part in parts if not any(map(str.isdigit, part))]
    name = parts[-1].strip(" :-–") if parts else ""
    return name if any(map(str.isalpha, name)) else None


def without_byline_label(line: str) -> str:
    """A byline without ``كتب`` or ``بقلم:`` and the bars around it."""
    return _BYLINE_LABEL.sub("", line.strip(" |"), count=1).strip(" |:：")


def byline_after_date(line: str) -> str | None:
    """The author after a date: ``الأربعاء 03-12-2025 15:22 | كتب: إبراهيم الطيب |``."""
    match = _BYLINE_AFTER.search(line[:LONGEST_FIELD])
    return match["name"] if match else None


@dataclass(frozen=True, slots=True)
class Credit:
    """The author, outlet and place in a line under a headline."""

    byline: str | None = None
    source: str | None = None
    dateline: str | None = None


def credit_of(line: str) -> Credit:
    """Author, outlet and place of a byline: ``هسبريس - يونس الطاهري``, ``عبدالله الحازمي - سبق - الرياض``,
    ``بغداد – واع – حسين الموسوي``, whose place and agency are the dateline."""
    labelled, line = without_byline_label(line) != line, without_byline_label(line)
    alone, reporter, placed = lone_dateline_of(line), reporter_of(line), _PLACED.fullmatch(line)
    if alone is not None and not _is_by_name(alone):
        return Credit(dateline=alone)
    if reporter is not None:
        return Credit(reporter)
    if is_outlet(line):
        return Credit(source=line)
    if placed is not None and placed["outlet"] and author_of(placed["name"]) is not None:
        return Credit(placed["name"], dateline=placed["place"])
    parts = [(m.start(), m.end()) for m in _BETWEEN_SIGNS.finditer(line)]
    named = [(a, b) for a, b in parts if not is_nobody(line[a:b])]
    parts = named or parts
    texts = [line[a:b].strip() for a, b in parts]
    at = next((n for n, text in enumerate(texts) if is_outlet(text)), None)
    if at is not None and len(texts) == 1:
        return Credit(source=texts[at])
    if at is None or len(texts) < 2:
        last = byline_of(line) or ""
        stated = last if labelled or " " in last else None  # ``الرياضي - الكويت``: one word is no author
        return Credit(author_of(line) or stated, dateline=_place_beside(line))
    rest = [text for n, text in enumerate(texts) if n != at and text]
    if at == 1 and len(texts[0].split()) <= 2 and not _is_name_beside(texts):
        return Credit(texts[2] if len(texts) > 2 else None, dateline=line[parts[0][0] : parts[1][1]].strip())
    names = [text for text in rest if author_of(text) is not None]
    places = [text for text in rest[-1:] if text not in names[:1] and _PLACE.fullmatch(text)]
    return Credit(names[0] if names else None, texts[at], places[0] if names and places else None)


def reporter_of(line: str) -> str | None:
    """The name after ``من``, or before the word for those who write: ``ناصر الحضرمي مراسل``."""
    match = _REPORTER.fullmatch(line) if len(line) <= LONGEST_FIELD else None
    return author_of(match["from"] or match["name"]) if match else None


@lru_cache(maxsize=1024)
def names_author(line: str) -> bool:
    """Does a line without a label name an author, by the form of the name or by the outlet next to it?"""
    if len(line) > LONGEST_FIELD:
        return False
    placed = _PLACED.fullmatch(line)
    if placed is not None and author_of(placed["name"]) is not None:
        return is_surely_name(placed["name"]) or (placed["outlet"] is not None and ends_as_family(placed["name"]))
    reporter = reporter_of(line)
    if reporter is not None:
        return opens_as_name(reporter)
    name = author_of(line)
    return name is not None and (is_surely_name(name) or credit_of(line).source is not None)


def is_signature(line: str) -> bool:
    """Is a line after a story its author's name and nothing else?"""
    return author_of(line) == line and (is_surely_name(line) or ends_as_family(line))


def _is_by_name(dateline: str) -> bool:
    """Does a name stand in the place of the place: ``رنا الصباغ - موقع المرفأ``?"""
    first = _DASH.split(dateline)[0]
    return author_of(first) == first and is_surely_name(first)


def _is_name_beside(texts: list[str]) -> bool:
    """Is there a name, not a place, before the outlet? Then a third part is the place (``الحازمي - سبق - الرياض``)?"""
    return author_of(texts[0]) is not None and (len(texts) == 2 or author_of(texts[2]) is None)


def _place_beside(line: str) -> str | None:
    """The place next to the only name of a byline: ``ريم القلعي - القيروان``, ``الفيوم - رباب الجالي``."""
    parts = [part.strip() for part in _DASH.split(line)]
    if len(parts) != 2:
        return None
    name = author_of(line)
    places = [part for part in parts if part != name and _PLACE.fullmatch(part)]
    return places[0] if name in parts and len(places) == 1 and len(places[0].split()) == 1 else None
