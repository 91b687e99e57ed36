"""The pages of known structure are sound: complete, and made of pieces of their own text in order."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks.pages import CAPTION_SHARE, FOLDER, LISTED, SINGLE, fold, load

KEYS = {*SINGLE, *LISTED, "body"}
HELD_OUT = FOLDER.parent / "held_out"
FILES = sorted(FOLDER.glob("*.json"))
SECOND = FOLDER.parent / "held_out2"
ALL = FILES + sorted(HELD_OUT.glob("*.json")) + sorted(SECOND.glob("*.json"))


def read(path: Path) -> tuple[str, dict]:
    with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
        return file.read(), json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("folder", "least"), [(FOLDER, 97), (HELD_OUT, 12), (SECOND, 12)], ids=["pages", "held out", "second"]
)
def test_each_page_has_both_files(folder, least):
    stems = sorted(path.stem for path in folder.glob("*.json"))
    assert stems == sorted(path.stem for path in folder.glob("*.txt"))
    assert len(stems) >= least
    assert len(load(folder)) == len(stems)


def test_no_page_is_in_both_folders():
    stories = [{paragraph for article in read(path)[1]["articles"] for paragraph in article["body"]} for path in ALL]
    tuned, held_out = set().union(*stories[: len(FILES)]), set().union(*stories[len(FILES) :])
    assert not tuned & held_out


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_structure(path):
    _, data = read(path)
    assert set(data) == {"style", "articles"}
    assert data["style"].strip()
    for article in data["articles"]:
        assert KEYS <= set(article) <= KEYS | {"also", "optional"}
        assert article["body"], "an article without a story"
        assert set(article.get("also", {})) <= set(SINGLE)
        assert not set(article["body"]) & set(article.get("optional", [])), "of the story, or optional?"
        if article["date"] is not None:
            assert date.fromisoformat(article["date"]).isoformat() == article["date"]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_strings_are_pieces_of_the_page(path):
    raw, data = read(path)
    at = 0
    for article in data["articles"]:
        for paragraph in article["body"]:
            assert paragraph == paragraph.strip(), paragraph
            assert paragraph in raw[at:], f"out of order or absent: {paragraph}"
            at = raw.index(paragraph, at) + len(paragraph)
        fields = [article[name] for name in SINGLE if name != "date"]
        for name in (*LISTED, "optional"):
            fields += article.get(name, [])
        for field in filter(None, fields):
            assert field == field.strip(), field
            assert field in raw, field


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_items_keep_page_order(path):
    raw, data = read(path)
    for article in data["articles"]:
        for name in LISTED:
            at = 0
            for item in article[name]:
                assert item in raw[at:], f"{name} out of order: {item}"
                at = raw.index(item, at) + 1


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_headline_stands_before_its_story(path):
    raw, data = read(path)
    for article in data["articles"]:
        if article["headline"]:
            assert raw.index(article["headline"]) < raw.index(article["body"][0])
            assert article["headline"] not in article["body"]


def test_forms_that_the_issue_names_are_there():
    texts = [path.with_suffix(".txt").read_text(encoding="utf-8") for path in FILES]
    for form in (
        "تاريخ النشر: 28th, April 2025 GMT",
        "المصدر: صحيفة الساعة 24",
        "أخبار ذات صلةأعلن الجيش",
        "منذ 3 ساعات",
        "1446 هـ",
        "غشت 2025",
        "أفريل",
        "جويلية",
        "نيسان",
        "تشرين الثاني",
        "٢٠٢٥",
        "وقال المصدر:",
    ):
        assert any(form in text for text in texts), form
    counts = [len(read(path)[1]["articles"]) for path in FILES]
    assert {0, 1, 2, 3, 5} <= set(counts)


def test_fold_compares_what_matters():
    assert fold(" «الوطن» :") == fold("الوطن")
    assert fold("2025-04-28T14:30+03:00", "date") == "2025-04-28"
    assert fold("سوق\u00a0 الأسماك") == "سوق الأسماك"
    assert fold("طرابلس (رويترز)") != fold("طرابلس")
    assert fold(None) is None
    assert 0.5 < CAPTION_SHARE < 1
