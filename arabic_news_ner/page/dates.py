"""The date in a line of a page, as ISO 8601.

Gregorian months have international, Levantine, Maghrebi and English names (``data/page/months.tsv``), alone or in pairs
(``كانون الثاني/يناير``). Hijri dates are converted by the Umm al-Qura calendar (package hijridate), dates of the Persian calendar
by its 33-year rule. Relative dates (``منذ 3 ساعات``), impossible dates (31 February), and dates in numbers that can be
Hijri or Persian (``1404/02/21``) give no date.

:data:`WAYS` at the foot of the file lists the ways of writing a date, each a function with an example.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Final, Literal

import regex

from arabic_news_ner.page.settings import LONGEST_FIELD
from arabic_news_ner.page.tables import rows
from arabic_news_ner.text.cache import cached
from arabic_news_ner.text.characters import TASHKEEL, TATWEEL
from arabic_news_ner.text.checks import check_text
from arabic_news_ner.text.fold import fold

#: Possible years of a news article.
EARLIEST, LATEST = 1900, 2100
#: Years of the Hijri calendar from 1924 on, and of the Persian one from 1921 on.
_HIJRI_YEARS, _SOLAR_YEARS = range(1343, 1501), range(1300, 1480)
#: Years that are possible in both calendars: up to the Persian year that ends in 2029.
_BOTH_CALENDARS: Final = range(1343, 1408)
#: Ordinal of the day before 1 Farvardin of the year 1 of the Persian calendar (1 Farvardin 1403 is 20 March 2024).
_SOLAR_EPOCH: Final = 226894

_DIGIT = regex.compile(r"\d")
_PERSIAN = regex.compile("[۰-۹پچژگ]")
_RELATIVE = regex.compile(
    r"\b(?:منذ|قبل)\s{1,3}(?:\d+|[اأ]?[هة]?[نث]?لاث\w*|\w+)?\s{0,3}"
    r"(?:ثاني[ةه]|ثواني?|دقيق[ةه]|دقائق|دقايق|ساع[ةه]|ساعات|ساعتين|يوم|يومين|[أا]يام|[أا]سبوع|[أا]سبوعين|[أا]سابيع|شهر|شهرين|"
    r"[أا]شهر|شهور|سن[ةه]|سنتين|سنوات|عام|عامين|[أا]عوام)\b|^\s{0,3}(?:[أا]مس|اليوم|الآن|البارح[ةه])\s{0,3}$"
)

Calendar = Literal["gregorian", "hijri", "solar"]
_Found = tuple[date, Calendar]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a line: its position, and its ISO form, with the time of day if the line has one."""

    start: int
    end: int
    iso: str
    calendar: Calendar


def find_date(line: str) -> str | None:
    """The date of a line as ``2025-04-28`` or ``2025-04-28T14:30``, with ``Z`` or ``+03:00`` where the zone is stated.

    A Gregorian date is preferred to a Hijri one in the same line (``12 ربيع الآخر 1446 هـ الموافق 15 أكتوبر 2024 م``).

    :raises InputError: if ``line`` is not a str.
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

    :raises InputError: if ``line`` is not a str.
    """
    check_text(line)
    return _find(line) if _DIGIT.search(line) is not None else ()


@cached(64)
def _find(line: str) -> tuple[FoundDate, ...]:
    """The dates of a line with digits. The rules of a page ask for those of one line several times."""
    plain, at = _plain(line)
    persian = _PERSIAN.search(line) is not None
    found = [(match, value) for match in _pattern().finditer(plain) if (value := _value(match, persian)) is not None]
    if not found:
        return ()
    clock = _clock(plain)
    return tuple(
        FoundDate(at(match.start()), at(match.end()), _with_clock(day, clock), calendar)
        for match, (day, calendar) in found
    )


def is_day_alone(line: str) -> bool:
    """Is a line only a day and a month without a year: ``الاثنين 5 تشرين 1``? It gives no date."""
    return len(line) <= LONGEST_FIELD and _day_alone().fullmatch(_plain(line)[0].strip()) is not None


# The plain form of a line


class _Plain(dict[int, str]):
    """Code point -> its plain form, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        folded = str(int(c)) if c.isdecimal() else fold(c)
        self[code] = plain = folded if len(folded) == 1 else c if folded or c == "ء" else " "
        return plain


_PLAIN = _Plain()
_NO_LETTERS: Final = frozenset(TASHKEEL | {TATWEEL})
_HAS_NO_LETTERS = regex.compile("[" + "".join(sorted(_NO_LETTERS)) + "]")


def _plain(line: str) -> tuple[str, Callable[[int], int]]:
    """The line with digits of all kinds as 0-9 and letters folded, without vowel signs and tatweel, and where each of its
    characters stands in the line."""
    if _HAS_NO_LETTERS.search(line) is None:
        return line.translate(_PLAIN), lambda place: place
    places = [n for n, c in enumerate(line) if c not in _NO_LETTERS]
    plain = "".join(line[n] for n in places).translate(_PLAIN)
    return plain, [*places, len(line)].__getitem__


@lru_cache(maxsize=1)
def months() -> Mapping[str, Mapping[str, int]]:
    """The table of months: calendar -> name in its plain form -> number."""
    out: dict[str, dict[str, int]] = {"gregorian": {}, "hijri": {}, "solar": {}}
    for calendar, number, names in rows("months.tsv", 3):
        out[calendar].update((_name(name), int(number)) for name in names.split("|"))
    return out


def _name(name: str) -> str:
    return " ".join(_plain(name)[0].split())


def _choice(calendar: str) -> str:
    """Any name of a month of a calendar, as a pattern on plain text."""
    names = sorted(months()[calendar], key=len, reverse=True)
    return "|".join(regex.escape(name, literal_spaces=True).replace(" ", r"\s{1,3}") for name in names)


# The ways of writing a date


@lru_cache(maxsize=1)
def _pattern() -> regex.Pattern[str]:
    """One pattern of all :data:`WAYS`, on plain text. Blanks are bounded, so that a line is read in linear time."""
    gregorian, hijri, solar = map(_choice, ("gregorian", "hijri", "solar"))
    begin, cut = r"(?<![\d/.\-])", r"\s?[/\-.]\s?"
    b, sep = r"\s{0,3}", r"\s{0,3}[,،/\-.]?\s{0,3}"
    month = rf"(?<![\p{{L}}])(?:{gregorian})(?![\p{{L}}\d])"
    second = rf"(?:{b}[/\-(،]?{b}(?:{gregorian})(?![\p{{L}}\d]){b}\)?)?"
    ordinal, of_year = r"(?:st|nd|rd|th)?", r"(?:من\s{1,3})?(?:عام\s{1,3}|سنه\s{1,3})?"
    mark = rf"(?:{b}(?P<mark_N>ه\s?\.?\s?ش|ش|شمسي|ه|هجريه?|م|ميلاديه?)(?![\p{{L}}]))?"
    day = rf"(?<!\d)(?P<d_N>\d{{1,2}}){ordinal}{sep}(?:من\s{{1,3}})?(?:شهر\s{{1,3}})?"
    ways = {
        "year_first": rf"{begin}(?P<y_N>\d{{4}}){cut}(?P<m_N>\d{{1,2}}){cut}(?P<d_N>\d{{1,2}})(?!\d|[/.\-]\d){mark}",
        "day_first": rf"{begin}(?P<d_N>\d{{1,2}}){cut}(?P<m_N>\d{{1,2}}){cut}(?P<y_N>\d{{4}})(?!\d){mark}",
        "day_month_year": rf"{day}(?P<m_N>{month}){second}{sep}{of_year}(?P<y_N>\d{{4}})(?!\d){mark}",
        "year_month_day": rf"(?<![\d/.\-])(?P<y_N>\d{{4}}){sep}(?P<m_N>{month}){second}{sep}(?P<d_N>\d{{1,2}})(?![\d/.\-:])",
        "month_day_year": rf"(?P<m_N>{month}){second}{sep}(?P<d_N>\d{{1,2}}){ordinal}{sep}{of_year}(?P<y_N>\d{{4}})(?!\d){mark}",
        "hijri": rf"{day}(?P<m_N>{hijri})(?![\p{{L}}]){sep}{of_year}(?P<y_N>1[345]\d{{2}})(?!\d){mark}",
        "solar": rf"{day}(?P<m_N>{solar})(?![\p{{L}}]){sep}{of_year}(?P<y_N>1[34]\d{{2}})(?!\d){mark}",
    }
    assert list(ways) == list(WAYS)
    return regex.compile(
        "|".join(f"(?P<{name}>{way.replace('_N>', f'_{n}>')})" for n, (name, way) in enumerate(ways.items())),
        regex.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _day_alone() -> regex.Pattern[str]:
    weekday = r"(?:السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه)"
    months_ = f"{_choice('gregorian')}|{_choice('hijri')}"
    return regex.compile(rf"(?:{weekday}\s{{0,3}}[,،]?\s{{0,3}})?\d{{1,2}}\s{{0,3}}(?:{months_})", regex.IGNORECASE)


def _value(match: regex.Match[str], persian: bool) -> _Found | None:
    """The date of a match, by the way in which it is written."""
    groups = match.groupdict()
    number, way = next((n, name) for n, name in enumerate(WAYS) if groups[name] is not None)
    return WAYS[way](
        int(groups[f"y_{number}"]),
        groups[f"m_{number}"],
        int(groups[f"d_{number}"]),
        "solar" if persian else groups.get(f"mark_{number}") or "",
    )


def _year_first(year: int, month: str, day: int, mark: str) -> _Found | None:
    """``2025-04-28``, ``2005 / 6 / 5``, ``1446/08/03 هـ``, ``۱۳۹۹/۰۲/۲۱``."""
    return _in_numbers(year, int(month), day, mark)


def _day_first(year: int, month: str, day: int, mark: str) -> _Found | None:
    """``28/4/2025``, ``28.4.2025``; the month first where it cannot be otherwise: ``4/28/2025``."""
    number = int(month)
    if number > 12 >= day:
        day, number = number, day
    return _in_numbers(year, number, day, mark)


def _month_by_name(year: int, month: str, day: int, mark: str) -> _Found | None:
    """``28 أبريل 2025``, ``2 كانون الثاني/يناير 2025``, ``12 كانون 2 2024``; ``2025 أبريل 28``; ``نيسان 28 2025``,
    ``نوفمبر (تشرين الثاني) 3، 2025``."""
    return _gregorian(year, months()["gregorian"][_name(month).lower()], day)


def _hijri_month(year: int, month: str, day: int, mark: str) -> _Found | None:
    """``12 ربيع الآخر 1446 هـ``."""
    return _hijri(year, months()["hijri"][_name(month)], day)


def _solar_month(year: int, month: str, day: int, mark: str) -> _Found | None:
    """``۲۱ اردیبهشت ۱۳۹۹``."""
    return _solar(year, months()["solar"][_name(month)], day)


#: The ways of writing a date, in the order in which they are tried: (year, month as written, day, mark after it) -> date.
#: The mark is ``م``, ``ه`` and the like; ``"solar"`` for a line with Persian letters or digits.
WAYS: Final[Mapping[str, Callable[[int, str, int, str], _Found | None]]] = {
    "year_first": _year_first,
    "day_first": _day_first,
    "day_month_year": _month_by_name,
    "year_month_day": _month_by_name,
    "month_day_year": _month_by_name,
    "hijri": _hijri_month,
    "solar": _solar_month,
}


# Calendars


def _in_numbers(year: int, month: int, day: int, mark: str) -> _Found | None:
    """A date in numbers: its year and its mark tell the calendar."""
    if mark.startswith(("solar", "ش")) or (mark.startswith("ه") and mark.endswith("ش")):
        return _solar(year, month, day) if year in _SOLAR_YEARS else _gregorian(year, month, day)
    if mark.startswith("ه"):
        return _hijri(year, month, day)
    if year in _BOTH_CALENDARS:
        return None
    return _hijri(year, month, day) if year in _HIJRI_YEARS else _gregorian(year, month, day)


def _gregorian(year: int, month: int, day: int) -> _Found | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day), "gregorian"
    except ValueError:
        return None


def _hijri(year: int, month: int, day: int) -> _Found | None:
    from hijridate import Hijri

    try:
        converted = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(converted.year, converted.month, converted.day), "hijri"


def _solar(year: int, month: int, day: int) -> _Found | None:
    """By the 33-year rule: years 1, 5, 9, 13, 17, 22, 26 and 30 of 33 have a day more (right from 1206 to 1498)."""
    if not 1 <= month <= 12 or year not in _SOLAR_YEARS:
        return None
    length = 31 if month <= 6 else 30 if month < 12 or _is_solar_leap(year) else 29
    if not 1 <= day <= length:
        return None
    leaps = sum(_is_solar_leap(y) for y in range(1, year % 33)) + 8 * (year // 33)
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return date.fromordinal(_SOLAR_EPOCH + 365 * (year - 1) + leaps + before + day), "solar"


def _is_solar_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)


# The time of day

#: Words next to a time, on plain text: before noon, after noon, at night.
_MORNING = r"ص|صباحا?|الصباح|فجرا?|الفجر|قبل\s{1,3}الظهر|ق\.?\s?ظ|بعد\s{1,3}منتصف\s{1,3}الليل|am|a\.m\.?"
_EVENING = (
    r"م|مساءا?|المساء|ظهرا?|الظهر|بعد\s{1,3}(?:الظهر|ظهر)|ب\.?\s?ظ|عصرا?|العصر|مغربا?|المغرب|عشاء|العشاء|pm|p\.m\.?"
)
_NIGHT = r"ليلا?|الليل"
_HALF = rf"(?:(?P<morning_N>{_MORNING})|(?P<evening_N>{_EVENING})|(?P<night_N>{_NIGHT}))(?![\p{{L}}])"
_CLOCK = regex.compile(
    rf"(?:(?<![\p{{L}}])(?:{_HALF.replace('_N', '_0')})\s{{0,3}}(?:الساعه\s{{0,3}})?)?"
    r"(?<![\d:/.\-])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?(?![\d:])"
    rf"(?:\s{{0,3}}(?:{_HALF.replace('_N', '_1')}))?\s{{0,3}}"
    r"[(]?(?P<zone>Z\b|(?:GMT|UTC|بتوقيت\s{1,3}(?:غرينت?ش|جرينتش)|ت\.?غ)?\s{0,3}(?P<shift>[+\-]\d{1,2}(?::?\d{2})?)?|GMT|UTC)?",
    regex.IGNORECASE,
)
_UTC = regex.compile(r"Z|GMT|UTC|غرين|جرين|ت\.?غ", regex.IGNORECASE)


def _clock(plain: str) -> time | None:
    """The only time of day in a line: ``3:05 عصراً`` is 15:05, ``11:20 ليلاً`` 23:20, ``12:40 ليلاً`` 00:40."""
    match = _CLOCK.search(plain)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour > 23 or minute > 59:
        return None
    return time(_hour(hour, match), minute, tzinfo=_zone(match["zone"] or "", match["shift"]))


def _hour(hour: int, match: regex.Match[str]) -> int:
    """The hour (0 to 23) by the word next to it; the word after it counts first."""
    for side in ("1", "0"):
        if match[f"morning_{side}"]:
            return 0 if hour == 12 else hour
        if match[f"evening_{side}"]:
            noon = "ظهر" in match[f"evening_{side}"] and hour in (10, 11)
            return hour + 12 if hour < 12 and not noon else hour
        if match[f"night_{side}"]:
            return 0 if hour == 12 else hour + 12 if 6 <= hour < 12 else hour
    return hour


def _with_clock(day: date, clock: time | None) -> str:
    if clock is None:
        return day.isoformat()
    return datetime.combine(day, clock).isoformat(timespec="minutes").replace("+00:00", "Z")


def _zone(written: str, shift: str | None) -> timezone | None:
    if shift:
        digits = shift[1:].replace(":", "")
        hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
        if hours > 14 or minutes > 59:
            return None
        return timezone((1 if shift[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    return timezone.utc if _UTC.search(written) else None
