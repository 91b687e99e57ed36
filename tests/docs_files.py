"""What the code blocks of README and docs may use: names, and files in the folder where they run. All texts are invented."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

DISPATCH = """وزير الصحة يفتتح مستشفى جديدا في مصراتة
مصراتة - وكالة الأنباء الليبية
افتتح وزير الصحة رمضان أبو جناح، اليوم الثلاثاء 4 مارس 2025، مستشفى جديدا في مدينة مصراتة، بحضور عميد البلدية محمود السقوطري.
وقال أبو جناح إن الوزارة تعمل مع منظمة الصحة العالمية على تجهيز المستشفى.
وأضاف أن وفدا من وزارة الصحة التونسية سيزور ليبيا الأسبوع المقبل.
"""

SPORT = """الأهلي يفوز على الزمالك بهدفين في القاهرة
فاز الأهلي على غريمه الزمالك بهدفين دون رد، في المباراة التي جرت مساء الجمعة باستاد القاهرة الدولي.
وقال مدرب الأهلي مارسيل كولر إن فريقه استحق الفوز.
"""

PAGE = f"""الرئيسية
أخبار
رياضة
{DISPATCH}
شارك
فيسبوك
تويتر
كلمات دلالية: وزارة الصحة، مصراتة
اقرأ أيضا
{SPORT}"""

HTML = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>وزير الصحة يفتتح مستشفى جديدا في مصراتة - الوطن</title>
<meta property="og:site_name" content="الوطن"></head><body><nav><a href="/">الرئيسية</a> <a href="/sport">رياضة</a></nav>
<article><h1>وزير الصحة يفتتح مستشفى جديدا في مصراتة</h1><time datetime="2025-03-04">4 مارس 2025</time>
<p>افتتح وزير الصحة رمضان أبو جناح، اليوم الثلاثاء، مستشفى جديدا في مدينة مصراتة، بحضور عميد البلدية محمود السقوطري.</p>
<p>وقال أبو جناح إن الوزارة تعمل مع منظمة الصحة العالمية على تجهيز المستشفى خلال الأسابيع المقبلة.</p></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


def records() -> list[tuple[str, str]]:
    """(id, text) of two articles."""
    return [("a1", DISPATCH), ("a2", SPORT)]


def names() -> dict[str, Any]:
    """The names that a block may use without defining them."""
    import arabic_news_ner as ann

    return {
        "ann": ann,
        "Extractor": ann.Extractor,
        "text": DISPATCH,
        "texts": [text for _, text in records()],
        "raw": PAGE,
        "html": HTML,
        "records": records(),
    }


def write_files(folder: Path) -> None:
    """article.txt, page.txt, page.html, articles.jsonl and the same as day1.jsonl; the texts of examples/."""
    examples = folder / "examples"
    examples.mkdir()
    for name in ("article.txt", "page.html", "archive.jsonl"):
        shutil.copy(ROOT / "examples" / name, examples)
    (folder / "article.txt").write_text(DISPATCH, encoding="utf-8")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    (folder / "page.html").write_text(HTML, encoding="utf-8")
    lines = "".join(json.dumps({"id": i, "text": t}, ensure_ascii=False) + "\n" for i, t in records())
    for name in ("articles.jsonl", "day1.jsonl"):
        (folder / name).write_text(lines, encoding="utf-8")
