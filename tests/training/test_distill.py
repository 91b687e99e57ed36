"""A student cut out of a teacher says what the teacher says where nothing was left out, and learns where something was."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from arabic_news_ner.tagging.onnx.vectors import WordVectors, key_of  # noqa: E402
from training.data.batches import Window, collate, windows  # noqa: E402
from training.distill import (  # noqa: E402
    TEMPERATURE,
    Reader,
    at_units,
    cut,
    inner_units,
    sources,
    take_embeddings,
    teach,
    unlabelled,
)
from training.finetune import head_sizes, soft_loss  # noqa: E402
from training.model.tagger import Encoder, Tagger, evenly  # noqa: E402
from training.selftrain import SOFT_HEADS  # noqa: E402

pytestmark = pytest.mark.train
TEXTS = [
    "التقى وزير الخارجية سامح شكري نظيره الفرنسي في القاهرة.\nوأكد الوزير أهمية المباحثات.",
    "قال رئيس بلدية صفاقس إن الأشغال ستنتهي في مارس.",
]


class Letters:
    """Pieces of words for the test: one for each letter."""

    def encode(self, words: list[str], after_blank: list[bool]) -> list[tuple[int, ...]]:
        return [tuple(5 + ord(c) % 50 for c in word) for word in words]


def table() -> WordVectors:
    rng = np.random.default_rng(1)
    keys = np.sort(np.array([key_of(w) for w in ("القاهره", "صفاقس")], np.uint64))
    out = io.BytesIO()
    codes, prototypes = rng.integers(0, 256, (2, 2)).astype(np.uint8), rng.normal(size=(2, 256, 4)).astype(np.float16)
    np.savez(out, keys=keys, codes=codes, prototypes=prototypes)
    return WordVectors(out.getvalue())


def reader(layers: int = 4, slots: int = 0, seed: int = 1) -> Reader:
    torch.manual_seed(seed)
    encoder = Encoder(60, layers=layers, inner=64, slots=slots)
    made = Tagger(encoder, head_sizes(["O", "city"]), vectors=8)
    torch.nn.init.normal_(made.vectors.weight, std=0.02)
    for layer in made.encoder.layers:
        torch.nn.init.normal_(layer.up.bias)
    return Reader(made.eval(), table())


def read(of: Any, slots: int) -> list[Window]:
    found = []
    for document in unlabelled(TEXTS, 300):
        found += windows(document.units, Letters(), 400, "unlabelled", table=of.table, slots=slots)
    return found


def scores(of: Any, items: list[Window]) -> Any:
    b = collate(items, [])
    with torch.no_grad():
        return of.tagger.scores(of.layers(b)[-1].flatten(0, 1), b.first, b.last)


def test_the_first_tokens_of_unlabelled_texts():
    first, second = unlabelled(TEXTS, 4)
    assert [u.tokens for u in first.units] == [["التقى"], ["وزير"], ["الخارجية"], ["سامح"]]
    assert [u.breaks for u in unlabelled(TEXTS, 300)[0].units].count(True) == 2
    assert len(second.units) == 4


def test_nothing_left_out_nothing_changed():
    teacher = reader()
    items = read(teacher, 0)
    same = cut(teacher, items, 4, 64, 0, 0.0)
    assert torch.allclose(scores(Reader(same.eval(), teacher.table), items), scores(teacher, items), atol=1e-5)


def test_inner_units_that_never_move_are_left_out_without_loss():
    teacher = reader()
    for layer in teacher.tagger.encoder.layers:
        layer.up.weight.data[::2] = 0
        layer.up.bias.data[::2] = 9  # constant: what it adds belongs into the bias
        layer.up.bias.data[1::2] = 1
        layer.down.weight.data[:, ::2] *= 0.02
    items = read(teacher, 0)
    means, roots = inner_units(teacher, items)[0]
    assert torch.allclose(means[::2], roots[::2])
    small = cut(teacher, items, 4, 32, 0, 0.0)
    assert small.encoder.layers[0].up.out_features == 32
    assert torch.allclose(scores(Reader(small.eval(), teacher.table), items), scores(teacher, items), atol=1e-4)


def test_each_layer_has_the_state_that_its_next_one_was_made_for():
    assert evenly(6, 12) == [0, 2, 4, 7, 9, 11]
    assert sources(6, 12) == [1, 3, 6, 8, 10, 11]
    assert sources(12, 12) == list(range(12))


def test_a_lesson_is_what_the_teacher_says():
    teacher = reader()
    items = read(teacher, 0)
    lessons = teach(teacher, items, 2)
    b = collate(items[1:], [])
    with torch.no_grad():
        layers = teacher.layers(b)
    wanted = at_units([layers[i] for i in sources(2, 4)], b)
    assert torch.allclose(lessons[1].states.float(), wanted, atol=0.02)
    news = teacher.tagger.columns("news")
    expected = torch.softmax(scores(teacher, items[1:])[:, news] / TEMPERATURE, dim=1)
    assert torch.allclose(lessons[1].probabilities.float()[:, : expected.shape[1]], expected, atol=2e-3)


def test_a_student_learns():
    teacher = reader()
    items = read(teacher, 0)
    lessons = teach(teacher, items, 2)
    student = Reader(cut(teacher, items, 2, 48, 3, 0.0), table())
    b = collate(read(student, 3), [])
    columns = {head: teacher.tagger.columns(head) for head in SOFT_HEADS}
    soft, wanted = (torch.cat([getattr(x, n) for x in lessons]).float() for n in ("probabilities", "states"))
    optimizer = torch.optim.AdamW(student.tagger.parameters(), lr=1e-3)
    seen = []
    for _ in range(25):
        layers = student.layers(b)
        found = student.tagger.scores(layers[-1].flatten(0, 1), b.first, b.last)
        match = (at_units(layers, b) - wanted).square().mean()
        answers = soft_loss(found, soft, columns, TEMPERATURE) / len(found)
        seen.append((match.item(), answers.item()))
        optimizer.zero_grad()
        (match + answers).backward()
        optimizer.step()
    assert seen[-1][0] < 0.5 * seen[0][0]
    assert seen[-1][1] < seen[0][1]


def test_embeddings_of_an_earlier_student(tmp_path):
    earlier, student = reader(3, slots=3, seed=2).tagger, reader(2, slots=3).tagger
    torch.save({"model": earlier.state_dict()}, tmp_path / "best.pt")
    kept = student.state_dict()["encoder.layers.0.up.weight"].clone()
    take_embeddings(student, tmp_path / "best.pt")
    for name in ("encoder.word.weight", "encoder.slots", "vectors.weight"):
        assert torch.equal(student.state_dict()[name], earlier.state_dict()[name]), name
    assert torch.equal(student.state_dict()["encoder.layers.0.up.weight"], kept)
    with pytest.raises(SystemExit, match=r"encoder\.slots does not fit"):
        take_embeddings(reader(2, slots=4).tagger, tmp_path / "best.pt")


def test_windows_of_training_hold_every_unit_once_and_end_at_lines():
    (document,) = unlabelled(["\n".join(TEXTS * 6)], 300)
    made = windows(document.units, Letters(), 120, "unlabelled", table=table())
    assert [u for w in made for u in w.units] == document.units
    assert len(made) > 1
    assert all(len(w.ids) <= 120 and len(w.ids) == len(w.words) for w in made)
    assert sum(w.units[0].breaks for w in made) >= len(made) - 1
