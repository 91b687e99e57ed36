"""The learned line model: its arithmetic against enumeration, its file, and what it may change."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise, product

import numpy as np
import pytest

from arabic_news_ner import ModelError
from arabic_news_ner.manifest import CARRIED
from arabic_news_ner.page import read_page
from arabic_news_ner.page.line_kinds import classify
from arabic_news_ner.page.line_model import LABELS, embedded, forward_backward, load, revise
from arabic_news_ner.page.reader import read_lines

FOLDER = CARRIED / "page" / "lines"
HEADLINE = "بلدية سبها تفتتح سوق الخضر بعد ترميمه"
BODY = (
    "افتتح عميد بلدية سبها سالم الزوي أمس سوق الخضر بعد عام من أعمال الترميم.",
    "وقال العميد إن السوق يضم مئة محل، وإن الإيجار لن يرتفع هذا العام.",
    "وأضاف أن البلدية سترمم سوق السمك في الخريف المقبل إذا توفر المال اللازم.",
)
LINKS = (
    "اتحاد الكرة يؤجل مباراتين في الجولة السابعة",
    "ارتفاع أسعار الطماطم في أسواق الجملة هذا الأسبوع",
    "جامعة سبها تفتح باب التسجيل في معهد الطاقة",
    "افتتاح معرض للكتاب المستعمل في المدينة القديمة",
    "وفد من وزارة المواصلات يزور منفذ التوم الحدودي",
    "فريق الوحدة يتعاقد مع حارس مرمى من بنغازي",
)
MENU = ("الرئيسية", "آخر الأخبار", "سياسة", "محليات", "رياضة", "عالم السيارات", "فن وثقافة", "أخبار الطقس", "من نحن")


def test_marginals_are_those_of_all_label_sequences():
    rng = np.random.default_rng(0)
    scores, step = rng.normal(size=(4, 3)) * 3, rng.normal(size=(3, 3)) * 2
    wanted = np.zeros((4, 3))
    for path in product(range(3), repeat=4):
        score = sum(scores[n, label] for n, label in enumerate(path)) + sum(step[a, b] for a, b in pairwise(path))
        for n, label in enumerate(path):
            wanted[n, label] += np.exp(score)
    wanted /= wanted.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(forward_backward(scores, step), wanted, rtol=1e-9)


def test_long_pages_do_not_underflow():
    found = forward_backward(np.full((50_000, 3), -800.0), np.zeros((3, 3)))
    np.testing.assert_allclose(found, 1 / 3)


def test_the_model_is_small_and_checked(tmp_path):
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000
    for name in ("lines.json", "manifest.json"):
        shutil.copy(FOLDER / name, tmp_path)
    assert load(tmp_path).rows == embedded().rows
    assert np.array_equal(load(tmp_path).emit, embedded().emit)
    (tmp_path / "lines.json").write_bytes(b"{}")
    with pytest.raises(ModelError, match=r"lines\.json"):
        load(tmp_path)


def test_labels_of_the_file():
    content = json.loads((FOLDER / "lines.json").read_text(encoding="utf-8"))
    assert tuple(content["labels"]) == LABELS
    assert all(len(row) == len(LABELS) for row in content["emit"].values())


PAGES = {
    "menus line by line": [*MENU, *MENU, HEADLINE, "28 أبريل 2025", *BODY, *MENU],
    "a ticker in columns": ["    ".join(LINKS * 3), HEADLINE, *BODY, "جميع الحقوق محفوظة"],
    "a ticker with hours": [
        "أحدث الأخبار",
        *(f"• 0{n}:15 . {link}... المزيد" for n, link in enumerate(LINKS, 1)),
        HEADLINE,
        *BODY,
    ],
    "a list of links before the story": ["الأكثر قراءة", *LINKS, "محليات", HEADLINE, "الاثنين 28 أبريل 2025", *BODY],
    "links after the story without a label": [HEADLINE, "28 أبريل 2025", *BODY, "شارك", "فيسبوك", *LINKS, *MENU],
    "reading time and section": [*MENU[2:6], HEADLINE, "28 أبريل 2025", "أقل من 3 دقائق للقراءة", *BODY],
}


@pytest.mark.parametrize("name", PAGES)
def test_the_story_of_a_page_with_its_menus(name):
    (article,) = read_page("\n".join(PAGES[name])).articles
    assert article.headline == HEADLINE
    assert article.text.split("\n") == list(BODY)


@pytest.mark.parametrize(
    "name", ["a ticker in columns", "a ticker with hours", "links after the story without a label"]
)
def test_some_pages_only_the_model_saves(name):
    text = "\n".join(PAGES[name])
    items = classify(text)
    page, kinds = read_lines(text, items)
    assert [a.text for a in page.articles] != ["\n".join(BODY)] or page.articles[0].headline != HEADLINE
    assert revise(items, kinds, embedded()) is not None


@pytest.mark.parametrize("text", ["", "سطر", HEADLINE, "\n".join([HEADLINE, *BODY])])
def test_a_plain_story_is_left_to_the_rules(text):
    items = classify(text)
    _, kinds = read_lines(text, items)
    assert revise(items, kinds, embedded()) is None
