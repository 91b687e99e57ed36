"""The holder pointer over an article, with scores that the test gives: whose probability decides, and who holds an office too."""

from __future__ import annotations

import numpy as np
import pytest

from arabic_news_ner.mentions.words import index_words
from arabic_news_ner.roles.holder_features import FEATURES, PersonPlace, RolePlace, pair_features
from arabic_news_ner.roles.holder_scorer import point
from arabic_news_ner.tagging.protocol import TokenizedText
from arabic_news_ner.text.tokenize import tokenize

TEXT = "قال وزير النقل إن سالم التومي وهالة الصفدي حضرا، وغادر التومي."


def place(phrase, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(phrase, start + 1)
    tokens = tokenize(TEXT)
    index = index_words(TokenizedText(TEXT, tokens, ()))
    return start, start + len(phrase), *index.words_of(start, start + len(phrase))


ROLE = RolePlace(*place("وزير النقل"), ("وزير", "نقل"), None, False, None, "unnamed")
PEOPLE = [
    PersonPlace(*place("سالم التومي"), "e1"),
    PersonPlace(*place("هالة الصفدي"), "e2"),
    PersonPlace(*place("التومي", 1), "e1"),
]


class Given:
    def __init__(self, *chances):
        self.logs = np.log(np.array([chances], np.float32))

    def scores(self, roles, people, features):
        assert features.shape == (1, len(people), FEATURES)
        return self.logs[:, :-1], self.logs[:, -1]

    def calibrated(self, probability):
        return round(probability, 3)


@pytest.mark.parametrize(
    ("chances", "holders"),
    [
        ((0.3, 0.25, 0.25, 0.2), [("e1", 0.55)]),  # both mentions of one person count together
        ((0.2, 0.2, 0.1, 0.5), [(None, 0.5)]),
        ((0.5, 0.4, 0.0, 0.1), [("e1", 0.9), ("e2", 0.9)]),  # two hold the office
    ],
)
def test_who_is_most_probable(chances, holders):
    tokens = tokenize(TEXT)
    index = index_words(TokenizedText(TEXT, tokens, ()))
    found = point(index, [t.start for t in tokens], [ROLE], PEOPLE, Given(*[max(c, 1e-9) for c in chances]))
    assert [name for name, _ in found[0]] == [name for name, _ in holders]
    assert [score for _, score in found[0]] == pytest.approx([score for _, score in holders], abs=2e-3)


def test_features_are_finite_and_tell_the_sides_apart():
    index = index_words(TokenizedText(TEXT, tokenize(TEXT), ()))
    features = pair_features(index, [ROLE], PEOPLE)
    assert features.shape == (1, 3, FEATURES)
    assert np.isfinite(features).all()
    assert features[0, :, 0].tolist() == [1, 1, 1]  # all stand after the role
    assert len({tuple(row) for row in features[0].tolist()}) == 3


def test_no_people_no_features():
    index = index_words(TokenizedText(TEXT, tokenize(TEXT), ()))
    assert pair_features(index, [ROLE], []).shape == (1, 0, FEATURES)
