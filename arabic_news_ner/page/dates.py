"""The date that a line of a page states, as ISO 8601.

Gregorian months go by their international, Levantine and Maghrebi names, alone or in pairs (``كانون الثاني/يناير``); Hijri
dates are converted by the Umm al-Qura calendar (package hijridate). What is relative (``منذ 3 ساعات``) gives no date, and
what cannot be (31 February) gives none either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Literal

import regex

from arabic_news_ner.page.tables import rows
from arabic_news_ner.text.checks import check_text
from arabic_news_ner.text.fold import fold

#: Years that a piece of news may bear.
EARLIEST, LATEST = 1900, 2100
_EARLIEST_HIJRI, _LATEST_HIJRI = 1343, 1500

_DIGIT = regex.compile(r"\d")
_RELATIVE = regex.compile(
    r"\b(?:منذ|قبل)\s+(?:\d+|[اأ]?[هة]?[نث]?لاث\w*|\w+)?\s*"
    r"(?:ثاني[ةه]|ثواني?|دقيق[ةه]|دقائق|دقايق|ساع[ةه]|ساعات|ساعتين|يوم|يومين|[أا]يام|[أا]سبوع|[أا]سبوعين|[أا]سابيع|شهر|شهرين|"
    r"[أا]شهر|شهور|سن[ةه]|سنتين|سنوات|عام|عامين|[أا]عوام)\b|^\s*(?:[أا]مس|اليوم|الآن|البارح[ةه])\s*$"
)
_MERIDIEM = r"(?:ص|م|صباح[اً]*|مساء[اً]*|ظهر[اً]*|[aApP]\.?[mM]\.?)(?![\p{L}\p{M}])"
_CLOCK = regex.compile(
    rf"(?<![\d:/.\-])(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::\d{{2}}(?:\.\d+)?)?(?![\d:])\s*(?P<half>{_MERIDIEM})?\s*"
    r"[(]?(?P<zone>Z\b|(?:GMT|UTC|بتوقيت\s+غرينت?ش|بتوقيت\s+جرينتش|ت\.?غ)?\s*(?P<shift>[+\-]\d{1,2}(?::?\d{2})?)?"
    r"|GMT|UTC)?",
    regex.IGNORECASE,
)
_UTC = regex.compile(r"Z|GMT|UTC|غرين|جرين|ت\.?غ", regex.IGNORECASE)

Calendar = Literal["gregorian", "hijri"]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a line: where it stands, and its ISO form, with the time of day where one stands beside it."""

    start: int
    end: int
    iso: str
    calendar: Calendar


def find_date(line: str) -> str | None:
    """The date of a line as ``2025-04-28`` or ``2025-04-28T14:30``, with ``Z`` or ``+03:00`` where the zone is stated.

    A Gregorian date goes before a Hijri one beside it (``12 ربيع الآخر 1446 هـ الموافق 15 أكتوبر 2024 م``).

    :raises InputError: where ``line`` is no str.
    """
    found = find_dates(line)
    if not found:
        return None
    return next((d for d in found if d.calendar == "gregorian"), found[0]).iso


def is_relative(line: str) -> bool:
    """Does the line date itself by the time of reading: ``منذ 3 ساعات``, ``قبل يومين``?"""
    return _RELATIVE.search(line) is not None


def find_dates(line: str) -> tuple[FoundDate, ...]:
    """Every date of a line, in order.

    :raises InputError: where ``line`` is no str.
    """
    check_text(line)
    if _DIGIT.search(line) is None:
        return ()
    plain = _plain(line)
    out: list[FoundDate] = []
    for match in _patterns().finditer(plain):
        read = _read(match)
        if read is not None:
            day, calendar = read
            out.append(FoundDate(match.start(), match.end(), _with_clock(day, plain), calendar))
    return tuple(out)


class _Plain(dict[int, str]):
    """Code point -> its plain form, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        folded = str(int(c)) if c.isdecimal() else fold(c)
        self[code] = plain = folded if len(folded) == 1 else c if folded or c == "ء" else " "
        return plain


_PLAIN = _Plain()


def _plain(line: str) -> str:
    """The line letter for letter: digits of all kinds as 0-9, letters folded where a fold keeps the length."""
    return line.translate(_PLAIN)


@lru_cache(maxsize=1)
def _months() -> tuple[dict[str, int], dict[str, int]]:
    months: dict[str, dict[str, int]] = {"gregorian": {}, "hijri": {}}
    for calendar, number, names in rows("months.tsv", 3):
        months[calendar].update((_name(name), int(number)) for name in names.split("|"))
    return months["gregorian"], months["hijri"]


def _name(name: str) -> str:
    return " ".join(_plain(name).split())


@lru_cache(maxsize=1)
def _patterns() -> regex.Pattern[str]:
    """One pattern of all ways to write a date, on the plain form of a line."""

    def choice(names: dict[str, int]) -> str:
        ordered = sorted(names, key=len, reverse=True)
        return "|".join(regex.escape(name).replace(r"\ ", r"\s+").replace(" ", r"\s+") for name in ordered)

    gregorian, hijri = map(choice, _months())
    second = rf"(?:\s*[/\-(]\s*(?:{gregorian})\s*\)?)?"
    named = rf"(?P<month>{gregorian})(?![\p{{L}}]){second}"
    return regex.compile(
        rf"(?<![\d/.\-])(?P<iso_y>\d{{4}})[/\-.](?P<iso_m>\d{{1,2}})[/\-.](?P<iso_d>\d{{1,2}})(?![\d/])\s*(?P<h1>ه)?"
        rf"|(?<![\d/.\-])(?P<num_d>\d{{1,2}})\s?[/\-.]\s?(?P<num_m>\d{{1,2}})\s?[/\-.]\s?(?P<num_y>\d{{4}})(?![\d])\s*(?P<h2>ه)?"
        rf"|(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*[,،/\-]?\s*(?:من\s+)?(?:شهر\s+)?{named}\s*[,،/\-]?\s*"
        r"(?:من\s+)?(?:عام\s+|سنه\s+)?(?P<year>\d{4})(?!\d)"
        rf"|(?<![\d/.\-])(?P<first_y>\d{{4}})\s+(?P<first_m>{gregorian})\s+(?P<first_d>\d{{1,2}})(?![\d/.\-])"
        rf"|(?<![\p{{L}}])(?P<us_month>{gregorian})\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?\s*[,،]\s*(?P<us_year>\d{{4}})(?!\d)"
        rf"|(?<!\d)(?P<hijri_d>\d{{1,2}})\s*[,،/\-]?\s*(?:من\s+)?(?:شهر\s+)?(?P<hijri_m>{hijri})(?![\p{{L}}])\s*[,،/\-]?\s*"
        r"(?:عام\s+|سنه\s+)?(?P<hijri_y>1[345]\d{2})(?!\d)",
        regex.IGNORECASE,
    )


def _read(match: regex.Match[str]) -> tuple[date, Calendar] | None:
    g = match.groupdict()
    gregorian, hijri = _months()
    if g["iso_y"]:
        return _numeric(int(g["iso_y"]), int(g["iso_m"]), int(g["iso_d"]), bool(g["h1"]))
    if g["num_y"]:
        day, month = int(g["num_d"]), int(g["num_m"])
        if month > 12 >= day:  # month first, as it cannot be otherwise
            day, month = month, day
        return _numeric(int(g["num_y"]), month, day, bool(g["h2"]))
    if g["year"]:
        return _gregorian(int(g["year"]), gregorian[_name(g["month"])], int(g["day"]))
    if g["first_y"]:
        return _gregorian(int(g["first_y"]), gregorian[_name(g["first_m"])], int(g["first_d"]))
    if g["us_year"]:
        return _gregorian(int(g["us_year"]), gregorian[_name(g["us_month"])], int(g["us_day"]))
    return _hijri(int(g["hijri_y"]), hijri[_name(g["hijri_m"])], int(g["hijri_d"]))


def _numeric(year: int, month: int, day: int, marked_hijri: bool) -> tuple[date, Calendar] | None:
    if marked_hijri or _EARLIEST_HIJRI <= year <= _LATEST_HIJRI:
        return _hijri(year, month, day)
    return _gregorian(year, month, day)


def _gregorian(year: int, month: int, day: int) -> tuple[date, Calendar] | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day), "gregorian"
    except ValueError:
        return None


def _hijri(year: int, month: int, day: int) -> tuple[date, Calendar] | None:
    from hijridate import Hijri

    try:
        converted = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(converted.year, converted.month, converted.day), "hijri"


def _with_clock(day: date, plain: str) -> str:
    """The day, with the one time of day that the line states."""
    match = _CLOCK.search(plain)
    if match is None:
        return day.isoformat()
    hour, minute = int(match["hour"]), int(match["minute"])
    half = match["half"] or ""
    if half.startswith(("م", "ظ", "p", "P")) and hour < 12:
        hour += 12
    elif half.startswith(("ص", "a", "A")) and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return day.isoformat()
    zone = _zone(match["zone"] or "", match["shift"])
    moment = datetime.combine(day, time(hour, minute, tzinfo=zone))
    return moment.isoformat(timespec="minutes").replace("+00:00", "Z")


def _zone(written: str, shift: str | None) -> timezone | None:
    if shift:
        digits = shift[1:].replace(":", "")
        hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
        if hours > 14 or minutes > 59:
            return None
        return timezone((1 if shift[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    return timezone.utc if _UTC.search(written) else None
