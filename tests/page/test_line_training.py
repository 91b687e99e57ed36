"""How the line model is made: pages around stories, and the trainer against finite differences and enumeration."""

from __future__ import annotations

import random

import numpy as np
import pytest

pytest.importorskip("scipy")

from arabic_news_ner.page.line_model import LABELS
from training.page.generate import BLOCKS, Story, page_of, pages
from training.page.manners import manners
from training.page.train import Sample, Trainer, check, sample_of, train

STORIES = [
    Story(
        f"بلدية سبها تفتتح سوق الخضر رقم {n} بعد ترميمه",
        tuple(
            f"قال عميد البلدية سالم الزوي إن السوق رقم {n} يضم مئة محل، وإن المرحلة {k} تنتهي في الخريف."
            for k in range(4)
        ),
    )
    for n in range(40)
]


def test_every_block_of_a_manner_is_there():
    assert len(manners()) >= 40
    for manner in manners():
        names = " ".join((manner.above, manner.under, manner.inside, manner.after)).split()
        assert {name.rstrip("?") for name in names} <= {*BLOCKS, "headline", "next_story"}, manner.name


def test_made_pages_hold_their_story_in_order():
    rng = random.Random(0)
    links = [story.headline for story in STORIES[2:]]
    for manner in manners():
        lines = page_of(rng, manner, STORIES[:2], links, [story.paragraphs[0] for story in STORIES])
        bodies = [text for text, kind in lines if kind == "body" and text in STORIES[0].paragraphs]
        assert bodies == list(STORIES[0].paragraphs)
        assert {kind for _, kind in lines} <= set(LABELS)
        sample = sample_of(lines)
        assert len(sample.features) == len(sample.labels) >= len(lines)


def samples(count: int) -> list[Sample]:
    rng = random.Random(1)
    names = ["a", "b", "c"]
    return [
        Sample(
            [rng.sample(names, rng.randint(1, 2)) for _ in range(length)],
            [rng.randrange(len(LABELS)) for _ in range(length)],
        )
        for length in rng.choices(range(1, 6), k=count)
    ]


def test_the_gradient_is_that_of_the_loss():
    trainer = Trainer(samples(7), ["a", "b", "c"])
    rng = np.random.default_rng(0)
    weights = rng.normal(size=trainer.seen.size + trainer.pairs.size)
    _, gradient = trainer.loss(weights)
    for at in rng.choice(len(weights), 25, replace=False):
        moved = np.zeros_like(weights)
        moved[at] = 1e-5
        slope = (trainer.loss(weights + moved)[0] - trainer.loss(weights - moved)[0]) / 2e-5
        assert gradient[at] == pytest.approx(slope, rel=1e-4, abs=1e-4)


def test_a_rule_of_the_lines_is_learned():
    made = [sample_of(lines) for lines in pages(STORIES, 40, seed=5)]
    emit, step = train(made, 25)
    figures = check(made, emit, step)
    assert min(figures["body"]) > 90
    assert min(figures["related"]) > 80
