"""The comparison of page extractors: its figures on answers that are known."""

from __future__ import annotations

from benchmarks.page_extractors import EXTRACTORS, Answer, load, main, measure

TRUTH = {"body": ["سطر أول طويل", "سطر ثان"], "headline": "عنوان الخبر", "date": "2025-04-28", "byline": None}


def figures(answer: Answer):
    return measure([("<html>", TRUTH)], lambda html: answer)


def test_a_right_answer():
    found = figures(Answer("سطر أول طويل\nسطر ثان", "عنوان الخبر", "2025-04-28T10:00", None))
    assert found["body"] == [100.0, 100.0, 100.0]
    assert found["headline"] == {"right": 1, "stated": 1, "wrong where none": 0}
    assert found["date"] == {"right": 1, "stated": 1, "wrong where none": 0}


def test_words_are_counted_by_their_characters():
    found = figures(Answer("سطر طويل كلمة"))
    assert found["body"] == [round(100 * x, 1) for x in (7 / 11, 7 / 16, 14 / 27)]


def test_an_optional_line_counts_for_nobody():
    truth = {**TRUTH, "optional": ["سطر فوق الخبر"]}
    for body, precision in (
        ("سطر أول طويل\nسطر ثان", 100.0),
        ("سطر فوق الخبر\nسطر أول طويل\nسطر ثان", 100.0),
        ("سطر فوق الخبر\nسطر فوق الخبر\nسطر أول طويل\nسطر ثان", round(100 * 16 / 27, 1)),
    ):
        assert measure([("<html>", truth)], lambda html, body=body: Answer(body))["body"][:2] == [precision, 100.0]


def test_what_is_stated_nowhere_is_wrong():
    found = figures(Answer(byline="سالم النور"))
    assert found["byline"] == {"right": 0, "stated": 0, "wrong where none": 1}
    assert found["body"] == [0.0, 0.0, 0.0]


def test_an_extractor_that_raises_is_counted():
    def broken(html):
        raise RuntimeError("no tree")

    assert measure([("<html>", TRUTH)], broken)["failed"] == 1


def test_our_own_answers_on_the_pages_of_the_tests():
    from pathlib import Path

    pages = load(Path(__file__).parents[1] / "page" / "html")
    found = measure(pages, EXTRACTORS["arabic-news-ner"])
    assert found["body"] == [100.0, 100.0, 100.0]
    assert found["failed"] == 0


def test_a_folder_without_pages(tmp_path, capsys):
    assert main([str(tmp_path)]) == 2
    assert "holds no pages" in capsys.readouterr().err
