"""The second look: a form found once is a mention elsewhere where the tagger, too, took the place for one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from arabic_news_ner.extractor import Extractor
from arabic_news_ner.tagging.protocol import LABELS, Tagged, TaggedMention
from arabic_news_ner.text.tokenize import tokenize

TEXT = "فاز نادي النجاح أمس. وتمنى المدرب له النجاح في الموسم المقبل."


class Given:
    """A tagger that finds the club once, and gives its second place a probability."""

    name = "given"
    schemes = ("news",)

    def __init__(self, here):
        self.here = here

    def tag_texts(self, texts):
        first = TEXT.index("نادي النجاح")
        found = Tagged((TaggedMention(first + 5, first + 11, "ORG", "sports", 0.9),))
        if self.here is None:
            return [found for _ in texts]
        tokens = tokenize(TEXT)
        chances = np.zeros((len(tokens), len(LABELS)), np.float32)
        for number, token in enumerate(tokens):
            if token.text == "النجاح":
                chances[number, LABELS.index("ORG")] = self.here
        return [replace(found, chances=chances) for _ in texts]

    def tag_words(self, sentences, scheme):
        return [["O"] * len(words) for words in sentences]


@pytest.mark.parametrize(("here", "mentions"), [(0.02, 1), (0.25, 1), (0.4, 2), (None, 2)])
def test_the_place_and_the_form_decide_together(here, mentions):
    article = Extractor(Given(here)).extract(TEXT)
    (club,) = article.organizations
    assert len(club.mentions) == mentions
    if here is not None and mentions == 2:
        assert club.mentions[1].score == pytest.approx((0.9 * here) ** 0.5, abs=1e-3)
