"""Dates of pages: hand-made lines, and every style read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner import InputError
from arabic_news_ner.page.dates import find_date, find_dates, is_relative

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data/page/dates.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
FROM_MAY = ["يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
MONTHS = {
    "international": ["يناير", "فبراير", "مارس", "أبريل", "مايو", *FROM_MAY],
    "maghrebi": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "ماي",
        "يونيو",
        "يوليوز",
        "غشت",
        "شتنبر",
        "أكتوبر",
        "نونبر",
        "دجنبر",
    ],
    "tunisian": ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", *FROM_MAY[3:]],
}
DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(("line", "wanted"), ROWS)
def test_line(line, wanted):
    assert (find_date(line) or "-") == wanted


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(sorted(MONTHS)), st.booleans(), st.booleans())
def test_every_style_is_read_back(day, style, eastern, weekday):
    written = f"{day.day} {MONTHS[style][day.month - 1]} {day.year}"
    line = ("الجمعة، " if weekday else "") + written
    line = line.translate(DIGITS) if eastern else line
    assert find_date(line) == day.isoformat()
    (found,) = find_dates(line)
    assert line[found.start : found.end] == (written.translate(DIGITS) if eastern else written)


@given(
    st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d"])
)
def test_numbers_are_read_day_first_or_year_first(day, style):
    assert find_date(day.strftime(style)) == day.isoformat()


@pytest.mark.parametrize("line", ["منذ 3 ساعات", "قبل يومين", "منذ ساعة", "قبل 5 دقائق", "منذ أسبوع", "أمس", "اليوم"])
def test_relative(line):
    assert is_relative(line)
    assert find_date(line) is None


@pytest.mark.parametrize("line", ["28 أبريل 2025", "وقال أمس إن العمل بدأ", "منذ توليه المنصب", "قبل الانتخابات"])
def test_not_relative(line):
    assert not is_relative(line)


@given(st.text(max_size=60))
def test_any_line_is_read(line):
    for found in find_dates(line):
        assert 0 <= found.start < found.end <= len(line)


def test_what_is_no_line_is_refused():
    with pytest.raises(InputError, match="not str"):
        find_date(b"2025-01-01")
