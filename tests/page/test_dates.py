"""Dates of pages: hand-made lines, and every style read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic_news_ner import InputError
from arabic_news_ner.page import read_page
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


def test_offsets_cover_tatweel_and_vowel_signs():
    line = "نشر في 28 أَبْـرِيل 2025 مـ، 10:30"
    (found,) = find_dates(line)
    assert line[found.start : found.end] == "28 أَبْـرِيل 2025 مـ"


def test_a_label_with_a_hijri_date_and_a_time_leaves_nothing_in_the_story():
    raw = page_of("تاريخ النشر: 27 رمضان 1446 هـ 10:30 م")
    (article,) = read_page(raw).articles
    assert (article.date, article.text) == ("2025-03-27T22:30", page_of("").split("\n", 2)[2])


def page_of(line: str) -> str:
    return (
        f"جوبا تستضيف مؤتمر المياه\n{line}\nاستضافت جوبا مؤتمرا للمياه.\nوقال الوزير سالم دينق إن العمل مستمر منذ عام."
    )


@pytest.mark.parametrize(
    "line",
    [
        "12 كانون 2 2024", "نيسان 28 2025", "9 جوان. 2023", "28 أَبْرِيل 2025", "28 أبـريل 2025", "7 ك2 2024", "الاثنين 5 تشرين 1",
        "14 تشرين ثاني 2025", "نوفمبر (تشرين الثاني) 3، 2025", "1 كانون الثاني يناير 2021",
    ],
)  # fmt: skip
def test_a_date_line_of_any_writing_is_no_part_of_the_story(line):
    (article,) = read_page(page_of(line)).articles
    assert line not in article.text


def test_dates_are_read_in_linear_time():
    """Work is counted in characters that the one pattern is asked of: each line once, however many dates it has."""
    line = "28 أبريل 2025 10:30 " * 2_000
    found = find_dates(line)
    assert len(found) == 2_000
    assert {d.iso for d in found} == {"2025-04-28T10:30"}
    assert find_dates("28" + "\u00a0" * 100_000 + "أبريل 2025") == ()
