"""What a plain text states of itself, read from the lines above its first sentence and after its last one."""

from __future__ import annotations

import pytest

from arabic_news_ner.page import header
from arabic_news_ner.page.header import read_header

STORY = "وصل وزير النقل سمير حداد اليوم إلى مدينة النجمة، وبحث مع محافظها بناء جسر جديد فوق النهر الكبير."


def headline(text):
    span = read_header(text).headline
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"وزير النقل يصل إلى النجمة\n{STORY}", "وزير النقل يصل إلى النجمة"),
        (f"\n  وزير النقل يصل إلى النجمة  \n\n{STORY}", "وزير النقل يصل إلى النجمة"),
        (f"وزير النقل يصل إلى النجمة.. وجسر جديد\r\n{STORY}", "وزير النقل يصل إلى النجمة.. وجسر جديد"),
        (f"وزير النقل يصل إلى النجمة | صحيفة المرفأ\n{STORY}", "وزير النقل يصل إلى النجمة"),
        (f"عام / وزير النقل يصل إلى النجمة\n{STORY}", "وزير النقل يصل إلى النجمة"),
        (f"28 أبريل 2025\nوزير النقل يصل إلى النجمة\n{STORY}", "وزير النقل يصل إلى النجمة"),
        (f"أخبار محلية واقتصاد\nوزير النقل يصل إلى النجمة\n{STORY}", "وزير النقل يصل إلى النجمة"),
        (STORY, None),
        (f"{STORY}\n{STORY}", None),
        ("وزير النقل يصل إلى النجمة", None),
        ("", None),
        ("\n\n", None),
        ("An English headline\nAnd an English story follows here.", None),
    ],
)
def test_headline(text, wanted):
    assert headline(text) == wanted


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"وزير النقل يصل إلى النجمة\n28 أبريل 2025\n{STORY}", "2025-04-28"),
        (f"وزير النقل يصل إلى النجمة\n{STORY}\nتاريخ النشر: 28 أبريل 2025", "2025-04-28"),
        (f"وزير النقل يصل إلى النجمة\n{STORY}\n28 أبريل 2025 حدث ذلك أيضاً في المدينة كلها.", None),
        (f"وزير النقل يصل إلى النجمة\n{STORY}\n28 أبريل 2025\n{STORY}", None),
    ],
)
def test_date(text, date):
    assert read_header(text).date == date


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"وزير النقل يصل إلى النجمة\n{STORY}\nالمصدر: صحيفة المرفأ", "صحيفة المرفأ"),
        (f"وزير النقل يصل إلى النجمة\n{STORY}\nالمصدر:\nصحيفة المرفأ", "صحيفة المرفأ"),
        (f"وزير النقل يصل إلى النجمة\n{STORY} المصدر: صحيفة المرفأ", "صحيفة المرفأ"),
        (f"{STORY} المصدر: صحيفة المرفأ", "صحيفة المرفأ"),
        (f"وزير النقل يصل إلى النجمة\n{STORY}\nالمصدر: صحيفة المرفأ\n{STORY}", "صحيفة المرفأ"),
        (f"وزير النقل يصل إلى النجمة | صحيفة المرفأ\n{STORY}", "صحيفة المرفأ"),
        (f"وزير النقل يصل إلى النجمة\n{STORY}\nوقال المصدر: إن الوفد غادر المدينة بعد ساعة من وصوله إليها.", None),
    ],
)
def test_source(text, source):
    assert read_header(text).source == source


def test_keywords():
    text = f"وزير النقل يصل إلى النجمة\n{STORY}\nكلمات دلالية: النجمة، سمير حداد"
    assert read_header(text).keywords == ("النجمة", "سمير حداد")


@pytest.mark.parametrize("line", [STORY, "سطر قصير بلا نقطة", "المصدر", "- بند", "2025"])
def test_running_text_costs_nothing(monkeypatch, line):
    """As many lines are looked at in a story of 50 lines as in one of 5,000."""
    looked_at = []
    monkeypatch.setattr(header, "rule_of", lambda line: looked_at.append(line))
    counts = []
    for size in (50, 5000):
        looked_at.clear()
        read_header("\n".join([line] * size))
        counts.append(len(looked_at))
    assert counts[0] == counts[1] <= header.HEAD_LINES + header.MOST_SHORT_LINES + header.TAIL_LINES + 1
