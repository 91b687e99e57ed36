"""The holder pointer over an article, with scores that the test gives: whose probability decides, and who holds an office too."""

from __future__ import annotations

import numpy as np
import pytest

from arabic_news_ner.mentions.words import index_words
from arabic_news_ner.roles.holder_features import FEATURES, PairFeatures, PersonPlace, RolePlace, pair_features
from arabic_news_ner.roles.holder_scorer import BLOCK, FARTHEST, point
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


class Counting:
    """Scores of nothing in particular; it counts the pairs that it is asked for."""

    def __init__(self):
        self.pairs = []

    def scores(self, roles, people, features):
        self.pairs.append(features.shape[0] * features.shape[1])
        return np.cos(features.sum(axis=2)), np.zeros(len(roles), np.float32)

    def calibrated(self, probability):
        return round(probability, 4)


def many(count):
    """A text with so many roles and as many people, two mentions in three of a name of its own."""
    text = "".join(f"قال وزير النقل سالم التومي{n % (2 * count // 3)} ذلك.\n" for n in range(count))
    tokens = tokenize(text)
    index = index_words(TokenizedText(text, tokens, ()))
    roles, people, at = [], [], 0
    for n, line in enumerate(text.splitlines(keepends=True)):
        role, name = at + line.index("وزير"), at + line.index("سالم")
        end = at + line.index(" ذلك")
        entity = f"e{n % (2 * count // 3)}"
        roles.append(
            RolePlace(role, name - 1, *index.words_of(role, name - 1), ("وزير", "نقل"), entity, True, entity, None)
        )
        people.append(PersonPlace(name, end, *index.words_of(name, end), entity))
        at += len(line)
    return index, [t.start for t in tokens], roles, people


def test_pairs_grow_with_the_text_and_not_with_its_square():
    """A text of 280,000 characters took 8 GB when every role met every person."""
    asked = []
    for count in (1200, 2400):
        scorer = Counting()
        assert len(point(*many(count), scorer)) == count
        assert max(scorer.pairs) <= BLOCK * (BLOCK + 2 * FARTHEST)
        asked.append(sum(scorer.pairs))
    assert asked[1] <= 2.2 * asked[0]


def test_a_block_of_an_article_has_the_features_that_the_whole_has():
    index, _, roles, people = many(2 * BLOCK)
    whole = pair_features(index, roles, people)
    block = PairFeatures(index, roles, people).block(slice(BLOCK, 2 * BLOCK), slice(10, len(people)), slice(len(roles)))
    assert np.array_equal(block, whole[BLOCK : 2 * BLOCK, 10:])
