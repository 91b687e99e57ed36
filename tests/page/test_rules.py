"""Every rule fires on its example and leaves its sentence alone; seams are cut where they are glued."""

from __future__ import annotations

import pytest

from arabic_news_ner.page.lines import split_lines
from arabic_news_ner.page.rules import rule_of, rules


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_knows_its_example(rule):
    found = rule_of(rule.example)
    assert found is not None
    assert found.kind == rule.kind


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_leaves_the_sentence_alone(rule):
    assert rule_of(rule.keep) is None


def test_names_are_one_each():
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names)) >= 40


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("أخبار ذات صلةأعلن الجيش", "أخبار ذات صلة|أعلن الجيش"),
        ("نشرت الوكالة أخبار ذات صلة بالموضوع", "نشرت الوكالة أخبار ذات صلة بالموضوع"),
        (
            "انتهى الاجتماع. المصدر: سونا كلمات دلالية: مصر إقرأ أيضاً: وصل الوفد",
            "انتهى الاجتماع.|المصدر: سونا|كلمات دلالية: مصر|إقرأ أيضاً: وصل الوفد",
        ),
        ("وقال المصدر: إن الوفد وصل.", "وقال المصدر: إن الوفد وصل."),
        ("سطر أول\r\nسطر ثان\u2028سطر ثالث\n\n \n", "سطر أول|سطر ثان|سطر ثالث"),
        ("", ""),
    ],
)
def test_lines_and_seams(text, marked):
    found = split_lines(text)
    assert "|".join(line.text for line in found) == marked
    for line in found:
        assert text[line.start : line.end] == line.text
