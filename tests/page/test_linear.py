"""The page reader's work grows with the page, not with its square: function calls are counted, no clock is read."""

from __future__ import annotations

import sys

import pytest

from arabic_news_ner.page import read_page

SENTENCE = "قال وزير المواصلات سالم بن عامر إن أعمال الصيانة في ميناء الخمس تبدأ الشهر المقبل."
HEADLINE = "الجيش السوداني يعلن استعادة بلدة في ولاية سنار"
SHAPES = {
    "one line": ("", SENTENCE + " ", ""),
    "headlines": ("", HEADLINE + "\n", ""),
    "sentences": ("", SENTENCE + "\n", ""),
    "labels": ("", "إقرأ أيضاً: ", ""),
    "label lines": ("", "إقرأ أيضاً:\n" + HEADLINE + "\n", ""),
    "sources": ("", "المصدر: ", ""),
    "blanks": ("", " ", "أ"),
    "blanks between": ("كلمات", " ", "كلمات"),
    "no-break blanks": ("28", "\u00a0", "أبريل 2025"),
    "half labels": ("", "كلمات" + " " * 40, ""),
    "one word": ("", "أ", ""),
    "clocks": ("", "12:30\n", ""),
    "dates": ("", "28 أبريل 2025 10:30 ", ""),
    "date lines": ("", "28 أبريل 2025\n", ""),
    "brackets": ("", "(ا ", ""),
    "dashes": ("", "- ", ""),
    "bylines": (SENTENCE + "\n", "كتب: محمود العيسوي\n", SENTENCE),
    "keywords": (SENTENCE + "\nكلمات دلالية:\n", "ليبيا\n", ""),
    "stories": ("", f"{HEADLINE}\n{HEADLINE}\n{SENTENCE}\nالمصدر: وال\n", ""),
}


def calls(raw: str) -> int:
    """How many functions of Python and C a reading calls."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        read_page(raw)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", SHAPES)
def test_twice_the_page_takes_twice_the_calls(name):
    begin, part, end = SHAPES[name]
    read_page(begin + part * 600 + end)  # what is read once and kept
    small, large = (calls(begin + part * times + end) for times in (600, 1_200))
    assert large < 2.2 * small + 200


@pytest.mark.parametrize(
    "raw",
    [
        (HEADLINE + "\n") * 100_000,
        f"{HEADLINE}\n{SENTENCE}\nأخبار ذات صلة\n" + (HEADLINE + "\n") * 10_000,
        "28" + "\u00a0" * 8_000 + "أبريل" + "\u00a0" * 8_000 + "2025",
        "كلمات" + "\u00a0" * 8_000 + ":" + SENTENCE,
        SENTENCE + "\u00a0" * 8_000 + "| موقع الجسر",
        "طرابلس" + "\u00a0" * 8_000 + "- رويترز: " + SENTENCE,
        "(" * 50_000,
        "منذ" + " " * 50_000,
    ],
    ids=["100,000 lines", "10,000 links", "date", "label", "site", "dateline", "brackets", "relative time"],
)
def test_large_pages_are_read_whole(raw):
    page = read_page(raw)
    assert page.text == raw
    assert page.pieces()[-1].end == len(raw)
