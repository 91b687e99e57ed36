"""The graph computes what the model in torch computes."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

pytest.importorskip("onnx")
torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")

from training.model.export import build  # noqa: E402
from training.model.tagger import Encoder, Tagger  # noqa: E402

pytestmark = pytest.mark.train
HEADS = {"news": 7, "role": 3}


def tagger(slots: int) -> Any:
    torch.manual_seed(1)
    encoder = Encoder(60, width=64, layers=2, heads=2, inner=96, positions=40, slots=slots)
    made = Tagger(encoder, HEADS, vectors=8)
    torch.nn.init.normal_(made.vectors.weight, std=0.1)
    for layer in made.encoder.layers:  # norms that do something, and a position far larger than the others
        torch.nn.init.normal_(layer.norm1.weight, mean=1.0, std=0.3)
        torch.nn.init.normal_(layer.norm2.bias, std=0.3)
    for weight in (made.encoder.position.weight, made.first.weight, made.last.weight):
        weight.data = weight.data.half().float()  # as a pack stores them
    return made.eval()


def inputs(slots: int) -> tuple[Any, Any]:
    rng = random.Random(2)
    ids = [[rng.randrange(5, 60) for _ in range(slots)] if slots else rng.randrange(5, 60) for _ in range(30)]
    return np.array([ids]), np.random.default_rng(3).normal(size=(1, 30, 8)).astype(np.float32)


def run(model: Any, ids: Any, vectors: Any) -> list[Any]:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"ids": ids, "vectors": vectors})


@pytest.mark.parametrize("slots", [0, 3])
@pytest.mark.parametrize("portable", [False, True])
def test_scores_are_those_of_torch(slots, portable):
    source = tagger(slots)
    ids, vectors = inputs(slots)
    first, last = run(build(source, list(HEADS), None, portable=portable), ids, vectors)
    with torch.no_grad():
        hidden = source.hidden(torch.from_numpy(ids), None, torch.from_numpy(vectors))
    assert np.allclose(first, source.first(hidden).detach().numpy(), atol=2e-4)
    assert np.allclose(last, source.last(hidden).detach().numpy(), atol=2e-4)


def test_columns_of_the_holder_pointer_follow_those_of_the_heads():
    source = tagger(0)
    ids, vectors = inputs(0)
    rng = np.random.default_rng(5)
    names = ("projection.first", "projection.last", "projection.bias")
    further = {n: rng.normal(size=(8,) if n.endswith("bias") else (64, 8)).astype(np.float16) for n in names}
    first, last = run(build(source, list(HEADS), None, further=further), ids, vectors)
    with torch.no_grad():
        hidden = source.hidden(torch.from_numpy(ids), None, torch.from_numpy(vectors)).numpy()
    assert first.shape[1] == last.shape[1] == 18
    assert np.allclose(
        first[:, 10:], hidden @ further["projection.first"].astype(np.float32) + further["projection.bias"], atol=2e-3
    )
    assert np.allclose(last[:, 10:], hidden @ further["projection.last"].astype(np.float32), atol=2e-3)


@pytest.mark.parametrize("portable", [False, True])
def test_operators_whose_results_differ_between_versions_or_processors_are_written_out(portable):
    used = {node.op_type for node in build(tagger(0), list(HEADS), portable=portable).graph.node}
    assert "LayerNormalization" not in used
    assert ("MultiHeadAttention" in used) is not portable
    assert "Softmax" not in used
