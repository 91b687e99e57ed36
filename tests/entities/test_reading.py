"""How many letters are attached to the first word of a mention, rule by rule and all together."""

from __future__ import annotations

from collections import Counter

import pytest

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge
from arabic_news_ner.mentions.normalize import Known, attached_letters


@pytest.fixture(scope="module")
def known():
    return Known((), (), Counter(), Knowledge.load(), Lexicon.load())


@pytest.mark.parametrize(
    ("words", "label", "cut", "letters"),
    [
        # two letters, of which the tagger cut one
        ("وبالكويت", "LOC", 1, 2),
        ("وببغداد", "LOC", 1, 2),
        ("ولسوريا", "LOC", 1, 2),
        ("وللجامعه العربيه", "ORG", 1, 2),
        ("وبالدار البيضا", "LOC", 1, 2),
        ("وبالرباط", "LOC", 1, 2),
        ("ولتونس", "LOC", 1, 2),
        ("وبدمشق", "LOC", 1, 2),
        ("ولمصر", "LOC", 1, 2),
        ("وللاتحاد الاوروبي", "ORG", 1, 2),
        ("وبوزاره الدفاع", "ORG", 1, 2),
        ("ولجهاز المخابرات", "ORG", 1, 2),
        ("فبوزاره الدفاع", "ORG", 1, 2),
        ("ولمجلس النواب", "ORG", 1, 2),
        ("وبمدينه زرعان", "LOC", 1, 2),
        ("للمجلس الرياسي", "ORG", 1, 1),  # the second ل is that of the article
        ("وللمجلس الرياسي", "ORG", 2, 2),
        ("ولجنه الحكام", "ORG", 1, 1),  # جنه is no head: the ل is the name's own
        ("وجهاز المخابرات", "ORG", 1, 1),
        ("ولجهاز", "PER", 1, 1),
        # one letter that the tagger left
        ("فلبنان", "LOC", 0, 1),
        ("فبغداد", "LOC", 0, 1),
        ("فالعراق", "LOC", 0, 1),
        ("فدمشق", "LOC", 0, 1),
        ("فسوريا", "LOC", 0, 1),
        ("بالخرطوم", "LOC", 0, 1),
        ("وطرابلس", "LOC", 0, 1),
        # letters of the name's own
        ("باريس", "LOC", 0, 0),
        ("فالنسيا", "LOC", 0, 0),
        ("بيروت", "LOC", 0, 0),
        ("فرنسا", "LOC", 0, 0),
        ("كوريا الجنوبيه", "LOC", 0, 0),
        ("لندن", "LOC", 0, 0),
        ("بلديه طرابلس", "ORG", 0, 0),
        ("وزاره الصحه", "ORG", 0, 0),
        ("وفلسطين", "LOC", 1, 1),
        ("ولندن", "LOC", 1, 1),
        ("وباريس", "LOC", 1, 1),
        ("وسام حسن", "PER", 1, 0),
        ("وديع الخازن", "PER", 1, 0),
        ("بتسلييل سموتريتش", "PER", 1, 0),
        ("لوي العلي", "PER", 1, 0),
        ("وليد جمعه", "PER", 1, 0),
        ("فيصل سالم", "PER", 1, 0),
        ("كريم ناصر", "PER", 1, 0),
        ("بشار مراد", "PER", 1, 0),
        ("وسالم حسن", "PER", 1, 1),
        ("لسعيد مراد", "PER", 1, 1),
    ],
)
def test_attached_letters(words, label, cut, letters, known):
    assert attached_letters(tuple(words.split()), cut, label, known) == letters
