"""The outlet in a line: after a label, alone, or next to a date."""

from __future__ import annotations

from functools import lru_cache

import regex

from arabic_news_ner.page.dates import find_dates
from arabic_news_ner.page.settings import MOST_OUTLET_WORDS
from arabic_news_ner.page.tables import outlet_key, outlets, words

_LABEL = regex.compile(r"^[^:：|]{2,25}?\s*[:：|]\s*(?P<value>.*)$")
_PAPER_OF_DAY = regex.compile(r"نشر\s(?:هذا الخبر\s)?في\s(?P<site>\p{L}[\p{L} ]{1,30}?)\sيوم\s\d")
_DASH_LABEL = regex.compile(r"^(?:ال)?مصدر\s+[-–—]\s+")
#: ``اقرأ المزيد على صحيفة المرفأ``.
_READ_ON = regex.compile(
    r"^(?:[إا]?[أا]?قر[أا]|لقراءة|تابع|الخبر|التفاصيل)\b[^:：|]{0,30}?\s(?:على|من)\s(?P<value>[^:：]{2,60})$"
)
#: ``المقالة السابقةوصل الوفد إلى جوبا``: the link of a theme to the article before, often glued to its label.
_NEIGHBOUR = regex.compile(
    r"^(?:المقال[ةه]?|الخبر|الموضوع|المشاركة|التدوينة)\s(?:السابق[ةه]?|التالي[ةه]?)(?=\s*[:：]?\s*\p{L})(?!\s*$)"
)
#: Words that end only names of outlets.
_ENDS_AS_OUTLET = regex.compile(
    r"^\p{L}+(?: \p{L}+)? (?:الاخباري|الاخباريه|نيوز|برس|اونلاين|اون لاين|ميديا|تايمز|بلس|سبورت|تي في|بوست)$"
)
#: What comes after the head noun of an outlet: ``[صحيفة] السوداني``, ``[وكالة] أنباء المرسى``.
_AFTER_NOUN = regex.compile(r"[\p{L}.]{3,}(?: [\p{L}\d.]+)?(?: ال\p{L}+){0,2}")


def value_of(line: str) -> str:
    """The value after the colon of a label: ``المصدر: سونا`` -> ``سونا``; empty if there is none."""
    match = _LABEL.match(line)
    return match["value"].strip(" .،,|") if match else ""


def source_of(line: str) -> str:
    """The value after the label of a source: ``المصدر: سونا``, ``المصدر - الوطن``."""
    dash = _DASH_LABEL.match(line)
    if dash is not None:
        return line[dash.end() :].strip(" .")
    on = _READ_ON.match(line)
    return on["value"].strip(" .…»") if on else value_of(line)


def link_after_label(line: str) -> str:
    """The link after ``اقرأ أيضاً`` without a colon; empty for a label alone."""
    beside = _NEIGHBOUR.match(line)
    if beside is not None:
        return line[beside.end() :].strip(" :：")
    words = line.removesuffix("المزيد من المؤلف").split()
    return " ".join(words[2:]) if len(words) > 4 else ""


def is_outlet(line: str, by_kind: bool = True) -> bool:
    """Is it the name of an outlet: one that is known, ``السابعة الإخبارية`` by its last word, ``صحيفة السوداني`` by its
    head noun?"""
    return len(line.split()) <= MOST_OUTLET_WORDS and _is_outlet(line, by_kind)


@lru_cache(maxsize=1024)
def _is_outlet(line: str, by_kind: bool) -> bool:
    folded = outlet_key(line)
    known = outlets().get(folded)
    if known is not None and known.kind != "nobody":
        return True
    if _ENDS_AS_OUTLET.match(folded) is not None:
        return True
    noun, _, name = folded.partition(" ")
    return by_kind and noun in words("outlet_nouns.txt") and _AFTER_NOUN.fullmatch(name) is not None


def source_beside_date(line: str) -> str | None:
    """The outlet next to a date: ``2025/10/26 رويترز``, ``نشر في المصريون يوم 12 - 06 - 2012``."""
    paper = _PAPER_OF_DAY.match(line)
    if paper is not None:
        return str(paper["site"])
    found = find_dates(line)
    if len(found) != 1:
        return None
    rest = f"{line[: found[0].start]} {line[found[0].end :]}".strip(" -–|/،,:")
    return rest if is_outlet(rest) else None
