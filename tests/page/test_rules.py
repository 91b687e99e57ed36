"""Every rule fires on its example and leaves its sentence alone; seams are cut where they are glued."""

from __future__ import annotations

import pytest

from arabic_news_ner.page import read_page
from arabic_news_ner.page.line_kinds import rule_of, rules
from arabic_news_ner.page.segment import split_lines


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_knows_its_example(rule):
    found = rule_of(rule.example)
    assert found is rule


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_leaves_the_sentence_alone(rule):
    assert rule_of(rule.keep) is None


STORY = (
    "بلدية سبها تفتتح سوق الخضر بعد ترميمه",
    "افتتح عميد بلدية سبها أمس سوق الخضر بعد عام من أعمال الترميم.",
    "وقال العميد إن السوق يضم مئة محل، وإن الإيجار لن يرتفع هذا العام.",
)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_the_sentence_stays_in_its_story(rule):
    (article,) = read_page("\n".join((*STORY[:2], rule.keep, STORY[2]))).articles
    assert article.text.splitlines() == [STORY[1], rule.keep, STORY[2]]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_the_example_is_no_part_of_the_story(rule):
    at = 1 if rule.where in ("under", "top") else 3
    (article,) = read_page("\n".join((*STORY[:at], rule.example, *STORY[at:]))).articles
    assert article.headline == STORY[0]
    assert article.text.splitlines() == list(STORY[1:])


def test_names_are_one_each():
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names)) >= 60


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
        ("وصل الوفد إلى الساحل الغربيالمصدر: وال", "وصل الوفد إلى الساحل الغربي|المصدر: وال"),
        ("تحدث بكلمات دلالية: قليلة", "تحدث بكلمات دلالية: قليلة"),
        ("قال لطلابه فاقرأ أيضا: كتاب الأيام", "قال لطلابه فاقرأ أيضا: كتاب الأيام"),
        (
            "وصل الوفد إلى مدينة جوبا وصل الوفد إلى مدينة جوبا صباحا",
            "وصل الوفد إلى مدينة جوبا|وصل الوفد إلى مدينة جوبا|صباحا",
        ),
        ("لا لا لا لا لا لا لا لا لا لا لا لا", "لا لا لا لا لا لا لا لا لا لا لا لا"),
        ("عام / تحطم طائرة في المحيط", "عام /|تحطم طائرة في المحيط"),
        ("عام / أخبار", "عام / أخبار"),
        ("تاريخ النشر: 28 أبريل 2025 14:30 أعلن الوزير", "تاريخ النشر: 28 أبريل 2025 14:30|أعلن الوزير"),
        ("وصل الوفد. انتهى/ س ع", "وصل الوفد.|انتهى/ س ع"),
        ("وقال: الاجتماع الذي بدأ أمس انتهى/ س ع", "وقال: الاجتماع الذي بدأ أمس انتهى/ س ع"),
        ("سطر أول\r\nسطر ثان\u2028سطر ثالث\n\n \n", "سطر أول|سطر ثان|سطر ثالث"),
        ("", ""),
    ],
)
def test_lines_and_seams(text, marked):
    found = split_lines(text)
    assert "|".join(line.text for line in found) == marked
    for line in found:
        assert text[line.start : line.end] == line.text
