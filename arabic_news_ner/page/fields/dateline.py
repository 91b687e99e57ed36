"""The place and agency that open a story: ``طرابلس (رويترز) - قال``, ``الخرطوم – سونا``, ``الدوحة في 28 أبريل 2025 /قنا/``."""

from __future__ import annotations

from functools import lru_cache

import regex

from arabic_news_ner.page.settings import LONGEST_FIELD
from arabic_news_ner.page.tables import agency_pattern, outlet_noun_pattern

_PLACE = r"[\p{L}][\p{L}\p{M}’'.]*(?:[\s،,]+[\p{L}][\p{L}\p{M}’'.]*){0,3}"
#: ``الخليل 28-4-2025 وفا``, ``الدوحة في 28 أبريل 2025 /قنا/``, ``أثينا 4 مايو أيار (رويترز)``.
_DAY = (
    r"\d{1,2}(?:\s*[-/]\s*\d{1,2}(?:\s*[-/]\s*\d{4})?|\s+\p{L}+(?:[\s/]+\p{L}+){0,2}(?:\s+\d{4})?)"
    r"(?:\s+هـ?\s+الموافق\s+\d{1,2}\s+\p{L}+(?:\s+\d{4})?(?:\s+م)?)?"
)
_SHORT_PLACE = r"[\p{L}][\p{L}\p{M}]*(?:\s[\p{L}][\p{L}\p{M}]*){0,2}"
#: Few words and then a sign or a number: without that no dateline opens a line.
_MAY_OPEN = regex.compile(r"\s*(?:\p{L}[\p{L}\p{M}’'.]*[\s،,]*){1,6}+[-–—ـ/(\[（:«\"\d]|.{0,40}ـ")
_NO_PLACE = regex.compile(
    r"^(?:و?(?:قال|أكد|اكد|أعلن|اعلن|ذكر|أضاف|اضاف|أوضح|كتب|نقل|نشر|في|من|إلى|على|عن|كما|هذا|هذه|وقد|لا|لم|ما|إن|أن|كل|بعد|قبل|منذ))\b"
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """A dateline on a line of its own; one that opens a line. Agencies are those of the table, and capitals (``CNN``)."""
    agency = rf"(?:{agency_pattern()}|[A-Z]{{2,8}})"
    #: An outlet that a head noun tells: ``وكالة أنباء المرسى``, ``شبكة الخليج الإخبارية``.
    named = rf"(?:{outlet_noun_pattern()})\s\p{{L}}{{3,}}(?:\s\p{{L}}+)?(?:\sال\p{{L}}+){{0,2}}"
    dated = rf"{_PLACE}[،,]?\s+(?:في\s+)?[-–]?\s*{_DAY}\s*[/(]?\s*{agency}\s*[/)]?"
    alone = regex.compile(
        rf"^(?P<dateline>{dated}|{_SHORT_PLACE}\s*[-–—ـ/،:]\s*[(]?(?:{agency}|{named})[)]?|شفق\s+ني?وز)\s*[-–—:ـ/]*$"
    )
    opening = regex.compile(
        rf"^\s*(?P<dated>{dated})\s*[-–—:ـ/]*(?:\s|$)"
        rf"|^\s*(?P<day>{_SHORT_PLACE}[،,]?\s+{_DAY}\s*[(\[][^()\[\]]{{2,30}}[)\]])\s*[-–—:ـ]+(?:\s|$)"
        rf"|^\s*(?P<agency2>\p{{L}}[\p{{L}}\p{{M}}]*\s+(?:ني?وز|برس|ميديا|أونلاين|بوست)\s*/)\s"
        rf"|^\s*(?P<agency3>{_PLACE}\s*[-–—]+\s*[(]\s*{agency}\s*[)])\s*[-–—:ـ]*(?:\s|$)"
        rf"|^\s*(?P<dateline>{_PLACE}\s*[(\[（]\s*[^()\[\]]{{2,30}}[)\]）])\s*[-–—:ـ]+(?:\s|$)"
        rf"|^\s*(?P<agency>{_PLACE}\s*[-–—ـ/،]+\s*(?:«[^»]{{2,30}}»|\"[^\"]{{2,30}}\"|{agency}(?:\s*[/،و]\s*{agency})?))\s*[-–—:ـ/]+\s"
        rf"|^\s*(?P<outlet>{_PLACE}\s*:\s*[«\"][^»\"]{{2,30}}[»\"])\s*[-–—:ـ]*(?:\s|$)"
        rf"|^\s*(?P<colon>{_SHORT_PLACE}\s*:\s*{_SHORT_PLACE})\s+[-–—]\s"
        rf"|^\s*(?P<named>{_SHORT_PLACE}\s*[-–—ـ/،:]\s*{named})\s*[-–—:ـ]+\s"
        rf"|^\s*(?P<desk>وطنية\s*[-–]\s*{_PLACE})\s*[-–]\s"
        rf"|^\s*(?P<place>{_PLACE})\s*[-–—]{{1,2}}\s(?=\S)"
    )
    return alone, opening


@lru_cache(maxsize=512)
def dateline_of(line: str) -> str | None:
    """The place and agency that open a story: ``طرابلس (رويترز) - قال`` -> ``طرابلس (رويترز)``; none in ``وقال - وهو``."""
    opening = line[:LONGEST_FIELD]
    if _MAY_OPEN.match(opening) is None or _NO_PLACE.match(line.strip()) is not None:
        return None
    match = _patterns()[1].match(opening)
    if match is None:
        return None
    found = next(value for value in match.groupdict().values() if value is not None)
    if match["place"] is not None and len(found.split()) > 2:
        return None
    return " ".join(found.split())


def lone_dateline_of(line: str) -> str | None:
    """A dateline with a line of its own: ``دمشق-سانا``, ``المنامة في 21 أغسطس/ بنا /``."""
    match = _patterns()[0].match(line) if len(line) <= LONGEST_FIELD else None
    return " ".join(match["dateline"].split()) if match else None
